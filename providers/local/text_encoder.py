"""The text side of `local-minilm`: all-MiniLM-L6-v2, a transformer of six layers.

Wang et al., "MiniLM: Deep Self-Attention Distillation for Task-Agnostic Compression of
Pre-Trained Transformers", NeurIPS 2020 (arXiv 2002.10957).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from collection.embeddings import FloatArray, stacked

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DIMENSION = 384


class TextEncoder:
    """Turns token ids into vectors with the ONNX model."""

    def __init__(self, session: "InferenceSession") -> None:
        self._session = session

    def encode(self, token_ids: Sequence[Sequence[int]]) -> FloatArray:
        """Return float32 (n, 384), rows of length 1: the mean over the tokens of each text.

        Each text goes through the model alone: a matrix product may round differently with
        more rows in it, and a vector must not depend on the company it was computed in.
        """
        return stacked([self.encode_equal_lengths([ids])[0] for ids in token_ids], DIMENSION)

    def encode_equal_lengths(self, token_ids: Sequence[Sequence[int]]) -> FloatArray:
        """Return float32 (n, 384) for texts of one length, in one go (no padding is needed)."""
        ids = np.asarray(token_ids, dtype=np.int64)
        (vectors,) = self._session.run(None, {"token_ids": ids})
        return vectors
