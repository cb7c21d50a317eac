"""A report of a session: what its pages say, worked out for one file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import numpy as np

from charts.density_curves import DensityCurves
from charts.palette import setup_colour
from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import Modality
from collection.modality_vectors import vectors_of
from collection.pair_rows import pair_rows
from exchange.app_version import app_version
from exchange.export_contents import ExportContents
from exchange.report.contents import (
    Cell,
    Definition,
    Report,
    ReportSetup,
    ScoreRow,
    Scores,
    without_keys,
)
from exchange.report.report_html import report_html
from space.alignment import procrustes_fit
from space.arrays import FloatArray, IntArray
from space.bootstrap import REPLICATES
from space.estimates import Estimate
from space.projection import METHODS
from space.retrieval import recall_at
from space.scorecard import Direction, Scorecard, scorecard
from space.seed import SEED
from space.undefined import Measured, Undefined
from ui.elements.text import counted
from ui.map.background_maps import FinishedMap
from ui.map.cached import quick_pca
from ui.map.chart import scatter_map
from ui.scorecard.cached import cached_separation
from ui.scorecard.common import CommonItems, common_items_of
from ui.scorecard.conclusion import conclusion
from ui.scorecard.definitions import DEFINITIONS, how_measured
from ui.scorecard.figures_table import CHANCE, UNKNOWN, Column, columns_of
from ui.similarity.cached import cached_retrieval
from ui.state.session import Session

_DIRECTION = Direction.BOTH


def session_report(state: Session, contents: ExportContents) -> bytes:
    """Return the report of these items as HTML; at least one Setup has vectors of them."""
    return report_html(report_of(state, contents))


def report_of(state: Session, contents: ExportContents) -> Report:
    """Return what the report says."""
    collection = without_keys(contents)
    embeddings = {s: _without_keys(e, contents.hide) for s, e in contents.embeddings.items()}
    hidden = replace(contents, collection=collection, embeddings=embeddings)
    common = common_items_of(collection, embeddings)
    card = None
    if len(common.pairs):
        # Not the page's cached one: that shows a spinner, and a download is made without a page.
        spaces = zip(common.texts, common.pictures, strict=True)
        card = scorecard([(t.vectors, p.vectors) for t, p in spaces], common.pairs)
    names = [contents.hide(contents.names[setup]) for setup in common.setups]
    return Report(
        collection=collection,
        setups=_setups(state, hidden, names, common),
        headline="" if card is None else conclusion(card.best[_DIRECTION], names, _DIRECTION, str),
        scores=None if card is None else _scores(state, common, card, names),
        made=datetime.now().astimezone(),
        version=app_version(),
    )


def _without_keys(embeddings: Embeddings, hide: Callable[[str], str]) -> Embeddings:
    failures = {
        item_id: replace(failure, reason=hide(failure.reason), advice=hide(failure.advice))
        for item_id, failure in embeddings.failures.items()
    }
    return replace(embeddings, failures=MappingProxyType(failures))


def _scores(state: Session, common: CommonItems, card: Scorecard, names: Sequence[str]) -> Scores:
    columns = columns_of(card, common, _DIRECTION, every=False)
    rows = [
        ScoreRow(
            name,
            tuple(_cell(column, row) for column in columns),
            _colour(state, common.setups[row]),
        )
        for row, name in enumerate(names)
    ]
    chance = ScoreRow(CHANCE, tuple(Cell(_by_chance(column, column.chance)) for column in columns))
    explained = [
        Definition(column.name, found.words, found.formula, found.source)
        for column in columns
        for found in (DEFINITIONS[column.name],)
    ]
    how = [
        Definition(term, words[0].upper() + words[1:])
        for term, words in how_measured(len(names)).items()
    ]
    return Scores(
        tuple(column.name for column in columns),
        (*rows, chance),
        _stands_on(common, card),
        (*explained, *how),
    )


def _stands_on(common: CommonItems, card: Scorecard) -> str:
    words = (
        f"{str(_DIRECTION).capitalize()} directions. {counted(card.pairs, 'pair')}, the same for "
        f"every Setup. In grey: 95 % intervals ({REPLICATES:,} replicates, seed {SEED})."
    )
    if common.left_out:
        words += f" {counted(common.left_out, 'pair')} left out, as a Setup lacks a vector."
    return words


def _cell(column: Column, row: int) -> Cell:
    estimate: Estimate = column.estimates[row]
    value = _by_chance(column, estimate.value)
    if isinstance(estimate.interval, Undefined):
        return Cell(value, "no interval", row in column.best)
    low, high = (column.in_words(end) for end in (estimate.interval.low, estimate.interval.high))
    return Cell(value, f"{low}–{high}", row in column.best)


def _by_chance(column: Column, value: Measured | None) -> str:
    return UNKNOWN if value is None or isinstance(value, Undefined) else column.in_words(value)


def _colour(state: Session, setup: Setup) -> str:
    return setup_colour(state.compared.colour_index(setup))


def _setups(
    state: Session, contents: ExportContents, names: Sequence[str], common: CommonItems
) -> tuple[ReportSetup, ...]:
    maps = _fitted(state, contents.embeddings)
    return tuple(
        ReportSetup(
            embeddings,
            name,
            contents.hide(setup.model),
            contents.hide(", ".join(f"{what} {value}" for what, value in setup.settings)),
            _colour(state, setup),
            scatter_map(contents.collection, embeddings, maps[setup][0]),
            maps[setup][1],
            _found(contents.collection, embeddings),
            *_densities(common, number, _colour(state, setup)),
        )
        for number, ((setup, embeddings), name) in enumerate(
            zip(contents.embeddings.items(), names, strict=True)
        )
    )


def _densities(common: CommonItems, number: int, colour: str) -> tuple[DensityCurves | None, str]:
    texts, pictures = common.texts[number], common.pictures[number]
    found = cached_separation(texts, pictures, common.pairs)
    if isinstance(found, Undefined):
        return None, ""
    curve, x = found.curve, found.densities.x
    chart = DensityCurves(
        x,
        found.densities.matched,
        found.densities.unmatched,
        None,
        float(curve.thresholds[curve.best]),
        colour,
        (float(x[0]), float(x[-1])),
    )
    d_prime = "" if isinstance(found.d_prime, Undefined) else f", d-prime {found.d_prime:z.2f}"
    return chart, (
        f"AUC {found.auc:.2f}{d_prime}. True pairs {found.mean_matched:z.2f}, others "
        f"{found.mean_unmatched:z.2f} on average."
    )


def _found(collection: Collection, embeddings: Embeddings) -> str:
    """Say how many captions and pictures find their own first; empty where there are no pairs."""
    texts = vectors_of(collection, embeddings, Modality.TEXT)
    pictures = vectors_of(collection, embeddings, Modality.PICTURE)
    pairs = pair_rows(collection, texts.items, pictures.items)
    if not len(pairs):
        return ""
    of_texts = cached_retrieval(texts, pictures, pairs).ranks
    of_pictures = cached_retrieval(pictures, texts, pairs[:, ::-1]).ranks
    return (
        f"{_first(of_texts)} captions find their own picture first, {_first(of_pictures)} pictures "
        "a caption of theirs."
    )


def _first(ranks: IntArray) -> str:
    return f"{round(recall_at(ranks, 1) * len(ranks)):,} of {len(ranks):,}"


def _fitted(
    state: Session, embeddings: Mapping[Setup, Embeddings]
) -> dict[Setup, tuple[FloatArray, str]]:
    """Return of each Setup the map and how it was made; all are turned to fit the first."""
    found = {setup: _map(state, of) for setup, of in embeddings.items()}
    first, *others = embeddings
    for other in others:
        shared = [i for i in embeddings[first].ids if i in embeddings[other]]
        rows = [np.asarray([embeddings[s].row_of[i] for i in shared]) for s in (first, other)]
        xy, words = found[other]
        found[other] = procrustes_fit(found[first][0], xy, rows[0], rows[1]), words
    return found


def _map(state: Session, embeddings: Embeddings) -> tuple[FloatArray, str]:
    """Return the map that the session showed last of these vectors, or a PCA."""
    shown = [known for known in state.maps if known.digest == embeddings.digest]
    if not shown:
        xy, trust = quick_pca(embeddings)
        return xy, _made("pca", "", trust)
    finished: FinishedMap = state.maps[shown[-1]]
    made = finished.projection
    settings = ", ".join(f"{name} {value}" for name, value in made.parameters.items())
    further = [settings, "" if made.seed is None else f"seed {made.seed}", made.note.rstrip(".")]
    further += ["captions and pictures centred"] if shown[-1].centred else []
    return made.xy, _made(made.method, ", ".join(filter(None, further)), finished.trustworthiness)


def _made(method: str, further: str, trustworthiness: float | None) -> str:
    trust = "" if trustworthiness is None else f" Trustworthiness {trustworthiness:.2f}."
    return f"{METHODS[method].title}{f' ({further})' if further else ''}.{trust}"
