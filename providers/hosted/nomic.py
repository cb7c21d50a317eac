"""Nomic Atlas: a text model and a vision model that share one space of 768 dimensions.

https://docs.nomic.ai/reference/endpoints/nomic-embed-text
https://docs.nomic.ai/reference/endpoints/nomic-embed-vision
"""

from collection.embeddings import Role, Setup
from collection.items import Modality
from providers.failure_kind import Action, FailureKind
from providers.info import KeyField, Limits, Model, ProviderInfo, Rate
from providers.inputs import Batch
from providers.transport.api import (
    HostedApi,
    ParsedAnswer,
    holds_pictures,
    numbers_in,
    role_in,
    texts_in,
)
from providers.transport.credentials import Credentials
from providers.transport.failure import Rule
from providers.transport.hosted import HostedProvider
from providers.transport.request import Json, PictureData, Request

# The official client (nomic 3.5.3) cut its batches from 50 texts to 10, the backend's limit.
# Pictures have no documented limit; ten at most 1024 px long are about 3 MB.
_LIMITS = Limits(items=10, megabytes=10, source="github.com/nomic-ai/nomic, nomic/embed.py")

TASKS = {Role.QUERY: "search_query", Role.DOCUMENT: "search_document"}


def _pair(version: str) -> Model:
    """Return a text model with the one vision model whose space it shares."""
    text, vision = f"nomic-embed-text-{version}", f"nomic-embed-vision-{version}"
    return Model(
        f"{text} + {vision}",
        dimensions=(768,),  # the API can shorten texts, but not pictures
        max_tokens=8192,
        source="https://docs.nomic.ai/reference/endpoints/nomic-embed-text",
        roles=frozenset({Modality.TEXT}),
        picture_side=512,
        limits=_LIMITS,
        names=(version, text, vision),
    )


class Nomic(HostedApi):
    """One endpoint for texts, one for pictures; rows come in the order of the inputs."""

    info = ProviderInfo(
        id="nomic",
        title="Nomic Atlas",
        in_short="English captions and everyday photographs",
        summary="A text model and a vision model trained to share one space. Open weights; here "
        "they run on Nomic's servers.",
        good_at="English captions, long texts (8,192 tokens), everyday photographs.",
        bad_at="other languages than English, text inside pictures; one fixed dimension for "
        "pictures.",
        licence="weights Apache-2.0; the service has terms of its own",
        home_page="https://docs.nomic.ai/reference/endpoints/nomic-embed-vision",
        models=(_pair("v1.5"), _pair("v1")),
        version="1",
        embedded=False,
        english_only=True,
        key_fields=(KeyField("api_key", "API key", ("NOMIC_API_KEY",)),),
        key_page="https://atlas.nomic.ai/",
        key_steps=(
            "Sign up at [atlas.nomic.ai](https://atlas.nomic.ai/).",
            "Open **Settings**, then **API Keys**.",
            "Press **Create API key**, name it, and copy it: it begins with `nk-`.",
        ),
        base_url_variable="NOMIC_BASE_URL",
        concurrency=10,
        rate=Rate(
            1200,
            300.0,
            source="https://docs.nomic.ai/api/getting-started/rate-limits",
            per_address=True,
        ),
        role_note="A query is asked (`search_query`), a document is found (`search_document`); "
        "Nomic intends pictures to be searched with queries.",
    )
    base_url = "https://api-atlas.nomic.ai"
    rules = (
        Rule(
            (400,),
            r"(?s)\A(?=.*exceeded)(?=.*tokens)",
            FailureKind.BALANCE,
            Action.ABORT,
            "The free tokens of this account are used up.",
            "Add a payment method at atlas.nomic.ai, or use another key.",
        ),
        Rule(
            (403,),
            "",
            FailureKind.KEY,
            Action.ABORT,
            "Nomic does not accept this key.",
            "Copy it again from Settings, API Keys at atlas.nomic.ai; it begins with nk-.",
        ),
        Rule(
            (429,),
            "",
            FailureKind.RATE,
            Action.RETRY,
            "Nomic's limit of calls from this address was reached.",
            "Wait five minutes, then embed again: only what is missing is asked for.",
            calls_a_second=4.0,
        ),
    )

    def request_for(self, setup: Setup, batch: Batch, credentials: Credentials) -> Request:
        """Return a call of the text or the vision model of the pair."""
        text, vision = setup.model.split(" + ")
        if holds_pictures(batch):
            pictures = (("images", PictureData(picture)) for picture in batch)
            return Request("/v1/embedding/image", parts=(("model", vision), *pictures))
        body = {"model": text, "task_type": TASKS[role_in(batch)], "texts": texts_in(batch)}
        return Request("/v1/embedding/text", json=body)

    def read(self, setup: Setup, batch: Batch, answer: Json) -> ParsedAnswer:
        """Return the rows, which stand in the order of the inputs."""
        counted = numbers_in(answer.get("usage"))
        usage = {"tokens": counted["total_tokens"]} if "total_tokens" in counted else {}
        return ParsedAnswer(answer["embeddings"], usage)


NOMIC = HostedProvider(Nomic())
