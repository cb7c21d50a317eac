"""What the Groups page says and hides where there is much to show, or too little to tell."""

import html
import re

import pytest

from collection.collection import Collection
from collection.items import Modality, text_item
from collection.modality_vectors import vectors_of
from space.outliers import outliers
from tests.pages.app_session import gone_to, session_of, words_on
from tests.pages.search_page import bodies, chosen, search_of, search_of_gallery


def groups_shown(app):
    """The HTML of each group."""
    whole = " ".join(bodies(app))
    return re.findall(r'<details class="group".*?</details>', whole, re.DOTALL)


def test_a_group_is_one_line_and_holds_all_of_its_items_where_it_is_opened():
    app = gone_to(search_of_gallery(), "groups")
    groups = groups_shown(app)
    lines = [re.sub(r"</summary>.*", "", group, flags=re.DOTALL) for group in groups]
    assert all(line.count("<img") <= 6 and "data-like" not in line for line in lines)
    assert sum(group.count('<li class="tile') for group in groups) == 2 * 57


def test_a_large_group_names_what_it_does_not_show():
    app = gone_to(search_of_gallery(), "groups")
    app.selectbox(key="groups-count").set_value(2).run()
    groups = groups_shown(app)
    assert len(groups) == 4
    shown = sum(group.count('<li class="tile') for group in groups)
    assert shown < 2 * 57
    labels = {html.escape(item.label) for item in session_of(app).collection.items.values()}
    for column in (groups[:2], groups[2:]):
        assert not [label for label in labels if label not in " ".join(column)]


def test_the_picture_count_of_a_line_is_what_its_pictures_leave_out():
    app = gone_to(search_of_gallery(), "groups")
    for group in groups_shown(app):
        line, rest = group.split("</summary>")
        more = re.search(r"<span>\+(\d+)</span>", line)
        hidden = int(more[1]) if more else 0
        assert line.count("<img") + hidden == rest.count('<li class="tile')


def test_the_silhouette_of_hdbscan_is_said_to_be_that_of_the_items_in_groups():
    app = chosen(gone_to(search_of_gallery(), "groups"), "By", "hdbscan")
    assert words_on(app).count("of 1, of the items in groups") == 2


@pytest.fixture
def few():
    words = ("a cat", "a bus", "a harp")
    return gone_to(search_of(Collection().adding(map(text_item, words))), "groups")


def test_of_three_items_nothing_is_compared_and_there_is_no_column_of_pictures(few):
    assert "Too few items to group" in " ".join(bodies(few))
    assert "agree on" not in words_on(few)
    assert not any("Items that change groups" in body for body in bodies(few))
    assert not any("cosine with its centre" in body for body in bodies(few))
    assert "picture" not in few.dataframe[0].value.columns


def test_of_three_items_it_is_not_said_that_none_is_far(few):
    chosen(gone_to(few, "odd_ones_out"), "Look for", "Far from others")
    assert "It takes at least 4 items of one kind to tell." in words_on(few)
    assert "Nothing is far" not in words_on(few)


def test_the_farthest_item_of_all_is_named_where_none_is_far_enough():
    app = gone_to(search_of_gallery(), "odd_ones_out")
    state = session_of(chosen(app, "Look for", "Far from others"))
    highest = max(
        outliers(vectors_of(state.collection, embeddings, modality).vectors).score.max()
        for embeddings in state.shown.values()
        for modality in Modality
    )
    found = re.search(r"nearest to that is .*: (-?\d\.\d) deviations", words_on(app))
    assert found
    assert float(found[1]) == round(float(highest), 1)
