"""Writing each format of items and vectors against NumPy's own `savez` of the same arrays.

And the size of each file against its vectors and words.
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
from exchange.csv_export import write_csv
from exchange.export_contents import ExportContents
from exchange.npz_export import write_npz
from exchange.parquet_export import write_parquet
from exchange.projector_export import write_projector_zip
from providers.registry import PROVIDERS

COUNT = 1_000
_SMALL = (320, 240)
_WORDS = "a photo that somebody took on a walk and described in one short line"
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

    def savez() -> None:
        np.savez(io.BytesIO(), *vectors, ids=list(contents.collection.items), words=words)

    sizes = {name: _size(write, contents) for name, write in WRITERS.items()}
    base, *seconds = medians_in_turn(
        [savez, *(partial(_size, write, contents) for write in WRITERS.values())]
    )
    for (name, size), ours in zip(sizes.items(), seconds, strict=True):
        yield (
            f"writing {name} | {count:,} items, {len(vectors)} Setups | {ours / base:.0f} x the "
            f"{base * 1000:.1f} ms of numpy.savez of the same arrays, medians of {REPEATS} | "
            f"{size / 1e6:.1f} MB, {size / raw:.2f} x its vectors and words"
        )


def _size(write: Write, contents: ExportContents) -> int:
    file = io.BytesIO()
    write(contents, file)
    return len(file.getvalue())


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
