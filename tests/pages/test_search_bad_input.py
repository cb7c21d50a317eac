"""Search when there is little to search for, or what is brought is odd, hostile or unreadable."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from collection.collection import Collection, Pair
from collection.items import Modality, text_item
from collection.picture import ingest_picture
from collection.samples import load_sample
from tests.pages.app_session import gone_to, pressed, session_of, words_on
from tests.pages.search_page import (
    bodies,
    chosen,
    dropped,
    field,
    kinds_of_hits,
    like,
    lists_of_hits,
    offered,
    picture_called,
    ranks,
    search_of,
    search_of_gallery,
    searched,
    verdicts,
)
from ui.state.query import Target, query_input

CAT = load_sample("cat-and-box").pictures[0]


@pytest.fixture
def gallery():
    return search_of_gallery()


def png(shade, size=(48, 48)):
    file = io.BytesIO()
    Image.new("RGB", size, shade).save(file, "PNG")
    return file.getvalue()


def picture(name, shade):
    return ingest_picture(name, png(shade))


@pytest.mark.parametrize("words", ["", "   ", "\u200b"])
def test_blank_words_search_for_nothing_and_say_what_to_do(gallery, words):
    searched(gallery, words)
    assert "Type some words above" in words_on(gallery)
    assert session_of(gallery).search.query.to_embed == ()
    assert not session_of(gallery).search.asked


def test_two_thousand_characters_are_searched_and_what_is_not_read_is_said(gallery):
    searched(gallery, "a cat on a roof " * 125)
    assert [len(hits) for hits in lists_of_hits(gallery)] == [6, 6]
    assert "only the first part of your words is read (256 tokens)" in words_on(gallery)


def test_words_that_no_local_model_reads_are_refused_in_a_sentence(gallery):
    searched(gallery, "你好")
    assert not lists_of_hits(gallery)
    assert ["knows no word or sign" in warning.value for warning in gallery.warning] == [True] * 2
    assert "grey bars" not in words_on(gallery)
    assert [len(hits) for hits in lists_of_hits(searched(gallery, "a cat"))] == [6, 6]


def test_a_file_that_is_no_picture_is_named_until_something_else_is_searched(gallery):
    searched(gallery, "a cat")
    dropped(gallery, "<b>![x](data:,x).png", b"no picture")
    assert [len(hits) for hits in lists_of_hits(gallery)] == [6, 6]
    assert "\\<b\\>\\!\\[x\\]" in gallery.warning[0].value
    assert session_of(gallery).search.query.picture is None
    searched(gallery, "a dog")
    assert not gallery.warning


def test_an_item_that_has_left_the_collection_is_searched_with_no_more(gallery):
    like(gallery, picture_called(gallery, "harp.jpg"))
    session_of(gallery).editing.show_sample("cat-and-box", "Cat and box")
    gone_to(gallery, "search")
    assert session_of(gallery).search.query.blank
    assert "Type some words above" in words_on(gallery)
    assert lists_of_hits(searched(gallery, "a cat")) == [[CAT.id], [CAT.id]]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("kind", ["pictures", "captions"])
def test_very_small_collections_of_one_kind_can_be_searched(count, kind):
    shades = ("red", "green", "blue")[:count]
    items = [picture(f"{s}.png", s) if kind == "pictures" else text_item(s) for s in shades]
    app = searched(search_of(Collection().adding(items)), "red")
    chosen(app, "Find", Target.BOTH)
    assert [len(hits) for hits in lists_of_hits(app)] == [count, count]
    other = "caption" if kind == "pictures" else "picture"
    assert words_on(app).count(f"There is no {other} to find.") == 2
    like(app, items[0].id)
    assert [len(hits) for hits in lists_of_hits(app)] == [count - 1] * 2 * (count > 1)
    if count == 1:
        noun = kind.removesuffix("s")
        assert words_on(app).count(f"There is no other {noun} to find.") == 2


def test_pictures_that_are_all_but_the_same_are_said_to_fit_equally_well():
    red = picture("red.png", "red")
    # Eight files that differ in nothing the models see.
    copies = [replace(red, id=f"{n:064x}", name=f"copy {n}.png") for n in range(8)]
    app = searched(search_of(Collection().adding(copies)), "something red")
    assert [len(hits) for hits in lists_of_hits(app)] == [6, 6]
    assert all("fit about equally well" in said for said in verdicts(app))
    assert {rank for hits in ranks(app) for rank, _ in hits} == {1}
    chosen(app, "Variety", "Much")
    assert [len(hits) for hits in lists_of_hits(app)] == [6, 6]


def test_an_item_without_a_vector_has_nothing_like_it_and_the_rest_goes_on():
    unread = text_item("你好")
    app = search_of(Collection().adding([unread, text_item("a cat"), CAT]))
    like(app, unread.id)
    assert words_on(app).count("nothing like it can be found") == 2
    assert offered(app) == []
    searched(app, "a cat")
    assert words_on(app).count("nothing like it can be found") == 2
    pressed(app, "Without it")
    assert [len(hits) for hits in lists_of_hits(app)] == [1, 1]


def test_an_item_that_one_provider_lacks_costs_the_other_column_nothing(gallery):
    state = session_of(gallery)
    cat = picture_called(gallery, "cat.jpg")
    first, known = next(iter(state.embedding.results.items()))
    state.embedding.results[first] = known.restricted_to(set(known.ids) - {cat})
    like(chosen(gallery, "Find", Target.BOTH), cat)
    assert words_on(gallery).count("nothing like it can be found") == 1
    assert kinds_of_hits(gallery) == [{"picture"}, {"text"}]


def test_hostile_words_captions_and_file_names_stay_words():
    hostile = '<script>x</script> ![x](http://example.invalid/x.png) "quoted"'
    mine = picture("![x](http:example.invalid) <b>.png", "red")
    caption = text_item(hostile)
    app = search_of(Collection().adding([caption, mine, CAT], [Pair(caption.id, mine.id)]))
    searched(app, hostile)
    chosen(app, "Find", Target.BOTH)
    gone_to(like(app, caption.id), "search")
    searched(app, hostile)
    shown = " ".join(bodies(app))
    assert "<script>" not in shown
    assert "<b>.png" not in shown
    assert "&lt;b&gt;.png" in shown
    written = [
        element.value for kind in ("markdown", "warning", "caption") for element in app.get(kind)
    ]
    assert not [words for words in written if "<script>" in words or "![x](" in words]


def test_two_parts_that_cancel_each_other_out_are_explained(gallery):
    cat = picture_called(gallery, "cat.jpg")
    searched(gallery, "a cat")
    state = session_of(gallery)
    first = next(iter(state.embedding.results))
    part = query_input(state.search.query.text, Modality.PICTURE, first)
    known = state.embedding.results[first]
    vectors = np.array(known.vectors)
    vectors[known.row_of[cat]] = -state.search.vectors.state(first, part).vector
    state.embedding.results[first] = replace(known, vectors=vectors)
    field(gallery, "Or one of the collection").set_value(cat).run()
    assert not gallery.exception
    assert words_on(gallery).count("cancel each other out") == 1
    assert len(lists_of_hits(gallery)) == 1  # those of the other provider
