import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from collection.colours import srgb_conversion
from collection.limits import STORED_PIXELS
from collection.picture import ingest_image, ingest_picture
from collection.pixels import upright_rgb
from tests.collection.odd_files import encoded, picture, raw_png
from tests.collection.profiles import (
    ADOBE_RGB,
    DISPLAY_P3,
    SRGB,
    cmyk_profile,
    gamma_curve,
    grey_profile,
    icc_chunk,
    rgb_profile,
    srgb_curve,
)

ADOBE = rgb_profile(ADOBE_RGB, gamma_curve(2.19921875))
P3 = rgb_profile(DISPLAY_P3, srgb_curve(1024))


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(ingest_picture("a", data).jpeg))


def adobe_as_srgb(colour: tuple[int, int, int]) -> np.ndarray:
    """By the definitions of both spaces, without a colour engine."""
    light = (np.array(colour) / 255) ** 2.19921875 @ np.array(ADOBE_RGB) @ np.linalg.inv(SRGB)
    light = np.clip(light, 0, 1)
    levels = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(levels * 255)


@pytest.mark.parametrize("colour", [(179, 90, 60), (255, 255, 255), (0, 0, 0), (20, 140, 90)])
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_adobe_rgb_is_shown_in_its_own_colours(file_format, colour):
    options = {"lossless": True} if file_format == "WEBP" else {"quality": 95}
    data = encoded(Image.new("RGB", (16, 16), colour), file_format, icc_profile=ADOBE, **options)
    assert np.abs(np.array(shown(data).getpixel((8, 8))) - adobe_as_srgb(colour)).max() <= 4


def test_the_pixels_of_a_large_picture_are_brought_to_srgb_too():
    image = Image.new("RGB", (2500, 40), (179, 90, 60))
    image.info["icc_profile"] = ADOBE
    pixel = upright_rgb(image, STORED_PIXELS).getpixel((5, 5))
    assert np.abs(np.array(pixel) - adobe_as_srgb((179, 90, 60))).max() <= 2


def test_what_is_transparent_stays_white_and_the_rest_gets_its_colours():
    image = Image.new("RGBA", (20, 10), (179, 90, 60, 255))
    image.paste((179, 90, 60, 0), (0, 0, 10, 10))
    image.info["icc_profile"] = ADOBE
    rgb = upright_rgb(image, STORED_PIXELS)
    assert rgb.getpixel((3, 5)) == (255, 255, 255)
    assert np.abs(np.array(rgb.getpixel((15, 5))) - adobe_as_srgb((179, 90, 60))).max() <= 2


def test_the_inks_of_a_print_are_those_of_its_profile_and_black_is_black():
    cyan = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    plain = shown(encoded(cyan, "JPEG", quality=95)).getpixel((8, 8))
    printed = shown(encoded(cyan, "JPEG", quality=95, icc_profile=cmyk_profile()))
    assert plain[1] > 240
    assert 100 < printed.getpixel((8, 8))[1] < 200
    black = Image.new("CMYK", (16, 16), (0, 0, 0, 255))
    pixel = shown(encoded(black, "JPEG", quality=95, icc_profile=cmyk_profile())).getpixel((8, 8))
    assert max(pixel) < 60


def test_a_grey_picture_with_a_profile_for_grey_is_brought_to_srgb():
    image = Image.new("L", (16, 16), 100)
    dark = shown(encoded(image, "PNG", icc_profile=grey_profile(gamma_curve(1.0))))
    pixel = dark.getpixel((8, 8))
    assert abs(pixel[0] - 168) <= 3  # 100 of 255 is light, not a level: sRGB writes it as 168
    assert max(pixel) - min(pixel) <= 1


SAME_AS_SRGB = {
    "littleCMS": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    "1,024 points": rgb_profile(SRGB, srgb_curve(1024)),
    "26 points": rgb_profile(SRGB, srgb_curve(26)),
    "rounded": rgb_profile(tuple(tuple(round(x, 3) for x in xyz) for xyz in SRGB), srgb_curve(99)),
}
UNUSABLE = {
    "garbage": b"no profile at all",
    "cut short": ADOBE[:200],
    "empty": bytes(200),
    "for CMYK": cmyk_profile(),
    "for grey": grey_profile(gamma_curve(1.0)),
    "a link": ADOBE[:12] + b"link" + ADOBE[16:],
    "Lab": ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
}


@pytest.mark.parametrize("profile", [*SAME_AS_SRGB.values()], ids=SAME_AS_SRGB)
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA"])
def test_a_profile_that_says_srgb_leaves_the_item_as_it_is_without(profile, mode):
    plain = picture(mode=mode)
    with_profile = ingest_picture("a", encoded(plain, "PNG", icc_profile=profile))
    assert with_profile.id == ingest_picture("a", encoded(plain, "PNG")).id


@pytest.mark.parametrize("profile", [*UNUSABLE.values()], ids=UNUSABLE)
def test_a_profile_that_cannot_be_used_leaves_the_item_as_it_is_without(profile):
    with_profile = ingest_picture("a", encoded(picture(), "PNG", icc_profile=profile))
    assert with_profile.id == ingest_image("a", picture()).id


def test_a_profile_left_over_from_before_a_conversion_is_ignored():
    image = picture(mode="CMYK").convert("RGB")
    before = ingest_image("a", image).id
    image.info["icc_profile"] = cmyk_profile()
    assert ingest_image("a", image).id == before


def test_another_profile_gives_another_item():
    plain = encoded(picture(), "PNG")
    ids = {ingest_picture("a", data).id for data in (plain, encoded(picture(), icc_profile=P3))}
    assert len(ids) == 2


def test_a_profile_is_read_once_for_many_pictures():
    images = [picture(seed) for seed in range(2)]
    for image in images:
        image.info["icc_profile"] = bytes(bytearray(P3))
    assert srgb_conversion(images[0]) is srgb_conversion(images[1])
    assert srgb_conversion(images[0]) is not None


def test_a_profile_of_more_than_a_megabyte_is_applied():
    profile = rgb_profile(ADOBE_RGB, gamma_curve(2.19921875)) + bytes(2**20)
    row = b"\0" + bytes((179, 90, 60)) * 16
    data = raw_png(16, 16, 8, 2, row * 16, icc_chunk(profile))
    pixel = np.array(shown(data).getpixel((8, 8)))
    assert np.abs(pixel - adobe_as_srgb((179, 90, 60))).max() <= 3
