"""Which Setups are compared, their indices and their names."""

from providers.registry import PROVIDERS
from ui.state.compared_setups import ComparedSetups

JINA = PROVIDERS["jina"].info


def test_only_the_embedded_providers_take_part_at_first():
    assert [setup.provider for setup in ComparedSetups().setups] == ["local-minilm", "local-static"]


def test_setups_stand_in_the_order_of_the_registry_whatever_was_ticked_first():
    compared = ComparedSetups()
    for name in ("voyage", "nomic"):
        compared.tick(name, True)
    assert [s.provider for s in compared.setups] == [
        "local-minilm",
        "local-static",
        "nomic",
        "voyage",
    ]


def test_two_models_of_one_provider_stand_side_by_side_with_indices_of_their_own():
    compared = ComparedSetups(ticked={"jina"})
    first = compared.setup_for("jina")
    compared.pin(first)
    compared.choose(JINA.setup("jina-clip-v1"))
    assert [setup.model for setup in compared.setups] == ["jina-clip-v1", "jina-clip-v2"]
    indices = {compared.colour_index(setup) for setup in compared.setups}
    assert len(indices) == 2
    assert max(indices) >= len(PROVIDERS)


def test_a_setup_is_named_by_its_provider_and_by_its_model_only_where_there_are_two():
    compared = ComparedSetups(ticked={"jina"})
    setup = compared.setup_for("jina")
    assert compared.name_of(setup) == "Jina AI"
    compared.pin(JINA.setup("jina-clip-v2", 256))
    assert compared.name_of(setup) == "Jina AI · jina-clip-v2 · 1024 d"


def test_what_is_kept_twice_counts_once_and_what_is_dropped_is_gone():
    compared = ComparedSetups(ticked={"jina"})
    compared.pin(compared.setup_for("jina"))
    compared.pin(compared.setup_for("jina"))
    assert len(compared.setups) == 1
    compared.unpin(compared.setup_for("jina"))
    assert not compared.pinned
