"""What is the matter, and what a person can do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened, and what to do next ("" where nothing can be done), in whole sentences."""

    reason: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.reason} {self.advice}".strip()
