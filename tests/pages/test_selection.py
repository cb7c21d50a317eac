"""Selecting on any page, and the bar that keeps, removes, labels and exports what is selected."""

import pytest

from tests.pages.app_session import gone_to, pressed, session_of, words_on
from tests.pages.search_page import bodies, lists_of_hits, search_of_gallery, searched
from ui.selection.actions import MAX_LABEL_CHARACTERS

PAGES = ("similarity", "map", "search", "groups", "odd_ones_out", "scorecard", "collection")


@pytest.fixture
def app():
    return search_of_gallery()


def buttons(app):
    return [button.label for button in app.button]


def with_selected(app, *names, captions=()):
    """Select pictures by their names, and captions by their words."""
    state = session_of(app)
    items = state.collection.items.values()
    state.selected = frozenset(item.id for item in items if item.label in (*names, *captions))
    assert len(state.selected) == len(names) + len(captions)
    return app.run()


def bar(app):
    return " ".join(body for body in bodies(app) if 'class="count"' in body)


def switched(app, on):
    next(t for t in app.toggle if t.label == "With partners").set_value(on).run()
    assert not app.exception
    return app


def labelled(app, value, name="label", press="Apply"):
    box = app.selectbox(key="label-name")
    if name not in box.options:
        box.options.append(name)  # typed by hand: the harness knows of no new options
    box.set_value(name)
    app.text_input(key="label-value").input(value)
    return pressed(app, press)


def labels_of(app):
    return {item_id: dict(of) for item_id, of in session_of(app).collection.labels.items()}


def captions_of(app, name):
    collection = session_of(app).collection
    picture = next(p for p in collection.pictures if p.name == name)
    return {collection.text(i).text for i in collection.captions_of[picture.id]}


def test_the_bar_stands_on_every_page_with_items_once_something_is_selected(app):
    wanted = {"Keep only these", "Remove these", "Export these", "Clear selection"}
    with_selected(app, "cat.jpg", "horse.jpg", captions=["A cute cat"])
    for page in PAGES:
        gone_to(app, page)
        assert "<b>3 items selected</b>" in bar(app), page
        assert "2 pictures and 1 caption" in bar(app), page
        assert wanted <= set(buttons(app)), page
    pressed(app, "Clear selection")
    assert bar(app) == ""
    assert not wanted & set(buttons(app))


def test_all_hits_of_all_columns_are_selected_beside_what_is_selected(app):
    with_selected(app, "cat.jpg")
    before = session_of(app).selected
    searched(app, "fruit")
    pressed(app, "Select these hits")
    hits = {item_id for column in lists_of_hits(app) for item_id in column}
    assert session_of(app).selected == before | hits


def test_what_odd_ones_out_lists_is_selected(app):
    gone_to(app, "odd_ones_out")
    (button,) = (b for b in app.button if b.label.startswith("Select these ("))
    pressed(app, button.label)
    count = len(session_of(app).selected)
    assert button.label == f"Select these ({count} items)"
    assert f"<b>{count} items selected</b>" in bar(app)


def test_of_two_that_are_nearly_the_same_only_one_is_selected(app):
    gone_to(app, "odd_ones_out")
    app.segmented_control(key="odd-section").set_value("Nearly the same").run()
    app.slider(key="duplicates-from").set_value(0.6).run()
    (button,) = (b for b in app.button if b.label.startswith("Select one of each two"))
    pressed(app, button.label)
    collection = session_of(app).collection
    assert 0 < len(session_of(app).selected) < len(collection)
    firsts = {item_id for item_id in collection.items if item_id not in session_of(app).selected}
    assert firsts


def test_keeping_takes_the_partners_along_and_undo_brings_all_back_with_the_selection(app):
    with_selected(app, "cat.jpg", "horse.jpg")
    state = session_of(app)
    before, selected = state.collection, state.selected
    wanted = captions_of(app, "cat.jpg") | captions_of(app, "horse.jpg")
    pressed(app, "Keep only these")
    assert {p.name for p in state.collection.pictures} == {"cat.jpg", "horse.jpg"}
    assert {text.text for text in state.collection.texts} == wanted
    said = f"Kept only 2 pictures and {len(wanted)} captions"
    assert said in words_on(app)
    assert state.selected == frozenset()
    assert state.complete
    pressed(app, f"Undo keeping only {2 + len(wanted)} items")
    assert state.collection is before
    assert state.selected == selected
    assert state.complete
    assert said not in words_on(app)


def test_without_their_partners_exactly_the_selected_ones_are_kept(app):
    with_selected(app, "cat.jpg")
    switched(app, False)
    pressed(app, "Keep only these")
    assert [item.label for item in session_of(app).collection.items.values()] == ["cat.jpg"]


def test_removing_takes_along_what_would_be_left_without_a_partner(app):
    state = session_of(app)
    (first, *others) = captions_of(app, "cat.jpg")
    assert others
    with_selected(app, captions=[first])
    pressed(app, "Remove these")
    assert captions_of(app, "cat.jpg") == set(others)
    with_selected(app, "cat.jpg")
    pressed(app, "Remove these")
    assert "cat.jpg" not in {picture.name for picture in state.collection.pictures}
    assert not {text.text for text in state.collection.texts} & set(others)
    assert "Removed 1 picture and 1 caption" in words_on(app)


def test_without_their_partners_captions_are_left_alone(app):
    (caption,) = captions_of(app, "horse.jpg")
    with_selected(app, "horse.jpg")
    switched(app, False)
    pressed(app, "Remove these")
    state = session_of(app)
    lone, _ = state.collection.lone
    assert caption in {state.collection.text(item_id).text for item_id in lone}


def test_all_items_cannot_be_kept_for_that_would_change_nothing(app):
    state = session_of(app)
    state.selected = frozenset(state.collection.items)
    app.run()
    assert next(b for b in app.button if b.label == "Keep only these").disabled


def test_a_label_is_a_step_that_filters_search_and_stands_in_the_table(app):
    with_selected(app, "cat.jpg", "horse.jpg")
    selected = session_of(app).selected
    labelled(app, "  an   animal ", name="sort")
    assert "Labelled 2 pictures and 3 captions: sort is “an animal”" in words_on(app).replace(
        "\\", ""
    )
    assert session_of(app).selected == selected
    assert len(labels_of(app)) == 5
    searched(app, "fruit")
    (only,) = (box for box in app.multiselect if box.label == "Only with this sort")
    only.set_value(["an animal"]).run()
    assert set(lists_of_hits(app)[0]) == selected
    gone_to(app, "collection")
    pressed(app, "Undo labelling 5 items")
    assert labels_of(app) == {}
    assert session_of(app).selected == selected


def test_a_label_of_captions_alone_filters_search_too(app):
    with_selected(app, captions=["A cute cat"])
    switched(app, False)
    labelled(app, "yes", name="check")
    assert len(labels_of(app)) == 1
    searched(app, "fruit")
    assert "Only with this check" in [box.label for box in app.multiselect]


def test_the_name_of_a_label_is_shown_as_it_is_where_it_filters(app):
    with_selected(app, "cat.jpg")
    labelled(app, "yes", name="![x](y) $z$")
    searched(app, "fruit")
    (box,) = (box for box in app.multiselect if box.label.startswith("Only with this"))
    assert "![x](" not in box.label
    assert "$z$" not in box.label


def test_a_label_can_be_taken_away_again(app):
    with_selected(app, "cat.jpg")
    assert "Remove label" not in buttons(app)
    labelled(app, "x" * (MAX_LABEL_CHARACTERS - 1))
    assert len(labels_of(app)) == 3
    labelled(app, "", press="Remove label")
    assert labels_of(app) == {}
    pressed(app, "Undo taking a label from 3 items")
    assert len(labels_of(app)) == 3
    labelled(app, "", name="other", press="Remove label")
    assert "None of these has the label other" in words_on(app)
    assert len(labels_of(app)) == 3
    assert not [label for label in buttons(app) if label.startswith("Undo")]


def test_a_label_without_a_value_is_asked_for_and_changes_nothing(app):
    with_selected(app, "cat.jpg")
    labelled(app, "   ")
    assert "Write a value first." in words_on(app)
    assert labels_of(app) == {}


def test_what_was_done_is_said_on_its_page_until_it_is_closed_or_left(app):
    with_selected(app, "cat.jpg")
    pressed(app, "Remove these")
    assert "Removed 1 picture" in words_on(app)
    app.run()
    assert "Removed 1 picture" in words_on(app)
    gone_to(app, "collection")
    assert "Removed 1 picture" not in words_on(app)
    with_selected(app, "horse.jpg")
    pressed(app, "Remove these")
    pressed(app, "Close")
    assert "Removed 1 picture" not in words_on(app)


def test_words_of_a_label_are_shown_as_they_are(app):
    with_selected(app, "cat.jpg")
    labelled(app, "![x](http://example.invalid/x.png) **b**")
    (said,) = (m.value for m in app.markdown if "Labelled" in m.value)
    assert "![x](" not in said
    assert "**b**" not in said


def test_export_these_opens_the_dialog_with_the_partners_selected(app):
    with_selected(app, "cat.jpg")
    pressed(app, "Export these")
    assert len(session_of(app).selected) == 3
    assert app.session_state["export-which"] == "Selected items"
    assert "3 items with labels and pairs" in words_on(app)


def test_the_selection_forgets_what_is_no_longer_in_the_collection(app):
    with_selected(app, "cat.jpg", "horse.jpg")
    state = session_of(app)
    cat = next(p for p in state.collection.pictures if p.name == "cat.jpg")
    state.editing.collection = state.collection.removing({cat.id})
    app.run()
    assert "<b>1 item selected</b>" in bar(app)
    assert cat.id not in state.selected
