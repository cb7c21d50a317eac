"""Jina AI: one endpoint whose schema is chosen by the model.

Follows the embeddings schemas of https://api.jina.ai/openapi.json and the free tier of
https://jina.ai/api-dashboard/rate-limit. The 512 items of a list come from error messages that
the service sends. Video, audio and PDF, and embedding types other than float, are refused.
"""

from typing import ClassVar

from stand_ins.answers import Answer, Refused
from stand_ins.error_case import RETRY_AFTER, ErrorCase, detail, service_cases
from stand_ins.right_request import RAW, RightRequest
from stand_ins.schema import (
    about_tokens,
    any_of,
    anything,
    flag,
    from_base64,
    from_data_uri,
    optional,
    picture_size,
    problem_with,
    text,
    whole_number,
)
from stand_ins.server import Limits, StandIn
from stand_ins.vectors import vector_of

MOST_ITEMS = 512
MOST_IMAGE_BYTES = 8 * 1024 * 1024
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
RETRIEVAL = ("retrieval.query", "retrieval.passage")
_EVERYWHERE = {
    "model": text,
    "input": anything,
    "truncate": optional(flag),
    "embedding_type": lambda value: None if value in (None, "float", ["float"]) else "only float",
}


def _fields(size, *tasks, **more):
    return {
        **_EVERYWHERE,
        "dimensions": optional(whole_number(1, size)),
        "task": optional(any_of(*tasks)),
        **more,
    }


_V5_TASKS = (*RETRIEVAL, "text-matching", "clustering", "classification")
FIELDS = {
    "jina-clip-v1": {**_EVERYWHERE, "normalized": optional(flag)},
    "jina-clip-v2": _fields(1024, "retrieval.query", normalized=optional(flag)),
    "jina-embeddings-v4": _fields(
        2048,
        *(*RETRIEVAL, "text-matching", "code.query", "code.passage"),
        late_chunking=optional(flag),
        return_multivector=any_of(False, None),
    ),
    "jina-embeddings-v5-omni-small": _fields(1024, *_V5_TASKS, normalized=optional(flag)),
    "jina-embeddings-v5-omni-nano": _fields(768, *_V5_TASKS, normalized=optional(flag)),
}
SIZES = {
    "jina-clip-v1": 768,
    "jina-clip-v2": 1024,
    "jina-embeddings-v4": 2048,
    "jina-embeddings-v5-omni-small": 1024,
    "jina-embeddings-v5-omni-nano": 768,
}
MOST_TOKENS = {"jina-clip-v1": 8192, "jina-clip-v2": 8192}
OTHER_MOST_TOKENS = 32768
# model -> (side of a tile, tokens a tile)
TILES = {"jina-clip-v1": (224, 1000), "jina-clip-v2": (512, 4000)}
OTHER_TILE = (28, 10)
_NOT_NORMALIZED = 2.0  # length of the vectors of a request that does not ask for unit length


def _jina(code, message):
    return {"detail": message, "code": code, "request_id": "03f5stand1n"}


ERROR_CASES = (
    ErrorCase(
        "unknown model",
        400,
        _jina("INPUT_MODEL_NOT_FOUND", "Model 'x' not found."),
        *("abort", "model"),
    ),
    ErrorCase(
        "text too long",
        400,
        _jina("INPUT_TOKEN_LIMIT_EXCEEDED", "The text has more than 8192 tokens."),
        *("isolate", "input"),
    ),
    *(
        ErrorCase(
            f"{status}: list over {most}",
            status,
            body(f"Each input list can contain at most {most} items"),
            *("split", "too_large"),
        )
        for status, most, body in (
            (400, 2048, detail),
            (400, 512, detail),
            (
                422,
                512,
                lambda message: {
                    "detail": message,
                    "errors": [{"field": "input", "message": message, "type": "too_long"}],
                },
            ),
        )
    ),
    ErrorCase("no key", 401, _jina("AUTH_MISSING_API_KEY", "A key is required."), "abort", "key"),
    ErrorCase("bad key", 401, _jina("AUTH_INVALID_API_KEY", "Invalid key."), "abort", "key"),
    ErrorCase("no Bearer", 401, _jina("AUTH_INVALID_FORMAT", "Not a key."), "abort", "key"),
    ErrorCase("payment required", 402, detail("Payment required."), "abort", "balance"),
    ErrorCase(
        "empty balance",
        403,
        _jina("AUTHZ_INSUFFICIENT_BALANCE", "The balance of the account is spent."),
        *("abort", "balance"),
    ),
    ErrorCase(
        "plan",
        403,
        _jina("AUTHZ_RESOURCE_LIMIT_EXCEEDED", "The plan allows no more."),
        *("abort", "balance"),
    ),
    ErrorCase("wrong path", 404, _jina("RESOURCE_NOT_FOUND", "Not found."), "abort", "endpoint"),
    ErrorCase("busy", 409, _jina("CONFLICT_RESOURCE_BUSY", "In use."), "retry", "service"),
    ErrorCase("too large", 413, detail("Payload too large."), "split", "too_large"),
    ErrorCase(
        "validation",
        422,
        {
            "detail": "The image cannot be read.",
            "errors": [{"field": "input", "message": "not an image", "type": "value_error"}],
        },
        *("isolate", "input"),
    ),
    ErrorCase(
        "validation of older gateways",
        422,
        {"detail": [{"loc": ["body", "input"], "msg": "not a list", "type": "value_error"}]},
        *("isolate", "input"),
    ),
    *(
        ErrorCase(code, 429, _jina(code, "Wait a little."), "retry", "rate", headers)
        for code, headers in (
            ("RATE_REQUEST_LIMIT_EXCEEDED", {}),
            ("RATE_REQUEST_LIMIT_EXCEEDED", RETRY_AFTER),
            ("RATE_TOKEN_LIMIT_EXCEEDED", {}),
            ("RATE_CONCURRENCY_LIMIT_EXCEEDED", {}),
            ("RATE_IP_LIMIT_EXCEEDED", {}),
        )
    ),
    *service_cases(
        lambda status: _jina(
            "INTERNAL_ERROR" if status == 500 else "SERVICE_UNAVAILABLE", "Not now."
        ),
        statuses=(500, 503),
    ),
    ErrorCase("timeout", 504, _jina("SERVICE_TIMEOUT", "It took too long."), "split", "service"),
)

RIGHT_REQUEST = RightRequest(
    "/v1/embeddings",
    {
        "model": "jina-clip-v2",
        "normalized": True,
        "dimensions": 512,
        "input": [{"text": "a kite"}, {"image": RAW}],
    },
    lambda body: [entry["embedding"] for entry in body["data"]],
    512,
)


class JinaStandIn(StandIn):
    """`POST /v1/embeddings` and `GET /v1/models`."""

    provider = "jina"
    error_cases: ClassVar = ERROR_CASES
    right_request: ClassVar = RIGHT_REQUEST
    LIMITS = Limits(requests=100, seconds=60, concurrency=2)
    tokens_left = 100_000
    routes: ClassVar = (
        ("POST", "/v1/embeddings", "embed"),
        ("GET", "/v1/models", "models"),
    )

    def check_key(self, call):
        scheme = call.headers.get("Authorization", "")
        if not scheme:
            raise _refused(401, "AUTH_MISSING_API_KEY", "A key is required.")
        if call.bearer is None:
            raise _refused(401, "AUTH_INVALID_FORMAT", "Use Authorization: Bearer and a key.")
        if call.bearer != self.key:
            raise _refused(401, "AUTH_INVALID_API_KEY", "This key is not valid.")

    def refusal(self, status, message, field="body", kind="value_error", given=None):
        if status != 422:
            code = {404: "RESOURCE_NOT_FOUND"}.get(status, "INPUT_INVALID")
            return _refused(status, code, message)
        entry = {"field": field, "message": message, "type": kind, "input": given}
        return Refused(422, {"detail": message, "errors": [entry]})

    def over_limit(self, limits, *, too_many_concurrent):
        if too_many_concurrent:
            return _refused(
                429, "RATE_CONCURRENCY_LIMIT_EXCEEDED", f"More than {limits.concurrency} at once."
            )
        return _refused(
            429, "RATE_REQUEST_LIMIT_EXCEEDED", f"More than {limits.requests} requests a minute."
        )

    def models(self, call, match):
        return Answer(200, {"object": "list", "data": [{"id": name} for name in FIELDS]})

    def embed(self, call, match):
        body = self.json_of(call)
        model = body.get("model")
        if not isinstance(model, str):
            raise self.refusal(422, "model: a string is required", "model", "missing", model)
        if model not in FIELDS:
            raise _refused(400, "INPUT_MODEL_NOT_FOUND", f"Model {model!r} not found.")
        problem = problem_with(body, FIELDS[model], ["model", "input"])
        if problem:
            field, kind, message = problem
            raise self.refusal(422, message, field, kind, body.get(field))
        items = body["input"] if isinstance(body["input"], list) else [body["input"]]
        if len(items) > MOST_ITEMS:
            message = f"Each input list can contain at most {MOST_ITEMS} items"
            raise self.refusal(422, message, "input", "too_long")
        if not items:
            raise self.refusal(422, "input: the list is empty", "input", "too_short")
        usage = {"prompt_tokens": 0, "image_tokens": 0}
        contents = [self._content(item, body, usage) for item in items]
        return self._answer(contents, body, usage)

    def _content(self, item, body, usage):
        """Return (kind, text or bytes) of an item of the input, and count its tokens."""
        if isinstance(item, str):
            item = {"image" if item.startswith("data:image/") else "text": item}
        names = list(item) if isinstance(item, dict) else []
        if names == ["content"] and "omni" in body["model"] and isinstance(item["content"], list):
            parts = [self._content(part, body, usage) for part in item["content"]]
            fused = b"\0".join(p if isinstance(p, bytes) else p.encode() for _, p in parts)
            return "fused", fused
        if names not in (["text"], ["image"]) or not isinstance(item[names[0]], str):
            message = "input: each item is a string, or has text or image and nothing else"
            raise self.refusal(422, message, "input", "value_error")
        if names == ["text"]:
            return "text", self._checked_text(item["text"], body, usage)
        return "image", self._checked_image(item["image"], body["model"], usage)

    def _checked_text(self, words, body, usage):
        tokens, most = about_tokens(words), MOST_TOKENS.get(body["model"], OTHER_MOST_TOKENS)
        if tokens > most and not body.get("truncate"):
            raise _refused(
                400, "INPUT_TOKEN_LIMIT_EXCEEDED", f"The text has more than {most} tokens."
            )
        usage["prompt_tokens"] += min(tokens, most)
        return words

    def _checked_image(self, given, model, usage):
        side, price = TILES.get(model, OTHER_TILE)
        if given.startswith(("http://", "https://")):
            usage["image_tokens"] += price
            return given.encode()
        try:
            as_uri = given.startswith("data:")
            data = from_data_uri(given)[1] if as_uri else from_base64(given)
            width, height = picture_size(data, PICTURE_FORMATS)
        except ValueError as error:
            raise self.refusal(422, f"image: {error}", "input") from None
        if len(data) > MOST_IMAGE_BYTES:
            raise self.refusal(413, "An image is larger than 8 MB.")
        usage["image_tokens"] += -(-width // side) * -(-height // side) * price
        return data

    def _answer(self, contents, body, usage):
        model, task = body["model"], body.get("task")
        unit = "normalized" in FIELDS[model] and body.get("normalized", True) is not False
        size = body.get("dimensions") or SIZES[model]
        length = 1.0 if unit else _NOT_NORMALIZED
        results = [
            {
                "object": "embedding",
                "index": at,
                "embedding": vector_of(kind, content, task, model, size, length=length),
            }
            for at, (kind, content) in enumerate(contents)
        ]
        usage = {"total_tokens": sum(usage.values()), **usage}
        if not usage["image_tokens"]:
            del usage["image_tokens"]
        headers = {
            "X-RateLimit-Remaining-Requests": str(
                max(0, self.LIMITS.requests - self.recent_calls())
            ),
            "X-RateLimit-Remaining-Tokens": str(max(0, self.tokens_left - usage["total_tokens"])),
        }
        return Answer.of_vectors(
            results,
            lambda rows: {"object": "list", "model": model, "data": rows, "usage": usage},
            headers,
        )


def _refused(status, code, message):
    return Refused(status, {"detail": message, "code": code, "request_id": "03f5stand1n"})
