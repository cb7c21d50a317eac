"""All items with their groups in one table, to look through and to take away."""

from collections.abc import Sequence

import streamlit as st

from charts.group_marks import group_label
from charts.thumbnails import data_uris
from collection.items import Item, Modality, PictureItem
from exchange.tables.csv_table import csv_table
from ui.groups.named_groups import NO_GROUP, NamedGroups
from ui.state.session import Session

PICTURED_UP_TO = 600
"""Up to this many items the table shows thumbnails: more would make the page heavy."""


def group_table(state: Session, found: Sequence[NamedGroups]) -> None:
    """Draw the table, sorted by the groups of the first Setup, and the button to download it.

    The table is closed at first, the button always there.
    """
    items = sorted(found[0].items, key=lambda item: _order(found[0], item))
    rest = {i.id: i for groups in found[1:] for i in groups.items if i.id not in found[0].group_of}
    items += rest.values()
    columns = _columns(state, found, items)
    pictured = len(items) <= PICTURED_UP_TO and any(isinstance(i, PictureItem) for i in items)
    pictures = {"picture": [uri or "" for uri in data_uris(items)]} if pictured else {}
    with st.expander("All of it in one table"):
        st.dataframe(
            pictures | columns,
            hide_index=True,
            width="stretch",
            height=360,
            placeholder="–",
            column_config={"picture": st.column_config.ImageColumn("picture", width="small")},
        )
    st.download_button(
        "Download as CSV",
        data=lambda: csv_table(list(columns), zip(*columns.values(), strict=True)),
        file_name="groups.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _order(groups: NamedGroups, item: Item) -> tuple[int, str]:
    number = groups.group_of[item.id]
    return (number if number != NO_GROUP else len(groups.items), item.modality)


def _columns(
    state: Session, found: Sequence[NamedGroups], items: Sequence[Item]
) -> dict[str, list[object]]:
    """Return the cells by column: what the item is, its partners, and per Setup its group."""
    columns: dict[str, list[object]] = {
        "kind": ["caption" if i.modality is Modality.TEXT else "picture" for i in items],
        "item": [item.label for item in items],
        "belongs to": [_partners(state, item) for item in items],
    }
    for groups in found:
        name = state.compared.name_of(groups.embeddings.setup)
        columns[f"{name}: group"] = [_number(groups, item) for item in items]
        columns[f"{name}: name"] = [_name(groups, item) for item in items]
    return columns


def _partners(state: Session, item: Item) -> str:
    collection = state.collection
    ids = (*collection.captions_of.get(item.id, ()), *collection.pictures_of.get(item.id, ()))
    return "; ".join(collection.items[item_id].label for item_id in ids)


def _number(groups: NamedGroups, item: Item) -> int | None:
    number = groups.group_of.get(item.id, NO_GROUP)
    return None if number == NO_GROUP else int(group_label(number))


def _name(groups: NamedGroups, item: Item) -> str:
    if item.id not in groups.group_of:
        return "no vector"
    number = groups.group_of[item.id]
    return "in no group" if number == NO_GROUP else groups.names[number]
