"""Which Setups are compared, their places and their names."""

from providers.registry import PROVIDERS
from ui.state.compared_setups import Lineup

JINA = PROVIDERS["jina"].info


def test_only_the_embedded_providers_take_part_at_first():
    assert [setup.provider for setup in Lineup().setups] == ["local-minilm", "local-static"]


def test_setups_stand_in_the_order_of_the_registry_whatever_was_ticked_first():
    lineup = Lineup()
    for name in ("voyage", "nomic"):
        lineup.tick(name, True)
    assert [s.provider for s in lineup.setups] == [
        "local-minilm",
        "local-static",
        "nomic",
        "voyage",
    ]


def test_two_models_of_one_provider_stand_side_by_side_with_places_of_their_own():
    lineup = Lineup(ticked={"jina"})
    first = lineup.card("jina")
    lineup.keep(first)
    lineup.cards["jina"] = JINA.setup("jina-clip-v1")
    assert [setup.model for setup in lineup.setups] == ["jina-clip-v1", "jina-clip-v2"]
    places = {lineup.place(setup) for setup in lineup.setups}
    assert len(places) == 2
    assert max(places) >= len(PROVIDERS)


def test_a_setup_is_named_by_its_provider_and_by_its_model_only_where_there_are_two():
    lineup = Lineup(ticked={"jina"})
    setup = lineup.card("jina")
    assert lineup.name_of(setup) == "Jina AI"
    lineup.keep(JINA.setup("jina-clip-v2", 256))
    assert lineup.name_of(setup) == "Jina AI · jina-clip-v2 · 1024 d"


def test_what_is_kept_twice_counts_once_and_what_is_dropped_is_gone():
    lineup = Lineup(ticked={"jina"})
    lineup.keep(lineup.card("jina"))
    lineup.keep(lineup.card("jina"))
    assert len(lineup.setups) == 1
    lineup.drop(lineup.card("jina"))
    assert not lineup.kept
