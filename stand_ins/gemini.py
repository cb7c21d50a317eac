"""The Gemini API's `gemini-embedding-2`.

Follows https://ai.google.dev/api/embeddings and https://ai.google.dev/gemini-api/docs/embeddings.
Field names may be snake_case or camelCase, as everywhere in Google's JSON. Video, audio and
files are refused.
"""

from typing import ClassVar

from stand_ins.answers import Answer
from stand_ins.error_case import rate_cases, service_cases
from stand_ins.google import DISABLED, error_body, google_case, google_refusal, picture_from
from stand_ins.right_request import RAW, RightRequest
from stand_ins.schema import any_of, list_of, obj, problem_with, text, whole_number
from stand_ins.server import StandIn
from stand_ins.vectors import vector_of

MODEL = "gemini-embedding-2"
FULL_DIMENSION = 3072
MOST_REQUESTS = 100
MOST_IMAGES = 6  # in one content
MOST_TOKENS = 8192
MOST_IMAGE_BYTES = 20 * 1024 * 1024
PICTURE_TYPES = {"image/jpeg": "JPEG", "image/png": "PNG"}
CAMEL = {
    "outputDimensionality": "output_dimensionality",
    "inlineData": "inline_data",
    "mimeType": "mime_type",
}
CONTENT = {"parts": list_of(obj), "role": text}
PART = {"text": text, "inline_data": obj}
INLINE_DATA = {"mime_type": any_of(*PICTURE_TYPES), "data": text}
REQUEST = {
    "model": any_of(f"models/{MODEL}"),
    "content": obj,
    "output_dimensionality": whole_number(128, FULL_DIMENSION),
}


GEMINI = "/v1beta/models/gemini-embedding-2"


def gemini_request(part):
    return {"model": "models/gemini-embedding-2", "content": {"parts": [part]}}


ERROR_CASES = (
    google_case("bad key", 400, "API key not valid.", "abort", "key", "API_KEY_INVALID"),
    google_case("bad base64", 400, "Base64 decoding failed.", "isolate", "input"),
    google_case("not a key", 401, "No key.", "abort", "key", "CREDENTIALS_MISSING"),
    google_case(
        "API not allowed", 403, "Blocked.", "abort", "permission", "API_KEY_SERVICE_BLOCKED"
    ),
    google_case(
        "address not allowed",
        403,
        "Blocked.",
        *("abort", "permission", "API_KEY_IP_ADDRESS_BLOCKED"),
    ),
    google_case("API disabled", 403, "Not enabled.", "abort", "not_enabled", "SERVICE_DISABLED"),
    google_case("API disabled, in words", 403, DISABLED, "abort", "not_enabled"),
    google_case("unknown model", 404, "models/x is not found.", "abort", "model"),
    google_case("too large", 413, "Request payload size exceeds the limit.", "split", "too_large"),
    *rate_cases(error_body(429, "You exceeded your current quota.")),
    *service_cases(lambda status: error_body(status, "Not now.")),
)

RIGHT_REQUEST = RightRequest(
    f"{GEMINI}:batchEmbedContents",
    {
        "requests": [
            gemini_request({"text": "a kite"}),
            gemini_request({"inline_data": {"mime_type": "image/jpeg", "data": RAW}}),
        ]
    },
    lambda body: [entry["values"] for entry in body["embeddings"]],
    3072,
)


class GeminiStandIn(StandIn):
    """`POST /v1beta/models/gemini-embedding-2:embedContent` and `:batchEmbedContents`."""

    provider = "gemini"
    error_cases: ClassVar = ERROR_CASES
    right_request: ClassVar = RIGHT_REQUEST
    routes: ClassVar = (
        ("POST", r"/v1beta/models/(?P<model>[^/:]+):embedContent", "embed_one"),
        ("POST", r"/v1beta/models/(?P<model>[^/:]+):batchEmbedContents", "embed_many"),
    )

    @staticmethod
    def headers_with(key):
        return {"x-goog-api-key": key}

    def check_key(self, call):
        given = call.headers.get("x-goog-api-key")
        if given is None:
            raise google_refusal(403, "The caller is not known. Please use an API key.")
        if given != self.key:
            message = "API key not valid. Please pass a valid API key."
            raise google_refusal(400, message, "API_KEY_INVALID")

    def refusal(self, status, message, field="body"):
        return google_refusal(status, message)

    def embed_one(self, call, match):
        body = self.json_of(call)
        self._check_model(match)
        return Answer.of_vectors(
            [self._embed(body, "", required=["content"])],
            lambda rows: {"embedding": rows[0]} if rows else {},
        )

    def embed_many(self, call, match):
        body = self.json_of(call)
        self._check_model(match)
        self._check(body, {"requests": list_of(obj)}, ["requests"], "")
        requests = body["requests"]
        if len(requests) > MOST_REQUESTS:
            message = f"requests: at most {MOST_REQUESTS} requests can be in one batch"
            raise google_refusal(400, message)
        rows = [
            self._embed(request, f"requests[{at}].", required=["model", "content"])
            for at, request in enumerate(requests)
        ]
        return Answer.of_vectors(rows, lambda rows: {"embeddings": rows})

    def _check_model(self, match):
        if match["model"] != MODEL:
            raise google_refusal(
                404, f"models/{match['model']} is not found for API version v1beta"
            )

    def _check(self, values, fields, required, where):
        """Return an object with snake_case names, or refuse it."""
        values = {CAMEL.get(name, name): value for name, value in values.items()}
        problem = problem_with(values, fields, required)
        if problem and problem[1] == "extra_forbidden":
            message = f"Invalid JSON payload received. Unknown name \"{problem[0]}\" at '{where}'"
            raise google_refusal(400, message)
        if problem:
            raise google_refusal(400, f"Invalid value at '{where}': {problem[2]}")
        return values

    def _embed(self, request, where, required):
        """Return the one vector into which all parts of a request's content are fused."""
        request = self._check(request, REQUEST, required, where)
        content = self._check(request["content"], CONTENT, ["parts"], f"{where}content")
        pieces = [
            self._piece(part, f"{where}content.parts[{at}]")
            for at, part in enumerate(content["parts"])
        ]
        if sum(isinstance(piece, bytes) for piece in pieces) > MOST_IMAGES:
            raise google_refusal(400, f"At most {MOST_IMAGES} images are supported.")
        size = request.get("output_dimensionality", FULL_DIMENSION)
        kind = "+".join("text" if isinstance(piece, str) else "image" for piece in pieces)
        fused = b"\0".join(p.encode() if isinstance(p, str) else p for p in pieces)
        return {"values": vector_of(kind, fused, None, MODEL, size)}

    def _piece(self, part, where):
        part = self._check(part, PART, [], where)
        if len(part) != 1:
            raise google_refusal(400, f"{where}: a part is one of text and inline_data")
        if "text" in part:
            return part["text"][: 4 * MOST_TOKENS]  # the rest is left out without a word
        inline = self._check(
            part["inline_data"], INLINE_DATA, list(INLINE_DATA), f"{where}.inline_data"
        )
        formats = (PICTURE_TYPES[inline["mime_type"]],)
        return picture_from(inline["data"], f"{where}.inline_data.data", formats, MOST_IMAGE_BYTES)
