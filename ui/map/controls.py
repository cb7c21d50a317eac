"""The choices of the map page."""

from dataclasses import dataclass

import streamlit as st

from space.projection import METHODS, Settings
from space.seed import SEED
from ui.elements.choice import one_of

_WHY_CENTRE = (
    "Models often put all texts in one region and all pictures in another (the modality gap); "
    "taking each kind's own mean away closes the gap, so that you see what belongs together."
)


@dataclass(frozen=True)
class MapChoices:
    """How the maps are made: the method, its settings, and whether each modality is centred."""

    method: str
    settings: Settings
    centred: bool


def map_controls() -> MapChoices:
    """Draw the choices; the defaults need no touching."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        method = one_of(
            "Map by",
            list(METHODS),
            "map-method",
            default="umap",
            in_words=lambda name: METHODS[name].title,
        )
        centred = st.toggle(
            "Centre texts and pictures",
            key="map-centred",
            persist_state="session",
            help=_WHY_CENTRE,
        )
        with st.popover("Settings", icon=":material/tune:"):
            settings = _settings(method)
    about = f"**{METHODS[method].title}**: {METHODS[method].sentence}"
    st.caption(f"{about} **Centred**: {_WHY_CENTRE}" if centred else about)
    return MapChoices(method, settings, centred)


def _settings(method: str) -> Settings:
    if method == "pca":
        st.caption("PCA has nothing to set.")
        return Settings()
    seed = st.number_input(
        "Seed",
        min_value=0,
        max_value=10_000,
        value=SEED,
        help="Another seed gives another map of the same space. What stays the same is real.",
        key="map-seed",
        persist_state="session",
    )
    if method == "tsne":
        perplexity = st.slider(
            "Perplexity",
            min_value=2,
            max_value=50,
            value=30,
            key="map-perplexity",
            persist_state="session",
        )
        return Settings(seed=seed, perplexity=perplexity)
    n_neighbors = st.slider(
        "Neighbours",
        min_value=2,
        max_value=100,
        value=15,
        help="Few: small groups stand out. Many: the whole shape counts.",
        key="map-neighbours",
        persist_state="session",
    )
    min_dist = st.slider(
        "Minimum distance",
        min_value=0.0,
        max_value=0.99,
        value=0.1,
        step=0.01,
        help="How closely the marks may be packed.",
        key="map-distance",
        persist_state="session",
    )
    return Settings(seed=seed, n_neighbors=n_neighbors, min_dist=min_dist)
