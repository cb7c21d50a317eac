"""Mistakes made on purpose in the gallery are found through each embedded provider."""

import io
import random
from dataclasses import dataclass, replace

import numpy as np
import pytest
from PIL import Image, ImageOps

from collection.caption_swap import swap_captions
from collection.collection import Collection, Pair
from collection.embeddings import Embeddings
from collection.items import PictureItem, text_item
from collection.picture import ingest_image, ingest_picture
from collection.samples import load_sample
from providers.connection import connect
from space.duplicates import DEFAULT_THRESHOLD, above, close_pairs
from space.outliers import outliers
from space.retrieval import true_ranks
from space.swaps import swap_suspects

GALLERY = load_sample("gallery")
PICTURES = {picture.name: picture for picture in GALLERY.pictures}


def opened(name: str) -> Image.Image:
    return Image.open(io.BytesIO(PICTURES[name].jpeg)).convert("RGB")


def cropped(image: Image.Image, left: int, top: int, right: int, bottom: int) -> Image.Image:
    """Cut these percentages off the four sides."""
    width, height = image.size
    box = (left * width, top * height, (100 - right) * width, (100 - bottom) * height)
    return image.crop(tuple(edge // 100 for edge in box))


def recompressed(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=40)
    return file.getvalue()


def views_of_the_cat() -> list[PictureItem]:
    cat = opened("cat.jpg")
    cuts = [(5, 5, 0, 0), (0, 0, 10, 5), (10, 0, 0, 10), (0, 10, 5, 0)]
    crops = [cropped(cat, *cut) for cut in cuts]
    views = [*crops, *(ImageOps.mirror(crop) for crop in crops)]
    return [ingest_image(f"cat {number}", view) for number, view in enumerate(views)]


def copies_of_the_bus() -> list[PictureItem]:
    bus = opened("bus.jpg")
    return [
        ingest_image("mirrored", ImageOps.mirror(bus)),
        ingest_image("cropped", cropped(bus, 5, 5, 5, 5)),
        ingest_picture("recompressed.jpg", recompressed(bus)),
    ]


CATS, BUSES = views_of_the_cat(), copies_of_the_bus()


def under_class_labels() -> Collection:
    """Views of the cat and of the bus, one caption for all pictures of a class."""
    cat, bus = text_item("a cat"), text_item("a bus")
    buses = [PICTURES["bus.jpg"], *BUSES]
    labelled = [(cat, picture) for picture in CATS] + [(bus, picture) for picture in buses]
    pairs = [Pair(label.id, picture.id) for label, picture in labelled]
    return Collection().adding([*CATS, *buses, cat, bus], pairs)


CLASSES = under_class_labels()


@dataclass(frozen=True)
class Seen:
    """The gallery and the added pictures as one provider sees them."""

    found: Embeddings

    def rows(self, items) -> np.ndarray:
        return np.stack(list(self.found.of(item.id for item in items)))

    def suspects(self, collection: Collection):
        texts, pictures = self.rows(collection.texts), self.rows(collection.pictures)
        return swap_suspects(texts, pictures, numbered(collection))

    def well_understood(self) -> Collection:
        """The pairs whose caption finds its own picture first while nothing is swapped.

        A picture that the provider misunderstands from the start, such as the astronaut, cannot
        tell whether its caption is right.
        """
        pairs = [
            pair
            for pair, row in zip(GALLERY.pairs, numbered(GALLERY), strict=True)
            if self.finds_its_picture(row)
        ]
        return replace(GALLERY, pairs=tuple(pairs))

    def finds_its_picture(self, row: np.ndarray) -> bool:
        texts, pictures = self.rows(GALLERY.texts), self.rows(GALLERY.pictures)
        return bool(true_ranks(texts, pictures, row[np.newaxis])[0] == 1)


def numbered(collection: Collection) -> np.ndarray:
    text_row = {text.id: row for row, text in enumerate(collection.texts)}
    picture_row = {picture.id: row for row, picture in enumerate(collection.pictures)}
    return np.asarray(
        [(text_row[text], picture_row[picture]) for text, picture in collection.pairs]
    )


@pytest.fixture(scope="module", params=["local-minilm", "local-static"])
def seen(request) -> Seen:
    return Seen(connect(request.param).embed([*(GALLERY.items | CLASSES.items).values()]))


def test_most_of_the_gallery_is_well_understood(seen):
    assert len(seen.well_understood().pairs) >= 0.75 * len(GALLERY.pairs)


@pytest.mark.parametrize("seed", range(30))
def test_captions_that_changed_places_are_the_top_two_suspects(seen, seed):
    found = swap_captions(seen.well_understood(), random.Random(seed))
    assert found is not None
    first, second = found[1]
    rows = [GALLERY.pairs.index(pair) for pair in (first, second)]
    suspects = seen.suspects(GALLERY.swapping(first, second))
    assert sorted(suspects.pairs[:2]) == sorted(rows)
    assert suspects.partner[:2].tolist() == suspects.pairs[:2].tolist()[::-1]


def test_without_a_swap_no_two_captions_of_the_gallery_seem_to_have_changed_places(seen):
    assert (seen.suspects(GALLERY).partner == -1).all()


@pytest.mark.parametrize("seed", range(10))
def test_under_class_labels_the_pictures_tell_which_two_are_labelled_wrongly(seen, seed):
    found = swap_captions(CLASSES, random.Random(seed))
    assert found is not None
    after, swapped = found
    of_pictures = swap_suspects(
        seen.rows(after.pictures), seen.rows(after.texts), numbered(after)[:, ::-1]
    )
    named = {after.pairs[row].picture_id for row in of_pictures.pairs}
    assert named == {pair.picture_id for pair in swapped}


def test_a_foreign_picture_among_views_of_a_cat_is_the_only_outlier(seen):
    found = outliers(seen.rows([*CATS, PICTURES["rocket.jpg"]]))
    assert found.rows.tolist() == [len(CATS)]


def test_copies_of_a_picture_are_near_duplicates_and_different_pictures_are_not(seen):
    pictures = [*GALLERY.pictures, *BUSES]
    close = above(close_pairs(seen.rows(pictures)), DEFAULT_THRESHOLD)
    copies = {PICTURES["bus.jpg"].id, *(copy.id for copy in BUSES)}
    assert {pictures[row].id for row in close.pairs.ravel()} == copies
    assert len(close.pairs) == 6
