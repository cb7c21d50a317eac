import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collection.embeddings import Setup
from exchange.tables.vector_columns import (
    MOST_LETTERS,
    described_columns,
    unique_names,
    vector_column_names,
)
from providers.registry import PROVIDERS
from tests.exchange.tables.export_files import COLUMN, JINA, MINILM, OTHER_COLUMN, small_export

SETUPS = st.builds(
    Setup,
    st.text(max_size=5),
    st.text(max_size=200),
    st.integers(1, 3),
    st.sampled_from(["1", "2"]),
    st.sampled_from([(), (("pixels", 224),)]),
)


def test_a_column_is_named_by_provider_model_dimension_and_settings():
    assert vector_column_names([MINILM, JINA]) == {MINILM: COLUMN, JINA: OTHER_COLUMN}


def test_the_name_of_a_providers_column_does_not_depend_on_the_others():
    setups = [provider.info.setup() for provider in PROVIDERS.values()]
    together = vector_column_names(setups)
    assert {setup: vector_column_names([setup])[setup] for setup in setups} == together


@settings(deadline=None)
@given(st.lists(SETUPS, unique=True, max_size=6))
def test_names_of_columns_are_plain_and_unique_in_any_case(setups):
    names = list(vector_column_names(setups).values())
    assert len({name.lower() for name in names}) == len(setups)
    for name in names:
        assert re.fullmatch(r"embedding_[A-Za-z0-9_]*", name)
        assert len(name) <= MOST_LETTERS + 9


def test_setups_that_differ_in_version_alone_have_columns_of_their_own():
    newer = replace(MINILM, version="2")
    first, second = vector_column_names([MINILM, newer]).values()
    assert first != second
    assert vector_column_names([newer, MINILM])[MINILM] == first


def test_a_key_in_a_name_that_a_person_gave_is_no_part_of_the_columns_name():
    brought = Setup("brought", "my sk-123 model", 4)
    (name,) = vector_column_names([brought], lambda words: words.replace("sk-123", "***")).values()
    assert name == "embedding_brought_my_model_4"


def test_the_description_says_of_each_column_which_setup_gave_it():
    contents = small_export()
    assert json.loads(described_columns(contents))[OTHER_COLUMN] == {
        "provider": "jina",
        "model": "jina-clip-v2",
        "dimension": 3,
        "version": "1",
        "settings": {"captions": "query"},
        "name": "Jina",
        "made": contents.embeddings[JINA].made.isoformat(),
    }


def test_no_key_is_in_the_description():
    contents = small_export(
        names={MINILM: "my sk-123", JINA: "Jina"}, hide=lambda text: text.replace("sk-123", "***")
    )
    assert "sk-123" not in described_columns(contents)


@pytest.mark.parametrize(
    ("wanted", "unique"),
    [
        (["split"], ["split"]),
        (["ID", "id"], ["label_ID", "label_id_2"]),
        (["Class", "class"], ["Class", "label_class"]),
        (["label_id", "id"], ["label_id", "label_id_2"]),
        ([""], ["label_"]),
    ],
)
def test_labels_get_a_prefix_where_their_name_is_taken(wanted, unique):
    assert unique_names(wanted, {"id"}) == unique


@settings(deadline=None)
@given(st.lists(st.text("aAbB_1", max_size=3)), st.lists(st.text("aAbB_1", max_size=3)))
def test_names_of_labels_are_unique_in_any_case(wanted, taken):
    names = [name.lower() for name in unique_names(wanted, taken)]
    assert len(set(names)) == len(wanted)
    assert not set(names) & {name.lower() for name in taken}
