"""Which Setups are compared, their indices and their names."""

import pytest

from providers.registry import PROVIDERS
from ui.state.compared_setups import ComparedSetups

JINA = PROVIDERS["jina"].info
ROW = list(PROVIDERS).index("jina")


def test_only_the_embedded_providers_take_part_at_first():
    assert [setup.provider for setup in ComparedSetups().setups] == ["local-minilm", "local-static"]


def test_setups_stand_in_the_order_of_the_registry_whatever_was_ticked_first():
    compared = ComparedSetups()
    for name in ("voyage", "nomic"):
        compared.tick(compared.row_of(name), True)
    assert [s.provider for s in compared.setups] == [
        "local-minilm",
        "local-static",
        "nomic",
        "voyage",
    ]


@pytest.fixture
def jina_only():
    return ComparedSetups(ticked={ROW})


def test_an_added_row_takes_part_with_another_model_and_a_colour_of_its_own(jina_only):
    row = jina_only.add("jina")
    assert [setup.model for setup in jina_only.setups] == ["jina-clip-v2", "jina-clip-v1"]
    first, second = (jina_only.colour_index(setup) for setup in jina_only.setups)
    assert (first, second) == (ROW, row)
    assert row >= len(PROVIDERS)


def test_rows_are_added_until_every_model_and_dimension_is_there_and_beyond(jina_only):
    offered = sum(len(model.dimensions) for model in JINA.models)
    for _ in range(offered - 1):
        jina_only.add("jina")
    assert len(jina_only.setups) == offered
    jina_only.add("jina")
    assert len(jina_only.setups) == offered


def test_a_setup_is_named_by_its_provider_and_by_its_model_only_where_there_are_two(jina_only):
    setup = jina_only.setup_of(ROW)
    assert jina_only.name_of(setup) == "Jina AI"
    jina_only.choose(jina_only.add("jina"), JINA.setup("jina-clip-v2", 256))
    assert jina_only.name_of(setup) == "Jina AI · jina-clip-v2 · 1024 d"


def test_the_same_setup_in_two_rows_counts_once_and_a_removed_row_is_gone(jina_only):
    row = jina_only.add("jina")
    jina_only.choose(row, jina_only.setup_of(ROW))
    assert len(jina_only.setups) == 1
    jina_only.remove(row)
    assert jina_only.rows_of("jina") == [ROW]
    assert jina_only.ticked == {ROW}


def test_a_providers_own_row_cannot_be_removed(jina_only):
    jina_only.remove(ROW)
    assert jina_only.rows_of("jina") == [ROW]
    assert len(jina_only.setups) == 1
