"""Write an ONNX graph node by node, with weights kept as int8.

Weight-only quantisation: each output channel of a weight has its own step s = max|W| / 127, and
round(W / s) is stored. The graph itself expands it (Cast, Mul), which the runtime does once while
loading; all arithmetic stays in float32, so results do not depend on the processor's int8 units.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
IR_VERSION = 8  # the one that belongs to opset 17, so that older runtimes read the file too
SMALLEST_QUANTISED = 1000  # values; below that the step sizes would weigh more than they save

Array = npt.NDArray[Any]
Shape = list[int | str]


def quantised(weight: Array, channel_axis: int) -> tuple[npt.NDArray[np.int8], Array]:
    """Return int8 codes and the float32 steps, one per channel, shaped to multiply them."""
    others = tuple(axis for axis in range(weight.ndim) if axis != channel_axis)
    steps = np.abs(weight).max(axis=others, keepdims=True) / np.float32(127)
    steps[steps == 0] = 1  # an all-zero channel, as of a word piece that was never trained
    return np.round(weight / steps).astype(np.int8), steps.astype(np.float32)


class Graph:
    """A graph under construction; every method returns the name of the value it added."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """Add a node with one output."""
        output = f"{operator.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def split(self, value: str, parts: int, axis: int) -> list[str]:
        """Add a node that cuts a value into equal parts."""
        outputs = [f"split_{len(self._nodes)}_{part}" for part in range(parts)]
        self._nodes.append(helper.make_node("Split", [value], outputs, axis=axis))
        return outputs

    def constant(self, array: Array) -> str:
        """Add an array as it is."""
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def weight(self, array: Array, channel_axis: int) -> str:
        """Add a float32 weight as int8, or as it is when it is small."""
        if array.size < SMALLEST_QUANTISED:
            return self.constant(array)
        codes, steps = quantised(array, channel_axis)
        return self._expanded(self.constant(codes), self.constant(steps))

    def rows(self, table: Array, row_ids: str) -> str:
        """Add the choice of rows, by id, from a float32 table (n, d) that is kept as int8."""
        codes, steps = quantised(table, channel_axis=0)
        chosen = [self.add("Gather", self.constant(part), row_ids) for part in (codes, steps)]
        return self._expanded(*chosen)

    def _expanded(self, codes: str, steps: str) -> str:
        return self.add("Mul", self.add("Cast", codes, to=TensorProto.FLOAT), steps)

    def model(
        self,
        inputs: Mapping[str, tuple[int, Shape]],
        outputs: Mapping[str, tuple[str, Shape]],
    ) -> bytes:
        """Return the finished, checked model.

        `inputs`: name → element type and shape. `outputs`: name → value and shape, float32.
        """
        for name, (value, _) in outputs.items():
            self._nodes.append(helper.make_node("Identity", [value], [name]))
        graph = helper.make_graph(
            self._nodes,
            "shared-space",
            [helper.make_tensor_value_info(name, *facts) for name, facts in inputs.items()],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
                for name, (_, shape) in outputs.items()
            ],
            self._constants,
        )
        opset = helper.make_opsetid("", OPSET)
        model = helper.make_model(graph, opset_imports=[opset], ir_version=IR_VERSION)
        onnx.checker.check_model(model, full_check=True)
        return model.SerializeToString(deterministic=True)
