"""How contract tests ask a stand-in: impatiently, and with every call noted."""

import io
import threading

import numpy as np
from PIL import Image

from collection.embeddings import ItemFailure, Role
from collection.items import Modality
from providers.inputs import Batch, BatchResult, Input
from providers.transport.call_context import CallContext, RetryPolicy
from providers.transport.call_log import CallLog
from providers.transport.credentials import find_credentials
from providers.transport.hosted import HostedEmbedder, HostedProvider
from stand_ins.faults import ShuffledIndex
from stand_ins.server import StandIn

IMPATIENT = RetryPolicy(connect=2.0, read=20.0, first_wait=0.01, longest_wait=0.05, tries=3)


def embedder_at(
    address: str,
    provider: HostedProvider,
    *,
    model: str | None = None,
    dimension: int | None = None,
    retry_policy: RetryPolicy = IMPATIENT,
    concurrency: int = 0,
    **credentials: str,
) -> tuple[HostedEmbedder, CallLog]:
    """Return an embedder that asks at this address, and the log of its calls."""
    found = find_credentials(provider.info, credentials, environment={})
    log = CallLog()
    context = CallContext(
        found, address, log=log, retry_policy=retry_policy, concurrency=concurrency
    )
    return provider.embedder(provider.info.setup(model, dimension), context), log


def text(words: str, role: Role = Role.QUERY) -> Input:
    return Input(f"text {words}", Modality.TEXT, role, words)


def picture(colour: str, side: int = 32, role: Role = Role.DOCUMENT) -> Input:
    buffer = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(buffer, "JPEG")
    return Input(f"picture {colour} {side}", Modality.PICTURE, role, buffer.getvalue())


def parts_of(embedder: HostedEmbedder, *inputs: Input, pairs=(), cancel=None) -> list[BatchResult]:
    """Return the parts of all the inputs, call by call; raises what the provider raises."""
    cancel = cancel or threading.Event()
    return [
        part for batch in embedder.batches(inputs, pairs) for part in embedder.embed(batch, cancel)
    ]


def answers_of(
    embedder: HostedEmbedder, *inputs: Input, pairs=(), cancel=None
) -> dict[str, np.ndarray | ItemFailure]:
    """Return the answer to each input by its id."""
    return {
        item.item_id: answer
        for part in parts_of(embedder, *inputs, pairs=pairs, cancel=cancel)
        for item, answer in zip(part.inputs, part.answers, strict=True)
    }


def batch_of(*inputs: Input) -> Batch:
    return inputs


def assert_found_by_index(embedder: HostedEmbedder, server: StandIn) -> None:
    """See that an answer whose vectors come in another order gives each item its own."""
    items = [picture("red"), picture("blue"), picture("green")]
    in_order = answers_of(embedder, *items)
    server.misbehave(ShuffledIndex())
    shuffled = answers_of(embedder, *items)
    assert all((shuffled[name] == vector).all() for name, vector in in_order.items())
