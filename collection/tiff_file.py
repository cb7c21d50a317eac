"""The directory of a TIFF's first page, looked at before a decoder reads what it points to.

As TIFF 6.0 lays it out; BigTIFF, with numbers twice as wide, the same way.
"""

import struct
from typing import NamedTuple

SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

# Bytes of a value by its type, from BYTE to DOUBLE and the three of BigTIFF.
_UNIT = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_UNIT |= {16: 8, 17: 8, 18: 8}
_PLAIN_BYTES = frozenset({1, 2, 6, 7})

_MAX_TAGS = 1_000
# One number a tile: a picture of the most pixels in tiles of 16 by 16 has 200,000.
_MAX_NUMBERS = 250_000

_SUBFILE_TYPE = 254
_DNG_VERSION = 50_706


class _Tag(NamedTuple):
    number: int
    kind: int
    values: int
    first: int


def is_bounded(data: bytes) -> bool:
    """Whether reading the first page's directory takes no more than a file of this size should.

    Its tags may point to the same bytes over and over, and so make megabytes into gigabytes.
    """
    tags = _first_directory(data)
    sizes = [tag.values * _UNIT.get(tag.kind, 1) for tag in tags]
    return (
        0 < len(tags) <= _MAX_TAGS
        and sum(sizes) <= len(data)
        and all(tag.kind in _PLAIN_BYTES or tag.values <= _MAX_NUMBERS for tag in tags)
    )


def is_raw(data: bytes) -> bool:
    """Whether this is what a camera's sensor saw, with a small preview as its first page."""
    first = {tag.number: tag.first for tag in _first_directory(data)}
    is_preview = bool(first.get(_SUBFILE_TYPE, 0) & 1)
    return data[8:10] == b"CR" or _DNG_VERSION in first or is_preview


def _first_directory(data: bytes) -> list[_Tag]:
    """Return the tags of the first page, at most one more than may be; [] if there are none."""
    order = "<" if data[:1] == b"I" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    number, count, entry = ("Q", "Q", "HHQ") if big else ("L", "H", "HHL")
    try:
        (at,) = struct.unpack_from(order + number, data, 8 if big else 4)
        (entries,) = struct.unpack_from(order + count, data, at)
        at += struct.calcsize(order + count)
        tags = []
        for _ in range(min(entries, _MAX_TAGS + 1)):
            tag, kind, values = struct.unpack_from(order + entry, data, at)
            # A SHORT stands at the beginning of the field, whatever the order of the bytes.
            value = order + ("H" if kind == 3 else number)
            place = at + struct.calcsize(order + entry)
            tags.append(_Tag(tag, kind, values, struct.unpack_from(value, data, place)[0]))
            at = place + struct.calcsize(order + number)
    except struct.error:
        return []
    return tags
