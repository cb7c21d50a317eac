"""What is kept by content is computed once for it, and anew for any other."""

from dataclasses import dataclass

import numpy as np
import pytest
from streamlit.runtime.caching.cache_errors import UnhashableParamError

from collection.collection import Collection, Pair
from collection.embeddings import Embeddings, Setup
from collection.items import Item, PictureItem, text_item
from ui.state.content_cache import cached_by_content

SETUP = Setup("local-minilm", "made up", 2)
LARGE = np.zeros((2_000, 300), np.float32)  # Streamlit alone would look at a sample of it


@dataclass(frozen=True)
class Drawing:
    """A dataclass with an array and an item in it, and another one."""

    values: np.ndarray
    item: Item
    inner: "Drawing | None" = None


def counting(of):
    """Return a function of one argument of this type, and the list of all its calls."""
    calls = []

    def work(value):
        calls.append(value)
        return len(calls)

    work.__annotations__ = {"value": of, "return": int}
    work.__qualname__ = work.__name__ = f"work_{id(calls)}"
    return cached_by_content(max_entries=10)(work), calls


def picture(name):
    return PictureItem("the same pixels", name, b"", b"", 4, 3)


def changed(array):
    other = array.copy()
    other[-1, -1] = 1e-6
    return other


@pytest.mark.parametrize(
    ("of", "one", "equal", "other"),
    [
        (np.ndarray, LARGE, LARGE.copy(), changed(LARGE)),
        (np.ndarray, LARGE, LARGE.copy(), LARGE.reshape(300, 2_000)),
        (np.ndarray, LARGE, LARGE.copy(), LARGE.view(np.int32)),
        (
            Embeddings,
            Embeddings(SETUP, ("a",), np.eye(1, 2, dtype=np.float32)),
            Embeddings(SETUP, ("a",), np.eye(1, 2, dtype=np.float32)),
            Embeddings(SETUP, ("b",), np.eye(1, 2, dtype=np.float32)),
        ),
        (
            Collection,
            Collection().adding([text_item("a"), picture("cat.jpg")]),
            Collection().adding([text_item("a"), picture("cat.jpg")]),
            Collection().adding([text_item("a"), picture("dog.jpg")]),
        ),
        (
            Collection,
            Collection().adding([text_item("a"), picture("cat.jpg")]),
            Collection().adding([text_item("a"), picture("cat.jpg")]),
            Collection().adding(
                [text_item("a"), picture("cat.jpg")], [Pair(text_item("a").id, "the same pixels")]
            ),
        ),
        (frozenset[str], frozenset("abc"), frozenset("cba"), frozenset("abd")),
        (
            Drawing,
            Drawing(LARGE, picture("cat.jpg")),
            Drawing(LARGE.copy(), picture("cat.jpg")),
            Drawing(LARGE, picture("dog.jpg")),
        ),
        (
            Drawing | None,
            Drawing(LARGE, text_item("a"), Drawing(LARGE, text_item("b"))),
            Drawing(LARGE, text_item("a"), Drawing(LARGE, text_item("b"))),
            Drawing(LARGE, text_item("a"), Drawing(changed(LARGE), text_item("b"))),
        ),
    ],
)
def test_equal_content_is_computed_once_and_other_content_anew(of, one, equal, other):
    work, calls = counting(of)
    assert work(one) == work(equal) == 1
    assert work(other) == 2
    assert len(calls) == 2


def test_what_has_no_content_to_go_by_is_refused_rather_than_confused():
    work, _ = counting(object)
    with pytest.raises(UnhashableParamError):
        work(object())
