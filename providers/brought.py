"""Vectors that were computed elsewhere: their Setup, and the facts about it.

Nothing can be embedded with such a Setup: the model behind it is not here.
"""

import hashlib
import re
from collections.abc import Sequence

from collection.embeddings import FloatArray, Setup
from collection.file_name import display_name
from collection.items import normalised_text
from providers.info import Model, ProviderInfo

BROUGHT = "brought"
"""What stands in a Setup in place of a provider's id."""

PREFIX = "Brought: "
MAX_NAME_CHARACTERS = 60
MIN_DIMENSION, MAX_DIMENSION = 2, 8192
MAX_BROUGHT = 12
"""So many Setups of this kind a session has at most."""

UNPLACED = (
    "Brought vectors come without their model, so new words cannot be placed among them. Search "
    "for more like an item instead."
)
"""Why such a Setup has no answer to words or a picture that are not in the collection."""

# Such a name stands in charts, tables and HTML: what any of these takes for markup is left out.
_MARKUP = re.compile(r"[<>&\"'`*$|~#:\\\[\]{}“”]+")
_VERSION = re.compile(r"[0-9a-f]{12}", re.ASCII)


def is_brought(setup: Setup) -> bool:
    """Whether the vectors of a Setup were computed elsewhere."""
    return setup.provider == BROUGHT


def brought_name(name: str) -> str:
    """Return a name as it is shown: one line of at most 60 letters, without signs of markup."""
    bare = name.removeprefix(PREFIX).replace("/", " ").replace("\\", " ")
    words = normalised_text(_MARKUP.sub(" ", display_name(bare)))
    return words[:MAX_NAME_CHARACTERS].strip() or "vectors"


def brought_setup(name: str, ids: Sequence[str], vectors: FloatArray) -> Setup:
    """Return the Setup of vectors, float32 (n, d), of these items; others get another version."""
    digest = hashlib.sha256("\n".join(ids).encode())
    digest.update(vectors.tobytes())
    return Setup(BROUGHT, brought_name(name), vectors.shape[1], digest.hexdigest()[:12])


def saved_brought_setup(model: str, dimension: object, version: object) -> Setup | None:
    """Return the Setup that a file speaks of; None where there can be no such one.

    The name is made fit to be shown, whatever the file says.
    """
    fits = type(dimension) is int and MIN_DIMENSION <= dimension <= MAX_DIMENSION
    if not fits or not isinstance(version, str) or not _VERSION.fullmatch(version):
        return None
    assert isinstance(dimension, int)
    return Setup(BROUGHT, brought_name(model), dimension, version)


def brought_info(setup: Setup) -> ProviderInfo:
    """Return the facts about brought vectors, as if they had a provider of their own."""
    return ProviderInfo(
        id=BROUGHT,
        title=f"{PREFIX}{setup.model}",
        models=(Model(setup.model, (setup.dimension,), max_tokens=0, source=""),),
        version=setup.version,
        embedded=True,
        embeds=False,
    )
