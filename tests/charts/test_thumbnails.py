"""Thumbnails in charts: the whole picture, however wide or tall."""

import base64
import io

import pytest
from PIL import Image

from charts.thumbnails import data_uri, data_uris
from collection.items import text_item
from collection.picture import ingest_image


def shown(uri):
    kind, data = uri.split(",")
    assert kind == "data:image/webp;base64"
    return Image.open(io.BytesIO(base64.b64decode(data)))


@pytest.mark.parametrize(
    ("size", "expected"), [((300, 150), (64, 32)), ((150, 300), (32, 64)), ((200, 200), (64, 64))]
)
def test_a_picture_keeps_its_shape_and_its_longest_side_is_what_was_asked_for(size, expected):
    picture = ingest_image("a", Image.new("RGB", size, "red"))
    assert shown(data_uri(picture, 64)).size == expected


def test_a_picture_smaller_than_asked_for_is_not_enlarged():
    assert shown(data_uri(ingest_image("a", Image.new("RGB", (20, 10))), 64)).size == (20, 10)


def test_a_text_has_no_thumbnail():
    assert data_uris([text_item("a cat")]) == [None]
