"""Smaller vectors made of larger ones: the first dimensions only, int8, or one bit a dimension."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from space.arrays import FloatArray

SMALLEST = 64
"""Dimensions; the sizes double from here on."""

_LEVELS = 127
_BITS = {"float32": 32, "int8": 8, "binary": 1}


class Precision(StrEnum):
    """What a dimension is kept as."""

    FLOAT32 = "float32"
    INT8 = "int8"
    BINARY = "binary"


@dataclass(frozen=True)
class Size:
    """How large a vector is: so many dimensions, each of this precision."""

    dimensions: int
    precision: Precision = Precision.FLOAT32

    @property
    def bytes(self) -> int:
        """Of one vector; the bits of the last dimensions fill up a byte."""
        return -(-self.dimensions * _BITS[self.precision] // 8)

    @property
    def gigabytes_a_million(self) -> float:
        """Of a million vectors, 10⁹ bytes a gigabyte."""
        return self.bytes * 1_000_000 / 1e9

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.dimensions:,} × {self.precision}"


def sizes(dimensions: int, shortest: int | None) -> Iterator[Size]:
    """Yield the sizes of a Setup's vectors, the full one first, then ever smaller ones.

    shortest: of the lengths that the model offers; None for a model that may not be shortened. The
    lengths are 64, 128, … below the full one. int8 and binary are of the full length.
    """
    yield Size(dimensions)
    if shortest is not None:
        lengths = (SMALLEST << step for step in range(dimensions.bit_length()))
        for length in sorted((n for n in lengths if shortest <= n < dimensions), reverse=True):
            yield Size(length)
    yield Size(dimensions, Precision.INT8)
    yield Size(dimensions, Precision.BINARY)


def resized(vectors: FloatArray, size: Size) -> FloatArray:
    """Return vectors (n, d) at this size, float32 (n, e), rows of length 1 again.

    Shortening keeps the first dimensions, for which Matryoshka models are trained (Kusupati et al.
    2022, arXiv 2205.13147). A row whose first dimensions are all 0 stays 0. The full size in
    float32 is returned as it is.
    """
    short = np.asarray(vectors, np.float32)[:, : size.dimensions]
    if size.precision is Precision.FLOAT32 and short.shape == np.shape(vectors):
        return short
    return _of_length_one(_PRECISIONS[size.precision](short))


def _int8(vectors: FloatArray) -> FloatArray:
    """Return whole numbers from -127 to 127, of one scale for all vectors."""
    largest = float(np.abs(vectors).max(initial=0.0))
    if not largest:
        return vectors
    return np.rint(vectors * np.float32(_LEVELS / largest))


def _binary(vectors: FloatArray) -> FloatArray:
    """Return 1 above 0 and -1 else; the cosine is 1 - 2 × Hamming distance ÷ dimensions."""
    return np.where(vectors > 0, np.float32(1), np.float32(-1))


_PRECISIONS: dict[Precision, Callable[[FloatArray], FloatArray]] = {
    Precision.FLOAT32: lambda vectors: vectors,
    Precision.INT8: _int8,
    Precision.BINARY: _binary,
}


def _of_length_one(vectors: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
