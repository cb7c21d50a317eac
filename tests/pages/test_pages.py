"""Each page without a browser: first as a newcomer, then with something to show."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from providers.registry import PROVIDERS
from tests.pages.app_session import (
    embedded,
    gone_to,
    opened,
    pressed,
    results_of,
    session_of,
    words_on,
)
from ui import shell
from ui.collection.caption_table import apply_caption_edits

PAGES = tuple(Path(path).stem for path, _, _ in shell.PAGES if path != "app.py")


def png(colour, size=(64, 48)):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def gallery():
    """The app with the gallery embedded."""
    return embedded(pressed(opened("collection"), "Gallery"))


@pytest.mark.parametrize("page", PAGES)
def test_a_newcomer_sees_no_error_on_any_page(page):
    assert not opened(page).exception


@pytest.mark.parametrize(
    "page", ["similarity", "map", "search", "groups", "odd_ones_out", "scorecard"]
)
def test_a_page_with_nothing_to_show_says_what_to_do_next(page):
    assert "nothing to compare yet" in words_on(opened(page))


def test_the_sidebar_names_the_pages_and_holds_no_text_field():
    app = opened()
    links = [link.proto.label for link in app.sidebar.get("page_link")]
    assert links == [
        *("Start", "Collection", "Providers", "Similarity"),
        *("Map", "Search", "Groups", "Odd ones out", "Scorecard", "Requests"),
    ]
    assert not app.sidebar.text_input
    assert not app.sidebar.text_area


def test_show_me_loads_the_gallery_and_embeds_it_at_once():
    app = pressed(opened(), "Show me")
    state = session_of(app)
    assert len(state.collection.pictures) > 20
    assert state.embedding.run is not None
    assert state.embedding.run.wait(60)
    gone_to(app, "similarity")
    assert {e.setup.provider for e in results_of(app)} == {"local-minilm", "local-static"}


def test_the_sidebar_shows_size_and_run_on_every_page(gallery):
    for page in PAGES:
        gone_to(gallery, page)
        captions = [c.value for c in gallery.sidebar.caption]
        assert captions[0] == "26 pictures · 31 captions · 31 pairs"
        assert captions[1] == "Local MiniLM\\: ready  \nLocal Static\\: ready"


def test_only_the_embedded_providers_are_ticked_at_first_and_all_say_what_they_are_bad_at():
    app = opened("providers")
    embedded_ones = [provider.info.embedded for provider in PROVIDERS.values()]
    assert [box.value for box in app.checkbox] == embedded_ones
    for id_ in PROVIDERS:
        next(b for b in app.button if b.key == f"set-up-{id_}").click().run()
        assert words_on(app).count("Bad at") == 1


def test_an_unticked_provider_is_not_asked():
    app = pressed(opened("collection"), "Cat and box")
    gone_to(app, "providers")
    app.checkbox[1].uncheck().run()
    embedded(app)
    assert [e.setup.provider for e in results_of(app)] == ["local-minilm"]


def test_captions_that_are_not_english_are_warned_about():
    app = opened("collection")
    app.text_area[0].input("Das ist eine sehr schöne Katze auf dem Dach")
    pressed(app, "Add captions")
    assert "may not be English" in words_on(gone_to(app, "providers"))


def test_similarity_says_of_every_setup_at_once_who_finds_what(gallery):
    tables = [e.proto.body for e in gone_to(gallery, "similarity").get("html")]
    (table,) = (body for body in tables if "class='verdicts'" in body)
    assert "captions that find their own picture first" in table
    assert "<b>29</b> of 31" in table
    assert "<b>25</b> of 31" in table
    assert len(re.findall(r"<b>\d+</b> of 26", table)) == 2
    assert "Local MiniLM" in table


def test_without_a_pair_the_verdict_says_so(gallery):
    app = opened("collection")
    app.text_area[0].input("A cat")
    pressed(app, "Add captions")
    app.file_uploader[0].upload("IMG_1.png", png("red"), "image/png").run()
    tables = [e.proto.body for e in gone_to(embedded(app), "similarity").get("html")]
    assert "no pair yet" in next(body for body in tables if "class='verdicts'" in body)


def chosen_cell(app, row, column):
    """Choose a cell of the heatmaps by the two lists."""
    gone_to(app, "similarity")
    app.selectbox(key="cell-row").set_value(row).run()
    app.selectbox(key="cell-column").set_value(column).run()
    assert not app.exception
    return app


def picture_named(app, name):
    return next(p for p in session_of(app).collection.pictures if p.name == name)


def html_on(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def test_a_chosen_cell_is_shown_with_its_rank_both_ways_and_close_up(gallery):
    cat = picture_named(gallery, "cat.jpg")
    caption = session_of(gallery).collection.captions_of[cat.id][0]
    assert 'class="cell"' not in html_on(gone_to(gallery, "similarity"))
    app = chosen_cell(gallery, caption, cat.id)
    assert html_on(app).count("rank 1 of 26 in its row") == 2
    table = app.table[0].value
    assert list(table["Rank of the column, for this row"]) == ["1 of 26", "1 of 26"]
    app.button(key="forget-cell").click().run()
    assert 'class="cell"' not in html_on(app)


def test_the_misses_are_named_with_what_is_taken_for_their_picture(gallery):
    page = html_on(gone_to(gallery, "similarity"))
    assert page.count("data-cell=") == 5
    assert "An elephant with long tusks" in page
    pressed(gallery, "Show 1 more")
    assert html_on(gallery).count("data-cell=") == 6


def test_rows_can_be_those_that_are_missed_or_on_which_the_setups_differ(gallery):
    gone_to(gallery, "similarity")
    shown = {}
    for rows in ("Misses", "Setups differ", "All rows"):
        gallery.segmented_control(key="heatmap-rows").set_value(rows).run()
        assert not gallery.exception
        shown[rows] = html_on(gallery).count('<li style="top:')
    assert shown == {"Misses": 6, "Setups differ": 4, "All rows": 31}


@pytest.mark.parametrize("scale", ["cosine", "rank", "softmax", "z"])
@pytest.mark.parametrize("order", ["given", "pair", "cluster"])
def test_every_scale_and_order_can_be_shown(gallery, scale, order):
    gone_to(gallery, "similarity")
    next(box for box in gallery.selectbox if box.label == "Scale").set_value(scale).run()
    next(box for box in gallery.selectbox if box.label == "Order").set_value(order).run()
    assert not gallery.exception
    assert len(gallery.get("plotly_chart")) == 2


def test_raw_cosines_of_two_providers_never_share_a_colour_bar_unsaid(gallery):
    gone_to(gallery, "similarity")
    next(box for box in gallery.selectbox if box.label == "Scale").set_value("cosine").run()
    assert "own colour bar" in words_on(gallery)


def test_all_by_all_compares_texts_and_pictures_as_blocks(gallery):
    gone_to(gallery, "similarity")
    gallery.segmented_control[0].set_value("all").run()
    assert not gallery.exception
    assert "caption with picture <b>" in html_on(gallery)
    assert "Are captions closer to captions" in words_on(gallery)
    gallery.segmented_control[0].set_value("captions").run()


def test_the_map_shows_pca_or_umap_with_its_trustworthiness(gallery):
    gone_to(gallery, "map")
    gallery.segmented_control[0].set_value("pca").run()
    for _ in range(100):
        if words_on(gallery).count("trustworthiness") == 2:
            break
        gallery.run()
    assert words_on(gallery).count("trustworthiness **0.") == 2
    assert len(gallery.get("plotly_chart")) == 2


def test_selected_items_are_listed_with_their_neighbours_per_provider(gallery):
    state = session_of(gallery)
    cat = next(p.id for p in state.collection.pictures if p.name == "cat.jpg")
    state.selected = frozenset({cat})
    gone_to(gallery, "map")
    html = " ".join(element.proto.body for element in gallery.get("html"))
    assert html.count("nearest first") == 2
    assert html.count('<ol class="tiles brief"') == 2
    assert "A cute cat" in html
    state.selected = frozenset()


def test_what_is_embedded_is_not_embedded_again_but_leads_to_who_finds_what():
    app = embedded(pressed(opened("collection"), "Cat and box"))
    assert not [button for button in app.button if button.key == "embed"]
    pressed(app, "See who finds what")
    assert app.title[0].value == "Which caption fits which picture?"


def test_an_added_picture_keeps_all_results_and_is_embedded_alone():
    app = embedded(pressed(opened("collection"), "Cat and box"))
    app.file_uploader[0].upload("new.png", png("crimson"), "image/png").run()
    assert not app.exception
    assert words_on(app).count("1 item not embedded yet") >= 2
    embedded(app)
    assert words_on(app).count("4 of 5 from cache, 1 embedded now") == 2


def test_an_edited_caption_keeps_the_results_of_all_other_items():
    app = embedded(pressed(opened("collection"), "Cat and box"))
    # The harness does not fire the editor's on_change, so its work is called by hand.
    apply_caption_edits(session_of(app), 0, {0: {"caption": "A very cute cat"}})
    app.run()
    assert [len(e) for e in results_of(app)] == [3, 3]
    assert words_on(app).count("1 item not embedded yet") == 2
    embedded(app)
    assert words_on(app).count("3 of 4 from cache, 1 embedded now") == 2


def test_an_edit_leaves_every_row_of_the_table_at_its_place():
    app = pressed(opened("collection"), "Gallery")
    state = session_of(app)
    before = [row.picture for row in state.editing.table_rows()]
    apply_caption_edits(state, 0, {3: {"caption": "another"}, 5: {"caption": None}})
    rows = state.editing.table_rows()
    assert [row.picture for row in rows] == before
    assert rows[3].text.text == "another"
    assert rows[5].text is None


def test_an_over_long_caption_is_refused_in_words_and_the_old_one_stays():
    app = pressed(opened("collection"), "Cat and box")
    apply_caption_edits(session_of(app), 0, {0: {"caption": "long " * 5000}})
    app.run()
    assert "was not taken over" in app.warning[0].value
    assert session_of(app).editing.table_rows()[0].text.text == "A cute cat"


def test_a_file_that_is_no_picture_is_named_and_costs_the_other_nothing():
    app = opened("collection")
    app.file_uploader[0].upload("good.png", png("green"), "image/png")
    app.file_uploader[0].upload("bad.png", b"this is no picture", "image/png").run()
    assert not app.exception
    assert len(session_of(app).collection.pictures) == 1
    assert "bad\\.png" in app.warning[0].value


def test_clear_can_be_undone_and_its_results_are_still_there():
    app = embedded(pressed(opened("collection"), "Cat and box"))
    pressed(app, "Clear")
    assert len(session_of(app).collection) == 0
    pressed(app, "Undo clearing")
    assert len(session_of(app).collection) == 4
    assert "All 4 items are embedded" in words_on(app)


def test_nothing_is_lost_when_the_page_is_left_and_returned_to():
    app = pressed(opened("collection"), "Cat and box")
    gone_to(app, "map")
    gone_to(app, "collection")
    assert len(session_of(app).collection) == 4


def test_a_picture_may_get_another_caption():
    app = pressed(opened("collection"), "Cat and box")
    next(t for t in app.text_input if t.label == "Caption").input("An old box")
    box = next(p.id for p in session_of(app).collection.pictures if "box" in p.name)
    next(b for b in app.selectbox if b.label == "Picture").set_value(box)
    pressed(app, "Add")
    collection = session_of(app).collection
    captions = [collection.text(id_).text for id_ in collection.captions_of[box]]
    assert captions == ["A cardboard box", "An old box"]


def test_a_known_miss_of_the_gallery_is_explained_close_up(gallery):
    astronaut = picture_named(gallery, "astronaut.jpg")
    caption = session_of(gallery).collection.captions_of[astronaut.id][0]
    chosen_cell(gallery, caption, astronaut.id)
    assert "football helmet" in words_on(gallery)


def test_lone_captions_and_pictures_can_be_paired_in_order():
    app = opened("collection")
    app.file_uploader[0].upload("red.png", png("red"), "image/png").run()
    app.text_area[0].input("a red square\na second caption")
    pressed(app, "Add captions")
    pressed(app, "Pair in order: 1 caption with 1 picture")
    collection = session_of(app).collection
    assert len(collection.pairs) == 1
    assert collection.text(collection.pairs[0].text_id).text == "a red square"


@pytest.mark.parametrize("captions", ["one", "one\ntwo", "one\ntwo\nthree"])
def test_very_small_collections_of_one_modality_only_have_pages_too(captions):
    app = opened("collection")
    app.text_area[0].input(captions)
    embedded(pressed(app, "Add captions"))
    assert "needs captions and pictures" in words_on(gone_to(app, "similarity"))
    app.segmented_control[0].set_value("all").run()
    assert not app.exception
    gone_to(app, "map")
    assert len(app.get("plotly_chart")) == 2


def test_a_text_without_meaning_to_the_models_is_named_and_the_rest_goes_on():
    app = opened("collection")
    app.text_area[0].input("a cat\n你好")
    embedded(pressed(app, "Add captions"))
    assert "1 item without a vector" in words_on(app)
    assert "你好" in words_on(app)
    assert [len(e) for e in results_of(app)] == [1, 1]
    app = gone_to(app, "similarity")
    app.segmented_control[0].set_value("all").run()
    assert not app.exception
    gone_to(app, "map")


def test_when_every_item_failed_the_page_says_so_and_why():
    app = opened("collection")
    app.text_area[0].input("你好\n🎉")
    embedded(pressed(app, "Add captions"))
    words = words_on(gone_to(app, "similarity"))
    assert "No item has a vector" in words
    assert "你好" in words


def test_pictures_of_the_same_name_can_be_told_apart_in_a_list():
    app = opened("collection")
    app.file_uploader[0].upload("IMG_1.png", png("red"), "image/png")
    app.file_uploader[0].upload("IMG_1.png", png("blue"), "image/png").run()
    box = next(b for b in app.selectbox if b.label == "Picture")
    assert box.options == ["IMG_1.png", "IMG_1.png (2)"]


def test_a_setup_keeps_its_colour_when_another_is_unticked():
    app = embedded(pressed(opened("collection"), "Cat and box"))

    def colour_of_static():
        html = [e.proto.body for e in gone_to(app, "similarity").get("html")]
        return next(h for h in html if "class='verdicts'" not in h and "Local Static" in h).split(
            "border-color:"
        )[1][:7]

    before = colour_of_static()
    gone_to(app, "providers")
    app.checkbox[0].uncheck().run()
    assert colour_of_static() == before


def test_two_people_have_two_collections():
    first, second = opened("collection"), opened("collection")
    pressed(first, "Cat and box")
    second.run()
    assert len(session_of(second).collection) == 0
