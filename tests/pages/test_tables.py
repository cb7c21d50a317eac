"""Tables on the Collection page: asked about, answered, left out; labels; random samples."""

import pytest

from tests.collection.odd_workbooks import parquet
from tests.pages.app_session import opened, pressed, session_of, words_on
from tests.pages.test_collection import labels, png, uploaded

TABLE = b"bild,de,en\nred.png,Ein Quadrat,a red square\nblue.png,Ein Quadrat,a blue square"


@pytest.fixture
def asked():
    """The app with two pictures and a table that waits for an answer."""
    return uploaded(
        opened("collection"),
        ("red.png", png("red")),
        ("blue.png", png("blue")),
        ("mine.csv", TABLE),
    )


def box(app, label):
    return next(b for b in app.selectbox if b.label == label)


def test_a_table_that_is_not_clear_shows_its_first_rows_and_boxes_with_a_guess(asked):
    assert "mine\\.csv: which column is which?" in words_on(asked)
    assert [box(asked, name).value for name in ("Picture", "Caption", "Label")] == [0, 1, -1]
    shown = asked.dataframe[0].value
    assert list(shown.columns) == ["bild", "de", "en"]
    assert len(shown) == 2


def test_one_press_reads_it_as_the_boxes_say(asked):
    box(asked, "Caption").set_value(2).run()
    pressed(asked, "Read the table")
    texts = [text.text for text in session_of(asked).collection.texts]
    assert texts == ["a red square", "a blue square"]
    assert "which column is which?" not in words_on(asked)
    assert "2 captions came in." in words_on(asked)


def test_not_now_leaves_it_out_and_says_so(asked):
    pressed(asked, "Not now")
    assert not session_of(asked).collection.texts
    assert "which column is which?" not in words_on(asked)
    assert "mine\\.csv was left out\\." in words_on(asked)


def test_nothing_can_be_read_from_a_table_of_which_nothing_is_told(asked):
    box(asked, "Caption").set_value(-1).run()
    assert next(b for b in asked.button if b.label == "Read the table").disabled


def test_several_tables_are_asked_about_one_after_the_other():
    app = uploaded(opened("collection"), ("one.csv", TABLE), ("two.csv", TABLE))
    assert "one\\.csv: which column is which?** (1 more after this)" in words_on(app)
    pressed(app, "Not now")
    assert "two\\.csv: which column is which?" in words_on(app)
    assert "more after this" not in words_on(app)


def test_labels_stand_in_the_table_and_give_captions_only_on_a_press():
    app = uploaded(
        opened("collection"),
        ("red.png", png("red")),
        ("blue.png", png("blue")),
        ("t.csv", b"file_name,label\nred.png,square\nblue.png,square"),
    )
    state = session_of(app)
    assert not state.collection.texts
    assert "2 pictures have a label and no caption." in words_on(app)
    pressed(app, "Give them captions")
    assert [text.text for text in state.collection.texts] == ["a photo of a square"]
    assert len(state.collection.pairs) == 2
    assert "Undo captions from labels" in labels(app)


def test_other_pictures_can_be_drawn_of_an_upload_that_was_too_large(monkeypatch):
    monkeypatch.setattr("collection.intake.MAX_ITEMS", 2)
    colours = ("red", "blue", "green", "white", "black", "yellow")
    app = uploaded(opened("collection"), *((f"{c}.png", png(c)) for c in colours))
    state = session_of(app)
    first = {picture.name for picture in state.collection.pictures}
    assert "2 items fit: a random 2 of 6 pictures" in words_on(app).replace("\\", "")
    pressed(app, "Take others")
    second = {picture.name for picture in state.collection.pictures}
    assert len(first) == len(second) == 2
    assert first != second
    assert "seed 8" in words_on(app)
    pressed(app, "Clear")
    assert state.editing.sampled is None
    assert "Take others" not in labels(app)


def test_other_rows_can_be_drawn_of_a_parquet_file_that_was_too_large(monkeypatch):
    monkeypatch.setattr("collection.parquet_contents.MAX_TABLE_ROWS", 2)
    colours = ("red", "blue", "green", "white", "black", "yellow")
    data = parquet({"image": [png(colour) for colour in colours], "text": list(colours)})
    app = uploaded(opened("collection"), ("set.parquet", data))
    state = session_of(app)
    first = {text.text for text in state.collection.texts}
    assert "a random 2 of 6 rows were taken" in words_on(app).replace("\\", "")
    pressed(app, "Take others")
    second = {text.text for text in state.collection.texts}
    assert len(first) == len(second) == 2
    assert first != second
    assert "seed 8" in words_on(app)


def test_what_is_neither_picture_nor_table_is_named():
    app = uploaded(opened("collection"), ("red.png", png("red")), ("film.mp4", b"x"))
    assert "film\\.mp4 is a video" in words_on(app)


def test_a_text_of_unsure_encoding_is_read_as_the_person_says():
    table = "file_name,text\nred.png,一只猫在盒子里\n".encode("gb18030")
    app = uploaded(opened("collection"), ("red.png", png("red")), ("t.csv", table))
    assert "t\\.csv: which reading is right?" in words_on(app)
    readings = next(group for group in app.button_group if group.label == "The text reads")
    assert any("一只猫在盒子里" in option.content for option in readings.proto.options)
    readings.set_value("gb18030").run()
    pressed(app, "Read the table")
    assert [text.text for text in session_of(app).collection.texts] == ["一只猫在盒子里"]
