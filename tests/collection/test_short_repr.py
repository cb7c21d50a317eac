"""What a notebook shows of an object is never the object's bytes."""

from datetime import UTC, datetime
from types import MappingProxyType

import numpy as np
import pytest

from collection.collection import Collection
from collection.embeddings import Embeddings, ItemFailure, Role, Setup
from collection.items import Modality, PictureItem, text_item
from collection.modality_vectors import ModalityVectors
from collection.upload import Upload
from providers.inputs import BatchResult, Input
from providers.transport.api import ParsedAnswer
from providers.transport.call_log import Call
from providers.transport.http import Answer
from providers.transport.request import PictureData, Request
from providers.transport.valid_answer import ValidAnswer

BYTES = bytes(range(256)) * 400
SETUP = Setup("nomic", "a-model", 768)
PICTURE = Input("a" * 64, Modality.PICTURE, Role.DOCUMENT, BYTES)
BATCH = (PICTURE,) * 20
ROW = np.linspace(0, 1, 768, dtype=np.float32)
IDS = tuple(f"{n:064}" for n in range(5000))
MANY = np.ones((5000, 768), np.float32)
EMBEDDINGS = Embeddings(
    SETUP,
    IDS,
    MANY,
    MappingProxyType({f"{n}": ItemFailure("why", "what", item_id=str(n)) for n in range(900)}),
)
CAPTIONS = tuple(text_item(f"caption {n}") for n in range(5000))
LARGE = [
    PICTURE,
    PictureItem("a" * 64, "cat.jpg", BYTES, BYTES, 4, 3),
    BatchResult(BATCH, [ROW] * 20),
    PictureData(PICTURE),
    Request("/v1", json={"images": [PictureData(PICTURE)] * 20}, parts=(("x", "y" * 100_000),)),
    Call(1, SETUP, BATCH, "https://example.org", datetime.now(UTC), answer="x" * 6000),
    ValidAnswer([ROW] * 20, {}),
    ParsedAnswer([ROW.tolist()] * 20),
    Answer(200, {"name": "x" * 5000}, BYTES, 0.1, 7),
    EMBEDDINGS,
    Collection().adding(CAPTIONS),
    ModalityVectors(CAPTIONS, EMBEDDINGS, np.arange(5000)),
    Upload("pictures.zip", BYTES),
]


@pytest.mark.parametrize("large", LARGE, ids=lambda large: type(large).__name__)
def test_what_is_large_is_shortened(large):
    shown = repr(large)
    assert shown.startswith(f"{type(large).__name__}(")
    assert len(shown) < 1_500


def test_of_bytes_and_vectors_the_size_is_shown():
    assert "payload=<102,400 bytes>" in repr(PICTURE)
    assert "vectors=<float32 (5000, 768)>" in repr(EMBEDDINGS)


def test_what_is_small_is_shown_whole():
    shown = repr(Input("an id", Modality.TEXT, Role.QUERY, "A cute cat"))
    assert "item_id='an id'" in shown
    assert "payload='A cute cat'" in shown


def test_what_is_not_to_be_shown_is_left_out():
    assert "jpeg" not in repr(PictureItem("an id", "cat.jpg", BYTES, BYTES, 4, 3))
