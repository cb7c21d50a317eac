"""Voyage AI: multimodal models that read texts and pictures with one and the same network.

https://docs.voyageai.com/reference/multimodal-embeddings-api-1
https://docs.voyageai.com/docs/multimodal-embeddings
https://docs.voyageai.com/docs/rate-limits
https://docs.voyageai.com/docs/error-codes
"""

from collection.embeddings import Setup
from collection.items import Modality
from providers.failure_kind import Action, FailureKind
from providers.info import KeyField, LeastPicture, Limits, Model, ProviderInfo, Rate
from providers.inputs import Batch, Input
from providers.price import BILLIONTH, MILLIONTH, Price
from providers.transport.api import HostedApi, ParsedAnswer, numbers_in, role_in, rows_by_index
from providers.transport.credentials import Credentials
from providers.transport.failure import Rule
from providers.transport.hosted import HostedProvider
from providers.transport.request import DATA_URI, Json, PictureData, Request

ATLAS_BASE_URL = "https://ai.mongodb.com"
ATLAS_KEY = "al-"
"""How a key begins that was made in MongoDB Atlas; it is good at Atlas's address only."""

PIXELS_A_TOKEN = 560
FEWEST_PIXELS, MOST_PIXELS = 50_000, 2_000_000
"""What a picture is billed at least and at most: https://docs.voyageai.com/docs/pricing."""

# The API takes 1,000 inputs and 320,000 tokens a call; fewer inputs show progress. Texts of 32
# captions are far below the tokens. A picture may have 20 MB, here all of a call together.
_LIMITS = Limits(
    items=32,
    megabytes=20,
    source="https://docs.voyageai.com/reference/multimodal-embeddings-api-1",
)
_BOTH = frozenset({Modality.TEXT, Modality.PICTURE})


# "Supports images from 50,000 to 2 million pixels", say the words on the older model alone. What
# it answers to others: https://github.com/garrytan/gbrain/issues/2705.
_LEAST_PICTURE = LeastPicture(50_000, source="https://www.mongodb.com/docs/voyageai/models/")


def _model(
    name: str, dimensions: tuple[int, ...], note: str, least: LeastPicture | None = None
) -> Model:
    return Model(
        name,
        dimensions,
        max_tokens=32_000,
        source="https://docs.voyageai.com/docs/multimodal-embeddings",
        roles=_BOTH,
        picture_side=512,
        limits=_LIMITS,
        least_picture=least,
        note=note,
        price=Price(
            {"text_tokens": 0.12 * MILLIONTH, "pixels": 0.60 * BILLIONTH},
            "$0.12 for a million tokens of text, $0.60 for a billion pixels",
            "2026-11",
            "https://docs.voyageai.com/docs/pricing",
        ),
    )


class Voyage(HostedApi):
    """One endpoint; what one input holds becomes one vector, so each holds one item."""

    info = ProviderInfo(
        id="voyage",
        title="Voyage AI",
        in_short="screenshots, slides, tables and figures",
        summary="Multimodal models that put texts and pictures through the same network. By "
        "MongoDB.",
        good_at="screenshots, slides, tables and figures; text and picture scores that lie closer "
        "together than with CLIP models (Voyage's own claim).",
        bad_at="speed without a payment method: three calls a minute.",
        licence="closed weights; the terms of Voyage AI or MongoDB",
        home_page="https://docs.voyageai.com/docs/multimodal-embeddings",
        models=(
            _model(
                "voyage-multimodal-3.5",
                (1024, 256, 512, 2048),
                "Pictures of pages are read better when they are sent larger than 512 pixels.",
            ),
            _model(
                "voyage-multimodal-3",
                (1024,),
                "The model before 3.5, which Voyage prefers.",
                _LEAST_PICTURE,
            ),
        ),
        version="1",
        embedded=False,
        key_fields=(KeyField("api_key", "API key", ("VOYAGE_API_KEY",)),),
        key_page="https://www.mongodb.com/docs/voyageai/management/api-keys/",
        key_steps=(
            "Sign in at [cloud.mongodb.com](https://cloud.mongodb.com); no cluster is needed.",
            "Choose a project, and **AI Models** under Services in the left bar.",
            "Press **Create model API key**, name it, and copy it: it is shown once.",
            "Add a payment method: without one, only three calls a minute are allowed.",
        ),
        notes=(
            "Without a payment method an account has 3 calls and 10,000 tokens a minute. The app "
            "waits where it has to: 24 pictures take a minute or two.",
            "Keys that begin with al- are used at ai.mongodb.com, others at api.voyageai.com.",
            "A text that is longer than the model reads is refused and named, not cut.",
        ),
        base_url_variable="VOYAGE_BASE_URL",
        concurrency=4,
        rate=Rate(2000, 60.0, source="https://docs.voyageai.com/docs/rate-limits"),
        role_note="A query is asked, a document is found (`input_type`), texts and pictures alike.",
    )
    base_url = "https://api.voyageai.com"
    pictures_a_call = 8  # about 3,700 tokens; 10,000 a minute without a payment method
    rules = (
        Rule(
            (400,),
            "batch size|tokens per (submitted )?batch|too many tokens",
            FailureKind.TOO_LARGE,
            Action.SPLIT,
            "It is more than Voyage takes in one call.",
            "Shorten it, or send pictures smaller.",
        ),
        Rule(
            (403,),
            "",
            FailureKind.PERMISSION,
            Action.ABORT,
            "Voyage does not allow calls from this address.",
            "Allow this network in the settings of the account, or use another network.",
        ),
        Rule(
            (429,),
            "payment method",
            FailureKind.RATE,
            Action.RETRY,
            "Without a payment method Voyage allows three calls a minute, and waiting did not "
            "help.",
            "Add one on Voyage's page, or wait a minute and embed again: only what is missing is "
            "asked for.",
            calls_a_second=2 / 60,  # the tokens of eight pictures do not allow three
        ),
    )

    def base_url_for(self, credentials: Credentials) -> str:
        """Return the address at which this kind of key is good."""
        of_atlas = credentials.secrets[self.key].reveal().startswith(ATLAS_KEY)
        return ATLAS_BASE_URL if of_atlas else self.base_url

    def request_for(self, setup: Setup, batch: Batch, credentials: Credentials) -> Request:
        """Return a call in which each input holds one text or one picture."""
        body: dict[str, Json] = {
            "model": setup.model,
            "input_type": str(role_in(batch)),
            "truncation": False,  # true would cut a text that is too long, and nobody would know
            "inputs": [{"content": [_content(item)]} for item in batch],
        }
        if len(self.info.model(setup.model).dimensions) > 1:
            body["output_dimension"] = setup.dimension
        return Request("/v1/multimodalembeddings", json=body)

    def read(self, setup: Setup, batch: Batch, answer: Json) -> ParsedAnswer:
        """Return the rows by their index, tokens and pixels."""
        counted = numbers_in(answer.get("usage"))
        names = {"tokens": "total_tokens", "text_tokens": "text_tokens", "pixels": "image_pixels"}
        usage = {ours: counted[theirs] for ours, theirs in names.items() if theirs in counted}
        return ParsedAnswer(rows_by_index(answer["data"], len(batch)), usage)

    def picture_tokens(self, setup: Setup, width: int, height: int) -> int | None:
        """Return a token for each 560 pixels."""
        return min(max(width * height, FEWEST_PIXELS), MOST_PIXELS) // PIXELS_A_TOKEN


def _content(item: Input) -> Json:
    if item.modality is Modality.PICTURE:
        return {"type": "image_base64", "image_base64": PictureData(item, DATA_URI)}
    return {"type": "text", "text": item.text}


VOYAGE = HostedProvider(Voyage())
