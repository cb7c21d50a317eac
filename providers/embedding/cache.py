"""The cache: vectors by the digest of everything that decides them. One SQLite file.

It holds vectors and nothing else: no key, no text, no picture. Entries are found by a SHA-256
over the Setup, the role and the payload that is really embedded, so one file serves all
sessions, and a wrong entry can only be a broken one, which is checked and embedded anew.
"""

import functools
import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import platformdirs

from collection.embeddings import FloatArray, Setup
from collection.items import Modality
from providers.embedding.cache_file import make_ready, opened, renewed
from providers.info import CAPTIONS, PIXELS
from providers.inputs import Input

CACHE_VARIABLE = "SHARED_SPACE_CACHE"
"""Environment variable: a folder for the cache, or `off` to keep vectors in memory only."""

MAX_BYTES = 500 * 1024 * 1024
_USED_GRAIN = 3600.0
_KEYS_A_QUERY = 500


def cache_key(
    setup: Setup, item: Input, *, roles: frozenset[Modality], base_url: str = ""
) -> bytes:
    """Return the 32-byte key of an input's vector under a Setup.

    `roles`: the modalities for which the model tells a query from a document. A setting that
    says nothing about this input, such as the size of pictures about a text, does not count: the
    vector is the same without it.
    """
    payload = item.payload.encode() if isinstance(item.payload, str) else item.payload
    role = item.role if item.modality in roles else ""
    settings = tuple(
        (name, value)
        for name, value in setup.settings
        if name != CAPTIONS and (name != PIXELS or item.modality is Modality.PICTURE)
    )
    asked = replace(setup, settings=settings).key
    head = "\0".join((base_url, asked, role, item.modality))
    return hashlib.sha256(head.encode() + b"\0\0" + payload).digest()


class VectorCache:
    """Vectors by key, in one SQLite file, or in memory where there is no disk to write to.

    Safe with many threads and with other processes on the same file. Over `max_bytes` of
    vectors the least recently used go. A file that cannot be used costs nobody more than its
    vectors; see `cache_file`.
    """

    def __init__(self, path: Path | None, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._path = path
        self._writes = 0
        self._database, self._on_disk = opened(path)

    @property
    def on_disk(self) -> bool:
        """Whether vectors outlive the process."""
        return self._on_disk

    @property
    def writes(self) -> int:
        """How often this process has put vectors in; a look from before is out of date then."""
        return self._writes

    def get(self, keys: Sequence[bytes], dimension: int) -> dict[bytes, FloatArray]:
        """Return the vectors known for these keys, each float32 (dimension,), length 1."""
        found: dict[bytes, FloatArray] = {}
        with self._lock:
            try:
                make_ready(self._database)
                for start in range(0, len(keys), _KEYS_A_QUERY):
                    found |= self._read(keys[start : start + _KEYS_A_QUERY], dimension)
            except sqlite3.OperationalError:
                return found  # busy or unreachable: what was not read is embedded anew
            except sqlite3.DatabaseError:
                self._start_anew()
        return found

    def found(self, keys: Mapping[str, bytes], dimension: int) -> dict[str, FloatArray]:
        """Return the vectors known for these keys, by what the keys are called."""
        known = self.get(tuple(keys.values()), dimension)
        return {name: known[key] for name, key in keys.items() if key in known}

    def put(self, vectors: Mapping[bytes, FloatArray]) -> None:
        """Keep these vectors; a vector that cannot be kept is simply not kept."""
        now = time.time()
        rows = [(key, np.asarray(v, np.float32).tobytes(), now) for key, v in vectors.items()]
        with self._lock:
            self._writes += 1
            try:
                make_ready(self._database)
                with self._database:
                    self._database.executemany("REPLACE INTO main.vectors VALUES (?, ?, ?)", rows)
                    self._shrink()
            except sqlite3.OperationalError:
                return  # busy or full: these vectors are not kept
            except sqlite3.DatabaseError:
                self._start_anew()

    def __len__(self) -> int:
        with self._lock:
            return int(self._database.execute("SELECT count(*) FROM known").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _read(self, keys: Sequence[bytes], dimension: int) -> dict[bytes, FloatArray]:
        marks = ",".join("?" * len(keys))
        query = f"SELECT key, vector, used FROM known WHERE key IN ({marks})"  # noqa: S608 (only question marks are put in)
        found, old, now = {}, [], time.time()
        for key, blob, used in self._database.execute(query, keys):
            vector = _sound_vector(blob, dimension)
            if vector is not None:
                found[bytes(key)] = vector
                if now - used > _USED_GRAIN:
                    old.append((now, key))
        if old:
            with self._database:
                self._database.executemany("UPDATE main.vectors SET used = ? WHERE key = ?", old)
        return found

    def _shrink(self) -> None:
        if self._bytes_used() > self._max_bytes:
            self._database.execute(
                "DELETE FROM main.vectors WHERE key IN (SELECT key FROM main.vectors ORDER BY used "
                "LIMIT max(1, (SELECT count(*) FROM main.vectors) / 5))"
            )

    def _bytes_used(self) -> int:
        pages, public, size = (
            int(self._database.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        return (pages - public) * size

    def _start_anew(self) -> None:
        self._database.close()
        if self._on_disk and self._path is not None:
            self._database, self._on_disk = renewed(self._path)
        else:
            self._database, self._on_disk = opened(None)


def _sound_vector(blob: bytes, dimension: int) -> FloatArray | None:
    """Return the vector, or None if the entry is broken: wrong size, not finite, wrong length."""
    if len(blob) != 4 * dimension:
        return None
    vector = np.frombuffer(blob, dtype=np.float32)
    length = float(np.linalg.norm(vector))
    return vector if np.isfinite(length) and abs(length - 1.0) < 1e-3 else None


def cached_vectors(
    cache: VectorCache | None,
    setup: Setup,
    inputs: Sequence[Input],
    *,
    roles: frozenset[Modality],
    base_url: str = "",
) -> dict[str, FloatArray]:
    """Return what the cache knows of these inputs, by item id; see `cache_key`."""
    if cache is None or not inputs:
        return {}
    keys = {i.item_id: cache_key(setup, i, roles=roles, base_url=base_url) for i in inputs}
    return cache.found(keys, setup.dimension)


def cache_path(setting: str | None) -> Path | None:
    """Return the cache's file for a value of SHARED_SPACE_CACHE; None means memory only."""
    if setting is not None and setting.strip().lower() in {"off", "0", "no", "none"}:
        return None
    folder = Path(setting) if setting else Path(platformdirs.user_cache_dir("shared-space"))
    return folder.expanduser() / "vectors.sqlite"


@functools.cache
def shared_cache() -> VectorCache:
    """Return the one cache of this process."""
    return VectorCache(cache_path(os.environ.get(CACHE_VARIABLE)))
