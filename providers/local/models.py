"""The two embedded models: real text and picture embeddings with no key and no network.

Both see pictures with the same classifier of 1000 ImageNet classes and place them among the
texts with ConSE; they differ in how they read text. Nothing heavy happens at import time.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Protocol

from PIL import Image

from collection.embeddings import FloatArray, stacked
from providers.local import static_table, text_encoder
from providers.local.asset_files import open_session, read_asset
from providers.local.conse import LabelSpace
from providers.local.image_classifier import ImageClassifier, shared_classifier
from providers.local.picture_tensor import picture_tensor
from providers.local.static_table import StaticTable
from providers.local.text_encoder import TextEncoder
from providers.local.wordpiece import MAX_TOKENS, WordPiece

__all__ = ["LOCAL_MODELS", "MAX_TOKENS", "LocalModel"]


class Encoder(Protocol):
    """Turns texts, as token ids, into vectors of length 1, float32 (n, d)."""

    def encode(self, token_ids: Sequence[Sequence[int]]) -> FloatArray:
        """Return one row per text."""


class _Loaded(NamedTuple):
    encoder: Encoder
    space: LabelSpace
    classifier: ImageClassifier


@dataclass(eq=False)
class LocalModel:
    """One embedded model. Safe to use from several threads; loads itself on first use.

    A vector depends on its text or picture alone, never on what was embedded beside it, and the
    same input gives the same bits each time. `version` changes with anything that changes a
    vector: weights, centre, label vectors, temperature, number of classes, preprocessing.
    """

    id: str
    dimension: int
    version: str
    label_file: str
    open_encoder: Callable[[], Encoder]

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    def load(self) -> None:
        """Load all files, about half a second the first time; raises ProviderFailed."""
        self._parts()

    def embed_texts(self, texts: Sequence[str]) -> FloatArray:
        """Return float32 (n, d), rows of length 1, one per text, in order.

        A text longer than MAX_TOKENS is cut there. Raises ValueError that names the indexes of
        texts for which `meaningless` has a reason; raises ProviderFailed if loading fails.
        """
        ids = [_tokeniser().encode(text) for text in texts]
        without = [i for i, pieces in enumerate(ids) if _reason_against(pieces) is not None]
        if without:
            raise ValueError(f"{self.id}: the texts at {without} have no meaning to embed.")
        encoder, space, _ = self._parts()
        return space.text_vectors(encoder.encode(ids))

    def embed_pictures(self, images: Sequence[Image.Image]) -> FloatArray:
        """Return float32 (n, d), rows of length 1, one per picture, in order.

        Raises ProviderFailed if loading fails.
        """
        _, space, classifier = self._parts()
        answers = (classifier.classify(picture_tensor(image)) for image in images)
        return stacked([space.picture_vector(logits) for logits in answers], self.dimension)

    def meaningless(self, text: str) -> str | None:
        """Return None if the text can be embedded, else one sentence that says why not."""
        return _reason_against(_tokeniser().encode(text))

    def token_count(self, text: str) -> int:
        """Return how many tokens the text has; what lies beyond MAX_TOKENS is not read."""
        return _tokeniser().count(text)

    def _parts(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                self._loaded = _Loaded(
                    self.open_encoder(), LabelSpace.read(self.label_file), shared_classifier()
                )
            return self._loaded


def _reason_against(ids: Sequence[int]) -> str | None:
    """Return why a text, as ids with [CLS] and [SEP], has no meaning; None if it has one."""
    pieces = ids[1:-1]
    if not pieces:
        return "The text is blank, so there is nothing to embed."
    if all(piece == _tokeniser().unknown for piece in pieces):
        return "The model knows no word or sign of this text: it reads English, not emoji."
    return None


@cache
def _tokeniser() -> WordPiece:
    return WordPiece(read_asset("vocab.txt").decode("utf-8").split("\n")[:-1])


LOCAL_MODELS: dict[str, LocalModel] = {
    model.id: model
    for model in (
        LocalModel(
            id="local-minilm",
            dimension=text_encoder.DIMENSION,
            version="1",
            label_file="minilm_labels.npz",
            open_encoder=lambda: TextEncoder(open_session("minilm.onnx")),
        ),
        LocalModel(
            id="local-static",
            dimension=static_table.DIMENSION,
            version="1",
            label_file="static_labels.npz",
            open_encoder=lambda: StaticTable.read("static_table.npz"),
        ),
    )
}
