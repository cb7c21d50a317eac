"""Pictures and archives, sound and odd ones, made for the tests of the intake."""

import io
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image


def picture(seed: int = 0, size: tuple[int, int] = (32, 24), mode: str = "RGB") -> Image.Image:
    """A small colourful picture; another seed gives another picture."""
    cells = np.random.default_rng(seed).integers(0, 256, (3, 4, 3), dtype=np.uint8)
    return Image.fromarray(cells).resize(size, Image.Resampling.BICUBIC).convert(mode)


def encoded(image: Image.Image, file_format: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def png_bytes(seed: int = 0) -> bytes:
    return encoded(picture(seed))


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def raw_png(width: int, height: int, bits: int, colour: int, rows: bytes, *chunks: bytes) -> bytes:
    """A PNG written chunk by chunk, for what Pillow cannot write; `chunks` stand before the data.

    `colour` is 0 for grey, 2 for RGB, 3 for a palette; each of `rows` begins with its filter byte.
    """
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            png_chunk(b"IHDR", header),
            *chunks,
            png_chunk(b"IDAT", zlib.compress(rows)),
            png_chunk(b"IEND", b""),
        ]
    )


def gif_of_frame(frame: tuple[int, int]) -> bytes:
    """A GIF of 10 by 10 pixels whose only frame is larger, and whose data is missing."""
    screen = b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0x80, 0, 0) + bytes(6)
    return screen + b"," + struct.pack("<HHHHB", 0, 0, *frame, 0) + b"\x02\x02\x44\x01\x00;"


def gif_without_frames() -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0x80, 0, 0) + bytes(6) + b";"


def media_file(*brands: bytes) -> bytes:
    """The beginning of an ISO media file (HEIC, AVIF, MP4) with these brands."""
    box = b"ftyp" + brands[0] + bytes(4) + b"".join(brands)
    return struct.pack(">I", len(box) + 4) + box + bytes(64)


def zip_of(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            # dated, for a bare name would get the time of day: other bytes in every run
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            archive.writestr(info, data, None if info is name else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def assert_plain_line(text: str, name: str, advice: bool = True) -> None:
    """One line that names the file and, if there is something to do, says so in a sentence."""
    assert "\n" not in text
    assert name in text
    assert text.endswith(".")
    assert ". " in text or not advice
