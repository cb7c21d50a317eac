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

TASKS = {Role.QUERY: "retrieval.query", Role.DOCUMENT: "retrieval.passage"}


@dataclass(frozen=True, slots=True)
class JinaModel(Model):
    """A model, with what only Jina says of it.

    `normalized`: whether it has a field that asks for length 1. A picture costs `tile_tokens` for
    each tile of `tile` pixels a side; None where that is not published.
    """

    limits: Limits | None = _LIMITS
    any_dimension_from: int | None = 1
    roles: frozenset[Modality] = frozenset({Modality.TEXT, Modality.PICTURE})
    picture_side: int | None = 512  # one tile of clip-v2; at 1024 px it would be four, and cost so
    normalized: bool = True
    tile: int | None = None
    tile_tokens: int = 0


_MODELS = (
    JinaModel(
        "jina-clip-v2",
        (1024, 768, 512, 256, 128, 64),
        max_tokens=8192,
        source="https://jina.ai/models/jina-clip-v2/",
        # It has a task for queries alone; left unset, a text has one vector whatever its role.
        roles=frozenset(),
        tile=512,
        tile_tokens=4000,
        note="89 languages; sees pictures at 512 × 512 pixels.",
    ),
    JinaModel(
        "jina-clip-v1",
        (768,),
        max_tokens=8192,
        source="https://jina.ai/models/jina-clip-v1/",
        any_dimension_from=None,
        roles=frozenset(),
        picture_side=224,
        tile=224,
        tile_tokens=1000,
        note="English only; sees pictures at 224 × 224 pixels. Jina calls it deprecated.",
    ),
    JinaModel(
        "jina-embeddings-v4",
        (2048, 1024, 512, 256, 128),
        max_tokens=32768,
        source="https://jina.ai/models/jina-embeddings-v4/",
        normalized=False,
        tile=28,
        tile_tokens=10,
        note="Made for pages with text, charts and tables. For non-commercial use.",
    ),
    JinaModel(
        "jina-embeddings-v5-omni-small",
        (1024, 768, 512, 256, 128, 64, 32),
        max_tokens=32768,
        source="https://jina.ai/models/jina-embeddings-v5-omni-small/",
        note="93 languages. What a picture costs is not published.",
    ),
    JinaModel(
        "jina-embeddings-v5-omni-nano",
        (768, 512, 256, 128, 64, 32),
        max_tokens=8192,
        source="https://jina.ai/models/jina-embeddings-v5-omni-nano/",
        note="108 languages; the small one of v5. What a picture costs is not published.",
    ),
)
_MODEL = {model.id: model for model in _MODELS}


class Jina(HostedApi):
    """One endpoint; each item of the list becomes a vector, found again by its index."""

    info = ProviderInfo(
        id="jina",
        title="Jina AI",
        in_short="many languages; pages, charts and tables with v4 and v5",
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
        model = _MODEL[setup.model]
        body: dict[str, Json] = {"model": setup.model, "embedding_type": "float"}
        if len(model.dimensions) > 1:
            body["dimensions"] = setup.dimension
        if model.normalized:
            body["normalized"] = True
        if model.roles:
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
        model = _MODEL[setup.model]
        if model.tile is None:
            return None
        return math.ceil(width / model.tile) * math.ceil(height / model.tile) * model.tile_tokens


def _entry(item: Input) -> Json:
    if item.modality is Modality.PICTURE:
        return {"image": PictureData(item)}
    return {"text": item.text}


JINA = HostedProvider(Jina())
