"""A number that a person may set for a scale or a projection, as data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """`name`: of the argument it becomes; `label` and `help`: what people read; ends included.

    Whole numbers where `step` is one.
    """

    name: str
    label: str
    least: float
    most: float
    default: float
    step: float = 1
    help: str | None = None
