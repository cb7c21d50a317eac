"""The columns of vectors in the files that leave the app: their names, and what they hold."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from collection.embeddings import Embeddings, Setup
from collection.parquet_table import NOTE
from exchange.export_contents import ExportContents

DESCRIPTION = NOTE
"""Under this name a file says what its columns of vectors hold, as JSON."""

PREFIX = "embedding_"
"""What the name of every column of vectors begins with."""

IDS = "_ids"
"""What stands behind the name of an array where its rows have ids of their own."""

MOST_LETTERS = 100
_DIGEST_LETTERS = 8
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")


def vector_column_names(
    setups: Collection[Setup], hide: Callable[[str], str] = str
) -> Mapping[Setup, str]:
    """Return a name for the column of each Setup's vectors: letters, digits and `_` only.

    It is made of provider, model, dimension and settings, as in
    `embedding_local_minilm_all_MiniLM_L6_v2_384`, so that it needs no quotes in SQL. Where that
    is too long or does not tell two of these Setups apart, in upper or lower case, some digits
    of the Setup's digest follow. `hide` returns a text without the keys in it.
    """
    plain = {setup: _plain_name(setup, hide) for setup in setups}
    times = Counter(name.lower() for name in plain.values())
    return {
        setup: name
        if times[name.lower()] == 1 and len(name) <= MOST_LETTERS
        else f"{name[:MOST_LETTERS]}_{_digest(setup)}"
        for setup, name in plain.items()
    }


def _digest(setup: Setup) -> str:
    return hashlib.sha256(setup.key.encode()).hexdigest()[:_DIGEST_LETTERS]


def _plain_name(setup: Setup, hide: Callable[[str], str]) -> str:
    settings = (part for setting in sorted(setup.settings) for part in setting)
    parts = (setup.provider, setup.model, setup.dimension, *settings)
    words = (_NOT_PLAIN.sub("_", hide(str(part))).strip("_") for part in parts)
    return PREFIX + "_".join(word for word in words if word)


def vector_columns(contents: ExportContents) -> Mapping[str, Embeddings]:
    """Return the vectors of each Setup by the name of their column."""
    names = vector_column_names(contents.embeddings, contents.hide)
    return {names[setup]: embeddings for setup, embeddings in contents.embeddings.items()}


def described_columns(contents: ExportContents) -> str:
    """Return JSON: the name of each column of vectors, and which Setup gave them, when.

    That is provider, model, dimension, version, settings, name (what people call the Setup) and
    made (ISO 8601, in UTC).
    """
    hide = contents.hide
    described = {
        column: {
            "provider": hide(setup.provider),
            "model": hide(setup.model),
            "dimension": setup.dimension,
            "version": hide(setup.version),
            "settings": {
                hide(name): hide(value) if isinstance(value, str) else value
                for name, value in setup.settings
            },
            "name": hide(contents.names.get(setup, setup.label)),
            "made": embeddings.made.isoformat(),
        }
        for column, embeddings in vector_columns(contents).items()
        for setup in (embeddings.setup,)
    }
    return json.dumps(described, ensure_ascii=False)


def unique_names(wanted: Iterable[str], taken: Collection[str]) -> list[str]:
    """Return the names of label columns, told apart from each other and those taken in any case.

    One that is not free gets the prefix `label_`, and then a number behind it: programs such as
    DuckDB see no difference between upper and lower case.
    """
    used = {name.lower() for name in taken}
    free: list[str] = []
    for name in wanted:
        found, number = name, 1
        if not found or found.lower() in used:
            found = base = f"label_{name}"
            while found.lower() in used:
                number += 1
                found = f"{base}_{number}"
        used.add(found.lower())
        free.append(found)
    return free
