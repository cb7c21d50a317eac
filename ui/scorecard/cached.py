"""What the scorecard shows, computed once for the same vectors and pairs."""

import numpy as np

from collection.modality_vectors import ModalityVectors
from space.arrays import FloatArray, IntArray
from space.modality import modality_gap
from space.probes import ProbeAccuracy, probe_accuracy
from space.representation import SpaceComparison, compare_spaces, disputed, linear_cka
from space.score_separation import Separation, separation
from space.scorecard import Scorecard, scorecard
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


def _together(texts: Spaces, pictures: Spaces) -> list[FloatArray]:
    """Return the vectors of texts and pictures of each Setup, texts first."""
    return [np.concatenate([t.vectors, p.vectors]) for t, p in zip(texts, pictures, strict=True)]
