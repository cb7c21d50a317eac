import json
import math

import numpy as np
import pytest

from collection.embeddings import Setup
from providers.failure_kind import Action, FailureKind
from providers.transport.api import UnreadableAnswer, numbers_in, rows_by_index
from providers.transport.valid_answer import ValidAnswer, shown_answer, valid_answer
from tests.providers.hosted.asking import text
from tests.providers.transport.fake_api import LetterApi

SETUP = Setup("letters", "letters", 3)
TWO = (text("a"), text("b"))
NOTHING = str


def read(body):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return valid_answer(LetterApi(), SETUP, TWO, data)


def rows(*found):
    return {"rows": list(found), "usage": {"tokens": 2}}


def shown(body, hidden=NOTHING):
    return shown_answer(body if isinstance(body, bytes) else json.dumps(body).encode(), hidden)


def test_a_sound_answer_gives_float32_rows_in_order():
    checked = read(rows([1, 0, 0], [0.5, 0.5, 0]))
    assert isinstance(checked, ValidAnswer)
    assert [vector.dtype for vector in checked.vectors] == [np.float32, np.float32]
    assert np.allclose(checked.vectors, [[1, 0, 0], [0.5, 0.5, 0]])
    assert checked.usage == {"tokens": 2.0}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (rows([1, 0, 0], [1, 0]), "2 numbers where 3"),
        (rows([1, 0, 0], [1, 0, 0, 0]), "4 numbers where 3"),
        (rows([1, 0, 0], 7), "another kind"),
        (rows([1, 0, 0], "abc"), "another kind"),
        (rows([1, 0, 0], ["a", "b", "c"]), "another kind"),
        (rows([1, 0, 0], [10**400, 0, 0]), "another kind"),
        (rows([1, 0, 0], [{}, [], 0]), "another kind"),
        ({"rows": None}, "another kind"),
        ({"rows": 5}, "another kind"),
        ({}, "a field is missing"),
        ([], "another kind"),
        ("words", "another kind"),
        (None, "another kind"),
        (b"", "not JSON"),
        (b'{"rows": [[1, 0', "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_cannot_be_right_is_asked_for_once_more(body, words):
    failure = read(body)
    assert (failure.kind, failure.action) == (FailureKind.ANSWER, Action.RETRY_ONCE)
    assert words in failure.reason
    assert failure.advice


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (rows([1, 0, 0]), "1 vectors for 2 items"),
        (rows([1, 0, 0], [1, 0, 0], [1, 0, 0]), "3 vectors for 2 items"),
        (rows(None, None), "holds no vector"),
        (rows([], None), "holds no vector"),
        ({"detail": "Being updated, try at noon"}, "It said: “Being updated, try at noon”"),
        ({"error": {"code": 7, "message": "Overloaded"}}, "It said: “7 Overloaded”"),
        ({"message": "your key is s-e-c-r-e-t", "rows": None}, "your key is ***"),
    ],
)
def test_who_is_at_fault_for_vectors_that_are_missing_is_not_known_yet(body, words):
    data = json.dumps(body).encode()
    failure = valid_answer(LetterApi(), SETUP, (text("a"), text("b")), data, hidden)
    assert (failure.kind, failure.action) == (FailureKind.ANSWER, Action.DOUBT)
    assert words in failure.reason
    assert failure.advice
    assert "s-e-c-r-e-t" not in str(failure) + failure.of_item


def hidden(words):
    return words.replace("s-e-c-r-e-t", "***")


@pytest.mark.parametrize("row", [None, []])
def test_of_some_vectors_those_that_are_there_are_taken(row):
    assert [vector is None for vector in read(rows([1, 0, 0], row)).vectors] == [False, True]


def test_a_web_page_in_place_of_json_is_a_proxy():
    failure = read(b"\n<!doctype html><html></html>")
    assert (failure.kind, failure.action) == (FailureKind.PROXY, Action.RETRY_ONCE)


@pytest.mark.parametrize("row", [[math.nan, 0, 1], [math.inf, 0, 1], [None, 0, 1], [0, 0, 0]])
def test_a_row_without_meaning_is_none_and_costs_the_others_nothing(row):
    first, second = read(rows(row, [1, 0, 0])).vectors
    assert first is None
    assert second.tolist() == [1, 0, 0]


def test_a_number_beyond_float32_is_not_finite():
    assert read(rows([1e300, 0, 1], [1, 0, 0])).vectors[0] is None


def test_rows_are_sorted_by_their_index():
    entries = [{"index": 1, "embedding": [2]}, {"index": 0, "embedding": [1]}]
    assert rows_by_index(entries, 2) == [[1], [2]]
    assert rows_by_index([{"index": 0, "values": [1]}], 1, "values") == [[1]]


def test_rows_without_any_index_stand_in_the_order_of_the_inputs():
    assert rows_by_index([{"embedding": [2]}, {"embedding": [1]}], 2) == [[2], [1]]
    with pytest.raises(UnreadableAnswer):
        rows_by_index([{"embedding": [2]}, {"index": 0, "embedding": [1]}], 2)


@pytest.mark.parametrize("indices", [[0, 0], [0, 2], [-1, 0], [0, "1"], [0, None], [0, 1, 1]])
def test_an_index_that_is_missing_repeated_or_wrong_is_refused(indices):
    entries = [{"index": index, "embedding": [1]} for index in indices]
    with pytest.raises(UnreadableAnswer):
        rows_by_index(entries, 2)


def test_an_input_without_an_entry_or_without_a_vector_in_it_has_no_row():
    assert rows_by_index([{"index": 1, "embedding": [1]}], 2) == [None, [1]]
    assert rows_by_index([{"index": 1, "embedding": [1]}, {"index": 0}], 2) == [None, [1]]
    assert rows_by_index([{"embedding": [1]}, {}], 2) == [[1], None]


def test_of_a_usage_only_finite_numbers_are_taken():
    usage = {"a": 1, "b": 2.5, "c": "3", "d": None, "e": math.nan, "f": {"g": 1}}
    assert numbers_in(usage) == {"a": 1.0, "b": 2.5}
    assert numbers_in(None) == numbers_in([1]) == {}


def test_vectors_are_shown_by_their_first_numbers_and_their_length():
    words = shown({"rows": [[0.25] * 768], "usage": {"tokens": 3}})
    assert "    [0.25, 0.25, 0.25, 0.25, … 768 numbers]\n" in words
    assert '"tokens": 3' in words
    assert len(words) < 200


def test_short_lists_and_lists_of_other_things_are_shown_whole():
    assert json.loads(shown({"a": [1, 2, None, 4]})) == {"a": [1, 2, None, 4]}
    assert json.loads(shown({"a": ["x"] * 6})) == {"a": ["x"] * 6}


def test_a_vector_with_gaps_is_shortened_too():
    assert "… 9 numbers" in shown([None] * 9)


def test_a_long_text_is_shown_by_its_beginning_and_its_length():
    assert shown({"image": "x" * 5000}).count("x") == 80
    assert "5000 characters" in shown({"image": "x" * 5000})
    assert shown({"a": "x" * 200}).count("x") == 200


@pytest.mark.parametrize("body", [{"a": ["word"] * 9000}, b"no json " * 9000, b"[" * 100_000])
def test_no_answer_is_shown_longer_than_a_page(body):
    words = shown(body)
    assert len(words) == 6000
    assert words.endswith("…")


def test_an_answer_that_is_no_json_is_shown_as_it_is():
    assert shown(b"upstream error") == "upstream error"
    assert shown(b"") == ""


def test_letters_of_every_script_are_shown_and_halves_of_letters_are_not():
    assert "猫" in shown({"a": "猫"})
    halves = shown(b'{"detail": "half \\ud83d"}')
    assert halves.encode("utf-8")


@pytest.mark.parametrize("position", [0, 60, 75, 79, 195, 5_990])
def test_a_secret_is_hidden_before_anything_is_cut(position):
    def hidden(words):
        return words.replace("canary-key-0123456789", "***")

    said = "x" * position + "canary-key-0123456789" + "y" * 9000
    for body in ({"detail": said}, {said: 1}, [said], said, said.encode()):
        assert "canary" not in shown(body, hidden)


def test_a_secret_with_escaped_letters_in_json_is_hidden_too():
    body = b'{"detail": "can\\u0061ry\\/key"}'
    words = shown_answer(body, lambda w: w.replace("canary/key", "***"))
    assert json.loads(words) == {"detail": "***"}
