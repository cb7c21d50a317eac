"""Intake of many photos against what Pillow alone needs to decode, shrink and encode them.

Both on as many threads. Ours also checks each file, digests its pixels and makes a thumbnail.
"""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from PIL import Image

from benchmarks.photos import photo
from benchmarks.ratio import Ratio, medians_in_turn
from collection.limits import STORED_PIXELS
from collection.parallel_ingest import WORKERS, ingested_in_order
from collection.pixels import shrunk_size

COUNT = 1_000
MEGAPIXELS_2 = (1600, 1200)
_MOST = 1.2
_KINDS = 8


def measure(count: int = COUNT) -> Iterator[Ratio]:
    """Take in so many photos of 2 megapixels, as JPEG files in memory."""
    kinds = [_jpeg(photo(number, MEGAPIXELS_2), quality=90) for number in range(_KINDS)]
    files = (kinds * count)[:count]
    _plain(files[:_KINDS])
    _ours(files[:_KINDS])
    plain, ours = medians_in_turn([partial(_plain, files), partial(_ours, files)])
    yield Ratio(
        what="intake of photos",
        data=f"{count:,} JPEGs of 2 megapixels, {WORKERS} threads",
        baseline="Pillow's decode, resize and encode alone",
        baseline_seconds=plain,
        ours="ours, with digest and thumbnail",
        our_seconds=ours,
        remark=f"{ours / plain:.2f} x the time (bar: {_MOST:g})",
    )


def _plain(files: list[bytes]) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        for _ in pool.map(_shrunk, files):
            pass


def _shrunk(data: bytes) -> int:
    with Image.open(io.BytesIO(data)) as image:
        size = shrunk_size(image.size, STORED_PIXELS)
        image.draft("RGB", size)
        small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return len(_jpeg(small, quality=92, subsampling="4:4:4"))


def _ours(files: list[bytes]) -> None:
    named = ((f"{number}.jpg", partial(bytes, data)) for number, data in enumerate(files))
    for item in ingested_in_order(named):
        if isinstance(item, Exception):
            raise item


def _jpeg(image: Image.Image, **options: int | str) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **options)
    return buffer.getvalue()
