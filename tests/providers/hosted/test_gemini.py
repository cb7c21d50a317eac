"""The Gemini API: what stands on the wire, and what is read from it."""

import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from collection.embeddings import ItemFailure, Role
from collection.items import Modality
from providers.connection import connect
from providers.errors import ProviderFailed, UnsupportedSetup
from providers.failure_kind import Action, FailureKind
from providers.hosted.gemini import GEMINI
from providers.inputs import Input
from providers.transport.credentials import find_credentials
from stand_ins import ERROR_CASES
from stand_ins.faults import OneShort, Status
from stand_ins.gemini import GeminiStandIn
from stand_ins.google import error_body
from tests.providers.hosted.asking import answers_of, embedder_at, picture, text
from tests.providers.transport.fake_api import RecordingEvent

API = GEMINI.api
NAME = "models/gemini-embedding-2"


@pytest.fixture
def server():
    with GeminiStandIn() as running:
        yield running


def embedder_for(server, **options):
    return embedder_at(server.address, GEMINI, **{"api_key": server.key, **options})[0]


def test_each_text_is_a_request_of_its_own_with_its_role_written_before_it(server):
    embedder = embedder_for(server, dimension=768)
    answers_of(embedder, text("a kite"), text("a cat"), text("a tree", Role.DOCUMENT))
    queries, documents = server.received
    assert (queries.method, queries.query) == ("POST", {})
    assert queries.path == f"/v1beta/{NAME}:batchEmbedContents"
    assert queries.headers["x-goog-api-key"] == server.key
    assert "Authorization" not in queries.headers
    assert queries.json == {
        "requests": [
            {
                "model": NAME,
                "content": {"parts": [{"text": f"task: search result | query: {words}"}]},
                "output_dimensionality": 768,
            }
            for words in ("a kite", "a cat")
        ]
    }
    (document,) = documents.json["requests"]
    assert document["content"] == {"parts": [{"text": "title: none | text: a tree"}]}


def test_a_picture_is_raw_base64_in_a_content_of_its_own(server):
    red, blue = picture("red"), picture("blue")
    answers_of(embedder_for(server), red, blue)
    (call,) = server.received
    assert [request["content"] for request in call.json["requests"]] == [
        {
            "parts": [
                {
                    "inline_data": {
                        "mime_type": "image/jpeg",
                        "data": base64.b64encode(one.jpeg).decode(),
                    }
                }
            ]
        }
        for one in (red, blue)
    ]


def test_a_picture_is_sent_at_most_768_pixels_long(server):
    answers_of(embedder_for(server), picture("red", side=769))
    data = server.received[0].json["requests"][0]["content"]["parts"][0]["inline_data"]["data"]
    with Image.open(io.BytesIO(base64.b64decode(data))) as image:
        assert (image.size, image.format) == ((768, 768), "JPEG")


def test_rows_stand_in_the_order_of_the_inputs(server):
    inputs = [text("a kite"), text("a cat"), text("a tree")]
    together = answers_of(embedder_for(server), *inputs)
    for item in inputs:
        (alone,) = answers_of(embedder_for(server), item).values()
        assert np.array_equal(together[item.item_id], alone)
    assert len({vector.tobytes() for vector in together.values()}) == 3


@pytest.mark.parametrize("dimension", [3072, 1536, 768, 256, 129, 128])
def test_any_dimension_from_128_to_3072_is_given(server, dimension):
    (vector,) = answers_of(embedder_for(server, dimension=dimension), text("a")).values()
    assert vector.shape == (dimension,)


@pytest.mark.parametrize("dimension", [127, 3073])
def test_a_dimension_beyond_that_is_refused_before_anything_is_sent(dimension):
    with pytest.raises(UnsupportedSetup):
        API.info.setup(dimension=dimension)


def test_the_twenty_first_text_and_the_seventh_picture_go_into_a_second_call(server):
    texts = [text(f"word {n}") for n in range(21)]
    pictures = [picture("red", side) for side in range(1, 8)]
    answers_of(embedder_for(server, dimension=128), *texts, *pictures)
    assert [len(call.json["requests"]) for call in server.received] == [6, 1, 20, 1]


def test_more_than_fifteen_megabytes_of_base64_go_into_a_second_call():
    def weighing(number, size):
        return Input(f"p{number}", Modality.PICTURE, Role.DOCUMENT, bytes(size))

    setup, third = API.info.setup(), 3_750_000  # 5 MB in base64
    fits = [weighing(n, third) for n in range(3)]
    assert len(API.plan(setup, fits, ())) == 1
    assert [len(b) for b in API.plan(setup, [*fits[:2], weighing(3, third + 1)], ())] == [2, 1]


@pytest.mark.parametrize("case", ERROR_CASES["gemini"], ids=lambda case: case.name)
def test_each_documented_error_is_told_apart(case):
    failure = API.explain(case.status, case.headers, case.fault(None, None).encoded()[1])
    assert failure.kind is FailureKind[case.kind.upper()]
    assert failure.action == case.action


def test_a_bad_key_ends_it_and_says_where_to_get_another(server):
    with pytest.raises(ProviderFailed, match=r"aistudio\.google\.com/apikey") as caught:
        answers_of(embedder_for(server, api_key="AIza-wrong"), text("a kite"))
    assert len(server.received) == 1
    assert "AIza-wrong" not in str(caught.value)


def quota(message):
    return error_body(429, f"You exceeded your current quota. {message}")


def test_how_long_to_wait_is_read_from_the_words(server, pauses):
    server.misbehave(Status(429, quota("Please retry in 0.25s.")))
    watch = RecordingEvent()
    (vector,) = answers_of(embedder_for(server), text("a kite"), cancel=watch).values()
    assert len(server.received) == 2
    assert watch.waits == pauses == [0.25]
    assert vector.shape == (3072,)


@pytest.mark.parametrize(
    ("headers", "message", "retry_delay", "seconds"),
    [
        ({}, "Slow down.", "34s", 34.0),
        ({}, "Please retry in 9s.", "34.5s", 34.5),
        ({}, "Please retry in 9s.", None, 9.0),
        ({}, "Slow down.", "soon", None),
        ({"retry-after": "7"}, "Please retry in 9s.", "34s", 7.0),
    ],
)
def test_how_long_to_wait_is_read_from_header_detail_or_words(
    headers, message, retry_delay, seconds
):
    body = json.dumps(error_body(429, message, retry_delay=retry_delay)).encode()
    assert API.explain(429, headers, body).retry_after == seconds


def test_a_quota_of_nothing_is_not_waited_for(server):
    said = "* Quota exceeded for metric: embed_content_free_tier_requests, limit: 0, model: x"
    server.misbehave(Status(429, quota(f"{said}\nPlease retry in 0.1s.")), times=None)
    with pytest.raises(ProviderFailed, match="no free quota"):
        answers_of(embedder_for(server), text("a kite"))
    assert len(server.received) == 1


def test_a_country_without_the_api_is_no_fault_of_the_items():
    body = error_body(400, "User location is not supported for the API use.")
    body["error"]["status"] = "FAILED_PRECONDITION"
    encoded = Status(400, body)(None, None).encoded()[1]
    assert API.explain(400, {}, encoded).action is Action.ABORT


def test_one_refused_picture_is_found_and_the_others_are_embedded(server):
    red, bad, blue = picture("red"), picture("lime"), picture("blue")
    mark = base64.b64encode(bad.jpeg)
    refusal = Status(400, error_body(400, "Unable to process input image."))
    server.misbehave(refusal, times=None, when=lambda call: mark in call.body)
    found = answers_of(embedder_for(server), red, bad, blue)
    assert isinstance(found[bad.item_id], ItemFailure)
    assert found[red.item_id].shape == found[blue.item_id].shape == (3072,)


def test_answers_that_are_always_one_short_end_it_after_one_word_more(server):
    server.misbehave(OneShort(), times=None)
    with pytest.raises(ProviderFailed, match="0 vectors for 1 items"):
        answers_of(embedder_for(server), text("a kite"), text("a cat"))
    assert len(server.received) == 3


def test_its_own_variable_comes_before_the_general_one_of_google():
    both = {"GOOGLE_API_KEY": "AIza-general", "GEMINI_API_KEY": "AIza-own"}
    found = find_credentials(API.info, {}, environment=both)
    assert found.secrets["api_key"].reveal() == "AIza-own"
    general = find_credentials(API.info, {}, environment={"GOOGLE_API_KEY": "AIza-general"})
    assert general.origins["api_key"] == "from the environment (GOOGLE_API_KEY)"


def test_connect_asks_where_gemini_base_url_says_with_the_key_in_a_header_only(server, monkeypatch):
    monkeypatch.setenv("GEMINI_BASE_URL", server.address)
    rows = connect("gemini", api_key=server.key, dimension=256).embed_texts(["a kite", "a cat"])
    assert rows.shape == (2, 256)
    (call,) = server.received
    assert call.query == {}
    assert server.key not in call.path + call.body.decode()


def test_a_picture_counts_as_258_tokens():
    assert API.picture_tokens(API.info.setup(), 768, 512) == 258
