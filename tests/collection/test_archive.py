import random
import stat
import struct
import zipfile

import pytest

from collection.archive import MAX_ENTRIES, Archive
from collection.errors import CollectionError
from collection.file_name import display_name
from collection.limits import MAX_PICTURE_BYTES, MAX_UPLOAD_BYTES
from tests.collection.odd_files import assert_plain_line, png_bytes, zip_of

GOOD = ("good.png", png_bytes())


def entry(name: str, **attributes: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    for key, value in attributes.items():
        setattr(info, key, value)
    return info


def patched(data: bytes, name: str, at: int, value: bytes) -> bytes:
    """The archive with a field of one entry's record in the central directory overwritten."""
    record = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    return data[: record + at] + value + data[record + at + len(value) :]


FLAGS, METHOD, SIZE = 8, 10, 24
"""Where these fields stand in an entry's record of the central directory (APPNOTE 4.3.12)."""


def test_pictures_and_tables_are_found_in_any_folder_in_order():
    archive = Archive(
        "photos.zip",
        zip_of(("b/2.PNG", b"2"), ("metadata.csv", b"t"), ("a/1.jpg", b"1"), ("a/m.jsonl", b"j")),
    )
    assert archive.pictures == ("b/2.PNG", "a/1.jpg")
    assert archive.tables == ("metadata.csv", "a/m.jsonl")
    assert archive.read("b/2.PNG") == b"2"
    assert archive.remarks == ()


def test_what_systems_add_is_skipped_in_silence():
    archive = Archive(
        "photos.zip",
        zip_of(GOOD, ("__MACOSX/._good.png", b"x"), ("a/.DS_Store", b"x"), (".git/a.png", b"x"),
               ("a/Thumbs.db", b"x"), ("a/", b"")),
    )  # fmt: skip
    assert archive.pictures == ("good.png",)
    assert archive.remarks == ()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../up.png", "outside"),
        ("a/../../up.png", "outside"),
        ("/up.png", "outside"),
        ("C:/up.png", "outside"),
        ("c:up.png", "outside"),
        ("..\\up.png", "outside"),
        ("\\\\server\\up.png", "outside"),
        ("up.zip", "archive in the archive"),
        ("up.tar.gz", "archive in the archive"),
    ],
)
def test_a_path_that_plays_tricks_costs_one_plain_line_and_nothing_else(name, says):
    archive = Archive("photos.zip", zip_of(GOOD, (name, png_bytes())))
    assert archive.pictures == ("good.png",)
    (remark,) = archive.remarks
    assert_plain_line(remark.text, "photos.zip")
    assert says in remark.text
    assert "up." in remark.text
    assert remark.serious


def test_backslashes_are_folders_as_some_windows_programs_write_them():
    assert Archive("photos.zip", zip_of(("a\\b\\1.png", b"1"))).read("a/b/1.png") == b"1"


def test_a_path_through_its_own_folder_is_the_plain_path():
    assert Archive("photos.zip", zip_of(("./a//1.png", b"1"))).pictures == ("a/1.png",)


def test_a_link_is_not_followed():
    link = entry("link.png", create_system=3, external_attr=(stat.S_IFLNK | 0o777) << 16)
    archive = Archive("photos.zip", zip_of(GOOD, (link, b"/etc/passwd")))
    assert archive.pictures == ("good.png",)
    (remark,) = archive.remarks
    assert_plain_line(remark.text, "link.png")


def test_a_locked_entry_is_named():
    data = patched(zip_of(GOOD, ("locked.png", b"x")), "locked.png", FLAGS, b"\x01\x00")
    (remark,) = Archive("photos.zip", data).remarks
    assert_plain_line(remark.text, "locked.png")
    assert "password" in remark.text


def test_an_unusual_compression_is_named():
    data = patched(zip_of(GOOD, ("odd.png", b"x")), "odd.png", METHOD, struct.pack("<H", 97))
    (remark,) = Archive("photos.zip", data).remarks
    assert_plain_line(remark.text, "odd.png")


def test_notes_are_named_together_and_are_no_loss():
    data = zip_of(GOOD, ("README.md", b"x"), ("license.txt", b"x"), ("LICENSE", b"x"))
    (remark,) = Archive("photos.zip", data).remarks
    assert_plain_line(remark.text, "README.md, license.txt and LICENSE")
    assert not remark.serious


def test_other_files_are_named_together_as_not_read():
    data = zip_of(GOOD, ("b.py", b"x"), ("c.npy", b"x"), ("d", b"x"), ("e.mp4", b"x"))
    (remark,) = Archive("photos.zip", data).remarks
    assert_plain_line(remark.text, "b.py, c.npy, d and 1 more")
    assert remark.serious


def test_a_picture_without_a_usual_ending_is_known_by_its_bytes():
    archive = Archive("photos.zip", zip_of(("0001", png_bytes()), ("0002.jpe", png_bytes(1))))
    assert archive.pictures == ("0001", "0002.jpe")


def test_texts_are_told_from_tables_for_their_neighbours_tell_what_they_are():
    archive = Archive(
        "photos.zip", zip_of(("a.txt", b"A cat"), ("a.caption", b"x"), ("t.csv", b"x"))
    )
    assert archive.texts == ("a.txt", "a.caption")
    assert archive.tables == ("t.csv",)


def test_pictures_that_cannot_be_read_are_handed_on_so_that_they_are_explained():
    assert Archive("photos.zip", zip_of(("phone.heic", b"x"))).pictures == ("phone.heic",)


def test_two_files_with_one_path_are_not_mixed_up():
    archive = Archive("photos.zip", zip_of(("a.png", b"1"), ("./a.png", b"2")))
    assert archive.read("a.png") == b"1"
    assert_plain_line(archive.remarks[0].text, "a.png")


def test_an_entry_that_states_more_than_a_picture_may_have_is_not_read():
    size = struct.pack("<I", MAX_PICTURE_BYTES + 1)
    archive = Archive("photos.zip", patched(zip_of(GOOD, ("big.png", b"x")), "big.png", SIZE, size))
    assert archive.pictures == ("good.png",)
    assert_plain_line(archive.remarks[0].text, "big.png")


def test_an_entry_that_holds_more_than_it_states_is_read_no_further(monkeypatch):
    data = zip_of(GOOD, ("bomb.png", bytes(50_000_000)))
    archive = Archive("photos.zip", patched(data, "bomb.png", SIZE, struct.pack("<I", 1000)))
    most = []
    read = zipfile.ZipExtFile.read
    monkeypatch.setattr(
        zipfile.ZipExtFile, "read", lambda stream, n=-1: most.append(n) or read(stream, n)
    )
    with pytest.raises(CollectionError) as refusal:
        archive.read("bomb.png")
    assert_plain_line(str(refusal.value), "bomb.png")
    assert most == [1001]
    assert archive.read("good.png") == GOOD[1]


def test_an_entry_that_holds_less_than_it_states_is_damaged():
    data = patched(zip_of(("a.png", b"123")), "a.png", SIZE, struct.pack("<I", 9))
    with pytest.raises(CollectionError) as refusal:
        Archive("photos.zip", data).read("a.png")
    assert_plain_line(str(refusal.value), "a.png")


def test_all_entries_together_may_not_go_beyond_the_limit():
    names = [f"p{number:02}.png" for number in range(MAX_UPLOAD_BYTES // MAX_PICTURE_BYTES + 2)]
    data = zip_of(*((name, b"x") for name in names))
    for name in names:
        data = patched(data, name, SIZE, struct.pack("<I", MAX_PICTURE_BYTES))
    archive = Archive("photos.zip", data)
    assert len(archive.pictures) == MAX_UPLOAD_BYTES // MAX_PICTURE_BYTES
    (remark,) = archive.remarks
    assert_plain_line(remark.text, "p15.png and p16.png")
    assert "300 MB" in remark.text


def test_an_endless_directory_is_refused_before_it_is_read():
    with pytest.raises(CollectionError) as refusal:
        Archive("photos.zip", b"PK\x01\x02" * (MAX_ENTRIES + 1) + zip_of(GOOD))
    assert_plain_line(str(refusal.value), "photos.zip")


def test_an_archive_beyond_the_limit_is_refused():
    with pytest.raises(CollectionError) as refusal:
        Archive("photos.zip", bytes(MAX_UPLOAD_BYTES + 1))
    assert_plain_line(str(refusal.value), "photos.zip")


@pytest.mark.parametrize("written", ["utf-8", "cp437"])
def test_names_without_a_stated_encoding_are_read_as_they_were_written(written):
    name = "café.png"
    data = zip_of(("cafX.png", b"1")).replace(b"cafX.png", b"cafe.png")
    raw = name.encode(written)
    plain = b"x" * len(raw)
    data = zip_of((plain.decode(), b"1")).replace(plain, raw)
    assert Archive("photos.zip", data).pictures == (name,)


def test_an_archive_with_nothing_to_read_says_so():
    for data in (zip_of(), zip_of(("README.md", b"x"))):
        remark = Archive("photos.zip", data).remarks[-1]
        assert_plain_line(remark.text, "photos.zip")
        assert remark.serious


@pytest.mark.parametrize("data", [b"", b"not a ZIP", zip_of(GOOD)[:-30], zip_of(GOOD)[:40]])
def test_what_is_no_whole_zip_is_refused_in_one_plain_line(data):
    with pytest.raises(CollectionError) as refusal:
        Archive("folder/photos.zip", data)
    assert_plain_line(str(refusal.value), "photos.zip")


def test_damaged_archives_give_files_or_plain_lines_and_nothing_else():
    choose = random.Random(3)
    whole = zip_of(GOOD, ("a/other.png", png_bytes(1)), ("metadata.csv", b"file_name,text\n"))
    failures = 0
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(choose.choice([1, 2, 8])):
            data[choose.randrange(len(data))] = choose.randrange(256)
        name = "photos.zip"
        try:
            archive = Archive(name, bytes(data))
            for path in (*archive.pictures, *archive.tables):
                name = display_name(path)
                archive.read(path)
        except CollectionError as error:
            failures += 1
            assert_plain_line(str(error), name)
    assert failures > 0


def test_nothing_is_written_to_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    archive = Archive("photos.zip", zip_of(("a/1.png", png_bytes())))
    archive.read("a/1.png")
    assert list(tmp_path.iterdir()) == []
