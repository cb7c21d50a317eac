"""Whether a JPEG file is one to keep as it is: a second lossy copy of it would only lose.

A walk over the file's segments, as ITU-T T.81 (Annex B) and JFIF 1.02 lay them out.
"""

import re

_START = b"\xff\xd8"
_SEGMENT_LENGTH = 2

# Baseline and progressive frames, and the tables and the restart interval that they need. What
# else there may be (EXIF, ICC, comments, other colour transforms) is not in a plain file.
_FRAMES = frozenset({0xC0, 0xC2})
_TABLES = frozenset({0xC4, 0xDB, 0xDD})
_JFIF = 0xE0
_SCAN = 0xDA
_END = 0xD9

# Behind a scan's header stands its data, in which ff is followed by 00 or a restart marker.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7]")

# A file larger than its own pixels hides something; the rest is room for its tables.
_BYTES_A_PIXEL = 3
_ROOM_FOR_TABLES = 4096


def is_plain_jpeg(data: bytes, longest_side: int) -> bool:
    """Whether a file is a colour JPEG of at most `longest_side` pixels a side, and nothing else.

    Nothing else: baseline or progressive, no metadata but a JFIF header without a preview (so no
    orientation either), complete, and nothing behind its end. Decoding it is left to others.
    """
    segments = _segments(data)
    if not segments or segments[0][0] != _JFIF or segments[-1][0] != _END:
        return False
    _, header = segments[0]
    if len(header) != 14 or not header.startswith(b"JFIF\0"):
        return False
    frames = [content for marker, content in segments if marker in _FRAMES]
    middle = {marker for marker, _ in segments[1:-1]}
    return (
        len(frames) == 1
        and _SCAN in middle
        and middle <= _FRAMES | _TABLES | {_SCAN}
        and _fits(frames[0], longest_side, len(data))
    )


def plain_jpeg_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a file that `is_plain_jpeg` accepts."""
    frame = next(content for marker, content in _segments(data) if marker in _FRAMES)
    return int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big")


def _segments(data: bytes) -> list[tuple[int, bytes]]:
    """Return marker and content of every segment, without a scan's data; [] if it is not sound."""
    found: list[tuple[int, bytes]] = []
    at = len(_START) if data.startswith(_START) else len(data)
    while at + 2 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        at += 2
        if marker == _END:
            return [*found, (marker, b"")] if at == len(data) else []
        length = int.from_bytes(data[at : at + _SEGMENT_LENGTH], "big")
        found.append((marker, data[at + _SEGMENT_LENGTH : at + length]))
        at += max(length, _SEGMENT_LENGTH)
        if marker == _SCAN:
            following = _NEXT_MARKER.search(data, at)
            at = following.start() if following else len(data)
    return []


def _fits(frame: bytes, longest_side: int, size: int) -> bool:
    """Whether a frame header tells of three components of 8 bits, and of a size that fits."""
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    return (
        len(frame) == 6 + 3 * 3
        and (frame[0], frame[5]) == (8, 3)
        and 0 < max(height, width) <= longest_side
        and size <= width * height * _BYTES_A_PIXEL + _ROOM_FOR_TABLES
    )
