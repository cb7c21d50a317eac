"""The whole way with hosted providers, with a stand-in for each of their services."""

import json
import re
import shutil
import zipfile
from contextlib import ExitStack

import numpy as np
import pytest
from playwright.sync_api import expect

from providers import connect
from providers.registry import PROVIDERS
from stand_ins import STAND_INS
from stand_ins.faults import Slow, Status
from tests.browser.app_server import AppServer
from tests.browser.hosted_journey import (
    HOSTED,
    TITLES,
    choose_call,
    embed,
    holds_none_of,
    row_of,
    secret_of,
    see_charts,
    set_up,
    show_cat_and_box,
    tick,
    ticks,
    try_key,
    type_key,
)
from tests.browser.visitor import Visitor
from tests.providers.snippets.pasting import SHELLS, assert_same_request, pasted

pytestmark = pytest.mark.browser

WRONG_KEY = "a-key-that-nobody-gave-out"


@pytest.fixture
def stand_ins(browser):
    """A stand-in for each hosted service, by the provider's id."""
    with ExitStack() as stack:
        yield {id_: stack.enter_context(STAND_INS[id_]()) for id_ in HOSTED}


@pytest.fixture
def hosted_app(stand_ins):
    """A server that takes the stand-ins for the services, and can reach nothing else."""
    addresses = {HOSTED[id_].base_url_variable: s.address for id_, s in stand_ins.items()}
    with AppServer(addresses) as server:
        yield server
        server.assert_kept_to_itself()


@pytest.fixture
def key_holder(browser, hosted_app):
    with Visitor(browser, hosted_app.address) as visitor:
        yield visitor


def test_the_whole_way_with_keys(key_holder, stand_ins, hosted_app, browser):
    show_cat_and_box(key_holder)
    for id_, checkbox in ticks(key_holder).items():
        expect(checkbox).to_be_checked(checked=PROVIDERS[id_].info.embedded)
    keys = {id_: stand_in.key for id_, stand_in in stand_ins.items()}
    give_keys(key_holder, keys)
    holds_none_of(key_holder, [*keys.values(), WRONG_KEY], hosted_app.log)
    tick(key_holder, HOSTED)
    key_holder.keep_picture("providers-hosted")
    stand_ins["cohere"].misbehave(Status(402, {"message": "no credit left"}), times=None)
    embed(key_holder)
    see_why_it_failed(key_holder, "cohere")
    others = [id_ for id_ in PROVIDERS if id_ != "cohere"]
    see_charts(key_holder, "Similarity", "heatmap", others)
    see_charts(key_holder, "Map", "map", others)
    see_the_calls(key_holder)
    holds_none_of(key_holder, [*keys.values(), WRONG_KEY], hosted_app.log)
    sees_no_key_of_another(browser, hosted_app)
    forget_all_keys(key_holder)
    holds_none_of(key_holder, [*keys.values(), WRONG_KEY], hosted_app.log)


def give_keys(visitor, keys):
    """Type a wrong key first for one provider; with the right ones, all work."""
    dialog = set_up(visitor, "voyage")
    try_key(visitor, "voyage", WRONG_KEY)
    expect(dialog).to_contain_text("The key is not accepted.")
    type_key(visitor, "voyage", keys["voyage"])
    for id_ in keys.keys() - {"voyage"}:
        type_key(visitor, id_, keys[id_])
    visitor.settle()


def see_why_it_failed(visitor, provider_id):
    """The page says who failed, and why on asking; the others are ready."""
    expect(row_of(visitor, provider_id)).to_contain_text("failed")
    visitor.press(visitor.button("Why?"))
    why = visitor.page.get_by_text("What was finished is kept; embed again")
    expect(why).to_contain_text(re.compile("balance|credit", re.IGNORECASE))
    visitor.press(visitor.button("Why?"))
    for id_ in PROVIDERS:
        state = "failed" if id_ == provider_id else "ready"
        expect(visitor.sidebar).to_contain_text(f"{TITLES[id_]}: {state}")


def see_the_calls(visitor):
    """Every call is listed; the one that failed says why."""
    visitor.go_to("Requests")
    expect(visitor.main).to_contain_text(re.compile(r"\d+ calls, \d+ done"))
    for id_ in HOSTED:
        command = choose_call(visitor, f"{TITLES[id_]} · ")
        assert command.startswith("curl ")
    choose_call(visitor, "Nomic Atlas · 2 captions")
    visitor.keep_picture("requests")


def sees_no_key_of_another(browser, server):
    with Visitor(browser, server.address) as stranger:
        stranger.open("/providers")
        expect(stranger.main.get_by_text("needs a key")).to_have_count(len(HOSTED))
        stranger.go_to("Requests")
        stranger.sees(re.compile("^Nothing was sent anywhere yet"))


def forget_all_keys(visitor):
    visitor.go_to("Providers")
    visitor.press(visitor.button("Forget all keys"))
    # The project of Vertex AI is no secret and stays; with it this machine's own login would do.
    expect(visitor.main.get_by_text("needs a key", exact=True)).to_have_count(len(HOSTED) - 1)
    expect(row_of(visitor, "vertex")).to_contain_text("own login")
    expect(visitor.button("Forget all keys")).to_have_count(0)
    visitor.settle()


def test_what_was_half_typed_is_gone_when_the_dialog_is_closed_and_a_run_leaves_it_open(
    key_holder, stand_ins
):
    show_cat_and_box(key_holder)
    field = f".st-key-key-nomic-{secret_of('nomic')} input"
    dialog = set_up(key_holder, "nomic")
    dialog.locator(field).fill("half a key")
    key_holder.page.keyboard.press("Escape")
    expect(key_holder.page.get_by_role("dialog")).to_have_count(0)
    key_holder.settle()
    expect(set_up(key_holder, "nomic").locator(field)).to_have_value("")
    key_holder.page.keyboard.press("Escape")
    key_holder.settle()
    stand_ins["jina"].misbehave(Slow(1.0), times=None)
    type_key(key_holder, "jina", stand_ins["jina"].key)
    key_holder.press(key_holder.button("Embed"))
    dialog = set_up(key_holder, "nomic")
    expect(key_holder.sidebar).to_contain_text("Jina AI: ready")
    expect(dialog).to_be_visible()


@pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("bash")), reason="needs curl and bash"
)
def test_the_curl_commands_on_the_page_make_the_same_calls(key_holder, stand_ins, tmp_path):
    nomic, jina = stand_ins["nomic"], stand_ins["jina"]
    show_cat_and_box(key_holder)
    for id_ in ("nomic", "jina"):
        type_key(key_holder, id_, stand_ins[id_].key)
    tick(key_holder, ("nomic", "jina"))
    embed(key_holder)
    key_holder.go_to("Requests")

    asked = next(c for c in nomic.received if len((c.json or {}).get("texts", ())) == 2)
    command = choose_call(key_holder, "Nomic Atlas · 2 captions")
    assert nomic.key not in command
    answer = json.loads(pasted(SHELLS["bash"], command, tmp_path, NOMIC_API_KEY=nomic.key))
    assert_same_request(asked, nomic.received[-1])
    connection = connect("nomic", base_url=nomic.address, api_key=nomic.key)
    rows = np.asarray(answer["embeddings"])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    np.testing.assert_allclose(rows, connection.embed_texts(asked.json["texts"]), atol=1e-6)

    asked = next(call for call in jina.received if "image" in str(call.json["input"][0]))
    command = choose_call(key_holder, "Jina AI · 2 pictures")
    assert jina.key not in command
    save_the_pictures(key_holder, tmp_path)
    calls = len(jina.received)
    pasted(SHELLS["bash"], command, tmp_path, JINA_API_KEY=jina.key)
    assert len(jina.received) == calls + 1
    assert_same_request(asked, jina.received[-1])


def save_the_pictures(visitor, folder):
    """Download the pictures of the chosen call into a folder."""
    with visitor.page.expect_download() as download:
        visitor.press(visitor.button("Download the pictures of this call").first)
    with zipfile.ZipFile(download.value.path()) as archive:
        archive.extractall(folder)
