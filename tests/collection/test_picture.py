import hashlib
import io

import numpy as np
import pytest
from PIL import ExifTags, Image

from collection.limits import KEPT_PIXELS, THUMBNAIL_PIXELS
from collection.picture import ingest_image, ingest_picture
from collection.pixels import upright_rgb
from tests.collection.odd_files import (
    encoded,
    picture,
    png_bytes,
)


def shown(data: bytes) -> Image.Image:
    """The kept JPEG of a picture file, decoded."""
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
    for kept in (item.jpeg, item.thumbnail):
        assert b"at home" not in kept
        assert b"a secret" not in kept
        assert "exif" not in Image.open(io.BytesIO(kept)).info


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
    assert (large.width, large.height) == (KEPT_PIXELS, KEPT_PIXELS // 2)
    small = ingest_image("a", picture(size=(30, 15)))
    assert (small.width, small.height) == (30, 15)


@pytest.mark.parametrize("size", [(1023, 500), (1025, 7), (2047, 2047), (2048, 1), (8191, 33)])
def test_a_jpeg_is_never_decoded_smaller_than_what_is_kept(size):
    item = ingest_picture("a.jpg", encoded(picture(size=size), "JPEG"))
    scale = min(1, KEPT_PIXELS / max(size))
    assert (item.width, item.height) == tuple(max(1, round(side * scale)) for side in size)


def test_a_jpeg_that_was_decoded_at_reduced_size_looks_as_one_that_was_not():
    data = encoded(picture(size=(4000, 400)), "JPEG", quality=90)
    whole = Image.open(io.BytesIO(data)).convert("RGB")
    assert_close(shown(data), upright_rgb(whole, KEPT_PIXELS), tolerance=2)


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (3, 2)])
def test_the_thinnest_picture_has_a_kept_picture_and_a_square_thumbnail(size):
    item = ingest_image("a", picture(size=size))
    assert Image.open(io.BytesIO(item.jpeg)).size == (item.width, item.height)
    assert max(item.width, item.height) == min(max(size), KEPT_PIXELS)
    thumbnail = Image.open(io.BytesIO(item.thumbnail))
    assert thumbnail.size == (THUMBNAIL_PIXELS, THUMBNAIL_PIXELS)
    assert thumbnail.format == "WEBP"


def test_the_thumbnail_shows_the_middle():
    image = Image.new("RGB", (300, 100), "red")
    image.paste("blue", (100, 0, 200, 100))
    item = ingest_image("a", image)
    colour = Image.open(io.BytesIO(item.thumbnail)).convert("RGB").getpixel((80, 80))
    assert colour[2] > 200 > 50 > colour[0]


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
    assert (item.width, item.height) == (KEPT_PIXELS, 20)
