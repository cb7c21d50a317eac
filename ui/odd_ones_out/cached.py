"""What does not fit, computed once for the same vectors and pairs."""

from collection.modality_vectors import ModalityVectors
from space.arrays import IntArray
from space.duplicates import ClosePairs, close_pairs
from space.outliers import Outliers, outliers
from space.swaps import SwapSuspects, swap_suspects
from space.unusual_pairs import PairFit, pair_fit
from ui.state.content_cache import cached_by_content


@cached_by_content(max_entries=50)
def cached_swaps(judged: ModalityVectors, others: ModalityVectors, pairs: IntArray) -> SwapSuspects:
    """Return what fits another item better than its own; see `space.swaps`."""
    return swap_suspects(judged.vectors, others.vectors, pairs)


@cached_by_content(max_entries=100)
def cached_outliers(items: ModalityVectors) -> Outliers:
    """Return what is far from everything; see `space.outliers`."""
    return outliers(items.vectors)


@cached_by_content(max_entries=100)
def cached_close_pairs(items: ModalityVectors) -> ClosePairs:
    """Return the closest pairs of items; see `space.duplicates`."""
    return close_pairs(items.vectors)


@cached_by_content(max_entries=50)
def cached_pair_fit(texts: ModalityVectors, pictures: ModalityVectors, pairs: IntArray) -> PairFit:
    """Return how well each known pair fits; see `space.unusual_pairs`."""
    return pair_fit(texts.vectors, pictures.vectors, pairs)
