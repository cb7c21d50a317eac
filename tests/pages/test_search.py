"""Search with the local providers: words, pictures, both, and more like this."""

import re

import pytest

import ui.state.query_vectors
from providers.embedding.run import run_of_inputs
from tests.pages.app_session import gone_to, opened, pressed, session_of, words_on
from tests.pages.search_page import (
    bodies,
    bodies_of_hits,
    chosen,
    cosines,
    dropped,
    field,
    kinds_of_hits,
    like,
    lists_of_hits,
    picture_called,
    ranks,
    search_of_gallery,
    searched,
    settled,
    tried,
    typed,
    verdicts,
)
from ui.search.examples import EXAMPLES
from ui.state.query import Query, Target


@pytest.fixture
def gallery():
    return search_of_gallery()


@pytest.fixture
def asked(monkeypatch):
    """What was given to the providers to embed, question by question."""
    given = []

    def spy(wanted, *rest, **more):
        given.extend(wanted.items())
        return run_of_inputs(wanted, *rest, **more)

    monkeypatch.setattr(ui.state.query_vectors, "run_of_inputs", spy)
    return given


def name_of(app, item_id):
    return session_of(app).collection.items[item_id].label


def test_nothing_is_looked_for_before_something_is_asked(gallery, asked):
    assert "Type some words above" in words_on(gallery)
    assert not lists_of_hits(gallery)
    assert asked == []


def test_an_empty_collection_says_what_to_do_next():
    assert "nothing to compare yet" in words_on(opened("search"))


def test_words_find_pictures_best_first_in_a_column_for_each_provider(gallery):
    searched(gallery, "a cat")
    assert kinds_of_hits(gallery) == [{"picture"}, {"picture"}]
    assert [len(hits) for hits in lists_of_hits(gallery)] == [6, 6]
    for hits, of_hits, values in zip(
        lists_of_hits(gallery), ranks(gallery), cosines(gallery), strict=True
    ):
        assert "cat" in name_of(gallery, hits[0])
        assert of_hits == [(rank, 26) for rank in range(1, 7)]
        assert values == sorted(values, reverse=True)
    assert all(
        "First: “A cute cat”</b>, with a clear lead over" in said for said in verdicts(gallery)
    )
    assert "<b>stands out</b>" in next(body for body in bodies(gallery) if "<ol" in body)


def test_words_are_embedded_once_a_provider_and_never_the_collection_again(gallery, asked):
    searched(gallery, "a cat")
    chosen(gallery, "Hits", 12)
    chosen(gallery, "Variety", "Some")
    chosen(gallery, "Find", Target.BOTH)
    gone_to(gone_to(gallery, "collection"), "search")
    searched(gallery, "a cat")
    inputs = [[item.payload for item in some] for _, some in asked]
    assert inputs == [["a cat"], ["a cat"]]
    assert {setup.provider for setup, _ in asked} == {"local-minilm", "local-static"}


def test_words_that_were_typed_but_not_sent_off_ask_nothing(gallery, asked):
    typed(gallery, "a cat").run()
    assert asked == []
    assert session_of(gallery).search.query.blank


def test_words_that_come_without_the_button_are_asked_of_the_local_models(gallery):
    gallery.session_state["search-words"] = "a cat"
    settled(gallery.run())
    assert [len(hits) for hits in lists_of_hits(gallery)] == [6, 6]
    assert not session_of(gallery).search.asked


def test_captions_and_both_kinds_can_be_looked_for(gallery):
    searched(gallery, "a cat")
    chosen(gallery, "Find", Target.CAPTIONS)
    assert kinds_of_hits(gallery) == [{"text"}, {"text"}]
    chosen(gallery, "Find", Target.BOTH)
    assert kinds_of_hits(gallery) == [{"picture"}, {"text"}] * 2
    assert [hits[0][1] for hits in ranks(gallery)] == [26, 31, 26, 31]


def test_more_hits_keep_the_first_ones(gallery):
    few = lists_of_hits(searched(gallery, "a cat"))
    many = lists_of_hits(chosen(gallery, "Hits", 24))
    assert [len(hits) for hits in many] == [24, 24]
    assert [hits[:6] for hits in many] == few


def test_variety_gives_other_hits_and_keeps_the_best_one_and_its_rank(gallery):
    plain = lists_of_hits(searched(gallery, "an animal"))
    varied = lists_of_hits(chosen(gallery, "Variety", "Much"))
    assert varied != plain
    assert [hits[0] for hits in varied] == [hits[0] for hits in plain]
    assert all(hits[0][0] == 1 and max(hits)[0] <= 12 for hits in ranks(gallery))
    assert "maximal marginal relevance" in words_on(gallery)


def test_a_dropped_picture_finds_pictures_and_captions_and_does_not_join_the_collection(gallery):
    chosen(gallery, "Find", Target.BOTH)
    cat = session_of(gallery).collection.items[picture_called(gallery, "cat.jpg")]
    dropped(gallery, "mine.png", cat.jpeg)
    assert kinds_of_hits(gallery) == [{"picture"}, {"text"}] * 2
    for pictures in lists_of_hits(gallery)[::2]:
        assert name_of(gallery, pictures[0]) == "cat.jpg"
    assert len(session_of(gallery).collection.pictures) == 26
    assert "mine\\.png" in words_on(gallery)


def test_a_picture_of_the_collection_finds_others_without_any_embedding(gallery, asked):
    cat = picture_called(gallery, "cat.jpg")
    chosen(gallery, "Find", Target.BOTH)
    field(gallery, "Or one of the collection").set_value(cat).run()
    assert kinds_of_hits(gallery) == [{"picture"}, {"text"}] * 2
    assert all(cat not in hits for hits in lists_of_hits(gallery))
    assert [hits[0] for hits in ranks(gallery)] == [(1, 25), (1, 31)] * 2
    assert asked == []


def test_more_like_a_caption_leaves_the_caption_itself_out(gallery):
    chosen(gallery, "Find", Target.BOTH)
    caption = next(t for t in session_of(gallery).collection.texts if t.text == "A cute cat")
    like(gallery, caption.id)
    assert all(caption.id not in hits for hits in lists_of_hits(gallery))
    assert [hits[0][1] for hits in ranks(gallery)] == [26, 30] * 2
    assert "A cute cat" in words_on(gallery)


def test_more_like_this_is_offered_for_what_is_selected_on_the_map(gallery):
    cat = picture_called(gallery, "cat.jpg")
    session_of(gallery).selected = frozenset({cat})
    gone_to(gallery, "map")
    assert f'data-like="{cat}"' in " ".join(e.proto.body for e in gallery.get("html"))


def test_words_and_a_picture_are_weighed_against_each_other(gallery, asked):
    by_words = lists_of_hits(chosen(searched(gallery, "a rocket"), "Hits", 24))
    field(gallery, "Or one of the collection").set_value(picture_called(gallery, "cat.jpg")).run()
    cat = session_of(gallery).search.query.like
    asked.clear()
    gallery.slider(key="search-weight").set_value(1.0).run()
    assert [hits[:20] for hits in lists_of_hits(gallery)] == [
        [hit for hit in hits if hit != cat][:20] for hits in by_words
    ]
    with_both = lists_of_hits(gallery)
    gallery.slider(key="search-weight").set_value(0.0).run()
    assert lists_of_hits(gallery) != with_both
    assert asked == []
    pressed(gallery, "Without it")
    assert session_of(gallery).search.query == Query(words="a rocket", weight=0.0)
    assert lists_of_hits(gallery) == by_words


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_is_searched_and_compared_with_its_other_words(gallery, number):
    tried(gallery, number)
    example = EXAMPLES[number]
    assert [len(hits) for hits in lists_of_hits(gallery)] == [6, 6]
    assert example.look_for in words_on(gallery)
    assert sum("hits are the same" in said for said in verdicts(gallery)) == 2 * bool(
        example.beside
    )


def test_an_example_can_be_tried_from_the_blank_page_and_then_from_the_line_of_controls(gallery):
    gallery.button(key="search-first-example-0").click().run()
    settled(gallery)
    assert session_of(gallery).search.query.words == EXAMPLES[0].words
    assert not [button for button in gallery.button if "first-example" in (button.key or "")]
    tried(gallery, 1)
    assert session_of(gallery).search.query.words == EXAMPLES[1].words


@pytest.mark.parametrize("target", list(Target))
def test_what_to_find_stays_as_it_was_chosen_whatever_is_searched_with(gallery, target):
    chosen(searched(gallery, "a cat"), "Find", target)
    by_words = kinds_of_hits(gallery)
    cat = session_of(gallery).collection.items[picture_called(gallery, "cat.jpg")]
    for asked_for in (
        lambda: like(gallery, cat.id),
        lambda: dropped(gallery, "mine.png", cat.jpeg),
        lambda: searched(pressed(gallery, "Without it"), "a dog"),
    ):
        assert kinds_of_hits(asked_for()) == by_words


def test_a_plain_verdict_says_no_number_and_figures_wait_behind_how_sure(gallery):
    searched(gallery, "something that flies")
    for said in verdicts(gallery):
        assert re.search(r"First: .*</b>, by a narrow lead over ", said)
        assert not re.search(r"\d|stands? out|cosine", said)
    disclosed = [box for box in gallery.expander if box.label == "How sure?"]
    assert len(disclosed) == 2
    for box in disclosed:
        said = " ".join(element.proto.body for element in box.get("html"))
        assert re.search(r"stands out.*the best cosine is \d\.\d\d, where ", said)


def test_a_hit_is_shown_by_its_caption_and_named_by_its_file_on_hover(gallery):
    searched(gallery, "a cat")
    first = bodies_of_hits(gallery)[0]
    assert 'title="cat.jpg"' in first
    assert 'alt="A cute cat"' in first
    assert '<div class="caption">A cute cat <span class="more">+1</span></div>' in first
    assert ">cat.jpg<" not in first


def test_headings_go_down_one_step_at_a_time(gallery):
    chosen(searched(gallery, "a cat"), "Find", Target.BOTH)
    assert len(gallery.title) == 1
    assert re.findall("<(h[1-6])", " ".join(bodies(gallery))) == ["h2", "h3", "h3"] * 2


def hits_are_in_sight(app):
    shown = " ".join(bodies(app))
    assert ("tile" in shown) == ("verdict" in shown) == bool(app.expander)
    assert ("Show the hits" in [button.label for button in app.button]) != ("tile" in shown)
    return "tile" in shown


def test_predict_first_hides_the_hits_of_each_new_query_until_they_are_asked_for(gallery):
    searched(gallery, "a cat")
    gallery.toggle(key="search-predict").set_value(True).run()
    assert hits_are_in_sight(gallery)  # they were seen already
    searched(gallery, "a rocket")
    assert not hits_are_in_sight(gallery)
    assert "Think first, then press" in words_on(gallery)
    assert not any("rocket.jpg" in body for body in bodies(gallery))
    pressed(gallery, "Show the hits")
    assert hits_are_in_sight(gallery)
    chosen(gallery, "Hits", 12)
    assert hits_are_in_sight(gallery)
    like(gallery, picture_called(gallery, "cat.jpg"))
    assert not hits_are_in_sight(gallery)


def test_predict_first_is_kept_from_page_to_page_and_can_be_turned_off(gallery):
    gallery.toggle(key="search-predict").set_value(True).run()
    gone_to(gone_to(gallery, "collection"), "search")
    searched(gallery, "a cat")
    assert not hits_are_in_sight(gallery)
    gallery.toggle(key="search-predict").set_value(False).run()
    assert hits_are_in_sight(gallery)


def test_another_weight_of_the_words_hides_nothing_again(gallery):
    gallery.toggle(key="search-predict").set_value(True).run()
    like(searched(gallery, "a rocket"), picture_called(gallery, "cat.jpg"))
    session_of(gallery).search.change(words="a rocket")
    pressed(gallery.run(), "Show the hits")
    gallery.slider(key="search-weight").set_value(0.2).run()
    assert hits_are_in_sight(gallery)
