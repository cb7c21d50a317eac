"""The text side of `local-static`: one fixed vector per word piece, and their mean.

The table is distilled from all-MiniLM-L6-v2 as in Model2Vec (Minish Lab, 2024): the transformer
embeds each word piece alone, PCA keeps 256 dimensions, and the frequent pieces weigh less.
There is no transformer left at run time, so word order and context are lost.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from collection.embeddings import FloatArray, stacked
from providers.local.asset_files import read_arrays
from providers.local.conse import unit_rows

DIMENSION = 256


class StaticTable:
    """`codes`: int8 (pieces, 256); `scales`: float32 (pieces,), what one step of a row is worth."""

    def __init__(self, codes: npt.NDArray[np.int8], scales: FloatArray) -> None:
        self._codes, self._scales = codes, scales

    @classmethod
    def read(cls, name: str) -> "StaticTable":
        """Return the committed table of this file name; raises ProviderFailed."""
        arrays = read_arrays(name)
        return cls(arrays["codes"], arrays["scales"])

    def encode(self, token_ids: Sequence[Sequence[int]]) -> FloatArray:
        """Return float32 (n, 256), rows of length 1, for texts as ids with [CLS] and [SEP]."""
        return stacked([self._mean(ids) for ids in token_ids], DIMENSION)

    def _mean(self, ids: Sequence[int]) -> FloatArray:
        pieces = list(ids[1:-1])
        rows = self._codes[pieces] * self._scales[pieces, None]
        return unit_rows(rows.sum(axis=0, keepdims=True))[0]
