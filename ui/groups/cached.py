"""Groups and their names, computed and drawn once for the same content."""

from charts.silhouette_curve import silhouette_curve
from space.agreement import agreement
from space.clustering import group
from space.cohesion import cohesion
from space.group_names import group_names
from space.modality import centre_modalities
from ui.state.content_cache import cached_by_content

cached_centring = cached_by_content(max_entries=8)(centre_modalities)
cached_grouping = cached_by_content(max_entries=100, spinner="Grouping …")(group)
cached_cohesion = cached_by_content(max_entries=100)(cohesion)
cached_names = cached_by_content(max_entries=100)(group_names)
cached_agreement = cached_by_content(max_entries=200)(agreement)
silhouette_drawing = cached_by_content(max_entries=100)(silhouette_curve)
