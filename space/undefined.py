"""A measure that is not defined for the data at hand, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Undefined:
    """Stands where a number would. reason: what follows "not defined, because", no full stop."""

    reason: str

    def __str__(self) -> str:
        """Say it in words."""
        return f"not defined, because {self.reason}"


Measured = float | Undefined
"""A finite number, or why there is none; never NaN."""
