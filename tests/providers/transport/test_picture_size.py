import io

import pytest
from PIL import Image

from collection.embeddings import Setup
from providers.info import PICTURE_SIDES, PIXELS
from providers.transport.picture_size import as_sent, sent_size, shrunk, side_of
from tests.providers.hosted.asking import picture, text
from tests.providers.transport.fake_api import MODEL


def jpeg(width, height):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "orange").save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def size_of(data):
    with Image.open(io.BytesIO(data)) as opened:
        opened.load()
        assert (opened.format, opened.mode) == ("JPEG", "RGB")
        return opened.size


def test_the_side_is_the_model_s_own_unless_the_setup_says_otherwise():
    assert side_of(MODEL, Setup("letters", "letters", 3)) == 512
    assert side_of(MODEL, Setup("letters", "letters", 3, settings=((PIXELS, 224),))) == 224


@pytest.mark.parametrize("size", [(512, 512), (512, 3), (1, 1), (100, 511)])
def test_a_picture_that_fits_is_sent_byte_for_byte(size):
    data = jpeg(*size)
    assert shrunk(data, 512) is data


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((513, 513), (512, 512)),
        ((1024, 512), (512, 256)),
        ((300, 900), (171, 512)),
        ((4000, 3000), (512, 384)),
        ((20_000, 30), (512, 1)),
    ],
)
def test_a_larger_picture_keeps_its_shape(size, expected):
    assert size_of(shrunk(jpeg(*size), 512)) == expected
    assert sent_size(*size, 512) == expected


@pytest.mark.parametrize("side", PICTURE_SIDES)
def test_the_size_is_foretold_for_every_shape(side):
    for size in ((side, side), (side + 1, side), (640, 480), (333, 1000), (2000, 7)):
        foretold = sent_size(*size, side)
        really = size_of(shrunk(jpeg(*size), side))
        # Pillow may round a half to the other side.
        assert all(abs(a - b) <= 1 for a, b in zip(foretold, really, strict=True)), size
        assert max(foretold) <= side


def test_a_text_is_sent_as_it_is():
    words = text("a cat")
    assert as_sent(words, 10) is words


def test_a_picture_is_sent_under_its_own_id():
    small = as_sent(picture("red", 600), 512)
    assert small.item_id == "picture red 600"
    assert size_of(small.jpeg) == (512, 512)


@pytest.mark.parametrize("damaged", [b"", b"no picture", jpeg(900, 900)[:600]])
def test_a_damaged_picture_is_an_error_that_embedders_know(damaged):
    with pytest.raises((OSError, ValueError, SyntaxError)):
        shrunk(damaged, 512)
