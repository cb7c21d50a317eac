import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, silhouette_score

from collection.errors import SharedSpaceError
from space import silhouette
from space.cluster_count import Tried, choose_count, counts_to_try, worth_trying
from space.clustering import METHODS, group
from tests.space.vectors import unit

SIZES = (40, 30, 20, 15, 10, 5)


def random_rows(n, d=8, seed=0):
    return unit(np.random.default_rng(seed).normal(size=(n, d)))


def mixture(sizes=SIZES, d=64, noise=0.7, seed=1):
    """Shuffled rows around random unit centres, and the group each was made for."""
    rng = np.random.default_rng(seed)
    centres = unit(rng.normal(size=(len(sizes), d)))
    truth = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    rows = centres[truth] + noise / np.sqrt(d) * rng.normal(size=(len(truth), d))
    return unit(rows), truth


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("method", METHODS)
def test_planted_groups_are_found(method, seed):
    x, truth = mixture(seed=seed)
    assert adjusted_rand_score(truth, group(x, method).labels) > 0.9


@pytest.mark.parametrize("sizes", [SIZES, (30, 30), (10, 10, 10), (8, 1, 5, 6)])
@pytest.mark.parametrize("method", ["kmeans", "hierarchical"])
def test_the_number_of_planted_groups_is_chosen(method, sizes):
    found = group(mixture(sizes)[0], method)
    assert found.count == len(sizes)
    assert found.parameters["count"] == len(sizes)
    assert max(found.tried, key=found.tried.get) == len(sizes)
    assert found.silhouette == pytest.approx(found.tried[len(sizes)])


@pytest.mark.parametrize("method", METHODS)
def test_groups_are_numbered_from_the_largest(method):
    labels = group(mixture()[0], method).labels
    assert labels.dtype == np.int64
    assert np.bincount(labels[labels >= 0]).tolist() == list(SIZES)


def test_groups_of_one_size_are_numbered_by_their_first_row():
    x, _ = mixture((10, 10, 10))
    labels = group(x, "kmeans", count=3).labels
    assert [np.flatnonzero(labels == g)[0] for g in range(3)] == sorted(
        np.flatnonzero(labels == g)[0] for g in range(3)
    )


@pytest.mark.parametrize("method", METHODS)
def test_the_same_arguments_give_the_same_groups(method):
    x = random_rows(60)
    first, second = group(x, method, seed=7), group(x, method, seed=7)
    np.testing.assert_array_equal(first.labels, second.labels)
    assert first.parameters == second.parameters
    assert first.parameters["seed"] == 7
    assert (first.silhouette, first.tried) == (second.silhouette, second.tried)


@pytest.mark.parametrize("method", ["kmeans", "hierarchical"])
@pytest.mark.parametrize("sample", [50, 2000])
def test_the_parameters_make_the_same_groups_again(method, sample, monkeypatch):
    monkeypatch.setattr(silhouette, "LARGEST_SAMPLE", sample)
    x, _ = mixture(noise=1.5)
    chosen = group(x, method)
    again = group(x, method, count=int(chosen.parameters["count"]))
    np.testing.assert_array_equal(chosen.labels, again.labels)
    assert again.tried == {}


@pytest.mark.parametrize("method", ["kmeans", "hierarchical"])
def test_the_silhouette_is_that_of_scikit_learn(method):
    x = random_rows(50)
    found = group(x, method, count=4)
    assert found.silhouette == pytest.approx(
        silhouette_score(x, found.labels, metric="cosine"), abs=1e-5
    )


def test_the_silhouette_leaves_out_items_in_no_group():
    x, _ = mixture(noise=1.2)
    x = np.concatenate([x, random_rows(30, 64)])
    found = group(x, "hdbscan")
    grouped = found.labels >= 0
    assert 0 < grouped.sum() < len(x)
    expected = silhouette_score(x[grouped], found.labels[grouped], metric="cosine")
    assert found.silhouette == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("method", METHODS)
def test_many_rows_are_measured_on_a_sample(method, monkeypatch):
    monkeypatch.setattr(silhouette, "LARGEST_SAMPLE", 60)
    x, truth = mixture()
    found = group(x, method)
    assert adjusted_rand_score(truth, found.labels) > 0.9
    assert found.parameters["rows of the silhouette"] == 60
    everything = silhouette_score(x, found.labels, metric="cosine")
    assert found.silhouette == pytest.approx(everything, abs=0.05)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [0, 1, 2, 3])
@pytest.mark.parametrize("count", [None, 1, 2, 9])
def test_too_few_items_are_one_group_with_a_sentence(method, n, count):
    found = group(random_rows(n), method, count=count)
    assert found.labels.tolist() == [0] * n
    assert found.count == min(n, 1)
    assert found.note.endswith(".")
    assert found.silhouette is None


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [4, 5, 6, 9, 13])
@pytest.mark.parametrize("count", [None, 1, 2, 5, 30])
def test_small_collections_are_grouped_without_a_warning(method, n, count):
    found = group(random_rows(n, seed=n), method, count=count)
    assert set(found.labels.tolist()) - {-1} == set(range(found.count))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("count", [None, 3])
def test_items_that_are_all_the_same_are_one_group(method, count):
    found = group(np.repeat(random_rows(1), 10, axis=0), method, count=count)
    assert found.labels.tolist() == [0] * 10
    assert found.note == "All items are the same, so all are in one group."
    assert found.silhouette is None


@pytest.mark.parametrize("method", ["kmeans", "hierarchical"])
def test_more_groups_than_different_items_are_cut_to_these(method):
    x = np.tile(random_rows(3), (6, 1))
    found = group(x, method, count=5)
    assert found.note == "Only 3 different items, so 3 groups at the most."
    assert found.labels.tolist() == [0, 1, 2] * 6


@pytest.mark.parametrize("method", ["kmeans", "hierarchical"])
def test_more_groups_than_items_put_each_in_its_own(method):
    found = group(random_rows(5), method, count=9)
    assert found.labels.tolist() == [0, 1, 2, 3, 4]
    assert found.note == "Only 5 items, so 5 groups at the most."
    assert found.silhouette is None


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("copies", [(6, 1), (4, 4), (9, 5, 2)])
def test_repeated_items_stay_together(method, copies):
    which = np.repeat(np.arange(len(copies)), copies)
    labels = group(random_rows(len(copies))[which], method).labels
    for number in range(len(copies)):
        assert len(set(labels[which == number].tolist())) == 1


@pytest.mark.parametrize("method", METHODS)
def test_items_that_differ_by_rounding_are_the_same(method):
    rng = np.random.default_rng(3)
    x = np.round(random_rows(1, 64), 3).repeat(20, axis=0) + 1e-7 * rng.normal(size=(20, 64))
    assert group(x.astype(np.float32), method, count=4).labels.tolist() == [0] * 20


@pytest.mark.parametrize("method", ["kmeans", "hierarchical"])
def test_one_group_can_be_asked_for(method):
    found = group(random_rows(8), method, count=1)
    assert found.labels.tolist() == [0] * 8
    assert found.note == "One group was asked for, so all items are in it."


def test_hdbscan_may_find_no_group():
    found = group(np.eye(12, dtype=np.float32), "hdbscan", smallest=6)
    assert found.labels.tolist() == [-1] * 12
    assert found.count == 0
    assert found.silhouette is None
    assert found.note == "No group stands apart from the rest, so no item is in a group."


@pytest.mark.parametrize("smallest", [0, 1, 2, 7, 12, 500])
def test_hdbscan_keeps_to_the_smallest_group(smallest):
    found = group(mixture((12, 8, 4))[0], "hdbscan", smallest=smallest)
    sizes = np.bincount(found.labels[found.labels >= 0])
    assert (sizes >= min(smallest, 24)).all()


def test_hdbscan_looks_within_a_group_of_nearly_everything():
    loose, _ = mixture((10, 10, 10), noise=2.0, seed=3)
    far = unit(np.random.default_rng(9).normal(size=(1, 64)))
    tight = unit(far + 0.1 * np.random.default_rng(8).normal(size=(4, 64)))
    found = group(np.concatenate([loose, tight]), "hdbscan")
    assert found.parameters["selection"] == "leaf"
    assert found.note.startswith("One group held more than two thirds of the items")
    assert found.count > 2
    assert np.bincount(found.labels[found.labels >= 0]).max() <= 2 / 3 * 34


@pytest.mark.parametrize("method", METHODS)
def test_values_that_are_not_finite_are_refused(method):
    x = random_rows(6)
    x[2, 1] = np.nan
    with pytest.raises(SharedSpaceError, match="not finite"):
        group(x, method)


def test_fewer_than_one_group_is_refused():
    with pytest.raises(SharedSpaceError, match="at least 1"):
        group(random_rows(6), "kmeans", count=0)


@pytest.mark.parametrize(("items", "expected"), [(4, [2, 3]), (8, [2, 3, 4, 5, 6, 7])])
def test_fewer_groups_than_items_are_tried(items, expected):
    assert list(counts_to_try(items)) == expected


@pytest.mark.parametrize("method", METHODS)
def test_more_than_twelve_planted_groups_are_found(method):
    x, truth = mixture((5,) * 20)
    assert adjusted_rand_score(truth, group(x, method).labels) > 0.9


@pytest.mark.parametrize(("items", "most"), [(20, 12), (57, 19), (5000, 30)])
def test_more_than_twelve_groups_are_tried_only_of_three_items_and_up_to_thirty(items, most):
    assert counts_to_try(items)[-1] == most


def test_beyond_twelve_it_is_tried_on_only_while_the_silhouette_rises():
    assert worth_trying(13, tried(k11=0.1, k12=0.2))
    assert not worth_trying(13, tried(k9=0.2, k10=0.19, k11=0.19, k12=0.19))


def tried(**silhouettes):
    return {int(k[1:]): Tried(value, 0.4) for k, value in silhouettes.items()}


def test_the_highest_silhouette_is_chosen():
    assert choose_count(tried(k2=0.3, k3=0.6, k4=0.5), 100) == (3, "")


def test_near_ties_go_to_fewer_groups():
    assert choose_count(tried(k2=0.3, k3=0.597, k4=0.6), 100) == (3, "")


def test_weak_structure_is_not_split_into_very_small_groups():
    count, note = choose_count(tried(k2=0.1, k3=0.2, k9=0.4), 16)
    assert count == 3
    assert note.startswith("9 groups have a higher silhouette, but they would be very small")


def test_clear_structure_may_be_split_into_very_small_groups():
    assert choose_count(tried(k2=0.1, k3=0.2, k9=0.8), 16) == (9, "")


@pytest.mark.parametrize(("high", "expected"), [(0.24, 3), (0.26, 2)])
def test_all_the_rest_is_no_group_without_substantial_structure(high, expected):
    count, note = choose_count({2: Tried(high, 0.8), 3: Tried(0.15, 0.5)}, 100)
    assert count == expected
    assert ("two thirds" in note) == (expected == 3)


def test_many_groups_need_substantial_structure():
    count, note = choose_count(tried(k12=0.1, k20=0.24), 5000)
    assert count == 12
    assert note.startswith("20 groups have a higher silhouette, but they would be many")
    assert choose_count(tried(k12=0.1, k20=0.3, k21=0.2), 5000) == (20, "")


def test_a_silhouette_that_may_go_on_rising_is_said_to_have_no_end():
    assert choose_count(tried(k11=0.7, k12=0.8), 30) == (12, "More than 12 groups were not tried.")
    assert choose_count(tried(k11=0.7, k12=0.8), 13) == (12, "")


def test_where_no_number_is_useful_the_highest_silhouette_is_chosen():
    assert choose_count({2: Tried(0.1, 0.9), 3: Tried(0.2, 0.8)}, 100) == (3, "")
