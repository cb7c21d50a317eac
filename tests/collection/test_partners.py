"""Which captions and pictures go along with some items."""

from collection.collection import Collection, Pair
from collection.items import text_item
from collection.partners import left_without_partner, partners_of
from collection.samples import load_sample

FIRST, SECOND, THIRD = load_sample("gallery").pictures[:3]
OWN, SHARED, LONE = map(text_item, ("Only of the first", "Of two", "Of none"))
COLLECTION = Collection().adding(
    [FIRST, SECOND, THIRD, OWN, SHARED, LONE],
    [Pair(OWN.id, FIRST.id), Pair(SHARED.id, FIRST.id), Pair(SHARED.id, SECOND.id)],
)


def test_partners_are_the_captions_of_pictures_and_the_pictures_of_captions():
    assert partners_of(COLLECTION, {FIRST.id}) == {OWN.id, SHARED.id}
    assert partners_of(COLLECTION, {SHARED.id, LONE.id}) == {FIRST.id, SECOND.id}
    assert partners_of(COLLECTION, {FIRST.id, OWN.id}) == {SHARED.id}
    assert partners_of(COLLECTION, {THIRD.id}) == partners_of(COLLECTION, set()) == set()


def test_a_shared_caption_stays_as_long_as_one_of_its_pictures_does():
    assert left_without_partner(COLLECTION, {FIRST.id}) == {OWN.id}
    assert left_without_partner(COLLECTION, {FIRST.id, SECOND.id}) == {OWN.id, SHARED.id}


def test_a_picture_stays_as_long_as_one_of_its_captions_does():
    assert left_without_partner(COLLECTION, {OWN.id}) == set()
    assert left_without_partner(COLLECTION, {SHARED.id}) == {SECOND.id}
