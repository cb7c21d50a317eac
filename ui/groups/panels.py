"""The groups of each Setup, as rows of thumbnails and captions."""

import html
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.group_marks import group_label
from charts.labels import shortened
from charts.palette import group_colour, setup_colour
from collection.items import Item, Modality
from ui.elements.setup_header import setup_header
from ui.elements.show_more import show_more, shown_of
from ui.elements.text import counted
from ui.elements.theme import ink
from ui.elements.tiles import SMALL, Tile, badge, tiles
from ui.groups.cached import silhouette_drawing
from ui.groups.named_groups import NO_GROUP, NamedGroups
from ui.state.session import Session

PICTURES_SHOWN, CAPTIONS_SHOWN = 12, 5
SHOWN_AT_FIRST = PICTURES_SHOWN + CAPTIONS_SHOWN


def group_panels(
    state: Session, found: Sequence[NamedGroups], columns: Sequence[DeltaGenerator]
) -> None:
    """Draw each Setup's groups in its column."""
    for column, groups in zip(columns, found, strict=True):
        with column:
            setup_header(state, groups.embeddings)
            st.markdown(_grouping_in_words(groups))
            colour_index = state.compared.colour_index(groups.embeddings.setup)
            for number in (*groups.numbers, NO_GROUP):
                _group(groups, number, f"group-{colour_index}-{number}")
            _silhouettes(state, groups)


def group_legend(found: Sequence[NamedGroups], columns: Sequence[DeltaGenerator]) -> None:
    """Name the groups below the map of each Setup."""
    for column, groups in zip(columns, found, strict=True):
        with column:
            st.markdown(_grouping_in_words(groups))
            names = (
                f"<li>{_badge(number)}{html.escape(shortened(groups.names[number], 60))}</li>"
                for number in groups.numbers
            )
            st.html(f'<ul class="legend">{"".join(names)}</ul>')


def _grouping_in_words(groups: NamedGroups) -> str:
    """Say how many groups there are, how well they stand apart, and what was decided."""
    grouping = groups.grouping
    words = [f"**{counted(grouping.count, 'group')}**"]
    if grouping.silhouette is not None:
        grouped = ", of the items in groups" if grouping.labels.min() < 0 else ""
        words.append(f"mean silhouette **{grouping.silhouette:z.2f}** of 1{grouped}")
    line = " · ".join(words)
    return f"{line}  \n{grouping.note}" if grouping.note else line


def _group(groups: NamedGroups, number: int, key: str) -> None:
    """Draw a group, with a button where not all of it is shown: first more pictures, then texts."""
    members = groups.members(number)
    if not members:
        return
    title, words = "In no group", ""
    if number != NO_GROUP:
        title, words = shortened(groups.names[number], 90), _small_print(groups, number)
    pictures = [item for item in members if item.modality is Modality.PICTURE]
    texts = [item for item in members if item.modality is Modality.TEXT]
    hidden = pictures[PICTURES_SHOWN:] + texts[CAPTIONS_SHOWN:]
    asked_for = hidden[: shown_of(key, SHOWN_AT_FIRST) - SHOWN_AT_FIRST]
    shown = pictures[:PICTURES_SHOWN] + texts[:CAPTIONS_SHOWN] + asked_for
    st.html(
        f'<section class="group" style="border-color:{group_colour(number)}">'
        f"<h4>{_badge(number)}{html.escape(title)}</h4>"
        + (f'<p class="words">{html.escape(words)}</p>' if words else "")
        + _tiles_of(shown, Modality.PICTURE)
        + _tiles_of(shown, Modality.TEXT)
        + "</section>"
    )
    show_more(key, SHOWN_AT_FIRST, SHOWN_AT_FIRST + len(hidden), quiet=True)


def _small_print(groups: NamedGroups, number: int) -> str:
    """Say how closely a group keeps together, unless it is all there is, and what sets it apart.

    A loose one gathers what fits nowhere else.
    """
    parts = [", ".join(groups.words[number])]
    if groups.grouping.count > 1:
        parts.insert(0, f"cosine with its centre {groups.cohesion[number]:z.2f} on average")
    return " · ".join(filter(None, parts))


def _badge(number: int) -> str:
    if number == NO_GROUP:
        return ""
    return badge(group_label(number), group_colour(number))


def _tiles_of(items: Sequence[Item], modality: Modality) -> str:
    """Return those of the items that are of this modality as tiles."""
    found = [Tile(item) for item in items if item.modality is modality]
    return tiles(found, SMALL, named=False, brief=True) if found else ""


def _silhouettes(state: Session, groups: NamedGroups) -> None:
    """Draw how well each number of groups fits, where it was chosen by that."""
    tried = groups.grouping.tried
    if len(tried) < 2:
        return
    colour_index = state.compared.colour_index(groups.embeddings.setup)
    st.caption("How many groups? The mean silhouette of each number that was tried:")
    st.plotly_chart(
        silhouette_drawing(dict(tried), groups.grouping.count, ink(), setup_colour(colour_index)),
        key=f"silhouettes-{colour_index}",
        width="stretch",
        config={"displayModeBar": False, "staticPlot": True},
        alt="; ".join(f"{k} groups: silhouette {value:.2f}" for k, value in tried.items()),
    )
