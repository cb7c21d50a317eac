"""Findings: what does not fit, shown with the items concerned and why, provider by provider."""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from charts.labels import shortened
from charts.palette import setup_colour
from collection.embeddings import Setup
from collection.items import Item, Modality
from space.consensus import consensus
from ui.elements.show_more import show_more, shown_of
from ui.elements.text import counted
from ui.elements.tiles import EVIDENCE, Tile, tiles
from ui.state.session import Session

SHOWN_AT_FIRST = 5
"""So many findings are shown before one asks for more."""

ItemIds = tuple[str, ...]
"""What a finding is about: the ids of the items concerned."""


@dataclass(frozen=True)
class Finding:
    """One finding of one provider: how strong, and why, as plain text.

    `others`: ids of the items that bear it out, such as what fits better.
    """

    strength: float
    why: str
    others: ItemIds = ()


Found = Mapping[ItemIds, Finding]
"""What one provider finds."""


@dataclass(frozen=True)
class Shown:
    """How a finding looks: its items as tiles, and one headline in plain text."""

    tiles: tuple[Tile, ...]
    headline: str


def findings(
    state: Session,
    found: Mapping[Setup, Found],
    show: Callable[[ItemIds, Mapping[Setup, Finding]], Shown],
    otherwise: str,
    key: str,
) -> None:
    """Draw what the providers found, what most of them agree on first.

    `show` says how the findings of some providers about the same items look; `otherwise`: what a
    provider says that did not name them. More than a few wait behind a button.
    """
    strengths = {
        setup: {item_ids: one.strength for item_ids, one in of_setup.items()}
        for setup, of_setup in found.items()
    }
    agreed = consensus(strengths)
    for one in agreed[: shown_of(key, SHOWN_AT_FIRST)]:
        by = {setup: found[setup][one.subject] for setup in one.by}
        why = {setup: _why(state, setup, one.subject, by, otherwise) for setup in found}
        judges = sum(_can_judge(state, setup, one.subject) or setup in by for setup in found)
        st.html(_finding(state, show(one.subject, by), why, (len(by), judges)))
    show_more(key, SHOWN_AT_FIRST, len(agreed))


def _why(
    state: Session,
    setup: Setup,
    item_ids: ItemIds,
    by: Mapping[Setup, Finding],
    otherwise: str,
) -> str:
    """Return what a provider says, also one that did not name the items or cannot judge them."""
    if setup in by:
        return by[setup].why
    if _can_judge(state, setup, item_ids):
        return otherwise
    return "cannot tell, for it has no vector here."


def _can_judge(state: Session, setup: Setup, item_ids: ItemIds) -> bool:
    return all(item_id in state.shown[setup] for item_id in item_ids)


def _finding(
    state: Session, shown: Shown, why: Mapping[Setup, str], named_by: tuple[int, int]
) -> str:
    """Return a finding as HTML; `named_by`: by how many, and how many could judge."""
    lines = "".join(
        f'<li style="border-color:{setup_colour(state.compared.colour_index(setup))}">'
        f"<b>{html.escape(state.compared.name_of(setup))}</b>: "
        f"{html.escape(words)}</li>"
        for setup, words in why.items()
    )
    some, judges = named_by
    tell = "" if judges == len(why) else " that can tell"
    agree = f"{some} of {counted(judges, 'provider')}{tell}: " if len(why) > 1 else ""
    return (
        f'<div class="finding"><div class="evidence">{tiles(shown.tiles, EVIDENCE)}</div>'
        f'<div class="why"><p><b>{agree}</b>{html.escape(shown.headline)}</p>'
        f"<ul>{lines}</ul></div></div>"
    )


def named(item: Item) -> str:
    """Return what people call an item in a sentence: a caption's words, a picture's file name."""
    words = shortened(item.label, 100)
    return f"“{words}”" if item.modality is Modality.TEXT else words
