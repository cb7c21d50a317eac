"""The items of one kind with their vectors."""

import numpy as np

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import Modality, PictureItem, text_item
from collection.modality_vectors import vectors_of

CAT, DOG = text_item("a cat"), text_item("a dog")
PHOTO = PictureItem("photo", "photo.jpg", b"", b"", 4, 3)
COLLECTION = Collection().adding([CAT, PHOTO, DOG])


def embeddings_of(*items):
    """Vectors in the order of these items: the first is (1, 0, 0), the second (0, 1, 0) …"""
    vectors = np.eye(3, dtype=np.float32)[: len(items)]
    return Embeddings(Setup("made-up", "model", 3), tuple(item.id for item in items), vectors)


def test_items_stand_in_the_order_of_the_collection_each_with_its_own_vector():
    found = vectors_of(COLLECTION, embeddings_of(DOG, PHOTO, CAT), Modality.TEXT)
    assert found.items == (CAT, DOG)
    assert found.vectors.tolist() == [[0, 0, 1], [1, 0, 0]]


def test_both_kinds_can_be_asked_for_at_once():
    found = vectors_of(COLLECTION, embeddings_of(DOG, PHOTO, CAT), *Modality)
    assert found.items == (CAT, PHOTO, DOG)


def test_an_item_without_a_vector_is_left_out():
    assert vectors_of(COLLECTION, embeddings_of(CAT), Modality.TEXT).items == (CAT,)


def test_where_no_item_has_a_vector_there_are_no_rows_of_the_same_width():
    found = vectors_of(COLLECTION, embeddings_of(CAT, DOG), Modality.PICTURE)
    assert found.items == ()
    assert found.vectors.shape == (0, 3)


def test_the_digest_tells_other_items_and_other_vectors_apart():
    embeddings = embeddings_of(DOG, PHOTO, CAT)
    texts = vectors_of(COLLECTION, embeddings, Modality.TEXT)
    again = vectors_of(COLLECTION, embeddings_of(DOG, PHOTO, CAT), Modality.TEXT)
    assert texts.digest == again.digest
    others = (
        vectors_of(COLLECTION, embeddings, Modality.PICTURE),
        vectors_of(COLLECTION, embeddings, *Modality),
        vectors_of(COLLECTION, embeddings_of(CAT, PHOTO, DOG), Modality.TEXT),
    )
    assert len({texts.digest, *(other.digest for other in others)}) == 4
