"""Brought vectors in a session file: they come back, and what only claims to be such does not."""

import numpy as np
import pytest

from exchange.session_file.contents import SetupRow
from providers.brought import BROUGHT
from providers.registry import PROVIDERS
from tests.exchange.session_file.session_files import (
    MINILM,
    opened,
    small_session,
    with_description,
    written,
)
from ui.session_file.opening import _compared

SESSION = small_session()
FILE = written(SESSION)
BROUGHT_VALUES = {"provider": BROUGHT, "model": "mine", "version": "0123456789ab", "settings": {}}


def with_brought(**changes):
    """The session, with the vectors of its first Setup as brought ones."""

    def change(description):
        for entry in description["setups"]:
            if entry["provider"] == MINILM.provider:
                entry.update(BROUGHT_VALUES | changes)

    return opened(with_description(FILE, change))


def test_brought_vectors_of_a_session_file_come_back_to_the_last_bit():
    contents = with_brought().contents
    (setup,) = (s for s in contents.results if s.provider == BROUGHT)
    assert (setup.model, setup.dimension, setup.version) == (
        "mine",
        MINILM.dimension,
        "0123456789ab",
    )
    np.testing.assert_array_equal(contents.results[setup].vectors, SESSION.results[MINILM].vectors)


@pytest.mark.parametrize(
    "changes",
    [
        {"dimension": 2**40}, {"dimension": 1}, {"dimension": True}, {"version": "1"},
        {"version": None}, {"settings": {"a": 1}}, {"model": None, "version": 3},
    ],
)  # fmt: skip
def test_a_setup_that_cannot_be_a_brought_one_is_left_out_and_named(changes):
    found = with_brought(**changes)
    assert not any(setup.provider == BROUGHT for setup in found.contents.results)
    assert any("does not offer" in remark.text for remark in found.remarks)


def test_a_name_with_markup_is_made_fit_to_be_shown():
    contents = with_brought(model="<img src=x> $mine$").contents
    (setup,) = (s for s in contents.results if s.provider == BROUGHT)
    assert not set(setup.model) & set("<>$")


def test_a_row_of_brought_vectors_is_an_added_one_whatever_the_file_says():
    (setup,) = (s for s in with_brought().contents.results if s.provider == BROUGHT)
    compared = _compared((SetupRow(setup, added=False, ticked=True), SetupRow(setup, True, False)))
    (row,) = compared.brought_rows
    assert row == len(PROVIDERS)
    assert row not in compared.ticked
