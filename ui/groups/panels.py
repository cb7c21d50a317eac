"""The groups of each Setup: one line a group, and all of a group where it is opened."""

import html
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.group_marks import group_label
from charts.labels import shortened
from charts.palette import group_colour
from charts.thumbnails import data_uri
from collection.items import Item, Modality, PictureItem
from ui.elements.setup_header import setup_header
from ui.elements.text import counted
from ui.elements.tiles import SMALL, Tile, badge, select_list_button, tiles
from ui.groups.named_groups import NO_GROUP, NamedGroups
from ui.state.session import Session

THUMBNAILS = 6
"""So many pictures stand in the line of a group."""

TILES = 16
"""So many pictures and so many captions of an opened group are tiles, the others only named:
hundreds of pictures, once for each Setup, would make the page heavy."""


def group_panels(
    state: Session, found: Sequence[NamedGroups], columns: Sequence[DeltaGenerator]
) -> None:
    """Draw each Setup's groups in its column."""
    for column, groups in zip(columns, found, strict=True):
        with column:
            setup_header(state, groups.embeddings)
            rows = (_group(groups, number) for number in (*groups.numbers, NO_GROUP))
            # One piece of HTML, unchanged by a rerun: opened groups stay open.
            st.html(f"{_count_in_words(groups)}{''.join(rows)}")


def group_legend(found: Sequence[NamedGroups], columns: Sequence[DeltaGenerator]) -> None:
    """Name the groups below the map of each Setup."""
    for column, groups in zip(columns, found, strict=True):
        with column:
            names = (
                f"<li>{_badge(number)}{html.escape(shortened(groups.names[number], 60))}</li>"
                for number in groups.numbers
            )
            st.html(f'{_count_in_words(groups)}<ul class="legend">{"".join(names)}</ul>')


def group_key(groups: NamedGroups, number: int) -> str:
    """Return what tells the button that selects a group from the others of the page."""
    return f"{groups.embeddings.digest}-{number}"


def _count_in_words(groups: NamedGroups) -> str:
    """Return how many groups there are; where nothing was divided also why, as HTML."""
    lone = len(groups.members(NO_GROUP))
    words = [counted(groups.grouping.count, "group")]
    words += [f"{counted(lone, 'item')} in no group"] * bool(lone)
    said = " · ".join(words)
    if groups.grouping.note and not groups.grouping.tried:
        said += f". {groups.grouping.note}"
    return f'<p class="words">{html.escape(said)}</p>'


def _group(groups: NamedGroups, number: int) -> str:
    """Return a group as HTML: a line that opens, and all of the group within."""
    members = groups.members(number)
    if not members:
        return ""
    name, words = "In no group", ""
    if number != NO_GROUP:
        name, words = shortened(groups.names[number], 160), _small_print(groups, number)
    return (
        f'<details class="group" style="border-color:{group_colour(number)}">'
        f'<summary>{_badge(number)}<span class="name">{html.escape(name)}</span>'
        f"{_at_a_glance(members)}</summary>"
        f'<p class="words">{html.escape(words)}{" · " if words else ""}'
        f"{select_list_button('Select this group', group_key(groups, number))}</p>"
        + _all_of(members, Modality.PICTURE)
        + _all_of(members, Modality.TEXT)
        + "</details>"
    )


def _at_a_glance(members: Sequence[Item]) -> str:
    """Return the first pictures of a group, and how many items more there are, as HTML."""
    pictures = [item for item in members if isinstance(item, PictureItem)][:THUMBNAILS]
    faces = "".join(
        f'<img src="{data_uri(item)}" alt="" title="{html.escape(item.name, quote=True)}">'
        for item in pictures
    )
    rest = len(members) - len(pictures)
    more = f"+{rest}" if pictures else counted(rest, "caption")
    return f'<span class="glance">{faces}{f"<span>{more}</span>" if rest else ""}</span>'


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


def _all_of(members: Sequence[Item], modality: Modality) -> str:
    """Return the items of this modality: the first ones as tiles, the others by name."""
    items = [item for item in members if item.modality is modality]
    if not items:
        return ""
    rest = ", ".join(shortened(item.label, 80) for item in items[TILES:])
    shown = tiles([Tile(item) for item in items[:TILES]], SMALL, named=False, brief=True)
    return shown + (f'<p class="words">Also: {html.escape(rest)}</p>' if rest else "")
