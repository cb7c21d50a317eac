"""https://api.jina.ai/openapi.json, POST /v1/embeddings"""

import base64

import pytest

from collection.embeddings import Role
from collection.items import Modality
from providers.errors import ProviderFailed
from providers.inputs import Input
from providers.transport import rate_limiter
from stand_ins import ERROR_CASES
from tests.providers.hosted.all_hosted import HOSTED
from tests.providers.hosted.asking import (
    IMPATIENT,
    answers_of,
    assert_found_by_index,
    parts_of,
    picture,
    text,
)

pytestmark = pytest.mark.parametrize("hosted", [HOSTED["jina"]], ids=["jina"])
CLIP = ("jina-clip-v2", "jina-clip-v1")
OMNI = ("jina-embeddings-v5-omni-small", "jina-embeddings-v5-omni-nano")
V4 = "jina-embeddings-v4"

# model → (fields of a call for texts that are queries, fields of one for pictures) besides input
FIELDS = {
    "jina-clip-v2": ({"dimensions": 512, "normalized": True},) * 2,
    "jina-clip-v1": ({"normalized": True},) * 2,
    V4: (
        {"dimensions": 512, "task": "retrieval.query"},
        {"dimensions": 512, "task": "retrieval.passage"},
    ),
    **{
        model: (
            {"dimensions": 512, "normalized": True, "task": "retrieval.query"},
            {"dimensions": 512, "normalized": True, "task": "retrieval.passage"},
        )
        for model in OMNI
    },
}


def case(name, status=429):
    return next(c for c in ERROR_CASES["jina"] if (c.name, c.status) == (name, status))


@pytest.mark.parametrize("model", FIELDS)
def test_each_model_is_sent_the_fields_that_it_has(hosted, server, model):
    dimension = 768 if model == "jina-clip-v1" else 512
    embedder, _ = hosted.embedder(server, model=model, dimension=dimension)
    red = picture("red")
    answers_of(embedder, red, text("a kite"), text("a cat"))
    of_pictures, of_texts = server.received
    assert {(c.method, c.path, c.status) for c in server.received} == {
        ("POST", "/v1/embeddings", 200)
    }
    for call in server.received:
        assert call.headers["Authorization"] == f"Bearer {server.key}"
        assert call.headers["Content-Type"] == "application/json"
        assert call.headers["Accept"] == "application/json"
    same = {"model": model, "embedding_type": "float"}
    for_texts, for_pictures = FIELDS[model]
    assert of_texts.json == {
        **same,
        **for_texts,
        "input": [{"text": "a kite"}, {"text": "a cat"}],
    }
    raw = base64.b64encode(red.jpeg).decode()
    assert of_pictures.json == {**same, **for_pictures, "input": [{"image": raw}]}


@pytest.mark.parametrize("model", [V4, *OMNI])
def test_texts_and_pictures_alike_are_queries_or_documents(hosted, server, model):
    embedder, _ = hosted.embedder(server, model=model, dimension=256)
    items = [picture("red"), picture("blue", role=Role.QUERY)]
    items += [text("a kite"), text("a cat", Role.DOCUMENT)]
    answers_of(embedder, *items)
    tasks = [(*call.json["input"][0], call.json["task"]) for call in server.received]
    assert sorted(tasks) == [
        ("image", "retrieval.passage"),
        ("image", "retrieval.query"),
        ("text", "retrieval.passage"),
        ("text", "retrieval.query"),
    ]
    assert hosted.provider.info.model(model).roles == set(Modality)


@pytest.mark.parametrize("model", CLIP)
def test_clip_models_know_no_role(hosted, server, model):
    embedder, _ = hosted.embedder(server, model=model)
    answers_of(embedder, text("a kite"), text("a cat", Role.DOCUMENT))
    assert not any("task" in call.json for call in server.received)
    assert hosted.provider.info.model(model).roles == set()


@pytest.mark.parametrize(
    ("model", "largest"), [("jina-clip-v2", 1024), (V4, 2048), (OMNI[0], 1024), (OMNI[1], 768)]
)
def test_any_dimension_up_to_the_largest_is_offered(hosted, model, largest):
    offers = hosted.provider.info.model(model).offers
    assert [offers(size) for size in (0, 1, 63, largest, largest + 1)] == [
        *(False, True, True, True, False)
    ]


def test_vectors_are_found_by_their_index(hosted, server):
    embedder, _ = hosted.embedder(server)
    assert_found_by_index(embedder, server)


def test_the_thirty_third_text_and_the_ninth_picture_go_into_a_second_call(hosted, server):
    embedder, _ = hosted.embedder(server)
    texts = [text(f"word {n}") for n in range(33)]
    pictures = [picture("red", 8 + n) for n in range(9)]
    found = answers_of(embedder, *texts, *pictures)
    assert [len(call.json["input"]) for call in server.received] == [8, 1, 32, 1]
    assert len(found) == 42


def test_a_call_stays_below_eight_megabytes(hosted):
    api = hosted.provider.api
    heavy = [
        Input(str(n), Modality.PICTURE, Role.DOCUMENT, bytes(2_500_000)) for n in range(3)
    ]  # in base64 3.3 MB each
    assert [len(b) for b in api.plan(hosted.provider.info.setup(), heavy, ())] == [2, 1]


@pytest.mark.parametrize(
    ("model", "size", "tokens"),
    [
        ("jina-clip-v2", (512, 512), 4000),
        ("jina-clip-v2", (513, 300), 8000),
        ("jina-clip-v2", (1024, 1024), 16000),
        ("jina-clip-v1", (224, 100), 1000),
        ("jina-clip-v1", (896, 896), 16000),
        (V4, (512, 512), 3610),
        (OMNI[0], (512, 512), None),
        (OMNI[1], (512, 512), None),
    ],
)
def test_pictures_cost_tokens_by_the_tile(hosted, model, size, tokens):
    setup = hosted.provider.info.setup(model)
    assert hosted.provider.api.picture_tokens(setup, *size) == tokens


@pytest.mark.parametrize("model", CLIP)
def test_a_picture_is_sent_at_the_size_of_one_tile(hosted, server, model):
    embedder, _ = hosted.embedder(server, model=model)
    (part,) = parts_of(embedder, picture("red", 1000))
    assert part.usage["picture_tokens"] == hosted.provider.api.picture_tokens(
        embedder.setup, *(hosted.provider.info.model(model).picture_side,) * 2
    )


def test_tokens_are_counted_by_kind(hosted, server):
    embedder, log = hosted.embedder(server)
    pictures, texts = parts_of(embedder, picture("red"), text("a kite"))
    assert pictures.usage == {"tokens": 4000, "text_tokens": 0, "picture_tokens": 4000}
    assert texts.usage == {"tokens": 4, "text_tokens": 4}
    assert [call.tokens for call in log.calls] == [4000, 4]


def test_what_is_left_of_the_limits_is_noted(hosted, server):
    embedder, log = hosted.embedder(server)
    answers_of(embedder, text("a kite"))
    assert log.calls[-1].remaining == "99 calls and 99996 tokens left this minute"
    assert hosted.provider.api.remaining({}) == ""


def test_too_many_calls_at_once_lower_their_number(hosted, server, monkeypatch):
    lowered = []
    monkeypatch.setattr(
        rate_limiter.RateLimiter,
        "lower_concurrency",
        lambda limiter: lowered.append(limiter.concurrency),
    )
    embedder, _ = hosted.embedder(server)
    server.misbehave(case("RATE_CONCURRENCY_LIMIT_EXCEEDED").fault)
    answers_of(embedder, text("a kite"))
    assert lowered == [2]


def test_too_many_tokens_a_minute_slow_the_calls_to_what_a_free_key_allows(hosted, server, paces):
    embedder, _ = hosted.embedder(server)
    server.misbehave(case("RATE_TOKEN_LIMIT_EXCEEDED").fault)
    answers_of(embedder, picture("red"))
    assert paces == [3 / 60]
    tokens = hosted.provider.api.picture_tokens(embedder.setup, 512, 512)
    assert paces[0] * 60 * hosted.provider.api.pictures_a_call * tokens < 100_000


def test_two_calls_are_under_way_at_most_and_a_hundred_begin_in_a_minute(hosted):
    info = hosted.provider.info
    assert info.concurrency == 2
    assert (info.rate.calls, info.rate.seconds, info.rate.per_address) == (100, 60, False)


def test_a_single_text_that_takes_too_long_is_waited_for(hosted, server):
    embedder, _ = hosted.embedder(server)
    server.misbehave(case("timeout", 504).fault, times=None)
    with pytest.raises(ProviderFailed, match="took too long"):
        answers_of(embedder, text("a kite"))
    assert len(server.received) == IMPATIENT.tries


def test_a_text_longer_than_the_model_reads_is_named(hosted, server):
    embedder, _ = hosted.embedder(server)
    found = answers_of(embedder, text("a kite"), text("word " * 9000), text("a cat"))
    assert str(found[text("word " * 9000).item_id]).startswith(
        "The text is longer than the model reads ("
    )
    assert sum(hasattr(it, "shape") for it in found.values()) == 2


@pytest.mark.parametrize(
    ("name", "said"), [("empty balance", "tokens of this key are used up"), ("plan", "The plan")]
)
def test_an_empty_balance_and_a_plan_are_said_in_words(hosted, server, name, said):
    embedder, _ = hosted.embedder(server)
    server.misbehave(case(name, 403).fault)
    with pytest.raises(ProviderFailed, match=said):
        answers_of(embedder, text("a kite"))
