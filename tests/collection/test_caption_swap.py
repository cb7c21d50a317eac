import random

import pytest

from collection.caption_swap import swap_captions
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
def test_both_swapped_captions_are_wrong_and_the_rest_stays(seed):
    before = paired((0, 0), (1, 0), (2, 1), (2, 2), (3, 3), (4, 4), (4, 0))
    swapped = swap_captions(before, random.Random(seed))
    assert swapped is not None
    after, (first, second) = swapped
    assert {first, second} == set(before.pairs) - set(after.pairs)
    wrong = set(after.pairs) - set(before.pairs)
    assert wrong == {
        Pair(first.text_id, second.picture_id),
        Pair(second.text_id, first.picture_id),
    }
    assert len(after.pairs) == len(before.pairs)


def test_the_same_seed_gives_the_same_swap():
    before = paired(*((n, n) for n in range(30)))
    assert swap_captions(before, random.Random(5)) == swap_captions(before, random.Random(5))


def test_another_seed_gives_another_swap():
    before = paired(*((n, n) for n in range(30)))
    swapped = [swap_captions(before, random.Random(seed)) for seed in range(10)]
    assert len({pairs for _, pairs in filter(None, swapped)}) > 5


def test_the_only_possible_swap_is_found():
    before = paired((0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (3, 1))
    for seed in range(5):
        swapped = swap_captions(before, random.Random(seed))
        assert swapped is not None
        assert {pair.text_id for pair in swapped[1]} == {TEXTS[2].id, TEXTS[3].id}


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
def test_where_no_swap_makes_both_wrong_there_is_none(rows):
    assert swap_captions(paired(*rows), random.Random(0)) is None


@pytest.mark.parametrize(
    "rows",
    [
        [(0, picture) for picture in range(5000)],
        [(text, picture) for text in range(70) for picture in range(70)],
    ],
)
def test_thousands_of_pairs_without_a_swap_come_to_an_end(rows):
    assert swap_captions(paired(*rows), random.Random(0)) is None
