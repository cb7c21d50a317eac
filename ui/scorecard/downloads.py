"""How the tables and the charts of this page are taken away."""

from collections.abc import Sequence

import streamlit as st

from exchange.csv_table import csv_table

CHART_CONFIG = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "svg", "filename": "scorecard"},
}
"""Of every chart here: one button, which saves it as SVG."""


def download_csv(name: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Draw the button that saves a table; name: of the file, without its ending."""
    st.download_button(
        "Download as CSV",
        data=lambda: csv_table(heads, rows),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        key=f"download-{name}",
        on_click="ignore",
    )
