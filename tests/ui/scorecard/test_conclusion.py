import numpy as np
import pytest

from space.best_setup import Outcome, best_setup
from space.scorecard import Direction
from space.undefined import Undefined
from ui.scorecard.conclusion import conclusion, worth_it


def best(rates, groups=100, seed=0):
    hits = np.random.default_rng(seed).random((len(rates), groups)) < np.asarray(rates)[:, None]
    return best_setup(hits / groups, groups)


def said(found, names, direction=Direction.BOTH):
    return conclusion(found, names, direction).replace("**", "")


def test_a_clear_winner_is_named_with_both_scores_and_p():
    words = said(best([0.9, 0.5]), ["Jina", "Nomic"], Direction.CAPTIONS)
    assert words.startswith(
        "Jina finds more right pictures than Nomic on these 100 pairs (recall@1"
    )
    assert " against 0." in words
    assert "p < 0.001" in words


@pytest.mark.parametrize(
    ("direction", "found"),
    [(Direction.BOTH, "right answers"), (Direction.PICTURES, "right captions")],
)
def test_what_is_found_depends_on_the_direction(direction, found):
    assert f"more {found} than" in said(best([0.9, 0.5]), ["A", "B"], direction)


def test_many_others_are_counted_not_listed():
    words = said(best([0.2, 0.3, 0.95, 0.4]), list("ABCD"))
    assert words.startswith("C finds more right answers than the 3 others")
    assert "at most" in words


def test_those_it_cannot_be_told_from_are_named():
    found = best([0.86, 0.4, 0.9])
    assert found.outcome is Outcome.PARTLY
    words = said(found, list("ABC"))
    assert words.startswith("C finds more right answers than B")
    assert "from A it cannot be told apart; about" in words


def test_too_few_pairs_say_how_many_are_needed_to_two_digits():
    found = best([0.5, 0.7], groups=20, seed=1)
    words = said(found, ["A", "B"])
    assert words.startswith("These 20 pairs are too few to tell A and B apart")
    number = int(words.split("about ")[1].split()[0].replace(",", ""))
    assert found.pairs_needed <= number <= 1.1 * found.pairs_needed + 1


def test_three_that_cannot_be_told_apart_are_counted():
    found = best([0.5, 0.6, 0.7], groups=20, seed=1)
    assert "tell the three Setups apart" in said(found, list("ABC"))


def test_setups_that_do_the_same_are_said_to():
    same = np.full((2, 10), 0.05)
    assert said(best_setup(same, 10), ["A", "B"]) == (
        "A and B find as many right answers on these 10 pairs (0.50)."
    )


def test_one_setup_is_told_to_bring_another():
    assert "Choose a second Setup" in said(best([0.5]), ["A"])


def test_without_a_pair_it_says_why_nothing_is_measured():
    words = conclusion(Undefined("no pair is known"), ["A"], Direction.BOTH)
    assert words == "Nothing can be measured, because no pair is known."


def test_a_name_shows_as_it_is():
    assert "![x](http://y)" not in conclusion(
        best([0.9, 0.5]), ["![x](http://y)", "B"], Direction.BOTH
    )


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        ([0.3, 0.4, 0.9], "Combining is worth it here (recall@1 0."),
        ([0.3, 0.9, 0.4], "Combining is not worth it here (recall@1 0."),
        ([0.5, 0.5, 0.5], "Combining: no difference that these pairs could show (recall@1 0."),
    ],
)
def test_combining_is_worth_it_where_it_beats_the_best_alone(rates, words):
    found = worth_it(best(rates), ["Jina", "Nomic"])
    assert found.startswith(words)
    assert ", the best alone, p " in found


def test_without_pairs_combining_is_not_measured():
    assert "no pair is known" in worth_it(Undefined("no pair is known"), ["A", "B"])
