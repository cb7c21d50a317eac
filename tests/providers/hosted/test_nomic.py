"""https://docs.nomic.ai/reference/endpoints/nomic-embed-text and …/nomic-embed-vision"""

import io
import json

import numpy as np
import pytest
from PIL import Image

from collection.embeddings import Role
from providers.errors import ProviderFailed
from providers.failure_kind import Action, FailureKind
from providers.transport.picture_size import shrunk
from stand_ins import ERROR_CASES
from stand_ins.faults import Status
from tests.providers.hosted.all_hosted import HOSTED
from tests.providers.hosted.asking import answers_of, parts_of, picture, text

pytestmark = pytest.mark.parametrize("hosted", [HOSTED["nomic"]], ids=["nomic"])


def test_texts_are_asked_for_as_documented(hosted, server):
    embedder, _ = hosted.embedder(server)
    answers_of(embedder, text("a “kite”"), text("ein Drachen, grün"))
    (call,) = server.received
    assert (call.method, call.path, call.query) == ("POST", "/v1/embedding/text", {})
    assert call.content_type == "application/json"
    assert call.headers["Authorization"] == f"Bearer {server.key}"
    assert call.headers["Accept"] == "application/json"
    assert "Cookie" not in call.headers
    assert call.json == {
        "model": "nomic-embed-text-v1.5",
        "task_type": "search_query",
        "texts": ["a “kite”", "ein Drachen, grün"],
    }


def test_a_document_has_another_task(hosted, server):
    embedder, _ = hosted.embedder(server)
    answers_of(embedder, text("a kite", Role.DOCUMENT))
    assert server.received[0].json["task_type"] == "search_document"


def test_queries_and_documents_never_share_a_call(hosted, server):
    embedder, _ = hosted.embedder(server)
    found = answers_of(embedder, text("a kite"), text("a cat", Role.DOCUMENT), text("a tree"))
    assert [call.json["texts"] for call in server.received] == [["a kite", "a tree"], ["a cat"]]
    assert len(found) == 3


def test_pictures_are_asked_for_as_files_of_a_form(hosted, server):
    embedder, _ = hosted.embedder(server)
    red, blue = picture("red"), picture("blue")
    answers_of(embedder, red, blue)
    (call,) = server.received
    assert (call.method, call.path) == ("POST", "/v1/embedding/image")
    assert call.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert call.headers["Authorization"] == f"Bearer {server.key}"
    assert [(p.name, p.filename, p.content_type, p.data) for p in call.parts] == [
        ("model", None, None, b"nomic-embed-vision-v1.5"),
        ("images", "picture-1.jpg", "image/jpeg", red.jpeg),
        ("images", "picture-2.jpg", "image/jpeg", blue.jpeg),
    ]


def test_pictures_and_texts_of_a_set_go_to_their_own_endpoints(hosted, server):
    embedder, _ = hosted.embedder(server)
    found = answers_of(embedder, text("a kite"), picture("red"), text("a cat"))
    assert {(call.path, call.status) for call in server.received} == {
        ("/v1/embedding/image", 200),
        ("/v1/embedding/text", 200),
    }
    assert set(found) == {"text a kite", "picture red 32", "text a cat"}


def test_the_older_text_model_goes_with_the_older_vision_model(hosted, server):
    embedder, _ = hosted.embedder(server, model="v1")
    answers_of(embedder, picture("red"), text("a kite"))
    form, body = server.received
    assert form.parts[0].data == b"nomic-embed-vision-v1"
    assert body.json["model"] == "nomic-embed-text-v1"


def test_the_answer_is_read_in_the_order_of_the_request(hosted, server):
    embedder, _ = hosted.embedder(server)
    rows = [[float(n), *[0.0] * 767] for n in (1, 2, 3)]
    server.misbehave(Status(200, {"embeddings": rows}))
    found = answers_of(embedder, text("a"), text("b"), text("c"))
    assert [vector[0] for vector in found.values()] == [1, 2, 3]


@pytest.mark.parametrize("make", [lambda n: text(f"word {n}"), lambda n: picture("red", 8 + n)])
def test_the_eleventh_item_goes_into_a_second_call(hosted, server, make):
    embedder, _ = hosted.embedder(server)
    batches = embedder.batches([make(n) for n in range(11)])
    assert [len(batch) for batch in batches] == [10, 1]
    assert len(answers_of(embedder, *(make(n) for n in range(11)))) == 11
    assert [call.status for call in server.received] == [200, 200]


def test_a_large_picture_is_sent_with_its_longest_side_at_512_pixels(hosted, server):
    embedder, _ = hosted.embedder(server)
    large = picture("red", 600)
    answers_of(embedder, large)
    sent = server.received[0].parts[1].data
    assert sent == shrunk(large.jpeg, 512)
    assert Image.open(io.BytesIO(sent)).size == (512, 512)


def test_all_tokens_are_counted(hosted, server):
    embedder, log = hosted.embedder(server)
    (part,) = parts_of(embedder, text("a kite"))
    assert part.usage == {"tokens": 4}
    assert log.calls[-1].tokens == 4


@pytest.mark.parametrize("usage", [{}, {"usage": {"prompt_tokens": 4}}, {"usage": "4"}], ids=str)
def test_an_answer_without_usage_is_none_the_worse(hosted, server, usage):
    embedder, log = hosted.embedder(server)
    server.misbehave(Status(200, {"embeddings": [[1.0] * 768], **usage}))
    (part,) = parts_of(embedder, text("a kite"))
    assert np.array_equal(part.answers[0], np.ones(768, np.float32))
    assert (part.usage, log.calls[-1].tokens) == ({}, None)


def test_after_too_many_requests_calls_go_on_at_four_a_second(hosted, server, paces):
    embedder, _ = hosted.embedder(server)
    server.misbehave(next(c for c in ERROR_CASES["nomic"] if c.kind == "rate").fault)
    answers_of(embedder, text("a kite"))
    assert paces == [4.0]


@pytest.mark.parametrize(
    "said", ["You have exceeded\nyour 1000000 free tokens", "Free tokens: the quota is exceeded"]
)
def test_spent_tokens_are_known_by_two_words_in_any_order(hosted, said):
    failure = hosted.provider.api.explain(400, {}, json.dumps({"detail": said}).encode())
    assert (failure.kind, failure.action) == (FailureKind.BALANCE, Action.ABORT)


def test_the_free_tokens_being_spent_is_said_in_words(hosted, server):
    embedder, _ = hosted.embedder(server)
    server.misbehave(next(c for c in ERROR_CASES["nomic"] if c.kind == "balance").fault)
    with pytest.raises(ProviderFailed) as failed:
        answers_of(embedder, text("a kite"))
    assert str(failed.value).startswith(
        "Nomic Atlas: The free tokens of this account are used up ("
    )
