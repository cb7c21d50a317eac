"""Jina AI: five models that embed texts and pictures, behind one endpoint whose fields differ.

https://api.jina.ai/openapi.json (POST /v1/embeddings)
https://jina.ai/embeddings/
https://jina.ai/api-dashboard/rate-limit
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from collection.embeddings import Role, Setup
from collection.items import Modality
from providers.failure_kind import Action, FailureKind
from providers.info import KeyField, Limits, Model, ProviderInfo, Rate
from providers.inputs import Batch, Input
from providers.transport.api import HostedApi, ParsedAnswer, numbers_in, role_in, rows_by_index
from providers.transport.credentials import Credentials
from providers.transport.failure import Rule
from providers.transport.hosted import HostedProvider
from providers.transport.request import Json, PictureData, Request

# The API takes lists of 512. Fewer show progress, and less is lost with a call that fails. A
# picture may have 8 MB, which here holds for all pictures of a call together.
_LIMITS = Limits(items=32, megabytes=8, source="https://api.jina.ai/openapi.json")
_BOTH = frozenset({Modality.TEXT, Modality.PICTURE})

TASKS = {Role.QUERY: "retrieval.query", Role.DOCUMENT: "retrieval.passage"}


@dataclass(frozen=True, slots=True)
class Schema:
    """Which optional fields a model has, and what a picture costs it: tokens for each tile.

    `tile`: the side of a tile in pixels, 0 where the cost is not published.
    """

    dimensions: bool = True
    normalized: bool = True
    task: bool = True
    tile: int = 0
    tile_tokens: int = 0


SCHEMAS = {
    # clip-v2 has a task for queries alone; left unset, a text has one vector whatever its role.
    "jina-clip-v2": Schema(task=False, tile=512, tile_tokens=4000),
    "jina-clip-v1": Schema(dimensions=False, task=False, tile=224, tile_tokens=1000),
    "jina-embeddings-v4": Schema(normalized=False, tile=28, tile_tokens=10),
    "jina-embeddings-v5-omni-small": Schema(),
    "jina-embeddings-v5-omni-nano": Schema(),
}


def _model(
    name: str, max_tokens: int, dimensions: tuple[int, ...], note: str, side: int = 512
) -> Model:
    # Pictures are billed by the tile: at this side one is a single tile of its CLIP model, while
    # at 1024 px it would be four tiles of clip-v2, and cost four times as much.
    return Model(
        name,
        dimensions,
        max_tokens,
        source=f"https://jina.ai/models/{name}/",
        any_dimension_from=1 if SCHEMAS[name].dimensions else 0,
        roles=_BOTH if SCHEMAS[name].task else frozenset(),
        picture_side=side,
        limits=_LIMITS,
        note=note,
    )


_MODELS = (
    _model(
        "jina-clip-v2",
        8192,
        (1024, 768, 512, 256, 128, 64),
        "89 languages; sees pictures at 512 × 512 pixels.",
    ),
    _model(
        "jina-clip-v1",
        8192,
        (768,),
        "English only; sees pictures at 224 × 224 pixels. Jina calls it deprecated.",
        side=224,
    ),
    _model(
        "jina-embeddings-v4",
        32768,
        (2048, 1024, 512, 256, 128),
        "Made for pages with text, charts and tables. For non-commercial use.",
    ),
    _model(
        "jina-embeddings-v5-omni-small",
        32768,
        (1024, 768, 512, 256, 128, 64, 32),
        "93 languages. What a picture costs is not published.",
    ),
    _model(
        "jina-embeddings-v5-omni-nano",
        8192,
        (768, 512, 256, 128, 64, 32),
        "108 languages; the small one of v5. What a picture costs is not published.",
    ),
)


class Jina(HostedApi):
    """One endpoint; each item of the list becomes a vector, found again by its index."""

    info = ProviderInfo(
        id="jina",
        title="Jina AI",
        summary="CLIP models for photographs and captions, and larger models that also read "
        "documents. Open weights; here they run on Jina's servers.",
        good_at="captions in many languages (clip-v2: 89), shortened vectors; pages, charts and "
        "tables with v4 and v5.",
        bad_at="keeping text and picture scores on one scale (clip-v2: compare texts with texts, "
        "pictures with pictures); free accounts are slow with pictures.",
        licence="weights: clip-v1 Apache-2.0, clip-v2 and v5-omni CC BY-NC 4.0, v4 Qwen Research "
        "License; the service has terms of its own",
        home_page="https://jina.ai/embeddings/",
        models=_MODELS,
        version="1",
        embedded=False,
        key_fields=(
            KeyField("api_key", "API key", ("JINA_API_KEY",), hint="It begins with jina_."),
        ),
        key_page="https://jina.ai/api-dashboard/key-manager",
        key_steps=(
            "Open the [key manager](https://jina.ai/api-dashboard/key-manager) and log in.",
            "Create a key, or copy the one that is shown: it begins with `jina_`. A new key has "
            "free tokens for non-commercial use.",
            "When they are used up, add some under **API Key & Billing** at "
            "[jina.ai/embeddings](https://jina.ai/embeddings/).",
        ),
        notes=(
            "Pictures cost far more tokens than captions: one of 512 × 512 pixels costs 4,000 with "
            "clip-v2, one of 1024 × 1024 four times that. So they are sent at 512 pixels unless "
            "you choose more.",
            "A free key may use 100,000 tokens a minute, which is about 25 pictures with clip-v2. "
            "Beyond that the app waits, and goes on at that pace.",
        ),
        base_url_variable="JINA_BASE_URL",
        concurrency=2,
        # The dashboard's figures for a free key; the API's description names higher ones.
        rate=Rate(100, 60.0, source="https://jina.ai/api-dashboard/rate-limit"),
        role_note="With v4 and v5 a query is asked (`retrieval.query`), a document is found "
        "(`retrieval.passage`), texts and pictures alike. The CLIP models know no roles.",
    )
    base_url = "https://api.jina.ai"
    pictures_a_call = 8  # 32,000 tokens with clip-v2; a free key has 100,000 a minute
    rules = (
        Rule(
            (400, 422),
            "at most [0-9]+ items",
            FailureKind.TOO_LARGE,
            Action.SPLIT,
            "The list was longer than Jina takes.",
            "Try again.",
        ),
        Rule(
            (400,),
            "INPUT_TOKEN_LIMIT_EXCEEDED",
            FailureKind.INPUT,
            Action.ISOLATE,
            "The text is longer than the model reads.",
            "Shorten it, or choose a model that reads more.",
        ),
        Rule(
            (401,),
            "AUTH_",
            FailureKind.KEY,
            Action.ABORT,
            "Jina does not accept this key.",
            "Copy it again from the key manager at jina.ai; it begins with jina_.",
        ),
        Rule(
            (403,),
            "AUTHZ_INSUFFICIENT_BALANCE",
            FailureKind.BALANCE,
            Action.ABORT,
            "The tokens of this key are used up.",
            "Add some under API Key & Billing at jina.ai/embeddings, or use another key.",
        ),
        Rule(
            (403,),
            "AUTHZ_RESOURCE_LIMIT_EXCEEDED",
            FailureKind.BALANCE,
            Action.ABORT,
            "The plan of this key does not include that.",
            "Choose another model, or another plan at jina.ai.",
        ),
        Rule(
            (429,),
            "RATE_CONCURRENCY_LIMIT_EXCEEDED",
            FailureKind.RATE,
            Action.RETRY,
            "This key allows fewer calls at the same time.",
            "Let fewer calls run at once, or wait until others with this key have ended.",
            lower_concurrency=True,
        ),
        Rule(
            (429,),
            "RATE_TOKEN_LIMIT_EXCEEDED",
            FailureKind.RATE,
            Action.RETRY,
            "This key's tokens for the minute were used up.",
            "Wait a minute, then embed again: only what is missing is asked for.",
            calls_a_second=3 / 60,  # three calls of eight pictures are what a free key allows
        ),
        Rule(
            (504,),
            "SERVICE_TIMEOUT",
            FailureKind.SERVICE,
            Action.RETRY,
            "Jina took too long, several times.",
            "Try again in a few minutes: only what is missing is asked for.",
            split_first=True,
        ),
    )

    def request_for(self, setup: Setup, batch: Batch, credentials: Credentials) -> Request:
        """Return a call with the fields that the model has, all of them said outright."""
        schema = SCHEMAS[setup.model]
        body: dict[str, Json] = {"model": setup.model, "embedding_type": "float"}
        if schema.dimensions:
            body["dimensions"] = setup.dimension
        if schema.normalized:
            body["normalized"] = True
        if schema.task:
            body["task"] = TASKS[role_in(batch)]
        return Request("/v1/embeddings", json={**body, "input": [_entry(i) for i in batch]})

    def read(self, setup: Setup, batch: Batch, answer: Json) -> ParsedAnswer:
        """Return the rows by their index, and the tokens."""
        counted = numbers_in(answer.get("usage"))
        names = {
            "tokens": "total_tokens",
            "text_tokens": "prompt_tokens",
            "picture_tokens": "image_tokens",
        }
        usage = {ours: counted[theirs] for ours, theirs in names.items() if theirs in counted}
        return ParsedAnswer(rows_by_index(answer["data"], len(batch)), usage)

    def remaining(self, headers: Mapping[str, str]) -> str:
        """Return the calls and tokens that are left for this minute."""
        left = [
            f"{headers[name]} {what}"
            for name, what in (
                ("X-RateLimit-Remaining-Requests", "calls"),
                ("X-RateLimit-Remaining-Tokens", "tokens"),
            )
            if name in headers
        ]
        return f"{' and '.join(left)} left this minute" if left else ""

    def picture_tokens(self, setup: Setup, width: int, height: int) -> int | None:
        """Return the tokens of the tiles that cover a picture."""
        schema = SCHEMAS[setup.model]
        if not schema.tile:
            return None
        return math.ceil(width / schema.tile) * math.ceil(height / schema.tile) * schema.tile_tokens


def _entry(item: Input) -> Json:
    if item.modality is Modality.PICTURE:
        return {"image": PictureData(item)}
    return {"text": item.text}


JINA = HostedProvider(Jina())
