"""The Gemini API's `gemini-embedding-2`: texts and pictures in one space of 3072 dimensions.

https://ai.google.dev/api/embeddings
https://ai.google.dev/gemini-api/docs/embeddings
"""

from collection.embeddings import Role, Setup
from collection.items import Modality
from providers.hosted.gemini_rules import GEMINI_RULES
from providers.hosted.google_errors import asked_to_wait
from providers.info import KeyField, Limits, Model, ProviderInfo
from providers.inputs import Batch, Input
from providers.price import MILLIONTH, Price
from providers.transport.api import HostedApi, ParsedAnswer
from providers.transport.credentials import Credentials
from providers.transport.failure import Failure
from providers.transport.hosted import HostedProvider
from providers.transport.request import Json, PictureData, Request

_GUIDE = "https://ai.google.dev/gemini-api/docs/embeddings"
_PICTURE_TOKENS = 258

INSTRUCTIONS = {Role.QUERY: "task: search result | query: ", Role.DOCUMENT: "title: none | text: "}
"""What stands before a text: the model is told its role in words, not in a field."""

MODEL = Model(
    "gemini-embedding-2",
    dimensions=(3072, 1536, 768, 256),
    any_dimension_from=128,
    max_tokens=8192,  # what comes after them is left out without a word
    source=_GUIDE,
    roles=frozenset({Modality.TEXT}),
    picture_side=768,  # the side of one tile of 258 tokens
    # A call may hold 100, but each of them counts against the quota of a minute.
    limits=Limits(items=20, megabytes=15, source="https://ai.google.dev/api/embeddings"),
    price=Price(
        {"text_tokens": 0.20 * MILLIONTH, "picture_tokens": 0.45 * MILLIONTH},
        "$0.20 for a million tokens of text, $0.45 for a million tokens of pictures",
        "2026-10",
        "https://ai.google.dev/gemini-api/docs/pricing",
    ),
)


class Gemini(HostedApi):
    """A call of many contents, each of one part: several parts would become one vector."""

    info = ProviderInfo(
        id="gemini",
        title="Google Gemini",
        in_short="over 100 languages, long texts, any number of dimensions",
        summary="Google's newest embedding model, for texts, pictures, sound and film. Asked with "
        "an API key from Google AI Studio.",
        good_at="more than 100 languages, long texts (8,192 tokens), any dimension from 128 up.",
        bad_at="planning ahead: limits differ by project and are not published, and answers do "
        "not say what they cost.",
        licence="closed weights; the Gemini API terms of service",
        home_page=_GUIDE,
        models=(MODEL,),
        version="1",
        embedded=False,
        key_fields=(KeyField("api_key", "API key", ("GEMINI_API_KEY", "GOOGLE_API_KEY")),),
        key_page="https://aistudio.google.com/apikey",
        key_steps=(
            "Sign in at [aistudio.google.com/apikey](https://aistudio.google.com/apikey) and "
            "accept the terms; you have to be 18, in a country where Google offers it.",
            "Press **Create API key**, and choose a project or let it make one.",
            "Copy the key.",
            "For more than the free quota: **Set up billing** on the same page.",
        ),
        notes=(
            "What is sent under the free quota Google may use to improve its products.",
            "Whoever serves people in the EEA, Switzerland or the UK has to use the paid service.",
            "Texts are cut off after 8,192 tokens without a word.",
            "Your project's limits stand in [AI Studio](https://aistudio.google.com/usage).",
        ),
        base_url_variable="GEMINI_BASE_URL",
        concurrency=4,
        role_note="Written before the text: `task: search result | query: …` for a query, "
        "`title: none | text: …` for a document. Pictures have no role.",
    )
    base_url = "https://generativelanguage.googleapis.com"
    header = "x-goog-api-key"
    prefix = ""
    pictures_a_call = 6  # so many images a request, the documentation says
    rules = GEMINI_RULES

    def request_for(self, setup: Setup, batch: Batch, credentials: Credentials) -> Request:
        """Return a call with a request of its own for each input."""
        requests = [
            {
                "model": f"models/{setup.model}",
                "content": {"parts": [_part(item)]},
                "output_dimensionality": setup.dimension,
            }
            for item in batch
        ]
        path = f"/v1beta/models/{setup.model}:batchEmbedContents"
        return Request(path, json={"requests": requests})

    def read(self, setup: Setup, batch: Batch, answer: Json) -> ParsedAnswer:
        """Return the rows, which stand in the order of the requests; nothing is counted."""
        return ParsedAnswer([entry.get("values") for entry in answer["embeddings"]])

    def with_details(self, failure: Failure, body: bytes) -> Failure:
        """Return a failure with the seconds to wait, which stand in the body."""
        return asked_to_wait(failure, body)

    def picture_tokens(self, setup: Setup, width: int, height: int) -> int:
        """Return how many tokens a picture costs; of larger ones nothing else is published."""
        return _PICTURE_TOKENS


def _part(item: Input) -> Json:
    if item.modality is Modality.TEXT:
        return {"text": INSTRUCTIONS[item.role] + item.text}
    return {"inline_data": {"mime_type": "image/jpeg", "data": PictureData(item)}}


GEMINI = HostedProvider(Gemini())
