import json

import pytest

from providers.snippets.curl import curl_command
from providers.snippets.pictures import file_names
from providers.snippets.shown_call import shown_call
from providers.transport.call_context import RetryPolicy
from providers.transport.credentials import Credentials, HeaderKey, Secret
from providers.transport.http import Answer, Http
from stand_ins.nomic import NomicStandIn
from tests.providers.hosted.asking import picture, text
from tests.providers.snippets.echo_api import EchoApi, EchoForm, EchoStandIn
from tests.providers.snippets.pasting import (
    HOSTILE,
    ask,
    assert_same_request,
    noise,
    pasted,
    save,
    shells,
)

MOST_BYTES_OF_AN_ARGUMENT = 128 * 1024


def sent(api, batch, stand_in):
    """The request for a batch, and how it arrives when the transport sends it."""
    request = api.request_for(api.info.setup(), batch, Credentials("echo"))
    http = Http(stand_in.address, 1, RetryPolicy())
    answer = http.send(request, HeaderKey(api.header, api.prefix, Secret(stand_in.key)))
    http.close()
    assert isinstance(answer, Answer)
    assert answer.status == 200
    return request, stand_in.received[-1]


@pytest.mark.parametrize("shell", shells())
def test_hostile_captions_arrive_as_the_transport_sends_them(shell, tmp_path):
    with EchoStandIn() as stand_in:
        request, first = sent(EchoApi(), tuple(map(text, HOSTILE)), stand_in)
        command = curl_command(EchoApi(), request, stand_in.address, {})
        answer = pasted(shell, command, tmp_path, ECHO_KEY=stand_in.key)
        assert "rows" in answer
        again = stand_in.received[-1]
        assert again is not first
        assert_same_request(first, again, "x-echo-key")
        assert again.json["inputs"] == list(HOSTILE)
        assert again.headers["X-Extra"] == first.headers["X-Extra"]


@pytest.mark.parametrize("shell", shells())
def test_pictures_and_captions_beyond_the_limit_of_an_argument_arrive_whole(shell, tmp_path):
    batch = (noise("a", 400), text("very long " * 20_000), noise("b", 500))
    with EchoStandIn() as stand_in:
        request, first = sent(EchoApi(), batch, stand_in)
        names = file_names(batch, {})
        save(request.pictures, names, tmp_path)
        command = curl_command(EchoApi(), request, stand_in.address, names)
        pasted(shell, command, tmp_path, ECHO_KEY=stand_in.key)
        assert_same_request(first, stand_in.received[-1], "x-echo-key")
        for found in (first.json["inputs"][0], first.json["inputs"][2]):
            assert len(found["raw"]) > MOST_BYTES_OF_AN_ARGUMENT
            assert found["uri"] == ["data:image/jpeg;base64," + found["raw"]]


@pytest.mark.parametrize("shell", shells())
def test_form_values_that_mean_something_to_curl_arrive_as_they_are(shell, tmp_path):
    (tmp_path / "secret").write_text("not to be sent")
    batch = (picture("red"), picture("blue"))
    with EchoStandIn() as stand_in:
        request, first = sent(EchoForm(), batch, stand_in)
        names = file_names(batch, {})
        save(batch, names, tmp_path)
        command = curl_command(EchoForm(), request, stand_in.address, names)
        pasted(shell, command, tmp_path, ECHO_KEY=stand_in.key)
        assert_same_request(first, stand_in.received[-1], "x-echo-key")
        assert len(first.parts) == 8


@pytest.mark.parametrize("shell", shells())
def test_texts_and_pictures_of_nomic_arrive_as_the_transport_sent_them(shell, tmp_path):
    with NomicStandIn() as stand_in:
        texts = [text(words) for words in (*HOSTILE, "very long " * 20_000)]
        pictures = [noise("a", 400), noise("b", 500), picture("red", 1024)]
        calls = ask("nomic", stand_in, *texts, *pictures)
        assert {asked.received.path[-5:] for asked in calls} == {"/text", "image"}
        for asked in calls:
            shown = shown_call(asked.call, {})
            save(shown.pictures, shown.file_names, tmp_path)
            printed = pasted(shell, shown.curl, tmp_path, **{shown.variable: stand_in.key})
            assert_same_request(asked.received, stand_in.received[-1])
            assert len(json.loads(printed)["embeddings"]) == len(asked.call.batch)


@pytest.mark.parametrize("shell", shells())
def test_a_refusal_is_told_and_counts_as_a_failure(shell, tmp_path):
    with NomicStandIn() as stand_in:
        (asked,) = ask("nomic", stand_in, text("a cat"))
        command = f"{shown_call(asked.call, {}).curl}\necho code $?; true"
        printed = pasted(shell, command, tmp_path, NOMIC_API_KEY="wrong")
        assert "The API key is missing or not valid." in printed
        assert "code 22" in printed


def test_the_command_is_readable():
    api = EchoApi()
    request = api.request_for(api.info.setup(), (text("a cat"), picture("red")), Credentials("x"))
    lines = curl_command(api, request, "https://x.example", {"picture red 32": "cat.jpg"})
    assert lines.splitlines()[1:4] == [
        '  -H "x-echo-key: $ECHO_KEY" \\',
        '  -H "Content-Type: application/json" \\',
        "  -H 'X-Extra: it'\"'\"'s $HOME `ls` \"!\"' \\",
    ]
    assert '    "a cat",' in lines.splitlines()
    assert '"raw": "$(base64 < cat.jpg | tr -d \'\\n\')"' in lines


def test_a_form_never_has_a_content_type():
    api = EchoForm()
    request = api.request_for(api.info.setup(), (picture("red"),), Credentials("x"))
    assert "Content-Type" not in curl_command(api, request, "", {"picture red 32": "cat.jpg"})


@pytest.mark.parametrize("sign", ["!", "\t", "\x1b", "\x7f", "\x9b", "\u202e", "\u2028"])
def test_no_character_that_a_prompt_would_act_on_stands_in_the_command(sign):
    api = EchoApi()
    request = api.request_for(api.info.setup(), (text(f"a{sign}b"),), Credentials("x"))
    body = curl_command(api, request, "", {}).partition("<<JSON")[2]
    assert sign not in body


def test_writing_of_all_the_world_stays_readable():
    words = "caf\u00e9 \u732b \u0643\u0644\u0628 \U0001f408\u200d\u2b1b"
    api = EchoApi()
    request = api.request_for(api.info.setup(), (text(words),), Credentials("x"))
    assert words in curl_command(api, request, "", {})
