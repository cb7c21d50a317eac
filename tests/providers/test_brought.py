"""Setups of vectors that were computed elsewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.brought import (
    MAX_NAME_CHARACTERS,
    brought_name,
    brought_setup,
    is_brought,
    saved_brought_setup,
)
from providers.connection import connect
from providers.errors import UnknownProvider
from providers.registry import PROVIDERS, hosted, info_of

VECTORS = np.eye(3, dtype=np.float32)
SETUP = brought_setup("mine", ("a", "b", "c"), VECTORS)


def test_other_vectors_or_items_of_the_same_name_are_another_setup():
    assert brought_setup("mine", ("a", "b", "c"), VECTORS) == SETUP
    assert brought_setup("mine", ("a", "c", "b"), VECTORS) != SETUP
    assert brought_setup("mine", ("a", "b", "c"), -VECTORS) != SETUP


def test_what_is_known_of_brought_vectors_is_that_nothing_can_be_embedded_with_them():
    info = info_of(SETUP)
    assert info.title == "Brought: mine"
    assert info.embedded
    assert not info.embeds
    assert info.model(SETUP.model).dimensions == (3,)
    assert info.key_fields == ()
    assert hosted(SETUP) is None


def test_every_provider_there_is_embeds():
    assert all(info_of(p.info.setup()) == p.info and p.info.embeds for p in PROVIDERS.values())


def test_nobody_can_connect_to_brought_vectors():
    with pytest.raises(UnknownProvider):
        connect("brought")


@given(st.text(max_size=200))
def test_a_name_is_one_short_line_and_stays_the_same_when_it_is_cleaned_again(name):
    found = brought_name(name)
    assert 0 < len(found) <= MAX_NAME_CHARACTERS
    assert not set(found) & set("<>&\"'`*$|~#:\\[]{}\n\t")
    assert brought_name(found) == found


def test_a_title_that_says_brought_already_does_not_say_it_twice():
    assert brought_name("Brought: mine") == "mine"


@pytest.mark.parametrize(
    ("dimension", "version"),
    [
        (True, "0" * 12), (1, "0" * 12), (8193, "0" * 12), (3.0, "0" * 12), ("3", "0" * 12),
        (None, "0" * 12), (3, "0" * 11), (3, "G" * 12), (3, 1), (3, None),
    ],
)  # fmt: skip
def test_a_saved_setup_that_cannot_be_one_is_none(dimension, version):
    assert saved_brought_setup("mine", dimension, version) is None


def test_a_saved_setup_comes_back_with_a_name_that_can_be_shown():
    assert saved_brought_setup(SETUP.model, SETUP.dimension, SETUP.version) == SETUP
    found = saved_brought_setup("<b>mine</b>", 3, SETUP.version)
    assert found is not None
    assert is_brought(found)
    assert "<" not in found.model
