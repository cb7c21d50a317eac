"""JPEG files that are good although a strict reader refuses them: where the picture ends in them.

Markers as ITU-T T.81 (Annex B) lays them out, found as libjpeg finds them.
"""

import io
import random
import re
from collections.abc import Iterator

from PIL import JpegImagePlugin

_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC9, 0xCA})
_RESTARTS = range(0xD0, 0xD8)
_END = 0xD9
_SCAN = 0xDA
_END_MARKER = b"\xff\xd9"

# A marker that has content or ends the picture: not a stuffed or fill byte, restart or start.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")

_COEFFICIENTS = 64
_NOT_SEEN = 99


def first_picture(data: bytes, most_scans: int) -> bytes | None:
    """Return the file up to the end of its first picture, None if that has more scans than this.

    Phones put films and further pictures behind the first one, which decoders never look at.
    """
    scans = 0
    for marker, at in _segments(data):
        scans += marker == _SCAN
        if scans > most_scans:
            return None
        if marker == _END:
            return data[:at]
    return data


def with_end_marker(data: bytes, size: tuple[int, int]) -> bytes | None:
    """Return the file with its end marker where it lacks nothing else; None if it is cut short.

    `size` is what the picture is wanted at, so that no more than that is decoded. A decoder that
    runs out of data goes on as if it read zeros. So the picture is complete if it stays the same,
    pixel for pixel, with other data behind it.
    """
    if any(marker == _END for marker, _ in _segments(data)) or not _has_all_scans(data):
        return None
    body = data.rstrip(b"\0")
    if len(body) < len(data):
        body += b"\0"  # the last byte of the data may itself be one
    body = body.removesuffix(b"\xff")  # the first half of the end marker
    ended = body + _END_MARKER
    same = _decoded(ended, size) == _decoded(body + _filler() + _END_MARKER, size)
    return ended if same else None


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each marker of the first picture and where its content begins, the end included."""
    at = 2
    while found := _MARKER.search(data, at):
        marker, at = data[found.end() - 1], found.end()
        yield marker, at
        if marker == _END:
            return
        at += max(2, int.from_bytes(data[at : at + 2], "big"))


def _has_all_scans(data: bytes) -> bool:
    """Whether every bit of every coefficient is in some scan; a progressive file has many."""
    missing_bits: dict[int, list[int]] = {}
    for marker, at in _segments(data):
        content = data[at + 2 : at + int.from_bytes(data[at : at + 2], "big")]
        if marker in _FRAMES:
            missing_bits = {part: [_NOT_SEEN] * _COEFFICIENTS for part in content[6::3]}
        elif marker == _SCAN and len(content) >= 4:
            first, last, bits = content[-3:]
            for part in content[1:-3:2]:
                if part in missing_bits and first <= last < _COEFFICIENTS:
                    missing_bits[part][first : last + 1] = [bits & 0x0F] * (last + 1 - first)
    return bool(missing_bits) and not any(map(any, missing_bits.values()))


def _decoded(data: bytes, size: tuple[int, int]) -> bytes:
    image = JpegImagePlugin.JpegImageFile(io.BytesIO(data))
    image.draft(None, size)
    return image.tobytes()


def _filler() -> bytes:
    """Return data that decodes to some picture, also where a restart marker is due."""
    choose = random.Random(0)  # noqa: S311 - any bytes do, as long as they stay the same

    def some(count: int) -> bytes:
        return choose.randbytes(count).replace(b"\xff", b"\x7f")

    return some(4096) + b"".join(b"\xff%c" % marker + some(512) for marker in _RESTARTS)
