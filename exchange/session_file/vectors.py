"""The Setups of a session file, with their vectors, those of queries, and the maps."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from collection.embeddings import Embeddings, FloatArray, ItemFailure, Role, Setup
from collection.limits import MAX_ITEMS
from exchange.checked_values import flag, mapping, moment, number, sequence, text, whole
from exchange.session_file.archive import SessionArchive
from exchange.session_file.contents import (
    MAX_MAPS,
    MAX_QUERY_VECTORS,
    MAX_SETUPS,
    MAX_VECTOR_BYTES,
    QueryVector,
    SavedMap,
)
from exchange.session_file.items import FoundItems
from providers.brought import BROUGHT, saved_brought_setup
from providers.errors import ProviderError
from providers.info import CAPTIONS, PIXELS
from providers.registry import provider

_LENGTH_TOLERANCE = 1e-3
_MOST = 1e15
_QUERY_ROW = re.compile(r"(query|document) (picture|[0-9a-f]{64})", re.ASCII)
_WORD = re.compile(r"[\w. -]{1,40}", re.ASCII)
_QUOTED = "The session file says: “"


def found_setups(description: Mapping[str, Any], found: FoundItems) -> list[Setup | None]:
    """Return the Setups by their numbers; None for one that this version does not offer."""
    setups: list[Setup | None] = []
    for entry in sequence(description.get("setups"), MAX_SETUPS):
        values = mapping(entry)
        setup = _setup(values)
        if setup is None:
            name = f"{text(values.get('provider'))} {text(values.get('model'))}"
            found.leave_out("models that this version does not offer or embeds otherwise", name)
        setups.append(setup)
    return setups


def _setup(values: Mapping[str, Any]) -> Setup | None:
    """Return the Setup if it is one that could be chosen here, of today's version."""
    settings = mapping(values.get("settings"))
    if values.get("provider") == BROUGHT:
        setup = saved_brought_setup(
            text(values.get("model")), values.get("dimension"), values.get("version")
        )
        return None if settings else setup
    try:
        info = provider(text(values.get("provider"))).info
        known = info.setup(
            text(values.get("model")) or None,
            values.get("dimension"),
            settings.get(CAPTIONS),
            settings.get(PIXELS),
        )
    except (ProviderError, TypeError):
        return None
    same = (known.model, known.version) == (values.get("model"), values.get("version"))
    return known if same and dict(known.settings) == dict(settings) else None


class VectorReader:
    """Reads the arrays of a file, all together within a bound."""

    def __init__(self, archive: SessionArchive, found: FoundItems) -> None:
        self._archive, self._found, self._room = archive, found, MAX_VECTOR_BYTES

    def array(self, values: Mapping[str, Any], shape: tuple[int, int], of: str) -> Any:
        """Return float32 in this shape; None, and say so, where the file has none."""
        path = values.get("file")
        size = 4 * shape[0] * shape[1]
        found = None
        if isinstance(path, str) and size <= self._room:
            found = self._archive.read_array(path, shape)
        if found is None:
            self._found.leave_out("numbers that cannot be read", of)
            return None
        self._room -= size
        return found

    def embeddings(self, setup: Setup, values: Mapping[str, Any]) -> Embeddings | None:
        """Return what a Setup gave; None where its vectors cannot be read."""
        numbers = sequence(values.get("items"), MAX_ITEMS)
        vectors = self.array(values, (len(numbers), setup.dimension), f"vectors of {setup.label}")
        if vectors is None:
            return None
        rows: dict[str, int] = {}
        usable = _of_length_one(vectors)
        for row, item_number in enumerate(numbers):
            item_id = self._found.item_id(item_number)
            if item_id is not None and usable[row]:
                rows.setdefault(item_id, row)
        if not usable.all():
            self._found.leave_out("vectors that are none", setup.label)
        return Embeddings(
            setup,
            tuple(rows),
            vectors[list(rows.values())],
            MappingProxyType(self._failures(values, rows)),
            MappingProxyType(_usage(values.get("usage"))),
            number(values.get("seconds"), 0, _MOST) or 0.0,
            moment(values.get("made")),
        )

    def _failures(
        self, values: Mapping[str, Any], rows: Mapping[str, int]
    ) -> dict[str, ItemFailure]:
        failures = {}
        for entry in map(mapping, sequence(values.get("failures"), MAX_ITEMS)):
            item_id = self._found.item_id(entry.get("item"))
            if item_id is not None and item_id not in rows:
                words = f"{text(entry.get('reason'))} {text(entry.get('advice'))}".strip()
                failures[item_id] = ItemFailure(_quoted(words), item_id=item_id)
        return failures

    def query_vectors(
        self, setup: Setup, values: Mapping[str, Any], picture_id: str | None
    ) -> tuple[QueryVector, ...]:
        """Return the vectors of queries; `picture_id`: of the picture of the query, if any."""
        entries = sequence(values.get("rows"), MAX_QUERY_VECTORS)
        name = f"queries of {setup.label}"
        vectors = self.array(values, (len(entries), setup.dimension), name)
        if vectors is None:
            return ()
        usable = _of_length_one(vectors)
        known = []
        for row, entry in enumerate(entries):
            match = _QUERY_ROW.fullmatch(entry) if isinstance(entry, str) else None
            item_id = picture_id if match and match[2] == "picture" else match and match[2]
            if match and item_id and usable[row]:
                known.append(QueryVector(item_id, Role(match[1]), vectors[row]))
        return tuple(known)

    def maps(
        self,
        entries: Any,
        setups: Sequence[Setup | None],
        results: Mapping[Setup, Embeddings],
    ) -> tuple[SavedMap, ...]:
        """Return the maps of Setups whose vectors all came in; others are computed anew."""
        read = (self._map(mapping(entry), setups, results) for entry in sequence(entries, MAX_MAPS))
        return tuple(one for one in read if one is not None)

    def _map(
        self,
        values: Mapping[str, Any],
        setups: Sequence[Setup | None],
        results: Mapping[Setup, Embeddings],
    ) -> SavedMap | None:
        at = whole(values.get("setup"), len(setups))
        setup = setups[at] if at is not None else None
        method = text(values.get("method"))
        if setup is None or setup not in results:
            return None
        xy = self.array(values, (len(results[setup]), 2), f"a map of {setup.label}")
        if xy is None or not np.isfinite(xy).all() or np.abs(xy).max(initial=0) > _MOST:
            return None
        seed = whole(values.get("seed"), 2**32)
        parameters = mapping(values.get("parameters"))
        return SavedMap(
            setup,
            flag(values.get("centred")),
            method,
            _numbers(values.get("settings")),
            xy,
            _parameters(parameters),
            seed,
            number(values.get("trustworthiness"), 0, 1),
        )


def _of_length_one(vectors: FloatArray) -> Any:
    """Return of each row whether it is a vector of length 1; NaN and infinity are not."""
    with np.errstate(all="ignore"):
        lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
        return np.abs(lengths - 1.0) <= _LENGTH_TOLERANCE


def _usage(value: Any) -> dict[str, float]:
    return {name: amount for name, amount in _numbers(value).items() if amount >= 0}


def _numbers(value: Any) -> dict[str, float]:
    """Return the numbers in an object by their names, whole ones as such."""
    found: dict[str, float] = {}
    for name, entry in list(mapping(value).items())[:50]:
        amount = number(entry, -_MOST, _MOST)
        if amount is not None and _WORD.fullmatch(name):
            found[name] = entry if isinstance(entry, int) else amount
    return found


def _parameters(values: Mapping[str, Any]) -> dict[str, float | int | str]:
    numbers = _numbers(values)
    found: dict[str, float | int | str] = {}
    for name, entry in list(values.items())[:50]:
        if name in numbers:
            found[name] = numbers[name]
        elif isinstance(entry, str) and _WORD.fullmatch(name) and _WORD.fullmatch(entry):
            found[name] = entry
    return found


def _quoted(words: str) -> str:
    """Return somebody else's words between quotes, in which no link is made of an address."""
    if words.startswith(_QUOTED) and words.endswith("”"):
        return words
    return f"{_QUOTED}{words}”"
