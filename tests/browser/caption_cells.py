"""The table of captions as it stands in the window.

The table is painted on a canvas; Streamlit mirrors the rows in view as an HTML table for screen
readers, and that is read here.
"""

from playwright.sync_api import Position, expect

from tests.browser.visitor import Visitor

PICTURE, CAPTION = 1, 2
_HEADER, _ROW = 36, 72  # pixels
_LEFT_OF_THE_CAPTION = 400


def cell_text(visitor: Visitor, row: int, column: int) -> str:
    """Return what a cell in view holds; a picture's is its data address."""
    cell = visitor.page.get_by_test_id(f"glide-cell-{column}-{row}")
    expect(cell).to_have_count(1)
    return cell.text_content() or ""


def scroll_to_the_last_row(visitor: Visitor) -> None:
    """Roll the table to its end."""
    table = visitor.main.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    table.hover()
    visitor.page.mouse.wheel(0, 100_000)


def reword(visitor: Visitor, row: int, words: str) -> None:
    """Write another caption into a row in view of a table that is not scrolled."""
    table = visitor.main.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    spot: Position = {"x": _LEFT_OF_THE_CAPTION, "y": _HEADER + (row + 0.5) * _ROW}
    table.hover(position=spot)
    table.dblclick(position=spot)
    field = visitor.page.locator("#portal textarea")
    field.fill(words)
    field.press("Enter")
    expect(field).to_have_count(0)
    expect(visitor.page.get_by_test_id(f"glide-cell-{CAPTION}-{row}")).to_have_text(words)
