"""Groups and their names, computed and drawn once for the same content."""

from collections.abc import Sequence

from charts.silhouette_curve import silhouette_curve
from collection.modality_vectors import ModalityVectors
from space.agreement import agreement
from space.arrays import IntArray
from space.clustering import Grouping, group
from space.cohesion import cohesion
from space.group_names import GroupName, group_names
from ui.state.content_cache import cached_by_content

cached_agreement = cached_by_content(max_entries=200)(agreement)
silhouette_drawing = cached_by_content(max_entries=100)(silhouette_curve)


@cached_by_content(max_entries=100, spinner="Grouping …")
def cached_grouping(
    items: ModalityVectors, method: str, count: int | None, smallest: int | None
) -> Grouping:
    """Return the groups of these items; see `space.clustering`."""
    return group(items.vectors, method, count=count, smallest=smallest)


@cached_by_content(max_entries=100)
def cached_cohesion(items: ModalityVectors, labels: IntArray) -> list[float]:
    """Return how closely the items of each group keep together; see `space.cohesion`."""
    return [float(value) for value in cohesion(items.vectors, labels)]


@cached_by_content(max_entries=100)
def cached_names(
    items: ModalityVectors,
    labels: IntArray,
    captions: ModalityVectors,
    members: Sequence[Sequence[int]],
) -> list[GroupName]:
    """Return the names of groups; `members`: rows of captions; see `space.group_names`."""
    texts = [caption.label for caption in captions.items]
    return group_names(items.vectors, labels, captions.vectors, texts, members)
