"""What a person searches for: words, a picture, both together, or more like an item."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from collection.embeddings import FloatArray, Role, Setup
from collection.items import Item, Modality, PictureItem, TextItem, normalised_text, text_item
from providers.info import DEFAULT_ROLES
from providers.inputs import Input, input_of, role_of
from providers.registry import info_of


class Target(StrEnum):
    """What is searched for."""

    PICTURES = "Pictures"
    CAPTIONS = "Captions"
    BOTH = "Both"

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """The kinds of items that are ranked, each on its own."""
        return _MODALITIES[self]


_MODALITIES = {
    Target.PICTURES: (Modality.PICTURE,),
    Target.CAPTIONS: (Modality.TEXT,),
    Target.BOTH: (Modality.PICTURE, Modality.TEXT),
}


@dataclass(frozen=True)
class Query:
    """One query; everything may be missing.

    `words` as typed; `picture`: one brought for this search; `like`: id of an item of the
    collection to find more of. `weight`: the share of the words beside a picture, 0 to 1.
    `beside`: other words whose answer is compared with this one.
    """

    words: str = ""
    picture: PictureItem | None = field(default=None)
    like: str | None = None
    weight: float = 0.5
    beside: str | None = None

    @property
    def text(self) -> TextItem | None:
        """The words as an item; None where there is nothing to read in them."""
        return text_item(self.words) if normalised_text(self.words) else None

    @property
    def other(self) -> TextItem | None:
        """The words to compare with, as an item."""
        beside = normalised_text(self.beside or "")
        return text_item(beside) if self.text and beside else None

    @property
    def to_embed(self) -> tuple[Item, ...]:
        """What has to be embedded for this query; an item of the collection has its vector."""
        return tuple(item for item in (self.text, self.picture, self.other) if item is not None)

    @property
    def blank(self) -> bool:
        """Whether there is nothing to search for."""
        return not self.to_embed and self.like is None


def query_input(item: Item, target: Modality, setup: Setup) -> Input:
    """Return a part of a query, in the role that faces the items it is to find.

    Pictures are documents and captions queries, unless the Setup says otherwise; what is sought
    among documents is a query, and among queries a document. Where the model tells no roles apart
    there is only one.
    """
    with_roles = info_of(setup).model(setup.model).roles
    if item.modality not in with_roles:
        return input_of(item, Role.QUERY)
    return input_of(item, _FACING[_role_of(target, setup)])


_FACING = {Role.DOCUMENT: Role.QUERY, Role.QUERY: Role.DOCUMENT}


def _role_of(target: Modality, setup: Setup) -> Role:
    if target is Modality.TEXT:
        return role_of(_SOME_TEXT, setup)
    return DEFAULT_ROLES[target]


_SOME_TEXT = text_item("any")


def weights(query: Query, parts: Sequence[FloatArray]) -> list[float]:
    """Return the weight of each part: of the words first, then of the picture."""
    return [query.weight, 1.0 - query.weight] if len(parts) == 2 else [1.0] * len(parts)
