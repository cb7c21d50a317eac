"""Multimodal embedding providers behind one door.

>>> from providers import connect
>>> connect("local-minilm").embed_texts(["A cute cat"]).shape
(1, 384)
"""

from providers.connection import Connection, connect
from providers.errors import (
    ProviderError,
    ProviderFailed,
    SomeItemsFailed,
    UnknownProvider,
    UnsupportedSetup,
    UnusableInput,
)

__all__ = [
    "Connection",
    "ProviderError",
    "ProviderFailed",
    "SomeItemsFailed",
    "UnknownProvider",
    "UnsupportedSetup",
    "UnusableInput",
    "connect",
]
