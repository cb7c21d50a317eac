"""Random rows in one pass: fair, whole groups, within bounds, and the same for the same seed."""

import random
from collections import Counter

import pytest
from scipy.stats import chisquare

from collection.row_sample import RowSample, RowsTaken

GROUPS, ROWS_EACH, FIT = 40, 5, 10
ROWS = [(group, caption) for caption in range(ROWS_EACH) for group in range(GROUPS)]


def sample_of(rows, most_rows, seed=7, most_bytes=10**9, size=1):
    sample = RowSample(most_rows, most_bytes, seed)
    for row in rows:
        sample.add(sample.rank_of(b"%d" % row[0]), row, size)
    return sample


def groups(sample):
    return {group for group, _ in sample.rows()}


def test_all_rows_are_held_where_they_fit():
    sample = sample_of(ROWS, len(ROWS), most_bytes=len(ROWS))
    assert sorted(sample.rows()) == sorted(ROWS)
    assert sample.row_count == sample.seen == sample.byte_count == len(ROWS)


def test_the_same_seed_gives_the_same_rows_in_whatever_order_they_come():
    one = sample_of(ROWS, FIT * ROWS_EACH)
    mixed = random.Random(1).sample(ROWS, len(ROWS))
    assert sorted(sample_of(mixed, FIT * ROWS_EACH).rows()) == sorted(one.rows())
    assert groups(sample_of(ROWS, FIT * ROWS_EACH, seed=8)) != groups(one)


def test_the_rows_of_a_group_come_whole_or_not_at_all():
    for seed in range(50):
        sample = sample_of(ROWS, FIT * ROWS_EACH + 3, seed)
        assert set(Counter(group for group, _ in sample.rows()).values()) == {ROWS_EACH}
        assert len(groups(sample)) == FIT


def test_every_group_is_about_equally_likely_whether_first_or_last():
    drawn = Counter(
        group for seed in range(400) for group in groups(sample_of(ROWS, FIT * ROWS_EACH, seed))
    )
    assert chisquare([drawn[group] for group in range(GROUPS)]).pvalue > 0.001
    first_ones = [400 if group < FIT else 0 for group in range(GROUPS)]
    assert chisquare(first_ones).pvalue < 0.001


def test_never_more_is_held_than_the_bounds_allow():
    sample = RowSample(1_000, 5_000, 7)
    held = 0
    for at in range(20_000):
        sample.add(sample.rank_of(b"%d" % (at // 3)), at, 100)
        assert sample.row_count <= 1_000
        assert sample.byte_count <= 5_000
        if at % 1_000 == 0:
            held = max(held, len(sample._groups), len(sample._highest_first))
    assert len(sample.rows()) == sample.row_count > 40
    assert held <= 50


def test_what_would_not_fit_even_alone_takes_no_others_with_it_in_the_end():
    sample = RowSample(100, 1_000, 7)
    for at in range(50):
        sample.add(sample.rank_of(b"%d" % at), at, 10)
        sample.add(sample.rank_of(b"large %d" % at), -1, 5_000)
    assert sorted(sample.rows()) == list(range(50))


def test_the_line_names_how_many_of_how_many_and_the_seed():
    line = RowsTaken("a.parquet", 1_200, 8_000, 7).line
    assert line == (
        "a.parquet: larger than an upload may be, so a random 1,200 of 8,000 rows were taken, "
        "all of a picture together, seed 7."
    )


@pytest.mark.parametrize("seed", [0, -1, 10**100])
def test_any_seed_will_do(seed):
    assert len(sample_of(ROWS, FIT * ROWS_EACH, seed).rows()) == FIT * ROWS_EACH
