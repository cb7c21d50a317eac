"""Voyage AI multimodal embeddings.

Follows https://docs.voyageai.com/reference/multimodal-embeddings-api-1 and
https://docs.voyageai.com/docs/error-codes. Video and `output_encoding` base64 are refused.
"""

from typing import ClassVar

from stand_ins.answers import Answer, Refused
from stand_ins.error_case import ErrorCase, detail, rate_cases, service_cases
from stand_ins.right_request import URI, RightRequest
from stand_ins.schema import (
    about_tokens,
    any_of,
    flag,
    from_data_uri,
    list_of,
    obj,
    optional,
    picture_size,
    problem_with,
    text,
)
from stand_ins.server import StandIn
from stand_ins.vectors import vector_of

# model -> dimensions, the default first
MODELS = {
    "voyage-multimodal-3.5": (1024, 256, 512, 2048),
    "voyage-multimodal-3": (1024,),
}
MOST_INPUTS = 1000
MOST_INPUT_TOKENS = 32_000
MOST_TOKENS = 320_000
PIXELS_A_TOKEN = 560
MOST_PIXELS = 16_000_000
MOST_IMAGE_BYTES = 20 * 1024 * 1024
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
PART_TYPES = ("text", "image_base64", "image_url")
FIELDS = {
    "inputs": list_of(obj),
    "model": text,
    "input_type": optional(any_of("query", "document")),
    "truncation": flag,
    "output_encoding": any_of(None),
    "output_dimension": optional(any_of(256, 512, 1024, 2048)),
}


def voyage_input(text):
    return {"content": [{"type": "text", "text": text}]}


ERROR_CASES = (
    ErrorCase("bad input", 400, detail("image_base64 is not an image."), "isolate", "input"),
    ErrorCase(
        "batch too large",
        400,
        detail("The batch size limit is 1000. Your batch size is 1001."),
        *("split", "too_large"),
    ),
    ErrorCase(
        "too many tokens",
        400,
        detail("The max allowed tokens per submitted batch is 320000. Yours has 400000."),
        *("split", "too_large"),
    ),
    ErrorCase("bad key", 401, detail("Provided API key is invalid."), "abort", "key"),
    ErrorCase("payment required", 402, detail("Payment required."), "abort", "balance"),
    ErrorCase("address blocked", 403, detail("Your IP is blocked."), "abort", "permission"),
    ErrorCase("wrong path", 404, detail("Not Found"), "abort", "endpoint"),
    ErrorCase("too large", 413, detail("Payload too large."), "split", "too_large"),
    ErrorCase("validation", 422, detail("Unprocessable."), "isolate", "input"),
    *rate_cases(detail("You have exceeded your rate limit.")),
    *service_cases(lambda status: detail("Internal error.")),
)

RIGHT_REQUEST = RightRequest(
    "/v1/multimodalembeddings",
    {
        "model": "voyage-multimodal-3.5",
        "input_type": "query",
        "inputs": [
            voyage_input("a kite"),
            {"content": [{"type": "image_base64", "image_base64": URI}]},
        ],
    },
    lambda body: [entry["embedding"] for entry in body["data"]],
    1024,
)


class VoyageStandIn(StandIn):
    """`POST /v1/multimodalembeddings`; all of an input's content becomes one vector."""

    provider = "voyage"
    error_cases: ClassVar = ERROR_CASES
    right_request: ClassVar = RIGHT_REQUEST
    routes: ClassVar = (("POST", "/v1/multimodalembeddings", "embed"),)

    def check_key(self, call):
        if call.bearer != self.key:
            raise self.refusal(401, "Provided API key is invalid.")

    def refusal(self, status, message, field="body"):
        return Refused(400 if status == 422 else status, {"detail": message})

    def embed(self, call, match):
        body = self.json_of(call)
        problem = problem_with(body, FIELDS, required=["inputs", "model"])
        if problem:
            raise self.refusal(400, f"The request body is not valid: {problem[2]}")
        model = body["model"]
        if model not in MODELS:
            raise self.refusal(400, f"Model {model} is not supported.")
        size = body.get("output_dimension") or MODELS[model][0]
        if size not in MODELS[model]:
            raise self.refusal(400, f"{model} does not support output_dimension {size}.")
        if len(body["inputs"]) > MOST_INPUTS:
            message = f"The batch size limit is {MOST_INPUTS}. Your batch size is"
            raise self.refusal(400, f"{message} {len(body['inputs'])}.")
        usage = {"text_tokens": 0, "image_pixels": 0, "total_tokens": 0}
        contents = [self._content(entry, body, usage) for entry in body["inputs"]]
        if len({kind for kinds, _ in contents for kind in kinds} - {"text"}) > 1:
            raise self.refusal(400, "Use either image_url or image_base64 in a request, not both.")
        if usage["total_tokens"] > MOST_TOKENS:
            message = f"The request has {usage['total_tokens']} tokens after truncation"
            raise self.refusal(
                400, f"{message}; the max allowed tokens per batch is {MOST_TOKENS}."
            )
        role = body.get("input_type")
        results = [
            {
                "object": "embedding",
                "embedding": vector_of("+".join(kinds), fused, role, model, size),
                "index": at,
            }
            for at, (kinds, fused) in enumerate(contents)
        ]
        return Answer.of_vectors(
            results,
            lambda rows: {"object": "list", "data": rows, "model": model, "usage": usage},
        )

    def _content(self, entry, body, usage):
        """Return (types of the parts, their bytes) of an input, and count its tokens."""
        parts = entry.get("content")
        if list(entry) != ["content"] or not isinstance(parts, list) or not parts:
            raise self.refusal(400, "An input has content, a list with at least one part.")
        words = pixels = 0
        kinds, pieces = [], []
        for part in parts:
            kind = part.get("type") if isinstance(part, dict) else None
            right = kind in PART_TYPES and set(part) == {"type", kind}
            if not right or not isinstance(part[kind], str):
                raise self.refusal(400, "A part is of type text, image_base64 or image_url.")
            if kind == "image_base64":
                data, size = self._picture(part[kind])
                pixels += size
            else:
                data = part[kind].encode()
                words += about_tokens(part[kind]) if kind == "text" else 0
            kinds.append(kind)
            pieces.append(data)
        tokens = words + pixels // PIXELS_A_TOKEN
        if tokens > MOST_INPUT_TOKENS and not body.get("truncation", True):
            raise self.refusal(400, f"An input has more than {MOST_INPUT_TOKENS} tokens.")
        usage["text_tokens"] += words
        usage["image_pixels"] += pixels
        usage["total_tokens"] += min(tokens, MOST_INPUT_TOKENS)
        return kinds, b"\0".join(pieces)

    def _picture(self, uri):
        """Return (bytes, pixels) of a picture."""
        try:
            data = from_data_uri(uri)[1]
            width, height = picture_size(data, PICTURE_FORMATS)
        except ValueError as error:
            raise self.refusal(400, f"image_base64: {error}") from None
        if width * height > MOST_PIXELS or len(data) > MOST_IMAGE_BYTES:
            raise self.refusal(400, "An image has more than 16 million pixels or 20 MB.")
        return data, width * height
