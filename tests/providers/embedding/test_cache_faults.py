"""A cache file with something the matter: nothing breaks, and what was paid for is not lost."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from collection.items import text_item
from providers.embedding import cache_file
from providers.embedding.cache import VectorCache
from providers.embedding.job import EmbeddingJob
from providers.embedding.progress import JobState
from providers.inputs import input_of
from tests.providers.word_length_provider import INFO, WordLengthEmbedder

ROOT = Path(__file__).parents[3]
NOBODY = 65534
VECTOR = np.asarray([0.6, 0.8], np.float32)


@pytest.fixture
def path(tmp_path):
    """Return a cache file with one vector that was paid for."""
    file = tmp_path / "v.sqlite"
    kept = VectorCache(file)
    kept.put({b"paid": VECTOR})
    kept.close()
    return file


@pytest.fixture
def folder_of_nobody(path):
    """Return the folder of such a file, read as a user whom file modes bind, also if root tests."""
    if not hasattr(os, "geteuid"):
        pytest.skip("Windows has neither root nor such file modes")
    folder = Path(tempfile.mkdtemp(prefix="shared-space-test-"))
    shutil.copy(path, folder)
    folder.chmod(0o755)
    root = os.geteuid() == 0
    if root:
        os.chown(folder, NOBODY, NOBODY)
        os.chown(folder / path.name, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o700)
    shutil.rmtree(folder)


def both_found(cache):
    """Put another vector in, and return whether both can be had."""
    cache.put({b"new": VECTOR})
    found = cache.get([b"paid", b"new"], 2)
    return {key: np.array_equal(vector, VECTOR) for key, vector in found.items()} == {
        b"paid": True,
        b"new": True,
    }


def assert_a_run_goes_well(cache):
    embedder = WordLengthEmbedder()
    job = EmbeddingJob(INFO, embedder.setup, embedder, [input_of(text_item("a b c"))], cache)
    job.run()
    assert job.progress.state is JobState.DONE
    assert len(job.embeddings) == 1


def test_from_a_read_only_disk_what_was_paid_for_is_read(folder_of_nobody, caplog):
    (folder_of_nobody / "v.sqlite").chmod(0o444)
    folder_of_nobody.chmod(0o555)
    cache = VectorCache(folder_of_nobody / "v.sqlite")
    assert both_found(cache)
    assert not cache.on_disk
    assert "cannot be written to" in caplog.text
    cache.close()


def test_a_folder_that_only_others_may_enter_costs_no_vector_of_this_process(folder_of_nobody):
    folder_of_nobody.chmod(0)
    cache = VectorCache(folder_of_nobody / "v.sqlite")
    cache.put({b"new": VECTOR})
    assert b"new" in cache.get([b"new"], 2)
    cache.close()


def test_on_a_full_disk_a_run_goes_on_and_what_was_kept_is_still_found(path):
    cache = VectorCache(path)
    (pages,) = cache._database.execute("PRAGMA page_count").fetchone()
    cache._database.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own full disk
    long = np.zeros(50_000, np.float32)
    long[0] = 1.0
    cache.put({b"does not fit": long})
    assert cache.get([b"does not fit"], 50_000) == {}
    assert b"paid" in cache.get([b"paid"], 2)
    assert_a_run_goes_well(cache)
    cache.close()


def test_a_writer_that_fails_costs_the_run_nothing(path, monkeypatch):
    cache = VectorCache(path)

    def fail(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("providers.embedding.cache.make_ready", fail)
    assert_a_run_goes_well(cache)
    cache.close()


@pytest.mark.parametrize("damage", ["from its first byte", "in the middle"])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(path, damage):
    content = bytearray(path.read_bytes())
    start = 0 if damage == "from its first byte" else 4096
    content[start : start + 3000] = b"x" * 3000
    path.write_bytes(content)
    cache = VectorCache(path)
    cache.get([b"paid"], 2)
    cache.put({b"new": VECTOR})
    cache.get([b"paid"], 2)
    cache.put({b"new": VECTOR})
    assert b"new" in cache.get([b"new"], 2)
    assert cache.on_disk
    assert Path(f"{path}.damaged").read_bytes()[start : start + 3000] == b"x" * 3000
    cache.close()


def test_whoever_finds_the_damage_second_takes_the_new_file_and_sets_nothing_aside(path):
    damaged = path.read_bytes()[:4096] + b"x" * 8192
    path.write_bytes(damaged)
    first = VectorCache(path)
    first._start_anew()
    first.put({b"new": VECTOR})
    second = VectorCache(path)
    second._start_anew()
    assert b"new" in second.get([b"new"], 2)
    first.put({b"newer": VECTOR})
    assert b"newer" in second.get([b"newer"], 2)
    first.close()
    second.close()


def test_a_file_of_a_newer_version_is_left_as_it_is(path):
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version = {cache_file.NEWEST_FORMAT + 1}")
        newer.execute("ALTER TABLE vectors ADD COLUMN more TEXT")
    newer.close()
    before = path.read_bytes()
    cache = VectorCache(path)
    cache.put({b"new": VECTOR})
    assert b"new" in cache.get([b"new"], 2)
    assert not cache.on_disk
    cache.close()
    assert path.read_bytes() == before
    assert not Path(f"{path}.damaged").exists()


def test_a_file_that_another_process_has_locked_is_used_again_afterwards(path, monkeypatch):
    monkeypatch.setattr(cache_file, "_BUSY_SECONDS", 0.01)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    cache = VectorCache(path)
    cache.put({b"lost": VECTOR})
    assert cache.get([b"paid"], 2) == {}  # not known now; embedded anew, as if it never was
    other.execute("COMMIT")
    other.close()
    assert both_found(cache)
    assert cache.on_disk
    cache.close()


def test_two_processes_on_one_file_find_what_either_has_put_in(path):
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "import numpy as np\n"
        "from providers.embedding.cache import VectorCache\n"
        "cache = VectorCache(Path(sys.argv[1]))\n"
        "for n in range(200):\n"
        "    key = f'{sys.argv[2]}-{n}'.encode()\n"
        "    cache.put({key: np.asarray([0.6, 0.8], np.float32)})\n"
        "    assert cache.get([key, b'paid'], 2).keys() == {key, b'paid'}\n"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", program, str(path), name], cwd=ROOT)
        for name in ("first", "second")
    ]
    assert [process.wait() for process in both] == [0, 0]
    cache = VectorCache(path)
    keys = [f"{name}-{n}".encode() for name in ("first", "second") for n in range(200)]
    assert cache.get(keys, 2).keys() == set(keys)
    cache.close()


def test_the_modes_of_a_new_file_hold_for_the_one_set_aside(path):
    if os.name == "nt":
        pytest.skip("Windows has no such file modes")
    path.write_bytes(b"no database" * 1000)
    cache = VectorCache(path)
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    cache.close()
