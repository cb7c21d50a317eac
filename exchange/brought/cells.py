"""A vector in one cell of a table: JSON, or as Python, NumPy and PyTorch show a list of numbers."""

import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from exchange.checked_values import text
from exchange.errors import VectorFileError

NumberArray = npt.NDArray[np.float64]

_WRAPPED = re.compile(r"(?:np|numpy)\.float\d+\(([^()]*)\)")
_SHOWN = re.compile(
    r"(?:np\.)?(?:array|tensor)?\(?\s*[\[({]+(?P<numbers>[^\[\](){}]*)[\])}]+"
    r"(?:\s*,\s*(?:dtype|device|grad_fn|requires_grad)=[^()\[\]]*)*\)?"
)
_BEGINS = re.compile(r"[\[({]|(?:np\.)?(?:array|tensor)\(")
_CUT = ("...", "…")


class ShortenedError(ValueError):
    """A cell in which `...` stands for most of the numbers."""


def listed_numbers(cell: str) -> NumberArray:
    """Return the numbers (d,) that a cell lists.

    Raises ShortenedError where most of them were left out, else ValueError or TypeError for
    anything that is no list of numbers; RecursionError for brackets without end.
    """
    try:
        found = json.loads(cell)
    except ValueError:
        return numbers(_shown(cell))
    if isinstance(found, list) and len(found) == 1 and isinstance(found[0], list):
        found = found[0]  # a row of one, as models give it
    return numbers(found)


def _shown(cell: str) -> list[str]:
    match = _SHOWN.fullmatch(_WRAPPED.sub(r"\1", cell.strip()))
    if match is None:
        raise ValueError
    parts = "," if "," in match["numbers"] else None
    words = [word.strip() for word in match["numbers"].strip(" ,\n").split(parts)]
    kept = [word for word in words if word not in _CUT]
    if len(kept) < len(words) and len(numbers(kept)):
        raise ShortenedError
    return words


def numbers(values: Any) -> NumberArray:
    """Return numbers, or words for them, as one row; ValueError for anything else."""
    if not isinstance(values, list) or any(isinstance(v, list | dict | bool) for v in values):
        raise ValueError
    return np.asarray(values, dtype=np.float64)


def are_lists(words: Sequence[str]) -> bool:
    """Whether the first cell of a column that has anything in it is a list of numbers.

    One that was shortened is a list, too, so that it can be said.
    """
    first = next(filter(None, words), "")
    if not _BEGINS.match(first):
        return False
    try:
        return len(listed_numbers(first)) > 1
    except ShortenedError:
        return True
    except (ValueError, TypeError, OverflowError, RecursionError):
        return False


def shortened_by_numpy(file: str, column: str, row: int) -> VectorFileError:
    """Return the error of a list in which `...` stands for most numbers; `row` counts from 0."""
    return VectorFileError(
        f"{file} has vectors that NumPy shortened to their first and last numbers (“...”) in "
        f"“{text(column)[:60]}”, row {row + 1}. Save them with `.tolist()`, or as NPZ or Parquet."
    )
