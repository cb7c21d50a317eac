"""The report says what the pages say, in one file that fetches nothing and runs nothing else."""

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from collection.collection import Collection
from collection.embeddings import ItemFailure
from collection.items import text_item
from exchange.app_version import app_version
from exchange.report.collection_html import LARGE_UP_TO
from exchange.report.report_html import report_html
from space.projection import Projection, Settings
from space.scorecard import Direction
from tests.exchange.report.report_sessions import Elements, few_items, made, session_of, written
from ui.map.background_maps import FinishedMap, ShownMap
from ui.scorecard.cached import cached_scorecard
from ui.scorecard.common import common_items
from ui.scorecard.conclusion import conclusion
from ui.scorecard.figures_table import columns_of, rows_of

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \"quoted\" & 'more'"
SECTIONS = ["Result", "Similarity", "Maps", "Collection", "Setups", "Left out"]


@pytest.fixture(scope="module")
def session():
    return session_of(few_items())


@pytest.fixture(scope="module")
def page(session):
    return written(session)


def titles(page):
    return [text for _, text in Elements(page).all("h2")]


def charts(page):
    return [attrs["data-chart"] for attrs, _ in Elements(page).all("script") if attrs]


def test_it_begins_with_the_sentence_and_the_scorecard_of_the_page(session, page):
    common = common_items(session)
    card = cached_scorecard(common.texts, common.pictures, common.pairs)
    names = [session.compared.name_of(setup) for setup in common.setups]
    [sentence] = [t for a, t in Elements(page).all("p") if a.get("class") == "headline"]
    assert sentence == conclusion(card.best[Direction.BOTH], names, Direction.BOTH, str)
    report = made(session)
    columns = columns_of(card, common, Direction.BOTH, every=False)
    heads, rows = rows_of(session, common, columns)
    assert list(report.scores.heads) == heads[1::3]
    for shown, row in zip(report.scores.rows, rows, strict=True):
        values = [cell.value for cell in shown.cells]
        assert values == [c.in_words(v) for c, v in zip(columns, row[1::3], strict=True)]
    assert all(cell.value in page for row in report.scores.rows for cell in row.cells)


def test_all_parts_are_there_in_order_and_linked_from_the_top(page):
    found = Elements(page)
    assert titles(page) == [*SECTIONS[:2], "True pairs", *SECTIONS[2:], "How it is measured"]
    links = [attrs["href"] for attrs, _ in found.all("a")][: len(SECTIONS) + 2]
    assert links == [f"#{attrs['id']}" for attrs, _ in found.all("h2")]
    levels = [int(tag[1]) for tag in found.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_every_chart_has_a_heatmap_or_a_map_and_a_name_to_be_heard(page):
    found = Elements(page)
    assert charts(page) == [
        f"{kind}-{n}" for kind in ("heatmap", "densities", "map") for n in (0, 1)
    ]
    plots = [attrs for attrs, _ in found.all("div") if attrs.get("role") == "img"]
    assert [attrs["id"] for attrs in plots] == charts(page)
    assert all(attrs["aria-label"] for attrs in plots)
    assert all("alt" in attrs for attrs, _ in found.all("img"))
    assert all(attrs["scope"] in ("row", "col") for attrs, _ in found.all("th"))


def test_it_says_when_and_how_the_vectors_were_made(session, page):
    for setup, embeddings in session.shown.items():
        assert setup.model in page
        assert f"{embeddings.made:%Y-%m-%d %H:%M} UTC" in page
    assert f"Written by Shared Space {app_version()}." in page
    assert re.fullmatch(r"\d+\.\d+\.\d+", app_version())


def test_nothing_is_fetched_and_no_script_but_its_own_may_run(page):
    found = Elements(page)
    policy = next(a["content"] for a, _ in found.all("meta") if "http-equiv" in a)
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    sources = [a[k] for _, a, _ in found.found for k in ("src", "href", "srcset") if k in a]
    assert all(source.startswith(("data:image/webp;base64,", "#")) for source in sources)
    assert "url(" not in re.search("<style>(.*?)</style>", page, re.DOTALL)[1]


def test_what_people_wrote_is_text_everywhere():
    collection = few_items(2, 2)
    picture = collection.pictures[0]
    labels = {picture.id: {HOSTILE: HOSTILE}}
    text = text_item(HOSTILE)
    collection = collection.adding([text], [(text.id, picture.id)], labels)
    lone = text_item(f"alone {HOSTILE}")
    session = session_of(collection.adding([lone]), without={lone.id})
    [(setup, known)] = list(session.embedding.results.items())[:1]
    failures = {lone.id: ItemFailure(HOSTILE, item_id=lone.id)}
    session.embedding.results[setup] = replace(known, failures=failures)
    page = written(session)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("<script>") == 2
    assert HOSTILE in "".join(text for _, text in Elements(page).all("div", "img"))


def test_a_key_is_in_no_part_of_it():
    key = "sk-1234567890"
    collection = few_items(2, 2)
    text = text_item(f"my key is {key}")
    pictures = collection.pictures
    collection = collection.adding([text], [(text.id, pictures[0].id)], {text.id: {key: key}})
    page = written(session_of(collection), hide=lambda words: words.replace(key, "***"))
    assert key not in page
    assert "my key is ***" in page


@pytest.mark.parametrize("setups", [1, 6])
def test_one_setup_or_six_each_have_their_row_and_their_charts(setups):
    page = written(session_of(few_items(3, 3), setups))
    assert len(charts(page)) == 3 * setups
    rows = [attrs for attrs, _ in Elements(page).all("th") if attrs["scope"] == "row"]
    assert len(rows) == 2 * setups + 1


@pytest.mark.parametrize(
    ("pictures", "captions", "drawn"), [(4, 0, 4), (0, 4, 4), (1, 0, 2), (0, 1, 2)]
)
def test_without_pairs_it_says_why_there_is_no_scorecard(pictures, captions, drawn):
    page = written(session_of(few_items(pictures, captions)))
    assert titles(page) == SECTIONS
    assert "There is no scorecard: no caption is paired" in page
    assert len(charts(page)) == drawn
    assert ("Nothing to compare" in page) == (pictures + captions == 1)


def test_items_without_a_vector_are_named_with_the_reason():
    collection = few_items(3, 3)
    page = written(session_of(collection, without={collection.texts[1].id}))
    assert f"<li>{collection.texts[1].text}: not embedded</li>" in page
    assert "1 pair left out" in page


def test_labels_stand_beside_their_items():
    collection = few_items(2, 0)
    labels = {collection.pictures[0].id: {"label": "cat", "split": "train"}}
    page = written(session_of(collection.adding([], [], labels)))
    assert "<span class='label'>cat</span> <span class='label'>split: train</span>" in page


def test_the_map_is_the_one_that_the_session_showed():
    session = session_of(few_items(3, 3))
    first = next(iter(session.shown.values()))
    xy = np.arange(12, dtype=np.float32).reshape(6, 2)
    projection = Projection(xy, "tsne", {"perplexity": 2}, 7)
    session.keep_map(ShownMap(first.digest, True, "tsne", Settings()), FinishedMap(projection, 0.5))
    one, other = made(session).setups
    assert np.array_equal(one.map.xy, xy)
    assert one.map_made == (
        "t-SNE (perplexity 2, seed 7, captions and pictures centred). Trustworthiness 0.50."
    )
    assert other.map_made.startswith("PCA")


def test_a_large_collection_stays_small_and_is_drawn_without_webgl():
    texts = [text_item(f"caption number {number}") for number in range(1_200)]
    page = written(session_of(Collection().adding(texts), 1))
    bare = len(report_html(made(session_of(few_items(1, 0), 1))))
    assert len(page.encode()) - bare < 2_500_000
    assert "All 1,200 rows and 1,200 columns, drawn coarsely" in page
    assert "scattergl" not in "".join(
        re.findall(r"<script type='application/json'.*?</script>", page, re.DOTALL)
    )


def test_many_pictures_are_shown_smaller():
    few, many = few_items(1, 0), LARGE_UP_TO + 1
    [picture] = few.pictures
    copies = [replace(picture, id=str(n)) for n in range(many)]
    page = written(session_of(Collection().adding(copies), 1))
    images = [attrs["src"] for attrs, _ in Elements(page).all("img")]
    assert len(images) == many
    assert len(images[0]) < len(picture.thumbnail)
