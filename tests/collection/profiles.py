"""Colour profiles made byte by byte, as ICC.1:2001-04 lays them out."""

import itertools
import struct
import zlib

import numpy as np

from tests.collection.odd_files import png_chunk

Matrix = tuple[tuple[float, float, float], ...]

# Red, green and blue as XYZ under D50, the light that profiles count in.
SRGB: Matrix = (
    (0.43607, 0.22249, 0.01392),
    (0.38515, 0.71687, 0.09708),
    (0.14307, 0.06061, 0.71410),
)
ADOBE_RGB: Matrix = (
    (0.60974, 0.31111, 0.01947),
    (0.20528, 0.62567, 0.06087),
    (0.14919, 0.06322, 0.74457),
)
DISPLAY_P3: Matrix = (
    (0.51512, 0.24120, -0.00105),
    (0.29198, 0.69225, 0.04189),
    (0.15710, 0.06657, 0.78407),
)


def srgb_curve(count: int) -> bytes:
    levels = np.linspace(0, 1, count)
    light = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    return b"curv\0\0\0\0" + struct.pack(f">I{count}H", count, *np.rint(light * 65535).astype(int))


def gamma_curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def rgb_profile(primaries: Matrix, curve: bytes) -> bytes:
    colours = {b"%cXYZ" % name: _xyz(*xyz) for name, xyz in zip(b"rgb", primaries, strict=True)}
    curves = {b"%cTRC" % name: curve for name in b"rgb"}
    return _profile(b"mntr", b"RGB ", b"XYZ ", {**colours, **curves})


def grey_profile(curve: bytes) -> bytes:
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": curve})


def cmyk_profile() -> bytes:
    """Inks that are no ideal ones: full cyan is L 55, a -37, b -50, as in offset printing."""
    inks = np.array([[55, -37, -50], [48, 74, -3], [89, -5, 93], [16, 0, 0]])
    paper = np.array([100, 0, 0])
    corners = []
    for amounts in itertools.product((0, 1), repeat=4):
        lab = paper + (np.array(amounts)[:, None] * (inks - paper)).sum(axis=0)
        corners += [round(np.clip(lab[0], 0, 100) * 2.55)]
        corners += [round(np.clip(value, -128, 127)) + 128 for value in lab[1:]]
    straight = bytes(range(256))
    lut = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0])
    lut += b"".join(struct.pack(">i", 65536 * (n in (0, 4, 8))) for n in range(9))
    lut += straight * 4 + bytes(corners) + straight * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": lut})


def icc_chunk(profile: bytes) -> bytes:
    return png_chunk(b"iCCP", b"a profile\0\0" + zlib.compress(profile))


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _profile(kind: bytes, colours: bytes, middle: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {b"wtpt": _xyz(0.9642, 1, 0.8249), **tags}
    directory, content = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        at = 128 + 4 + 12 * len(tags) + len(content)
        directory += name + struct.pack(">II", at, len(data))
        content += data + bytes(-len(data) % 4)
    body = directory + content
    head = struct.pack(">I4sI", 128 + len(body), b"", 0x02100000) + kind + colours + middle
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    head += struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + body
