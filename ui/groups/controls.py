"""The choices of the Groups page: what is grouped, by which method, into how many groups."""

from dataclasses import dataclass

import streamlit as st

from collection.collection import Collection
from collection.items import Modality
from space.clustering import METHODS
from ui.elements.choice import choose_entry, choose_one

AUTOMATIC = "Automatic"
MOST_GROUPS = 30
ROWS, MAP = "Groups", "Groups on the map"

GROUPED = {
    "Both": (Modality.PICTURE, Modality.TEXT),
    "Pictures": (Modality.PICTURE,),
    "Captions": (Modality.TEXT,),
}
_BY_SILHOUETTE = (
    "The number with the clearest groups, by their silhouette: how much closer the items lie to "
    "their own group than to the next one."
)


@dataclass(frozen=True)
class GroupChoices:
    """What is grouped and how; `count` and `smallest` are None where they are automatic.

    `on_map`: whether the groups are shown on the map instead of as rows.
    """

    modalities: tuple[Modality, ...]
    method: str
    count: int | None
    smallest: int | None
    on_map: bool = False

    @property
    def centred(self) -> bool:
        """Whether each modality's own mean is taken away: where both are grouped together."""
        return len(self.modalities) > 1


def group_controls(collection: Collection) -> GroupChoices:
    """Draw the choices; the defaults need no touching. A kind that is not there is left out."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = choose_one("Look at", (ROWS, MAP), "groups-part")
        grouped = choose_one("Group", list(GROUPED), "groups-of")
        with st.popover("Method", icon=":material/tune:"):
            method = choose_entry("By", METHODS, "groups-method", "hierarchical")
            count, smallest = _size(method)
    wanted = GROUPED[grouped]
    kinds = {item.modality for item in collection.items.values()}
    there = tuple(kind for kind in wanted if kind in kinds)
    return GroupChoices(there or wanted, method, count, smallest, part == MAP)


def _size(method: str) -> tuple[int | None, int | None]:
    """Ask for the number of groups, or for the size of the smallest one."""
    if METHODS[method].takes_count:
        count = _number("Number of groups", "groups-count", _BY_SILHOUETTE)
        return count, None
    return None, _number("Smallest group", "groups-smallest", "By the number of items.")


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
