import pytest

from collection.collection import Collection, Pair, Row
from collection.items import PictureItem, text_item


def picture_item(name: str) -> PictureItem:
    return PictureItem(f"id of {name}", name, b"12345", b"678", 4, 3)


CAT, DOG, SEA = (picture_item(name) for name in ("cat.jpg", "dog.jpg", "sea.jpg"))
A_CAT, AN_ANIMAL, A_DOG, ALONE = map(text_item, ("A cat", "An animal", "A dog", "Alone"))
CAT_PAIR, CAT_ANIMAL = Pair(A_CAT.id, CAT.id), Pair(AN_ANIMAL.id, CAT.id)
DOG_PAIR, DOG_ANIMAL = Pair(A_DOG.id, DOG.id), Pair(AN_ANIMAL.id, DOG.id)


@pytest.fixture
def zoo() -> Collection:
    """A cat and a dog that share a caption, a picture without and a caption without."""
    return Collection().adding(
        [CAT, DOG, SEA, A_CAT, AN_ANIMAL, A_DOG, ALONE],
        [CAT_PAIR, CAT_ANIMAL, DOG_PAIR, DOG_ANIMAL],
    )


def test_texts_and_pictures_keep_their_order(zoo):
    assert zoo.pictures == (CAT, DOG, SEA)
    assert zoo.texts == (A_CAT, AN_ANIMAL, A_DOG, ALONE)
    assert len(zoo) == 7
    assert CAT.id in zoo
    assert "nothing" not in zoo


def test_captions_and_pictures_are_found_both_ways(zoo):
    assert zoo.captions_of == {CAT.id: (A_CAT.id, AN_ANIMAL.id), DOG.id: (A_DOG.id, AN_ANIMAL.id)}
    assert zoo.pictures_of[AN_ANIMAL.id] == (CAT.id, DOG.id)


def test_each_caption_of_a_picture_has_a_row_and_what_has_no_partner_has_one_too(zoo):
    assert zoo.rows == (
        Row(A_CAT, CAT),
        Row(AN_ANIMAL, CAT),
        Row(A_DOG, DOG),
        Row(AN_ANIMAL, DOG),
        Row(None, SEA),
        Row(ALONE, None),
    )


def test_picture_bytes_counts_pictures_and_thumbnails(zoo):
    assert zoo.picture_bytes == 3 * 8


def test_text_gives_texts_only(zoo):
    assert zoo.text(A_CAT.id) is A_CAT
    with pytest.raises(KeyError):
        zoo.text(CAT.id)


def test_adding_leaves_the_old_collection_as_it_was(zoo):
    more = zoo.adding([text_item("new")])
    assert len(more) == len(zoo) + 1
    assert text_item("new").id not in zoo


def test_adding_what_is_known_changes_nothing(zoo):
    renamed = PictureItem(CAT.id, "other name.jpg", b"", b"", 4, 3)
    again = zoo.adding([renamed, A_CAT], [CAT_PAIR])
    assert again == zoo
    assert again.pictures[0].name == "cat.jpg"


def test_removing_a_picture_takes_its_pairs_along_and_leaves_its_captions(zoo):
    without = zoo.removing({CAT.id})
    assert CAT not in without.pictures
    assert without.pairs == (DOG_PAIR, DOG_ANIMAL)
    assert Row(A_CAT, None) in without.rows


def test_unpairing_keeps_a_caption_that_another_picture_still_has(zoo):
    without = zoo.unpairing(CAT_ANIMAL)
    assert AN_ANIMAL.id in without
    assert CAT_ANIMAL not in without.pairs


def test_unpairing_drops_a_caption_that_no_picture_has_any_more(zoo):
    assert A_CAT.id not in zoo.unpairing(CAT_PAIR)


def test_unpairing_what_was_never_paired_changes_nothing(zoo):
    assert zoo.unpairing(Pair(ALONE.id, SEA.id)) == zoo


def test_rewording_changes_the_row_in_its_place(zoo):
    new = text_item("A tabby")
    reworded = zoo.rewording(Row(A_CAT, CAT), "A tabby")
    assert reworded.rows == (Row(new, CAT), *zoo.rows[1:])
    assert A_CAT.id not in reworded
    assert reworded.texts[0] == new


def test_rewording_a_shared_caption_leaves_the_other_picture_alone(zoo):
    reworded = zoo.rewording(Row(AN_ANIMAL, CAT), "A pet")
    assert [row.text.text for row in reworded.rows[:4]] == ["A cat", "A pet", "A dog", "An animal"]


def test_rewording_to_a_caption_that_is_there_shares_it(zoo):
    reworded = zoo.rewording(Row(A_CAT, CAT), "A dog")
    assert reworded.pictures_of[A_DOG.id] == (CAT.id, DOG.id)
    assert len(reworded) == len(zoo) - 1


def test_rewording_to_another_caption_of_the_same_picture_merges_the_two_rows(zoo):
    reworded = zoo.rewording(Row(A_CAT, CAT), "An animal")
    assert reworded.captions_of[CAT.id] == (AN_ANIMAL.id,)


def test_rewording_to_the_same_words_changes_nothing(zoo):
    for row in (Row(A_CAT, CAT), Row(AN_ANIMAL, DOG), Row(ALONE, None)):
        assert zoo.rewording(row, f" {row.text.text}  ") == zoo


def test_rewording_to_nothing_removes_the_caption(zoo):
    assert Row(None, CAT) in zoo.unpairing(CAT_ANIMAL).rewording(Row(A_CAT, CAT), " ").rows
    assert ALONE.id not in zoo.rewording(Row(ALONE, None), "")


def test_rewording_gives_a_picture_its_first_caption(zoo):
    assert Row(text_item("Waves"), SEA) in zoo.rewording(Row(None, SEA), "Waves").rows


def test_rewording_a_caption_without_a_picture_keeps_its_place(zoo):
    assert zoo.rewording(Row(ALONE, None), "On its own").rows[-1] == Row(
        text_item("On its own"), None
    )


def test_the_digest_tells_of_items_order_and_pairs_and_not_of_names(zoo):
    renamed = PictureItem(CAT.id, "other name.jpg", b"", b"", 4, 3)
    items = list(zoo.items.values())
    assert Collection().adding([renamed, *items[1:]], zoo.pairs).digest == zoo.digest
    others = (
        Collection().adding(items[::-1], zoo.pairs),
        Collection().adding(items, zoo.pairs[1:]),
        zoo.removing({ALONE.id}),
    )
    assert len({zoo.digest, *(other.digest for other in others)}) == 4


def test_swapping_lets_two_captions_change_places_and_each_pair_stays_in_its_place(zoo):
    swapped = zoo.swapping(CAT_PAIR, DOG_PAIR)
    assert swapped.pairs == (
        Pair(A_DOG.id, CAT.id),
        CAT_ANIMAL,
        Pair(A_CAT.id, DOG.id),
        DOG_ANIMAL,
    )
    assert list(swapped.items.items()) == list(zoo.items.items())
    assert zoo.pairs[0] == CAT_PAIR


def test_swapping_back_gives_the_old_collection(zoo):
    swapped = zoo.swapping(CAT_PAIR, DOG_PAIR)
    assert swapped.swapping(swapped.pairs[0], swapped.pairs[2]) == zoo


def test_swapping_into_a_known_pair_keeps_it_once(zoo):
    swapped = zoo.swapping(CAT_PAIR, DOG_ANIMAL)
    assert swapped.pairs == (CAT_ANIMAL, DOG_PAIR, Pair(A_CAT.id, DOG.id))


def test_swapping_what_shares_its_caption_or_is_the_same_changes_no_pair(zoo):
    assert zoo.swapping(CAT_ANIMAL, DOG_ANIMAL) == zoo
    assert zoo.swapping(CAT_PAIR, CAT_PAIR) == zoo


def test_only_pairs_of_the_collection_can_be_swapped(zoo):
    with pytest.raises(ValueError, match="change places"):
        zoo.swapping(CAT_PAIR, Pair(ALONE.id, SEA.id))
