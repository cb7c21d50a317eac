"""Results kept between reruns and sessions, found again by the content of the arguments.

Streamlit hashes only samples of large arrays, and copies whole dataclasses to hash them. Here each
type says once what stands for its content, so that no caller has to compose a key.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec, TypeVar, get_args, get_type_hints

import numpy as np
import streamlit as st

from collection.collection import Collection
from collection.embeddings import Embeddings
from collection.items import PictureItem, TextItem
from collection.modality_vectors import ModalityVectors

P = ParamSpec("P")
R = TypeVar("R")
HashFuncs = dict[str | type, Callable[[Any], object]]


def cached_by_content(
    max_entries: int, spinner: bool | str = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the results of a function of arrays, items, Embeddings and dataclasses of these.

    Arguments of equal content share a result; it is the same object, so nobody may change it. At
    most `max_entries` results are kept, those used last. `spinner`: what is shown meanwhile.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        hints = [hint for name, hint in get_type_hints(function).items() if name != "return"]
        cached: Callable[[Callable[P, R]], Callable[P, R]] = st.cache_resource(
            max_entries=max_entries, show_spinner=spinner, hash_funcs=_hash_funcs(hints)
        )
        return cached(function)

    return decorate


def array_digest(array: np.ndarray) -> str:
    """Return a SHA-256 over the type, the shape and all the values of an array."""
    digest = hashlib.sha256(f"{array.dtype.str} {array.shape}".encode())
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def _named_content(collection: Collection) -> object:
    # The same picture may have another name in another session, and charts show names.
    return collection.digest, repr([picture.name for picture in collection.pictures])


_BY_TYPE: HashFuncs = {
    np.ndarray: array_digest,
    Embeddings: lambda embeddings: embeddings.digest,
    ModalityVectors: lambda found: found.digest,
    Collection: _named_content,
    PictureItem: lambda picture: (picture.id, picture.name),
    TextItem: lambda text: text.id,
    frozenset: sorted,
}


def _hash_funcs(hints: list[Any]) -> HashFuncs:
    """Return what stands for the content of each type in these annotations and in their fields."""
    found = dict(_BY_TYPE)
    todo = list(hints)
    while todo:
        for kind in _classes_in(todo.pop()):
            if kind not in found and dataclasses.is_dataclass(kind):
                found[kind] = _shallow
                todo += get_type_hints(kind).values()
    return found


def _classes_in(hint: Any) -> Iterator[type]:
    if isinstance(hint, type):
        yield hint
    for inner in get_args(hint):
        yield from _classes_in(inner)


def _shallow(value: Any) -> tuple[object, ...]:
    """Return the fields of a dataclass, of which each is hashed by its own type."""
    return tuple(_compact(getattr(value, field.name)) for field in dataclasses.fields(value))


def _compact(value: Any) -> Any:
    """Return a long row of items or of plain values as one text, which is hashed in no time."""
    if not isinstance(value, list | tuple):
        return value
    if all(isinstance(entry, TextItem | PictureItem) for entry in value):
        return repr([(item.id, item.label) for item in value])
    return repr(value) if all(isinstance(entry, int | float | str) for entry in value) else value
