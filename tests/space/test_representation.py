import numpy as np
import pytest
from scipy.stats import ortho_group, spearmanr

from space.representation import (
    cka_by_chance,
    compare_spaces,
    disputed,
    knn_by_chance,
    linear_cka,
    mutual_knn,
    neighbour_overlap,
    neighbour_rows,
    rsa,
    usable_k,
)
from space.undefined import Undefined
from tests.space.vectors import unit_rows

MEASURES = (linear_cka, rsa, mutual_knn)


def rotated(x, seed=0):
    return (x @ ortho_group.rvs(x.shape[1], random_state=seed)).astype(np.float32)


def gram_cka(x, y):
    """Linear CKA as defined by HSIC of Gram matrices (Kornblith et al. 2019, equations 1 to 3)."""
    n = len(x)
    h = np.eye(n) - 1 / n
    k, m = (h @ (z.astype(float) @ z.T) @ h for z in (x, y))
    return np.trace(k @ m) / np.sqrt(np.trace(k @ k) * np.trace(m @ m))


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(("n", "d"), [(40, 8), (12, 30), (3, 4)])
def test_a_space_is_fully_like_itself_and_like_its_rotation(measure, n, d):
    x = unit_rows(n, d)
    assert measure(x, x) == pytest.approx(1)
    assert measure(x, rotated(x)) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("measure", MEASURES)
def test_measures_are_symmetric(measure):
    x, y = unit_rows(40, 8, 1), unit_rows(40, 20, 2)
    assert measure(x, y) == pytest.approx(measure(y, x))


def test_cka_is_blind_to_scaling_and_shifting_but_not_to_stretching_a_column():
    x = unit_rows(50, 8)
    assert linear_cka(x, 7.5 * x) == pytest.approx(1)
    assert linear_cka(x, x + 3) == pytest.approx(1)
    stretched = x * np.asarray([5, *[1] * 7], np.float32)
    assert linear_cka(x, stretched) < 0.9


@pytest.mark.parametrize(("n", "d", "e"), [(60, 8, 20), (10, 30, 40), (20, 8, 40)])
def test_cka_of_features_is_that_of_gram_matrices(n, d, e):
    x, y = unit_rows(n, d, 1), unit_rows(n, e, 2)
    assert linear_cka(x, y) == pytest.approx(gram_cka(x, y))


def test_cka_by_chance_is_the_mean_over_shuffled_items():
    x, y = unit_rows(12, 30, 1), unit_rows(12, 40, 2)
    rng = np.random.default_rng(3)
    shuffled = [linear_cka(x, y[rng.permutation(12)]) for _ in range(2000)]
    assert cka_by_chance(x, y) == pytest.approx(np.mean(shuffled), abs=0.002)
    assert cka_by_chance(x, y) > 0.5  # few items, many dimensions


def test_rsa_is_spearman_of_both_similarity_matrices():
    x, y = unit_rows(30, 8, 1), unit_rows(30, 20, 2)
    upper = np.triu_indices(30, k=1)
    expected = spearmanr((x @ x.T)[upper], (y @ y.T)[upper]).statistic
    assert rsa(x, y) == pytest.approx(expected)


def test_rsa_of_more_items_than_it_takes_is_near_that_of_all(monkeypatch):
    x = unit_rows(300, 8)
    y = x + 0.3 * unit_rows(300, 8, 1)
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    whole = rsa(x, y)
    monkeypatch.setattr("space.representation.MOST_FOR_RSA", 100)
    assert rsa(x, y) == pytest.approx(whole, abs=0.05)
    assert rsa(x, y) != whole


def test_a_comparison_holds_the_measures_of_every_two_spaces():
    spaces = [unit_rows(20, 8 + seed, seed) for seed in range(3)]
    found = compare_spaces(spaces)
    for a, one in enumerate(spaces):
        for b, other in enumerate(spaces):
            assert found.cka[a][b] == pytest.approx(linear_cka(one, other), abs=1e-6)
            assert found.cka_chance[a][b] == pytest.approx(cka_by_chance(one, other), abs=1e-6)
            assert found.rsa[a][b] == pytest.approx(rsa(one, other), abs=1e-6)
            assert found.knn[a][b] == mutual_knn(one, other)
    assert found.knn_chance == knn_by_chance(20)
    assert (found.items, found.rsa_items) == (20, 20)


def test_a_comparison_of_one_space_or_of_a_constant_one_has_a_reason_or_a_number():
    same, x = np.repeat(unit_rows(1, 8), 20, axis=0), unit_rows(20, 8, 1)
    found = compare_spaces([same, x])
    assert isinstance(found.cka[0][1], Undefined)
    assert found.cka[1][1] == pytest.approx(1)
    assert compare_spaces([x]).rsa[0][0] == pytest.approx(1)
    assert isinstance(compare_spaces([x[:0]]).knn[0][0], Undefined)


def test_neighbour_overlap_is_the_jaccard_index_of_both_sets():
    x, y = unit_rows(30, 8, 1), unit_rows(30, 8, 2)
    k = usable_k(30)
    assert k == 10
    expected = []
    for row in range(30):
        near = [set(np.argsort(-(z[row] @ z.T))[1 : k + 1]) for z in (x, y)]
        expected.append(len(near[0] & near[1]) / len(near[0] | near[1]))
    assert neighbour_overlap(x, y) == pytest.approx(expected)
    assert mutual_knn(x, y) == pytest.approx(np.mean(expected))


def test_an_item_is_not_its_own_neighbour_also_among_doubles():
    same = np.repeat(unit_rows(1), 6, axis=0)
    assert all(row not in near for row, near in enumerate(neighbour_rows(same)))


def test_neighbours_by_chance_are_those_of_unrelated_spaces():
    found = [mutual_knn(unit_rows(25, 40, a), unit_rows(25, 40, a + 1)) for a in range(0, 200, 2)]
    assert knn_by_chance(25) == pytest.approx(np.mean(found), abs=0.01)


def test_the_most_disputed_item_is_the_one_that_moved():
    x = unit_rows(40, 6)
    y = x.copy()
    y[7] = -x[7]
    found = disputed([neighbour_rows(space) for space in (x, y, x)])
    assert found.rows[0] == 7
    assert (np.diff(found.overlap) >= 0).all()
    assert found.overlap[0] < 0.5 < found.overlap[-1]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_items_leave_it_undefined(n):
    x, y = unit_rows(n, 4, 1), unit_rows(n, 5, 2)
    assert isinstance(rsa(x, y), Undefined)
    assert isinstance(mutual_knn(x, y), Undefined)
    assert isinstance(knn_by_chance(n), Undefined)
    assert isinstance(disputed(compare_spaces([x, y]).neighbours), Undefined)
    assert isinstance(linear_cka(x, y), Undefined) == (n < 2)
    assert isinstance(cka_by_chance(x, y), Undefined) == (n < 2)


def test_constant_vectors_are_like_nothing():
    same, x = np.repeat(unit_rows(1, 8), 20, axis=0), unit_rows(20, 8, 1)
    for measure in (linear_cka, rsa, cka_by_chance):
        assert isinstance(measure(same, x), Undefined)
        assert isinstance(measure(x, same), Undefined)
        assert isinstance(measure(same, same), Undefined)
    assert 0 <= mutual_knn(same, x) <= 1


def test_one_setup_disputes_nothing():
    assert disputed([neighbour_rows(unit_rows(9))]) == Undefined("there is only one Setup")
