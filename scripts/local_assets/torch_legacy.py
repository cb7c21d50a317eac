"""Read a checkpoint in PyTorch's legacy (not zip) format, without PyTorch.

The file holds pickles (a magic number, the protocol, facts about the writing system, the
object, the list of storage keys), then for each key an int64 count and the raw little-endian
values. Format: `_legacy_load` in `torch/serialization.py`.
"""

import io
import pickle
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001
_STORAGES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class _Tensor:
    """A view into a storage that is read later: strides count elements, not bytes."""

    key: str
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def view(self, storage: Array) -> Array:
        step = storage.itemsize
        strides = tuple(step * stride for stride in self.strides)
        view = np.lib.stride_tricks.as_strided(storage[self.offset :], self.shape, strides)
        return np.ascontiguousarray(view).reshape(self.shape)


class _RestrictedUnpickler(pickle.Unpickler):
    """Knows the few names that such a file needs, and refuses every other: no code can run."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.dtypes: dict[str, np.dtype[Any]] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _rebuilt
        if module == "torch" and name in _STORAGES:
            return _STORAGES[name]
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a checkpoint.")

    def persistent_load(self, pid: Any) -> str:
        kind, dtype, key, _device, _size, view = pid
        if kind != "storage" or view is not None:
            raise pickle.UnpicklingError(f"Unexpected reference {pid!r}.")
        self.dtypes[key] = dtype
        return str(key)


def _rebuilt(
    key: str, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_gradient: Any
) -> _Tensor:
    return _Tensor(key, offset, shape, strides)


def read_checkpoint(content: bytes) -> dict[str, Array]:
    """Return the tensors of a state dictionary by name.

    Raises pickle.UnpicklingError when the file is of another format or asks for another class.
    """
    file = io.BytesIO(content)
    unpickler = _RestrictedUnpickler(file)
    magic, protocol, system = (_RestrictedUnpickler(file).load() for _ in range(3))
    if (magic, protocol, system["little_endian"]) != (MAGIC, _PROTOCOL, True):
        raise pickle.UnpicklingError("Not a little-endian checkpoint in the legacy format.")
    tensors: dict[str, _Tensor] = unpickler.load()
    storages = {}
    for key in _RestrictedUnpickler(file).load():
        dtype = unpickler.dtypes[key]
        count = int.from_bytes(file.read(8), "little")
        storages[key] = np.frombuffer(file.read(count * dtype.itemsize), dtype)
    return {name: tensor.view(storages[tensor.key]) for name, tensor in tensors.items()}
