"""Many pictures ingested in parallel, a few in memory at a time, handed on in the order given."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from collection.errors import CollectionError
from collection.items import PictureItem
from collection.picture import ingest_picture

_WORKERS = min(4, os.cpu_count() or 1)

# One pool for the whole process, so that a class that uploads at the same moment shares the
# processors and the memory instead of multiplying them. Pillow works without Python's lock.
_POOL = ThreadPoolExecutor(_WORKERS, thread_name_prefix="ingest")


def ingested_in_order(
    files: Iterable[tuple[str, Callable[[], bytes]]],
) -> Generator[PictureItem | CollectionError, None, None]:
    """Yield the item of each file, or why there is none; `files` are names and what reads them.

    Files are read in the caller's thread, just before they are ingested. Closing the iterator
    drops whatever has not begun.
    """
    waiting: deque[Future[PictureItem | CollectionError]] = deque()
    try:
        for name, read in files:
            waiting.append(_submitted(name, read))
            if len(waiting) > 2 * _WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _submitted(name: str, read: Callable[[], bytes]) -> "Future[PictureItem | CollectionError]":
    try:
        data = read()
    except CollectionError as error:
        done: Future[PictureItem | CollectionError] = Future()
        done.set_result(error)
        return done
    return _POOL.submit(_item_or_error, name, data)


def _item_or_error(name: str, data: bytes) -> PictureItem | CollectionError:
    try:
        return ingest_picture(name, data)
    except CollectionError as error:
        # Without its traceback, which would keep the decoder's memory alive.
        return CollectionError(str(error))
