"""Many pictures ingested in parallel, a few in memory at a time, handed on in the order given."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TypeVar

from collection.errors import CollectionError
from collection.items import PictureItem
from collection.picture import ingest_picture

WORKERS = min(4, os.cpu_count() or 1)
"""So many pictures are in the making at a time."""

# One pool for the whole process, so that a class that uploads at the same moment shares the
# processors and the memory instead of multiplying them. Pillow works without Python's lock.
_POOL = ThreadPoolExecutor(WORKERS, thread_name_prefix="ingest")

_Made = TypeVar("_Made")


def ingested_in_order(
    files: Iterable[tuple[str, Callable[[], bytes]]],
) -> Generator[PictureItem | CollectionError, None, None]:
    """Yield the item of each file, or why there is none; `files` are names and what reads them.

    Files are read in the caller's thread, just before they are ingested. Closing the iterator
    drops whatever has not begun.
    """
    with closing(made_in_order(_to_do(name, read) for name, read in files)) as results:
        yield from results


def made_in_order(
    work: Iterable[Callable[[], _Made]], ahead: int = 2 * WORKERS
) -> Generator[_Made, None, None]:
    """Yield what each of these calls returns, in their order; several are under way at a time.

    The iterable is gone through in the caller's thread, at most `ahead` calls before what is
    yielded. Closing the iterator drops whatever has not begun.
    """
    waiting: deque[Future[_Made]] = deque()
    try:
        for call in work:
            waiting.append(_POOL.submit(call))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _to_do(name: str, read: Callable[[], bytes]) -> Callable[[], PictureItem | CollectionError]:
    try:
        return partial(_item_or_error, name, read())
    except CollectionError as error:
        return partial(_given, error)


def _given(error: CollectionError) -> CollectionError:
    return error


def _item_or_error(name: str, data: bytes) -> PictureItem | CollectionError:
    try:
        return ingest_picture(name, data)
    except CollectionError as error:
        # Without its traceback, which would keep the decoder's memory alive.
        return CollectionError(str(error))
