"""The SQLite file of the cache: opened, or done without, whatever is the matter with it.

Hosted vectors were paid for: a file that cannot be written to is still read, one that is busy is
waited for, one of a newer version is left as it is, and a damaged one is set aside.
"""

import logging
import os
import sqlite3
from pathlib import Path

NEWEST_FORMAT = 0
"""SQLite's `user_version` of the files that this version writes; it knows no higher one."""
_BUSY_SECONDS = 5.0
"""So long another process may keep the file locked before its vectors count as not known."""
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_PARTS = ("", "-wal", "-shm")

_TABLE = (
    "CREATE TABLE IF NOT EXISTS main.vectors "
    "(key BLOB PRIMARY KEY, vector BLOB NOT NULL, used REAL NOT NULL)"
)
_KNOWN = "CREATE TEMP VIEW IF NOT EXISTS known AS SELECT key, vector, used FROM main.vectors"
_AND_ON_DISK = (
    " UNION ALL SELECT key, vector, used FROM disk.vectors "
    "WHERE key NOT IN (SELECT key FROM main.vectors)"
)


def opened(path: Path | None) -> tuple[sqlite3.Connection, bool]:
    """Return a database, and whether what is put in outlives the process.

    It has a table `vectors` to write to and a view `known` to read from. `path`: the file; None
    for memory only.
    """
    if path is None:
        return _in_memory(), False
    try:
        return _on_disk(path), True
    except (OSError, sqlite3.OperationalError) as error:
        return _beside(path, f"cannot be written to ({error})"), False
    except sqlite3.DatabaseError:
        return renewed(path)


def renewed(path: Path) -> tuple[sqlite3.Connection, bool]:
    """Return a database in place of one that was found damaged; else as `opened`.

    The damaged file is set aside as `….damaged`, unless another process has done so meanwhile.
    """
    try:
        database = _on_disk(path)
        try:
            if database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
                return database, True
        except sqlite3.DatabaseError:
            pass  # damaged, as was said
        database.close()
    except (OSError, sqlite3.OperationalError) as error:
        return _beside(path, f"cannot be written to ({error})"), False
    except sqlite3.DatabaseError:
        pass  # damaged already where it begins
    try:
        for part in _PARTS:
            if (file := Path(f"{path}{part}")).exists():
                file.replace(f"{path}.damaged{part}")
        return _on_disk(path), True
    except (OSError, sqlite3.Error) as error:
        _tell(path, f"is damaged, and no new one can be made ({error})")
        return _in_memory(), False


def make_ready(database: sqlite3.Connection) -> None:
    """See to it that table and view are there, which could not be made while the file was busy.

    Raises sqlite3.Error where they cannot be made now, either.
    """
    database.execute(_TABLE)
    database.execute(_KNOWN)


def _on_disk(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    database = sqlite3.connect(str(path), timeout=_BUSY_SECONDS, check_same_thread=False)
    try:
        _prepare(database)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _prepare(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA temp_store = MEMORY")
    try:
        (found,) = database.execute("PRAGMA user_version").fetchone()
        if found > NEWEST_FORMAT:
            raise sqlite3.OperationalError("it is of a newer version of Shared Space")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        make_ready(database)
    except sqlite3.OperationalError as error:
        # The code of SQLite itself stands in the last byte; an error of ours has none.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _BUSY:
            raise
        # Whoever holds it now lets go of it some time; the rest is made when it is needed.


def _in_memory() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", check_same_thread=False, uri=True)
    make_ready(database)
    return database


def _beside(path: Path, why: str) -> sqlite3.Connection:
    """Return a database in memory through which the file can be read, if it can."""
    _tell(path, why)
    database = _in_memory()
    try:
        database.execute("ATTACH DATABASE ? AS disk", (f"{path.absolute().as_uri()}?immutable=1",))
        (found,) = database.execute("PRAGMA disk.user_version").fetchone()
        database.execute(
            "SELECT count(*) FROM (SELECT key, vector, used FROM disk.vectors LIMIT 1)"
        )
        if found <= NEWEST_FORMAT:
            database.execute("DROP VIEW known")
            database.execute(_KNOWN + _AND_ON_DISK)
    except sqlite3.Error:
        pass  # there is nothing to read, or not for us
    return database


def _tell(path: Path, why: str) -> None:
    logging.getLogger(__name__).warning(
        "The cache %s %s. Vectors are kept in memory until the server ends.", path, why
    )
