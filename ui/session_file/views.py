"""What is chosen on the pages, as a session file keeps it: only what the pages offer comes back."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from exchange.session_file.contents import View
from space.clustering import METHODS as CLUSTERINGS
from space.order import ORDERS
from space.projection import METHODS as PROJECTIONS
from space.scorecard import Direction
from space.setting import Setting
from space.similarity import SCALES
from ui.groups import controls as groups
from ui.odd_ones_out.sections import SECTIONS
from ui.scorecard.headline import DIRECTION_KEY
from ui.search.options import HIT_COUNTS, VARIETY
from ui.similarity.controls import ROWS
from ui.similarity.heatmap_view import VIEW_KEY, VIEWS
from ui.state.query import Target

Offered = Callable[[View], Any]
"""Returns the choice that a saved value stands for; None where the page offers no such one."""


def _one_of(options: tuple[Any, ...], value: View) -> Any:
    return next((option for option in options if type(value)(option) == value), None)


def _switch(value: View) -> Any:
    return value if isinstance(value, bool) else None


def _within(setting: Setting, value: View) -> Any:
    if isinstance(value, bool | str) or not setting.least <= value <= setting.most:
        return None
    return int(value) if float(setting.step).is_integer() else float(value)


def _offered(*options: Any) -> Offered:
    return partial(_one_of, options)


def choices() -> Mapping[str, Offered]:
    """Return the keys of what pages remember, each with what it may be."""
    scale_settings = [scale.parameter for scale in SCALES.values() if scale.parameter is not None]
    map_settings = [setting for method in PROJECTIONS.values() for setting in method.settings]
    return {
        VIEW_KEY: _offered(*VIEWS),
        "heatmap-rows": _offered(*ROWS),
        "heatmap-order": _offered(*ORDERS),
        "heatmap-scale": _offered(*SCALES),
        **{f"heatmap-{setting.name}": partial(_within, setting) for setting in scale_settings},
        "map-method": _offered(*PROJECTIONS),
        "map-centred": _switch,
        **{f"map-{setting.name}": partial(_within, setting) for setting in map_settings},
        "search-find": _offered(*Target),
        "search-count": _offered(*HIT_COUNTS),
        "search-variety": _offered(*VARIETY),
        "groups-part": _offered(groups.ROWS, groups.MAP),
        "groups-of": _offered(*groups.GROUPED),
        "groups-method": _offered(*CLUSTERINGS),
        "odd-section": _offered(*(section.title for section in SECTIONS)),
        DIRECTION_KEY: _offered(*Direction),
        "scorecard-all": _switch,
    }


def chosen_views() -> dict[str, View]:
    """Return what is chosen now; what nobody has touched or seen is left out."""
    found = {key: st.session_state[key] for key in choices() if key in st.session_state}
    plain = {key: str(v) if isinstance(v, str) else v for key, v in found.items()}
    return {key: value for key, value in plain.items() if isinstance(value, str | int | float)}


def choose_views(views: Mapping[str, View]) -> None:
    """Let the pages show these choices; what they do not offer is left as it is."""
    for key, offered in choices().items():
        if key in views and (choice := offered(views[key])) is not None:
            st.session_state[key] = choice
