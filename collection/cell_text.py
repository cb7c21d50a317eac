"""How a cell that is no text reads: numbers, truth values and dates of tables in binary files."""

from datetime import datetime

_WHOLE = 1e15
"""Beyond it a float no longer holds every whole number, so its digits would be made up."""


def cell_text(cell: object) -> str:
    """Return what a spreadsheet would show: 3 for 3.0, TRUE, 2026-01-31, nothing for None."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return str(cell).upper()
        case float() if cell != cell:
            return ""
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < _WHOLE else f"{cell:.15g}"
        case datetime(hour=0, minute=0, second=0, microsecond=0):
            return cell.date().isoformat()
        case _:
            return str(cell)
