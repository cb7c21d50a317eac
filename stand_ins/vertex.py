"""Google Vertex AI `multimodalembedding@001`.

Follows https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/multimodal-embeddings
and the guide "Get multimodal embeddings". The token is a Google access token; video is refused.
"""

from typing import ClassVar

from stand_ins.answers import Answer
from stand_ins.error_case import HTML, ErrorCase, rate_cases, service_cases
from stand_ins.google import DISABLED, error_body, google_case, google_refusal, picture_from
from stand_ins.right_request import RAW, RightRequest
from stand_ins.schema import any_of, list_of, obj, problem_with, text
from stand_ins.server import Limits, StandIn
from stand_ins.vectors import vector_of

MODEL = "multimodalembedding@001"
DIMENSIONS = (128, 256, 512, 1408)
MOST_WORDS = 32  # tokens; what comes after them is left out without a word
MOST_IMAGE_BYTES = 20 * 1024 * 1024
PICTURE_FORMATS = ("JPEG", "PNG", "GIF", "BMP")
LENGTH = 3.0  # no norm is documented
BODY = {"instances": list_of(obj), "parameters": obj}
PARAMETERS = {"dimension": any_of(*DIMENSIONS)}
INSTANCE = {"text": text, "image": obj}
IMAGE = {
    "bytesBase64Encoded": text,
    "gcsUri": text,
    "mimeType": any_of("image/jpeg", "image/png", "image/gif", "image/bmp"),
}


VERTEX_PATH = (
    "/v1/projects/a-project/locations/us-central1/publishers/google/models"
    "/multimodalembedding@001:predict"
)


_QUOTA = (
    "Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model"
    " with base model: multimodalembedding."
)
ERROR_CASES = (
    google_case("bad base64", 400, "Base64 decoding failed.", "isolate", "input"),
    google_case("bad dimension", 400, "Invalid dimension: 300.", "isolate", "input"),
    google_case("two instances", 400, "Only one instance is supported.", "isolate", "input"),
    google_case(
        "key of another project",
        400,
        "The API Key and the authentication credential are from different projects.",
        *("abort", "key"),
    ),
    google_case("token expired", 401, "Token expired.", "renew", "expired", "ACCESS_TOKEN_EXPIRED"),
    google_case(
        "API key",
        401,
        "API keys are not supported by this API.",
        *("abort", "key", "CREDENTIALS_MISSING"),
    ),
    google_case("role missing", 403, "Denied.", "abort", "permission", "IAM_PERMISSION_DENIED"),
    google_case("API disabled", 403, "Not enabled.", "abort", "not_enabled", "SERVICE_DISABLED"),
    google_case("API disabled, in words", 403, DISABLED, "abort", "not_enabled"),
    google_case("billing off", 403, "Enable billing.", "abort", "balance", "BILLING_DISABLED"),
    google_case("retired model", 404, "Publisher model was not found.", "abort", "model"),
    ErrorCase("wrong region", 404, "<html><title>404</title></html>", "abort", "endpoint", HTML),
    google_case(
        "too large", 413, "Request payload size exceeds the limit.", "isolate", "too_large"
    ),
    *rate_cases(error_body(429, _QUOTA)),
    *service_cases(lambda status: error_body(status, "Not now.")),
)

RIGHT_REQUEST = RightRequest(
    VERTEX_PATH,
    {
        "instances": [{"text": "a kite", "image": {"bytesBase64Encoded": RAW}}],
        "parameters": {"dimension": 256},
    },
    lambda body: [body["predictions"][0][name] for name in ("textEmbedding", "imageEmbedding")],
    256,
)


class VertexStandIn(StandIn):
    """`POST …/multimodalembedding@001:predict`, one instance a request.

    `key` is the accepted access token, `expired` holds tokens whose hour is over, and with
    `project` set, any other project is refused.
    """

    provider = "vertex"
    error_cases: ClassVar = ERROR_CASES
    right_request: ClassVar = RIGHT_REQUEST
    LIMITS = Limits(requests=120, seconds=60)
    routes: ClassVar = (
        (
            "POST",
            r"/v1/projects/(?P<project>[^/]+)/locations/(?P<location>[a-z]+-[a-z]+\d+)"
            r"/publishers/google/models/(?P<model>[^/:]+):predict",
            "predict",
        ),
    )

    def __init__(self, **options):
        super().__init__(**options)
        self.expired = set()
        self.project = None

    @staticmethod
    def credentials(key):
        return {"access_token": key, "project": "a-project"}

    def check_key(self, call):
        api_key = "key" in call.query or "x-goog-api-key" in call.headers
        if api_key and call.bearer:
            raise google_refusal(
                400, "The API Key and the authentication credential are from different projects."
            )
        if api_key:
            message = "API keys are not supported by this API. Expected an OAuth2 access token."
            raise google_refusal(401, message, "CREDENTIALS_MISSING")
        if call.bearer is None:
            message = "The request has no OAuth 2 access token."
            raise google_refusal(401, message, "CREDENTIALS_MISSING")
        if call.bearer in self.expired:
            message = "The access token is no longer valid."
            raise google_refusal(401, message, "ACCESS_TOKEN_EXPIRED")
        if call.bearer != self.key:
            message = "The authentication credentials are not valid."
            raise google_refusal(401, message, "ACCESS_TOKEN_TYPE_UNSUPPORTED")

    def refusal(self, status, message, field="body"):
        return google_refusal(status, message)

    def over_limit(self, limits, *, too_many_concurrent):
        return google_refusal(
            429,
            "Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model"
            " with base model: multimodalembedding.",
        )

    def predict(self, call, match):
        if self.project is not None and match["project"] != self.project:
            message = "Permission 'aiplatform.endpoints.predict' denied on this resource."
            raise google_refusal(403, message, "IAM_PERMISSION_DENIED")
        if match["model"] != MODEL:
            raise google_refusal(404, f"Publisher model {match['model']} was not found.")
        body = self.json_of(call)
        if not body.get("instances"):
            raise google_refusal(400, "Empty instances.")
        self._check(body, BODY)
        parameters = self._check(body.get("parameters", {}), PARAMETERS)
        if len(body["instances"]) > 1:
            raise google_refusal(400, "Only one instance is supported in a request.")
        instance = self._check(body["instances"][0], INSTANCE)
        if not instance:
            raise google_refusal(400, "The instance has neither text nor image.")
        dimension = parameters.get("dimension", DIMENSIONS[-1])
        prediction = {}
        if "text" in instance:
            seen = " ".join(instance["text"].split()[:MOST_WORDS])
            prediction["textEmbedding"] = vector_of(
                "text", seen, None, MODEL, dimension, length=LENGTH
            )
        if "image" in instance:
            prediction["imageEmbedding"] = vector_of(
                "image", self._picture(instance["image"]), None, MODEL, dimension, length=LENGTH
            )
        return Answer.of_vectors(
            [prediction], lambda rows: {"predictions": rows, "deployedModelId": "123"}
        )

    def _check(self, values, fields):
        problem = problem_with(values, fields)
        if problem:
            raise google_refusal(400, f"Invalid argument: {problem[2]}")
        return values

    def _picture(self, image):
        self._check(image, IMAGE)
        if ("bytesBase64Encoded" in image) == ("gcsUri" in image):
            raise google_refusal(400, "An image has either bytesBase64Encoded or gcsUri.")
        if "gcsUri" in image:
            if not image["gcsUri"].startswith("gs://"):
                raise google_refusal(400, "gcsUri should begin with gs://")
            return image["gcsUri"].encode()
        where = "instances[0].image.bytesBase64Encoded"
        return picture_from(image["bytesBase64Encoded"], where, PICTURE_FORMATS, MOST_IMAGE_BYTES)
