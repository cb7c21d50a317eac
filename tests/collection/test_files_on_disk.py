"""Collections on one's own machine: folders and archives, read where they lie."""

import io
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from collection import files_on_disk, intake
from collection.collection import Collection
from collection.errors import CollectionError
from collection.files_on_disk import FileOnDisk, files_at
from collection.intake import IntakeResult, take_in
from tests.collection.odd_files import assert_plain_line, encoded, picture, png_bytes, zip_of
from tests.collection.taking_in import CAT, DOG, named_pairs

ROOT = Path(__file__).parents[2]
TABLE = b"image,caption\na.png,A cat\na.png,A pet\nb.png,A dog\n"
MEMBERS = (("Images/a.png", CAT), ("Images/b.png", DOG), ("captions.txt", TABLE))
PAIRS = [("a.png", "A cat"), ("a.png", "A pet"), ("b.png", "A dog")]


def opened(path: Path, seed: int = 7) -> IntakeResult:
    return take_in(Collection(), files_at(path), seed=seed)


def tar_of(packed: str, *members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=f"w:{packed}") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def parquet_of(count: int, path: Path) -> Path:
    pictures = [{"path": f"{at}.png", "bytes": png_bytes(at)} for at in range(count)]
    table = {"image": pictures, "text": [f"Picture {at}" for at in range(count)]}
    pq.write_table(pa.table(table), path)
    return path


ARCHIVES = {
    "set.zip": zip_of(*MEMBERS),
    "set.tar": tar_of("", *MEMBERS),
    "set.tar.gz": tar_of("gz", *MEMBERS),
    "set.tgz": tar_of("gz", *MEMBERS),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_on_disk_gives_what_it_gives_as_an_upload(name, tmp_path):
    (tmp_path / name).write_bytes(ARCHIVES[name])
    for path in (tmp_path / name, tmp_path):
        result = opened(path)
        assert named_pairs(result.collection) == PAIRS
        assert result.layouts == ("Flickr8k: 2 pictures, 1 to 2 captions each.",)
        assert result.remarks == ()


def test_a_folder_on_disk_keeps_its_folders_and_follows_links_to_files_alone(tmp_path):
    (tmp_path / "set" / "Images").mkdir(parents=True)
    (tmp_path / "blob").write_bytes(CAT)
    (tmp_path / "set" / "Images" / "a.png").symlink_to(tmp_path / "blob")
    (tmp_path / "set" / "Images" / "b.png").write_bytes(DOG)
    (tmp_path / "set" / "Images" / "again").symlink_to(tmp_path / "set")
    (tmp_path / "set" / ".hidden").mkdir()
    (tmp_path / "set" / ".hidden" / "c.png").write_bytes(png_bytes(9))
    (tmp_path / "set" / "captions.txt").write_bytes(TABLE)
    result = opened(tmp_path / "set")
    assert named_pairs(result.collection) == PAIRS
    assert result.remarks == ()


def test_the_pictures_of_parquet_files_on_disk_are_read_where_they_lie(tmp_path):
    parquet_of(40, tmp_path / "0.parquet")
    parquet_of(3, tmp_path / "1.parquet")
    result = opened(tmp_path)
    assert len(result.collection.pictures) == 40
    assert named_pairs(result.collection)[:40] == [
        (f"{at}.png", f"Picture {at}") for at in range(40)
    ]


def test_more_than_fits_is_sampled_as_an_upload_is(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_ITEMS", 20)
    rows = "".join(f"{at}.png,Picture {at}\n" for at in range(40))
    members = [(f"{at}.png", png_bytes(at)) for at in range(40)]
    path = tmp_path / "set.zip"
    path.write_bytes(zip_of(*members, ("captions.csv", f"file_name,text\n{rows}".encode())))
    results = [opened(path, seed) for seed in (7, 7, 8)]
    names = [[p.name for p in result.collection.pictures] for result in results]
    assert names[0] == names[1] != names[2]
    for result in results:
        assert result.sample is not None
        assert result.sample.of == 40
        assert len(result.collection) == 20
        assert named_pairs(result.collection) == [
            (p.name, f"Picture {p.name[:-4]}") for p in result.collection.pictures
        ]


def test_what_cannot_be_read_in_a_folder_is_named_and_the_rest_comes_in(tmp_path, monkeypatch):
    monkeypatch.setattr(files_on_disk, "most_bytes", lambda _path: 5_000)
    (tmp_path / "a.png").write_bytes(CAT)
    (tmp_path / "large.csv").write_bytes(bytes(5_001))
    (tmp_path / "gone.png").symlink_to(tmp_path / "nowhere")
    (tmp_path / "cut.tar").write_bytes(ARCHIVES["set.tar"][:4000])
    (tmp_path / "words.zip").write_bytes(b"words")
    os.mkfifo(tmp_path / "pipe")
    result = opened(tmp_path)
    assert "a.png" in [p.name for p in result.collection.pictures]
    said = {remark.text for remark in result.remarks if remark.serious}
    for words in (
        *("large.csv is larger than", "gone.png cannot be opened", "pipe cannot be opened"),
        *("cut.tar: it is damaged or cut short", "words.zip is damaged"),
    ):
        assert any(text.startswith(words) for text in said), (words, said)


def test_an_archive_on_disk_may_be_larger_than_an_upload(tmp_path, monkeypatch):
    monkeypatch.setattr("collection.archive.MAX_UPLOAD_BYTES", 100)
    for name in ("set.zip", "set.tar"):
        (tmp_path / name).write_bytes(ARCHIVES[name])
        assert named_pairs(opened(tmp_path / name).collection) == PAIRS


@pytest.mark.parametrize("name", ["nowhere", "nowhere/set.zip", "empty"])
def test_a_path_where_nothing_can_be_read_is_named_in_one_line(name, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CollectionError) as refusal:
        files_at(tmp_path / name)
    assert_plain_line(str(refusal.value), name)


def test_a_folder_of_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files_on_disk, "MAX_FILES_ON_DISK", 3)
    for at in range(4):
        (tmp_path / str(at)).touch()
    with pytest.raises(CollectionError, match="more than 3 files"):
        files_at(tmp_path)


@pytest.mark.parametrize("kind", ["zip", "tar", "folder"])
def test_a_large_collection_takes_a_small_part_of_its_size_in_memory(kind, tmp_path):
    """160 MB of pictures, of which each holds a megabyte that nobody needs."""
    pictures = [
        (f"Images/{at}.jpg", encoded(picture(at), "JPEG") + os.urandom(2**20)) for at in range(160)
    ]
    rows = [f"{at}.jpg,Picture {at}" for at in range(160)]
    members = [*pictures, ("captions.txt", "\n".join(["image,caption", *rows]).encode())]
    path = tmp_path / f"set.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in members:
                archive.writestr(name, data)
    elif kind == "tar":
        path.write_bytes(tar_of("", *members))
    else:
        (path / "Images").mkdir(parents=True)
        for name, data in members:
            (path / name).write_bytes(data)
    size = sum(len(data) for _, data in members)
    process = subprocess.run(
        [sys.executable, "-m", "tests.collection.memory_process", str(path)],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    pairs, grown = map(int, process.stdout.split())
    assert pairs == 160
    assert grown < size / 3


def test_a_file_on_disk_tells_its_first_bytes_and_none_where_it_is_gone(tmp_path):
    (tmp_path / "a").write_bytes(CAT)
    assert FileOnDisk("a", tmp_path / "a").head() == CAT[:4096]
    assert FileOnDisk("b", tmp_path / "b").head() == b""
