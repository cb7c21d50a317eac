from exchange.tables.export_table import export_table
from tests.exchange.tables.export_files import PICTURES, labelled, small_export


def test_a_row_says_what_the_item_is_and_what_belongs_to_it():
    contents = small_export()
    table = export_table(contents)
    texts = [text.id for text in contents.collection.texts]
    assert table.ids == tuple(contents.collection.items)
    assert table.item_kinds == ("picture",) * 3 + ("caption",) * 3
    assert table.file_names == ("red.jpg", "green.jpg", "blue.jpg", "red.jpg", "green.jpg", None)
    assert table.captions == ("a square", "a square", None, "a square", "grass", "nothing to see")
    assert table.pairs[1] == (texts[0], texts[1])
    assert table.pairs[3] == (PICTURES[0].id, PICTURES[1].id)
    assert table.pairs[5] == ()


def test_labels_are_those_that_the_app_shows():
    table = export_table(small_export())
    assert table.labels["label"] == ("warm", "cold", None, None, "cold", None)


def test_a_label_whose_name_is_taken_gets_a_prefix():
    table = export_table(small_export())
    assert table.labels["label_Kind"] == ("odd", None, None, None, None, None)
    assert "label_caption" in export_table(labelled("caption", "x")).labels


def test_no_key_is_in_the_table():
    contents = labelled("key sk-123", "sk-123", "my sk-123")
    hidden = type(contents)(contents.collection, hide=lambda text: text.replace("sk-123", "***"))
    assert "sk-123" in repr(export_table(contents))
    assert "sk-123" not in repr(export_table(hidden))
