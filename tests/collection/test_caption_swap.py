import random

import pytest

from collection.caption_swap import plant_swap
from collection.collection import Collection, Pair
from collection.items import PictureItem, text_item

TEXTS = [text_item(f"caption {n}") for n in range(70)]
PICTURES = [PictureItem(f"id {n}", f"{n}.jpg", b"", b"", 4, 3) for n in range(5000)]


def paired(*rows):
    """A collection with these (text, picture) numbers as pairs."""
    pairs = [Pair(TEXTS[text].id, PICTURES[picture].id) for text, picture in rows]
    texts, pictures = {row[0] for row in rows}, {row[1] for row in rows}
    items = [*(PICTURES[n] for n in sorted(pictures)), *(TEXTS[n] for n in sorted(texts))]
    return Collection().adding(items, pairs)


@pytest.mark.parametrize("seed", range(20))
def test_both_planted_captions_are_wrong_and_the_rest_stays(seed):
    before = paired((0, 0), (1, 0), (2, 1), (2, 2), (3, 3), (4, 4), (4, 0))
    planted = plant_swap(before, random.Random(seed))
    assert planted is not None
    after, (first, second) = planted
    assert {first, second} == set(before.pairs) - set(after.pairs)
    wrong = set(after.pairs) - set(before.pairs)
    assert wrong == {
        Pair(first.text_id, second.picture_id),
        Pair(second.text_id, first.picture_id),
    }
    assert len(after.pairs) == len(before.pairs)


def test_the_same_chance_plants_the_same_swap():
    before = paired(*((n, n) for n in range(30)))
    assert plant_swap(before, random.Random(5)) == plant_swap(before, random.Random(5))


def test_another_chance_plants_another_swap():
    before = paired(*((n, n) for n in range(30)))
    planted = [plant_swap(before, random.Random(seed)) for seed in range(10)]
    assert len({pairs for _, pairs in filter(None, planted)}) > 5


def test_the_only_possible_swap_is_found():
    before = paired((0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (3, 1))
    for seed in range(5):
        planted = plant_swap(before, random.Random(seed))
        assert planted is not None
        assert {pair.text_id for pair in planted[1]} == {TEXTS[2].id, TEXTS[3].id}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(0, 0)],
        [(0, 0), (1, 0)],
        [(0, 0), (0, 1)],
        [(0, 0), (0, 1), (1, 0)],
        [(text, picture) for text in range(3) for picture in range(3)],
    ],
)
def test_where_no_swap_makes_both_wrong_none_is_planted(rows):
    assert plant_swap(paired(*rows), random.Random(0)) is None


@pytest.mark.parametrize(
    "rows",
    [
        [(0, picture) for picture in range(5000)],
        [(text, picture) for text in range(70) for picture in range(70)],
    ],
)
def test_thousands_of_pairs_without_a_swap_come_to_an_end(rows):
    assert plant_swap(paired(*rows), random.Random(0)) is None
