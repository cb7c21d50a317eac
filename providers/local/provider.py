"""The embedded providers: they run on this machine, with no key and no network."""

import io
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from collection.collection import Pair
from collection.embeddings import ItemFailure, Setup
from collection.items import Modality
from providers.info import Model, ProviderInfo
from providers.inputs import Answers, Batch, BatchResult, Input
from providers.local.models import LOCAL_MODELS, MAX_TOKENS, LocalModel
from providers.transport.call_context import CallContext

TEXTS_A_BATCH = 16
PICTURES_A_BATCH = 4

_LICENCE = (
    "weights Apache-2.0 (learned from ImageNet, whose pictures are for non-commercial research "
    "only), label texts under the WordNet 3.0 licence"
)
_IMAGE_SIDE = "EfficientNet-Lite0"
_GOOD_AT = (
    "animals, vehicles, musical instruments, tools and many foods, photographed whole and from a "
    "usual angle."
)
_BAD_AT = (
    "it knows 1000 kinds of things (ImageNet) and takes everything else for one of them: an "
    "astronaut becomes a football helmet. Near chance at people, actions, relations, counts, text "
    "in pictures, flowers by name and planets; colours are hardly told apart. Two pictures of the "
    "same kind of thing get nearly the same vector. English only. It is not CLIP."
)


class LocalEmbedder:
    """Embeds with one of the models that ship with the app."""

    concurrency = 2  # one batch is decoded while the other is in the network
    base_url = ""
    accepted = True

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._model: LocalModel = LOCAL_MODELS[setup.provider]

    def load(self) -> None:
        """Load the weights, once per process. Raises ProviderFailed when they are damaged."""
        self._model.load()

    def prove(self, cancel: threading.Event) -> None:
        """Nothing to prove: nobody is asked."""

    def batches(self, inputs: Sequence[Input], pairs: Sequence[Pair] = ()) -> list[Batch]:
        """Texts in batches of 16, then pictures in batches of 4: small, so that progress shows."""
        cut: list[Batch] = []
        for modality, size in (
            (Modality.TEXT, TEXTS_A_BATCH),
            (Modality.PICTURE, PICTURES_A_BATCH),
        ):
            same = tuple(item for item in inputs if item.modality is modality)
            cut += [same[start : start + size] for start in range(0, len(same), size)]
        return cut

    def embed(self, batch: Batch, cancel: threading.Event) -> Iterator[BatchResult]:
        """Embed one batch; a text without meaning to the model is a failure of that text."""
        embed = self._texts if batch[0].modality is Modality.TEXT else self._pictures
        yield BatchResult(batch, embed(batch))

    def _texts(self, batch: Batch) -> Answers:
        words = [str(item.payload) for item in batch]
        reasons = [self._model.meaningless(text) for text in words]
        kept = [text for text, reason in zip(words, reasons, strict=True) if reason is None]
        vectors = iter(self._model.embed_texts(kept) if kept else ())
        return [
            next(vectors) if reason is None else ItemFailure(reason, item_id=item.item_id)
            for item, reason in zip(batch, reasons, strict=True)
        ]

    def _pictures(self, batch: Batch) -> Answers:
        pictures = {item.item_id: _opened(item) for item in batch}
        good = [picture for picture in pictures.values() if picture is not None]
        vectors = iter(self._model.embed_pictures(good) if good else ())
        return [
            next(vectors)
            if pictures[item.item_id] is not None
            else ItemFailure("The picture cannot be read.", "Add it again.", item_id=item.item_id)
            for item in batch
        ]


@dataclass(frozen=True, slots=True)
class LocalProvider:
    """An embedded provider."""

    info: ProviderInfo

    def embedder(self, setup: Setup, context: CallContext | None = None) -> LocalEmbedder:
        """Return what embeds for this Setup; nobody needs to give a key."""
        return LocalEmbedder(setup)

    def token_count(self, setup: Setup, text: str) -> int:
        """Return how many word pieces the model sees in a text."""
        return LOCAL_MODELS[setup.provider].token_count(text)


def _opened(item: Input) -> Image.Image | None:
    """Return the decoded picture, None if it is damaged."""
    data = item.payload if isinstance(item.payload, bytes) else item.payload.encode()
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except (OSError, ValueError, SyntaxError):
        return None
    return picture


def _local(
    provider_id: str, title: str, text_side: str, in_short: str, summary: str, good_at: str
) -> LocalProvider:
    model = LOCAL_MODELS[provider_id]
    return LocalProvider(
        ProviderInfo(
            id=provider_id,
            title=title,
            in_short=in_short,
            summary=summary,
            good_at=good_at,
            bad_at=_BAD_AT,
            licence=_LICENCE,
            home_page="https://arxiv.org/abs/1312.5650",
            models=(
                Model(
                    f"{text_side} + {_IMAGE_SIDE}",
                    dimensions=(model.dimension,),
                    max_tokens=MAX_TOKENS,
                    source="max_seq_length in sentence_bert_config.json of all-MiniLM-L6-v2",
                ),
            ),
            version=model.version,
            embedded=True,
            english_only=True,
        )
    )


MINILM = _local(
    "local-minilm",
    "Local MiniLM",
    "all-MiniLM-L6-v2",
    "everyday things; reads whole English sentences",
    "A small transformer reads the captions; a picture is placed where the names of what it "
    "seems to show would lie.",
    f"{_GOOD_AT} It reads whole sentences: word order and context count.",
)
STATIC = _local(
    "local-static",
    "Local Static",
    "static MiniLM",
    "everyday things; reads English word by word, very fast",
    "Each word has one fixed vector and a caption is their mean; pictures are placed as in "
    "Local MiniLM.",
    f"{_GOOD_AT} Very fast with texts; word order and context are lost, and rare names are cut "
    "into pieces.",
)
