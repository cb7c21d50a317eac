"""Pictures that every viewer shows although a strict reader refuses them, and broken ones."""

import random
import zlib

import pytest

from collection.errors import CollectionError
from collection.picture import ingest_picture
from tests.collection.odd_files import encoded, picture, png_chunk, raw_png

SIZE = (160, 120)
KINDS = {
    "plain": {},
    "progressive": {"progressive": True},
    "restarts": {"restart_marker_blocks": 4},
    "progressive restarts": {"progressive": True, "restart_marker_rows": 1},
}
JPEGS = {name: encoded(picture(size=SIZE), "JPEG", **options) for name, options in KINDS.items()}
JPEG = JPEGS["plain"]
SCAN = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0"


def film(size: int) -> bytes:
    """Bytes as they stand in a film: among them, every marker of a JPEG, many times over."""
    return b"\0\0\0\x18ftypmp42" + random.Random(1).randbytes(size)


@pytest.mark.parametrize("name", KINDS)
def test_megabytes_behind_the_end_of_a_jpeg_do_not_matter(name):
    behind = film(9_000_000)
    assert behind.count(b"\xff\xda") > 100
    assert ingest_picture("a", JPEGS[name] + behind).id == ingest_picture("a", JPEGS[name]).id


def test_of_a_burst_in_one_file_the_first_picture_counts():
    burst = JPEG + encoded(picture(1), "JPEG") * 300
    assert ingest_picture("a", burst).id == ingest_picture("a", JPEG).id


@pytest.mark.parametrize("hidden", [b"", b"\xff\x01", b"\xff\xd0\xff\xff", b"junk"])
def test_a_jpeg_of_too_many_scans_is_refused_however_they_are_set_apart(hidden):
    bomb = JPEG[:-2] + (hidden + SCAN) * 500 + JPEG[-2:]
    with pytest.raises(CollectionError, match="damaged"):
        ingest_picture("a", bomb + film(100))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("tail", [b"", b"\xff", bytes(3)], ids=["nothing", "half", "zeros"])
def test_a_jpeg_that_lacks_only_its_end_marker_is_the_picture(name, tail):
    whole = JPEGS[name]
    assert ingest_picture("a", whole[:-2] + tail).id == ingest_picture("a", whole).id


@pytest.mark.parametrize("name", KINDS)
def test_a_jpeg_that_lacks_any_of_its_picture_is_refused(name):
    whole = JPEGS[name]
    cuts = [*range(len(whole) // 3, len(whole) - 8, 97), len(whole) - 8]
    scans = [at for at in range(len(whole)) if whole.startswith(b"\xff\xda", at)]
    for cut in [*cuts, *scans]:
        with pytest.raises(CollectionError, match="damaged or cut short"):
            ingest_picture("a", whole[:cut])


def with_chunk(kind: bytes, content: bytes, checksum: int = 0) -> bytes:
    """A PNG with one more chunk, its checksum off by so much."""
    chunk = png_chunk(kind, content)
    wrong = int.from_bytes(chunk[-4:]) ^ checksum
    return raw_png(16, 16, 8, 2, ROWS, chunk[:-4] + wrong.to_bytes(4))


ROWS = b"".join(b"\0" + bytes(range(row, row + 48)) for row in range(16))
PNG = raw_png(16, 16, 8, 2, ROWS)
LONG = b"A photo. " * 250_000


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(with_chunk(b"zTXt", b"a\0\0" + zlib.compress(LONG)), id="packed text"),
        pytest.param(with_chunk(b"iTXt", b"a\0\1\0\0\0" + zlib.compress(LONG)), id="packed iTXt"),
        pytest.param(with_chunk(b"tEXt", b"a\0" + LONG), id="text"),
        pytest.param(with_chunk(b"iCCP", b"a\0\0" + zlib.compress(LONG)), id="profile"),
        pytest.param(with_chunk(b"tEXt", b"a\0shop", checksum=1), id="checksum of a text"),
        pytest.param(with_chunk(b"eXIf", b"MM", checksum=1), id="checksum of EXIF"),
        pytest.param(with_chunk(b"pHYs", bytes(9), checksum=1), id="checksum of the density"),
        pytest.param(with_chunk(b"iCCP", b"a\0\0a", checksum=1), id="checksum of a profile"),
        pytest.param(with_chunk(b"gAMA", b"\0"), id="gamma cut short"),
        pytest.param(PNG[:-12] + png_chunk(b"zTXt", b"a\0\0" + zlib.compress(LONG)), id="behind"),
    ],
)
def test_what_is_wrong_outside_the_pixels_of_a_png_does_not_matter(data):
    assert ingest_picture("a", data).id == ingest_picture("a", PNG).id


def test_a_png_keeps_its_orientation_when_its_texts_are_left_out():
    turned = with_chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0" + bytes(4))
    at = turned.index(b"eXIf") - 4
    too_long = png_chunk(b"zTXt", b"a\0\0" + zlib.compress(LONG))
    mended = ingest_picture("a", turned[:at] + too_long + turned[at:])
    assert mended.id == ingest_picture("a", turned).id != ingest_picture("a", PNG).id


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PNG[:-60], id="cut short"),
        pytest.param(PNG.replace(b"IHDR\0", b"IHDR\1"), id="checksum of the header"),
        pytest.param(with_chunk(b"tRNS", bytes(6), checksum=1), id="checksum of the transparency"),
        pytest.param(raw_png(16, 16, 8, 2, ROWS, png_chunk(b"IDAT", b"x" * 99)), id="bad pixels"),
    ],
)
def test_a_png_whose_pixels_are_damaged_is_refused(data):
    with pytest.raises(CollectionError, match="damaged or cut short"):
        ingest_picture("a", data)


def test_a_png_of_a_million_empty_chunks_is_refused_soon():
    text = with_chunk(b"tEXt", b"a\0b", checksum=1)
    at = text.index(b"IDAT") - 4
    with pytest.raises(CollectionError, match="damaged"):
        ingest_picture("a", text[:at] + png_chunk(b"abCd", b"") * 1_000_000 + text[at:])
