"""Embeddings in which texts and pictures are no longer apart."""

from dataclasses import replace

from collection.embeddings import Embeddings
from space.arrays import BoolArray
from space.modality import centre_modalities
from ui.state.content_cache import cached_by_content


@cached_by_content(max_entries=8)
def centred(embeddings: Embeddings, is_text: BoolArray) -> Embeddings:
    """Return the Embeddings without their modality's mean; see `space.modality`."""
    return replace(embeddings, vectors=centre_modalities(embeddings.vectors, is_text))
