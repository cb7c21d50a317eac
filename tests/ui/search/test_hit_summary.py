"""What is said about the scores of a query."""

import re

import numpy as np
import pytest

from collection.items import Modality
from space.hit_significance import ScoreDistribution, score_distribution
from ui.search.hit_summary import hit_summary


def said(scores):
    words = hit_summary(score_distribution(np.asarray(scores, np.float32)), Modality.PICTURE)
    return re.sub("<[^>]*>", "", words)


USUAL = [0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09]


@pytest.mark.parametrize(("hits", "words"), [(1, "1 picture stands out"), (2, "2 pictures stand")])
def test_what_stands_out_is_told_with_the_best_the_usual_and_the_limit(hits, words):
    found = said([*USUAL, *[0.9] * hits])
    assert found.startswith(words)
    assert re.search(r"the best cosine is 0\.90, where 0\.0\d is usual\. From 0\.\d\d on", found)


def test_what_misses_the_limit_is_told_how_much_it_would_take():
    assert re.search(
        r"^No picture stands out: .* is 0\.09, .*; it would take 0\.\d\d\.$", said(USUAL)
    )


def test_a_near_miss_is_not_told_in_decimals_that_mean_nothing():
    found = ScoreDistribution(26, 0.05, 0.06, 0.2810, 0.2813, 0)
    assert hit_summary(found, Modality.TEXT).endswith("usual; just below what it would take.")
