"""The Requests page before anything is sent: the calls that would be made, without a key."""

import pytest

from collection.collection import Collection
from collection.items import text_item
from providers.inputs import input_of
from providers.registry import PROVIDERS
from stand_ins import STAND_INS
from tests.pages.app_session import gone_to, opened, pressed, session_of, words_on
from tests.providers.snippets.pasting import HOSTED
from ui.state.key_lending import LEND_VARIABLE


def by_key(elements, key):
    return next(element for element in elements if element.key == key)


@pytest.fixture
def app():
    return gone_to(pressed(opened("collection"), "Cat and box"), "requests")


@pytest.mark.parametrize("provider_id", HOSTED)
def test_each_hosted_setup_is_shown_as_three_texts_with_the_variable_of_its_key(app, provider_id):
    choice = by_key(app.selectbox, "planned-setup")
    choice.set_value(PROVIDERS[provider_id].info.setup().key).run()
    assert not app.exception
    curl, python, connect = (code.value for code in app.code)
    info = PROVIDERS[provider_id].info
    variable = next(entry.variables[0] for entry in info.key_fields if entry.secret)
    assert f"${variable}" in curl
    assert variable in python
    assert f'connect("{provider_id}"' in "".join(connect.split())
    assert "cat.jpg" in curl


def test_the_page_says_that_nothing_was_sent_and_nothing_is(app):
    assert "Nothing was sent anywhere yet" in words_on(app)
    assert len(session_of(app).embedding.calls) == 0


def test_each_call_can_be_chosen_and_one_of_another_setup_is_one_that_it_has(app):
    by_key(app.selectbox, "planned-setup").set_value(PROVIDERS["nomic"].info.setup().key).run()
    calls = by_key(app.selectbox, "planned-call")
    assert calls.options == ["1 of 2 · 2 pictures", "2 of 2 · 2 captions"]
    calls.set_value(1).run()
    assert "A cute cat" in app.code[0].value
    session_of(app).editing.replace(Collection().adding([text_item("one")]), "adding 1 caption")
    app.run()
    assert not app.exception
    assert by_key(app.selectbox, "planned-call").options == ["1 of 1 · 1 caption"]
    assert '"one"' in app.code[0].value


def test_a_setup_that_is_compared_is_offered_first():
    app = opened("providers")
    state = session_of(app)
    state.compared.tick(state.compared.row_of("cohere"), True)
    app = gone_to(pressed(gone_to(app, "collection"), "Cat and box"), "requests")
    assert by_key(app.selectbox, "planned-setup").options[0] == "Cohere"


def test_an_empty_collection_says_what_to_bring():
    words = words_on(opened("requests"))
    assert "The collection is empty, so nothing would be sent." in words


def test_an_address_that_cannot_be_used_is_explained_in_place_of_a_command(app, monkeypatch):
    monkeypatch.setenv("NOMIC_BASE_URL", "http://elsewhere.example/path")
    by_key(app.selectbox, "planned-setup").set_value(PROVIDERS["nomic"].info.setup().key).run()
    assert not app.exception
    assert not app.code
    assert "cannot be used" in app.warning[0].value


def test_the_key_of_the_server_is_in_no_text(monkeypatch):
    with STAND_INS["nomic"](key="canary-0123456789") as nomic:
        monkeypatch.setenv(LEND_VARIABLE, "yes")
        monkeypatch.setenv("NOMIC_API_KEY", nomic.key)
        monkeypatch.setenv("NOMIC_BASE_URL", nomic.address)
        app = gone_to(pressed(opened("collection"), "Cat and box"), "requests")
        assert nomic.address in app.code[0].value
        assert "canary" not in str(app)
        assert nomic.received == []


def test_once_something_was_sent_the_plan_stands_folded_below_it():
    with STAND_INS["nomic"]() as nomic:
        app = gone_to(pressed(opened("collection"), "Cat and box"), "requests")
        state = session_of(app)
        info = PROVIDERS["nomic"].info
        log = state.embedding.calls
        log.begin(info.setup(), (input_of(text_item("hello")),), nomic.address, "embed")
        app.run()
        assert not app.exception
        assert len(app.code) == 4  # of that call, with its answer
        assert "What would be sent for this collection" in [e.label for e in app.expander]
        app.session_state["plan"] = True
        app.run()
        assert not app.exception
        assert len(app.code) == 7
