"""Read a safetensors file: 8 bytes of length, a JSON header, raw little-endian values."""

import json
from typing import Any

import numpy as np
import numpy.typing as npt

_DTYPES: dict[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8")}


def read_safetensors(content: bytes) -> dict[str, npt.NDArray[Any]]:
    """Return the tensors by name; raises KeyError for a type other than float32 and int64."""
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        values = np.frombuffer(content[start + first : start + last], _DTYPES[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    return tensors
