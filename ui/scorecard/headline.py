"""What the page is about: one sentence, and one table that a teacher can project."""

import streamlit as st

from space.bootstrap import REPLICATES
from space.scorecard import Direction, Scorecard
from space.seed import SEED
from ui.elements.choice import choose_one
from ui.elements.text import counted, in_a_row, markdown_text
from ui.scorecard.cached import cached_all_together
from ui.scorecard.common import CommonItems
from ui.scorecard.conclusion import conclusion, worth_it
from ui.scorecard.definitions import how_measured
from ui.scorecard.figures_table import (
    ALL_TOGETHER,
    Column,
    columns_of,
    markdown_of,
    rows_of,
    table_html,
)
from ui.scorecard.plain_table import download_csv
from ui.state.session import Session

DIRECTION_KEY = "scorecard-direction"
_WHY_TOGETHER = (
    "One more row: the rankings of all Setups as one. Each answer scores the sum over the Setups "
    "of 1 ÷ (60 + its rank), reciprocal rank fusion (Cormack et al. 2009)."
)


def chosen_direction() -> Direction:
    """Draw the switch, and return what looks for what."""
    return choose_one(
        "Who looks for whom",
        list(Direction),
        DIRECTION_KEY,
        in_words=lambda direction: str(direction).capitalize(),
        bare=True,
    )


def headline(state: Session, common: CommonItems, card: Scorecard) -> None:
    """Draw the sentence, the switches, the table, and what it stands on."""
    names = [state.compared.name_of(setup) for setup in common.setups]
    # The sentence comes before the switch that it depends on; a place to be filled later would
    # let all below it jump.
    direction = Direction(st.session_state.get(DIRECTION_KEY) or next(iter(Direction)))
    with st.container(key="conclusion"):
        st.markdown(conclusion(card.best[direction], names, direction))
    with st.container(horizontal=True, vertical_alignment="center", key="scorecard-controls"):
        chosen_direction()
        every = st.toggle("All measures", key="scorecard-all", persist_state="session")
        fused = len(common.setups) > 1 and st.toggle(
            ALL_TOGETHER, key="scorecard-together", persist_state="session", help=_WHY_TOGETHER
        )
    together = card
    if fused:
        together = cached_all_together(common.texts, common.pictures, common.pairs)
    columns = columns_of(together, common, direction, every)
    st.html(table_html(state, common, columns))
    if fused:
        st.markdown(worth_it(together.best[direction], names))
    st.caption(_stands_on(state, common, card))
    _take_away(state, common, card, columns)


def _stands_on(state: Session, common: CommonItems, card: Scorecard) -> str:
    """Say on how many pairs the figures stand, and why not on all."""
    words = f"{counted(card.pairs, 'pair')}, the same for every Setup"
    if card.groups < card.pairs:
        words += f", in {counted(card.groups, 'group')} that share an item"
    words += f". In grey: 95 % intervals ({REPLICATES:,} replicates, seed {SEED})."
    if common.left_out:
        lacking = [
            f"{markdown_text(state.compared.name_of(setup))} lacks "
            f"{counted(state.not_embedded(setup) + state.failed(setup), 'item')}"
            for setup in common.setups
            if state.not_embedded(setup) + state.failed(setup)
        ]
        left_out = counted(common.left_out, "pair")
        words += f" {left_out} left out: {in_a_row(lacking)}."
    return words


def _take_away(state: Session, common: CommonItems, card: Scorecard, columns: list[Column]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="scorecard-take-away"):
        with st.popover("How is it measured?", icon=":material/help:", type="tertiary"):
            how = how_measured(len(common.setups))
            st.markdown("\n\n".join(f"**{term}**: {words}" for term, words in how.items()))
        with st.popover("Copy as Markdown", icon=":material/content_copy:", type="tertiary"):
            st.code(markdown_of(state, common, columns), language="markdown", wrap_lines=True)
        heads, rows = rows_of(state, common, columns)
        download_csv("scorecard", heads, rows)
