import numpy as np
import pytest

from collection.embeddings import Embeddings, ItemFailure, Setup, stacked

SETUP = Setup("p", "m", 2)


def embeddings(*ids, setup=SETUP, failed=()):
    angles = np.arange(len(ids), dtype=np.float32)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    failures = {i: ItemFailure("It failed.", item_id=i) for i in failed}
    return Embeddings(setup, ids, vectors, failures=failures)


def test_ids_vectors_and_dimension_must_fit():
    with pytest.raises(ValueError, match="do not fit"):
        Embeddings(SETUP, ("a",), np.zeros((2, 2), np.float32))
    with pytest.raises(ValueError, match="do not fit"):
        Embeddings(SETUP, ("a",), np.zeros((1, 3), np.float32))


def test_vectors_cannot_be_changed_and_the_caller_s_array_stays_writable():
    mine = np.ones((1, 2), np.float32)
    found = Embeddings(SETUP, ("a",), mine)
    with pytest.raises(ValueError, match="read-only"):
        found.vectors[0, 0] = 5
    mine[0, 0] = 5


def test_rows_are_found_by_item_in_any_order():
    found = embeddings("a", "b", "c")
    assert np.array_equal(found.of(["c", "a"]), found.vectors[[2, 0]])
    with pytest.raises(KeyError):
        found.of(["nobody"])


def test_restricting_keeps_the_given_order_and_only_these_items():
    found = embeddings("a", "b", "c", failed=["x", "y"]).restricted_to(["c", "y", "a", "new"])
    assert found.ids == ("c", "a")
    assert set(found.failures) == {"y"}


def test_missing_names_what_has_no_vector():
    assert embeddings("a", "b", failed=["x"]).missing(["b", "x", "new"]) == ("x", "new")


def test_newer_rows_replace_older_ones_and_the_others_stay():
    older, newer = embeddings("a", "b"), embeddings("b", "c")
    merged = older.updated_by(newer)
    assert merged.ids == ("a", "b", "c")
    assert np.array_equal(merged.of(["b"]), newer.of(["b"]))


def test_a_failure_is_forgotten_once_the_item_has_a_vector():
    merged = embeddings("a", failed=["b"]).updated_by(embeddings("b", failed=["c", "a"]))
    assert set(merged.failures) == {"c"}


def test_results_of_two_setups_are_never_mixed():
    with pytest.raises(ValueError, match="different spaces"):
        embeddings("a").updated_by(embeddings("b", setup=Setup("p", "other", 2)))


def test_the_digest_changes_with_vectors_ids_and_setup():
    same = embeddings("a", "b").digest
    assert embeddings("a", "b").digest == same
    assert embeddings("a", "c").digest != same
    assert embeddings("a", "b", setup=Setup("p", "m2", 2)).digest != same


def test_a_setup_is_known_by_everything_that_can_change_a_vector():
    settings = (("role", "query"), ("size", 512))
    assert Setup("p", "m", 2, settings=settings).key == "p/m@2#1,role=query,size=512"


def test_no_vectors_stack_to_an_empty_array():
    assert stacked([], 5).shape == (0, 5)
