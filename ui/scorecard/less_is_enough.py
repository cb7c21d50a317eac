"""Less is enough? What shortened, int8 and binary vectors lose, and what they save."""

from collections.abc import Mapping

import streamlit as st

from charts.palette import setup_colour
from charts.size_chart import SizeMarks, size_chart
from collection.embeddings import Setup
from providers.registry import info_of
from space.retrieval_measures import Measure
from space.scorecard import Direction, Scorecard
from space.shortening import Size, sizes
from space.undefined import Measured, Undefined
from ui.elements.columns import side_by_side
from ui.elements.saved_chart import saved_chart
from ui.elements.text import in_a_row, markdown_text
from ui.scorecard.cached import SizedScores, cached_sizes
from ui.scorecard.common import CommonItems
from ui.scorecard.estimate_words import interval_in_words
from ui.scorecard.headline import DIRECTION_KEY
from ui.scorecard.plain_table import plain_table, two_digits
from ui.state.session import Session

LOST = 0.02
"""A smaller vector is as good where it loses no more recall@1 than this."""

_WHAT = (
    "All are made here of the vectors that are there already; no provider is asked again.\n\n"
    "**Shortened**: the first dimensions only, to length 1 again, for models that are trained for "
    "it (Matryoshka representations, Kusupati et al. 2022) and offer several sizes.\n\n"
    "**int8**: each dimension as one of 255 whole numbers, 127 × value ÷ the largest value. "
    "**binary**: its sign only; the cosine is then 1 - 2 × Hamming distance ÷ dimensions.\n\n"
    "**CKA**: how alike this space and the full one are, 1 is the same (Kornblith et al. 2019)."
)


def less_is_enough(state: Session, common: CommonItems, _card: Scorecard) -> None:
    """Draw recall@1 and CKA over the bytes of a vector, and the same as a table."""
    found = {
        setup: cached_sizes(texts, pictures, common.pairs, tuple(_sizes(setup)))
        for setup, texts, pictures in zip(common.setups, common.texts, common.pictures, strict=True)
    }
    direction = st.session_state.get(DIRECTION_KEY) or Direction.BOTH
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_sentences(state, found, direction), width="stretch")
        with st.popover("What the figures mean", icon=":material/help:", type="tertiary"):
            st.markdown(_WHAT)
    for column, title in zip(side_by_side(2), ("recall@1", "CKA with the full size"), strict=True):
        with column:
            _chart(title, _marks(state, found, direction, title == "recall@1"))
    st.caption(
        f"● float32, ◆ int8, ■ binary; each Setup in its colour. recall@1: {direction}."
        f"{_one_size_only(state, found)}"
    )
    _table(state, found, direction)


def _chart(measure: str, marks: list[SizeMarks]) -> None:
    title = f"{measure} over the bytes of a vector"
    saved_chart(
        f"sizes-{measure.split()[0]}",
        lambda ink: size_chart(marks, measure, ink),
        title,
        f"{title}; the same numbers are in the table below",
        legend=True,
    )


def _sizes(setup: Setup) -> list[Size]:
    shortest = info_of(setup).model(setup.model).shortest
    return list(sizes(setup.dimension, shortest))


def _sentences(state: Session, found: Mapping[Setup, SizedScores], direction: Direction) -> str:
    """Say of each Setup which is the smallest vector that is as good as the full one."""
    lines = []
    for setup, of in found.items():
        name = f"**{markdown_text(state.compared.name_of(setup))}**"
        recalls = [_recall(of, at, direction) for at in range(len(of.sizes))]
        full = recalls[0]
        if isinstance(full, Undefined):
            lines.append(f"{name}: {full}.")
            continue
        enough = [
            at
            for at, recall in enumerate(recalls)
            if not isinstance(recall, Undefined) and recall >= full - LOST
        ]
        at = min(enough, key=lambda at: of.sizes[at].bytes)
        if at == 0:
            lines.append(f"{name}: every smaller vector loses more than {LOST} of recall@1.")
            continue
        lines.append(
            f"{name}: **{of.sizes[at]}** is the smallest that loses at most {LOST} of recall@1, "
            f"{of.sizes[at].bytes:,} bytes instead of {of.sizes[0].bytes:,}."
        )
    return "  \n".join(lines)


def _one_size_only(state: Session, found: Mapping[Setup, SizedScores]) -> str:
    """Name the Setups whose model may not be shortened."""
    names = [
        markdown_text(state.compared.name_of(setup))
        for setup in found
        if info_of(setup).model(setup.model).shortest is None
    ]
    if not names:
        return ""
    offers = "offers" if len(names) == 1 else "offer"
    return f" {in_a_row(names)} {offers} one size only, so nothing is shortened there."


def _recall(of: SizedScores, at: int, direction: Direction) -> Measured:
    return of.card.estimates[at][direction, Measure.RECALL_1].value


def _marks(
    state: Session, found: Mapping[Setup, SizedScores], direction: Direction, of_recall: bool
) -> list[SizeMarks]:
    return [
        SizeMarks(
            state.compared.name_of(setup),
            setup_colour(state.compared.colour_index(setup)),
            [size.precision for size in of.sizes],
            [size.bytes for size in of.sizes],
            [
                _plain(_recall(of, at, direction) if of_recall else of.cka[at])
                for at in range(len(of.sizes))
            ],
        )
        for setup, of in found.items()
    ]


def _table(state: Session, found: Mapping[Setup, SizedScores], direction: Direction) -> None:
    rows: list[list[object]] = []
    colours = []
    for setup, of in found.items():
        for at, size in enumerate(of.sizes):
            estimate = of.card.estimates[at][direction, Measure.RECALL_1]
            rows.append(
                [
                    state.compared.name_of(setup),
                    str(size),
                    size.bytes,
                    two_digits(size.gigabytes_a_million),
                    _plain(estimate.value),
                    interval_in_words(estimate),
                    _plain(of.cka[at]),
                ]
            )
            colours.append(setup_colour(state.compared.colour_index(setup)))
    heads = ["Setup", "vector", "bytes an item", "GB a million items", "recall@1"]
    plain_table("sizes", "Sizes of a vector", [*heads, "95 % interval", "CKA"], rows, colours)


def _plain(value: Measured) -> float | None:
    return None if isinstance(value, Undefined) else value
