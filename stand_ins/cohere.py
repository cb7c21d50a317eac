"""Cohere Embed v4.

Follows https://docs.cohere.com/reference/embed (the v2 API). Embedding types other than float
are refused.
"""

from typing import ClassVar

from stand_ins.answers import Answer, Refused
from stand_ins.error_case import ErrorCase, message, rate_cases, service_cases
from stand_ins.right_request import URI, RightRequest
from stand_ins.schema import (
    about_tokens,
    any_of,
    from_data_uri,
    list_of,
    obj,
    picture_size,
    problem_with,
    text,
)
from stand_ins.server import StandIn
from stand_ins.vectors import vector_of

MODEL = "embed-v4.0"
DIMENSIONS = (256, 512, 1024, 1536)
MOST_ITEMS = 96
MOST_IMAGE_BYTES = 20 * 1024 * 1024  # of all pictures of a request
LENGTH = 2.0  # no norm is documented
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
INPUT_TYPES = ("search_document", "search_query", "classification", "clustering", "image")
FIELDS = {
    "model": text,
    "input_type": any_of(*INPUT_TYPES),
    "texts": list_of(text),
    "images": list_of(text),
    "inputs": list_of(obj),
    "embedding_types": list_of(any_of("float")),
    "output_dimension": any_of(*DIMENSIONS),
    "truncate": any_of("NONE", "START", "END"),
}
PARTS = (("text", str), ("image_url", dict))


ERROR_CASES = (
    ErrorCase("bad input", 400, message("invalid request: invalid image"), "isolate", "input"),
    ErrorCase("bad key", 401, message("invalid api token"), "abort", "key"),
    ErrorCase("payment required", 402, message("payment required"), "abort", "balance"),
    ErrorCase("unknown model", 404, message("model 'x' not found"), "abort", "model"),
    ErrorCase("request timeout", 408, message("timeout"), "retry", "service"),
    ErrorCase("conflict", 409, message("conflict"), "retry", "service"),
    ErrorCase("too large", 413, message("payload too large"), "split", "too_large"),
    ErrorCase("validation", 422, message("unprocessable entity"), "isolate", "input"),
    *rate_cases(message("too many requests")),
    ErrorCase("invalid token", 498, message("invalid token"), "abort", "key"),
    *service_cases(lambda status: message("internal server error")),
)

RIGHT_REQUEST = RightRequest(
    "/v2/embed",
    {
        "model": "embed-v4.0",
        "input_type": "search_document",
        "embedding_types": ["float"],
        "inputs": [
            {"content": [{"type": "text", "text": "a kite"}]},
            {"content": [{"type": "image_url", "image_url": {"url": URI}}]},
        ],
    },
    lambda body: body["embeddings"]["float"],
    1536,
)


class CohereStandIn(StandIn):
    """`POST /v2/embed` with exactly one of texts, images (data URIs) and inputs."""

    provider = "cohere"
    error_cases: ClassVar = ERROR_CASES
    right_request: ClassVar = RIGHT_REQUEST
    routes: ClassVar = (("POST", "/v2/embed", "embed"),)

    def check_key(self, call):
        if call.bearer is None:
            raise self.refusal(401, "no api key supplied")
        if call.bearer != self.key:
            raise self.refusal(401, "invalid api token")

    def refusal(self, status, message, field="body"):
        return Refused(status, {"message": message})

    def embed(self, call, match):
        body = self.json_of(call)
        problem = problem_with(body, FIELDS, required=["model", "input_type"])
        if problem:
            raise self.refusal(400, f"invalid request: {problem[2]}")
        if body["model"] != MODEL:
            raise self.refusal(404, f"model '{body['model']}' not found")
        given = [name for name in ("texts", "images", "inputs") if name in body]
        if len(given) != 1:
            raise self.refusal(400, "invalid request: give one of texts, images and inputs")
        items = body[given[0]]
        if len(items) > MOST_ITEMS:
            message = f"total number of {given[0]} must be at most {MOST_ITEMS}"
            raise self.refusal(400, f"invalid request: {message} - received {len(items)}")
        contents = [self._content(given[0], item) for item in items]
        pictures = [piece for content in contents for piece in content if type(piece) is _Picture]
        if sum(len(picture.data) for picture in pictures) > MOST_IMAGE_BYTES:
            raise self.refusal(413, "the images of a request must be at most 20MB together")
        return self._answer(body, given[0], contents, pictures)

    def _answer(self, body, given, contents, pictures):
        size, role = body.get("output_dimension", DIMENSIONS[-1]), body["input_type"]
        rows = [_vector(content, role, size) for content in contents]
        texts = [piece for content in contents for piece in content if isinstance(piece, str)]
        billed = {"input_tokens": sum(map(about_tokens, texts)), "images": len(pictures)}
        rest = {
            "texts": body["texts"] if given == "texts" else [],
            "images": [picture.described for picture in pictures],
            "meta": {
                "api_version": {"version": "2"},
                "billed_units": {name: count for name, count in billed.items() if count},
            },
        }
        return Answer.of_vectors(
            rows, lambda rows: {"id": "5tand-1n", "embeddings": {"float": rows}, **rest}
        )

    def _content(self, given, item):
        """Return the texts (str) and pictures of which one vector is made."""
        if given == "texts":
            return [item]
        if given == "images":
            return [self._picture(item)]
        parts = item.get("content")
        if list(item) != ["content"] or not isinstance(parts, list) or not parts:
            raise self.refusal(400, "invalid request: an input has content, a list of parts")
        return [self._piece(part) for part in parts]

    def _piece(self, part):
        kind = part.get("type") if isinstance(part, dict) else None
        right = any(
            kind == name and set(part) == {"type", name} and isinstance(part[name], wanted)
            for name, wanted in PARTS
        )
        if not right:
            raise self.refusal(400, "invalid request: a part is of type text or image_url")
        if kind == "text":
            return part["text"]
        image = part["image_url"]
        if not set(image) <= {"url", "detail"} or not isinstance(image.get("url"), str):
            raise self.refusal(400, "invalid request: image_url has a url")
        return self._picture(image["url"])

    def _picture(self, uri):
        try:
            return _Picture(uri)
        except ValueError as error:
            raise self.refusal(400, f"invalid request: invalid image: {error}") from None


class _Picture:
    """A picture of a request, and what the response says about it."""

    def __init__(self, uri):
        kind, self.data = from_data_uri(uri)
        width, height = picture_size(self.data, PICTURE_FORMATS)
        name = kind.removeprefix("image/")
        self.described = {"width": width, "height": height, "format": name, "bit_depth": 24}


def _vector(content, role, size):
    kind = "+".join("text" if isinstance(piece, str) else "image" for piece in content)
    fused = b"\0".join(p.encode() if isinstance(p, str) else p.data for p in content)
    return vector_of(kind, fused, role, MODEL, size, length=LENGTH)
