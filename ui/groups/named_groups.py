"""The groups of one Setup, numbered like those of the first Setup and named by captions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from collection.collection import Collection
from collection.embeddings import Embeddings
from collection.items import Item, Modality
from collection.modality_vectors import vectors_of
from space.agreement import matched
from space.clustering import Grouping
from space.group_names import GroupName
from ui.elements.centred import centred
from ui.groups.cached import cached_cohesion, cached_grouping, cached_names
from ui.groups.controls import GroupChoices
from ui.state.session import Session

NO_GROUP = -1


@dataclass(frozen=True)
class NamedGroups:
    """One Setup's groups: the items, the number of each one's group, and the groups' names.

    `labels`: (n,) int64, the same number as the most similar group of the first Setup; -1 for
    items in no group. `names`, `words`, `cohesion`: by the group's number its name, the words that
    set it apart, and the mean cosine of its items with its centre.
    """

    embeddings: Embeddings
    items: tuple[Item, ...]
    grouping: Grouping
    labels: npt.NDArray[np.int64]
    names: Mapping[int, str]
    words: Mapping[int, tuple[str, ...]]
    cohesion: Mapping[int, float]

    @cached_property
    def group_of(self) -> Mapping[str, int]:
        """Item id → the number of its group."""
        return {item.id: int(n) for item, n in zip(self.items, self.labels, strict=True)}

    @property
    def numbers(self) -> list[int]:
        """The groups' numbers, in order."""
        return sorted(self.names)

    @cached_property
    def _members(self) -> Mapping[int, list[Item]]:
        members: dict[int, list[Item]] = {}
        for item in self.items:
            members.setdefault(self.group_of[item.id], []).append(item)
        return members

    def members(self, number: int) -> list[Item]:
        """Return the items of a group, in the order of the collection."""
        return self._members.get(number, [])


def named_groups(state: Session, choices: GroupChoices) -> list[NamedGroups]:
    """Group the items of every Setup shown; numbers and colours follow the first one."""
    found: list[NamedGroups] = []
    for embeddings in state.shown.values():
        found.append(_groups(state.collection, choices, embeddings, found))
    return found


def _groups(
    collection: Collection,
    choices: GroupChoices,
    embeddings: Embeddings,
    before: Sequence[NamedGroups],
) -> NamedGroups:
    without_gap = _without_gap(collection, embeddings)
    space = without_gap if choices.centred else embeddings
    grouped = vectors_of(collection, space, *choices.modalities)
    captions = vectors_of(collection, without_gap, Modality.TEXT)
    grouping = cached_grouping(grouped, choices.method, choices.count, choices.smallest)
    names = cached_names(
        vectors_of(collection, without_gap, *choices.modalities),
        grouping.labels,
        captions,
        _captions_of(collection, grouping, grouped.items, captions.items),
    )
    cosines = cached_cohesion(grouped, grouping.labels)
    labels = _numbered_like(before, collection, grouped.items, grouping)
    number_of = dict(zip(grouping.labels.tolist(), labels.tolist(), strict=True))
    return NamedGroups(
        embeddings,
        grouped.items,
        grouping,
        labels,
        {number_of[old]: _name(name, captions.items) for old, name in enumerate(names)},
        {number_of[old]: name.words for old, name in enumerate(names)},
        {number_of[old]: cosine for old, cosine in enumerate(cosines)},
    )


def _without_gap(collection: Collection, embeddings: Embeddings) -> Embeddings:
    """Return the Embeddings without each kind's own mean; one kind alone has no gap to close."""
    is_text = [collection.items[id_].modality is Modality.TEXT for id_ in embeddings.ids]
    return embeddings if len(set(is_text)) < 2 else centred(embeddings, np.asarray(is_text))


def _numbered_like(
    before: Sequence[NamedGroups],
    collection: Collection,
    items: Sequence[Item],
    grouping: Grouping,
) -> npt.NDArray[np.int64]:
    """Return the labels, numbered like the groups of the Setups before; see `matched`."""
    mine = {item.id: int(n) for item, n in zip(items, grouping.labels, strict=True)}
    everywhere = (
        np.asarray([group_of.get(item_id, NO_GROUP) for item_id in collection.items], np.int64)
        for group_of in (mine, *(groups.group_of for groups in before))
    )
    numbered = matched(*everywhere)
    here = np.asarray([item_id in mine for item_id in collection.items], bool)
    return numbered[here]


def _captions_of(
    collection: Collection, grouping: Grouping, items: Sequence[Item], captions: Sequence[Item]
) -> list[list[int]]:
    """Return for each group the captions that belong to it: its own, and those of its pictures.

    Where captions are grouped themselves, each belongs to the group it is in.
    """
    row_of = {caption.id: row for row, caption in enumerate(captions)}
    grouped_texts = any(item.modality is Modality.TEXT for item in items)
    members: list[list[int]] = [[] for _ in range(grouping.count)]
    for item, label in zip(items, grouping.labels, strict=True):
        if label < 0:
            continue
        own = (item.id,) if grouped_texts else collection.captions_of.get(item.id, ())
        members[label] += [row_of[item_id] for item_id in own if item_id in row_of]
    return members


def _name(name: GroupName, captions: Sequence[Item]) -> str:
    """Return the caption nearest to the group's centre; a group in a space of none has none."""
    return f"“{captions[name.captions[0]].label}”" if name.captions else "no caption to name it by"
