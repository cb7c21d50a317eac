"""What came back, checked: as many rows as items, of the right dimension, finite."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from collection.embeddings import FloatArray, Setup
from collection.short_repr import ShortRepr
from providers.failure_kind import Action, FailureKind
from providers.inputs import Batch
from providers.transport.api import HostedApi, Row, UnreadableAnswer
from providers.transport.explanation import (
    error_text,
    html_instead,
    incomplete_answer,
    printable,
)
from providers.transport.failure import Failure

_MOST_SHOWN = 6_000  # characters
_NUMBERS_SHOWN = 4
_SHORTENED_VECTOR = re.compile(r'"(\[[^"\[\]]*, … \d+ numbers\])"')
"""As JSON writes it, for which it is a text."""


@dataclass(frozen=True, slots=True, repr=False)
class ValidAnswer(ShortRepr):
    """A sound answer: for each item its vector, float32 (d,), or None for no usable one."""

    vectors: list[FloatArray | None]
    usage: Mapping[str, float]


def valid_answer(
    api: HostedApi,
    setup: Setup,
    batch: Batch,
    body: bytes,
    hidden: Callable[[str], str] = str,
) -> ValidAnswer | Failure:
    """Return what an answer with status 200 holds, or why it cannot be right.

    `hidden` takes the secrets out of what is quoted.
    """
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError):
        if body.lstrip()[:1] == b"<":
            return html_instead(200)
        return _wrong("is not JSON")
    try:
        parsed = api.read(setup, batch, tree)
        vectors = [_vector(row, setup.dimension) for row in parsed.rows]
    except UnreadableAnswer as error:
        return _wrong(f"is not as documented: {error}")
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError):
        said = error_text(body) if isinstance(tree, dict) else ""
        if said:
            return incomplete_answer("holds a message in place of vectors", hidden(said))
        return _wrong("is not as documented: a field is missing or of another kind")
    if len(vectors) != len(batch):
        return incomplete_answer(f"holds {len(vectors)} vectors for {len(batch)} items")
    if all(row is None or len(row) == 0 for row in parsed.rows):
        return incomplete_answer("holds no vector")
    return ValidAnswer(vectors, parsed.usage)


def _vector(row: Row, dimension: int) -> FloatArray | None:
    """Return a row as a vector, None where there is none, or not of finite numbers, or of zeros.

    Raises UnreadableAnswer when it is of another dimension.
    """
    if row is None or len(row) == 0:
        return None
    if len(row) != dimension:
        raise UnreadableAnswer(f"a vector has {len(row)} numbers where {dimension} were asked for")
    if any(value is None for value in row):
        return None
    with np.errstate(over="ignore"):  # what is too large becomes infinite, which is seen to below
        vector = np.asarray(row, dtype=np.float32)
    return vector if np.isfinite(vector).all() and vector.any() else None


def _wrong(what: str) -> Failure:
    return Failure(
        f"The answer {what}.",
        "Try again; if it stays so, the provider is at fault, or something answers in its place.",
        kind=FailureKind.ANSWER,
        action=Action.RETRY_ONCE,
    )


def shown_answer(body: bytes, hidden: Callable[[str], str]) -> str:
    """Return an answer for people to read: indented, vectors and long texts shortened.

    `hidden` takes the secrets out of a text; it is asked before a text is cut.
    """
    try:
        text = json.dumps(_short(json.loads(body), hidden), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = hidden(body.decode("utf-8", "replace"))
    text = _SHORTENED_VECTOR.sub(r"\1", printable(text))
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"


def _short(tree: Any, hidden: Callable[[str], str]) -> Any:
    if isinstance(tree, dict):
        return {hidden(name): _short(value, hidden) for name, value in tree.items()}
    if isinstance(tree, list):
        start = tree[:_NUMBERS_SHOWN]  # no more than that is shown of a vector
        if len(tree) > _NUMBERS_SHOWN and all(
            v is None or isinstance(v, int | float) for v in start
        ):
            first = ", ".join(str(value) for value in start)
            return f"[{first}, … {len(tree)} numbers]"
        return [_short(value, hidden) for value in tree]
    if isinstance(tree, str):
        text = hidden(tree)
        return text if len(text) <= 200 else f"{text[:80]}… {len(text)} characters"
    return tree
