"""The headline table: a row a Setup, a column a figure, and chance as a row of its own."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from charts.palette import setup_colour
from space.estimates import Estimate
from space.retrieval_measures import Measure
from space.scorecard import Direction, Scorecard, best_rows
from space.undefined import Measured, Undefined
from ui.scorecard.cached import cached_cka, cached_gap
from ui.scorecard.common import CommonItems
from ui.scorecard.definitions import CKA, GAP, explained
from ui.state.session import Session

FEW = (
    *(Measure.RECALL_1, Measure.RECALL_5, Measure.MRR),
    *(Measure.MEDIAN_RANK, Measure.PAIR_ACCURACY),
)
"""What is shown at first."""

CHANCE = "chance"
UNKNOWN = "–"
ALL_TOGETHER, FUSION = "All together", "reciprocal rank fusion"


@dataclass(frozen=True)
class Column:
    """A figure: its name, one estimate a Setup, what chance gives (None for no such thing).

    best: which rows are best.
    """

    name: str
    estimates: tuple[Estimate, ...]
    chance: Measured | None
    best: frozenset[int]
    in_words: Callable[[float], str]


def columns_of(
    card: Scorecard, common: CommonItems, direction: Direction, every: bool
) -> list[Column]:
    """Return the columns of a direction, in order; `every`: all measures."""
    measures = list(Measure) if every else list(FEW)
    found = []
    for measure in measures:
        estimates = tuple(of[direction, measure] for of in card.estimates)
        values = [estimate.value for estimate in estimates]
        is_rank = measure is Measure.MEDIAN_RANK
        found.append(
            Column(
                measure,
                estimates,
                card.chance[direction, measure],
                best_rows(values, low_is_best=is_rank),
                _rank if is_rank else _share,
            )
        )
    together = len(card.estimates) - len(common.setups)
    return [*found, *(_further(common, together) if every else [])]


def _further(common: CommonItems, together: int) -> list[Column]:
    """Return CKA with the first Setup and the modality gap, which have neither chance nor best.

    together: how many rows more there are, which have no space of their own.
    """
    no_space = [Undefined("there is no space behind all of them together")] * together
    none = Undefined("there is none for this figure")
    gaps = [
        cached_gap(texts, pictures)
        for texts, pictures in zip(common.texts, common.pictures, strict=True)
    ]
    missing = Undefined("there are no captions or no pictures")
    found: dict[str, Sequence[Measured]] = {
        CKA: cached_cka(common.texts, common.pictures),
        GAP: [missing if gap is None else gap for gap in gaps],
    }
    return [
        Column(
            name, tuple(Estimate(v, none) for v in [*values, *no_space]), None, frozenset(), _share
        )
        for name, values in found.items()
    ]


def _share(value: float) -> str:
    return f"{value:z.2f}"


def _rank(value: float) -> str:
    return f"{round(value, 1):g}"


def table_html(state: Session, common: CommonItems, columns: Sequence[Column]) -> str:
    """Return the table as HTML; on a phone it scrolls in itself, which the keyboard reaches."""
    heads = "".join(f"<th scope='col'>{explained(column.name)}</th>" for column in columns)
    rows = "".join(
        f"<tr><th scope='row' style='border-left-color:{_colour(state, common, row)}'>"
        f"{html.escape(name)}</th>"
        f"{''.join(_cell(column, row) for column in columns)}</tr>"
        for row, (name, _) in enumerate(_names(state, common, columns))
    )
    chance = "".join(f"<td>{_by_chance(column)}</td>" for column in columns)
    wide = " wide" if len(columns) > len(FEW) else ""
    return (
        f"<div class='scorecard{wide}' tabindex='0' role='region' aria-label='Figures'>"
        f"<table><thead><tr><th scope='col'>Setup</th>{heads}</tr></thead><tbody>{rows}"
        f"<tr class='chance'><th scope='row'>{CHANCE}</th>{chance}</tr></tbody></table></div>"
    )


def _names(state: Session, common: CommonItems, columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Return what each row is called, short and with all that tells it apart."""
    name_of = state.compared.name_of
    found = [(name_of(setup), f"{name_of(setup)} ({setup.details})") for setup in common.setups]
    together = len(columns[0].estimates) > len(found)
    return [*found, *([(ALL_TOGETHER, f"{ALL_TOGETHER} ({FUSION})")] if together else [])]


def _colour(state: Session, common: CommonItems, row: int) -> str:
    if row == len(common.setups):
        return "currentColor"
    return setup_colour(state.compared.colour_index(common.setups[row]))


def _cell(column: Column, row: int) -> str:
    estimate = column.estimates[row]
    if isinstance(estimate.value, Undefined):
        reason = html.escape(str(estimate.value), quote=True)
        return f"<td title='{reason}'>{UNKNOWN}</td>"
    value = column.in_words(estimate.value)
    figure = f"<b>{value}</b>" if row in column.best else f"<span>{value}</span>"
    return f"<td>{figure}{_interval(column, estimate)}</td>"


def _interval(column: Column, estimate: Estimate) -> str:
    if column.chance is None:
        return ""
    if isinstance(estimate.interval, Undefined):
        reason = html.escape(str(estimate.interval), quote=True)
        return f"<small title='{reason}'>no interval</small>"
    low, high = (column.in_words(end) for end in (estimate.interval.low, estimate.interval.high))
    return f"<small>{low}–{high}</small>"


def _by_chance(column: Column) -> str:
    if column.chance is None or isinstance(column.chance, Undefined):
        return UNKNOWN
    return column.in_words(column.chance)


def rows_of(
    state: Session, common: CommonItems, columns: Sequence[Column]
) -> tuple[list[str], list[list[object]]]:
    """Return heads and rows for a spreadsheet: of each figure the value and both ends."""
    heads = ["Setup"]
    for column in columns:
        heads += [column.name, f"{column.name} 95 % low", f"{column.name} 95 % high"]
    rows: list[list[object]] = []
    for row, (_, name) in enumerate(_names(state, common, columns)):
        cells: list[object] = [name]
        for column in columns:
            cells += _plain(column.estimates[row])
        rows.append(cells)
    by_chance: list[object] = [CHANCE]
    for column in columns:
        by_chance += [_number(column.chance), None, None]
    return heads, [*rows, by_chance]


def _plain(estimate: Estimate) -> list[object]:
    interval = estimate.interval
    if isinstance(interval, Undefined):
        return [_number(estimate.value), None, None]
    return [_number(estimate.value), interval.low, interval.high]


def _number(value: Measured | None) -> float | None:
    return None if isinstance(value, Undefined) else value


def markdown_of(state: Session, common: CommonItems, columns: Sequence[Column]) -> str:
    """Return the table in Markdown, to be pasted into a report."""
    lines = [
        f"| Setup | {' | '.join(column.name for column in columns)} |",
        f"|---|{'---:|' * len(columns)}",
    ]
    for row, (_, details) in enumerate(_names(state, common, columns)):
        name = details.replace("|", "\\|")
        cells = " | ".join(_in_markdown(column, row) for column in columns)
        lines.append(f"| {name} | {cells} |")
    lines.append(f"| {CHANCE} | {' | '.join(_by_chance(column) for column in columns)} |")
    return "\n".join(lines)


def _in_markdown(column: Column, row: int) -> str:
    estimate = column.estimates[row]
    if isinstance(estimate.value, Undefined):
        return UNKNOWN
    value = column.in_words(estimate.value)
    words = f"**{value}**" if row in column.best else value
    if isinstance(estimate.interval, Undefined):
        return words
    low, high = (column.in_words(end) for end in (estimate.interval.low, estimate.interval.high))
    return f"{words} ({low}–{high})"
