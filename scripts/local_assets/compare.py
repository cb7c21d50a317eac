"""How close a fresh build is to the committed files.

By cosine, not by hash: floating-point sums and PCA differ a little from machine to machine.
"""

import io
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from providers.local.wordpiece import WordPiece
from scripts.local_assets.build import open_model

LOWEST_COSINE = 0.9999
_TEXTS = (
    "A cute cat",
    "A cardboard box",
    "two dogs run along the beach at sunset",
    "a red teapot, seen from above",
    "Mt. Everest (8,849 m) in the clouds!",
)

Files = Mapping[str, bytes]
Array = npt.NDArray[Any]


def lowest_cosines(fresh: Files, committed: Files) -> dict[str, float]:
    """Return file name → the lowest cosine of any vector in it, or that it gives."""
    return {
        name: float(_cosines(vectors_of(fresh), vectors_of(committed)).min())
        for name, vectors_of in _VECTORS.items()
    }


def _cosines(one: Array, other: Array) -> Array:
    """Return the cosine of each row with the same row of the other, both (n, d)."""
    one, other = one.astype(np.float64), other.astype(np.float64)
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray((one * other).sum(axis=1) / lengths)


def _arrays(content: bytes) -> dict[str, Array]:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return dict(arrays)


def _labels(name: str) -> Callable[[Files], Array]:
    def rows(files: Files) -> Array:
        arrays = _arrays(files[name])
        return np.vstack([arrays["labels"], arrays["centre"]])

    return rows


def _table(files: Files) -> Array:
    return _arrays(files["static_table.npz"])["codes"]


def _logits(files: Files) -> Array:
    pictures = np.random.default_rng(0).uniform(-1, 1, (4, 3, 224, 224)).astype(np.float32)
    logits = open_model(files["efficientnet_lite0.onnx"]).run(["logits"], {"picture": pictures})
    return np.asarray(logits[0])


def _text_vectors(files: Files) -> Array:
    """Embed some texts, each file set with its own vocabulary."""
    tokeniser = WordPiece(files["vocab.txt"].decode("utf-8").split("\n")[:-1])
    session = open_model(files["minilm.onnx"])
    batches = ([tokeniser.encode(text)] for text in _TEXTS)
    return np.vstack([session.run(None, {"token_ids": np.array(ids)})[0] for ids in batches])


_VECTORS: dict[str, Callable[[Files], Array]] = {
    "efficientnet_lite0.onnx": _logits,
    "minilm.onnx with vocab.txt": _text_vectors,
    "minilm_labels.npz": _labels("minilm_labels.npz"),
    "static_table.npz": _table,
    "static_labels.npz": _labels("static_labels.npz"),
}
