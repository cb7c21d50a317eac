import pytest

from providers.info import CAPTIONS
from providers.registry import PROVIDERS
from providers.snippets.layout import python_string
from providers.snippets.pictures import file_names
from providers.snippets.python import python_connect, python_requests
from providers.snippets.shown_call import shown_call
from providers.transport.credentials import Credentials
from stand_ins.nomic import NomicStandIn
from tests.providers.hosted.asking import picture, text
from tests.providers.snippets.echo_api import INFO, EchoApi, EchoForm, EchoStandIn
from tests.providers.snippets.pasting import (
    HOSTILE,
    ask,
    assert_same_request,
    noise,
    run_script,
    save,
)
from tests.providers.snippets.test_curl import sent


@pytest.mark.parametrize("api", [EchoApi(), EchoForm()], ids=["JSON", "form"])
def test_the_script_sends_what_the_transport_sends(api, tmp_path):
    batch = (*map(text, HOSTILE), text("very long " * 20_000), noise("a", 400), picture("red"))
    with EchoStandIn() as stand_in:
        request, first = sent(api, batch, stand_in)
        names = file_names(batch, {})
        save(request.pictures, names, tmp_path)
        script = python_requests(api, request, stand_in.address, names)
        done = run_script(script, tmp_path, ECHO_KEY=stand_in.key)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "1 vectors, each of 3 numbers\n"
        assert_same_request(first, stand_in.received[-1], "x-echo-key")
        assert stand_in.received[-1].headers["X-Extra"] == first.headers["X-Extra"]


def test_a_refusal_is_told_and_counts_as_a_failure(tmp_path):
    with NomicStandIn() as stand_in:
        (asked,) = ask("nomic", stand_in, text("a cat"))
        done = run_script(shown_call(asked.call, {}).python, tmp_path, NOMIC_API_KEY="wrong")
        assert done.returncode == 1
        assert done.stderr.startswith("401: ")
        assert "The API key is missing or not valid." in done.stderr


@pytest.mark.parametrize("words", HOSTILE)
def test_a_python_string_is_the_text_and_only_shows_what_can_be_seen(words):
    written = python_string(words)
    assert eval(written) == words
    assert written.replace("\u200d", "").isprintable()


@pytest.mark.parametrize("batch", [(text("a"),), (picture("red"),)], ids=["text", "picture"])
@pytest.mark.parametrize("api", [EchoApi(), EchoForm()], ids=["JSON", "form"])
def test_the_script_imports_what_it_uses_and_nothing_else(api, batch):
    request = api.request_for(api.info.setup(), batch, Credentials("echo"))
    script = python_requests(api, request, "https://echo.example", file_names(batch, {}))
    for module, used in (("base64", "base64."), ("pathlib", "Path("), ("os", "os.")):
        imported = f"import {module}\n" in script or f"from {module} import" in script
        assert imported == (used in script)


def test_connect_says_what_differs_from_the_usual():
    info = PROVIDERS["nomic"].info
    usual = python_connect(info, info.setup(), (text("a cat"),), {})
    assert usual.splitlines()[2:] == [
        "connection = connect(",
        '    "nomic",',
        '    model="nomic-embed-text-v1.5 + nomic-embed-vision-v1.5",',
        "    dimension=768,",
        ")",
        'query_texts = connection.embed_texts(["a cat"], role="query")',
        "print(query_texts.shape)",
    ]
    setup = info.setup("v1", captions="document", picture_side=224)
    assert CAPTIONS in dict(setup.settings)
    unusual = python_connect(info, setup, (text("a cat"),), {}, "http://localhost:1")
    for argument in ('captions="document"', "picture_side=224", 'base_url="http://local'):
        assert argument in unusual


def test_connect_names_values_and_no_secret():
    values = {"nickname": "poll", "token": "canary"}
    script = python_connect(INFO, INFO.setup(), (text("a"),), {}, values=values)
    assert 'nickname="poll"' in script
    assert "canary" not in script
