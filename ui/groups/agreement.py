"""Whether the providers agree on the grouping, and which items change groups."""

import html
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import streamlit as st

from charts.group_marks import group_label
from charts.palette import group_colour
from ui.elements.show_more import show_more, shown_of
from ui.elements.text import counted
from ui.elements.tiles import MIDDLE, Tile, tiles
from ui.groups.cached import cached_agreement
from ui.groups.named_groups import NO_GROUP, NamedGroups
from ui.state.session import Session

CHANGED_SHOWN = 12


def group_agreement(state: Session, found: Sequence[NamedGroups]) -> None:
    """Draw how far each two Setups agree, and the items that are not in the same group for all."""
    if len(found) < 2 or all(groups.grouping.count < 2 for groups in found):
        return  # there is nothing to compare, or nothing was divided
    st.subheader("Do the providers agree?", anchor=False)
    st.caption("Both figures are 1 for the same grouping and about 0 for what chance would give.")
    st.table([_row(state, *two) for two in combinations(found, 2)], hide_index=True)
    _changing(state, found)


def _row(state: Session, one: NamedGroups, other: NamedGroups) -> dict[str, str]:
    """Return both scores and how many items change groups; dashes where no item has both."""
    names = [state.compared.name_of(groups.embeddings.setup) for groups in (one, other)]
    shared = [item_id for item_id in one.group_of if item_id in other.group_of]
    rand, information, changed = "–", "–", "no item has a vector with both"
    if shared:
        labels = (np.asarray([g.group_of[i] for i in shared], np.int64) for g in (one, other))
        both = cached_agreement(*labels)
        rand, information = f"{both.adjusted_rand:z.2f}", f"{both.adjusted_mutual_information:z.2f}"
        changed = f"{len(both.changed)} of {both.shared_count}"
    return {
        "Providers": " and ".join(names),
        "Adjusted Rand index": rand,
        "Adjusted mutual information": information,
        "Items that change groups": changed,
    }


def _changing(state: Session, found: Sequence[NamedGroups]) -> None:
    """Draw the items that are not in the same group everywhere, with the group of each Setup."""
    items = [
        item
        for item in state.collection.items.values()
        if len({groups.group_of[item.id] for groups in found if item.id in groups.group_of}) > 1
    ]
    if not items:
        ids = [groups.group_of.keys() for groups in found]
        if any(one & other for one, other in combinations(ids, 2)):
            st.markdown("Every item is in the same group with every provider.")
        return
    change = "changes" if len(items) == 1 else "change"
    st.markdown(f"**{counted(len(items), 'item')}** {change} groups from one provider to another:")
    legend = " · ".join(
        html.escape(state.compared.name_of(groups.embeddings.setup)) for groups in found
    )
    first = items[: shown_of("changing", CHANGED_SHOWN)]
    rows = (Tile(item, badges=tuple(_badge(g, item.id) for g in found)) for item in first)
    st.html(f'<p class="words">Group with {legend}</p>{tiles(rows, MIDDLE, named=False)}')
    show_more("changing", CHANGED_SHOWN, len(items))


def _badge(groups: NamedGroups, item_id: str) -> tuple[str, str]:
    """Return what stands for the item's group, and its colour."""
    number = groups.group_of.get(item_id)
    if number is None or number == NO_GROUP:
        return "–", group_colour(NO_GROUP)
    return group_label(number), group_colour(number)
