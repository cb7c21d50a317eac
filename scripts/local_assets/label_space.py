"""The 1000 ImageNet classes as points in the space of a text encoder."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from collection.embeddings import FloatArray
from providers.local.conse import unit_rows

DEFINITION_WEIGHT = 0.5

Encode = Callable[[Sequence[str]], FloatArray]


def class_texts(inputs: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Return for each class its names, and its first name with its WordNet definition.

    The classes are in the order of the classifier's logits.
    """
    synsets = inputs["imagenet_synsets.txt"].decode().split()
    names = _by_synset(inputs["imagenet_synset_to_lemma.txt"])
    definitions = _by_synset(inputs["imagenet_synset_to_definition.txt"])
    defined = [f"{names[s].split(',')[0]}: {definitions[s]}" for s in synsets]
    return [names[s] for s in synsets], defined


def label_space(names: Sequence[str], defined: Sequence[str], encode: Encode) -> dict[str, Any]:
    """Return `labels`, float16 (1000, d), and `centre`, float32 (d,): see LabelSpace."""
    points = unit_rows(
        unit_rows(encode(names)) + np.float32(DEFINITION_WEIGHT) * unit_rows(encode(defined))
    ).astype(np.float64)
    centre = points.mean(axis=0).astype(np.float32)
    labels: npt.NDArray[np.float16] = unit_rows(points - centre).astype(np.float16)
    return {"labels": labels, "centre": centre}


def _by_synset(table: bytes) -> dict[str, str]:
    """Return the rows of a table of synset, tab, text."""
    texts = {}
    for line in table.decode().splitlines():
        synset, _, text = line.partition("\t")
        texts[synset] = text
    return texts
