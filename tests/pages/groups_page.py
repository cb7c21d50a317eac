"""Groups and Odd ones out of a collection that is embedded already, and what is read there."""

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
GROUPS, MAP = "Groups", "Groups on the map"
SUSPECTS, WEAK, FAR, SAME = (
    "Suspect captions",
    "Weak pairs",
    "Far from others",
    "Nearly the same",
)


def groups_of(collection: Collection) -> AppTest:
    """Open Groups on this collection, embedded by the local providers."""
    app = opened()
    session_of(app).editing.collection = collection
    return embedded(gone_to(app, "groups"))


def odd_ones_of(collection: Collection) -> AppTest:
    """Open Odd ones out on this collection, embedded by the local providers."""
    return gone_to(groups_of(collection), "odd_ones_out")


@cache
def _gallery() -> AppTest:
    return groups_of(GALLERY)


def _gallery_on(page: str) -> AppTest:
    app = _gallery()
    editing = session_of(app).editing
    editing.collection = GALLERY
    session_of(app).exercise.end()
    for shown in ("more-changing", "more-swaps"):  # how much of these lists was asked for
        if shown in app.session_state:
            del app.session_state[shown]
    return gone_to(app, page)


def groups_of_gallery() -> AppTest:
    """The gallery on the Groups page, with every choice as a newcomer finds it."""
    app = choose(_gallery_on("groups"), "groups-part", GROUPS)
    choose(app, "groups-of", "Both")
    return choose(app, "groups-method", "hierarchical")


def odd_ones_of_gallery() -> AppTest:
    """The gallery on the page Odd ones out, with every choice as a newcomer finds it."""
    return choose(_gallery_on("odd_ones_out"), "odd-section", SUSPECTS)


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
    shown = (
        html.unescape(re.sub(r"<[^>]*>", "", body))
        for body in bodies(app)
        if body.startswith('<div class="finding"')
    )
    return [words for words in shown if "Local" in words]


def plain(name: str, colour: str | tuple[int, int, int]) -> PictureItem:
    return ingest_image(name, Image.new("RGB", (64, 48), colour))


def paired(captions: list[str], pictures: list[PictureItem]) -> Collection:
    texts = [text_item(words) for words in captions]
    pairs = [Pair(text.id, item.id) for text, item in zip(texts, pictures, strict=True)]
    return Collection().adding([*pictures, *texts], pairs)
