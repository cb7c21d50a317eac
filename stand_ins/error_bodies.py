"""The documented error answers of each API, and what a client should make of them, as data.

Sources are those of the module of each stand-in; where an API documents no body, the body is of
the shape that the API documents for its other errors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stand_ins.faults import Status
from stand_ins.google import error_body

ACTIONS = ("abort", "fix", "split", "backoff", "renew")
"""Stop the job; drop or repair this item; halve the batch; wait and repeat; renew the token."""

KINDS = (
    *("key", "expired", "permission", "not_enabled", "balance", "model", "place"),
    *("rate", "service", "input", "too_large"),
)
"""What is wrong. `place` is an address, path or region; `balance` is money, quota or plan."""

RETRY_AFTER = {"Retry-After": "1"}
_PAGE = "<html><head><title>Error</title></head><body><h1>Bad Gateway</h1></body></html>"
_HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class ErrorCase:
    """An error answer, and the action and kind that a client should read from it."""

    name: str
    status: int
    body: Any
    action: str
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def fault(self):
        """The fault that makes a stand-in answer so: `stand_in.misbehave(case.fault)`."""
        return Status(self.status, self.body, self.headers)


def _detail(message):
    return {"detail": message}


def _message(message):
    return {"message": message}


def _jina(code, message):
    return {"detail": message, "code": code, "request_id": "03f5stand1n"}


def _rate(body):
    return (
        ErrorCase("rate", 429, body, "backoff", "rate"),
        ErrorCase("rate with Retry-After", 429, body, "backoff", "rate", RETRY_AFTER),
    )


def _service(body_of, statuses=(500, 503, 504)):
    return (
        *(
            ErrorCase(f"service {status}", status, body_of(status), "backoff", "service")
            for status in statuses
        ),
        ErrorCase("gateway page", 502, _PAGE, "backoff", "service", _HTML),
        ErrorCase("empty 503", 503, b"", "backoff", "service", RETRY_AFTER),
    )


_NOMIC = (
    ErrorCase("bad value", 400, _detail("dimensionality is not supported."), "fix", "input"),
    *(
        ErrorCase(
            f"free quota of {tokens} spent",
            400,
            _detail(f"You have exceeded your {tokens} free tokens of Nomic embeddings."),
            "abort",
            "balance",
        )
        for tokens in ("1000000", "10,000,000")
    ),
    ErrorCase("bad key", 401, _detail("The API key is not valid."), "abort", "key"),
    ErrorCase("bad key, forbidden", 403, _detail("Not authorized."), "abort", "key"),
    ErrorCase("wrong path", 404, _detail("Not Found"), "abort", "place"),
    ErrorCase("request timeout", 408, _detail("Timeout."), "backoff", "service"),
    ErrorCase("conflict", 409, _detail("Conflict."), "backoff", "service"),
    ErrorCase("too large", 413, _detail("Request entity too large."), "split", "too_large"),
    ErrorCase(
        "validation",
        422,
        {"detail": [{"loc": ["body", "texts"], "msg": "not a list", "type": "type_error.list"}]},
        "fix",
        "input",
    ),
    *_rate(_detail("Too many requests.")),
    *_service(lambda status: _detail("Internal error.")),
)

_JINA = (
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
        *("fix", "input"),
    ),
    *(
        ErrorCase(
            f"{status}: list over {most}",
            status,
            body(f"Each input list can contain at most {most} items"),
            *("split", "too_large"),
        )
        for status, most, body in (
            (400, 2048, _detail),
            (400, 512, _detail),
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
    ErrorCase("payment required", 402, _detail("Payment required."), "abort", "balance"),
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
    ErrorCase("wrong path", 404, _jina("RESOURCE_NOT_FOUND", "Not found."), "abort", "place"),
    ErrorCase("busy", 409, _jina("CONFLICT_RESOURCE_BUSY", "In use."), "backoff", "service"),
    ErrorCase("too large", 413, _detail("Payload too large."), "split", "too_large"),
    ErrorCase(
        "validation",
        422,
        {
            "detail": "The image cannot be read.",
            "errors": [{"field": "input", "message": "not an image", "type": "value_error"}],
        },
        *("fix", "input"),
    ),
    ErrorCase(
        "validation of older gateways",
        422,
        {"detail": [{"loc": ["body", "input"], "msg": "not a list", "type": "value_error"}]},
        *("fix", "input"),
    ),
    *(
        ErrorCase(code, 429, _jina(code, "Wait a little."), "backoff", "rate", headers)
        for code, headers in (
            ("RATE_REQUEST_LIMIT_EXCEEDED", {}),
            ("RATE_REQUEST_LIMIT_EXCEEDED", RETRY_AFTER),
            ("RATE_TOKEN_LIMIT_EXCEEDED", {}),
            ("RATE_CONCURRENCY_LIMIT_EXCEEDED", {}),
            ("RATE_IP_LIMIT_EXCEEDED", {}),
        )
    ),
    *_service(
        lambda status: _jina(
            "INTERNAL_ERROR" if status == 500 else "SERVICE_UNAVAILABLE", "Not now."
        ),
        statuses=(500, 503),
    ),
    ErrorCase("timeout", 504, _jina("SERVICE_TIMEOUT", "It took too long."), "split", "service"),
)


def _google(name, code, message, action, kind, reason=None, headers=None):
    return ErrorCase(name, code, error_body(code, message, reason), action, kind, headers or {})


_QUOTA = (
    "Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model"
    " with base model: multimodalembedding."
)
_DISABLED = "This API has not been used in project a-project before or it is disabled."
_VERTEX = (
    _google("bad base64", 400, "Base64 decoding failed.", "fix", "input"),
    _google("bad dimension", 400, "Invalid dimension: 300.", "fix", "input"),
    _google("two instances", 400, "Only one instance is supported.", "fix", "input"),
    _google(
        "key of another project",
        400,
        "The API Key and the authentication credential are from different projects.",
        *("abort", "key"),
    ),
    _google("token expired", 401, "Token expired.", "renew", "expired", "ACCESS_TOKEN_EXPIRED"),
    _google(
        "API key",
        401,
        "API keys are not supported by this API.",
        *("abort", "key", "CREDENTIALS_MISSING"),
    ),
    _google("role missing", 403, "Denied.", "abort", "permission", "IAM_PERMISSION_DENIED"),
    _google("API disabled", 403, "Not enabled.", "abort", "not_enabled", "SERVICE_DISABLED"),
    _google("API disabled, in words", 403, _DISABLED, "abort", "not_enabled"),
    _google("billing off", 403, "Enable billing.", "abort", "balance", "BILLING_DISABLED"),
    _google("retired model", 404, "Publisher model was not found.", "abort", "model"),
    ErrorCase("wrong region", 404, "<html><title>404</title></html>", "abort", "place", _HTML),
    _google("too large", 413, "Request payload size exceeds the limit.", "fix", "too_large"),
    *_rate(error_body(429, _QUOTA)),
    *_service(lambda status: error_body(status, "Not now.")),
)

_GEMINI = (
    _google("bad key", 400, "API key not valid.", "abort", "key", "API_KEY_INVALID"),
    _google("bad base64", 400, "Base64 decoding failed.", "fix", "input"),
    _google("not a key", 401, "No key.", "abort", "key", "CREDENTIALS_MISSING"),
    _google("API not allowed", 403, "Blocked.", "abort", "permission", "API_KEY_SERVICE_BLOCKED"),
    _google(
        "address not allowed",
        403,
        "Blocked.",
        *("abort", "permission", "API_KEY_IP_ADDRESS_BLOCKED"),
    ),
    _google("API disabled", 403, "Not enabled.", "abort", "not_enabled", "SERVICE_DISABLED"),
    _google("API disabled, in words", 403, _DISABLED, "abort", "not_enabled"),
    _google("unknown model", 404, "models/x is not found.", "abort", "model"),
    _google("too large", 413, "Request payload size exceeds the limit.", "split", "too_large"),
    *_rate(error_body(429, "You exceeded your current quota.")),
    *_service(lambda status: error_body(status, "Not now.")),
)

_COHERE = (
    ErrorCase("bad input", 400, _message("invalid request: invalid image"), "fix", "input"),
    ErrorCase("bad key", 401, _message("invalid api token"), "abort", "key"),
    ErrorCase("payment required", 402, _message("payment required"), "abort", "balance"),
    ErrorCase("unknown model", 404, _message("model 'x' not found"), "abort", "model"),
    ErrorCase("request timeout", 408, _message("timeout"), "backoff", "service"),
    ErrorCase("conflict", 409, _message("conflict"), "backoff", "service"),
    ErrorCase("too large", 413, _message("payload too large"), "split", "too_large"),
    ErrorCase("validation", 422, _message("unprocessable entity"), "fix", "input"),
    *_rate(_message("too many requests")),
    ErrorCase("invalid token", 498, _message("invalid token"), "abort", "key"),
    *_service(lambda status: _message("internal server error")),
)

_VOYAGE = (
    ErrorCase("bad input", 400, _detail("image_base64 is not an image."), "fix", "input"),
    ErrorCase(
        "batch too large",
        400,
        _detail("The batch size limit is 1000. Your batch size is 1001."),
        *("split", "too_large"),
    ),
    ErrorCase(
        "too many tokens",
        400,
        _detail("The max allowed tokens per submitted batch is 320000. Yours has 400000."),
        *("split", "too_large"),
    ),
    ErrorCase("bad key", 401, _detail("Provided API key is invalid."), "abort", "key"),
    ErrorCase("payment required", 402, _detail("Payment required."), "abort", "balance"),
    ErrorCase("address blocked", 403, _detail("Your IP is blocked."), "abort", "permission"),
    ErrorCase("wrong path", 404, _detail("Not Found"), "abort", "place"),
    ErrorCase("too large", 413, _detail("Payload too large."), "split", "too_large"),
    ErrorCase("validation", 422, _detail("Unprocessable."), "fix", "input"),
    *_rate(_detail("You have exceeded your rate limit.")),
    *_service(lambda status: _detail("Internal error.")),
)

ERROR_CASES = {
    "nomic": _NOMIC,
    "jina": _JINA,
    "vertex": _VERTEX,
    "gemini": _GEMINI,
    "cohere": _COHERE,
    "voyage": _VOYAGE,
}
