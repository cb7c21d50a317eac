"""Captions that seem to belong elsewhere, and pairs that hardly fit."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from charts.labels import shortened
from collection.collection import Pair
from collection.embeddings import Embeddings, Setup
from collection.items import Modality
from ui.cached_findings import cached_pair_fit, cached_swaps
from ui.findings import Finding, Shown, by_setup, findings
from ui.kinds import Kind, kind_of
from ui.pair_rows import pair_rows
from ui.session import Session
from ui.tiles import Tile

_NO_PAIRS = "No caption is paired with a picture here, so there is nothing to check."


def swapped_captions(state: Session) -> None:
    """Draw the captions that fit another picture better than their own."""
    st.subheader("Captions that fit another picture better", anchor=False)
    st.caption(
        "A caption is suspect when some other picture lies closer to it than its own. "
        "The strongest suspicion stands first: models make honest mistakes, too, and where "
        "several agree, look twice."
    )
    if not state.collection.pairs:
        st.markdown(_NO_PAIRS)
        return
    found = by_setup(state, lambda embeddings: _suspects(state, embeddings))
    if not any(found.values()):
        st.markdown("Every caption fits its own picture best, with every provider.")
    findings(
        state,
        found,
        lambda pair, by: _both_pictures(state, pair, by),
        "no other picture lies closer.",
        "swaps",
    )


@dataclass(frozen=True)
class _Suspect(Finding):
    """Also which picture fits better, and the caption it seems to have changed places with."""

    better: str
    partner: str | None


def _suspects(state: Session, embeddings: Embeddings) -> Mapping[Pair, _Suspect]:
    texts, pictures, rows = _paired(state, embeddings)
    digest = f"{embeddings.digest} {state.collection.digest}"
    found = cached_swaps(digest, texts.vectors, pictures.vectors, rows)
    pairs = [Pair(texts.items[t].id, pictures.items[p].id) for t, p in rows]
    suspects = {}
    for at, pair_row in enumerate(found.pairs):
        better = pictures.items[found.better[at]]
        why = (
            f"cosine {found.own_cosine[at]:.2f} with its own picture (rank "
            f"{found.own_rank[at]} of {found.of}), {found.better_cosine[at]:.2f} with "
            f"{shortened(better.label, 40)}: {found.margin[at]:.1f} deviations more."
        )
        partner = found.partner[at]
        suspects[pairs[pair_row]] = _Suspect(
            float(found.margin[at]),
            why,
            better.id,
            None if partner < 0 else texts.items[rows[partner][0]].label,
        )
    return suspects


def _both_pictures(state: Session, pair: Pair, by: Mapping[Setup, _Suspect]) -> Shown:
    strongest = max(by.values(), key=lambda one: one.strength)
    items = state.collection.items
    caption = items[pair.text_id].label
    headline = f"“{shortened(caption, 120)}” fits another picture better than its own."
    if strongest.partner is not None:
        headline += f" It seems to have changed places with “{shortened(strongest.partner, 120)}”."
    return Shown(
        (
            Tile(items[pair.picture_id], mark="its own"),
            Tile(items[strongest.better], mark="fits better"),
        ),
        headline,
    )


def unusual_pairs(state: Session) -> None:
    """Draw the known pairs that fit far less well than the others."""
    st.subheader("Pairs that hardly fit", anchor=False)
    st.caption(
        "Each pair's cosine against those of all pairs, as a z-score: the number of standard "
        "deviations above or below their mean. Pairs at -2 or lower are listed."
    )
    if not state.collection.pairs:
        st.markdown(_NO_PAIRS)
        return
    found = by_setup(state, lambda embeddings: _unusual(state, embeddings))
    if not any(found.values()):
        st.markdown("No pair fits much less well than the others.")
    items = state.collection.items
    findings(
        state,
        found,
        lambda pair, _by: Shown(
            (Tile(items[pair.picture_id]),),
            f"“{shortened(items[pair.text_id].label, 120)}” hardly fits its picture.",
        ),
        "fits about as well as the others.",
        "pairs",
    )


def _unusual(state: Session, embeddings: Embeddings) -> Mapping[Pair, Finding]:
    texts, pictures, rows = _paired(state, embeddings)
    digest = f"{embeddings.digest} {state.collection.digest}"
    fit = cached_pair_fit(digest, texts.vectors, pictures.vectors, rows)
    return {
        Pair(texts.items[rows[row][0]].id, pictures.items[rows[row][1]].id): Finding(
            -float(fit.z[row]),
            f"cosine {fit.cosines[row]:.2f}, z-score {fit.z[row]:.1f}; the mean of all pairs is "
            f"{fit.mean:.2f}.",
        )
        for row in fit.rows
    }


def _paired(state: Session, embeddings: Embeddings) -> tuple[Kind, Kind, npt.NDArray[np.int64]]:
    texts = kind_of(state.collection, embeddings, Modality.TEXT)
    pictures = kind_of(state.collection, embeddings, Modality.PICTURE)
    return texts, pictures, pair_rows(state.collection, texts.items, pictures.items)
