"""Captions that seem to belong elsewhere, and pairs that hardly fit."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from collection.collection import Collection, Pair
from collection.embeddings import Embeddings, Setup
from collection.items import Modality
from collection.modality_vectors import ModalityVectors, vectors_of
from collection.pair_rows import pair_rows
from space.swaps import SwapSuspects
from ui.elements.tiles import Tile
from ui.odd_ones_out.cached import cached_pair_fit, cached_swaps
from ui.odd_ones_out.findings import Finding, Found, ItemIds, Proposal, Shown, named
from ui.state.session import Session


def swapped_captions(collection: Collection, embeddings: Embeddings) -> Found:
    """Return the captions that fit another picture better, and pictures another caption, by pair.

    A caption of several pictures, such as “cat”, fits at least one of them; there the picture is
    asked which caption fits it best.
    """
    texts, pictures, rows = _paired(collection, embeddings)
    found = cached_swaps(texts, pictures, rows)
    suspects = _suspects(found, texts, pictures, rows, "picture")
    turned = rows[:, ::-1]
    found = cached_swaps(pictures, texts, turned)
    for (picture_id, text_id), suspect in _suspects(
        found, pictures, texts, turned, "caption"
    ).items():
        if len(collection.pictures_of[text_id]) > 1:
            suspects.setdefault(Pair(text_id, picture_id), suspect)
    return suspects


def _suspects(
    found: SwapSuspects,
    judged: ModalityVectors,
    others: ModalityVectors,
    rows: npt.NDArray[np.int64],
    noun: str,
) -> dict[ItemIds, Finding]:
    """Say of each suspect what was found; `noun`: what kind of thing fits it better.

    The others of a finding: what fits better, and what the suspect seems to have changed places
    with.
    """
    suspects: dict[ItemIds, Finding] = {}
    for at, (row, better) in enumerate(zip(found.pairs, found.better, strict=True)):
        mine, own = (int(end) for end in rows[row])
        better_id, partner = others.items[better].id, found.partner[at]
        why = (
            f"cosine {found.own_cosine[at]:z.2f} with its own {noun} (rank {found.own_rank[at]} of "
            f"{found.ranked_count}), {found.better_cosine[at]:z.2f} with "
            f"{named(others.items[better])}: "
            f"{found.margin[at]:.1f} standard deviations more."
        )
        suspects[judged.items[mine].id, others.items[own].id] = Finding(
            float(found.won[at]),
            why,
            (better_id,) if partner < 0 else (better_id, judged.items[int(rows[partner][0])].id),
        )
    return suspects


def show_swapped_caption(state: Session, pair: ItemIds, by: Mapping[Setup, Finding]) -> Shown:
    """Return the pair, and beside it each item that some Setup holds to fit better."""
    items = state.collection.items
    caption, picture = (items[item_id] for item_id in pair)
    proposals = _proposals(state, by)
    if proposals[0].tile.item.modality is Modality.TEXT:
        headline = f"{named(picture)} fits another caption better than its own."
        return Shown((Tile(picture), Tile(caption, ("its own",))), headline, proposals)
    headline = f"{named(caption)} fits another picture better than its own."
    strongest = max(by.values(), key=lambda one: (len(one.others), one.strength))
    for partner in strongest.others[1:]:
        headline += f" It seems to have changed places with {named(items[partner])}."
    return Shown((Tile(picture, ("its own",)),), headline, proposals)


def _proposals(state: Session, by: Mapping[Setup, Finding]) -> tuple[Proposal, ...]:
    """Return what fits better, each item once, that of most Setups first."""
    proposed: dict[str, list[Setup]] = {}
    for setup, finding in by.items():
        proposed.setdefault(finding.others[0], []).append(setup)
    return tuple(
        Proposal(Tile(state.collection.items[item_id], ("fits better",)), tuple(setups))
        for item_id, setups in sorted(proposed.items(), key=lambda one: -len(one[1]))
    )


def unusual_pairs(collection: Collection, embeddings: Embeddings) -> Found:
    """Return the known pairs that fit far less well than the others."""
    texts, pictures, rows = _paired(collection, embeddings)
    fit = cached_pair_fit(texts, pictures, rows)
    return {
        (texts.items[rows[row][0]].id, pictures.items[rows[row][1]].id): Finding(
            -float(fit.z[row]),
            f"cosine {fit.cosines[row]:z.2f}, z-score {fit.z[row]:.1f}; the mean of all pairs is "
            f"{fit.mean:z.2f}.",
        )
        for row in fit.rows
    }


def show_unusual_pair(state: Session, pair: ItemIds, _by: Mapping[Setup, Finding]) -> Shown:
    """Return the picture, and that the caption hardly fits it."""
    caption, picture = (state.collection.items[item_id] for item_id in pair)
    return Shown((Tile(picture),), f"{named(caption)} hardly fits its picture.")


def _paired(
    collection: Collection, embeddings: Embeddings
) -> tuple[ModalityVectors, ModalityVectors, npt.NDArray[np.int64]]:
    texts = vectors_of(collection, embeddings, Modality.TEXT)
    pictures = vectors_of(collection, embeddings, Modality.PICTURE)
    return texts, pictures, pair_rows(collection, texts.items, pictures.items)
