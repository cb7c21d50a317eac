"""Writing each format of items and vectors against NumPy's own `savez` of the same arrays.

And reading the vectors back against `numpy.load`, and the size of each file against what is in it.
"""

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

import numpy as np

from benchmarks.data import gaussian_mixture
from benchmarks.photos import photo
from benchmarks.ratio import REPEATS, medians_in_turn
from collection.collection import Collection, Pair
from collection.embeddings import Embeddings
from collection.items import text_item
from collection.picture import ingest_image
from collection.upload import Upload
from exchange.brought.reader import read_vectors
from exchange.export_contents import ExportContents
from exchange.tables.csv_export import write_csv
from exchange.tables.npz_export import write_npz
from exchange.tables.parquet_export import write_parquet
from exchange.tables.projector_export import write_projector_zip
from providers.registry import PROVIDERS

COUNT = 1_000
_SMALL = (320, 240)
_WORDS = "a photo that somebody took on a walk and described in one short line"
_COMES_BACK = ("Parquet", "CSV", "NPZ")
Write = Callable[[ExportContents, IO[bytes]], None]
WRITERS: dict[str, Write] = {
    "Parquet": write_parquet,
    "CSV": write_csv,
    "NPZ": write_npz,
    "Embedding Projector": write_projector_zip,
}


def measure(count: int = COUNT) -> Iterator[str]:
    """Write so many items, half of them pictures, with two Setups, in each format."""
    contents = _contents(count)
    words = [item.label for item in contents.collection.items.values()]
    vectors = [embeddings.vectors for embeddings in contents.embeddings.values()]
    raw = sum(map(len, words)) + sum(array.nbytes for array in vectors)

    def savez() -> bytes:
        file = io.BytesIO()
        np.savez(file, *vectors, ids=list(contents.collection.items), words=words)
        return file.getvalue()

    files = {name: _written(write, contents) for name, write in WRITERS.items()}
    base, *seconds = medians_in_turn(
        [savez, *(partial(_written, write, contents) for write in WRITERS.values())]
    )
    for (name, file), ours in zip(files.items(), seconds, strict=True):
        yield (
            f"writing {name} | {count:,} items, {len(vectors)} Setups | {ours / base:.0f} x the "
            f"{base * 1000:.1f} ms of numpy.savez of the same arrays, medians of {REPEATS} | "
            f"{len(file) / 1e6:.1f} MB, {len(file) / raw:.2f} x its vectors and words"
        )
    uploads = [Upload(f"items.{name.lower()}", files[name]) for name in _COMES_BACK]
    saved = savez()
    base, *seconds = medians_in_turn(
        [
            lambda: dict(np.load(io.BytesIO(saved))),
            *(partial(read_vectors, upload, contents.collection) for upload in uploads),
        ]
    )
    for name, ours in zip(_COMES_BACK, seconds, strict=True):
        yield (
            f"vectors out of {name} | the same | {ours / base:.0f} x the {base * 1000:.1f} ms of "
            f"numpy.load of the same arrays, medians of {REPEATS} | {ours:.2f} s, matched and "
            "checked"
        )


def _written(write: Write, contents: ExportContents) -> bytes:
    file = io.BytesIO()
    write(contents, file)
    return file.getvalue()


def _contents(count: int) -> ExportContents:
    pictures = [ingest_image(f"{n}.jpg", photo(n, _SMALL)) for n in range(count // 2)]
    texts = [text_item(f"{_WORDS}, number {n}") for n in range(count - len(pictures))]
    pairs = [Pair(text.id, picture.id) for text, picture in zip(texts, pictures, strict=False)]
    labels = {picture.id: {"label": f"group {n % 7}"} for n, picture in enumerate(pictures)}
    collection = Collection().adding([*pictures, *texts], pairs, labels)
    setups = [p.info.setup() for p in PROVIDERS.values() if p.info.embedded]
    embeddings = {
        setup: Embeddings(
            setup, tuple(collection.items), gaussian_mixture(count, setup.dimension)[1]
        )
        for setup in setups
    }
    return ExportContents(collection, embeddings, {setup: setup.label for setup in setups})
