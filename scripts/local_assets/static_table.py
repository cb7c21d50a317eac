"""The table of `local-static`: one vector per word piece, distilled from all-MiniLM-L6-v2.

The recipe is that of Model2Vec (Minish Lab, 2024): embed each word piece alone, reduce with PCA,
and weigh by rank, since the vocabulary is sorted by how common its pieces are (Zipf's law).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from providers.local.text_encoder import TextEncoder
from scripts.local_assets.graph import quantised

DIMENSION = 256
START, END = 101, 102  # [CLS] and [SEP]
LAST_BEFORE_WORDS = 998  # up to here the vocabulary holds control tokens and unused places
_BATCH = 512


def static_table(encoder: TextEncoder, pieces: int) -> dict[str, Any]:
    """Return `codes`, int8 (pieces, 256), and `scales`, float32 (pieces,): see StaticTable."""
    ids = [(START, piece, END) for piece in range(pieces)]
    batches = [ids[first : first + _BATCH] for first in range(0, pieces, _BATCH)]
    vectors = np.concatenate([encoder.encode_equal_lengths(batch) for batch in batches])
    ranks = np.maximum(np.arange(pieces) - LAST_BEFORE_WORDS, 1)
    weighted = principal_components(vectors.astype(np.float64)) * np.log1p(ranks)[:, None]
    codes, scales = quantised(weighted.astype(np.float32), channel_axis=0)
    return {"codes": codes, "scales": scales[:, 0]}


def principal_components(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return (n, 256): the centred vectors in the directions in which they vary most.

    Directions have no natural sign; the largest entry of each is made positive, so that a
    rebuild elsewhere gives the same table.
    """
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    leading = directions[:, ::-1][:, :DIMENSION]
    largest = np.abs(leading).argmax(axis=0)
    signs = np.sign(leading[largest, np.arange(DIMENSION)])
    return np.asarray(centred @ (leading * signs))
