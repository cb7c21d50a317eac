"""Who finds what: for each Setup the captions that find their own picture, and the misses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import Modality
from collection.modality_vectors import vectors_of
from collection.pair_rows import pair_rows
from space.retrieval import Retrieval
from ui.elements.correction import corrected
from ui.similarity.cached import cached_retrieval


@dataclass(frozen=True)
class Found:
    """What one Setup finds, both ways round.

    `taken`: id of a caption that has a picture → None where it finds that first, else the id of
    the picture that it takes for its own.
    """

    of_captions: Retrieval
    of_pictures: Retrieval
    taken: Mapping[str, str | None]


def found_by(collection: Collection, embeddings: Embeddings) -> Found:
    """Return what a Setup finds in a collection, corrected as was chosen."""
    embeddings = corrected(collection, embeddings)
    texts = vectors_of(collection, embeddings, Modality.TEXT)
    pictures = vectors_of(collection, embeddings, Modality.PICTURE)
    pairs = pair_rows(collection, texts.items, pictures.items)
    captions = cached_retrieval(texts, pictures, pairs)
    taken = {
        texts.items[row].id: pictures.items[other].id if rank > 1 else None
        for row, rank, other in zip(captions.queries, captions.ranks, captions.taken, strict=True)
    }
    return Found(captions, cached_retrieval(pictures, texts, pairs[:, ::-1]), taken)


@dataclass(frozen=True)
class Miss:
    """A caption that some Setup does not find its own picture by.

    `taken`: each Setup that has a vector of it → None where it finds the own picture first, else
    the id of the picture that it takes for it.
    """

    caption_id: str
    taken: Mapping[Setup, str | None]

    @property
    def by_all(self) -> bool:
        """Whether every Setup misses it."""
        return all(picture_id is not None for picture_id in self.taken.values())


def misses(collection: Collection, shown: Mapping[Setup, Embeddings]) -> Sequence[Miss]:
    """Return the captions that some Setup misses: those missed by most first, then in order."""
    found = {setup: found_by(collection, embeddings) for setup, embeddings in shown.items()}
    all_of_them = (
        Miss(text.id, {s: f.taken[text.id] for s, f in found.items() if text.id in f.taken})
        for text in collection.texts
    )
    missed = [miss for miss in all_of_them if any(miss.taken.values())]
    return sorted(missed, key=lambda miss: -sum(p is not None for p in miss.taken.values()))
