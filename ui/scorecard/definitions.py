"""What each figure means, its formula and its source: what stands behind a small “?”."""

import html
from dataclasses import dataclass

from space.bootstrap import REPLICATES
from space.retrieval_measures import Measure
from space.seed import SEED
from ui.elements.text import counted

CKA, GAP = "CKA", "modality gap"


@dataclass(frozen=True)
class Definition:
    """A figure in plain words, its formula, and where it comes from."""

    words: str
    formula: str
    source: str


def _recall(k: int) -> Definition:
    among = "the very first answer" if k == 1 else f"the first {k} answers"
    return Definition(
        f"The share of queries with a right one among {among}. 1 is best.",
        f"queries whose best right answer has a rank of {k} or better ÷ all queries",
        "Karpathy and Fei-Fei 2015, as for image–text retrieval. Any of several right answers "
        "counts; a tie counts as a miss.",
    )


DEFINITIONS: dict[str, Definition] = {
    Measure.RECALL_1: _recall(1),
    Measure.RECALL_5: _recall(5),
    Measure.RECALL_10: _recall(10),
    Measure.MRR: Definition(
        "How high up the first right answer stands: 1 if always first, 0.5 if always second.",
        "mean of 1 ÷ rank of the best right answer",
        "Mean reciprocal rank; Voorhees 1999.",
    ),
    Measure.MEDIAN_RANK: Definition(
        "Half of the queries find a right answer at this rank or better. 1 is best.",
        "median of the rank of the best right answer; of both directions, the mean of the medians",
        "As for image–text retrieval, Karpathy and Fei-Fei 2015.",
    ),
    Measure.NDCG: Definition(
        "Rewards every right answer among the first ten, more so the higher it stands. 1 is best.",
        "sum of 1 ÷ log₂(1 + rank) over right answers up to rank 10 ÷ the most it could be",
        "Järvelin and Kekäläinen 2002.",
    ),
    Measure.PAIR_ACCURACY: Definition(
        "How often a query prefers its own partner to another one drawn by chance. 0.5 is chance.",
        "couples of a right and a wrong answer with the right one closer ÷ all couples, by query",
        "The area under the ROC curve of each query (Hanley and McNeil 1982); a tie counts as a "
        "miss.",
    ),
    CKA: Definition(
        "How alike the first Setup's space and this one are, whatever their dimensions: 1 is the "
        "same up to rotation and scale.",
        "|YᵀX|² ÷ (|XᵀX| |YᵀY|) of the centred vectors",
        "Linear centred kernel alignment; Kornblith et al. 2019. High by itself where items are "
        "few: see “Do two Setups see the same world?”.",
    ),
    GAP: Definition(
        "How far apart captions and pictures lie as two crowds: 0 is no gap.",
        "distance between the mean vector of captions and that of pictures",
        "Liang et al. 2022, Mind the Gap.",
    ),
}
"""By the name of the figure."""


def how_measured(setups: int) -> dict[str, str]:
    """Return what an interval, p and the like are, by term, for a scorecard of so many Setups."""
    comparisons = counted(setups * (setups - 1) // 2, "comparison")
    return {
        "Interval": f"95 %, in grey. Groups of pairs that share an item are drawn anew "
        f"{REPLICATES:,} times, with replacement, and the middle 95 % of what comes out is shown "
        f"(percentile bootstrap, Efron and Tibshirani 1993; seed {SEED}).",
        "p": "how often chance alone would make a difference in recall@1 as large as this one, if "
        "both Setups were equally good (paired sign-flip permutation test over the same groups, "
        f"corrected for all {comparisons} by Holm 1979). At 0.05 or less a difference is called "
        "one.",
        "Pairs needed": "to see the difference that was seen here in four of five such collections "
        "(power 80 %, from the variance seen). It is a rough number.",
        "Chance": "what a ranking drawn by lot is expected to give, exactly.",
    }


def explained(name: str) -> str:
    """Return the name with a “?” that opens its definition, as HTML."""
    found = DEFINITIONS[name]
    return (
        f"{html.escape(name)} <details class='what'>"
        f"<summary aria-label='What is {html.escape(name, quote=True)}?'>?</summary>"
        f"<div><b>{html.escape(name)}</b><p>{html.escape(found.words)}</p>"
        f"<p>= {html.escape(found.formula)}</p><p>{html.escape(found.source)}</p></div></details>"
    )
