"""What is said before pictures are sent to a model that may refuse them."""

import pytest
from PIL import Image

from collection.collection import Collection
from collection.picture import ingest_image
from providers.registry import PROVIDERS
from ui.run.picture_warnings import picture_warnings

VOYAGE = PROVIDERS["voyage"].info
OLDER = VOYAGE.setup("voyage-multimodal-3")


def pictures(*sizes):
    items = [ingest_image(f"{w}x{h}.png", Image.new("RGB", (w, h))) for w, h in sizes]
    return Collection().adding(items)


def warnings_of(collection, *setups):
    return picture_warnings(collection, setups, lambda setup: setup.model)


def test_an_icon_and_a_receipt_are_named_with_their_size_as_sent():
    sizes = {"icon": (8, 8), "receipt": (40, 3000), "photo": (640, 480)}
    items = [ingest_image(name, Image.new("RGB", size)) for name, size in sizes.items()]
    (line,) = warnings_of(Collection().adding(items), OLDER)
    assert line == (
        r"**voyage\-multimodal\-3**: 2 pictures have fewer than 50,000 pixels as sent, which the "
        "provider may refuse: icon (8 × 8), receipt (7 × 512)."
    )


@pytest.mark.parametrize(("size", "small"), [((250, 200), False), ((250, 199), True)])
def test_the_limit_itself_is_large_enough(size, small):
    assert bool(warnings_of(pictures(size), OLDER)) is small


def test_a_picture_that_is_sent_larger_is_not_named():
    narrow = pictures((1024, 90))
    assert warnings_of(narrow, OLDER)
    larger = VOYAGE.setup("voyage-multimodal-3", picture_side=1024)
    assert warnings_of(narrow, larger) == []


def test_many_are_counted_and_a_few_named():
    (line,) = warnings_of(pictures(*((8, 8 + n) for n in range(6))), OLDER)
    assert "6 pictures have" in line
    assert line.endswith("and 2 more.")


def test_of_models_without_a_documented_limit_nothing_is_said():
    every = [PROVIDERS[name].info.setup() for name in PROVIDERS]
    assert warnings_of(pictures((8, 8), (40, 3000)), *every) == []


def test_a_limit_names_its_source():
    limits = [m.least_picture for p in PROVIDERS.values() for m in p.info.models]
    sources = [limit.source for limit in limits if limit is not None]
    assert sources
    assert all(source.startswith("https://") for source in sources)
