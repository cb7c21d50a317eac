"""https://docs.voyageai.com/reference/multimodal-embeddings-api-1"""

import base64

import pytest

from collection.embeddings import Role
from collection.items import Modality
from providers.failure_kind import Action, FailureKind
from providers.hosted.voyage import ATLAS_BASE_URL, VOYAGE
from providers.inputs import Input
from providers.transport.credentials import find_credentials
from stand_ins.faults import Status
from tests.providers.hosted.all_hosted import HOSTED
from tests.providers.hosted.asking import answers_of, assert_found_by_index, parts_of, picture, text

pytestmark = pytest.mark.parametrize("hosted", [HOSTED["voyage"]], ids=["voyage"])


def test_texts_are_asked_for_as_documented(hosted, server):
    embedder, _ = hosted.embedder(server)
    answers_of(embedder, text("a “kite”"), text("a cat"))
    (call,) = server.received
    assert (call.method, call.path, call.query) == ("POST", "/v1/multimodalembeddings", {})
    assert call.headers["Authorization"] == f"Bearer {server.key}"
    assert call.headers["Content-Type"] == "application/json"
    assert call.json == {
        "model": "voyage-multimodal-3.5",
        "input_type": "query",
        "truncation": False,
        "output_dimension": 1024,
        "inputs": [
            {"content": [{"type": "text", "text": "a “kite”"}]},
            {"content": [{"type": "text", "text": "a cat"}]},
        ],
    }


def test_pictures_are_asked_for_as_data_uris_one_in_each_input(hosted, server):
    embedder, _ = hosted.embedder(server, dimension=256)
    red, blue = picture("red"), picture("blue")
    answers_of(embedder, red, blue)
    (call,) = server.received
    uris = [f"data:image/jpeg;base64,{base64.b64encode(i.jpeg).decode()}" for i in (red, blue)]
    assert call.json == {
        "model": "voyage-multimodal-3.5",
        "input_type": "document",
        "truncation": False,
        "output_dimension": 256,
        "inputs": [{"content": [{"type": "image_base64", "image_base64": uri}]} for uri in uris],
    }


def test_the_older_model_is_sent_no_dimension(hosted, server):
    embedder, _ = hosted.embedder(server, model="voyage-multimodal-3")
    answers_of(embedder, text("a kite"), picture("red"))
    for call in server.received:
        assert call.status == 200
        assert set(call.json) == {"model", "input_type", "truncation", "inputs"}


def test_texts_and_pictures_alike_are_queries_or_documents(hosted, server):
    embedder, _ = hosted.embedder(server)
    items = [picture("red"), picture("blue", role=Role.QUERY)]
    items += [text("a kite"), text("a cat", Role.DOCUMENT)]
    assert len(answers_of(embedder, *items)) == 4
    asked = [
        (c.json["inputs"][0]["content"][0]["type"], c.json["input_type"]) for c in server.received
    ]
    assert sorted(asked) == [
        ("image_base64", "document"),
        ("image_base64", "query"),
        ("text", "document"),
        ("text", "query"),
    ]
    assert all(model.roles == set(Modality) for model in hosted.provider.info.models)


def test_vectors_are_found_by_their_index(hosted, server):
    embedder, _ = hosted.embedder(server)
    assert_found_by_index(embedder, server)


def test_the_thirty_third_text_and_the_ninth_picture_go_into_a_second_call(hosted, server):
    embedder, _ = hosted.embedder(server, dimension=256)
    texts = [text(f"word {n}") for n in range(33)]
    pictures = [picture("red", 8 + n) for n in range(9)]
    assert len(answers_of(embedder, *texts, *pictures)) == 42
    assert [len(call.json["inputs"]) for call in server.received] == [8, 1, 32, 1]


def test_a_call_stays_below_twenty_megabytes(hosted):
    heavy = [Input(str(n), Modality.PICTURE, Role.DOCUMENT, bytes(7_000_000)) for n in range(3)]
    batches = hosted.provider.api.plan(hosted.provider.info.setup(), heavy, ())  # 9.3 MB each
    assert [len(batch) for batch in batches] == [2, 1]


def test_tokens_and_pixels_are_counted_and_priced(hosted, server):
    embedder, log = hosted.embedder(server)
    pictures, texts = parts_of(embedder, picture("red", 512), text("a kite"))
    assert pictures.usage == {"tokens": 468, "text_tokens": 0, "pixels": 512 * 512}
    assert texts.usage == {"tokens": 4, "text_tokens": 4, "pixels": 0}
    assert log.calls[0].dollars == pytest.approx(512 * 512 * 0.60e-9)
    assert log.calls[1].dollars == pytest.approx(4 * 0.12e-6)


@pytest.mark.parametrize(
    ("size", "tokens"), [((512, 512), 468), ((100, 100), 89), ((3000, 2000), 3571)]
)
def test_a_picture_costs_a_token_for_560_pixels_within_bounds(hosted, size, tokens):
    setup = hosted.provider.info.setup()
    assert hosted.provider.api.picture_tokens(setup, *size) == tokens


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("pa-0123", "https://api.voyageai.com"),
        ("al-0123", ATLAS_BASE_URL),
        ("xal-1", VOYAGE.api.base_url),
    ],
)
def test_a_key_is_used_where_it_was_made(hosted, key, address):
    credentials = find_credentials(hosted.provider.info, {"api_key": key}, environment={})
    assert hosted.provider.api.base_url_for(credentials) == address


def test_a_text_longer_than_the_model_reads_is_named_and_not_cut(hosted, server):
    embedder, _ = hosted.embedder(server, dimension=256)
    long = text("word " * 26_000)
    found = answers_of(embedder, text("a kite"), long, text("a cat"))
    assert "more than 32000 tokens" in str(found[long.item_id])
    assert sum(hasattr(it, "shape") for it in found.values()) == 2


def test_without_a_payment_method_calls_go_on_at_two_a_minute(hosted, server, paces):
    embedder, _ = hosted.embedder(server)
    message = (
        "You have not yet added your payment method in the billing page and will have reduced "
        "rate limits of 3 RPM and 10K TPM."
    )
    server.misbehave(Status(429, {"detail": message}))
    answers_of(embedder, picture("red"))
    assert paces == [2 / 60]
    tokens = hosted.provider.api.picture_tokens(embedder.setup, 512, 512)
    assert 2 * hosted.provider.api.pictures_a_call * tokens < 10_000


def test_a_model_that_is_not_offered_ends_it(hosted):
    body = b"{\"detail\": \"Model voyage-x is not supported. Supported models are ['a', 'b'].\"}"
    failure = hosted.provider.api.explain(400, {}, body)
    assert (failure.kind, failure.action) == (FailureKind.MODEL, Action.ABORT)
