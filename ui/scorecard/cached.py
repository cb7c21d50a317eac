"""What the scorecard shows, computed once for the same vectors and pairs."""

from dataclasses import dataclass

import numpy as np

from collection.modality_vectors import ModalityVectors
from space.arrays import FloatArray, IntArray
from space.corrections import CORRECTIONS
from space.hubs import k_occurrence, skewness, usable_k
from space.modality import modality_gap
from space.probes import ProbeAccuracy, probe_accuracy
from space.representation import SpaceComparison, compare_spaces, disputed, linear_cka
from space.score_separation import Separation, separation
from space.scorecard import Scorecard, scorecard, with_all_together
from space.shortening import Size, resized
from space.undefined import Measured, Undefined
from space.zero_shot import ZeroShot, label_vectors, zero_shot
from ui.state.content_cache import cached_by_content

Spaces = tuple[ModalityVectors, ...]
"""One a Setup, all of the same items."""

cached_disputed = cached_by_content(max_entries=60)(disputed)


@cached_by_content(max_entries=30, spinner="Measuring …")
def cached_scorecard(texts: Spaces, pictures: Spaces, pairs: IntArray) -> Scorecard:
    """Return all measures of all Setups; see `space.scorecard`."""
    return scorecard([(t.vectors, p.vectors) for t, p in zip(texts, pictures, strict=True)], pairs)


@cached_by_content(max_entries=20, spinner="Combining …")
def cached_all_together(texts: Spaces, pictures: Spaces, pairs: IntArray) -> Scorecard:
    """Return the card with one more row, all Setups together; see `space.scorecard`."""
    spaces = [(t.vectors, p.vectors) for t, p in zip(texts, pictures, strict=True)]
    return with_all_together(cached_scorecard(texts, pictures, pairs), spaces, pairs)


@cached_by_content(max_entries=60)
def cached_separation(
    texts: ModalityVectors, pictures: ModalityVectors, pairs: IntArray
) -> Separation | Undefined:
    """Return matched cosines against all others; see `space.score_separation`."""
    return separation(texts.vectors, pictures.vectors, pairs)


@cached_by_content(max_entries=60, spinner="Comparing …")
def cached_comparison(texts: Spaces, pictures: Spaces) -> SpaceComparison:
    """Return how far the spaces agree on these items; see `space.representation`."""
    return compare_spaces(_together(texts, pictures))


@cached_by_content(max_entries=60)
def cached_cka(texts: Spaces, pictures: Spaces) -> tuple[Measured, ...]:
    """Return linear CKA of each Setup with the first, over all items."""
    every = _together(texts, pictures)
    return tuple(linear_cka(every[0], one) for one in every)


@cached_by_content(max_entries=60)
def cached_gap(texts: ModalityVectors, pictures: ModalityVectors) -> float | None:
    """Return the modality gap; see `space.modality`."""
    return modality_gap(texts.vectors, pictures.vectors)


@cached_by_content(max_entries=60)
def cached_zero_shot(pictures: ModalityVectors, prompts: FloatArray, own: IntArray) -> ZeroShot:
    """Return what the pictures are taken for; prompts: (c, t, d). See `space.zero_shot`."""
    return zero_shot(pictures.vectors, label_vectors(prompts), own)


@cached_by_content(max_entries=60)
def cached_probe_accuracy(
    texts: ModalityVectors, pictures: ModalityVectors, numbers: IntArray
) -> ProbeAccuracy:
    """Return how often a Setup is right; the items are two a pair. See `space.probes`."""
    in_twos = (len(numbers), 2, -1)
    return probe_accuracy(
        texts.vectors.reshape(in_twos), pictures.vectors.reshape(in_twos), numbers
    )


@cached_by_content(max_entries=60)
def cached_occurrences(queries: ModalityVectors, documents: ModalityVectors, k: int) -> IntArray:
    """Return of how many queries each document is among the k nearest; see `space.hubs`."""
    return k_occurrence(queries.vectors, documents.vectors, k)


@dataclass(frozen=True)
class CorrectedScores:
    """What the corrections do: a row of the card each, and the skewness of N_k.

    skewness: of each correction, of the pictures and of the captions.
    """

    card: Scorecard
    skewness: tuple[tuple[Measured, Measured], ...]


@cached_by_content(max_entries=60, spinner="Correcting …")
def cached_corrections(
    texts: ModalityVectors, pictures: ModalityVectors, pairs: IntArray
) -> CorrectedScores:
    """Return the scorecard of one Setup under each correction, in their order."""
    together = np.concatenate([texts.vectors, pictures.vectors])
    is_text = np.arange(len(together)) < len(texts.items)
    found = [one.apply(together, is_text) for one in CORRECTIONS.values()]
    sides = [(vectors[is_text], vectors[~is_text]) for vectors in found]
    return CorrectedScores(scorecard(sides, pairs), tuple(_skewness(*both) for both in sides))


def _skewness(texts: FloatArray, pictures: FloatArray) -> tuple[Measured, Measured]:
    return (
        skewness(k_occurrence(texts, pictures, usable_k(len(pictures)))),
        skewness(k_occurrence(pictures, texts, usable_k(len(texts)))),
    )


@dataclass(frozen=True)
class SizedScores:
    """What smaller vectors do: a row of the card and a CKA with the full size for each size."""

    sizes: tuple[Size, ...]
    card: Scorecard
    cka: tuple[Measured, ...]


@cached_by_content(max_entries=60, spinner="Shortening …")
def cached_sizes(
    texts: ModalityVectors, pictures: ModalityVectors, pairs: IntArray, sizes: tuple[Size, ...]
) -> SizedScores:
    """Return the scorecard of one Setup at each size, the full one first."""
    together = np.concatenate([texts.vectors, pictures.vectors])
    found = [resized(together, size) for size in sizes]
    count = len(texts.items)
    card = scorecard([(vectors[:count], vectors[count:]) for vectors in found], pairs)
    return SizedScores(sizes, card, tuple(linear_cka(found[0], vectors) for vectors in found))


def _together(texts: Spaces, pictures: Spaces) -> list[FloatArray]:
    """Return the vectors of texts and pictures of each Setup, texts first."""
    return [np.concatenate([t.vectors, p.vectors]) for t, p in zip(texts, pictures, strict=True)]
