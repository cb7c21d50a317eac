"""PNG files that are good although Pillow refuses them: without the chunks that show nothing.

Chunks as the PNG specification (third edition) lays them out.
"""

import zlib
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END = b"\0\0\0\0IEND" + zlib.crc32(b"IEND").to_bytes(4, "big")

# Without these there are no pixels, or others: they stay as they are, however damaged.
_PIXELS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT"})

# More chunks than any program writes; each takes time.
_MAX_CHUNKS = 100_000
_MAX_PROFILE_BYTES = 4 * 2**20


def bare_png(data: bytes) -> tuple[bytes, bytes | None]:
    """Return the file with nothing but its pixels and orientation, and its colour profile.

    What is left out: texts of any length, chunks outside the pixels whose checksum is wrong, the
    further frames of an animation, and whatever follows the end. The pixels are not looked at.
    """
    kept = [_SIGNATURE]
    profile: bytes | None = None
    for kind, content, chunk in _chunks(data):
        if kind in _PIXELS:
            kept.append(chunk)
        elif zlib.crc32(kind + content) == int.from_bytes(chunk[-4:], "big"):
            if kind == b"eXIf":
                kept.append(chunk)
            elif kind == b"iCCP":
                profile = _unpacked(content)
    return b"".join([*kept, _END]), profile


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield kind, content and all of the bytes of each whole chunk before the end."""
    at = len(_SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 12 + length
        kind = data[at + 4 : at + 8]
        if end > len(data) or kind == b"IEND":
            return
        yield kind, data[at + 8 : end - 4], data[at:end]
        at = end


def _unpacked(content: bytes) -> bytes | None:
    """Return the profile in an iCCP chunk: name, zero, method 0, packed profile."""
    _, _, packed = content.partition(b"\0")
    try:
        return zlib.decompressobj().decompress(packed[1:], _MAX_PROFILE_BYTES)
    except zlib.error:
        return None
