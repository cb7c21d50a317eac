"""What every export is made of: the items, what is known about them, and their vectors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup


@dataclass(frozen=True)
class ExportContents:
    """The items to export, in order, and what each compared Setup gave for them.

    `embeddings` hold items of the collection only, perhaps not all of them; `names`: what people
    call each of these Setups. `hide` returns a text without the keys in it: every text that a
    person or a provider wrote goes through it on its way into a file.
    """

    collection: Collection = field(default_factory=Collection)
    embeddings: Mapping[Setup, Embeddings] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[Setup, str] = field(default_factory=lambda: MappingProxyType({}))
    hide: Callable[[str], str] = str
