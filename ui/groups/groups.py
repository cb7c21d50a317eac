"""The groups of every Setup, as rows or on the map, and how far they agree."""

from collections.abc import Mapping, Sequence

import streamlit as st

from space.projection import Settings
from ui.elements.chart_events import listen
from ui.elements.columns import side_by_side
from ui.groups.agreement import agreement_in_words, items_that_change
from ui.groups.controls import GroupChoices, group_controls
from ui.groups.how_made import how_the_groups_were_made
from ui.groups.named_groups import NO_GROUP, NamedGroups, named_groups
from ui.groups.panels import group_key, group_legend, group_panels
from ui.groups.table import group_table
from ui.map.controls import MapChoices
from ui.map.panels import MapGroups, map_panels
from ui.state.session import Session


def groups(state: Session) -> Mapping[str, Sequence[str]]:
    """Draw the choices, how far the Setups agree, and their groups as rows or on the map.

    Returns the ids of each group's items, by the key of the button that selects them.
    """
    choices = group_controls(state.collection)
    found = named_groups(state, choices)
    if not any(groups.items for groups in found):
        st.info("There is nothing of this kind to group. Choose another kind above.")
        return {}
    agreement_in_words(state, found)
    if choices.on_map:
        _on_map(state, choices, found)
    else:
        group_panels(state, found, side_by_side(len(found)))
        items_that_change(state, found)
    how_the_groups_were_made(state, choices, found)
    group_table(state, found)
    return {
        group_key(groups, number): [item.id for item in groups.members(number)]
        for groups in found
        for number in (*groups.numbers, NO_GROUP)
    }


def _on_map(state: Session, choices: GroupChoices, found: list[NamedGroups]) -> None:
    columns = side_by_side(len(found))
    of_setup = {g.embeddings.setup: MapGroups(g.group_of, g.names) for g in found}
    shown = MapChoices("umap", Settings(), choices.centred)
    drawn = map_panels(state, shown, columns, of_setup)
    listen("group-map-events", drawn.items, drawn.charts)
    group_legend(found, columns)
