"""Item by item: which queries one Setup answers and another does not."""

import html
from dataclasses import dataclass

import numpy as np
import streamlit as st

from charts.labels import shortened
from charts.palette import setup_colour
from charts.thumbnails import data_uri
from collection.items import Item, PictureItem
from space.query_differences import QueryDifferences, query_differences
from space.scorecard import Direction, Scorecard
from ui.elements.listener import listener
from ui.elements.page_switch import go_to
from ui.elements.show_more import show_more, shown_of
from ui.elements.text import counted
from ui.scorecard.common import CommonItems
from ui.scorecard.headline import DIRECTION_KEY
from ui.similarity.chosen_cell import choose_cell
from ui.similarity.heatmap_view import VIEW_KEY
from ui.state.session import Session

SHOWN_AT_FIRST = 5
_EVERY = "Any"
_PIXELS = 104  # twice the side that it is shown at
_LISTENER = listener("cell_events")


@dataclass(frozen=True)
class _Queries:
    """The queries of a direction: items, and of each a right answer; all answers by name."""

    items: tuple[Item, ...]
    answers: tuple[Item, ...]
    documents: int
    noun: str


def item_by_item(state: Session, common: CommonItems, card: Scorecard) -> None:
    """Draw the queries, those on which Setups differ most first, each a button to its cell."""
    queries, found = _found(common, card)
    names = [state.compared.name_of(setup) for setup in common.setups]
    rows = _chosen(found, names)
    st.markdown(
        f"{counted(len(rows), queries.noun)}, those first where the Setups differ most. Each with "
        f"the rank of its right answer among {queries.documents}; press one to see its cell in "
        "the heatmap."
    )
    key = f"scorecard-items-{queries.noun}"
    shown = rows[: shown_of(key, SHOWN_AT_FIRST)]
    entries = "".join(_entry(state, common, queries, found, int(row), names) for row in shown)
    with st.container(key="scorecard-items", gap="xxsmall"):
        st.html(f"<ol class='by-item'>{entries}</ol>")
        show_more(key, SHOWN_AT_FIRST, len(rows))
    _go_where_pressed(state)


def _found(common: CommonItems, card: Scorecard) -> tuple[_Queries, QueryDifferences]:
    """Return the queries of the direction that is shown; of both it is that of captions."""
    of_pictures = st.session_state.get(DIRECTION_KEY) == Direction.PICTURES
    side, noun = (1, "picture") if of_pictures else (0, "caption")
    outcomes = [both[side] for both in card.outcomes]
    asking, asked = common.texts[0].items, common.pictures[0].items
    pairs = common.pairs
    if of_pictures:
        asking, asked, pairs = asked, asking, pairs[:, ::-1]
    answer_of = {int(query): int(answer) for query, answer in pairs[::-1]}
    rows = [int(row) for row in outcomes[0].queries]
    queries = _Queries(
        tuple(asking[row] for row in rows),
        tuple(asked[answer_of[row]] for row in rows),
        len(asked),
        noun,
    )
    return queries, query_differences(np.stack([outcome.ranks for outcome in outcomes]))


def _chosen(found: QueryDifferences, names: list[str]) -> list[int]:
    """Draw the filter by who wins, and return the rows left, in their order."""
    if len(names) < 2:
        return found.order.tolist()
    choices = [_EVERY, *range(len(names))]
    winner = st.selectbox(
        "Who is right",
        choices,
        format_func=lambda row: (
            "Any Setup" if row == _EVERY else f"{names[row]}, where another is wrong"
        ),
        key="scorecard-winner",
        persist_state="session",
        width=420,
    )
    rows: list[int] = found.order.tolist()
    return rows if winner == _EVERY else [row for row in rows if found.wins[winner, row]]


def _entry(
    state: Session,
    common: CommonItems,
    queries: _Queries,
    found: QueryDifferences,
    row: int,
    names: list[str],
) -> str:
    query, answer = queries.items[row], queries.answers[row]
    caption, picture = (answer, query) if isinstance(query, PictureItem) else (query, answer)
    assert isinstance(picture, PictureItem), "A pair holds a caption and a picture."
    ranks = "".join(
        f"<span class='rank'><i style='background:{_colour(state, common, at)}'></i>"
        f"{html.escape(name)} <b>{found.ranks[at, row]}</b></span>"
        for at, name in enumerate(names)
    )
    words = html.escape(shortened(caption.label, 120))
    name = html.escape(shortened(picture.label, 60), quote=True)
    return (
        f"<li><button type='button' data-cell='{caption.id} {picture.id}'>"
        f"<img src='{data_uri(picture, _PIXELS)}' alt='{name}'>"
        f"<span class='query'>{words}</span><span class='ranks'>{ranks}</span></button></li>"
    )


def _colour(state: Session, common: CommonItems, row: int) -> str:
    return setup_colour(state.compared.colour_index(common.setups[row]))


def _go_where_pressed(state: Session) -> None:
    cell = _LISTENER(key="scorecard-item-events", on_cell_change=lambda: None, height=1).cell
    match (cell or "").split(" "):
        case [row, column] if row in state.collection and column in state.collection:
            choose_cell(row, column)
            if st.session_state.get(VIEW_KEY, "captions") != "captions":
                st.session_state[VIEW_KEY] = "captions"
            go_to("pages/similarity.py")
