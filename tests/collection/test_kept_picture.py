"""A picture that was kept before comes back without being decoded, and never under another's id."""

import io

import pytest
from PIL import Image

from collection import kept_picture as module
from collection.errors import CollectionError
from collection.kept_picture import kept_or_error, kept_picture
from collection.picture import ingest_picture
from collection.samples import load_sample

CAT, DOG = load_sample("gallery").pictures[:2]


def webp(size, **options):
    file = io.BytesIO()
    Image.new("RGB", size).save(file, "WEBP", **options)
    return file.getvalue()


def test_a_kept_picture_is_the_same_but_for_its_id():
    now = kept_picture(CAT.name, CAT.jpeg, CAT.thumbnail)
    assert (now.jpeg, now.thumbnail, now.name) == (CAT.jpeg, CAT.thumbnail, CAT.name)
    assert (now.width, now.height) == (CAT.width, CAT.height)
    assert now.id == kept_picture("another name", CAT.jpeg, CAT.thumbnail).id != CAT.id


def test_its_id_tells_apart_every_byte_of_it_and_of_its_thumbnail():
    ids = {
        kept_picture("a", jpeg, small).id
        for jpeg in (CAT.jpeg, DOG.jpeg)
        for small in (CAT.thumbnail, DOG.thumbnail)
    }
    assert len(ids) == 4


def test_it_is_not_decoded(monkeypatch):
    monkeypatch.setattr(module, "ingest_picture", None)
    kept_picture(CAT.name, CAT.jpeg, CAT.thumbnail)


@pytest.mark.parametrize(
    "thumbnail",
    [b"", b"no picture", webp((161, 20)), webp((9, 9), save_all=True, append_images=[
        Image.new("RGB", (9, 9), "red")]), CAT.jpeg, b"x" * 300_000],
    ids=["none", "no picture", "too wide", "animated", "another format", "too many bytes"],
)  # fmt: skip
def test_a_thumbnail_that_is_none_is_made_anew(thumbnail):
    now = kept_picture(CAT.name, CAT.jpeg, thumbnail)
    assert now == ingest_picture(CAT.name, CAT.jpeg)
    assert now.thumbnail == ingest_picture(CAT.name, CAT.jpeg).thumbnail


def test_what_no_ingest_has_left_goes_through_the_ingest():
    file = io.BytesIO()
    Image.new("RGB", (2000, 10), "red").save(file, "PNG")
    assert kept_picture("wide.png", file.getvalue(), CAT.thumbnail).width == 1024


def test_what_is_no_picture_is_an_error_that_names_it():
    with pytest.raises(CollectionError, match=r"bad\.jpg"):
        kept_picture("bad.jpg", b"<svg>", CAT.thumbnail)
    assert "bad.jpg" in str(kept_or_error("bad.jpg", b"<svg>", CAT.thumbnail))
