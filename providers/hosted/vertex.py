"""Google Vertex AI `multimodalembedding@001`: texts and pictures in one space of 1408 dimensions.

https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/multimodal-embeddings
https://cloud.google.com/vertex-ai/generative-ai/docs/embeddings/get-multimodal-embeddings
"""

from collections.abc import Sequence
from urllib.parse import quote

from collection.collection import Pair
from collection.embeddings import Setup
from collection.items import Modality
from providers.errors import MissingCredentials
from providers.hosted.google_errors import asked_to_wait
from providers.hosted.google_login import ApplicationDefault
from providers.hosted.pairs_in_one_call import pairs_in_one_call
from providers.hosted.vertex_rules import VERTEX_RULES
from providers.info import KeyField, Limits, Model, ProviderInfo, Rate
from providers.inputs import Batch, Input
from providers.price import Price
from providers.transport.api import HostedApi, ParsedAnswer
from providers.transport.credentials import Authorization, Credentials, HeaderKey
from providers.transport.failure import Failure
from providers.transport.hosted import HostedProvider
from providers.transport.request import Json, PictureData, Request

_GUIDE = (
    "https://cloud.google.com/vertex-ai/generative-ai/docs/embeddings/get-multimodal-embeddings"
)

_ROW_OF = {Modality.TEXT: "textEmbedding", Modality.PICTURE: "imageEmbedding"}

MODEL = Model(
    "multimodalembedding@001",
    dimensions=(1408, 512, 256, 128),
    max_tokens=32,  # what comes after them is left out without a word
    source="https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/"
    "multimodal-embeddings",
    picture_side=512,  # the service scales to 512 × 512 itself
    limits=Limits(items=2, megabytes=20, source=_GUIDE),
    note="Google retires it on 2027-04-01.",
    price=Price(
        {"pictures": 0.0001, "characters": 0.0002 / 1000},
        "$0.0001 a picture, $0.0002 for 1,000 characters",
        "2026-11",
        "https://cloud.google.com/vertex-ai/generative-ai/pricing",
    ),
)


class Vertex(HostedApi):
    """One instance a call: a text, a picture, or both, which gives two vectors of their own."""

    info = ProviderInfo(
        id="vertex",
        title="Google Vertex AI",
        in_short="short English captions, photographs, words in pictures",
        summary="Google Cloud's multimodal embedding model. Asked with an access token of a Google "
        "Cloud project, not with an API key.",
        good_at="short English captions, everyday photographs, words that stand in a picture.",
        bad_at="other languages than English, texts of more than 32 tokens (the rest is cut off), "
        "many items: a call holds one caption and one picture.",
        licence="closed weights; the Google Cloud terms of service",
        home_page=_GUIDE,
        models=(MODEL,),
        version="1",
        embedded=False,
        english_only=True,
        key_fields=(
            KeyField(
                "access_token",
                "Access token",
                ("VERTEX_ACCESS_TOKEN",),
                required=False,
                hint="What `gcloud auth print-access-token` prints. It lives one hour.",
            ),
            KeyField(
                "project",
                "Project id",
                ("PROJECT_ID", "GOOGLE_CLOUD_PROJECT"),
                secret=False,
                pattern=r"[A-Za-z0-9][A-Za-z0-9_.:-]*",
                hint="The id, not the name: small letters, digits and hyphens.",
            ),
            KeyField(
                "region",
                "Region",
                ("GOOGLE_CLOUD_LOCATION",),
                secret=False,
                default="us-central1",
                pattern=r"[a-z]([a-z0-9-]{0,38}[a-z0-9])?",  # part of the host: no more may get in
                hint="Such as us-central1 or europe-west4.",
            ),
        ),
        key_page="https://console.cloud.google.com/projectselector2",
        key_steps=(
            "Choose or create a project in the [Google Cloud console]"
            "(https://console.cloud.google.com/projectselector2), and turn on "
            "[billing](https://console.cloud.google.com/billing) for it.",
            "Enable the [Vertex AI API]"
            "(https://console.cloud.google.com/apis/library/aiplatform.googleapis.com) in it.",
            "Give yourself the role **Vertex AI User** (`roles/aiplatform.user`) under "
            "[IAM](https://console.cloud.google.com/iam-admin/iam).",
            "Install [gcloud](https://cloud.google.com/sdk/docs/install), then log in: "
            "`gcloud auth login`.",
            "Copy what `gcloud auth print-access-token` prints. The token lives one hour.",
            "On your own machine you can do without pasting: `pip install google-auth`, then "
            "`gcloud auth application-default login`. Tokens are then renewed by themselves.",
        ),
        notes=(
            "Google retires this model on 2027-04-01. Its successor is gemini-embedding-2, here "
            "under Google Gemini.",
            "An API key alone is refused. The route through **Create credentials**, **API key**, "
            "which some course pages describe, gives a key that cannot authorise these calls: use "
            "an access token.",
            "Texts are cut off after 32 tokens without a word.",
            "A caption and its picture go in one call and get a vector each: half the calls.",
        ),
        base_url_variable="VERTEX_BASE_URL",
        concurrency=8,
        # Of the region that allows most; one that allows less, at least 120, says so with a 429.
        rate=Rate(600, 60.0, source=_GUIDE),
        role_note="None: a query and a document get the same vector.",
    )
    rules = VERTEX_RULES

    def base_url_for(self, credentials: Credentials) -> str:
        """Return the address of the region; what Google calls `global` has no prefix."""
        region = credentials.value("region")
        prefix = "" if region == "global" else f"{region}-"
        return f"https://{prefix}aiplatform.googleapis.com"

    def authorization(self, credentials: Credentials) -> Authorization:
        """Return what adds the access token that was given, else that of this machine's login.

        Raises MissingCredentials where the machine's login is not for who asks.
        """
        token = credentials.secrets.get("access_token")
        if token is not None:
            return HeaderKey("Authorization", "Bearer ", token)
        if not credentials.own_machine:
            raise MissingCredentials(
                self.info.title,
                "The access token is missing.",
                "Give what `gcloud auth print-access-token` prints on your machine.",
            )
        return ApplicationDefault(self.info.title)

    def plan(self, setup: Setup, inputs: Sequence[Input], pairs: Sequence[Pair]) -> list[Batch]:
        """Put captions and pictures that belong together into one call, the rest alone."""
        return pairs_in_one_call(inputs, pairs)

    def request_for(self, setup: Setup, batch: Batch, credentials: Credentials) -> Request:
        """Return a call of one instance, with a text, a picture, or one of each."""
        instance: dict[str, Json] = {}
        for item in batch:
            if item.modality is Modality.TEXT:
                instance["text"] = item.text
            else:
                picture = {"bytesBase64Encoded": PictureData(item), "mimeType": "image/jpeg"}
                instance["image"] = picture
        project, region = quote(credentials.value("project"), safe=""), credentials.value("region")
        return Request(
            f"/v1/projects/{project}/locations/{region}/publishers/google/models/"
            f"{setup.model}:predict",
            json={"instances": [instance], "parameters": {"dimension": setup.dimension}},
        )

    def read(self, setup: Setup, batch: Batch, answer: Json) -> ParsedAnswer:
        """Return the rows of the one prediction; what was used it does not say."""
        predictions = answer["predictions"]
        prediction = predictions[0] if predictions else {}
        return ParsedAnswer([prediction.get(_ROW_OF[item.modality]) for item in batch])

    def error_body(self, status: int, body: bytes) -> bytes:
        """Return the body, and nothing of the page by which Google tells of an unknown place."""
        is_page = status == 404 and body.lstrip()[:1] == b"<"
        return b"" if is_page else body

    def with_details(self, failure: Failure, body: bytes) -> Failure:
        """Return a failure with the seconds to wait, which stand in the body."""
        return asked_to_wait(failure, body)


VERTEX = HostedProvider(Vertex())
