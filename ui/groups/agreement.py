"""Whether the Setups agree on the grouping, and which items change groups."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import streamlit as st

from charts.group_marks import group_label
from charts.palette import group_colour
from collection.items import Item
from space.agreement import Agreement, same_everywhere
from ui.elements.show_more import show_more, shown_of
from ui.elements.text import counted, in_a_row, markdown_text
from ui.elements.tiles import MIDDLE, Tile, tiles
from ui.groups.cached import cached_agreement
from ui.groups.named_groups import NO_GROUP, NamedGroups
from ui.state.session import Session

CHANGED_SHOWN = 5

_FIGURES = (
    "Both figures compare two groupings: 1 means the same groups, and about 0 what chance would "
    "give. The **adjusted Rand index** counts pairs of items that both put together or both keep "
    "apart; **adjusted mutual information** asks how far one grouping tells the other."
)


@dataclass(frozen=True)
class _Two:
    """Two Setups by name, and how far they agree; None where no item has a vector with both."""

    names: str
    agreement: Agreement | None

    @property
    def share(self) -> float:
        """The share of the items that are in the same group with both."""
        return self.agreement.agreed_count / self.agreement.shared_count if self.agreement else 0.0

    @property
    def in_words(self) -> str:
        """Both names, with how many items they agree on."""
        found = self.agreement
        return f"{self.names} ({found.agreed_count} of {found.shared_count})" if found else ""


def agreement_in_words(state: Session, found: Sequence[NamedGroups]) -> None:
    """Say on how many items the Setups agree; the figures open beside it."""
    if _nothing_to_compare(found):
        return
    every_two = [_compared(state, *two) for two in combinations(found, 2)]
    with st.container(horizontal=True, vertical_alignment="center", key="groups-agreement"):
        st.markdown(_sentence(state, found, every_two), width="content")
        with st.popover("In figures", icon=":material/help:", type="tertiary"):
            st.markdown(_FIGURES)
            st.table([_row(two) for two in every_two], hide_index=True)


def items_that_change(state: Session, found: Sequence[NamedGroups]) -> None:
    """Draw the items that are not in the same group everywhere, with the group of each Setup."""
    items = [] if _nothing_to_compare(found) else _changing(state, found)
    if not items:
        return
    st.html('<h2 class="groups-heading">Items that change groups</h2>')
    legend = " · ".join(
        html.escape(state.compared.name_of(groups.embeddings.setup)) for groups in found
    )
    first = items[: shown_of("changing", CHANGED_SHOWN)]
    rows = (Tile(item, badges=tuple(_badge(g, item.id) for g in found)) for item in first)
    st.html(
        f'<p class="words">{counted(len(items), "item")}, each with its group by {legend}</p>'
        f"{tiles(rows, MIDDLE, named=False, brief=True)}"
    )
    show_more("changing", CHANGED_SHOWN, len(items))


def _nothing_to_compare(found: Sequence[NamedGroups]) -> bool:
    return len(found) < 2 or all(groups.grouping.count < 2 for groups in found)


def _compared(state: Session, one: NamedGroups, other: NamedGroups) -> _Two:
    names = [state.compared.name_of(groups.embeddings.setup) for groups in (one, other)]
    shared = [item_id for item_id in one.group_of if item_id in other.group_of]
    labels = (np.asarray([g.group_of[i] for i in shared], np.int64) for g in (one, other))
    return _Two(in_a_row(names), cached_agreement(*labels) if shared else None)


def _sentence(state: Session, found: Sequence[NamedGroups], every_two: Sequence[_Two]) -> str:
    """Return how many items all Setups agree on, as Markdown; of many also the two extremes."""
    first, *others = (groups.group_of for groups in found)
    shared = [i for i in state.collection.items if all(i in of for of in (first, *others))]
    names = in_a_row([state.compared.name_of(groups.embeddings.setup) for groups in found])
    who = markdown_text(names) if len(found) == 2 else f"All {len(found)} models"
    if not shared:
        words = f"{who} share no item with a vector."
        return f"**{words}**"
    same = same_everywhere(
        [np.asarray([of[i] for i in shared], np.int64) for of in (first, *others)]
    )
    words = f"**{who} agree on {int(same.sum())} of {counted(len(shared), 'item')}.**"
    known = sorted((two for two in every_two if two.agreement), key=lambda two: -two.share)
    if len(found) == 2 or len(known) < 2:
        return words
    closest, farthest = (markdown_text(two.in_words) for two in (known[0], known[-1]))
    return f"{words} Closest: {closest}. Farthest: {farthest}."


def _row(two: _Two) -> dict[str, str]:
    """Return both scores and how many items change groups; dashes where no item has both."""
    both = two.agreement
    rand, information, changed = "–", "–", "no item has a vector with both"
    if both is not None:
        rand, information = f"{both.adjusted_rand:z.2f}", f"{both.adjusted_mutual_information:z.2f}"
        changed = f"{len(both.changed)} of {both.shared_count}"
    return {
        "Models": two.names,
        "Adjusted Rand index": rand,
        "Adjusted mutual information": information,
        "Items that change groups": changed,
    }


def _changing(state: Session, found: Sequence[NamedGroups]) -> list[Item]:
    return [
        item
        for item in state.collection.items.values()
        if len({groups.group_of[item.id] for groups in found if item.id in groups.group_of}) > 1
    ]


def _badge(groups: NamedGroups, item_id: str) -> tuple[str, str]:
    """Return what stands for the item's group, and its colour."""
    number = groups.group_of.get(item_id)
    if number is None or number == NO_GROUP:
        return "–", group_colour(NO_GROUP)
    return group_label(number), group_colour(number)
