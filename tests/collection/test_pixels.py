import io
import struct

import numpy as np
import pytest
from PIL import ExifTags, Image

from collection.limits import STORED_PIXELS
from collection.picture import ingest_image, ingest_picture
from collection.pixels import upright_rgb
from tests.collection.odd_files import (
    encoded,
    picture,
    png_chunk,
    raw_png,
)

WHITE = (255, 255, 255)


def shown(data: bytes) -> Image.Image:
    """The stored JPEG of a picture file, decoded."""
    return Image.open(io.BytesIO(ingest_picture("a.png", data).jpeg))


def assert_close(left: Image.Image, right: Image.Image, tolerance: float) -> None:
    assert left.size == right.size
    difference = np.asarray(left, dtype=float) - np.asarray(right, dtype=float)
    assert np.abs(difference).mean() < tolerance


TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("file_format", ["PNG", "WEBP"])
@pytest.mark.parametrize("orientation", TURNED)
def test_a_turned_picture_comes_in_upright_and_is_the_same_item(orientation, file_format):
    upright = picture(size=(1500, 110))
    how = TURNED[orientation]
    stored = upright if how is None else upright.transpose(how)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    options = {"lossless": True, "method": 0} if file_format == "WEBP" else {"compress_level": 1}
    data = encoded(stored, file_format, exif=exif, **options)
    assert ingest_picture("a", data).id == ingest_image("a", upright).id


@pytest.mark.parametrize("orientation", TURNED)
def test_a_turned_jpeg_comes_in_upright(orientation):
    upright = picture(size=(64, 40))
    how = TURNED[orientation]
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    stored = upright if how is None else upright.transpose(how)
    assert_close(shown(encoded(stored, "JPEG", exif=exif, quality=95)), upright, tolerance=4)


def test_an_orientation_that_does_not_exist_leaves_the_picture_as_it_is():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 99
    assert ingest_picture("a", encoded(picture(), exif=exif)).id == ingest_image("a", picture()).id


def test_exif_that_is_garbage_does_not_cost_the_picture():
    data = encoded(picture(), "PNG", exif=b"Exif\0\0garbage")
    assert ingest_picture("a", data).id == ingest_image("a", picture()).id


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG"])
def test_the_first_frame_of_an_animation_counts(file_format):
    first, *others = (Image.new("RGB", (20, 20), colour) for colour in ("red", "lime", "blue"))
    options = {"lossless": True} if file_format == "WEBP" else {}
    data = encoded(first, file_format, save_all=True, append_images=others, **options)
    assert ingest_picture("a", data).id == ingest_image("a", first).id


def half_clear(mode: str) -> Image.Image:
    """Black on the left; on the right black, too, but fully transparent."""
    image = Image.new(mode, (20, 10))
    opaque = (0, 255) if mode == "LA" else (0, 0, 0, 255)
    image.paste(opaque, (0, 0, 10, 10))
    return image


def palette_png() -> bytes:
    image = Image.new("P", (20, 10), 1)
    image.putpalette([0, 0, 0, 0, 0, 0])
    image.paste(0, (0, 0, 10, 10))
    return encoded(image, "PNG", transparency=bytes([255, 0]))


def rgb_png_with_a_clear_colour() -> bytes:
    image = Image.new("RGB", (20, 10), (0, 0, 1))
    image.paste("black", (0, 0, 10, 10))
    return encoded(image, "PNG", transparency=(0, 0, 1))


def grey_png_with_a_clear_level() -> bytes:
    image = Image.new("L", (20, 10), 1)
    image.paste(0, (0, 0, 10, 10))
    return encoded(image, "PNG", transparency=1)


def clear_gif() -> bytes:
    image = Image.new("P", (20, 10), 1)
    image.putpalette([0, 0, 0, 9, 9, 9])
    image.paste(0, (0, 0, 10, 10))
    return encoded(image, "GIF", transparency=1)


def deep_png_with_a_clear_colour(bits_of_colour: tuple[int, ...]) -> bytes:
    colours = {1: 0, 3: 2}[len(bits_of_colour)]
    dark, clear = (0,) * len(bits_of_colour), bits_of_colour
    row = b"\0" + b"".join(
        struct.pack(f">{len(clear)}H", *(dark if column < 10 else clear)) for column in range(20)
    )
    clear_chunk = png_chunk(b"tRNS", struct.pack(f">{len(clear)}H", *clear))
    return raw_png(20, 10, 16, colours, row * 10, clear_chunk)


@pytest.mark.parametrize(
    "data",
    [
        encoded(half_clear("RGBA")),
        encoded(half_clear("LA")),
        encoded(half_clear("RGBA"), "WEBP", lossless=True),
        encoded(half_clear("RGBA"), "AVIF", quality=100),
        palette_png(),
        rgb_png_with_a_clear_colour(),
        grey_png_with_a_clear_level(),
        clear_gif(),
        deep_png_with_a_clear_colour((40_000,)),
        deep_png_with_a_clear_colour((65_535, 0, 0)),
    ],
    ids=["RGBA", "LA", "WebP", "AVIF", "palette", "RGB", "grey", "GIF", "grey 16", "RGB 16"],
)
def test_what_is_transparent_becomes_white_and_what_is_not_stays(data):
    item = shown(data)
    assert max(item.getpixel((3, 5))) < 12
    assert min(item.getpixel((16, 5))) > 243


def test_half_transparent_black_becomes_grey():
    grey = shown(encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 128)))).getpixel((4, 4))
    assert all(abs(level - 127) < 3 for level in grey)


def test_shrinking_lets_no_hidden_colour_bleed_over_a_transparent_edge():
    image = Image.new("RGBA", (2048, 64), (255, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 1023, 64))
    rgb = np.asarray(upright_rgb(image, STORED_PIXELS)).astype(int)
    assert np.abs(rgb[..., 0] - rgb[..., 1]).max() <= 1


def test_an_inverted_cmyk_jpeg_keeps_its_colours():
    red = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    colour = shown(encoded(red, "JPEG", quality=95)).getpixel((8, 8))
    assert colour[0] > 240
    assert max(colour[1:]) < 15


def test_sixteen_bit_grey_is_scaled_and_not_clipped_to_white():
    levels = np.arange(77, 65_536, 256, dtype=np.uint16).reshape(1, 256).repeat(32, axis=0)
    pixels = np.asarray(upright_rgb(Image.fromarray(levels), STORED_PIXELS))
    assert (pixels[0, :, 0] == np.arange(256)).all()
    assert_close(shown(encoded(Image.fromarray(levels))), Image.fromarray(pixels), tolerance=3)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0, 128, 255]], dtype=np.int32), [0, 128, 255]),
        (np.array([[0, 32_768, 65_535]], dtype=np.int32), [0, 128, 255]),
        (np.array([[-100, 0, 100]], dtype=np.int32), [0, 128, 255]),
        (np.array([[0, 500_000, 1_000_000]], dtype=np.int32), [0, 128, 255]),
        (np.array([[0.0, 0.5, 1.0]], dtype=np.float32), [0, 128, 255]),
        (np.array([[0.0, 128.0, 255.0]], dtype=np.float32), [0, 128, 255]),
        (np.array([[0.0, np.nan, 1.0]], dtype=np.float32), [0, 0, 255]),
        (np.array([[-5.0, -5.0, -5.0]], dtype=np.float32), [0, 0, 0]),
    ],
)
def test_wide_values_are_scaled_to_what_the_eye_expects(values, expected):
    pixels = np.asarray(upright_rgb(Image.fromarray(values), STORED_PIXELS))
    assert pixels[0, :, 0].tolist() == expected


@pytest.mark.parametrize(
    "mode",
    [
        "1",
        "L",
        "P",
        "LA",
        "PA",
        "La",
        "RGB",
        "RGBA",
        "RGBX",
        "RGBa",
        "CMYK",
        "YCbCr",
        "LAB",
        "HSV",
        "I",
        "I;16",
        "I;16B",
        "F",
    ],
)
def test_every_pillow_mode_comes_in(mode):
    item = ingest_image("a", Image.new(mode, (6, 4)))
    assert Image.open(io.BytesIO(item.jpeg)).mode == "RGB"


def test_black_and_white_stay_black_and_white():
    image = Image.new("1", (16, 16), 1)
    image.paste(0, (0, 0, 8, 16))
    pixels = shown(encoded(image))
    assert pixels.getpixel((2, 8)) == (0, 0, 0)
    assert pixels.getpixel((13, 8)) == WHITE


def bmp_without_alpha(colours: Image.Image) -> bytes:
    """A BMP with 32 bits a pixel and a header that says alpha, which was never written."""
    width, height = colours.size
    rows = colours.transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGBA")
    rows.putalpha(0)
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    header = struct.pack("<IiiHHIIiiII", 124, width, height, 1, 32, 3, 0, 0, 0, 0, 0) + masks
    header = header.ljust(124, b"\0")
    return b"BM" + struct.pack("<IHHI", 0, 0, 0, 138) + header + rows.tobytes("raw", "BGRA")


@pytest.mark.parametrize(
    "colours", [picture(), Image.new("RGB", (16, 8), (200, 90, 30)), picture(size=(2000, 9))]
)
def test_a_picture_that_is_transparent_everywhere_is_shown_without_it_and_says_so(colours):
    item = ingest_picture("folder/old.bmp", bmp_without_alpha(colours))
    assert item.id == ingest_image("a", colours).id
    assert "shown without its transparency" in item.remark


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_colours_beneath_full_transparency_are_shown_in_every_mode(mode):
    image = picture(mode=mode)
    image.putalpha(0)
    assert ingest_image("a", image).id == ingest_image("a", picture(mode=mode[:-1])).id


@pytest.mark.parametrize("colour", ["black", "white", "red"])
def test_an_empty_picture_of_one_colour_stays_white(colour):
    image = Image.new("RGBA", (9, 9), colour)
    image.putalpha(0)
    item = ingest_picture("a.png", encoded(image))
    assert item.id == ingest_image("a", Image.new("RGB", (9, 9), "white")).id
    assert item.remark == ""


def test_a_picture_that_shows_one_pixel_keeps_its_transparency_and_there_is_no_remark():
    image = picture(mode="RGBA")
    image.putalpha(0)
    image.putpixel((3, 3), (0, 0, 0, 255))
    item = ingest_picture("a.png", encoded(image))
    assert item.remark == ""
    assert shown(encoded(image)).getpixel((20, 20)) == WHITE
