"""The choices of the map page."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from collection.collection import Collection
from space.projection import METHODS, Settings
from ui.elements.choice import choose_entry
from ui.elements.setting import setting_field
from ui.map.label_colours import choose_colours

_WHY_CENTRE = (
    "Models often put all captions in one region and all pictures in another (the modality gap); "
    "taking each kind's own mean away closes the gap, so that you see what belongs together."
)


@dataclass(frozen=True)
class MapChoices:
    """How the maps are made: the method, its settings, and whether each modality is centred.

    label: the name of the label that the marks are coloured by; None for the kind of an item.
    """

    method: str
    settings: Settings
    centred: bool
    label: str | None = None


def map_controls(collection: Collection) -> MapChoices:
    """Draw the choices; the defaults need no touching."""
    with st.container(horizontal=True, vertical_alignment="center"):
        method = choose_entry("Map by", METHODS, "map-method", "umap", bare=True)
        centred = st.toggle(
            "Centre captions and pictures",
            key="map-centred",
            persist_state="session",
            help=_WHY_CENTRE,
        )
        label = choose_colours(collection)
        with st.popover("Settings", icon=":material/tune:", key="map-settings"):
            st.caption(f"**{METHODS[method].title}**: {METHODS[method].sentence}")
            settings = _settings(method)
    return MapChoices(method, settings, centred, label)


def _settings(method: str) -> Settings:
    """Ask for what can be set of a method; its widgets keep their values from page to page."""
    if not METHODS[method].settings:
        st.caption(f"{METHODS[method].title} has nothing to set.")
    chosen: dict[str, Any] = {
        s.name: setting_field(s, f"map-{s.name}") for s in METHODS[method].settings
    }
    return replace(Settings(), **chosen)
