"""From the inputs to the committed files."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnxruntime

from collection.embeddings import FloatArray
from providers.local.static_table import StaticTable
from providers.local.text_encoder import TextEncoder
from providers.local.wordpiece import WordPiece
from scripts.local_assets.label_space import class_texts, label_space
from scripts.local_assets.lite0_graph import lite0_graph
from scripts.local_assets.minilm_graph import minilm_graph
from scripts.local_assets.safetensors_file import read_safetensors
from scripts.local_assets.static_table import static_table
from scripts.local_assets.torch_legacy import read_checkpoint


def build_assets(inputs: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the content of each file to commit, by name, from the inputs by name."""
    vocabulary = _vocabulary(inputs["tokenizer.json"])
    tokeniser = WordPiece(vocabulary)
    lite0 = lite0_graph(read_checkpoint(inputs["efficientnet-lite0-57934424.pth"]))
    minilm = minilm_graph(read_safetensors(inputs["model.safetensors"]))
    encoder = TextEncoder(open_model(minilm))
    table = static_table(encoder, len(vocabulary))
    static = StaticTable(table["codes"], table["scales"])
    names, defined = class_texts(inputs)

    def read_by_minilm(texts: Sequence[str]) -> FloatArray:
        return encoder.encode([tokeniser.encode(text) for text in texts])

    def read_by_static(texts: Sequence[str]) -> FloatArray:
        return static.encode([tokeniser.encode(text) for text in texts])

    return {
        "efficientnet_lite0.onnx": lite0,
        "minilm.onnx": minilm,
        "minilm_labels.npz": _npz(label_space(names, defined, read_by_minilm)),
        "static_table.npz": _npz(table),
        "static_labels.npz": _npz(label_space(names, defined, read_by_static)),
        "vocab.txt": "".join(f"{piece}\n" for piece in vocabulary).encode("utf-8"),
    }


def open_model(model: bytes) -> onnxruntime.InferenceSession:
    """Return a session on the processor."""
    return onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])


def _vocabulary(tokenizer: bytes) -> list[str]:
    """Return the word pieces in the order of their ids, which have no gap."""
    ids: dict[str, int] = json.loads(tokenizer)["model"]["vocab"]
    if sorted(ids.values()) != list(range(len(ids))):
        raise ValueError("The ids of the vocabulary are not 0, 1, 2, …")
    return sorted(ids, key=ids.__getitem__)


def _npz(arrays: Mapping[str, Any]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()
