"""Suspected swaps: captions that fit another picture better than their own."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from space.arrays import FloatArray, IntArray
from space.similarity import TIE, cosine_similarity

_BLOCK = 512  # captions at a time: 5 MB of cosines against 2,500 pictures
_FLAT = 1e-6  # a spread below float32 rounding is no spread


@dataclass(frozen=True)
class SwapSuspects:
    """Captions that fit another picture better than their own, the strongest suspicion first.

    pairs: (s,) int64, row numbers in the given pairs. better: (s,) int64, the picture that fits
    best among those that are not the caption's own. own_cosine, better_cosine: (s,) float32.
    own_rank: (s,) int64, the rank of its own picture among all pictures for that caption;
    ranked_count: how many pictures there are. margin: (s,) float32, better minus own cosine
    in standard
    deviations of all caption-picture cosines, so that providers can be compared. won: (s,)
    float32, the margin, with that of its partner added where it has one. partner: (s,)
    int64, row in the given pairs of the pair with which the caption seems to have changed places,
    -1 where there is none; if a names b as its partner, b names a.
    """

    pairs: IntArray
    better: IntArray
    own_cosine: FloatArray
    better_cosine: FloatArray
    own_rank: IntArray
    ranked_count: int
    margin: FloatArray
    won: FloatArray
    partner: IntArray


@dataclass(frozen=True)
class _Judged:
    """One entry a paired caption: arrays (c,), and the spread of all cosines."""

    pairs: IntArray
    better: IntArray
    own_cosine: FloatArray
    better_cosine: FloatArray
    own_rank: IntArray
    deviation: float


def swap_suspects(texts: np.ndarray, pictures: np.ndarray, pairs: np.ndarray) -> SwapSuspects:
    """Find the captions that fit another picture better than their own.

    texts: (n, d), pictures: (m, d), rows of length 1; pairs: (p, 2) caption row and picture row.
    Every picture paired with a caption is its own and the best of them counts, so each caption is
    named once at most, by the pair with that picture. Cosines within `TIE` are no suspicion.

    Order: by how much would be won by putting the captions right. That is the margin, and for two
    captions that each fit the other's picture best, the margins of both together. A caption that
    its provider merely misunderstands has some picture that fits better, but the caption of that
    picture hardly ever fits back; so a true exchange comes before it, and two pictures that are
    nearly the same, which fit back by a hair, do not.
    """
    texts, pictures = np.asarray(texts, np.float32), np.asarray(pictures, np.float32)
    known = np.asarray(pairs, np.int64).reshape(-1, 2)
    if len(known) == 0 or len(pictures) < 2:
        return _suspects(_joined([], 0.0), known, len(pictures))
    return _suspects(_judged(texts, pictures, known), known, len(pictures))


def _judged(texts: FloatArray, pictures: FloatArray, pairs: IntArray) -> _Judged:
    parts = []
    total = squares = 0.0
    for start in range(0, len(texts), _BLOCK):
        cosines = cosine_similarity(texts[start : start + _BLOCK], pictures)
        total += float(cosines.sum(dtype=np.float64))
        squares += float(np.square(cosines, dtype=np.float64).sum())
        here = np.flatnonzero((pairs[:, 0] >= start) & (pairs[:, 0] < start + len(cosines)))
        if len(here):
            parts.append(_judged_block(cosines, pairs[here] - np.asarray((start, 0)), here))
    cells = len(texts) * len(pictures)
    variance = squares / cells - (total / cells) ** 2
    return _joined(parts, float(np.sqrt(max(variance, 0.0))))


def _judged_block(cosines: FloatArray, pairs: IntArray, numbers: IntArray) -> list[np.ndarray]:
    """Judge the captions of one block, whose `pairs` count from its first row."""
    of_pair = cosines[pairs[:, 0], pairs[:, 1]]
    best_first = np.lexsort((numbers, -of_pair, pairs[:, 0]))
    captions, first = np.unique(pairs[best_first, 0], return_index=True)
    best = best_first[first]
    own = of_pair[best]
    rank = 1 + np.sum(cosines[captions] > own[:, np.newaxis] + TIE, axis=1)
    cosines[pairs[:, 0], pairs[:, 1]] = -np.inf  # only pictures of other captions are left
    better = np.argmax(cosines[captions], axis=1)
    return [numbers[best], better, own, cosines[captions, better], rank]


def _joined(parts: list[list[np.ndarray]], deviation: float) -> _Judged:
    if not parts:
        none, no_cosine = np.zeros(0, np.int64), np.zeros(0, np.float32)
        return _Judged(none, none, no_cosine, no_cosine, none, deviation)
    pairs, better, own, other, rank = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return _Judged(pairs, better.astype(np.int64), own, other, rank.astype(np.int64), deviation)


def _suspects(judged: _Judged, pairs: IntArray, of: int) -> SwapSuspects:
    """Keep what is suspect, find who changed places with whom, and bring all in order."""
    found = np.flatnonzero(judged.better_cosine > judged.own_cosine + TIE)
    rows, better = judged.pairs[found], judged.better[found]
    margin = (judged.better_cosine - judged.own_cosine)[found].astype(np.float64)
    margin = margin / judged.deviation if judged.deviation >= _FLAT else np.zeros_like(margin)
    partner = _partners(pairs[rows, 1], better, margin)
    coupled = partner >= 0
    won = margin + np.where(coupled, margin[partner], 0.0)
    couple = np.where(coupled, np.minimum(rows, rows[partner]), rows)
    order = np.lexsort((rows, -margin, couple, -won))
    return SwapSuspects(
        pairs=rows[order],
        better=better[order],
        own_cosine=judged.own_cosine[found][order],
        better_cosine=judged.better_cosine[found][order],
        own_rank=judged.own_rank[found][order],
        ranked_count=of,
        margin=margin[order].astype(np.float32),
        won=won[order].astype(np.float32),
        partner=np.where(coupled, rows[partner], -1)[order],
    )


def _partners(own: IntArray, better: IntArray, margin: np.ndarray) -> IntArray:
    """For each suspect the one it changed places with, -1 for none; (s,) int64.

    Where several captions of one picture fit the same other picture, the strongest of each side
    belong together, then the second strongest.
    """
    moves: dict[tuple[int, int], list[int]] = defaultdict(list)
    for suspect in np.argsort(-margin, kind="stable"):
        moves[int(own[suspect]), int(better[suspect])].append(int(suspect))
    partner = np.full(len(own), -1, np.int64)
    for (here, there), suspects in moves.items():
        for one, other in zip(suspects, moves.get((there, here), ()), strict=False):
            partner[one] = other
    return partner
