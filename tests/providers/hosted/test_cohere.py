"""https://docs.cohere.com/reference/embed"""

import base64

import pytest

from collection.embeddings import Role
from collection.items import Modality
from providers.errors import ProviderFailed
from providers.inputs import Input
from providers.transport.cost import dollars
from stand_ins.faults import Status
from tests.providers.hosted.all_hosted import HOSTED
from tests.providers.hosted.asking import answers_of, parts_of, picture, text

pytestmark = pytest.mark.parametrize("hosted", [HOSTED["cohere"]], ids=["cohere"])
SAME = {"model": "embed-v4.0", "embedding_types": ["float"], "output_dimension": 1536}


def test_texts_are_asked_for_as_documented(hosted, server):
    embedder, _ = hosted.embedder(server)
    answers_of(embedder, text("a “kite”"), text("a cat"))
    (call,) = server.received
    assert (call.method, call.path, call.query) == ("POST", "/v2/embed", {})
    assert call.headers["Authorization"] == f"Bearer {server.key}"
    assert call.headers["Content-Type"] == "application/json"
    assert call.json == {
        **SAME,
        "input_type": "search_query",
        "truncate": "NONE",
        "texts": ["a “kite”", "a cat"],
    }


def test_a_document_has_another_input_type(hosted, server):
    embedder, _ = hosted.embedder(server)
    answers_of(embedder, text("a kite"), text("a cat", Role.DOCUMENT))
    assert [(c.json["input_type"], c.json["texts"]) for c in server.received] == [
        ("search_query", ["a kite"]),
        ("search_document", ["a cat"]),
    ]
    assert hosted.provider.info.models[0].roles == {Modality.TEXT}


@pytest.mark.parametrize("role", Role)
def test_pictures_are_asked_for_as_data_uris_in_any_role(hosted, server, role):
    embedder, _ = hosted.embedder(server, dimension=256)
    red, blue = picture("red", role=role), picture("blue", role=role)
    answers_of(embedder, red, blue)
    (call,) = server.received
    uris = [
        f"data:image/jpeg;base64,{base64.b64encode(item.jpeg).decode()}" for item in (red, blue)
    ]
    assert call.json == {**SAME, "output_dimension": 256, "input_type": "image", "images": uris}


def test_pictures_and_texts_of_a_set_never_share_a_call(hosted, server):
    embedder, _ = hosted.embedder(server)
    found = answers_of(embedder, text("a kite"), picture("red"), text("a cat"))
    kinds = [{"images", "texts"} & set(call.json) for call in server.received]
    assert kinds == [{"images"}, {"texts"}]
    assert {call.status for call in server.received} == {200}
    assert set(found) == {"text a kite", "picture red 32", "text a cat"}


def test_the_answer_is_read_in_the_order_of_the_request(hosted, server):
    embedder, _ = hosted.embedder(server, dimension=256)
    rows = [[float(n), *[0.0] * 255] for n in (1, 2, 3)]
    server.misbehave(Status(200, {"id": "x", "embeddings": {"float": rows}}))
    found = answers_of(embedder, text("a"), text("b"), text("c"))
    assert [vector[0] for vector in found.values()] == [1, 2, 3]


def test_the_ninety_seventh_text_and_the_sixth_picture_go_into_a_second_call(hosted, server):
    embedder, _ = hosted.embedder(server, dimension=256)
    texts = [text(f"word {n}") for n in range(97)]
    pictures = [picture("red", 8 + n) for n in range(6)]
    assert len(answers_of(embedder, *texts, *pictures)) == 103
    sizes = [len(call.json.get("images") or call.json.get("texts")) for call in server.received]
    assert sizes == [5, 1, 96, 1]


def test_a_call_stays_below_twenty_megabytes(hosted):
    heavy = [Input(str(n), Modality.PICTURE, Role.DOCUMENT, bytes(7_000_000)) for n in range(3)]
    batches = hosted.provider.api.plan(hosted.provider.info.setup(), heavy, ())  # 9.3 MB each
    assert [len(batch) for batch in batches] == [2, 1]


def test_what_is_billed_is_counted(hosted, server):
    embedder, log = hosted.embedder(server)
    pictures, texts = parts_of(embedder, picture("red"), text("a kite"))
    assert pictures.usage == {"pictures": 1}
    assert texts.usage == {"tokens": 4, "text_tokens": 4}
    assert [call.tokens for call in log.calls] == [None, 4]


def test_picture_tokens_are_counted_and_priced_where_they_are_billed(hosted, server):
    embedder, log = hosted.embedder(server, dimension=256)
    billed = {"billed_units": {"images": 1, "image_tokens": 1000, "input_tokens": 1000}}
    server.misbehave(Status(200, {"embeddings": {"float": [[1.0] * 256]}, "meta": billed}))
    (part,) = parts_of(embedder, picture("red"))
    assert part.usage == {"pictures": 1, "picture_tokens": 1000, "tokens": 1000}
    assert log.calls[-1].dollars == pytest.approx(1000 * 0.47e-6)
    assert dollars(hosted.provider.info.model().price, {"pictures": 1}) is None


@pytest.mark.parametrize("meta", [None, "none", {"billed_units": 4}], ids=str)
def test_an_answer_without_meta_is_none_the_worse(hosted, server, meta):
    embedder, _ = hosted.embedder(server, dimension=256)
    server.misbehave(Status(200, {"embeddings": {"float": [[1.0] * 256]}, "meta": meta}))
    (part,) = parts_of(embedder, text("a kite"))
    assert part.usage == {}


@pytest.mark.parametrize("header", ["x-trial-endpoint-call-remaining", "other"])
def test_what_a_trial_key_has_left_is_noted(hosted, server, header):
    embedder, log = hosted.embedder(server, dimension=256)
    body = {"embeddings": {"float": [[1.0] * 256]}}
    server.misbehave(Status(200, body, {header: "7"}))
    answers_of(embedder, text("a kite"))
    said = "7 calls of the trial key left this minute"
    assert log.calls[-1].remaining == (said if header.startswith("x-trial") else "")


def test_a_trial_key_is_slowed_to_a_call_a_minute(hosted, server, paces):
    embedder, _ = hosted.embedder(server)
    message = "You are using a Trial key, which is limited to 5 API calls / minute."
    server.misbehave(Status(429, {"message": message}))
    answers_of(embedder, picture("red"))
    assert paces == [1 / 60]


def test_a_production_key_is_slowed_to_its_pictures_only_once_it_is_told_so(hosted, server, paces):
    embedder, _ = hosted.embedder(server)
    server.misbehave(Status(429, {"message": "too many requests"}))
    answers_of(embedder, picture("red"))
    assert [pace * 60 * hosted.provider.api.pictures_a_call for pace in paces] == [400]


def test_a_trial_key_without_calls_this_month_is_not_waited_for(hosted, server):
    embedder, _ = hosted.embedder(server)
    message = "You are using a Trial key, which is limited to 1000 API calls / month."
    server.misbehave(Status(429, {"message": message}), times=None)
    with pytest.raises(ProviderFailed, match="all its calls of the month"):
        answers_of(embedder, text("a kite"))
    assert len(server.received) == 1
