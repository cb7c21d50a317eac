"""What goes into the intake, an upload, and what it says about it, a remark."""

from dataclasses import dataclass, field

from collection.short_repr import ShortRepr

HEAD_BYTES = 4096
"""So many first bytes tell what a file is."""


@dataclass(frozen=True, slots=True, repr=False)
class Upload(ShortRepr):
    """One file as it arrived: its name, perhaps with folders, and its bytes."""

    name: str
    data: bytes = field(repr=False)

    def head(self) -> bytes:
        """Return the first bytes."""
        return self.data[:HEAD_BYTES]

    def read(self) -> bytes:
        """Return all bytes."""
        return self.data


@dataclass(frozen=True, slots=True)
class Remark:
    """One plain line for the person who uploaded; `serious` if something was left out."""

    text: str
    serious: bool
