"""Do two Setups see the same world? Measures that need no common dimension, and the disputes."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from charts.setup_heatmap import setup_heatmap
from collection.items import Item
from collection.modality_vectors import ModalityVectors
from space.arrays import IntArray
from space.representation import Disputed, Matrix, SpaceComparison
from space.scorecard import Scorecard
from space.undefined import Measured, Undefined
from ui.elements.choice import choose_one
from ui.elements.columns import side_by_side
from ui.elements.save_picture import CELLS_ARE_A_BITMAP
from ui.elements.saved_chart import saved_chart
from ui.elements.show_more import show_more, shown_of
from ui.elements.text import markdown_text
from ui.elements.tiles import MIDDLE, SMALL, Tile, tiles
from ui.scorecard.cached import cached_comparison, cached_disputed
from ui.scorecard.common import CommonItems
from ui.scorecard.plain_table import plain_table
from ui.state.session import Session

SHOWN_AT_FIRST = 5
_NEIGHBOURS = 5
_ALL, _CAPTIONS, _PICTURES = "All", "Captions", "Pictures"
_WHAT = (
    "Each compares how two Setups arrange the **same items**, in their original spaces. 1 is the "
    "same arrangement.\n\n"
    "**CKA**: |YᵀX|² ÷ (|XᵀX| |YᵀY|) of the centred vectors (linear centred kernel alignment; "
    "Kornblith et al. 2019). With few items and many dimensions it is high for any two spaces, so "
    "hold it against what shuffled items would give.\n\n"
    "**RSA**: Spearman's rank correlation of both matrices of cosines (representational similarity "
    "analysis; Kriegeskorte et al. 2008). 0 by chance.\n\n"
    "**Neighbours shared**: of the nearest neighbours of an item in both spaces, those in both ÷ "
    "those in either, the mean over items (mutual k-nearest-neighbour, Huh et al. 2024, as a "
    "Jaccard index; k is 10, or half of the other items where there are fewer)."
)


@dataclass(frozen=True)
class _Measure:
    """A measure: what it is called, its values, and what chance gives, in words."""

    title: str
    values: Matrix
    chance: Matrix | Measured


def same_world(state: Session, common: CommonItems, _card: Scorecard) -> None:
    """Draw the measures of every two Setups, and the items on whose neighbours they differ."""
    if len(common.setups) < 2:
        st.markdown("This compares two Setups. Choose a second one on the page Providers.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        of = choose_one("Of", [_ALL, _CAPTIONS, _PICTURES], "scorecard-items-of")
        with st.popover("What the figures mean", icon=":material/help:", type="tertiary"):
            st.markdown(_WHAT)
    texts = _emptied(common.texts) if of == _PICTURES else common.texts
    pictures = _emptied(common.pictures) if of == _CAPTIONS else common.pictures
    names = [state.compared.name_of(setup) for setup in common.setups]
    found = cached_comparison(texts, pictures)
    st.markdown(_sentence(found, names))
    measures = (
        _Measure("CKA", found.cka, found.cka_chance),
        _Measure("RSA", found.rsa, 0.0),
        _Measure("Neighbours shared", found.knn, found.knn_chance),
    )
    for column, measure in zip(side_by_side(len(measures)), measures, strict=True):
        with column:
            _heatmap(measure, names)
    _table(measures, names)
    items = (*texts[0].items, *pictures[0].items)
    most = cached_disputed(found.neighbours)
    if isinstance(most, Undefined):
        st.markdown(f"The most disputed items are {most}.")
    else:
        _disputed(most, found.neighbours, items, names)


def _emptied(spaces: tuple[ModalityVectors, ...]) -> tuple[ModalityVectors, ...]:
    return tuple(replace(space, items=(), rows=space.rows[:0]) for space in spaces)


def _sentence(found: SpaceComparison, names: Sequence[str]) -> str:
    """Say what two Setups have in common; of more, which two have most."""
    known = [
        (value, one, other)
        for one, row in enumerate(found.knn)
        for other, value in enumerate(row)
        if other > one and not isinstance(value, Undefined)
    ]
    if not known or isinstance(found.knn_chance, Undefined):
        return f"Not defined, because there are only {found.items} items."
    share, one, other = max(known)
    who = f"**{markdown_text(names[one])}** and **{markdown_text(names[other])}**"
    most = " most" if len(names) > 2 else ""
    return (
        f"{who} agree{most}: of an item's nearest neighbours they share "
        f"**{100 * share:.0f} %**; unrelated spaces would share {100 * found.knn_chance:.0f} %."
    )


def _heatmap(measure: _Measure, names: Sequence[str]) -> None:
    st.markdown(f"**{measure.title}**{_chance(measure.chance)}")
    values = [[_plain(value) for value in row] for row in measure.values]
    title = f"{measure.title} of every two Setups"
    saved_chart(
        f"scorecard-matrix-{measure.title}",
        lambda ink: setup_heatmap(values, names, ink),
        title,
        f"{title}; the same numbers are in the table below",
        width=560,
        bitmap=CELLS_ARE_A_BITMAP,
    )


def _chance(chance: Matrix | Measured) -> str:
    """Return what chance gives, in words; of a matrix what it gives for different Setups."""
    if isinstance(chance, Undefined):
        return ""
    if isinstance(chance, float):
        return f", by chance {chance:.2f}"
    every = [
        value
        for one, row in enumerate(chance)
        for other, value in enumerate(row)
        if one != other and not isinstance(value, Undefined)
    ]
    if not every:
        return ""
    low, high = f"{min(every):.2f}", f"{max(every):.2f}"
    return f", by chance {low}" + (f" to {high}" if high != low else "")


def _plain(value: Measured) -> float | None:
    return None if isinstance(value, Undefined) else value


def _table(measures: Sequence[_Measure], names: Sequence[str]) -> None:
    """Draw the same numbers as a table, every two Setups a row."""
    heads = ["Setup", "Setup compared with", *(measure.title for measure in measures)]
    rows: list[list[object]] = [
        [names[a], names[b], *(_plain(measure.values[a][b]) for measure in measures)]
        for a in range(len(names))
        for b in range(a + 1, len(names))
    ]
    plain_table("same-world", "Every two Setups", heads, rows)


def _disputed(
    found: Disputed,
    neighbours: Sequence[IntArray],
    items: Sequence[Item],
    names: Sequence[str],
) -> None:
    """Draw the items whose neighbours differ most, with the nearest in each Setup's eyes."""
    st.html("<h2 class='groups-heading'>Most disputed items</h2>")
    key = "scorecard-disputed"
    shown = shown_of(key, SHOWN_AT_FIRST)
    for row, overlap in zip(found.rows[:shown], found.overlap[:shown], strict=True):
        by = "".join(
            f"<div><span>{html.escape(name)}</span>"
            + tiles(
                [Tile(items[int(at)]) for at in near[row][:_NEIGHBOURS]],
                SMALL,
                named=False,
                brief=True,
            )
            + "</div>"
            for name, near in zip(names, neighbours, strict=True)
        )
        own = tiles(
            [Tile(items[int(row)], (f"{100 * overlap:.0f} % shared",))], MIDDLE, named=False
        )
        st.html(f"<div class='disputed'>{own}<div class='eyes'>{by}</div></div>")
    show_more(key, SHOWN_AT_FIRST, len(found.rows))
