import numpy as np
import pytest

from collection.limits import MAX_ITEMS
from collection.random_sample import SAMPLE_SEED, sample_pictures

FLICKR8K = [5] * 8_091


def test_flickr8k_gives_833_pictures_with_all_their_captions():
    chosen = sample_pictures(FLICKR8K, MAX_ITEMS)
    assert len(chosen) == 833
    assert chosen == sorted(set(chosen))
    assert chosen[-1] < len(FLICKR8K)


def test_the_same_seed_gives_the_same_pictures_and_another_seed_others():
    first = sample_pictures(FLICKR8K, MAX_ITEMS)
    assert sample_pictures(FLICKR8K, MAX_ITEMS, SAMPLE_SEED) == first
    others = sample_pictures(FLICKR8K, MAX_ITEMS, SAMPLE_SEED + 1)
    assert len(others) == len(first)
    assert len(set(others) & set(first)) < len(first) / 4


def test_it_is_never_the_first_pictures_or_the_last():
    chosen = sample_pictures(FLICKR8K, MAX_ITEMS)
    assert np.mean(chosen) == pytest.approx(len(FLICKR8K) / 2, rel=0.1)
    assert np.histogram(chosen, bins=8, range=(0, len(FLICKR8K)))[0].min() > 70


def test_a_collection_that_fits_comes_in_whole():
    assert sample_pictures([0, 2, 1], 6) == [0, 1, 2]


def test_no_picture_comes_in_beyond_the_limit():
    captions = np.random.default_rng(0).integers(0, 9, 300)
    for seed in range(20):
        chosen = sample_pictures(captions.tolist(), 200, seed)
        assert 190 <= len(chosen) + captions[chosen].sum() <= 200


def test_a_picture_that_would_not_fit_alone_is_left_out_and_stops_nothing():
    assert sample_pictures([100, 1, 1, 100], 4) == [1, 2]


@pytest.mark.parametrize(("captions", "limit"), [([], 10), ([1, 2], 0), ([1, 2], 1)])
def test_nothing_comes_in_where_nothing_fits(captions, limit):
    assert sample_pictures(captions, limit) == []


def test_every_picture_is_drawn_as_often_as_the_others():
    # 2,000 draws of 10 of 40 pictures: 500 each, with a standard deviation of 19.4.
    counts = np.zeros(40)
    for seed in range(2_000):
        counts[sample_pictures([1] * 40, 20, seed)] += 1
    assert counts.sum() == 20_000
    assert abs(counts - 500).max() < 4 * 19.4


def test_every_pair_of_pictures_is_drawn_together_as_often_as_the_others():
    # 2 of 5 pictures: 10 pairs, 300 times each of 3,000, with a standard deviation of 16.4.
    pairs = [tuple(sample_pictures([1] * 5, 4, seed)) for seed in range(3_000)]
    counts = [pairs.count(pair) for pair in set(pairs)]
    assert len(counts) == 10
    assert max(abs(count - 300) for count in counts) < 4 * 16.4
