"""What the server does ahead of time, in the background, so that no click has to wait for it."""

import importlib
import threading
import time
from collections.abc import Callable

import streamlit as st

from collection.embeddings import Embeddings
from collection.samples import SAMPLES, load_sample
from providers import connect
from space.umap_projection import warm_up
from ui.server.garbage import FROZEN

START_SAMPLE = "cat-and-box"
_HEATMAPS_FIRST = 3.0  # seconds
# pandas first: Plotly takes what of it is there, also when another thread has just begun to import.
_SLOW_IMPORTS = ("pandas", "plotly.graph_objects", "ui.similarity.cached", "ui.map.panels")


@st.cache_resource(show_spinner=False)
def start_embeddings() -> Embeddings:
    """Return the vectors of the smallest sample; this also loads the model of the first click."""
    return connect("local-minilm").embed(tuple(load_sample(START_SAMPLE).items.values()))


@st.cache_resource(show_spinner=False)
def prepare_once() -> threading.Thread:
    """Import what the charts need, embed the smallest sample, decode all; once per process."""
    return _started(_prepare, "preparation")


@st.cache_resource(show_spinner=False)
def warm_up_once() -> threading.Thread:
    """Import and compile UMAP, once per process; takes 10 to 20 seconds of one core.

    Called when the first vectors are there: then people look at the heatmaps first, and the
    first click, which embeds, has the machine for itself.
    """
    return _started(_warm_up, "umap warm-up")


def _warm_up() -> None:
    time.sleep(_HEATMAPS_FIRST)
    warm_up()
    FROZEN.freeze_after("umap")


def _prepare() -> None:
    for module in _SLOW_IMPORTS:
        importlib.import_module(module)
    start_embeddings()
    for key in SAMPLES:
        load_sample(key)
    FROZEN.freeze_after("preparation")


def _started(work: Callable[[], None], name: str) -> threading.Thread:
    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    return thread
