"""Search with hosted providers, against stand-ins on loopback: who is asked what, and when."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from collection.samples import load_sample
from providers.registry import PROVIDERS
from stand_ins import STAND_INS
from stand_ins.faults import Held, Status
from tests.pages.app_session import TIMEOUT, gone_to, opened, pressed, session_of, words_on
from tests.pages.search_page import (
    answered,
    chosen,
    dropped,
    embed_here,
    field,
    kinds_of_hits,
    lists_of_hits,
    offered,
    searched,
    settled,
    tried,
    typed,
)
from ui.state.query import Query, Target

BOX = load_sample("cat-and-box").pictures[1]
NO_MONEY = Status(402, {"detail": "no money"}, {})


def running(provider_id, monkeypatch):
    """A stand-in that is asked instead of the provider, which has no key of its own here."""
    info = PROVIDERS[provider_id].info
    server = STAND_INS[provider_id]()
    for entry in info.key_fields:
        for variable in entry.variables:
            monkeypatch.delenv(variable, raising=False)
    with server:
        monkeypatch.setenv(info.base_url_variable, server.address)
        yield server


@pytest.fixture
def nomic(monkeypatch):
    yield from running("nomic", monkeypatch)


@pytest.fixture
def voyage(monkeypatch):
    yield from running("voyage", monkeypatch)


def search_beside_static(*servers, **settings):
    """Open Search on cat and box, embedded with Local Static and the stand-ins' providers."""
    app = opened()
    state = session_of(app)
    providers = ("local-static", *(server.provider for server in servers))
    state.compared.ticked = {state.compared.row_of(id_) for id_ in providers}
    for server in servers:
        info = PROVIDERS[server.provider].info
        state.compared.choose(state.compared.row_of(info.id), info.setup(**settings))
        for entry in info.key_fields:
            state.keyring.give(info.id, entry, server.key)
    state.editing.collection = load_sample("cat-and-box")
    embed_here(state)
    for server in servers:
        server.forget()
    return gone_to(app, "search")


def texts_sent(server):
    """What Nomic was asked for, call by call: (task, texts), of pictures their number."""
    return [
        (call.json["task_type"], call.json["texts"])
        if call.json
        else sum(part.name == "images" for part in call.parts)
        for call in server.received
    ]


def png():
    file = io.BytesIO()
    Image.new("RGB", (48, 48), "orange").save(file, "PNG")
    return file.getvalue()


def test_words_for_pictures_are_one_call_as_a_query(nomic):
    app = searched(search_beside_static(nomic), "a cat")
    assert texts_sent(nomic) == [("search_query", ["a cat"])]
    assert [len(hits) for hits in lists_of_hits(app)] == [2, 2]


def test_words_for_captions_are_one_call_as_a_document(nomic):
    app = chosen(search_beside_static(nomic), "Find", Target.CAPTIONS)
    searched(app, "a cat")
    assert texts_sent(nomic) == [("search_document", ["a cat"])]


def test_words_for_captions_that_are_documents_are_one_call_as_a_query(nomic):
    app = chosen(search_beside_static(nomic, captions="document"), "Find", Target.BOTH)
    searched(app, "a cat")
    assert texts_sent(nomic) == [("search_query", ["a cat"])]
    assert kinds_of_hits(app) == [{"picture"}, {"text"}] * 2


def test_words_for_both_are_asked_for_in_each_role_once(nomic):
    app = chosen(search_beside_static(nomic), "Find", Target.BOTH)
    searched(app, "a cat")
    assert sorted(texts_sent(nomic)) == [
        ("search_document", ["a cat"]),
        ("search_query", ["a cat"]),
    ]


def test_an_example_asks_for_its_words_and_the_others_in_one_call(nomic):
    app = search_beside_static(nomic)
    tried(app, 1)
    assert texts_sent(nomic) == [("search_query", ["not an animal", "an animal"])]


def test_nothing_but_search_itself_asks_for_words(nomic):
    app = searched(search_beside_static(nomic), "a cat")
    nomic.forget()
    typed(app, "a dog").run()
    chosen(app, "Hits", 24)
    chosen(app, "Variety", "Much")
    chosen(app, "Find", Target.BOTH)
    gone_to(gone_to(app, "collection"), "search")
    field(app, "Or one of the collection").set_value(BOX.id).run()
    app.slider(key="search-weight").set_value(0.2).run()
    settled(app)
    assert nomic.received == []
    assert session_of(app).search.query == Query(words="a cat", like=BOX.id, weight=0.2)


def test_words_that_come_without_the_button_are_not_sent_to_a_hosted_provider(nomic):
    app = search_beside_static(nomic)
    app.session_state["search-words"] = "a cat"
    settled(app.run())
    assert nomic.received == []
    assert len(lists_of_hits(app)) == 1
    assert offered(app) == ["Ask Nomic Atlas, too"]


def test_the_same_words_again_are_asked_of_nobody(nomic):
    app = searched(search_beside_static(nomic), "a cat")
    nomic.forget()
    searched(searched(app, "a cat"), "  a   cat ")
    assert nomic.received == []


def test_search_pressed_twice_asks_once(nomic):
    app = search_beside_static(nomic)
    held = nomic.misbehave(Held())
    answered(pressed(typed(app, "a cat"), "Search"), "local-static")
    assert "Asking Nomic Atlas …" in words_on(app)
    assert len(lists_of_hits(app)) == 1
    pressed(app, "Search")
    held.released.set()
    settled(app)
    assert texts_sent(nomic) == [("search_query", ["a cat"])]
    assert len(lists_of_hits(app)) == 2


def test_blank_words_leave_no_order_to_ask_behind(nomic):
    app = searched(search_beside_static(nomic), " ")
    dropped(app, "mine.png", png())
    assert nomic.received == []


def test_a_dropped_picture_is_asked_of_a_hosted_provider_by_its_own_button_only(nomic):
    app = chosen(search_beside_static(nomic), "Find", Target.BOTH)
    dropped(app, "mine.png", png())
    assert nomic.received == []
    assert kinds_of_hits(app) == [{"picture"}, {"text"}]  # Local Static's
    assert offered(app) == ["Ask Nomic Atlas, too"]
    settled(pressed(app, "Ask Nomic Atlas, too"))
    assert texts_sent(nomic) == [1]
    assert kinds_of_hits(app) == [{"picture"}, {"text"}] * 2
    assert offered(app) == []


def test_more_like_an_item_asks_nobody(nomic):
    app = chosen(search_beside_static(nomic), "Find", Target.BOTH)
    field(app, "Or one of the collection").set_value(BOX.id).run()
    assert nomic.received == []
    assert len(lists_of_hits(app)) == 4
    assert all(BOX.id not in hits for hits in lists_of_hits(app))


def test_pictures_that_were_found_stay_while_the_captions_are_asked_for(nomic):
    app = searched(search_beside_static(nomic), "a cat")
    settled(chosen(app, "Find", Target.BOTH))
    assert kinds_of_hits(app) == [{"picture"}, {"text"}, {"picture"}]
    settled(pressed(app, "Ask Nomic Atlas, too"))
    assert texts_sent(nomic)[1:] == [("search_document", ["a cat"])]
    assert kinds_of_hits(app) == [{"picture"}, {"text"}] * 2


def test_a_provider_that_fails_says_why_offers_to_ask_again_and_costs_the_others_nothing(
    nomic, voyage
):
    app = search_beside_static(nomic, voyage)
    nomic.misbehave(NO_MONEY, times=None)
    searched(app, "a cat")
    assert len(lists_of_hits(app)) == 2  # Local Static and Voyage
    assert "no money or free quota" in words_on(app)
    assert offered(app) == ["Ask Nomic Atlas again"]
    assert [call.json["input_type"] for call in voyage.received] == ["query"]
    nomic.behave()
    nomic.forget()
    voyage.forget()
    settled(pressed(app, "Ask Nomic Atlas again"))
    assert len(lists_of_hits(app)) == 3
    assert texts_sent(nomic) == [("search_query", ["a cat"])]
    assert voyage.received == []


def test_a_failure_is_not_told_of_words_that_were_not_asked(nomic):
    app = search_beside_static(nomic)
    nomic.misbehave(NO_MONEY, times=None)
    searched(app, "a cat")
    state = session_of(app)
    state.search.query = replace(state.search.query, words="")
    dropped(app, "mine.png", png())
    assert offered(app) == ["Ask Nomic Atlas, too"]
    assert not app.warning


def test_words_that_were_not_asked_come_before_an_item_that_has_no_vector(nomic):
    app = search_beside_static(nomic)
    state = session_of(app)
    setup = next(setup for setup in state.embedding.results if setup.provider == "nomic")
    known = state.embedding.results[setup]
    state.embedding.results[setup] = known.restricted_to(set(known.ids) - {BOX.id})
    state.search.query = Query(words="a cat", like=BOX.id)
    settled(app.run())
    assert offered(app) == ["Ask Nomic Atlas, too"]
    assert not app.warning
    settled(pressed(app, "Ask Nomic Atlas, too"))
    assert offered(app) == []
    assert words_on(app).count("nothing like it can be found") == 1


def test_without_a_key_the_column_says_what_is_missing(nomic):
    app = search_beside_static(nomic)
    session_of(app).forget_keys()
    searched(app, "a cat")
    assert nomic.received == []
    assert "API key is missing" in words_on(app)
    assert offered(app) == ["Ask Nomic Atlas again"]
    assert len(lists_of_hits(app)) == 1


@pytest.mark.parametrize("forget", ["all", "one"])
def test_forgetting_keys_stops_what_is_asked_with_them(nomic, forget):
    app = search_beside_static(nomic)
    held = nomic.misbehave(Held())
    pressed(typed(app, "a cat"), "Search")
    assert held.reached.wait(TIMEOUT)
    state = session_of(app)
    if forget == "all":
        state.forget_keys()
    else:
        state.forget_key("nomic", "api_key")
    assert not any(state.search.vectors.waiting(setup) for setup in state.shown)
    app.run()
    assert not app.exception
    assert offered(app) == ["Ask Nomic Atlas, too"]
    held.released.set()
    gone_to(app, "search")
    assert len(nomic.received) == 1
