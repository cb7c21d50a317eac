"""Cohere Embed v4: texts and pictures through one endpoint, told apart by the input type.

https://docs.cohere.com/reference/embed
https://docs.cohere.com/docs/embeddings
https://docs.cohere.com/docs/rate-limits
"""

from collections.abc import Mapping

from collection.embeddings import Role, Setup
from collection.items import Modality
from providers.failure_kind import Action, FailureKind
from providers.info import KeyField, Limits, Model, ProviderInfo, Rate
from providers.inputs import Batch
from providers.price import MILLIONTH, Price
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
from providers.transport.request import DATA_URI, Json, PictureData, Request

INPUT_TYPES = {Role.QUERY: "search_query", Role.DOCUMENT: "search_document"}
PICTURE_TYPE = "image"  # which Embed v4 treats as a document

_LIMITS_PAGE = "https://docs.cohere.com/docs/rate-limits"


class Cohere(HostedApi):
    """One endpoint, in a call either texts or pictures; rows come in the order of the inputs."""

    info = ProviderInfo(
        id="cohere",
        title="Cohere",
        in_short="documents, slides and tables in many languages",
        summary="Embed v4: one model for texts, photographs and pages, in over 100 languages.",
        good_at="pictures of documents, slides and tables; long texts; captions in many "
        "languages; four sizes of vectors.",
        bad_at="many pictures with a trial key: five a minute.",
        licence="closed weights, Cohere's terms; a trial key is for trying it out",
        home_page="https://docs.cohere.com/docs/cohere-embed",
        models=(
            Model(
                "embed-v4.0",
                dimensions=(1536, 1024, 512, 256),
                max_tokens=128_000,
                source="https://docs.cohere.com/docs/cohere-embed",
                roles=frozenset({Modality.TEXT}),
                picture_side=512,
                limits=Limits(
                    items=96, megabytes=20, source="https://docs.cohere.com/reference/embed"
                ),
                names=("embed-v4",),
                note="Pictures of pages are read better when they are sent larger than 512 pixels.",
                price=Price(
                    {"text_tokens": 0.12 * MILLIONTH, "picture_tokens": 0.47 * MILLIONTH},
                    "$0.12 for a million tokens of text, $0.47 for a million tokens of pictures",
                    "2026-11",
                    "https://cohere.com/pricing",
                ),
            ),
        ),
        version="1",
        embedded=False,
        key_fields=(KeyField("api_key", "API key", ("CO_API_KEY",)),),
        key_page="https://dashboard.cohere.com/api-keys",
        key_steps=(
            "Sign up at [dashboard.cohere.com](https://dashboard.cohere.com/welcome/register).",
            "Open [API keys](https://dashboard.cohere.com/api-keys).",
            "Create a trial key, which is free, or a production key, which needs a payment "
            "method, and copy it.",
        ),
        notes=(
            "A trial key embeds 5 pictures a minute and makes 1,000 calls a month. The app waits "
            "where it has to: 24 pictures take four or five minutes.",
            "A text that is longer than the model reads is refused and named, not cut.",
        ),
        base_url_variable="COHERE_BASE_URL",
        concurrency=4,
        # Of 2,000 texts a minute each may be a call. Pictures have less, and a 429 to say so.
        rate=Rate(2000, 60.0, source=_LIMITS_PAGE),
        role_note="Of texts, a query is asked (`search_query`) and a document is found "
        "(`search_document`). Pictures are always documents.",
    )
    base_url = "https://api.cohere.com"
    pictures_a_call = 5  # what a trial key may embed in a minute
    rules = (
        Rule(
            (429,),
            "trial key.*month",
            FailureKind.BALANCE,
            Action.ABORT,
            "This trial key has made all its calls of the month.",
            "Use a production key, or wait for the next month.",
        ),
        Rule(
            (429,),
            "trial",
            FailureKind.RATE,
            Action.RETRY,
            "A trial key embeds 5 pictures a minute.",
            "Wait a minute, then embed again: only what is missing is asked for. A production "
            "key is faster.",
            calls_a_second=1 / 60,
        ),
        Rule(
            (429,),
            "",
            FailureKind.RATE,
            Action.RETRY,
            "Cohere's limit for this key was reached.",
            "Wait a minute, then embed again: only what is missing is asked for.",
            calls_a_second=80 / 60,  # 400 pictures a minute, five in a call
        ),
    )

    def request_for(self, setup: Setup, batch: Batch, credentials: Credentials) -> Request:
        """Return a call for texts in their role, or for pictures."""
        body: dict[str, Json] = {
            "model": setup.model,
            "embedding_types": ["float"],
            "output_dimension": setup.dimension,
        }
        if holds_pictures(batch):
            pictures = [PictureData(picture, DATA_URI) for picture in batch]
            return Request(
                "/v2/embed", json={**body, "input_type": PICTURE_TYPE, "images": pictures}
            )
        # END would cut a text that is too long, and nobody would know; NONE refuses it.
        body |= {"input_type": INPUT_TYPES[role_in(batch)], "truncate": "NONE"}
        return Request("/v2/embed", json={**body, "texts": texts_in(batch)})

    def read(self, setup: Setup, batch: Batch, answer: Json) -> ParsedAnswer:
        """Return the rows, which stand in the order of the inputs, and what is billed."""
        meta = answer.get("meta")
        billed = numbers_in(meta.get("billed_units") if isinstance(meta, dict) else None)
        names = {"pictures": "images", "picture_tokens": "image_tokens", "tokens": "input_tokens"}
        if not holds_pictures(batch):
            names["text_tokens"] = "input_tokens"
        usage = {ours: billed[theirs] for ours, theirs in names.items() if theirs in billed}
        return ParsedAnswer(answer["embeddings"]["float"], usage)

    def remaining(self, headers: Mapping[str, str]) -> str:
        """Return the calls that a trial key has left for this minute."""
        left = headers.get("x-trial-endpoint-call-remaining")
        return f"{left} calls of the trial key left this minute" if left else ""


COHERE = HostedProvider(Cohere())
