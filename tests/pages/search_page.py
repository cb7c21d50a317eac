"""The Search page with a collection that is embedded already, and what it found."""

import re
import time
from functools import cache

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from collection.collection import Collection
from collection.samples import load_sample
from providers.embedding.run import run_of
from tests.pages.app_session import TIMEOUT, gone_to, opened, pressed, session_of
from ui.state.editing import CollectionEditing
from ui.state.query import Query
from ui.state.session import Session

_TILE = re.compile(r'<li class="tile (picture|text)" data-item="(\w+)"')
_RANK = re.compile(r"rank (\d+) of (\d+)")
_COSINE = re.compile(r"cosine (-?[\d.]+)")


def embed_here(state: Session) -> None:
    """Embed the collection without the page's Embed button."""
    items = tuple(state.collection.items.values())
    state.embedding.run = run_of(
        items,
        state.chosen,
        None,
        state.embedding.results,
        state.collection.pairs,
        state.call_context,
    ).start()
    assert state.embedding.run.wait(TIMEOUT)
    state.embedding.collect()


def search_of(collection: Collection) -> AppTest:
    """Open Search on a collection embedded by the local providers."""
    app = opened()
    state = session_of(app)
    state.editing.collection = collection
    embed_here(state)
    return gone_to(app, "search")


@cache
def _gallery() -> Session:
    state = Session(CollectionEditing(load_sample("gallery")))
    embed_here(state)
    return state


def search_of_gallery() -> AppTest:
    """Open Search on the gallery, which is embedded only once."""
    app = opened()
    state = session_of(app)
    state.editing.collection = _gallery().collection
    state.embedding.results = dict(_gallery().embedding.results)
    return gone_to(app, "search")


def settled(app: AppTest) -> AppTest:
    """Wait until every provider has answered, and draw the page with what it said."""
    vectors = session_of(app).search.vectors
    if any(vectors.waiting(setup) for setup in session_of(app).shown):
        vectors.wait(TIMEOUT)
        app.run()
    assert not app.exception
    return app


def answered(app: AppTest, provider_id: str) -> AppTest:
    """Wait until one provider has answered, whoever else is asked, and draw the page again."""
    state = session_of(app)
    setup = next(setup for setup in state.shown if setup.provider == provider_id)
    while state.search.vectors.waiting(setup):
        time.sleep(0.01)  # polling: to wait for all could be to wait for one that is held
        state.search.vectors.collect()
    app.run()
    assert not app.exception
    return app


def typed(app: AppTest, words: str) -> AppTest:
    """Type words without sending them off."""
    app.text_input(key="search-words").input(words)
    return app


def searched(app: AppTest, words: str) -> AppTest:
    """Type words, press Search, and wait for all answers."""
    return settled(pressed(typed(app, words), "Search"))


def chosen(app: AppTest, label: str, value: object) -> AppTest:
    """Choose with the segmented control of this label."""
    control = next(c for c in app.segmented_control if c.proto.label == label)
    control.set_value(value).run()
    assert not app.exception
    return app


def tried(app: AppTest, number: int) -> AppTest:
    """Press the button of an example, and wait for all answers."""
    app.button(key=f"search-example-{number}").click().run()
    return settled(app)


def field(app: AppTest, label: str) -> Selectbox:
    """Return the choice of this label."""
    return next(box for box in app.selectbox if box.label == label)


def dropped(app: AppTest, name: str, content: bytes) -> AppTest:
    """Drop a picture to search with."""
    app.file_uploader[0].set_value((name, content, "image/png")).run()
    assert not app.exception
    return settled(app)


def picture_called(app: AppTest, name: str) -> str:
    """Return the id of the collection's picture of this name."""
    return next(p.id for p in session_of(app).collection.pictures if p.name == name)


def like(app: AppTest, item_id: str) -> AppTest:
    """Ask for more like an item, as the button on its tile does."""
    session_of(app).search.query = Query(like=item_id)
    app.run()
    return settled(app)


def bodies(app: AppTest) -> list[str]:
    """Return the HTML on the page, piece by piece, without that of the shell."""
    return [
        element.proto.body for element in app.get("html") if "<style>" not in element.proto.body
    ]


def bodies_of_hits(app: AppTest) -> list[str]:
    """Return the HTML of the hits, list by list."""
    return [body for body in bodies(app) if "<ol" in body]


def lists_of_hits(app: AppTest) -> list[list[str]]:
    """Return the ids of the hits, list by list."""
    return [[id_ for _, id_ in _TILE.findall(body)] for body in bodies_of_hits(app)]


def kinds_of_hits(app: AppTest) -> list[set[str]]:
    """Return which kinds of items are in each list."""
    return [{kind for kind, _ in _TILE.findall(body)} for body in bodies_of_hits(app)]


def ranks(app: AppTest) -> list[list[tuple[int, int]]]:
    """Return (rank, of how many) of the hits, list by list."""
    return [
        [(int(rank), int(of)) for rank, of in _RANK.findall(body)] for body in bodies_of_hits(app)
    ]


def cosines(app: AppTest) -> list[list[float]]:
    """Return the cosines of the hits, list by list."""
    return [[float(c) for c in _COSINE.findall(body)] for body in bodies_of_hits(app)]


def verdicts(app: AppTest) -> list[str]:
    """Return what is said above each list of hits."""
    return [body for body in bodies(app) if 'class="verdict' in body]


def offered(app: AppTest) -> list[str]:
    """Return the labels of the buttons that ask a provider."""
    return [button.label for button in app.button if button.label.startswith("Ask ")]
