import pytest

from collection.embeddings import Role
from collection.items import Modality
from providers.info import PICTURE_SIDES
from providers.registry import PROVIDERS
from ui.address.setups import SetupsShown, setup_of, word_of
from ui.state.session import Session

SETUPS = SetupsShown()
USUAL = ["local-minilm", "local-static"]


@pytest.mark.parametrize("provider_id", PROVIDERS)
def test_every_setup_is_read_from_its_own_word(provider_id):
    info = PROVIDERS[provider_id].info
    setups = [info.setup(model.id, size) for model in info.models for size in model.dimensions]
    if not info.embedded:
        setups += [info.setup(picture_side=side) for side in PICTURE_SIDES]
    for model in info.models:
        if Modality.TEXT in model.roles:
            setups.append(info.setup(model.id, captions=Role.DOCUMENT, picture_side=None))
    assert [setup_of(word_of(setup)) for setup in setups] == setups
    assert word_of(info.setup()) == provider_id


@pytest.mark.parametrize(
    "word",
    [
        *("nobody", "", ":", "nomic:", "nomic:x", "nomic:x:768", "jina:jina-clip-v2:wide"),
        *(
            "jina:jina-clip-v2:2000",
            "jina:jina-clip-v2:512:pixels=3",
            "jina:jina-clip-v2:512:pixels",
        ),
        *("jina:jina-clip-v2:512:key=secret", "jina:jina-clip-v2:512:captions=poems"),
        *("jina:jina-clip-v2:0", "x" * 100_000),
    ],
)
def test_a_word_that_names_no_setup_is_none(word):
    assert setup_of(word) is None


def test_the_setups_that_are_usual_need_no_word():
    assert SETUPS.words(Session()) == []


def test_what_one_session_shows_another_shows_by_the_words():
    first, second = Session(), Session()
    info = PROVIDERS["jina"].info
    row = first.compared.row_of("jina")
    first.compared.choose(row, info.setup("jina-clip-v2", 512, picture_side=1024))
    first.compared.tick(row, True)
    first.compared.choose(first.compared.add("jina"), info.setup("jina-clip-v1"))
    first.compared.tick(0, False)
    SETUPS.take(second, SETUPS.words(first))
    assert second.chosen == first.chosen
    assert len(second.chosen) == 3


def test_nobody_compared_has_a_word_of_its_own():
    first, second = Session(), Session()
    first.compared.ticked = set()
    assert SETUPS.words(first) == [""]
    SETUPS.take(second, SETUPS.words(first))
    assert second.chosen == ()


def test_words_that_name_no_setup_leave_the_others_and_alone_change_nothing():
    state = Session()
    SETUPS.take(state, ["nobody", "nomic:gone:768"])
    assert [setup.provider for setup in state.chosen] == USUAL
    SETUPS.take(state, ["nobody", "nomic", "nomic"])
    assert [setup.provider for setup in state.chosen] == ["nomic"]
    SETUPS.take(state, [])
    assert [setup.provider for setup in state.chosen] == USUAL


def test_a_row_keeps_its_colour_when_a_step_back_brings_its_setup_again():
    state = Session()
    info, row = PROVIDERS["jina"].info, state.compared.row_of("jina")
    SETUPS.take(state, ["jina"])
    SETUPS.take(state, [word_of(info.setup("jina-clip-v1"))])
    assert state.compared.colour_index(info.setup("jina-clip-v1")) == row
    SETUPS.take(state, ["jina"])
    assert state.compared.colour_index(info.setup()) == row
    assert state.compared.rows_of("jina") == [row]


def test_an_address_of_very_many_setups_adds_no_more_rows_than_anybody_compares():
    state = Session()
    info = PROVIDERS["vertex"].info
    model = info.models[0]
    sizes = [word_of(info.setup(model.id, size)) for size in model.dimensions]
    SETUPS.take(state, ["nobody"] * 20 + sizes)
    assert [setup.provider for setup in state.chosen] == USUAL
