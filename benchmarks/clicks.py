"""What a click costs on the pages that show results, against a rerun with nothing to show.

The pages are run without a browser: what is timed is the server's part of a click, from the choice
to the page that is ready to be sent.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image
from streamlit.testing.v1 import AppTest

from benchmarks.ratio import REPEATS, Ratio
from collection.collection import Collection, Pair
from collection.items import text_item
from collection.picture import ingest_image
from collection.samples import load_sample

_APP = Path(__file__).parents[1] / "app.py"
_LARGE = 300
"""Pictures, each with a caption: 600 items."""


def measure() -> Iterator[Ratio]:
    """Time a cell, a mark, a miss and a search on 57 and on 600 items."""
    os.environ["SHARED_SPACE_CACHE"] = "off"
    for collection in (load_sample("gallery"), _large_collection()):
        yield from _clicks(collection)


def _large_collection() -> Collection:
    """Return pictures of random stripes with captions that tell them apart."""
    rng = np.random.default_rng(0)
    collection = Collection()
    for number in range(_LARGE):
        stripes = rng.integers(0, 255, (8, 8, 3)).astype(np.uint8)
        image = Image.fromarray(stripes).resize((96, 96))
        picture = ingest_image(f"{number}.png", image)
        caption = text_item(f"stripes number {number}")
        collection = collection.adding([picture, caption], [Pair(caption.id, picture.id)])
    return collection


def _clicks(collection: Collection) -> Iterator[Ratio]:
    app = AppTest.from_file(str(_APP), default_timeout=300).run()
    empty = _seconds(app, lambda turn: None)
    state = app.session_state["session"]
    state.editing.replace(collection, "benchmark")
    app.switch_page("pages/collection.py").run()
    next(button for button in app.button if button.key == "embed").click().run()
    state.embedding.run.wait()
    texts, pictures = list(collection.texts), list(collection.pictures)

    def choose(turn: int) -> None:
        app.session_state["chosen-cell"] = (texts[turn].id, pictures[turn].id)

    def select(turn: int) -> None:
        state.selected = frozenset({pictures[turn].id})

    def search(turn: int) -> None:
        state.search.change(words=f"a thing {turn}")

    for page, what, act in (
        ("similarity", "a cell", choose),
        ("map", "a mark", select),
        ("search", "a search", search),
    ):
        app.switch_page(f"pages/{page}.py").run()
        if page == "map":
            _wait_for_maps(app)
        yield Ratio(
            what=f"click: {what}",
            data=f"{len(collection)} items, 2 Setups",
            baseline="an empty rerun",
            baseline_seconds=empty,
            ours="with the click",
            our_seconds=_seconds(app, act),
            remark="the server's part; the browser draws on top",
        )


def _wait_for_maps(app: AppTest) -> None:
    while sum(e.value.startswith("UMAP · trustworthiness") for e in app.markdown) < 2:
        time.sleep(0.2)
        app.run()


def _seconds(app: AppTest, act: Callable[[int], None]) -> float:
    taken = []
    for turn in range(REPEATS):
        act(turn)
        began = time.perf_counter()
        app.run()
        taken.append(time.perf_counter() - began)
    return median(taken)
