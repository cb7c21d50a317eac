import io

import numpy as np
import pytest
from PIL import Image

from providers.local.picture_tensor import border_colour, picture_tensor

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def level(value):
    """An 8-bit value as the model sees it."""
    return (value - 127) / 128


def colours(*channels):
    return pytest.approx([level(value) for value in channels])


def saved(image, **options):
    buffer = io.BytesIO()
    image.save(buffer, "PNG", **options)
    return Image.open(io.BytesIO(buffer.getvalue()))


def test_the_tensor_is_contiguous_float32_channels_first():
    tensor = picture_tensor(Image.new("RGB", (50, 30), RED))
    assert (tensor.shape, tensor.dtype) == ((3, 224, 224), np.float32)
    assert tensor.flags.c_contiguous


def test_values_are_less_127_by_128():
    tensor = picture_tensor(Image.new("RGB", (8, 8), (0, 127, 255)))
    assert tensor[:, 100, 100].tolist() == [-127 / 128, 0.0, 1.0]


def test_what_is_transparent_is_white_whatever_lies_beneath():
    tensor = picture_tensor(Image.new("RGBA", (20, 20), (*RED, 0)))
    assert np.all(tensor == level(255))


def test_what_is_half_transparent_is_mixed_with_white():
    tensor = picture_tensor(Image.new("RGBA", (20, 20), (0, 0, 0, 128)))
    assert tensor[:, 50, 50] == colours(127, 127, 127)


def test_a_transparent_palette_colour_is_white():
    image = Image.new("P", (20, 20), 1)
    image.putpalette([*BLUE, *RED])
    tensor = picture_tensor(saved(image, transparency=1))
    assert np.all(tensor == level(255))


def test_a_palette_gives_its_colours():
    image = Image.new("P", (20, 20), 1)
    image.putpalette([*BLUE, *GREEN])
    assert picture_tensor(saved(image))[:, 9, 9] == colours(*GREEN)


def test_a_16_bit_picture_keeps_its_greys():
    image = saved(Image.fromarray(np.full((10, 10), 0x8000, dtype=np.uint16)))
    assert image.mode.startswith("I;16")
    assert picture_tensor(image)[:, 9, 9] == colours(128, 128, 128)


@pytest.mark.parametrize(("mode", "fill"), [("L", 200), ("LA", (200, 255)), ("1", 1)])
def test_a_grey_picture_has_three_equal_channels(mode, fill):
    tensor = picture_tensor(Image.new(mode, (10, 10), fill))
    assert np.array_equal(tensor[0], tensor[1])
    assert np.array_equal(tensor[0], tensor[2])
    assert tensor[0, 9, 9] == level(255 if mode == "1" else 200)


def test_exif_orientation_turns_the_picture_upright():
    upright = Image.new("RGB", (40, 20), BLUE)
    upright.paste(RED, (0, 0, 10, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it rotated by 90 degrees clockwise
    lying = saved(upright.transpose(Image.Transpose.ROTATE_90), exif=exif)
    assert np.array_equal(picture_tensor(lying), picture_tensor(upright))


@pytest.mark.parametrize(("size", "edge"), [((100, 50), "top"), ((50, 100), "left")])
def test_a_picture_is_padded_to_a_square_with_its_border_colour(size, edge):
    image = Image.new("RGB", size, GREEN)
    image.paste(RED, (10, 10, size[0] - 10, size[1] - 10))
    tensor = picture_tensor(image)
    outermost = tensor[:, :50, :] if edge == "top" else tensor[:, :, :50]
    assert np.all(outermost == np.array([level(v) for v in GREEN], np.float32)[:, None, None])
    assert tensor[:, 112, 112] == colours(*RED)


def test_nothing_is_cropped_from_a_long_picture():
    image = Image.new("RGB", (300, 100), WHITE)
    image.paste(RED, (0, 0, 30, 100))
    tensor = picture_tensor(image)
    assert tensor[:, 112, 3] == colours(*RED)


def test_the_border_colour_is_a_median_so_a_corner_does_not_change_it():
    rgb = np.full((20, 20, 3), 10, dtype=np.uint8)
    rgb[:8, :8] = 250
    rgb[5:15, 9:15] = 99
    assert border_colour(rgb) == (10, 10, 10)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (2000, 3)])
def test_the_smallest_and_the_longest_pictures_fit(size):
    tensor = picture_tensor(Image.new("RGB", size, BLUE))
    assert tensor.shape == (3, 224, 224)
    assert tensor[:, 112, 112] == colours(*BLUE)


def test_the_given_picture_is_left_as_it_was():
    image = Image.new("RGB", (2000, 500), RED)
    picture_tensor(image)
    assert image.size == (2000, 500)
