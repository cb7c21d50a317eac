"""What pages do with the labels of a collection: colour items by them, or show only some."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from collection.collection import Collection
from collection.label_values import class_names, label_of_items
from ui.elements.text import markdown_text

MOST_OFFERED = 500
"""A label of more values than that is a name for each item, not a class."""


def forget_unknown(key: str, options: Sequence[object]) -> None:
    """Let go of what was chosen where it is no longer offered, as the collection is another one."""
    chosen = st.session_state.get(key)
    known = [one for one in chosen if one in options] if isinstance(chosen, list) else chosen
    if isinstance(chosen, list) and known != chosen:
        st.session_state[key] = known
    elif not isinstance(chosen, list) and chosen is not None and chosen not in options:
        del st.session_state[key]


def numbered_labels(collection: Collection, name: str) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """Return the labels of this name in order, and item id → the number of its label."""
    label_of = label_of_items(collection, name)
    labels, numbers = np.unique(np.asarray(list(label_of.values()), str), return_inverse=True)
    return tuple(map(str, labels)), dict(zip(label_of, numbers.tolist(), strict=True))


def only_labelled(collection: Collection, key: str) -> frozenset[str] | None:
    """Draw a list for each label, and return the ids of the items that are left; None for all."""
    left: frozenset[str] | None = None
    for name in class_names(collection, of_captions=True):
        label_of = label_of_items(collection, name)
        values = sorted(set(label_of.values()))
        if len(values) > MOST_OFFERED:
            continue
        forget_unknown(f"{key}-{name}", values)
        chosen = st.multiselect(
            f"Only with this {markdown_text(name)}",
            values,
            key=f"{key}-{name}",
            persist_state="session",
            placeholder="All",
        )
        if chosen:
            of_name = frozenset(item_id for item_id, value in label_of.items() if value in chosen)
            left = of_name if left is None else left & of_name
    return left
