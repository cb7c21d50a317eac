"""A session whose items lie where a test puts them, with two providers."""

from collections.abc import Mapping

import numpy as np

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import Item, PictureItem
from ui.state.compared_setups import ComparedSetups
from ui.state.editing import CollectionEditing
from ui.state.session import Session

FIRST, SECOND = Setup("local-minilm", "made up", 4), Setup("local-static", "made up", 4)


def picture(name: str) -> PictureItem:
    """Return a picture that has a name and nothing to see."""
    return PictureItem(name, f"{name}.jpg", b"", b"", 4, 3)


def session_with(collection: Collection, *spaces: Mapping[Item, int]) -> Session:
    """Return a session in which each space puts its items near one of four corners.

    `spaces`: for each provider item → number of the corner; items left out have no vector.
    """
    compared = ComparedSetups()
    for row, setup in enumerate((FIRST, SECOND)):
        compared.choose(row, setup)
    state = Session(CollectionEditing(collection), compared)
    for setup, space in zip((FIRST, SECOND), spaces, strict=False):
        near = np.random.default_rng(0).normal(scale=0.05, size=(len(space), 4))
        rows = np.eye(4)[list(space.values())] + near
        vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        state.embedding.results[setup] = Embeddings(
            setup, tuple(item.id for item in space), vectors
        )
    return state
