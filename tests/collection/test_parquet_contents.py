"""A Parquet file that is larger than an upload may be gives a random part of it, not the first."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from collection import parquet_contents as module
from collection.collection import Collection
from collection.errors import CollectionError
from collection.files_on_disk import FileOnDisk
from collection.intake import take_in
from collection.parquet_contents import parquet_contents
from collection.upload import Upload
from tests.collection.odd_files import png_bytes
from tests.collection.odd_workbooks import IMAGE, parquet_of

PICTURES, CAPTIONS, ROOM = 30, 2, 24
FACES = [png_bytes(at) for at in range(PICTURES)]


def table_of(named: bool = True) -> pa.Table:
    """Each picture stands in two rows far from each other, one for each of its captions."""
    rows = [(at, n) for n in range(CAPTIONS) for at in range(PICTURES)]
    images = [{"bytes": FACES[at], "path": f"{at}.png" if named else None} for at, _ in rows]
    captions = [f"Picture {at}, caption {n}" for at, n in rows]
    return pa.table({"image": pa.array(images, IMAGE), "text": captions})


DATA = parquet_of(table_of())


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(module, "MAX_TABLE_ROWS", ROOM)


def taken(data, seed=7):
    found = parquet_contents("a.parquet", data, seed=seed)
    return [(record.number, *record.cells) for record in found.grid.records], found


def test_a_file_within_the_limits_comes_whole_and_in_order():
    rows, found = taken(DATA)
    assert [row[0] for row in rows] == list(range(1, PICTURES * CAPTIONS + 1))
    assert list(found.pictures) == [f"{at}.png" for at in range(PICTURES)]
    assert [read() for read in found.pictures.values()] == FACES
    assert found.sample is None


def test_of_more_rows_than_fit_random_ones_come_and_not_the_first(small):
    rows, found = taken(DATA)
    numbers = [row[0] for row in rows]
    assert len(rows) == ROOM
    assert numbers == sorted(numbers)
    assert numbers != list(range(1, ROOM + 1))
    assert found.sample.taken == ROOM
    assert found.sample.of == PICTURES * CAPTIONS


@pytest.mark.parametrize("named", [True, False], ids=["named", "nameless"])
def test_the_captions_of_a_picture_stay_together(small, named):
    _, found = taken(parquet_of(table_of(named)))
    texts = [record.cells[1] for record in found.grid.records]
    for at in range(PICTURES):
        assert sum(text.startswith(f"Picture {at},") for text in texts) in (0, CAPTIONS)


def test_pictures_too_large_for_an_upload_are_drawn_and_only_theirs_are_held(monkeypatch):
    room = sum(map(len, FACES)) // 3
    monkeypatch.setattr(module, "MAX_UPLOAD_BYTES", room)
    _, found = taken(DATA)
    held = [read() for read in found.pictures.values()]
    assert sum(map(len, held)) <= room
    assert 2 <= len(held) < PICTURES // 2
    assert held != FACES[: len(held)]
    assert all(face in FACES for face in held)


def test_rows_of_a_table_without_pictures_are_drawn_by_their_file_name(small):
    names = [f"{at}.png" for _ in range(CAPTIONS) for at in range(PICTURES)]
    texts = [f"Words {at}" for at in range(len(names))]
    rows, found = taken(parquet_of(pa.table({"file_name": names, "text": texts})))
    assert len(rows) == ROOM
    assert found.sample is not None
    kept = [name for _, name, _ in rows]
    assert all(kept.count(name) == CAPTIONS for name in kept)


def test_an_upload_that_unpacks_to_endless_bytes_is_refused(monkeypatch):
    monkeypatch.setattr(module, "_MOST_UNPACKED", 1_000)
    with pytest.raises(CollectionError, match="unpacks to more"):
        taken(DATA)


def test_a_file_on_disk_gives_the_same_sample_as_an_upload(small, tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(table_of(), path)
    on_disk = take_in(Collection(), [FileOnDisk("a.parquet", path)])
    uploaded = take_in(Collection(), [Upload("a.parquet", DATA)])
    assert on_disk.collection.digest == uploaded.collection.digest
    assert len(on_disk.collection.pictures) == ROOM // CAPTIONS
    assert on_disk.collection.lone == ((), ())


def test_what_was_taken_is_said_and_another_seed_takes_others(small):
    one, other = (take_in(Collection(), [Upload("a.parquet", DATA)], seed=seed) for seed in (7, 8))
    assert one.sample_lines == (
        "a.parquet: larger than an upload may be, so a random 24 of 60 rows were taken, all of a "
        "picture together, seed 7.",
    )
    assert (one.seed, other.seed) == (7, 8)
    assert one.collection.digest != other.collection.digest
    assert one.remarks == ()
