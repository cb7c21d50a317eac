"""The Groups page of a collection that is embedded already, and what is read there."""

import html
import re
from functools import cache

from PIL import Image
from streamlit.testing.v1 import AppTest

from collection.collection import Collection, Pair
from collection.items import PictureItem, text_item
from collection.picture import ingest_image
from collection.samples import load_sample
from tests.pages.app_session import embedded, gone_to, opened, session_of, words_on

GALLERY = load_sample("gallery")
GROUPS, MAP, ODD = "Groups", "Groups on the map", "Odd ones out"


def groups_of(collection: Collection) -> AppTest:
    """Open Groups on this collection, embedded by the local providers."""
    app = opened()
    session_of(app).editing.collection = collection
    return embedded(gone_to(app, "groups"))


@cache
def _gallery() -> AppTest:
    return groups_of(GALLERY)


def groups_of_gallery() -> AppTest:
    """The gallery on the Groups page, with every choice as a newcomer finds it."""
    app = _gallery()
    editing = session_of(app).editing
    editing.collection = GALLERY
    app.segmented_control(key="groups-part").set_value(GROUPS).run()
    choose(app, "groups-of", "Both")
    return choose(app, "groups-method", "hierarchical")


def choose(app: AppTest, key: str, value: str) -> AppTest:
    app.segmented_control(key=key).set_value(value).run()
    assert not app.exception
    return app


def bodies(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.main.get("html")]


def page_text(app: AppTest) -> str:
    """All words of the page, its HTML without the tags."""
    return words_on(app) + html.unescape(re.sub(r"<[^>]*>", "", " ".join(bodies(app))))


def findings_of(app: AppTest) -> list[str]:
    """The findings in words, first to last."""
    shown = (html.unescape(re.sub(r"<[^>]*>", "", body)) for body in bodies(app) if "why" in body)
    return [words for words in shown if "Local" in words]


def plain(name: str, colour: str | tuple[int, int, int]) -> PictureItem:
    return ingest_image(name, Image.new("RGB", (64, 48), colour))


def paired(captions: list[str], pictures: list[PictureItem]) -> Collection:
    texts = [text_item(words) for words in captions]
    pairs = [Pair(text.id, item.id) for text, item in zip(texts, pictures, strict=True)]
    return Collection().adding([*pictures, *texts], pairs)
