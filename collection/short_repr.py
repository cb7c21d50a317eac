"""A `repr` for notebooks and logs: every field by name, and what is large cut short."""

import dataclasses
import reprlib
from typing import Any


class _Short(reprlib.Repr):
    """Says of bytes and arrays how large they are; looks three levels deep."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel, self.maxstring, self.maxother = 3, 60, 120

    def repr_bytes(self, data: bytes, _level: int) -> str:
        return f"<{len(data):,} bytes>"

    def repr_ndarray(self, array: Any, _level: int) -> str:
        return f"<{array.dtype} {array.shape}>"


_SHORT = _Short()


class ShortRepr:
    """Gives a dataclass that is declared with `repr=False` a short one.

    Fields that are themselves declared so are left out, as in that of the standard library.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        fields: Any = dataclasses.fields(self)  # type: ignore[arg-type]
        shown = (f"{f.name}={_SHORT.repr(getattr(self, f.name))}" for f in fields if f.repr)
        return f"{type(self).__name__}({', '.join(shown)})"
