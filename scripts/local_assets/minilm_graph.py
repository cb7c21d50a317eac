"""all-MiniLM-L6-v2 as an ONNX graph, from its safetensors file.

BERT with 6 layers, 12 heads, width 384; the mean over the tokens, length 1. Texts of a batch
have one length, so there is no padding and no mask.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import TensorProto

from scripts.local_assets.graph import Graph

Array = npt.NDArray[Any]
LAYERS, HEADS, WIDTH = 6, 12, 384
HEAD_WIDTH = WIDTH // HEADS
NORM_EPSILON = 1e-12
_NOT_NEEDED = ("embeddings.position_ids", "pooler.dense.weight", "pooler.dense.bias")


def minilm_graph(checkpoint: dict[str, Array]) -> bytes:
    """Return the model: token_ids (n, tokens) → vectors (n, 384), rows of length 1.

    Raises ValueError when a tensor of the checkpoint finds no place in the graph.
    """
    tensors = {k: v for k, v in checkpoint.items() if k not in _NOT_NEEDED}
    body = _MiniLM(tensors)
    value = body.embeddings("token_ids")
    for layer in range(LAYERS):
        value = body.layer(value, f"encoder.layer.{layer}.")
    if tensors:
        raise ValueError(f"Tensors of the checkpoint without a place: {sorted(tensors)}")
    graph = body.graph
    mean = graph.add("ReduceMean", value, axes=[1], keepdims=0)
    vectors = graph.add("Div", mean, graph.add("ReduceL2", mean, axes=[1], keepdims=1))
    return graph.model(
        {"token_ids": (TensorProto.INT64, ["n", "tokens"])},
        {"vectors": (vectors, ["n", WIDTH])},
    )


class _MiniLM:
    """Takes tensors out of the checkpoint as it lays the layers."""

    def __init__(self, tensors: dict[str, Array]) -> None:
        self.graph = Graph()
        self._tensors = tensors

    def embeddings(self, token_ids: str) -> str:
        """Add words and positions; all tokens are of type 0, so its row joins the positions."""
        graph, take, name = self.graph, self._tensors.pop, "embeddings."
        words = graph.rows(take(name + "word_embeddings.weight"), token_ids)
        positions = take(name + "position_embeddings.weight")
        positions = positions + take(name + "token_type_embeddings.weight")[0]
        start, axis = graph.constant(np.array([0])), graph.constant(np.array([0]))
        length = graph.add("Shape", token_ids, start=1, end=2)
        places = graph.add("Slice", graph.constant(positions), start, length, axis)
        return self._norm(graph.add("Add", words, places), name + "LayerNorm")

    def layer(self, value: str, name: str) -> str:
        """Add one transformer layer: attention, then the two dense layers with GELU."""
        add, attention = self.graph.add, name + "attention."
        seen = self._linear(self._attention(value, attention + "self."), attention + "output.dense")
        value = self._norm(add("Add", seen, value), attention + "output.LayerNorm")
        inner = self._gelu(self._linear(value, name + "intermediate.dense"))
        outer = self._linear(inner, name + "output.dense")
        return self._norm(add("Add", outer, value), name + "output.LayerNorm")

    def _attention(self, value: str, name: str) -> str:
        add = self.graph.add
        query = self._heads(self._linear(value, name + "query", 1 / np.sqrt(HEAD_WIDTH)))
        key = self._heads(self._linear(value, name + "key"), for_keys=True)
        content = self._heads(self._linear(value, name + "value"))
        weights = add("Softmax", add("MatMul", query, key), axis=-1)
        mixed = add("Transpose", add("MatMul", weights, content), perm=[0, 2, 1, 3])
        return add("Reshape", mixed, self.graph.constant(np.array([0, 0, WIDTH])))

    def _heads(self, value: str, for_keys: bool = False) -> str:
        """Cut (n, tokens, 384) into heads: (n, 12, tokens, 32), the last two swapped for keys."""
        shape = self.graph.constant(np.array([0, 0, HEADS, HEAD_WIDTH]))
        parts = self.graph.add("Reshape", value, shape)
        return self.graph.add("Transpose", parts, perm=[0, 2, 3, 1] if for_keys else [0, 2, 1, 3])

    def _linear(self, value: str, name: str, factor: float = 1.0) -> str:
        """Add a dense layer, its result multiplied by a factor."""
        weight = self._tensors.pop(name + ".weight") * np.float32(factor)
        bias = self._tensors.pop(name + ".bias") * np.float32(factor)
        product = self.graph.add("MatMul", value, self.graph.weight(weight.T, channel_axis=1))
        return self.graph.add("Add", product, self.graph.constant(bias))

    def _norm(self, value: str, name: str) -> str:
        scale, shift = (self._tensors.pop(f"{name}.{part}") for part in ("weight", "bias"))
        constants = (self.graph.constant(scale), self.graph.constant(shift))
        return self.graph.add(
            "LayerNormalization", value, *constants, axis=-1, epsilon=NORM_EPSILON
        )

    def _gelu(self, value: str) -> str:
        add, constant = self.graph.add, self.graph.constant
        root, one, half = (constant(np.array(v, np.float32)) for v in (np.sqrt(2), 1, 0.5))
        grown = add("Add", add("Erf", add("Div", value, root)), one)
        return add("Mul", add("Mul", value, grown), half)
