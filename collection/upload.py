"""What goes into the intake, an upload, and what it says about it, a remark."""

from dataclasses import dataclass, field

from collection.short_repr import ShortRepr


@dataclass(frozen=True, slots=True, repr=False)
class Upload(ShortRepr):
    """One file as it arrived: its name, perhaps with folders, and its bytes."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Remark:
    """One plain line for the person who uploaded; `serious` if something was left out."""

    text: str
    serious: bool
