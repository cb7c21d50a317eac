"""What a provider module says of its API: which calls, what is in them, what an answer means.

It does no waiting and knows no credentials but their plain values, such as a project.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar

from collection.collection import Pair
from collection.embeddings import Role, Setup
from collection.items import Modality
from collection.short_repr import ShortRepr
from providers.info import Model, ProviderInfo
from providers.inputs import Batch, Input
from providers.transport.credentials import Authorization, Credentials, HeaderKey
from providers.transport.explanation import explain
from providers.transport.failure import Failure, Rule
from providers.transport.request import Json, Request

Row = Sequence[float] | None
"""A vector as the answer holds it; None where it has none for an input."""


class UnreadableAnswer(Exception):
    """The answer is not what the documentation promises; never leaves the transport."""


@dataclass(frozen=True, slots=True, repr=False)
class ParsedAnswer(ShortRepr):
    """What an answer holds: a row for each input of the batch, in order, and what was counted."""

    rows: Sequence[Row]
    usage: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


class HostedApi:
    """The API of one hosted provider; a module describes it by a subclass of this."""

    info: ClassVar[ProviderInfo]
    base_url: ClassVar[str]
    """Scheme and host."""
    rules: ClassVar[Sequence[Rule]] = ()
    """The errors its documentation names; what a status usually means stands behind them."""
    header: ClassVar[str] = "Authorization"
    prefix: ClassVar[str] = "Bearer "
    key: ClassVar[str] = "api_key"
    """The field whose value goes into the header, behind the prefix."""
    pictures_a_call: ClassVar[int | None] = None
    """The most pictures in one call, where a free account allows fewer than a model; else None."""

    def base_url_for(self, credentials: Credentials) -> str:
        """Return where these credentials are to be used: scheme and host."""
        return self.base_url

    def authorization(self, credentials: Credentials) -> Authorization:
        """Return what adds the key to a request."""
        return HeaderKey(self.header, self.prefix, credentials.secrets[self.key])

    def plan(self, setup: Setup, inputs: Sequence[Input], pairs: Sequence[Pair]) -> list[Batch]:
        """Cut the inputs into calls: pictures first, then texts, roles apart, within limits."""
        model = self.info.model(setup.model)
        cut: list[Batch] = []
        for modality in (Modality.PICTURE, Modality.TEXT):
            for role in Role:
                same = [i for i in inputs if (i.modality, i.role) == (modality, role)]
                most = self.pictures_a_call if modality is Modality.PICTURE else None
                cut += batches_within(model, same, most)
        return cut

    def request_for(self, setup: Setup, batch: Batch, credentials: Credentials) -> Request:
        """Return the request that embeds a batch, without its secrets."""
        raise NotImplementedError

    def read(self, setup: Setup, batch: Batch, answer: Json) -> ParsedAnswer:
        """Return what an answer holds; raises UnreadableAnswer where something is missing."""
        raise NotImplementedError

    def explain(
        self,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        hidden: Callable[[str], str] = str,
    ) -> Failure:
        """Return what an error means, and what is done about it; see `explanation.explain`."""
        failure = explain(self.rules, status, headers, self.error_body(status, body), hidden)
        return self.with_details(failure, body)

    def error_body(self, status: int, body: bytes) -> bytes:
        """Return the part of an error's body that tells what is the matter: usually all of it."""
        return body

    def with_details(self, failure: Failure, body: bytes) -> Failure:
        """Return a failure with what the body says beside its words, such as how long to wait."""
        return failure

    def remaining(self, headers: Mapping[str, str]) -> str:
        """Return what is left of the limits, in words; "" where the answer does not say."""
        return ""

    def picture_tokens(self, setup: Setup, width: int, height: int) -> int | None:
        """Return how many tokens a picture of this size costs; None where it is not published."""
        return None


def batches_within(model: Model, inputs: Iterable[Input], items: int | None = None) -> list[Batch]:
    """Cut inputs into batches within the limits of a model, in order.

    `items`: the most in a batch, None for what the model's limits allow.
    """
    limits = model.limits
    if limits is None:
        return [(item,) for item in inputs]
    items, most = items or limits.items, limits.megabytes * 1e6
    batches: list[list[Input]] = []
    size = 0.0
    for item in inputs:
        weight = _sent_bytes(item)
        if not batches or len(batches[-1]) == items or size + weight > most:
            batches.append([])
            size = 0.0
        batches[-1].append(item)
        size += weight
    return [tuple(batch) for batch in batches]


def _sent_bytes(item: Input) -> float:
    """Return about how many bytes an input takes in a request; base64 adds a third."""
    return len(item.text.encode()) if item.modality is Modality.TEXT else len(item.jpeg) * 4 / 3


def rows_by_index(entries: Any, count: int, name: str = "embedding") -> list[Row]:
    """Return the rows of a list of objects that say in `index` which input they are of.

    Where none of them says so, they stand in the order of the inputs; None is the row of an input
    that has none. Raises UnreadableAnswer when an index is missing among others, repeated or out
    of range.
    """
    if not any("index" in entry for entry in entries):
        return [entry.get(name) for entry in entries]
    rows: list[Row] = [None] * count
    seen: set[int] = set()
    for entry in entries:
        position = entry.get("index")
        if not isinstance(position, int) or not 0 <= position < count or position in seen:
            raise UnreadableAnswer("an index is wrong or repeated")
        seen.add(position)
        rows[position] = entry.get(name)
    return rows


def numbers_in(usage: Any) -> Mapping[str, float]:
    """Return what a provider counted, numbers only."""
    if not isinstance(usage, Mapping):
        return {}
    return {
        str(name): float(value)
        for name, value in usage.items()
        if isinstance(value, int | float) and math.isfinite(value)
    }


def role_in(batch: Batch) -> Role:
    """Return the role that all inputs of a batch share."""
    return batch[0].role


def texts_in(batch: Batch) -> list[str]:
    """Return the texts of a batch of texts."""
    return [item.text for item in batch]


def holds_pictures(batch: Batch) -> bool:
    """Whether a batch, of one kind only, is of pictures."""
    return batch[0].modality is Modality.PICTURE
