"""Findings: what does not fit, one row each, with what each Setup proposes instead."""

import html
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import streamlit as st

from charts.labels import shortened
from charts.palette import setup_colour
from collection.embeddings import Setup
from collection.items import Item, Modality
from space.consensus import consensus
from ui.elements.show_more import show_more, shown_of
from ui.elements.text import counted
from ui.elements.tiles import EVIDENCE, MIDDLE, Tile, tiles
from ui.selection.select_button import select_button
from ui.state.session import Session

SHOWN_AT_FIRST = 5
"""So many findings are shown before one asks for more."""

LARGE_UP_TO = 3
"""So many proposals are shown as large as what they are proposed for, more of them smaller."""

ItemIds = tuple[str, ...]
"""What a finding is about: the ids of the items concerned."""


@dataclass(frozen=True)
class Finding:
    """One finding of one Setup: how strong, and why, as plain text.

    `others`: ids of the items that bear it out, such as what fits better.
    """

    strength: float
    why: str
    others: ItemIds = ()


Found = Mapping[ItemIds, Finding]
"""What one Setup finds."""


@dataclass(frozen=True)
class Proposal:
    """What fits better, and which Setups say so."""

    tile: Tile
    by: tuple[Setup, ...]


@dataclass(frozen=True)
class Shown:
    """How a finding looks: its own items as tiles, one headline in plain text, the proposals."""

    tiles: tuple[Tile, ...]
    headline: str
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class Selecting:
    """The button that selects a list of findings: its words, and which items of each."""

    words: str = "Select these"
    ends: Callable[[ItemIds], ItemIds] = tuple


ALL = Selecting()
"""Selects all that the findings are about."""


def findings(
    state: Session,
    found: Mapping[Setup, Found],
    show: Callable[[ItemIds, Mapping[Setup, Finding]], Shown],
    otherwise: str,
    key: str,
    marked: Mapping[ItemIds, str],
    selecting: Selecting = ALL,
) -> None:
    """Draw what the Setups found, what most of them agree on first.

    `show` says how the findings of some Setups about the same items look; `otherwise`: what a
    Setup says that did not name them; `marked`: words that stand before some of the headlines.
    More than a few wait behind a button. `selecting`: what the button at the foot selects.
    """
    strengths = {
        setup: {item_ids: one.strength for item_ids, one in of_setup.items()}
        for setup, of_setup in found.items()
    }
    agreed = consensus(strengths)
    for one in agreed[: shown_of(key, SHOWN_AT_FIRST)]:
        by = {setup: found[setup][one.subject] for setup in one.by}
        why = {setup: _why(state, setup, one.subject, by, otherwise) for setup in found}
        judges = sum(can_judge(state, setup, one.subject) or setup in by for setup in found)
        mark = marked.get(one.subject, "")
        # One piece of HTML each, so that opened numbers stay open when more are shown.
        st.html(_finding(state, show(one.subject, by), mark, _said(state, why, by, judges)))
    listed = [
        i for one in agreed[: shown_of(key, SHOWN_AT_FIRST)] for i in selecting.ends(one.subject)
    ]
    if listed:
        with st.container(horizontal=True, gap="small"):
            show_more(key, SHOWN_AT_FIRST, len(agreed))
            label = f"{selecting.words} ({counted(len(set(listed)), 'item')})"
            select_button(label, listed, key)


def can_judge(state: Session, setup: Setup, item_ids: ItemIds) -> bool:
    """Whether a Setup has a vector for each of these items."""
    return all(item_id in state.shown[setup] for item_id in item_ids)


def named(item: Item) -> str:
    """Return what people call an item in a sentence: a caption's words, a picture's file name."""
    words = shortened(item.label, 100)
    return f"“{words}”" if item.modality is Modality.TEXT else words


def dot(colour: str, *, filled: bool) -> str:
    """Return a dot in a Setup's colour as HTML: filled where it says so, else open."""
    kind, says = ("dot filled", "says so") if filled else ("dot", "does not")
    return f'<span class="{kind}" style="color:{colour}" role="img" aria-label="{says}"></span>'


def _why(
    state: Session,
    setup: Setup,
    item_ids: ItemIds,
    by: Mapping[Setup, Finding],
    otherwise: str,
) -> str:
    """Return what a Setup says, also one that did not name the items or cannot judge them."""
    if setup in by:
        return by[setup].why
    if can_judge(state, setup, item_ids):
        return otherwise
    return "cannot tell, for it has no vector here."


def _said(state: Session, why: Mapping[Setup, str], by: Collection[Setup], judges: int) -> str:
    """Return who says so and who does not, and each one's reason behind a disclosure, as HTML.

    `judges`: how many have vectors for the items.
    """
    who = ""
    if len(why) > 1:
        tell = "" if judges == len(why) else " that can tell"
        say = "says" if len(by) == 1 else "say"
        who = f"<b>{len(by)} of {counted(judges, 'model')}{tell} {say} so</b> "
        who = f'<p class="who">{who}{_dots(state, {setup: setup in by for setup in why})}</p>'
    lines = "".join(
        f'<li style="border-color:{_colour(state, setup)}">{_name(state, setup)}: '
        f"{html.escape(words)}</li>"
        for setup, words in why.items()
    )
    return f"{who}<details><summary>In numbers</summary><ul>{lines}</ul></details>"


def _finding(state: Session, shown: Shown, mark: str, said: str) -> str:
    """Return a finding as HTML; `said`: what the Setups say of it, as HTML."""
    marked = f'<span class="mark">{html.escape(mark)}</span> ' if mark else ""
    several, many = len(state.shown) > 1, len(shown.proposals) > LARGE_UP_TO
    proposals = "".join(
        f'<div class="proposal">{tiles([one.tile], MIDDLE if many else EVIDENCE)}'
        + (f"<p>{_dots(state, dict.fromkeys(one.by, True))}</p>" if several else "")
        + "</div>"
        for one in shown.proposals
    )
    return (
        f'<div class="finding{" many" * many}">'
        f'<div class="own">{tiles(shown.tiles, EVIDENCE)}</div>'
        f'<div class="why"><h2>{marked}{html.escape(shown.headline)}</h2>{said}</div>'
        + (f'<div class="proposals">{proposals}</div>' if proposals else "")
        + "</div>"
    )


def _dots(state: Session, says_so: Mapping[Setup, bool]) -> str:
    """Return each Setup's dot and name as HTML."""
    return " ".join(
        f'<span class="setup-dot">{dot(_colour(state, setup), filled=says)}'
        f"{_name(state, setup)}</span>"
        for setup, says in says_so.items()
    )


def _name(state: Session, setup: Setup) -> str:
    return html.escape(state.compared.name_of(setup))


def _colour(state: Session, setup: Setup) -> str:
    return setup_colour(state.compared.colour_index(setup))
