"""The scorecard against the matrix products and the ranks that nobody can do without."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import precision_recall_curve, roc_auc_score
from sklearn.neighbors import NearestNeighbors

from benchmarks.data import SEED, unit_rows
from benchmarks.ratio import Ratio, medians_in_turn
from space.corrections import CORRECTIONS
from space.fusion import fused_outcomes
from space.hubs import K, k_occurrence
from space.representation import MOST_FOR_RSA, compare_spaces, disputed
from space.retrieval import true_ranks
from space.score_separation import separation
from space.scorecard import scorecard
from space.shortening import resized, sizes
from space.similarity import cosine_similarity

DIMENSION = 512
NOISE = 9.0
"""So much that about a quarter of the first answers are right."""

Space = tuple[np.ndarray, np.ndarray]


def _spaces(setups: int, pairs: int) -> tuple[str, list[Space], np.ndarray]:
    """Name, texts and pictures of each Setup, and the pairs: pictures are texts with noise."""
    rng = np.random.default_rng(SEED)
    found = []
    for setup in range(setups):
        texts = rng.normal(size=(pairs, DIMENSION))
        noise = (NOISE + 0.2 * setup) * rng.normal(size=texts.shape)
        found.append((unit_rows(texts), unit_rows(texts + noise)))
    name = f"{setups} Setups x {pairs:,} pairs, {DIMENSION} dimensions"
    return name, found, np.stack([np.arange(pairs)] * 2, axis=1)


def _ranks(spaces: list[Space], pairs: np.ndarray) -> None:
    for texts, pictures in spaces:
        true_ranks(texts, pictures, pairs)
        true_ranks(pictures, texts, pairs)


def _plain_separation(spaces: list[Space], pairs: np.ndarray) -> None:
    truth = np.zeros((len(pairs), len(pairs)), bool)
    truth[pairs[:, 0], pairs[:, 1]] = True
    for texts, pictures in spaces:
        cosines = cosine_similarity(texts, pictures).ravel()
        roc_auc_score(truth.ravel(), cosines)
        precision_recall_curve(truth.ravel(), cosines)


def _separations(spaces: list[Space], pairs: np.ndarray) -> None:
    for texts, pictures in spaces:
        separation(texts, pictures, pairs)


def _whole(spaces: list[Space]) -> list[np.ndarray]:
    return [np.concatenate(space) for space in spaces]


def _plain_agreement(spaces: list[Space], _pairs: np.ndarray) -> None:
    """Every two Setups from scratch: SciPy's Spearman, and scikit-learn's neighbours."""
    for one, other in combinations(_whole(spaces), 2):
        some = slice(None, MOST_FOR_RSA)
        upper = np.triu_indices(len(one[some]), k=1)
        spearmanr(*((x[some] @ x[some].T)[upper] for x in (one, other)))
        for x in (one, other):
            NearestNeighbors(n_neighbors=11, metric="cosine").fit(x).kneighbors(x)


def _agreement(spaces: list[Space], _pairs: np.ndarray) -> None:
    """All that the section shows: RSA, CKA, mutual neighbours, and the disputed items."""
    disputed(compare_spaces(_whole(spaces)).neighbours)


def _all_together(spaces: list[Space], pairs: np.ndarray) -> None:
    """One more row: what is asked for beside the headline, whose ranks are there already."""
    fused_outcomes(spaces, pairs)
    fused_outcomes([(pictures, texts) for texts, pictures in spaces], pairs[:, ::-1])


def _corrections(spaces: list[Space], pairs: np.ndarray) -> None:
    """Three rows a Setup, and N_k both ways under each correction."""
    for texts, pictures in spaces:
        vectors, is_text = np.concatenate([texts, pictures]), np.arange(2 * len(texts)) < len(texts)
        found = [one.apply(vectors, is_text) for one in CORRECTIONS.values()]
        sides = [(of[is_text], of[~is_text]) for of in found]
        scorecard(sides, pairs)
        for one, other in sides:
            k_occurrence(one, other, K)
            k_occurrence(other, one, K)


def _sizes(spaces: list[Space], pairs: np.ndarray) -> None:
    """A row for each of the six sizes of a Setup."""
    for texts, pictures in spaces:
        of_both = [(resized(texts, s), resized(pictures, s)) for s in sizes(DIMENSION, 1)]
        scorecard(of_both, pairs)


Job = Callable[[list[Space], np.ndarray], object]
SECTIONS: dict[str, tuple[str, Job, Job]] = {
    "headline and best Setup": ("matrix products and ranks", _ranks, scorecard),
    "true pairs against others": ("scikit-learn's curves", _plain_separation, _separations),
    "agreement of Setups": ("SciPy and scikit-learn by pairs", _plain_agreement, _agreement),
    "all together": ("matrix products and ranks", _ranks, _all_together),
    "hubs and corrections": ("matrix products and ranks", _ranks, _corrections),
    "sizes of a vector": ("matrix products and ranks", _ranks, _sizes),
}
"""What is timed: its name, that of the baseline, the baseline and ours."""


def measure() -> Iterator[Ratio]:
    """Time the headline and each section in turn with its baseline."""
    for setups, count in ((6, 1_000), (2, 2_500)):
        name, spaces, pairs = _spaces(setups, count)
        for what, (baseline, plain, ours) in SECTIONS.items():
            plain_seconds, our_seconds = medians_in_turn(
                [partial(job, spaces, pairs) for job in (plain, ours)]
            )
            yield Ratio(
                what=what,
                data=name,
                baseline=baseline,
                baseline_seconds=plain_seconds,
                ours="ours",
                our_seconds=our_seconds,
                remark=f"{our_seconds / plain_seconds:.1f} times the baseline",
            )
