"""The choices of the Groups page: what is grouped, by which method, into how many groups."""

from dataclasses import dataclass

import streamlit as st

from collection.collection import Collection
from collection.items import Modality
from space.clustering import METHODS
from ui.elements.choice import choose_entry, choose_one

AUTOMATIC = "Automatic"
MOST_GROUPS = 30

GROUPED = {
    "Both": (Modality.PICTURE, Modality.TEXT),
    "Pictures": (Modality.PICTURE,),
    "Captions": (Modality.TEXT,),
}
WHY_CENTRED = (
    "Each kind's own mean is taken away first: many models put all texts in one region and all "
    "pictures in another, and the groups would be just “texts” and “pictures”."
)

_NAMES = (
    "A group is named by the caption nearest to its centre; the words below it set its captions "
    "apart. Cosine with its centre: 1 when all its items are the same, near 0 when they have "
    "little in common. Silhouette: 1 when groups lie far apart, 0 when they touch. Groups have "
    "the numbers of the first provider's most similar ones, so a number may be missing."
)


@dataclass(frozen=True)
class GroupChoices:
    """What is grouped and how; `count` and `smallest` are None where they are automatic."""

    modalities: tuple[Modality, ...]
    method: str
    count: int | None
    smallest: int | None

    @property
    def centred(self) -> bool:
        """Whether each modality's own mean is taken away: where both are grouped together."""
        return len(self.modalities) > 1


def group_controls(collection: Collection) -> GroupChoices:
    """Draw the choices; the defaults need no touching. A kind that is not there is left out."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        grouped = choose_one("Group", list(GROUPED), "groups-of")
        method = choose_entry("By", METHODS, "groups-method", "hierarchical")
        count, smallest = _size(method)
    wanted = GROUPED[grouped]
    kinds = {item.modality for item in collection.items.values()}
    there = tuple(kind for kind in wanted if kind in kinds)
    choices = GroupChoices(there or wanted, method, count, smallest)
    words = f"**{METHODS[method].title}**: {METHODS[method].sentence} {_NAMES}"
    st.caption(f"{words} **Both**: {WHY_CENTRED}" if choices.centred else words)
    return choices


def _size(method: str) -> tuple[int | None, int | None]:
    """Ask for the number of groups, or for the size of the smallest one."""
    if METHODS[method].takes_count:
        count = _number("Number of groups", "groups-count", "Chosen by the silhouette.")
        return count, None
    return None, _number("Smallest group", "groups-smallest", "Chosen by the number of items.")


def _number(label: str, key: str, automatic: str) -> int | None:
    chosen = st.selectbox(
        label,
        [AUTOMATIC, *range(2, MOST_GROUPS + 1)],
        key=key,
        persist_state="session",
        width=180,
        help=f"Automatic: {automatic}",
    )
    return chosen if isinstance(chosen, int) else None
