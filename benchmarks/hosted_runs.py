"""Hosted providers against stand-ins on loopback that take 250 ms for every answer.

The speed of `nomic` is compared with what latency, batch size and concurrency allow, and with
the official Python client, in turn on the same stand-in. Then five providers at once against the
slowest of them alone; and how many calls a second run makes, and one with one more item.
"""

import json
import math
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from PIL import Image

from benchmarks.photos import photo
from benchmarks.ratio import Ratio
from benchmarks.stand_in_process import calls_at, stand_ins
from collection.items import Item, text_item
from collection.picture import ingest_image
from providers import connect
from providers.embedding.cache import VectorCache, shared_cache
from providers.embedding.progress import JobState
from providers.embedding.run import run_of
from providers.registry import PROVIDERS
from providers.transport.call_context import CallContext
from providers.transport.credentials import find_credentials

LATENCY = 0.25  # seconds
TEXTS, PICTURES = 200, 60
IN_TURN = 5
FIVE = ("nomic", "jina", "vertex", "gemini", "cohere")
_SIZE = (512, 384)


def measure() -> Iterator[Ratio]:
    """Yield the lines of this benchmark."""
    texts, pictures = _texts(TEXTS), [photo(number, _SIZE) for number in range(PICTURES)]
    items = [*map(text_item, texts), *_items(pictures)]
    with stand_ins("nomic", latency=LATENCY) as addresses:
        yield from _nomic(addresses, items, texts, pictures)
        yield _pillow(addresses["nomic"], [_noise(number) for number in range(PICTURES)])
    with stand_ins(*FIVE, latency=LATENCY) as addresses:
        yield from _five(addresses, [*map(text_item, _texts(20)), *_items(pictures[:4])])


def _nomic(
    addresses: dict[str, str],
    items: Sequence[Item],
    texts: Sequence[str],
    pictures: Sequence[Image.Image],
) -> Iterator[Ratio]:
    info = PROVIDERS["nomic"].info
    limits = info.models[0].limits
    assert limits is not None
    calls = math.ceil(TEXTS / limits.items) + math.ceil(PICTURES / limits.items)
    allowed = math.ceil(calls / info.concurrency) * LATENCY
    official = _official_client(addresses["nomic"], texts, pictures)
    ours, theirs = [], []
    for _ in range(IN_TURN):
        ours.append(_seconds(lambda: _embed(addresses, items)))
        theirs.append(_seconds(official))
    data = f"{TEXTS} texts, {PICTURES} pictures, {LATENCY * 1000:.0f} ms latency"
    runs = f"medians of {IN_TURN} in turn"
    yield Ratio(
        "nomic, against what the limits allow", data, f"{calls} calls, ten at once", allowed,
        "ours", median(ours), f"{median(ours) / allowed:.2f} x the limit (bar 1.5)", runs,
    )  # fmt: skip
    yield Ratio(
        "nomic, against the official client", data, "nomic client", median(theirs), "ours",
        median(ours), "vectors of both from the same stand-in (bar: never slower)", runs,
    )  # fmt: skip


def _pillow(address: str, pictures: Sequence[Image.Image]) -> Ratio:
    """Return the time of `embed_images`, from Pillow pictures to vectors, nothing cached."""
    official = _official_client(address, [], pictures)
    key = _keys("nomic")["api_key"]
    ours, theirs = [], []
    for _ in range(IN_TURN):
        shared_cache.cache_clear()
        nomic = connect("nomic", api_key=key, base_url=address)
        ours.append(_seconds(partial(nomic.embed_images, pictures)))
        theirs.append(_seconds(official))
    return Ratio(
        "embed_images, against the official client",
        f"{len(pictures)} noise pictures 256 x 256, {LATENCY * 1000:.0f} ms latency",
        "nomic client", median(theirs), "ours", median(ours),
        f"{median(ours) / median(theirs):.2f} x the client", f"medians of {IN_TURN} in turn",
    )  # fmt: skip


def _five(addresses: dict[str, str], items: Sequence[Item]) -> Iterator[Ratio]:
    alone = {name: _seconds(partial(_embed, {name: addresses[name]}, items)) for name in FIVE}
    slowest = max(alone, key=lambda name: alone[name])
    together = _seconds(lambda: _embed(addresses, items))
    yield Ratio(
        "five providers at once", f"{len(items)} items each, {LATENCY * 1000:.0f} ms latency",
        f"the slowest alone ({slowest})", alone[slowest], "all five", together,
        f"{together / alone[slowest]:.2f} x the slowest alone (bar 1.2)", "once each",
    )  # fmt: skip
    cache = VectorCache(None)
    began = time.perf_counter()
    _embed(addresses, items, cache)
    first = time.perf_counter() - began
    before = {name: calls_at(addresses[name]) for name in FIVE}
    again = _seconds(lambda: _embed(addresses, items, cache))
    second = {name: calls_at(addresses[name]) - before[name] for name in FIVE}
    _embed(addresses, [*items, text_item("one more")], cache)
    third = {name: calls_at(addresses[name]) - before[name] - second[name] for name in FIVE}
    yield Ratio(
        "second run of five providers", f"{len(items)} items", "first run", first, "second run",
        again, f"calls of the second run: {sum(second.values())}; after one item was added: "
        f"{', '.join(f'{name} {count}' for name, count in third.items())}", "once each",
    )  # fmt: skip
    cache.close()


def _embed(
    addresses: dict[str, str], items: Sequence[Item], cache: VectorCache | None = None
) -> None:
    """Embed the items with every provider that has an address; all have to succeed."""

    def context(setup: Any) -> CallContext:
        info = PROVIDERS[setup.provider].info
        return CallContext(
            find_credentials(info, _keys(setup.provider), environment={}), addresses[info.id]
        )

    run = run_of(items, [PROVIDERS[n].info.setup() for n in addresses], cache, context=context)
    run.start().wait()
    for progress in run.progress:
        assert progress.state is JobState.DONE, progress
        assert progress.failed == 0, progress


def _keys(name: str) -> dict[str, str]:
    key = f"good-key-of-{name}"
    return {"access_token": key, "project": "a-project"} if name == "vertex" else {"api_key": key}


def _official_client(
    address: str, texts: Sequence[str], pictures: Sequence[Image.Image]
) -> Callable[[], None]:
    """Return what embeds the same with the official client, which wants its key in a file."""
    home = Path(tempfile.mkdtemp(prefix="shared-space-bench-"))
    (home / ".nomic").mkdir()
    credentials = {"token": "good-key-of-nomic", "tenant": "production", "expires": None}
    (home / ".nomic" / "credentials").write_text(json.dumps(credentials), encoding="utf-8")
    before = os.environ.get("HOME")
    os.environ |= {"HOME": str(home), "ATLAS_API_PATH": address}
    from nomic import embed  # reads the home folder as it is imported

    if before is not None:
        os.environ["HOME"] = before

    def both() -> None:
        if texts:
            found = embed.text(list(texts), model="nomic-embed-text-v1.5", task_type="search_query")
            assert len(found["embeddings"]) == len(texts)
        found = embed.image(list(pictures), model="nomic-embed-vision-v1.5")
        assert len(found["embeddings"]) == len(pictures)

    return both


def _texts(count: int) -> list[str]:
    return [f"caption number {number} of a picture that shows something" for number in range(count)]


def _noise(number: int) -> Image.Image:
    pixels = np.random.default_rng(number).integers(0, 256, (256, 256, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def _items(pictures: Sequence[Image.Image]) -> list[Item]:
    return [ingest_image(f"{number}.jpg", picture) for number, picture in enumerate(pictures)]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
