"""The report and the notebook of collections of two sizes: how long they take, how large they are.

The vectors are made by lot, so that it does not count who embedded them.
"""

import time
from collections.abc import Iterator

import numpy as np

from benchmarks.data import unit_rows
from benchmarks.photos import photo
from collection.collection import Collection, Pair
from collection.embeddings import Embeddings
from collection.items import text_item
from collection.picture import ingest_image
from providers.registry import PROVIDERS
from ui.export.contents import export_contents
from ui.export.notebook import session_notebook
from ui.export.report import session_report
from ui.state.editing import CollectionEditing
from ui.state.session import Session

COUNTS = (200, 5_000)
_SIZE = (480, 360)
_MOST_MEGABYTES = 50


def measure(counts: tuple[int, ...] = COUNTS) -> Iterator[str]:
    """Export so many items, half of them pictures, with both embedded providers."""
    for count in counts:
        state = _session(count // 2)
        contents = export_contents(state)
        began = time.perf_counter()
        report = session_report(state, contents)
        seconds = time.perf_counter() - began
        yield (
            f"report of {count:,} items, {len(contents.embeddings)} Setups: "
            f"{len(report) / 1e6:.1f} MB (bar: {_MOST_MEGABYTES}), {seconds:.2f} s"
        )
        began = time.perf_counter()
        with session_notebook(state, contents) as file:
            seconds, size = time.perf_counter() - began, file.seek(0, 2)
        held = sum(len(picture.jpeg) for picture in contents.collection.pictures)
        held += sum(found.vectors.nbytes for found in contents.embeddings.values())
        yield (
            f"notebook of {count:,} items: {size / 1e6:.1f} MB, {size / held:.3f} x its pictures "
            f"and vectors, {seconds:.2f} s"
        )


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
