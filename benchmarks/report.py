"""The report and the notebook of collections of two sizes: how long they take, how large they are.

The report is measured against the matrix products and sorted cosines that it stands on, the
notebook against copying its pictures. The vectors are made by lot, so that it does not count who
embedded them.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import numpy as np

from benchmarks.data import unit_rows
from benchmarks.photos import photo
from collection.collection import Collection, Pair
from collection.embeddings import Embeddings
from collection.items import text_item
from collection.picture import ingest_image
from exchange.export_contents import ExportContents
from providers.registry import PROVIDERS
from ui.export.contents import export_contents
from ui.export.notebook import session_notebook
from ui.export.report import session_report
from ui.state.editing import CollectionEditing
from ui.state.session import Session

T = TypeVar("T")

COUNTS = (200, 5_000)
_SIZE = (480, 360)
_MOST_MEGABYTES = 50


def measure(counts: tuple[int, ...] = COUNTS) -> Iterator[str]:
    """Export so many items, half of them pictures, with both embedded providers."""
    for count in counts:
        state = _session(count // 2)
        contents = export_contents(state)
        report, seconds = _timed(partial(session_report, state, contents))
        _, numbers = _timed(partial(_sorted_cosines, contents))
        yield (
            f"report of {count:,} items, {len(contents.embeddings)} Setups | "
            f"{len(report) / 1e6:.1f} MB (bar: {_MOST_MEGABYTES}) | {seconds / numbers:.1f} x the "
            f"{numbers * 1000:.0f} ms of its matrix products and sorting, once"
        )
        file, seconds = _timed(partial(session_notebook, state, contents))
        _, copying = _timed(partial(_copied, contents))
        size = file.seek(0, 2)
        file.close()
        held = sum(len(picture.jpeg) for picture in contents.collection.pictures)
        held += sum(found.vectors.nbytes for found in contents.embeddings.values())
        yield (
            f"notebook of {count:,} items | {size / 1e6:.1f} MB, {size / held:.3f} x its pictures "
            f"and vectors | {seconds / copying:.1f} x the {copying * 1000:.0f} ms of writing these "
            "to a file, once"
        )


def _timed(job: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    found = job()
    return found, time.perf_counter() - began


def _sorted_cosines(contents: ExportContents) -> None:
    texts = [text.id for text in contents.collection.texts]
    pictures = [picture.id for picture in contents.collection.pictures]
    for found in contents.embeddings.values():
        cosines = found.of(texts) @ found.of(pictures).T
        np.argsort(cosines, axis=1)
        np.argsort(cosines, axis=0)


def _copied(contents: ExportContents) -> None:
    with tempfile.TemporaryFile() as file:
        for picture in contents.collection.pictures:
            file.write(picture.jpeg)
        for found in contents.embeddings.values():
            file.write(found.vectors.tobytes())


def _session(pairs: int) -> Session:
    pictures = [ingest_image(f"{n}.jpg", photo(n, _SIZE)) for n in range(pairs)]
    texts = [text_item(f"This is the caption of the picture with number {n}") for n in range(pairs)]
    joined = [Pair(text.id, picture.id) for text, picture in zip(texts, pictures, strict=True)]
    state = Session(CollectionEditing(Collection().adding([*pictures, *texts], joined)))
    ids = tuple(state.collection.items)
    rng = np.random.default_rng(0)
    for provider in PROVIDERS.values():
        if provider.info.embedded:
            setup = provider.info.setup()
            # A picture lies near its caption, so that ranks and maps are like those of a model.
            half = rng.normal(size=(pairs, setup.dimension))
            both = np.concatenate([half, half + 1.5 * rng.normal(size=half.shape)])
            state.embedding.results[setup] = Embeddings(setup, ids, unit_rows(both))
    return state
