"""The button that selects a whole list."""

from collections.abc import Sequence

import streamlit as st

from ui.elements.tile_events import select
from ui.state.session import session


def select_button(label: str, item_ids: Sequence[str], key: str) -> None:
    """Draw the button that selects these items beside those that are selected."""
    st.button(
        label,
        key=f"select-{key}",
        icon=":material/select_all:",
        type="tertiary",
        on_click=lambda: select(session(), item_ids),
    )
