import io
import struct

import pytest
from PIL import ExifTags, Image

from collection import picture_format
from collection.errors import CollectionError
from collection.limits import STORED_PIXELS
from collection.picture import ingest_image, ingest_picture
from collection.picture_format import UNREAD_PICTURE_EXTENSIONS, looks_like_picture
from tests.collection.odd_files import assert_plain_line, encoded, media_file, picture, png_bytes

TIFF = encoded(picture(), "TIFF")


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_adobe_deflate", "packbits"])
@pytest.mark.parametrize("big_tiff", [False, True])
def test_a_tiff_is_the_same_item_as_its_pixels(compression, big_tiff):
    data = encoded(picture(), "TIFF", compression=compression, big_tiff=big_tiff)
    assert ingest_picture("scan.png", data).id == ingest_image("a", picture()).id


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "LAB", "I;16", "F"])
def test_every_mode_of_a_tiff_comes_in(mode):
    item = ingest_picture("a.tif", encoded(Image.new(mode, (60, 40)), "TIFF"))
    assert (item.width, item.height) == (60, 40)


@pytest.mark.parametrize("compression", [None, "tiff_lzw"])
def test_a_turned_tiff_comes_in_upright_once(compression):
    upright = picture(size=(1500, 110))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    stored = upright.transpose(Image.Transpose.ROTATE_90)
    data = encoded(stored, "TIFF", exif=exif, compression=compression)
    assert ingest_picture("a.tif", data).id == ingest_image("a", upright).id


def many_pages(count: int) -> bytes:
    """A TIFF of tiny pages, each with a directory of its own."""
    shorts = [(256, 8), (257, 8), (258, 8), (259, 1), (262, 1), (277, 1), (278, 8), (279, 64)]
    size = 2 + 12 * (len(shorts) + 1) + 4
    pages = []
    for page in range(count):
        tags = [struct.pack("<HHLHH", tag, 3, 1, value, 0) for tag, value in shorts]
        tags.insert(5, struct.pack("<HHLL", 273, 4, 1, 8))
        after = 72 + size * (page + 1) if page + 1 < count else 0
        pages.append(struct.pack("<H", len(tags)) + b"".join(tags) + struct.pack("<L", after))
    return b"II*\0" + struct.pack("<L", 72) + bytes(range(64)) + b"".join(pages)


def test_of_ten_thousand_pages_the_first_counts():
    assert ingest_picture("a.tif", many_pages(10_000)).id == ingest_picture("a", many_pages(1)).id


def tiff_of(*tags: tuple[int, int, int, int]) -> bytes:
    """A TIFF of which nothing is there but these tags: number, type, count, value or place."""
    entries = b"".join(struct.pack("<HHLL", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<LH", 8, len(tags)) + entries + bytes(4 + 2**20)


SHAPE = ((256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (262, 3, 1, 1))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(tiff_of(*((n, 2, 2**20, 8) for n in range(900))), id="the same bytes again"),
        pytest.param(tiff_of(*((n, 3, 1, 8) for n in range(5000))), id="too many tags"),
        pytest.param(tiff_of(*SHAPE, (273, 3, 300_000, 8)), id="too many strips"),
        pytest.param(tiff_of(*SHAPE, (273, 4, 2**31, 8)), id="more than there is"),
        pytest.param(tiff_of((256, 4, 1, 8)), id="no height"),
        pytest.param(tiff_of(), id="no tags"),
        pytest.param(b"II*\0" + b"\xff" * 4, id="no directory"),
        pytest.param(TIFF[:9], id="cut short"),
    ],
)
def test_a_tiff_that_asks_for_too_much_or_lacks_something_is_refused(data):
    with pytest.raises(CollectionError, match="a kind of TIFF that cannot be read"):
        ingest_picture("a.tif", data)


@pytest.mark.parametrize("side", [9_000, 60_000])
def test_a_tiff_of_too_many_pixels_is_refused_before_it_is_unpacked(side):
    bomb = tiff_of((256, 4, 1, side), (257, 4, 1, side), *SHAPE[2:], (273, 4, 1, 8), (279, 4, 1, 9))
    with pytest.raises(CollectionError, match="at most 50 million"):
        ingest_picture("a.tif", bomb)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.dng", TIFF),
        ("photo.CR2", TIFF),
        ("photo.tif", tiff_of((254, 4, 1, 1), *SHAPE)),
        ("photo", tiff_of((50_706, 1, 4, 1), *SHAPE)),
        ("photo.tif", TIFF[:8] + b"CR" + TIFF[10:]),
    ],
)
def test_what_a_camera_saw_is_not_read_as_its_small_preview(name, data):
    with pytest.raises(CollectionError, match="raw picture"):
        ingest_picture(name, data)


@pytest.fixture
def without_heif(monkeypatch):
    monkeypatch.setattr(picture_format, "HEIF_PACKAGES", ("no_such_package",))
    picture_format._heif_plugin.cache_clear()
    yield
    picture_format._heif_plugin.cache_clear()


@pytest.mark.usefixtures("without_heif")
@pytest.mark.parametrize("brands", [(b"heic", b"mif1"), (b"mif1", b"heic")])
@pytest.mark.parametrize("name", ["phone.heic", "phone.jpg"])
def test_where_heic_cannot_be_read_the_refusal_names_what_reads_it(name, brands):
    with pytest.raises(CollectionError, match=r"HEIC.*JPEG or PNG.*pip install pillow-heif") as no:
        ingest_picture(name, media_file(*brands))
    assert_plain_line(str(no.value), name)


def heic(image: Image.Image, **options: object) -> bytes:
    package = pytest.importorskip("pillow_heif")
    buffer = io.BytesIO()
    package.from_pillow(image).save(buffer, quality=95, **options)
    return buffer.getvalue()


def shown(name: str, data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(ingest_picture(name, data).jpeg))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_a_heic_picture_comes_in_where_its_package_is_installed(mode):
    assert shown("IMG_1.HEIC", heic(picture(mode=mode, size=(64, 48)))).size == (64, 48)
    red = shown("IMG_1", heic(Image.new("RGB", (64, 48), "red"))).getpixel((9, 9))
    assert red[0] > 240 > 15 > max(red[1:])


def test_a_turned_heic_comes_in_upright_once():
    image = Image.new("RGB", (64, 32), "red")
    image.paste("blue", (32, 0, 64, 32))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    upright = shown("a.heic", heic(image, exif=exif.tobytes()))
    assert upright.size == (32, 64)
    assert upright.getpixel((16, 5))[0] > 200 > upright.getpixel((16, 60))[0]


def test_a_cut_heic_is_damaged():
    with pytest.raises(CollectionError, match="damaged or cut short"):
        ingest_picture("a.heic", heic(picture(size=(64, 48)))[:-200])


@pytest.mark.parametrize("name", ["new.jxl", "new"])
def test_jpeg_xl_is_refused_with_what_to_do(name):
    with pytest.raises(CollectionError, match=r"JPEG XL.*Convert it to JPEG or PNG"):
        ingest_picture(name, b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(99))


@pytest.mark.parametrize("name", ["0001", "a.jpe", "a.jfif", "a.pjpeg", "a.tiff", "a.exe"])
def test_a_picture_comes_in_whatever_its_ending(name):
    assert ingest_picture(name, png_bytes()).name == name


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF", "TIFF"])
def test_a_picture_is_recognised_by_its_first_bytes(file_format):
    assert looks_like_picture(encoded(picture(), file_format)[:4096])


@pytest.mark.parametrize("file_format", ["JPEG2000", "ICO"])
def test_a_picture_that_is_not_read_here_is_recognised_too(file_format):
    assert looks_like_picture(encoded(picture(), file_format)[:4096])
    assert looks_like_picture(media_file(b"heic", b"mif1"))


@pytest.mark.parametrize(
    "head",
    [
        *(b"", b"MIT License", b"BMW is no bitmap", b"file_name,text\na.jpg,A cat\n", b"\0" * 64),
        *(b"%PDF-1.7", b"PK\3\4", b"<html><body><svg></svg>", media_file(b"isom", b"mp42")),
        *(b"II", b"RIFF\0\0\0\0WAVE", b"\x89PNG", b"GIF", b"{}"),
    ],
)
def test_other_files_are_not_taken_for_pictures(head):
    assert not looks_like_picture(head)


def test_heic_is_looked_for_in_archives_but_not_asked_of_phones():
    assert "heic" in UNREAD_PICTURE_EXTENSIONS
    assert not UNREAD_PICTURE_EXTENSIONS & set(picture_format.PICTURE_EXTENSIONS)


def test_a_large_tiff_is_shrunk_as_other_pictures_are():
    item = ingest_picture("a.tif", encoded(picture(size=(3000, 30)), "TIFF"))
    assert (item.width, item.height) == (STORED_PIXELS, 10)
