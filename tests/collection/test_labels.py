"""Labels: kept with their items, whatever else changes, and made into captions on request."""

import hashlib
import re

import pytest

from collection.collection import Collection, Pair
from collection.errors import CollectionError
from collection.items import PictureItem, text_item
from collection.label_captions import pictures_to_caption, with_label_captions
from tests.collection.taking_in import CAT, DOG, counts, take_in_files


def picture(name: str) -> PictureItem:
    return PictureItem(name, f"{name}.jpg", b"", b"", 1, 1)


A, B, C = map(picture, "abc")
CAT_WORDS = text_item("A cat")
LABELS = {"a": {"label": "cat", "split": "train"}, "b": {"label": "big_cat"}, "c": {"label": "cat"}}
LABELLED = Collection().adding([A, B, C, CAT_WORDS], [Pair(CAT_WORDS.id, "a")], LABELS)


def labels_of(collection: Collection) -> dict[str, dict[str, str]]:
    return {item_id: dict(found) for item_id, found in collection.labels.items()}


def test_labels_stay_when_items_are_added_and_captions_changed():
    row = LABELLED.rows[0]
    for changed in (
        LABELLED.adding([picture("d")]),
        LABELLED.rewording(row, "A pet"),
        LABELLED.unpairing(LABELLED.pairs[0]),
        LABELLED.pairing_in_order(),
    ):
        assert labels_of(changed) == LABELS


def test_a_label_can_be_taken_from_some_items_and_the_others_keep_theirs():
    fewer = LABELLED.without_label({"a", "b"}, "label")
    for item_id, found in LABELS.items():
        gone = {"label"} if item_id in ("a", "b") else set()
        left = {name: value for name, value in found.items() if name not in gone}
        assert labels_of(fewer).get(item_id, {}) == left
    assert labels_of(LABELLED.without_label({"a"}, "nothing")) == LABELS


def test_labels_go_with_their_item():
    assert labels_of(LABELLED.removing({"a"})) == {"b": LABELS["b"], "c": LABELS["c"]}


def test_labels_of_items_that_are_not_there_are_let_go():
    assert labels_of(Collection().adding([A], (), {"a": {"label": "x"}, "z": {"label": "y"}})) == {
        "a": {"label": "x"}
    }


def test_a_further_label_joins_the_known_ones():
    more = LABELLED.adding((), (), {"a": {"shape": "round"}})
    assert labels_of(more)["a"] == {"label": "cat", "split": "train", "shape": "round"}
    assert more.label_names == ("label", "split", "shape")


def test_labels_cannot_be_changed_in_place():
    with pytest.raises(TypeError):
        LABELLED.labels["a"]["label"] = "dog"  # type: ignore[index]


def test_the_digest_tells_labels_apart_and_is_the_old_one_without_any():
    bare = Collection().adding([A, B, C, CAT_WORDS], [Pair(CAT_WORDS.id, "a")])
    assert bare.digest != LABELLED.digest
    ids = "a\nb\nc\n" + CAT_WORDS.id
    pairs = f"{CAT_WORDS.id} a"
    assert bare.digest == hashlib.sha256(f"{ids}\n\n{pairs}".encode()).hexdigest()


def test_only_pictures_with_a_label_and_no_caption_are_captioned_and_share_a_text():
    assert pictures_to_caption(LABELLED) == [B, C]
    captioned = with_label_captions(LABELLED, "a photo of a {}")
    assert [
        (captioned.text(text_id).text, picture_id) for text_id, picture_id in captioned.pairs
    ] == [("A cat", "a"), ("a photo of a big cat", "b"), ("a photo of a cat", "c")]
    assert pictures_to_caption(captioned) == []
    shared = with_label_captions(
        LABELLED.removing({"b"}).adding([picture("d")], (), {"d": {"label": "cat"}}), "{}"
    )
    assert shared.pictures_of[text_item("cat").id] == ("c", "d")


def test_a_template_without_a_place_for_the_label_is_refused():
    with pytest.raises(CollectionError, match=re.escape("no {} for the label")):
        with_label_captions(LABELLED, "a photo")


def test_captions_from_labels_go_no_further_than_a_collection(monkeypatch):
    monkeypatch.setattr("collection.label_captions.MAX_ITEMS", 5)
    with pytest.raises(CollectionError, match="2 captions do not fit"):
        with_label_captions(LABELLED, "{}")


def test_labels_alone_come_in_for_pictures_that_are_here():
    before = take_in_files(("cat.png", CAT), ("dog.png", DOG)).collection
    result = take_in_files(("t.csv", "file_name,label\ncat.png,cat\ndog.png,dog\n"), into=before)
    assert counts(result) == (0, 0, 0)
    assert [found["label"] for found in labels_of(result.collection).values()] == ["cat", "dog"]
    assert result.remarks == ()


def test_the_label_of_a_table_counts_before_that_of_a_folder():
    table = "file_name,text,label\na/1.png,A cat,feline\n"
    files = [("a/1.png", CAT), ("b/2.png", DOG), ("t.csv", table)]
    result = take_in_files(*files)
    assert [found["label"] for found in labels_of(result.collection).values()] == ["feline", "b"]
