"""A small table of figures as real HTML, with the button that saves it."""

import html
from collections.abc import Callable, Sequence

import streamlit as st

from exchange.tables.csv_table import csv_table
from ui.elements.show_more import show_more, shown_of

UNKNOWN = "–"
Row = Sequence[object]


def two_decimals(value: float) -> str:
    """Return a cosine or a share."""
    return f"{value:z.2f}"


def two_digits(value: float) -> str:
    """Return an amount of any size, to two significant digits, all digits above 100."""
    return f"{value:,.0f}" if value >= 100 or value == 0 else f"{value:.2g}"


def plain_table(
    name: str,
    label: str,
    heads: Sequence[str],
    rows: Sequence[Row],
    colours: Sequence[str] = (),
    in_words: Callable[[float], str] = two_decimals,
    first: int = 0,
) -> None:
    """Draw the table, and below it the button; colours: of the first cells, one a row.

    name: of the saved file, without its ending; label: for screen readers; in_words: how a number
    that is not whole is written; first: how many rows are shown until more are asked for, 0 for
    all. The file has them all.
    """
    key = f"table-{name}"
    shown = rows[: shown_of(key, first)] if first else rows
    head = "".join(f"<th scope='col'>{html.escape(one)}</th>" for one in heads)
    body = "".join(
        f"<tr>{_first(row[0], colours[at] if colours else '')}"
        + "".join(f"<td>{html.escape(_cell(cell, in_words))}</td>" for cell in row[1:])
        + "</tr>"
        for at, row in enumerate(shown)
    )
    kind = "scorecard plain coloured" if colours else "scorecard plain"
    st.html(
        f"<div class='{kind}' tabindex='0' role='region' aria-label='{html.escape(label)}'>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    if first:
        show_more(key, first, len(rows))
    download_csv(name, heads, rows)


def _first(cell: object, colour: str) -> str:
    style = f" style='border-left-color:{colour}'" if colour else ""
    return f"<th scope='row'{style}>{html.escape(str(cell))}</th>"


def _cell(cell: object, in_words: Callable[[float], str]) -> str:
    if cell is None:
        return UNKNOWN
    if isinstance(cell, float):
        return in_words(cell)
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def download_csv(name: str, heads: Sequence[str], rows: Sequence[Row]) -> None:
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
