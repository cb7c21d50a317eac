import gzip
import io
import random
import tarfile

import pytest

from collection import tar_archive as module
from collection.archive import Archive
from collection.errors import CollectionError
from collection.limits import MAX_PICTURE_BYTES
from collection.tar_archive import tar_archive
from tests.collection.odd_files import assert_plain_line, png_bytes, zip_of

GOOD = ("good.png", png_bytes())


def member(name: str, kind: bytes = tarfile.REGTYPE, **attributes: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    for key, value in attributes.items():
        setattr(info, key, value)
    return info


def tar_of(
    *entries: tuple[str | tarfile.TarInfo, bytes], mode: str = "w", form: int = tarfile.PAX_FORMAT
) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=form) as archive:
        for name, data in entries:
            info = name if isinstance(name, tarfile.TarInfo) else member(name)
            info.size = len(data) if info.isreg() else info.size
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def begun_tar(*entries: tuple[str | tarfile.TarInfo, bytes]) -> bytes:
    """A TAR without the blocks of zeros at its end, to which something can be added."""
    size = sum(512 + -(-len(data) // 512) * 512 for _, data in entries)
    return tar_of(*entries, form=tarfile.USTAR_FORMAT)[:size]


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_pictures_and_tables_are_found_in_any_folder_in_order(mode, form):
    files = (("b/2.PNG", b"2" * 700), ("metadata.csv", b"t"), ("a/1.jpg", b"1"), ("a/m.jsonl", b""))
    archive = tar_archive("photos.tar", tar_of(*files, mode=mode, form=form))
    assert archive.name == "photos.tar"
    assert archive.pictures == ("b/2.PNG", "a/1.jpg")
    assert archive.tables == ("metadata.csv", "a/m.jsonl")
    assert {path: archive.read(path) for path, _ in files} == dict(files)
    assert archive.remarks == ()


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("name", [f"{'folder/' * 40}1.png", "Bücher/猫.png", f"{'é' * 90}.png"])
def test_long_and_foreign_paths_come_whole(form, name):
    assert tar_archive("a.tar", tar_of((name, b"1"), GOOD, form=form)).pictures == (name, GOOD[0])


def test_a_tar_and_a_zip_of_the_same_files_give_the_same():
    files = (GOOD, ("notes.md", b"x"), ("a/good.png", b"y"), ("./b.jpg", b"z"), ("x.zip", b"PK"))
    packed, zipped = tar_archive("a", tar_of(*files)), Archive("a", zip_of(*files))
    assert packed.pictures == zipped.pictures
    assert packed.remarks == zipped.remarks


@pytest.mark.parametrize("name", ["../up.png", "a/../../up.png", "/up.png", "C:/up.png"])
def test_a_path_that_leads_outside_is_named_and_not_read(name):
    archive = tar_archive("photos.tar", tar_of(GOOD, (name, png_bytes())))
    assert archive.pictures == ("good.png",)
    (remark,) = archive.remarks
    assert_plain_line(remark.text, "up.png")
    assert "outside" in remark.text


@pytest.mark.parametrize("kind", [tarfile.LNKTYPE, tarfile.SYMTYPE])
def test_a_link_is_named_and_not_followed(kind):
    # It states a size, as some programs write for the file that it leads to, and has no content.
    link = member("link.png", kind, linkname="/etc/passwd", size=5).tobuf()
    archive = tar_archive("photos.tar", link + tar_of(GOOD))
    assert archive.pictures == ("good.png",)
    (remark,) = archive.remarks
    assert_plain_line(remark.text, "link.png")
    assert "link" in remark.text


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_a_device_is_named_and_not_opened(kind):
    device = member("zero.png", kind, devmajor=1, devminor=5)
    archive = tar_archive("photos.tar", tar_of((device, b""), GOOD))
    assert archive.pictures == ("good.png",)
    (remark,) = archive.remarks
    assert_plain_line(remark.text, "zero.png")
    assert "device" in remark.text
    assert remark.serious


def test_folders_are_no_loss():
    folders = [(member("a", tarfile.DIRTYPE), b"")] * 2
    archive = tar_archive("photos.tar", tar_of(*folders, ("a/1.png", b"1")))
    assert archive.pictures == ("a/1.png",)
    assert archive.remarks == ()


def test_of_two_files_with_one_path_the_first_is_read_and_the_other_named():
    archive = tar_archive("photos.tar", tar_of(("a.png", b"1"), ("a.png", b"2")))
    assert archive.read("a.png") == b"1"
    (remark,) = archive.remarks
    assert_plain_line(remark.text, "a.png")


def test_a_file_larger_than_a_picture_may_be_is_named_and_the_next_one_read():
    data = tar_of(("big.png", bytes(MAX_PICTURE_BYTES + 1)), GOOD, mode="w:gz")
    archive = tar_archive("photos.tar.gz", data)
    assert archive.pictures == ("good.png",)
    (remark,) = archive.remarks
    assert_plain_line(remark.text, "big.png")


def test_files_beyond_the_total_are_named(monkeypatch):
    monkeypatch.setattr(module, "MAX_UPLOAD_BYTES", 4_000)
    files = [(f"{number}.png", bytes(1_500)) for number in range(4)]
    archive = tar_archive("photos.tgz", tar_of(*files, mode="w:gz"))
    assert archive.pictures == ("0.png", "1.png")
    (remark,) = archive.remarks
    assert_plain_line(remark.text, "2.png and 3.png")


def test_a_compression_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(module, "_MAX_UNPACKED", 2**20)
    head = begun_tar(GOOD) + member("big.bin", size=10**12).tobuf()
    read = 0

    class Counted(gzip.GzipFile):
        def read(self, size: int | None = -1) -> bytes:
            nonlocal read
            found = super().read(size)
            read += len(found)
            return found

    monkeypatch.setattr(module.gzip, "GzipFile", Counted)
    archive = tar_archive("photos.tgz", gzip.compress(head + bytes(50 * 2**20)))
    assert archive.pictures == ("good.png",)
    assert read <= 2**20
    assert "unpacks to more" in archive.remarks[-1].text


def test_a_tar_that_was_cut_short_gives_what_is_there_and_says_so():
    for data in (
        tar_of(GOOD, ("late.png", bytes(3_000)))[:3_500],
        tar_of(GOOD, ("late.png", random.Random(1).randbytes(9_000)), mode="w:gz")[:4_000],
    ):
        archive = tar_archive("photos.tar", data)
        assert archive.pictures == ("good.png",)
        (remark,) = archive.remarks
        assert_plain_line(remark.text, "photos.tar")
        assert "cut short" in remark.text


def test_a_tar_without_its_end_is_read_whole():
    archive = tar_archive("photos.tar", begun_tar(GOOD))
    assert archive.pictures == ("good.png",)
    assert archive.remarks == ()


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"no archive at all", bytes(100), b"\x1f\x8b", b"\x1f\x8b\x08" + bytes(40)),
        *(gzip.compress(b"only a text", mtime=0), png_bytes(), zip_of(GOOD)),
    ],
)
def test_what_is_no_tar_is_refused_in_one_plain_line(data):
    with pytest.raises(CollectionError) as refusal:
        tar_archive("photos.tar", data)
    assert_plain_line(str(refusal.value), "photos.tar")


def test_an_upload_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_UPLOAD_BYTES", 5_000)
    with pytest.raises(CollectionError, match="larger than"):
        tar_archive("photos.tar", tar_of(GOOD))


def signed(header: bytearray) -> bytes:
    """The header with the checksum that its bytes have."""
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def test_a_negative_size_does_not_lead_back():
    header = bytearray(member("back.png").tobuf())
    header[124:136] = b"\xff" * 11 + b"\x00"
    archive = tar_archive("photos.tar", begun_tar(GOOD) + signed(header) + bytes(2_048))
    assert archive.pictures == ("good.png",)
    assert "damaged" in archive.remarks[-1].text
    with pytest.raises(CollectionError):
        tar_archive("photos.tar", signed(header) + bytes(2_048))


@pytest.mark.parametrize(
    "records",
    [
        *(b"0 path=a.png\n", b"-5 path=a.png\n", b"x path=a.png\n", b"20 size=-1000000000\n"),
        *(b"9" * 500_000, b"17 size=" + b"9" * 5_000 + b"\n", b"999 path=" + b"a" * 5_000),
    ],
)
def test_a_crafted_extended_header_ends_the_reading_at_once(records):
    header = member("pax", tarfile.XHDTYPE, size=len(records)).tobuf()
    data = begun_tar(GOOD) + header + records + bytes(-len(records) % 512) + tar_of(GOOD)
    archive = tar_archive("photos.tar", data)
    assert archive.pictures == ("good.png",)
    assert archive.remarks


def test_a_file_with_holes_is_named_and_the_next_one_read():
    sparse = bytearray(member("holes.png", tarfile.GNUTYPE_SPARSE, size=512).tobuf())
    sparse[482] = 1
    data = signed(sparse) + bytes(512) + b"x" * 512 + tar_of(GOOD)
    archive = tar_archive("photos.tar", data)
    assert archive.pictures == ("good.png",)
    (remark,) = archive.remarks
    assert_plain_line(remark.text, "holes.png")
