"""Captions that seem to belong elsewhere, and pairs that hardly fit."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from collection.collection import Pair
from collection.embeddings import Embeddings, Setup
from collection.items import Modality
from collection.modality_vectors import Kind, kind_of
from collection.pair_rows import pair_rows
from space.swaps import SwapSuspects
from ui.elements.tiles import Tile
from ui.odd_ones_out.cached import cached_pair_fit, cached_swaps
from ui.odd_ones_out.findings import Finding, Shown, findings, found_by_each, named
from ui.state.session import Session

_NO_PAIRS = "No caption is paired with a picture here, so there is nothing to check."


def swapped_captions(state: Session) -> None:
    """Draw the captions that fit another picture better than their own."""
    st.subheader("Captions that fit another picture better", anchor=False)
    st.caption(
        "A caption is suspect when some other picture lies closer to it than its own. "
        "The strongest suspicion stands first: models make honest mistakes, too, and where "
        "several agree, look twice. Standard deviations are those of all cosines between "
        "captions and pictures."
    )
    if not state.collection.pairs:
        st.markdown(_NO_PAIRS)
        return
    found = found_by_each(
        state,
        lambda embeddings: _suspects(state, embeddings),
        lambda: "No caption fits another picture better than its own.",
    )
    findings(
        state,
        found,
        lambda pair, by: _suspicion(state, pair, by),
        "finds nothing that fits better.",
        "swaps",
    )


@dataclass(frozen=True)
class _Suspect(Finding):
    """Also what fits better, and the caption it seems to have changed places with."""

    better: str
    partner: str


def _suspects(state: Session, embeddings: Embeddings) -> Mapping[Pair, _Suspect]:
    """Return the captions that fit another picture better, and pictures another caption.

    A caption of several pictures, such as “cat”, fits at least one of them; there the picture is
    asked which caption fits it best.
    """
    texts, pictures, rows = _paired(state, embeddings)
    digest = f"{embeddings.digest} {state.collection.digest}"
    found = cached_swaps(digest, texts.vectors, pictures.vectors, rows)
    suspects = _named(found, texts, pictures, rows, "picture")
    turned = rows[:, ::-1]
    found = cached_swaps(f"{digest} turned", pictures.vectors, texts.vectors, turned)
    for ends, suspect in _named(found, pictures, texts, turned, "caption").items():
        pair = Pair(ends[1], ends[0])
        if len(state.collection.pictures_of[pair.text_id]) > 1:
            suspects.setdefault(pair, suspect)
    return suspects


def _named(
    found: SwapSuspects, judged: Kind, others: Kind, rows: npt.NDArray[np.int64], noun: str
) -> dict[Pair, _Suspect]:
    """Say of each suspect what was found; `noun`: what kind of thing fits it better."""
    suspects = {}
    for at, (row, better) in enumerate(zip(found.pairs, found.better, strict=True)):
        mine, own = (int(end) for end in rows[row])
        partner = found.partner[at]
        why = (
            f"cosine {found.own_cosine[at]:z.2f} with its own {noun} (rank {found.own_rank[at]} of "
            f"{found.of}), {found.better_cosine[at]:z.2f} with {named(others.items[better])}: "
            f"{found.margin[at]:.1f} standard deviations more."
        )
        suspects[Pair(judged.items[mine].id, others.items[own].id)] = _Suspect(
            float(found.won[at]),
            why,
            others.items[better].id,
            "" if partner < 0 else judged.items[int(rows[partner][0])].id,
        )
    return suspects


def _suspicion(state: Session, pair: Pair, by: Mapping[Setup, _Suspect]) -> Shown:
    """Show the pair beside what fits better, as the strongest suspicion has it."""
    setup, strongest = max(by.items(), key=lambda one: (one[1].partner != "", one[1].strength))
    fits = "fits better"
    if len({one.better for one in by.values()}) > 1:  # each provider may name another
        fits += f" ({state.compared.name_of(setup)})"
    items = state.collection.items
    caption, picture, better = items[pair.text_id], items[pair.picture_id], items[strongest.better]
    if better.modality is Modality.TEXT:
        headline = f"{named(picture)} fits another caption better than its own."
        evidence = (Tile(picture), Tile(caption, ("its own caption",)), Tile(better, (fits,)))
        return Shown(evidence, headline)
    headline = f"{named(caption)} fits another picture better than its own."
    if strongest.partner:
        headline += f" It seems to have changed places with {named(items[strongest.partner])}."
    return Shown((Tile(picture, ("its own picture",)), Tile(better, (fits,))), headline)


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
    found = found_by_each(
        state,
        lambda embeddings: _unusual(state, embeddings),
        lambda: "No pair fits much less well than the others.",
    )
    items = state.collection.items
    findings(
        state,
        found,
        lambda pair, _by: Shown(
            (Tile(items[pair.picture_id]),),
            f"{named(items[pair.text_id])} hardly fits its picture.",
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
            f"cosine {fit.cosines[row]:z.2f}, z-score {fit.z[row]:.1f}; the mean of all pairs is "
            f"{fit.mean:z.2f}.",
        )
        for row in fit.rows
    }


def _paired(state: Session, embeddings: Embeddings) -> tuple[Kind, Kind, npt.NDArray[np.int64]]:
    texts = kind_of(state.collection, embeddings, Modality.TEXT)
    pictures = kind_of(state.collection, embeddings, Modality.PICTURE)
    return texts, pictures, pair_rows(state.collection, texts.items, pictures.items)
