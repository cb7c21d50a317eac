"""What the scores of a query say in figures: does anything stand out?"""

from collection.items import Modality
from space.hit_significance import FEWEST, ScoreDistribution
from space.similarity import TIE
from ui.elements.text import NOUNS, counted, told_apart


def hit_summary(found: ScoreDistribution, modality: Modality, score: str = "cosine") -> str:
    """Say as HTML whether a hit stands out, on this provider's own scale.

    `score`: what the figures are called.
    """
    noun = NOUNS[modality]
    if found.limit is None:
        return _why_no_limit(found, noun, score)
    best, limit, usual = (f"{x:z.2f}" for x in (found.best, found.limit, found.median))
    if not found.significant:
        missed = "just below what it would take" if best == limit else f"it would take {limit}"
        return (
            f"<b>No {noun} stands out</b>: the best {score} is {best}, where {usual} is usual; "
            f"{missed}."
        )
    stand = "stands" if found.significant == 1 else "stand"
    return (
        f"<b>{counted(found.significant, noun)} {stand} out</b>: the best {score} is {best}, "
        f"where {usual} is usual. From {limit} on a hit stands out."
    )


def _why_no_limit(found: ScoreDistribution, noun: str, score: str) -> str:
    if found.count < FEWEST:
        return f"Too few {noun}s to say whether one stands out."
    if found.deviation > TIE:
        return f"The {noun}s fit so differently well that no single one can stand out."
    if found.best - found.median > TIE:
        best, same = told_apart(found.best, found.median)
        return f"Most have the same {score}, {same}; the best has {best}."
    return "The order says little."
