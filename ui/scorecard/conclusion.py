"""The answer to the page's question in one sentence: who is best, or how many pairs it takes."""

import math
from collections.abc import Callable, Sequence

from space.best_setup import BestSetup, Outcome, PairedComparison
from space.scorecard import Direction
from space.undefined import Undefined
from ui.elements.text import counted, in_a_row, markdown_text, told_apart

_MOST = 100_000
"""Nobody has more pairs than that to bring."""

_FOUND = {
    Direction.BOTH: "right answers",
    Direction.CAPTIONS: "right pictures",
    Direction.PICTURES: "right captions",
}
_NUMBERS = ("", "", "the two", "the three", "the four", "the five", "the six")


def _bold(name: str) -> str:
    return f"**{markdown_text(name)}**"


def conclusion(
    best: BestSetup | Undefined,
    names: Sequence[str],
    direction: Direction,
    in_words: Callable[[str], str] = _bold,
) -> str:
    """Return the sentence as Markdown; names: of the Setups, as the person knows them.

    in_words: how a name is written, bold unless told otherwise.
    """
    if isinstance(best, Undefined):
        return f"Nothing can be measured, because {best.reason}."
    who = [in_words(name) for name in names]
    sentences = {
        Outcome.ALONE: _alone,
        Outcome.CLEAR: _clear,
        Outcome.PARTLY: _partly,
        Outcome.TOO_FEW: _too_few,
    }
    return sentences[best.outcome](best, who, _FOUND[direction])


def worth_it(best: BestSetup | Undefined, names: Sequence[str]) -> str:
    """Say whether all together do better than the best Setup alone.

    best: with all together as one more Setup, the last; names: of the Setups without it.
    """
    if isinstance(best, Undefined):
        return f"Nothing can be measured, because {best.reason}."
    fused = len(names)
    alone = max(range(fused), key=lambda row: best.scores[row])
    found = best.between(fused, alone)
    mine, other = told_apart(best.scores[fused], best.scores[alone])
    against = (
        f"{mine} against {other} of {markdown_text(names[alone])}, the best alone, {_p([found])}"
    )
    if not found.differs:
        return f"Combining: no difference that these pairs could show (recall@1 {against})."
    better = best.scores[fused] > best.scores[alone]
    return f"Combining is {'' if better else 'not '}worth it here (recall@1 {against})."


def _alone(best: BestSetup, who: Sequence[str], found: str) -> str:
    return (
        f"{who[0]} finds {found} first for a share of {best.scores[0]:.2f} on these "
        f"{counted(best.pairs, 'pair')}. Choose a second Setup to compare it with."
    )


def _clear(best: BestSetup, who: Sequence[str], found: str) -> str:
    return (
        f"{who[best.best]} finds more {found} than {_others(best.behind, who)} on these "
        f"{counted(best.pairs, 'pair')} ({_figures(best, best.behind)})."
    )


def _partly(best: BestSetup, who: Sequence[str], found: str) -> str:
    return (
        f"{_clear(best, who, found)[:-1]}; from {_others(best.level, who)} it cannot be told "
        f"apart{_needed(best.pairs_needed)}."
    )


def _too_few(best: BestSetup, who: Sequence[str], found: str) -> str:
    if isinstance(best.pairs_needed, Undefined) and len(set(best.scores)) == 1:
        return (
            f"{in_a_row(who)} find as many {found} on these {counted(best.pairs, 'pair')} "
            f"({best.scores[0]:.2f})."
        )
    both = len(who) == 2
    apart = in_a_row(who) if both else f"{_number(len(who))} Setups"
    return (
        f"These {counted(best.pairs, 'pair')} are too few to tell {apart} apart "
        f"({_figures(best, best.level[:1])}){_needed(best.pairs_needed)}."
    )


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"the {count}"


def _others(rows: Sequence[int], who: Sequence[str]) -> str:
    if len(rows) > 2:
        return f"the {len(rows)} others" if len(rows) == len(who) - 1 else f"{len(rows)} others"
    return in_a_row([who[row] for row in rows])


def _figures(best: BestSetup, rows: Sequence[int]) -> str:
    """Return the best score against that of these, the closest first, and p."""
    comparisons = [best.between(best.best, row) for row in rows]
    mine, closest = told_apart(best.scores[best.best], best.scores[rows[0]])
    if len(rows) == 1:
        scores = f"{mine} against {closest}"
    elif len(rows) == 2:
        scores = f"{mine} against {closest} and {best.scores[rows[1]]:.2f}"
    else:
        scores = f"{mine} against {closest} at most"
    return f"recall@1 {scores}, {_p(comparisons)}"


def _p(comparisons: Sequence[PairedComparison]) -> str:
    highest = max(comparison.corrected for comparison in comparisons)
    sign = "=" if len(comparisons) == 1 else "≤"
    if highest < 0.001:
        return "p < 0.001"
    return f"p {sign} {highest:.3f}" if highest < 0.1 else f"p {sign} {highest:.2f}"


def _needed(pairs: int | Undefined | None) -> str:
    """Return how many pairs it would take, to two digits: it is a rough number."""
    if pairs is None or isinstance(pairs, Undefined):
        return ""
    if pairs > _MOST:
        return f"; more than {_MOST:,} would be needed"
    digits = max(0, math.floor(math.log10(pairs)) - 1)
    return f"; about {math.ceil(pairs / 10**digits) * 10**digits:,} would be needed"
