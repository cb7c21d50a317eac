import numpy as np
import pytest

from space.similarity import TIE
from space.swaps import swap_suspects

AXES = np.eye(6, dtype=np.float32)


def unit(*rows):
    matrix = np.asarray(rows, np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def pairs(*rows):
    return np.asarray(rows, np.int64).reshape(-1, 2)


def test_right_captions_are_no_suspects():
    found = swap_suspects(AXES, AXES, pairs(*((i, i) for i in range(6))))
    assert len(found.pairs) == 0
    assert found.ranked_count == 6


def test_two_captions_that_changed_places_name_each_other():
    known = pairs((0, 0), (1, 4), (2, 2), (3, 3), (4, 1), (5, 5))
    found = swap_suspects(AXES, AXES, known)
    assert found.pairs.tolist() == [1, 4]
    assert found.better.tolist() == [1, 4]
    assert found.partner.tolist() == [4, 1]
    assert found.own_cosine.tolist() == [0.0, 0.0]
    assert found.better_cosine.tolist() == [1.0, 1.0]
    assert found.own_rank.tolist() == [2, 2]


def test_the_margin_counts_standard_deviations_of_all_caption_picture_cosines():
    texts = np.random.default_rng(1).normal(size=(900, 8))
    texts = unit(*texts)
    known = pairs((700, 0), (0, 5))
    found = swap_suspects(texts, texts[:6], known)
    deviation = (texts @ texts[:6].T).astype(np.float64).std()
    expected = (found.better_cosine - found.own_cosine) / deviation
    assert sorted(found.pairs) == [0, 1]
    assert found.margin == pytest.approx(expected, rel=1e-5)


def test_every_picture_of_a_caption_is_its_own_and_the_best_counts():
    pictures = unit([1, 0, 0], [1, 1, 0], [0, 0, 1])
    same_caption = pairs((0, 2), (0, 1), (0, 0))
    caption = unit([1, 0.1, 0])
    assert len(swap_suspects(caption, pictures, same_caption).pairs) == 0
    found = swap_suspects(caption, pictures, same_caption[:2])
    assert found.pairs.tolist() == [1]
    assert found.better.tolist() == [0]
    assert found.own_rank.tolist() == [2]


def test_a_picture_that_fits_just_as_well_raises_no_suspicion():
    twins = np.repeat(AXES[:1], 3, axis=0)
    twins[2, 1] = TIE / 10
    assert len(swap_suspects(unit([1, 1]), twins[:, :2], pairs((0, 0))).pairs) == 0


def test_an_exchange_comes_before_a_caption_with_a_larger_margin_of_its_own():
    pictures = AXES[:4, :4]
    texts = unit([0.6, 1, 0, 0], [1, 0.5, 0, 0], [0, 0, 0.3, 1], [0, 0, 0, 1])
    found = swap_suspects(texts, pictures, pairs(*((i, i) for i in range(4))))
    assert found.pairs.tolist() == [1, 0, 2]
    assert found.partner.tolist() == [0, 1, -1]
    assert found.margin[2] > found.margin[0] > found.margin[1]
    assert found.better.tolist() == [0, 1, 3]


def test_two_nearly_equal_pictures_do_not_come_before_a_clear_mistake():
    pictures = unit([1, 0.01, 0, 0], [1, -0.01, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1])
    texts = unit([1, -0.01, 0, 0], [1, 0.01, 0, 0], [0, 0, 0.1, 1], [0, 0, 0, 1])
    found = swap_suspects(texts, pictures, pairs(*((i, i) for i in range(4))))
    assert found.pairs.tolist() == [2, 0, 1]
    assert found.partner.tolist() == [-1, 1, 0]


def test_partners_are_one_to_one_the_strongest_first():
    pictures = AXES[:2, :2]
    texts = unit([0.5, 1], [0.1, 1], [1, 0.2])
    found = swap_suspects(texts, pictures, pairs((0, 0), (1, 0), (2, 1)))
    partner_of = dict(zip(found.pairs.tolist(), found.partner.tolist(), strict=True))
    assert partner_of == {1: 2, 2: 1, 0: -1}


def test_a_swap_is_found_whichever_blocks_its_captions_are_in():
    vectors = unit(*np.random.default_rng(2).normal(size=(1500, 32)))
    known = pairs(*((i, i) for i in range(1500)))
    known[[3, 1400], 1] = 1400, 3
    found = swap_suspects(vectors, vectors, known)
    assert found.pairs.tolist() == [3, 1400]
    assert found.partner.tolist() == [1400, 3]


def test_captions_without_a_picture_are_never_named():
    found = swap_suspects(AXES, AXES, pairs((2, 3)))
    assert found.pairs.tolist() == [0]
    assert found.better.tolist() == [2]


@pytest.mark.parametrize(
    ("texts", "pictures", "known"),
    [
        (AXES[:0], AXES[:0], pairs()),
        (AXES, AXES[:0], pairs()),
        (AXES, AXES, pairs()),
        (AXES, AXES[:1], pairs((3, 0))),
        (AXES[:1], AXES[:2], pairs((0, 0), (0, 1))),
        (np.repeat(AXES[:1], 3, axis=0), np.repeat(AXES[:1], 3, axis=0), pairs((0, 0), (1, 2))),
    ],
)
def test_where_nothing_else_could_fit_nothing_is_suspect(texts, pictures, known):
    found = swap_suspects(texts, pictures, known)
    assert found.ranked_count == len(pictures)
    for column in (found.pairs, found.better, found.own_rank, found.partner):
        assert column.shape == (0,)
        assert column.dtype == np.int64
    for column in (found.own_cosine, found.better_cosine, found.margin):
        assert column.shape == (0,)
        assert column.dtype == np.float32
