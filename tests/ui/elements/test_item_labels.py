from collection.items import text_item
from tests.ui.synthetic_session import picture
from ui.elements.item_labels import item_labels


def test_every_item_has_a_label_unlike_the_others():
    long = "a word " * 30
    items = [picture("cat"), text_item(f"{long}one"), text_item(f"{long}two")]
    labels = item_labels(items)
    assert list(labels) == [item.id for item in items]
    assert labels[items[0].id] == "cat.jpg"
    assert len(set(labels.values())) == 3
    assert all(len(label) <= 64 for label in labels.values())
