"""Keys, checks, runs and requests on the pages, against stand-ins on loopback."""

import re

import pytest
from PIL import Image

from collection.collection import Collection
from collection.picture import ingest_image
from providers.registry import PROVIDERS
from stand_ins import STAND_INS
from stand_ins.faults import Status
from tests.pages.app_session import (
    embedded,
    gone_to,
    opened,
    pressed,
    results_of,
    session_of,
    words_on,
)
from ui.state.key_lending import LEND_VARIABLE


@pytest.fixture
def nomic(monkeypatch):
    with STAND_INS["nomic"]() as server:
        monkeypatch.setenv("NOMIC_BASE_URL", server.address)
        for entry in PROVIDERS["nomic"].info.key_fields:
            for variable in entry.variables:
                monkeypatch.delenv(variable, raising=False)
        yield server


def by_key(elements, key):
    return next(element for element in elements if element.key == key)


def set_up(app, provider):
    """Open the dialog of a provider's row on the Providers page."""
    by_key(app.button, f"set-up-{provider}").click().run()
    assert not app.exception
    return app


def with_key(app, key):
    """Type a Nomic key in its dialog, and let it be checked."""
    set_up(app, "nomic")
    by_key(app.text_input, "key-nomic-api_key").input(key)
    return checked(app)


def checked(app):
    by_key(app.button, "check-nomic").click().run()
    assert not app.exception
    return app


def messages(app):
    return " ".join(str(e.value) for kind in (app.success, app.error) for e in kind)


def rows_of(app):
    """Return what the rows say beside the ticks."""
    return "\n".join(html.proto.body for html in app.get("html"))


def test_without_a_key_the_check_says_what_is_missing_and_nothing_is_asked(nomic):
    app = checked(set_up(opened("providers"), "nomic"))
    assert "API key is missing" in messages(app)
    assert nomic.received == []


def test_a_key_that_works_ticks_its_row_and_closes_the_dialog_and_is_not_on_the_page(nomic):
    app = with_key(opened("providers"), nomic.key)
    assert by_key(app.checkbox, "chosen-nomic").value
    assert "works, " in rows_of(app)
    assert not [field for field in app.text_input if field.key == "key-nomic-api_key"]
    assert nomic.key not in str(app)
    assert len(nomic.received) == 1
    assert "set**, typed here" in words_on(set_up(app, "nomic"))


def test_a_wrong_key_is_explained_in_the_dialog_and_the_row_is_not_ticked(nomic):
    app = with_key(opened("providers"), "nk-wrong")
    assert "not accepted" in messages(app)
    assert not by_key(app.checkbox, "chosen-nomic").value
    assert "refused" in rows_of(app.run())
    by_key(app.text_input, "key-nomic-api_key").input(nomic.key)
    app = checked(app)
    assert "works, " in rows_of(app)
    assert nomic.key not in str(app)
    assert "nk-wrong" not in str(app)


def test_a_dialog_stays_open_while_the_page_is_drawn_anew(nomic):
    app = set_up(opened("providers"), "nomic")
    app.run()
    assert by_key(app.text_input, "key-nomic-api_key")


class EndsJustNow:
    """A run whose end is noticed once, in the middle of drawing the page."""

    active = False
    progress = ()

    def __init__(self):
        self._news = [False, True]

    @property
    def has_news(self):
        return bool(self._news) and self._news.pop()

    def take_ended(self):
        return []


def test_a_dialog_opens_though_a_run_ends_while_it_is_pressed(nomic):
    app = opened("providers")
    session_of(app).embedding.run = EndsJustNow()
    assert set_up(app, "nomic").text_input
    assert not session_of(app).embedding.run.has_news


def test_a_hosted_provider_is_embedded_beside_the_others_and_its_calls_are_listed(nomic):
    app = with_key(gone_to(pressed(opened("collection"), "Cat and box"), "providers"), nomic.key)
    assert "2 calls" in words_on(app)
    embedded(app)
    assert [len(e) for e in results_of(app)] == [4, 4, 4]
    gone_to(app, "requests")
    assert "**3 calls**" in words_on(app)  # the check among them
    curl = app.code[0].value
    assert "$NOMIC_API_KEY" in curl
    assert nomic.key not in curl


def test_a_provider_that_fails_says_so_and_costs_the_others_nothing(nomic):
    app = with_key(gone_to(pressed(opened("collection"), "Cat and box"), "providers"), nomic.key)
    nomic.misbehave(Status(402, {"detail": "no money"}, {}), times=None)
    embedded(app)
    assert [e.setup.provider for e in results_of(app)] == ["local-minilm", "local-static"]
    assert "no money or free quota" in words_on(app)
    nomic.behave()
    embedded(app)
    assert len(results_of(app)) == 3


def test_a_check_and_the_last_run_never_stand_against_each_other(nomic):
    app = with_key(gone_to(pressed(opened("collection"), "Cat and box"), "providers"), nomic.key)
    assert "works, " in rows_of(app)
    nomic.misbehave(Status(402, {"detail": "no money"}, {}), times=None)
    embedded(app)
    assert "works, " not in rows_of(app)
    assert "failed" in rows_of(app)
    assert "no money or free quota" in words_on(app)
    nomic.behave()
    checked(set_up(app, "nomic"))
    assert "works, " in rows_of(app)
    assert "failed" not in rows_of(app)
    assert "no money or free quota" not in words_on(app.run())


def test_a_provider_that_failed_can_be_left_out_where_it_is_said(nomic):
    app = with_key(gone_to(pressed(opened("collection"), "Cat and box"), "providers"), nomic.key)
    nomic.misbehave(Status(402, {"detail": "no money"}, {}), times=None)
    embedded(app)
    assert "**Nomic Atlas** failed." in words_on(gone_to(app, "map"))
    pressed(app, "Leave it out")
    assert "failed" not in words_on(app)
    assert [e.setup.provider for e in results_of(app)] == ["local-minilm", "local-static"]


def test_what_a_provider_refused_is_named_with_it_and_what_it_said_means_nothing_to_markdown(nomic):
    app = with_key(gone_to(pressed(opened("collection"), "Cat and box"), "providers"), nomic.key)
    nomic.misbehave(Status(400, {"detail": "![x](http://example.invalid/x.png)"}, {}), times=None)
    embedded(app)
    words = words_on(app)
    assert "**Nomic Atlas**, “A cute cat”: " in words
    assert "![" not in words
    assert "4 items without a vector, set aside." in words
    assert "calls" not in next(w for w in words.splitlines() if "set aside" in w)
    assert "costs nothing" not in words


def test_one_bad_caption_of_many_is_named_on_two_pages_and_not_sent_again_unless_asked(nomic):
    app = gone_to(pressed(opened("collection"), "Cat and box"), "providers")
    app = with_key(app, nomic.key)
    nomic.misbehave(Status(500), times=None, when=lambda call: b"A cute cat" in call.body)
    embedded(app)
    named = "**Nomic Atlas**, “A cute cat”: The provider fails on it"
    assert named in words_on(app)
    assert "1 item without a vector, set aside." in words_on(app)
    assert named in words_on(gone_to(app, "collection"))
    assert [len(r) for r in results_of(app) if r.setup.provider == "nomic"] == [3]
    assert not [button for button in app.button if button.key == "embed"]
    nomic.behave()
    pressed(app, "Try it again")
    assert session_of(app).embedding.run.wait(60)
    app.run()
    assert named not in words_on(app)
    assert [len(r) for r in results_of(app) if r.setup.provider == "nomic"] == [4]


def test_what_a_provider_out_of_order_left_is_tried_again_by_embed(nomic):
    app = gone_to(pressed(opened("collection"), "Cat and box"), "providers")
    app = with_key(app, nomic.key)
    nomic.misbehave(Status(402, {"detail": "no money"}), times=None)
    embedded(app)
    nomic.behave()
    embedded(app)
    assert [len(r) for r in results_of(app) if r.setup.provider == "nomic"] == [4]


def test_a_provider_without_a_key_is_told_so_before_the_run_and_not_asked(nomic):
    app = gone_to(pressed(opened("collection"), "Cat and box"), "providers")
    by_key(app.checkbox, "chosen-nomic").check().run()
    assert "4 items not embedded yet. The API key is missing." in words_on(app)
    embedded(app)
    assert [p.setup.provider for p in session_of(app).embedding.run.progress] == [
        "local-minilm",
        "local-static",
    ]
    for local in ("local-minilm", "local-static"):
        by_key(app.checkbox, f"chosen-{local}").uncheck().run()
    assert by_key(app.button, "embed").disabled


def test_a_run_above_the_spending_cap_waits_until_the_cap_is_raised(monkeypatch):
    monkeypatch.setenv(LEND_VARIABLE, "yes")
    monkeypatch.setenv("VERTEX_ACCESS_TOKEN", "a-token")
    monkeypatch.setenv("PROJECT_ID", "a-project")
    app = pressed(opened("collection"), "Cat and box")
    gone_to(app, "providers")
    by_key(app.checkbox, "chosen-vertex").check().run()
    assert re.search(r"\d calls, about US", words_on(app))
    by_key(app.number_input, "spending-cap").set_value(0.0).run()
    assert by_key(app.button, "embed").disabled
    assert "above the spending cap" in words_on(app)
    by_key(app.number_input, "spending-cap").set_value(1.0).run()
    assert not by_key(app.button, "embed").disabled
    set_up(app, "vertex")
    assert by_key(app.text_input, "value-vertex-region").placeholder == "us-central1"


def test_a_visitor_whom_no_key_is_lent_reads_only_that_one_is_needed(monkeypatch):
    monkeypatch.setenv("NOMIC_API_KEY", "nk-of-the-server")
    app = gone_to(pressed(opened("collection"), "Cat and box"), "providers")
    by_key(app.checkbox, "chosen-nomic").check().run()
    words = words_on(app)
    assert "The API key is missing." in words
    assert "set**, from" not in words
    assert "NOMIC" not in words
    assert "lent" not in words


def test_forget_all_keys_stops_and_forgets(nomic):
    app = with_key(opened("providers"), nomic.key)
    held = session_of(app).keyring.credentials(PROVIDERS["nomic"].info)
    pressed(app, "Forget all keys")
    assert not held.secrets["api_key"].known
    assert "set**, typed here" not in words_on(app)


def test_captions_longer_than_vertex_reads_are_named_before_the_run():
    app = opened("collection")
    app.text_area[0].input("a very long caption " * 20)
    pressed(app, "Add captions")
    gone_to(app, "providers")
    by_key(app.checkbox, "chosen-vertex").check().run()
    words = words_on(app)
    assert "longer than 32 tokens" in words
    assert "a very long caption" in words


def test_two_models_of_one_provider_can_be_compared():
    app = opened("providers")
    by_key(app.checkbox, "chosen-jina").check().run()
    row = session_of(app).compared.row_of("jina")
    by_key(set_up(app, "jina").button, f"add-{row}").click().run()
    assert [box.label for box in app.checkbox].count("Jina AI (added)") == 1
    by_key(app.selectbox, f"model-{row}").set_value("jina-embeddings-v4").run()
    models = [s.model for s in session_of(app).chosen if s.provider == "jina"]
    assert models == ["jina-embeddings-v4", "jina-clip-v1"]


def test_requests_says_what_to_do_before_the_first_call():
    assert "Nothing was sent anywhere yet" in words_on(opened("requests"))


def test_a_picture_that_a_model_may_refuse_is_named_before_the_run():
    app = opened("providers")
    session = session_of(app)
    sizes = {"icon": (8, 8), "photo": (640, 480)}
    pictures = [ingest_image(name, Image.new("RGB", size)) for name, size in sizes.items()]
    session.editing.replace(Collection().adding(pictures), "adding 2 pictures")
    row = session.compared.add("voyage")
    session.compared.choose(row, PROVIDERS["voyage"].info.setup("voyage-multimodal-3"))
    app.run()
    assert not app.exception
    (said,) = [warning.value for warning in app.warning if "pixels" in warning.value]
    assert "1 picture has fewer than 50,000 pixels as sent" in said
    assert "icon (8 × 8)" in said
    assert "photo" not in said
