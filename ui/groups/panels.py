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
AT_FIRST = PICTURES_SHOWN + CAPTIONS_SHOWN


def group_panels(
    state: Session, found: Sequence[NamedGroups], columns: Sequence[DeltaGenerator]
) -> None:
    """Draw each Setup's groups in its column."""
    for column, groups in zip(columns, found, strict=True):
        with column:
            setup_header(state, groups.embeddings)
            st.markdown(in_words(groups))
            place = state.compared.colour_index(groups.embeddings.setup)
            for number in (*groups.numbers, NO_GROUP):
                _group(groups, number, f"group-{place}-{number}")
            _silhouettes(state, groups)


def group_legend(found: Sequence[NamedGroups], columns: Sequence[DeltaGenerator]) -> None:
    """Name the groups below the map of each Setup."""
    for column, groups in zip(columns, found, strict=True):
        with column:
            st.markdown(in_words(groups))
            names = (
                f"<li>{_badge(number)}{html.escape(shortened(groups.names[number], 60))}</li>"
                for number in groups.numbers
            )
            st.html(f'<ul class="legend">{"".join(names)}</ul>')


def in_words(groups: NamedGroups) -> str:
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
    pictures = [item for item in members if item.modality is Modality.PICTURE]
    texts = [item for item in members if item.modality is Modality.TEXT]
    if number == NO_GROUP:
        title, words = "In no group", ""
    else:
        title = shortened(groups.names[number], 90)
        apart = ", ".join(groups.words[number])
        words = " · ".join(filter(None, (*_tightness(groups, number), apart)))
    hidden = max(0, len(pictures) - PICTURES_SHOWN), max(0, len(texts) - CAPTIONS_SHOWN)
    more = shown_of(key, AT_FIRST) - AT_FIRST
    st.html(
        f'<section class="group" style="border-color:{group_colour(number)}">'
        f"<h4>{_badge(number)}{html.escape(title)}</h4>"
        + (f'<p class="words">{html.escape(words)}</p>' if words else "")
        + _some(pictures, PICTURES_SHOWN + more)
        + _some(texts, CAPTIONS_SHOWN + max(0, more - hidden[0]))
        + "</section>"
    )
    show_more(key, AT_FIRST, AT_FIRST + sum(hidden), quiet=True)


def _tightness(groups: NamedGroups, number: int) -> tuple[str, ...]:
    """Say how closely a group keeps together, unless it is all there is.

    A loose one gathers what fits nowhere else.
    """
    if groups.grouping.count < 2:
        return ()
    return (f"cosine with its centre {groups.cohesion[number]:z.2f} on average",)


def _badge(number: int) -> str:
    if number == NO_GROUP:
        return ""
    return badge(group_label(number), group_colour(number))


def _some(items: Sequence[Item], most: int) -> str:
    """Return the first of these items as tiles."""
    if not items:
        return ""
    return tiles((Tile(item) for item in items[:most]), SMALL, named=False, brief=True)


def _silhouettes(state: Session, groups: NamedGroups) -> None:
    """Draw how well each number of groups fits, where it was chosen by that."""
    tried = groups.grouping.tried
    if len(tried) < 2:
        return
    place = state.compared.colour_index(groups.embeddings.setup)
    st.caption("How many groups? The mean silhouette of each number that was tried:")
    st.plotly_chart(
        silhouette_drawing(dict(tried), groups.grouping.count, ink(), setup_colour(place)),
        key=f"silhouettes-{place}",
        width="stretch",
        config={"displayModeBar": False, "staticPlot": True},
        alt="; ".join(f"{k} groups: silhouette {value:.2f}" for k, value in tried.items()),
    )
