"""EfficientNet-Lite0 as an ONNX graph, from its PyTorch checkpoint.

Tan and Le, ICML 2019 (arXiv 1905.11946), in the Lite variant: no squeeze-and-excitation, ReLU6.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from onnx import TensorProto

from scripts.local_assets.graph import Graph

Array = npt.NDArray[Any]
SIDE = 224
CLASSES, FEATURES = 1000, 1280
STEM_CHANNELS = 32
BATCH_NORM_EPSILON = 1e-3


class Stage(NamedTuple):
    """A run of like blocks; the first one strides and changes the number of channels."""

    repeats: int
    kernel: int
    stride: int
    expand: int
    channels: int


STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)


def same_padding(side: int, kernel: int, stride: int) -> tuple[int, int]:
    """Return TensorFlow's "SAME" padding before and after, the smaller half first."""
    total = max((-(-side // stride) - 1) * stride + kernel - side, 0)
    return total // 2, total - total // 2


def lite0_graph(checkpoint: dict[str, Array]) -> bytes:
    """Return the model: picture (n, 3, 224, 224) → logits (n, 1000) and features (n, 1280).

    Raises ValueError when a tensor of the checkpoint finds no place in the graph.
    """
    tensors = {k: v for k, v in checkpoint.items() if not k.endswith("num_batches_tracked")}
    body = _Lite0(tensors)
    value = body.convolution("picture", "_conv_stem", "_bn0", stride=2)
    value = body.stages(value)
    value = body.convolution(value, "_conv_head", "_bn1")
    graph = body.graph
    features = graph.add("Flatten", graph.add("GlobalAveragePool", value))
    weight = graph.weight(tensors.pop("_fc.weight"), channel_axis=0)
    bias = graph.constant(tensors.pop("_fc.bias"))
    logits = graph.add("Gemm", features, weight, bias, transB=1)
    if tensors:
        raise ValueError(f"Tensors of the checkpoint without a place: {sorted(tensors)}")
    return graph.model(
        {"picture": (TensorProto.FLOAT, ["n", 3, SIDE, SIDE])},
        {"logits": (logits, ["n", CLASSES]), "features": (features, ["n", FEATURES])},
    )


class _Lite0:
    """Takes tensors out of the checkpoint as it lays the layers."""

    def __init__(self, tensors: dict[str, Array]) -> None:
        self.graph = Graph()
        self._tensors = tensors
        self._side = SIDE

    def stages(self, value: str) -> str:
        """Add all inverted residual blocks."""
        channels, index = STEM_CHANNELS, 0
        for stage in STAGES:
            for repeat in range(stage.repeats):
                stride = 1 if repeat else stage.stride
                output = self._block(value, f"_blocks.{index}.", stage, stride)
                keeps_shape = stride == 1 and channels == stage.channels
                value = self.graph.add("Add", output, value) if keeps_shape else output
                channels, index = stage.channels, index + 1
        return value

    def _block(self, value: str, name: str, stage: Stage, stride: int) -> str:
        if stage.expand > 1:
            value = self.convolution(value, name + "_expand_conv", name + "_bn0")
        value = self.convolution(
            value, name + "_depthwise_conv", name + "_bn1", stride=stride, depthwise=True
        )
        return self.convolution(value, name + "_project_conv", name + "_bn2", activate=False)

    def convolution(
        self,
        value: str,
        name: str,
        norm: str,
        stride: int = 1,
        depthwise: bool = False,
        activate: bool = True,
    ) -> str:
        """Add a convolution with its batch norm folded in, and ReLU6 unless told not to."""
        weight, bias = self._folded(name, norm)
        channels, _, kernel, _ = weight.shape
        before, after = same_padding(self._side, kernel, stride)
        self._side = -(-self._side // stride)
        value = self.graph.add(
            "Conv",
            value,
            self.graph.weight(weight, channel_axis=0),
            self.graph.constant(bias),
            kernel_shape=[kernel, kernel],
            strides=[stride, stride],
            pads=[before, before, after, after],
            group=channels if depthwise else 1,
        )
        if not activate:
            return value
        zero, six = (self.graph.constant(np.array(bound, np.float32)) for bound in (0, 6))
        return self.graph.add("Clip", value, zero, six)

    def _folded(self, name: str, norm: str) -> tuple[Array, Array]:
        take = self._tensors.pop
        gain, shift = take(norm + ".weight"), take(norm + ".bias")
        mean, variance = take(norm + ".running_mean"), take(norm + ".running_var")
        scale = gain / np.sqrt(variance + np.float32(BATCH_NORM_EPSILON))
        return take(name + ".weight") * scale[:, None, None, None], shift - mean * scale
