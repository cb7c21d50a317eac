"""Maps coloured by what items are labelled."""

import html

import streamlit as st

from charts.group_marks import group_label
from charts.labels import shortened
from charts.palette import group_colour
from collection.collection import Collection
from collection.label_values import class_names
from ui.elements.label_choice import forget_unknown
from ui.elements.tiles import badge

_KEY = "map-colours"
_BY_KIND = ""
_NAMED = 24
"""So many labels are named below the maps; the numbers of others are in no list."""


def choose_colours(collection: Collection) -> str | None:
    """Draw the choice where there are labels; return the name of the label, None for the kind."""
    names = class_names(collection, of_captions=True)
    if not names:
        return None
    options = [_BY_KIND, *names]
    forget_unknown(_KEY, options)
    chosen: str = st.selectbox(
        "Colours",
        options,
        format_func=lambda name: f"Coloured by {name or 'kind'}",
        key=_KEY,
        persist_state="session",
        label_visibility="collapsed",
        width=210,
    )
    return chosen or None


def label_legend(labels: tuple[str, ...], *, some_without: bool) -> None:
    """Name the numbers and colours that stand on the maps.

    `some_without`: whether there are items without a label.
    """
    names = "".join(
        f"<li>{badge(group_label(number), group_colour(number))}"
        f"{html.escape(shortened(label, 40))}</li>"
        for number, label in enumerate(labels[:_NAMED])
    )
    more = f"<li>and {len(labels) - _NAMED} more</li>" if len(labels) > _NAMED else ""
    grey = "<li>Grey: without a label.</li>" if some_without else ""
    st.html(f'<ul class="legend labels">{names}{more}{grey}</ul>')
