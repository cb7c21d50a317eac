"""Which part of a long list is shown."""

import streamlit as st


def first_of_page(label: str, count: int, size: int, key: str, width: int) -> int:
    """Return where the chosen page of so many begins; asks only when not everything fits."""
    if count <= size:
        return 0
    return st.selectbox(
        label,
        range(0, count, size),
        format_func=lambda start: f"{start + 1} to {min(start + size, count)} of {count}",
        width=width,
        key=key,
    )
