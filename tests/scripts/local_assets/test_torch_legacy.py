import io
import os
import pickle
from collections import OrderedDict

import numpy as np
import pytest

from scripts.local_assets.torch_legacy import MAGIC, read_checkpoint


class Storage:
    """Stands for a storage class of torch when a checkpoint is written."""


class Tensor:
    """Pickles itself as torch does: a call of _rebuild_tensor_v2 on a storage."""

    def __init__(self, key, offset, shape, strides):
        self.key, self.view = key, (offset, shape, strides, False, OrderedDict())

    def __reduce__(self):
        return _rebuild_tensor_v2, (Reference(self.key), *self.view)


class Reference:
    def __init__(self, key):
        self.key = key


def _rebuild_tensor_v2():
    """Stands for the function of torch of this name."""


class Writer(pickle.Pickler):
    def persistent_id(self, obj):
        if isinstance(obj, Reference):
            return ("storage", Storage, obj.key, "cpu", 6, None)
        return None


def checkpoint(tensors, storages, magic=MAGIC):
    file = io.BytesIO()
    for part in (magic, 1001, {"little_endian": True}):
        pickle.dump(part, file, protocol=2)
    body = io.BytesIO()
    Writer(body, protocol=2).dump(OrderedDict(tensors))
    content = body.getvalue().replace(f"c{__name__}\n".encode(), b"ctorch\n")
    content = content.replace(b"ctorch\n_rebuild", b"ctorch._utils\n_rebuild")
    file.write(content.replace(b"\nStorage\n", b"\nFloatStorage\n"))
    pickle.dump(list(storages), file, protocol=2)
    for values in storages.values():
        file.write(len(values).to_bytes(8, "little") + np.asarray(values, "<f4").tobytes())
    return file.getvalue()


def test_tensors_are_read_with_their_offset_shape_and_strides():
    content = checkpoint(
        {"rows": Tensor("7", 0, (2, 3), (3, 1)), "columns": Tensor("7", 2, (2, 2), (1, 2))},
        {"7": range(6)},
    )
    tensors = read_checkpoint(content)
    assert tensors["rows"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert tensors["columns"].tolist() == [[2, 4], [3, 5]]


def test_each_tensor_finds_its_own_storage():
    content = checkpoint(
        {"a": Tensor("1", 0, (1,), (1,)), "b": Tensor("2", 0, (), ())}, {"2": [5], "1": [4]}
    )
    tensors = read_checkpoint(content)
    assert tensors["a"].tolist() == [4]
    assert tensors["b"].shape == ()
    assert tensors["b"] == 5


def test_a_checkpoint_that_asks_for_another_function_is_refused():
    class Evil:
        def __reduce__(self):
            return os.getcwd, ()

    content = checkpoint({"a": Evil()}, {})
    with pytest.raises(pickle.UnpicklingError, match="getcwd has no place"):
        read_checkpoint(content)


def test_a_file_of_another_format_is_refused():
    with pytest.raises(pickle.UnpicklingError, match="legacy format"):
        read_checkpoint(checkpoint({}, {}, magic=1))
