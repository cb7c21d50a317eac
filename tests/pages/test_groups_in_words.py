"""What the Groups page says and hides where there is much to show, or too little to tell."""

import re

import pytest

from collection.collection import Collection
from collection.items import Modality, text_item
from collection.modality_vectors import vectors_of
from space.outliers import outliers
from tests.pages.app_session import gone_to, pressed, session_of, words_on
from tests.pages.search_page import bodies, chosen, search_of, search_of_gallery


def members(app):
    """How many tiles each group shows."""
    return [
        body.count('<li class="tile') for body in bodies(app) if '<section class="group"' in body
    ]


def test_what_is_hidden_of_a_group_is_shown_by_a_button():
    app = gone_to(search_of_gallery(), "groups")
    app.selectbox(key="groups-count").set_value(2).run()
    assert sum(members(app)) < 2 * 57
    while any(button.label.startswith("Show ") for button in app.button):
        pressed(app, next(b.label for b in app.button if b.label.startswith("Show ")))
    assert sum(members(app)) == 2 * 57


def test_the_silhouette_of_hdbscan_is_said_to_be_that_of_the_items_in_groups():
    app = chosen(gone_to(search_of_gallery(), "groups"), "By", "hdbscan")
    assert words_on(app).count("of 1, of the items in groups") == 2


@pytest.fixture
def few():
    words = ("a cat", "a bus", "a harp")
    return gone_to(search_of(Collection().adding(map(text_item, words))), "groups")


def test_of_three_items_nothing_is_compared_and_there_is_no_column_of_pictures(few):
    assert "Too few items to group" in words_on(few)
    assert "Do the providers agree?" not in words_on(few)
    assert not any("cosine with its centre" in body for body in bodies(few))
    assert "picture" not in few.dataframe[0].value.columns


def test_of_three_items_it_is_not_said_that_none_is_far(few):
    chosen(few, "Look at", "Odd ones out")
    assert "It takes at least 4 items of one kind to tell." in words_on(few)
    assert "Nothing is far" not in words_on(few)


def test_the_farthest_item_of_all_is_named_where_none_is_far_enough():
    app = gone_to(search_of_gallery(), "groups")
    state = session_of(chosen(app, "Look at", "Odd ones out"))
    highest = max(
        outliers(vectors_of(state.collection, embeddings, modality).vectors).score.max()
        for embeddings in state.shown.values()
        for modality in Modality
    )
    found = re.search(r"nearest to that is .*: (-?\d\.\d) deviations", words_on(app))
    assert found
    assert float(found[1]) == round(float(highest), 1)
