"""Opening a session file against embedding its pictures anew with the embedded providers.

And the size of the file against its pictures and vectors.
"""

import io
import os
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.photos import photo
from benchmarks.ratio import Ratio, medians_in_turn
from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import PictureItem
from collection.picture import ingest_image
from exchange.session_file.contents import SessionContents, SetupRow
from exchange.session_file.reader import read_session
from exchange.session_file.writer import write_session
from providers import connect
from providers.registry import PROVIDERS

COUNT = 300
MEGAPIXELS_2 = (1600, 1200)
_LEAST = 10.0
_MOST_SIZE = 1.2


def measure(count: int = COUNT) -> Iterator[Ratio | str]:
    """Save and open a session of so many photos of 2 megapixels."""
    os.environ["SHARED_SPACE_CACHE"] = "off"
    pictures = [ingest_image(f"{n}.jpg", photo(n, MEGAPIXELS_2)) for n in range(count)]
    embedded = [p.info.id for p in PROVIDERS.values() if p.info.embedded]
    for provider_id in embedded:  # what loading a model takes is not counted
        connect(provider_id).embed(pictures[:2])
    results = _embedded(embedded, pictures)
    contents = SessionContents(
        collection=Collection().adding(pictures),
        rows=tuple(SetupRow(setup, False, True) for setup in results),
        results=results,
    )
    with TemporaryDirectory() as folder:
        path = Path(folder, "session.zip")
        began = time.perf_counter()
        with path.open("wb") as file:
            write_session(contents, file)
        saving = time.perf_counter() - began
        data = path.read_bytes()
    anew, opening = medians_in_turn(
        [
            lambda: _embedded(embedded, pictures),
            lambda: read_session("session.zip", io.BytesIO(data)),
        ]
    )
    yield Ratio(
        what="opening a session",
        data=f"{count:,} photos, {len(embedded)} embedded providers",
        baseline="embedding from an empty cache",
        baseline_seconds=anew,
        ours="opening the file",
        our_seconds=opening,
        remark=f"{anew / opening:.1f} x as fast (bar: {_LEAST:g}); saving took {saving:.2f} s",
    )
    held = contents.collection.picture_bytes + sum(e.vectors.nbytes for e in results.values())
    yield (
        f"the file has {len(data) / 1e6:.1f} MB, {len(data) / held:.3f} x its pictures and vectors "
        f"(bar: {_MOST_SIZE:g})"
    )


def _embedded(provider_ids: list[str], pictures: list[PictureItem]) -> dict[Setup, Embeddings]:
    found = [connect(provider_id).embed(pictures) for provider_id in provider_ids]
    return {embeddings.setup: embeddings for embeddings in found}
