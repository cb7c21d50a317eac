"""The picture side of both embedded models: EfficientNet-Lite0, 1000 classes of ImageNet.

Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
ICML 2019 (arXiv 1905.11946); the Lite variant has no squeeze-and-excitation and uses ReLU6.
"""

import hashlib
import threading
from collections import OrderedDict
from functools import cache
from typing import TYPE_CHECKING

from collection.embeddings import FloatArray
from providers.local.asset_files import open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

REMEMBERED = 2048  # pictures; about 4 kB each


class ImageClassifier:
    """Runs the classifier, and remembers its latest answers by the picture's digest.

    Both embedded models share one: when they embed a picture at the same time, it is classified
    once. The lock is held while classifying, which costs nothing: one run uses all cores.
    """

    def __init__(self, session: "InferenceSession", remembered: int = REMEMBERED) -> None:
        self._session = session
        self._remembered = remembered
        self._answers: OrderedDict[bytes, FloatArray] = OrderedDict()
        self._lock = threading.Lock()

    def classify(self, picture: FloatArray) -> FloatArray:
        """Return the logits of a picture tensor, float32 (3, 224, 224): float32 (1000,), read-only.

        There is one for each ImageNet class, in the order of their WordNet ids.
        """
        digest = hashlib.blake2b(picture.tobytes(), digest_size=16).digest()
        with self._lock:
            answer = self._answers.pop(digest, None)
            if answer is None:
                answer = self._run(picture)
            self._answers[digest] = answer
            if len(self._answers) > self._remembered:
                self._answers.popitem(last=False)
        return answer

    def _run(self, picture: FloatArray) -> FloatArray:
        (logits,) = self._session.run(["logits"], {"picture": picture[None]})
        logits.flags.writeable = False
        row: FloatArray = logits[0]
        return row


_loading = threading.Lock()


def shared_classifier() -> ImageClassifier:
    """Return the one classifier of this process, loaded on first use; raises ProviderFailed."""
    with _loading:
        return _load()


@cache
def _load() -> ImageClassifier:
    return ImageClassifier(open_session("efficientnet_lite0.onnx"))
