import hashlib
import io

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms

from collection.limits import STORED_PIXELS, THUMBNAIL_PIXELS
from collection.picture import ingest_image, ingest_picture
from collection.pixels import upright_rgb
from tests.collection.odd_files import (
    encoded,
    picture,
    png_bytes,
)


def shown(data: bytes) -> Image.Image:
    """The stored JPEG of a picture file, decoded."""
    return Image.open(io.BytesIO(ingest_picture("a.png", data).jpeg))


def assert_close(left: Image.Image, right: Image.Image, tolerance: float) -> None:
    assert left.size == right.size
    difference = np.asarray(left, dtype=float) - np.asarray(right, dtype=float)
    assert np.abs(difference).mean() < tolerance


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF"])
def test_each_accepted_format_shows_the_picture(file_format):
    original = picture()
    assert_close(shown(encoded(original, file_format)), original, tolerance=6)


def test_the_content_counts_and_not_the_extension():
    assert ingest_picture("a.heic", png_bytes()).id == ingest_picture("a.png", png_bytes()).id


def test_the_id_is_the_digest_of_the_kept_pixels_with_width_and_height():
    original = picture()
    digest = hashlib.sha256(b"32x24\n" + original.tobytes()).hexdigest()
    assert ingest_image("a", original).id == digest


def test_the_same_pixels_in_another_file_are_the_same_item():
    original = picture()
    lossless = (encoded(original, "BMP"), encoded(original, "WEBP", lossless=True), png_bytes())
    assert len({ingest_picture("a", data).id for data in lossless}) == 1


def test_other_pixels_are_another_item():
    assert ingest_picture("a", png_bytes(0)).id != ingest_picture("a", png_bytes(1)).id


def test_the_same_bytes_in_another_shape_are_another_item():
    grey = Image.new("RGB", (8, 2), "grey")
    assert ingest_image("a", grey).id != ingest_image("a", grey.transpose(2)).id


def test_place_and_comment_of_the_original_are_not_kept():
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "at home"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    item = ingest_picture("a", encoded(picture(), "JPEG", exif=exif, comment=b"a secret"))
    for stored in (item.jpeg, item.thumbnail):
        assert b"at home" not in stored
        assert b"a secret" not in stored
        assert "exif" not in Image.open(io.BytesIO(stored)).info


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("size", [(20, 10), (2000, 10)])
def test_a_pillow_image_that_is_taken_in_is_not_changed(mode, size):
    image = picture(size=size, mode=mode)
    image.info["comment"] = "mine"
    before = image.tobytes()
    ingest_image("a", image)
    assert (image.tobytes(), image.size, image.mode) == (before, size, mode)
    assert image.info == {"comment": "mine"}


def test_a_large_picture_is_shrunk_to_fit_and_a_small_one_is_left_alone():
    large = ingest_image("a", picture(size=(3000, 1500)))
    assert (large.width, large.height) == (STORED_PIXELS, STORED_PIXELS // 2)
    small = ingest_image("a", picture(size=(30, 15)))
    assert (small.width, small.height) == (30, 15)


@pytest.mark.parametrize("size", [(1023, 500), (1025, 7), (2047, 2047), (2048, 1), (8191, 33)])
def test_a_jpeg_is_never_decoded_smaller_than_what_is_kept(size):
    item = ingest_picture("a.jpg", encoded(picture(size=size), "JPEG"))
    scale = min(1, STORED_PIXELS / max(size))
    assert (item.width, item.height) == tuple(max(1, round(side * scale)) for side in size)


def test_a_jpeg_that_was_decoded_at_reduced_size_looks_as_one_that_was_not():
    data = encoded(picture(size=(4000, 400)), "JPEG", quality=90)
    whole = Image.open(io.BytesIO(data)).convert("RGB")
    assert_close(shown(data), upright_rgb(whole, STORED_PIXELS), tolerance=2)


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (3, 2)])
def test_the_thinnest_picture_has_a_kept_picture_and_a_whole_thumbnail(size):
    item = ingest_image("a", picture(size=size))
    assert Image.open(io.BytesIO(item.jpeg)).size == (item.width, item.height)
    assert max(item.width, item.height) == min(max(size), STORED_PIXELS)
    thumbnail = Image.open(io.BytesIO(item.thumbnail))
    scale = min(1, THUMBNAIL_PIXELS / max(item.width, item.height))
    assert thumbnail.size == tuple(max(1, round(s * scale)) for s in (item.width, item.height))
    assert thumbnail.format == "WEBP"


def test_the_thumbnail_shows_the_whole_picture_from_edge_to_edge():
    image = Image.new("RGB", (480, 160), "red")
    image.paste("blue", (120, 0, 360, 160))
    thumbnail = Image.open(io.BytesIO(ingest_image("a", image).thumbnail)).convert("RGB")
    assert thumbnail.size == (THUMBNAIL_PIXELS, THUMBNAIL_PIXELS // 3)
    left, middle, right = (thumbnail.getpixel((x, 26)) for x in (5, 80, 154))
    assert middle[2] > 200 > 50 > middle[0]
    for edge in (left, right):
        assert edge[0] > 200 > 50 > edge[2]


def test_a_picture_smaller_than_a_thumbnail_is_not_enlarged():
    item = ingest_image("a", picture(size=(30, 15)))
    assert Image.open(io.BytesIO(item.thumbnail)).size == (30, 15)


@pytest.mark.parametrize(
    ("given", "shown_name"),
    [
        ("folder/cat.jpg", "cat.jpg"),
        (r"C:\pictures\cat.jpg", "cat.jpg"),
        ("cat\n\x00\u202e.jpg", "cat.jpg"),
        ("cafe\u0301.jpg", "caf\u00e9.jpg"),
        ("\n", "unnamed file"),
        ("", "unnamed file"),
    ],
)
def test_the_name_is_one_clean_line_without_folders(given, shown_name):
    assert ingest_image(given, picture()).name == shown_name


def test_an_over_long_name_is_shortened_and_keeps_its_beginning_and_end():
    name = ingest_image("a" * 500 + "-7.jpg", picture()).name
    assert len(name) == 120
    assert name.startswith("aaa")
    assert name.endswith("-7.jpg")


def test_a_picture_of_fifty_million_pixels_still_fits():
    item = ingest_picture("a.png", encoded(Image.new("1", (50_000, 1_000)), compress_level=1))
    assert (item.width, item.height) == (STORED_PIXELS, 20)


def jpeg_parts(data: bytes) -> tuple[bytes, bytes]:
    """The start and the JFIF header of a JPEG, and the rest."""
    assert data[2:4] == b"\xff\xe0"
    return data[:20], data[20:]


def with_segment(data: bytes, marker: int, content: bytes) -> bytes:
    """A JPEG with a further segment behind its JFIF header."""
    head, rest = jpeg_parts(data)
    return head + bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2) + content + rest


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"progressive": True},
        {"quality": 100, "subsampling": "4:4:4"},
        {"quality": 30, "optimize": True},
        {"restart_marker_blocks": 1},
        {"dpi": (300, 300)},
    ],
)
@pytest.mark.parametrize("size", [(32, 24), (1, 1), (STORED_PIXELS, 33)])
def test_a_plain_jpeg_is_kept_byte_for_byte(options, size):
    data = encoded(picture(size=size), "JPEG", **options)
    item = ingest_picture("a.jpg", data)
    assert item.jpeg == data
    assert (item.width, item.height) == size


def test_a_kept_jpeg_has_the_id_and_the_thumbnail_of_its_pixels():
    data = encoded(picture(), "JPEG")
    item = ingest_picture("a.jpg", data)
    of_pixels = ingest_image("a.jpg", Image.open(io.BytesIO(data)))
    assert item == of_pixels
    assert item.thumbnail == of_pixels.thumbnail


def test_what_ingest_made_is_kept_when_it_is_brought_again():
    made = ingest_image("a", picture(size=(3000, 1500)))
    again = ingest_picture("a.jpg", made.jpeg)
    assert again.jpeg == made.jpeg


def exif_of(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return exif


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


PLAIN = encoded(picture(), "JPEG")


def behind_the_first_scan(segment: bytes) -> bytes:
    data = encoded(picture(), "JPEG", progressive=True)
    second = data.index(b"\xff\xda", data.index(b"\xff\xda") + 2)
    return data[:second] + segment + data[second:]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(encoded(picture(), "JPEG", exif=exif_of(1)), id="upright EXIF"),
        pytest.param(encoded(picture(), "JPEG", exif=exif_of(6)), id="turned EXIF"),
        pytest.param(encoded(picture(), "JPEG", comment=b"a secret"), id="comment"),
        pytest.param(encoded(picture(), "JPEG", icc_profile=srgb_profile()), id="ICC"),
        pytest.param(with_segment(PLAIN, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), id="XMP"),
        pytest.param(with_segment(PLAIN, 0xE0, b"JFXX\0\x10a preview"), id="preview"),
        pytest.param(with_segment(PLAIN, 0xED, b"Photoshop 3.0\0 a secret"), id="IPTC"),
        pytest.param(with_segment(PLAIN, 0xEE, b"Adobe\0\x64\0\0\0\0\1"), id="Adobe"),
        pytest.param(behind_the_first_scan(b"\xff\xfe\x00\x0aa secret"), id="late comment"),
        pytest.param(jpeg_parts(PLAIN)[0][:2] + jpeg_parts(PLAIN)[1], id="no JFIF header"),
        pytest.param(PLAIN + b"a secret", id="trailing bytes"),
        pytest.param(PLAIN + PLAIN, id="second picture behind it"),
        pytest.param(PLAIN[:-2] + bytes(10_000) + PLAIN[-2:], id="larger than its pixels"),
        pytest.param(encoded(picture(mode="L"), "JPEG"), id="grey"),
        pytest.param(encoded(picture(mode="CMYK"), "JPEG"), id="CMYK"),
        pytest.param(encoded(picture(size=(STORED_PIXELS + 1, 9)), "JPEG"), id="too large"),
    ],
)
def test_any_other_jpeg_is_made_into_a_plain_one(data):
    item = ingest_picture("a.jpg", data)
    assert item.jpeg != data
    assert b"secret" not in item.jpeg
    assert not Image.open(io.BytesIO(item.jpeg)).getexif()
    assert ingest_picture("a.jpg", item.jpeg).jpeg == item.jpeg


def test_what_is_written_to_a_file_in_memory_has_the_same_bytes(monkeypatch):
    image = Image.effect_noise((300, 200), 60).convert("RGB")
    usual = ingest_image("noise", image)
    monkeypatch.delattr("os.memfd_create", raising=False)
    other = ingest_image("noise", image)
    assert (usual.jpeg, usual.thumbnail) == (other.jpeg, other.thumbnail)


def test_without_a_thumbnail_all_else_is_the_same():
    image = Image.effect_noise((300, 200), 60).convert("RGB")
    bare = ingest_image("noise", image, thumbnail=False)
    assert bare.thumbnail == b""
    assert bare == ingest_image("noise", image)
    assert bare.jpeg == ingest_image("noise", image).jpeg
