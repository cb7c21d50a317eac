"""Nomic Atlas: text and image embedding in one space.

Follows https://docs.nomic.ai/reference/endpoints/nomic-embed-text and …/nomic-embed-vision, the
rate limits of https://docs.nomic.ai/api/getting-started/rate-limits, and what the official
Python client sends. That client first asks `GET /v1/user`.
"""

from typing import ClassVar

from stand_ins.answers import Answer, Refused
from stand_ins.error_case import ErrorCase, detail, rate_cases, service_cases
from stand_ins.right_request import RightRequest
from stand_ins.schema import (
    about_tokens,
    any_of,
    list_of,
    optional,
    picture_size,
    problem_with,
    text,
    whole_number,
)
from stand_ins.server import Limits, StandIn
from stand_ins.vectors import vector_of

DIMENSION = 768
MOST_TEXTS = 10
MOST_IMAGES = 512  # what the official client sends at most; the service states no number
TEXT_MODELS = ("nomic-embed-text-v1", "nomic-embed-text-v1.5")
IMAGE_MODELS = ("nomic-embed-vision-v1", "nomic-embed-vision-v1.5")
TASKS = ("search_document", "search_query", "classification", "clustering")
TEXT_FIELDS = {
    "texts": list_of(text, MOST_TEXTS),
    "model": any_of(*TEXT_MODELS),
    "task_type": optional(any_of(*TASKS)),
    "long_text_mode": any_of("truncate", "mean"),
    "max_tokens_per_text": whole_number(1, 8192),
    "dimensionality": optional(whole_number(1, DIMENSION)),
}
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP")


ERROR_CASES = (
    ErrorCase("bad value", 400, detail("dimensionality is not supported."), "isolate", "input"),
    *(
        ErrorCase(
            f"free quota of {tokens} spent",
            400,
            detail(f"You have exceeded your {tokens} free tokens of Nomic embeddings."),
            "abort",
            "balance",
        )
        for tokens in ("1000000", "10,000,000")
    ),
    ErrorCase("bad key", 401, detail("The API key is not valid."), "abort", "key"),
    ErrorCase("bad key, forbidden", 403, detail("Not authorized."), "abort", "key"),
    ErrorCase("wrong path", 404, detail("Not Found"), "abort", "endpoint"),
    ErrorCase("request timeout", 408, detail("Timeout."), "retry", "service"),
    ErrorCase("conflict", 409, detail("Conflict."), "retry", "service"),
    ErrorCase("too large", 413, detail("Request entity too large."), "split", "too_large"),
    ErrorCase(
        "validation",
        422,
        {"detail": [{"loc": ["body", "texts"], "msg": "not a list", "type": "type_error.list"}]},
        "isolate",
        "input",
    ),
    *rate_cases(detail("Too many requests.")),
    *service_cases(lambda status: detail("Internal error.")),
)

RIGHT_REQUEST = RightRequest(
    "/v1/embedding/text",
    {
        "model": "nomic-embed-text-v1.5",
        "task_type": "search_query",
        "texts": ["a kite", "a cat"],
    },
    lambda body: body["embeddings"],
    768,
)


class NomicStandIn(StandIn):
    """`POST /v1/embedding/text` (JSON), `POST /v1/embedding/image` (multipart)."""

    provider = "nomic"
    error_cases: ClassVar = ERROR_CASES
    right_request: ClassVar = RIGHT_REQUEST
    LIMITS = Limits(requests=1200, seconds=300)
    routes: ClassVar = (
        ("GET", "/v1/user", "user"),
        ("POST", "/v1/embedding/text", "embed_texts"),
        ("POST", "/v1/embedding/image", "embed_images"),
    )

    def check_key(self, call):
        if call.bearer != self.key:
            raise self.refusal(401, "The API key is missing or not valid.")

    def refusal(self, status, message, field="body", kind="value_error"):
        if status != 422:
            return Refused(status, {"detail": message})
        return Refused(422, {"detail": [{"loc": ["body", field], "msg": message, "type": kind}]})

    def user(self, call, match):
        return Answer(200, {"sub": "stand-in", "nickname": "stand-in", "organizations": []})

    def embed_texts(self, call, match):
        body = self.json_of(call)
        problem = problem_with(body, TEXT_FIELDS, required=["texts"])
        if problem:
            field, kind, message = problem
            raise self.refusal(422, message, field, kind)
        model = body.get("model", "nomic-embed-text-v1")  # the server's default, not the clients'
        dimension = body.get("dimensionality")
        if dimension is not None and not model.endswith("v1.5"):
            raise self.refusal(400, f"{model} does not support dimensionality.")
        role = body.get("task_type", "search_document")
        texts = body["texts"]
        vectors = [vector_of("text", t, role, model, dimension or DIMENSION) for t in texts]
        return _answer(vectors, sum(map(about_tokens, texts)), model)

    def embed_images(self, call, match):
        if call.parts is None:
            raise self.refusal(422, call.problem or "The body is not a form.")
        fields = {"model": IMAGE_MODELS[-1]}
        images, urls = [], []
        for part in call.parts:
            if part.name == "images":
                images.append(self._image_of(part))
            elif part.name == "urls":
                urls.append(part.data.decode())
            elif part.name == "model":
                fields["model"] = part.data.decode()
            else:
                raise self.refusal(422, "this field is not known", part.name, "extra_forbidden")
        problem = problem_with(fields, {"model": any_of(*IMAGE_MODELS)})
        if problem:
            raise self.refusal(422, problem[2], "model")
        if bool(images) == bool(urls):
            raise self.refusal(400, "Send either images or urls.")
        contents = images or urls
        if len(contents) > MOST_IMAGES:
            raise self.refusal(422, f"at most {MOST_IMAGES} images", "images")
        model = fields["model"]
        vectors = [vector_of("image", item, None, model, DIMENSION) for item in contents]
        return _answer(vectors, len(contents), model)

    def _image_of(self, part):
        if part.filename is None:
            raise self.refusal(422, "images: this part is not a file", "images")
        try:
            picture_size(part.data, PICTURE_FORMATS)
        except ValueError as error:
            raise self.refusal(400, f"images: {error}") from None
        return part.data


def _answer(vectors, tokens, model):
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return Answer.of_vectors(
        vectors, lambda rows: {"embeddings": rows, "usage": usage, "model": model}
    )
