import random
import zlib

import pytest
from PIL import ExifTags, Image, ImageFile

from collection.errors import CollectionError
from collection.limits import MAX_PICTURE_BYTES
from collection.picture import ingest_picture
from tests.collection.odd_files import (
    assert_plain_line,
    encoded,
    gif_of_frame,
    gif_without_frames,
    media_file,
    picture,
    png_bytes,
    png_chunk,
    raw_png,
)
from tests.collection.profiles import ADOBE_RGB, cmyk_profile, gamma_curve, icc_chunk, rgb_profile

JPEG = encoded(picture(size=(64, 48)), "JPEG")


BAD = {
    "empty.jpg": b"",
    "words.jpg": b"these are only words, called a picture",
    "bmw.bmp": b"BMW is not a bitmap, whatever its first two letters are",
    "page.jpg": b"\n<!DOCTYPE html><html><body>Not found</body></html>",
    "cut.jpg": JPEG[: len(JPEG) // 2],
    "head.jpg": JPEG[:20],
    "cut.png": png_bytes()[:60],
    "uncoloured.png": raw_png(8, 8, 8, 3, bytes(9 * 8)),
    "cut.gif": encoded(picture(), "GIF")[:-40],
    "cut.webp": encoded(picture(), "WEBP")[:-20],
    "cut.bmp": encoded(picture(), "BMP")[:-40],
    "cut.avif": encoded(picture(), "AVIF")[:-20],
    "still.gif": gif_without_frames(),
    "heavy.png": png_bytes() + bytes(MAX_PICTURE_BYTES),
    "bomb.png": raw_png(60_000, 60_000, 8, 2, bytes(50)),
    "wide.png": raw_png(10_000, 9_500, 8, 2, bytes(50)),
    "just-over.png": raw_png(50_001, 1_000, 8, 2, bytes(50)),
    "bomb.gif": gif_of_frame((60_000, 60_000)),
    "wide.gif": gif_of_frame((7_500, 7_500)),
    "scans.jpg": JPEG[:-2] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" * 500 + JPEG[-2:],
    "unknown.heif": b"something else",
    "drawing.svg": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "drawing.png": b"<!-- made by hand --><svg></svg>",
    "packed.svgz": b"\x1f\x8b\x08\0",
    "paper.pdf": b"%PDF-1.7\n",
    "paper.jpg": b"%PDF-1.7\n",
    "cut.tif": encoded(picture(), "TIFF")[:-40],
    "photo.nef": encoded(picture(), "TIFF"),
    "icon.ico": encoded(picture(), "ICO"),
    "old.jp2": encoded(picture(), "JPEG2000"),
    "layers.psd": b"8BPS\0\1",
    "table.xlsx": b"PK\x03\x04",
    "letter.docx": b"PK\x03\x04",
    "packed.bin": b"PK\x03\x04",
    "more.rar": b"Rar!\x1a\x07",
    "film.mp4": media_file(b"isom", b"mp42"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_come_in_is_refused_in_one_plain_line(name):
    with pytest.raises(CollectionError) as refusal:
        ingest_picture(f"folder/{name}", BAD[name])
    assert_plain_line(str(refusal.value), name)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("letter.docx", "a document"),
        ("packed.bin", "an archive"),
        ("empty.jpg", "is empty"),
        ("words.jpg", "not a picture"),
        ("bmw.bmp", "not a picture"),
        ("page.jpg", "web page"),
        ("cut.jpg", "damaged or cut short"),
        ("heavy.png", "20 MB"),
        ("bomb.png", "60000 by 60000 pixels"),
        ("just-over.png", "at most 50 million"),
        ("bomb.gif", "at most 50 million"),
        ("wide.gif", "at most 50 million"),
        ("unknown.heif", "HEIC"),
        ("drawing.svg", "SVG"),
        ("drawing.png", "SVG"),
        ("packed.svgz", "archive"),
        ("paper.jpg", "PDF"),
        ("cut.tif", "TIFF"),
        ("photo.nef", "raw picture"),
        ("film.mp4", "video"),
    ],
)
def test_a_refusal_says_what_is_wrong(name, says):
    with pytest.raises(CollectionError, match=says):
        ingest_picture(name, BAD[name])


def test_taking_in_leaves_the_settings_of_pillow_alone():
    def settings() -> tuple[object, object]:
        return Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES

    before = settings()
    for name, data in (*BAD.items(), ("a.png", png_bytes())):
        try:
            ingest_picture(name, data)
        except CollectionError:
            continue
    assert settings() == before


def damaged_copies(data: bytes, count: int) -> list[bytes]:
    """Copies with some bytes changed, mostly near the beginning, and some of them cut short."""
    choose = random.Random(7)
    copies = []
    for _ in range(count):
        copy = bytearray(data)
        reach = len(copy) if choose.random() < 0.5 else min(len(copy), 200)
        for _ in range(choose.choice([1, 1, 2, 4, 16])):
            copy[choose.randrange(reach)] = choose.choice([0, 128, 255, choose.randrange(256)])
        if choose.random() < 0.3:
            del copy[choose.randrange(len(copy)) :]
        copies.append(bytes(copy))
    return copies


def seeds() -> dict[str, bytes]:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    image = picture(size=(24, 16))
    frames = [picture(seed, size=(24, 16)) for seed in range(1, 3)]
    moving = {"save_all": True, "append_images": frames}
    return {
        "a.jpg": encoded(image, "JPEG", exif=exif),
        "progressive.jpg": encoded(image, "JPEG", progressive=True),
        "cmyk.jpg": encoded(image.convert("CMYK"), "JPEG"),
        "a.png": encoded(image, "PNG", exif=exif),
        "palette.png": encoded(image.quantize(8), "PNG", transparency=bytes(range(8))),
        "moving.png": encoded(image, "PNG", **moving),
        "moving.gif": encoded(image, "GIF", **moving),
        "moving.webp": encoded(image, "WEBP", exif=exif, **moving),
        "a.webp": encoded(image.convert("RGBA"), "WEBP", lossless=True),
        "a.bmp": encoded(image, "BMP"),
        "palette.bmp": encoded(image.quantize(8), "BMP"),
        "a.avif": encoded(image, "AVIF", exif=exif, speed=10),
        "plain.tif": encoded(image, "TIFF", exif=exif),
        "packed.tif": encoded(image, "TIFF", compression="tiff_lzw"),
        "pages.tif": encoded(image, "TIFF", **moving),
        "colours.jpg": encoded(image, "JPEG", icc_profile=rgb_profile(ADOBE_RGB, gamma_curve(2.2))),
        "print.tif": encoded(image.convert("CMYK"), "TIFF", icc_profile=cmyk_profile()),
        "no-end.jpg": encoded(image, "JPEG", progressive=True)[:-2],
        "texts.png": raw_png(
            *(24, 16, 8, 2, bytes(73 * 16)),
            png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(2**21))),
            icc_chunk(rgb_profile(ADOBE_RGB, gamma_curve(2.2))),
        ),
    }


# A damaged picture may well make Pillow warn; what it may not do is raise anything else.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL", "ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", seeds())
def test_damaged_bytes_give_a_picture_or_a_plain_line_and_nothing_else(name):
    refused = 0
    for data in damaged_copies(seeds()[name], 60):
        try:
            item = ingest_picture(name, data)
        except CollectionError as error:
            refused += 1
            assert_plain_line(str(error), name)
        else:
            assert min(item.width, item.height) >= 1
    assert refused > 0


@pytest.mark.parametrize("name", seeds())
def test_where_warnings_are_errors_a_damaged_picture_is_still_a_plain_line(name):
    for data in damaged_copies(seeds()[name], 40):
        try:
            ingest_picture(name, data)
        except CollectionError as error:
            assert_plain_line(str(error), name)
