"""What is said about what came in."""

import io

from PIL import Image

from collection.collection import Collection
from collection.intake import take_in, take_in_captions
from collection.upload import Upload
from ui.state.receipt import receipt, step_of


def png(name, colour):
    file = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(file, "PNG")
    return Upload(name, file.getvalue())


def table(*rows):
    lines = ["file_name,text", *(f"{name},{text}" for name, text in rows)]
    return Upload("captions.csv", "\n".join(lines).encode())


RED, BLUE = png("red.png", "red"), png("blue.png", "blue")


def said(before, result):
    return receipt(before, result), step_of(result)


def test_pictures_and_captions_are_counted_and_shared_captions_named():
    captions = table(("red.png", "a square"), ("blue.png", "a square"), ("red.png", "red"))
    result = take_in(Collection(), [RED, BLUE, captions])
    words = "2 pictures and 2 captions came in; 1 caption belongs to several pictures."
    assert said(Collection(), result) == (words, "adding 2 pictures")


def test_captions_alone_are_counted_alone():
    result = take_in_captions(Collection(), "one\ntwo")
    assert said(Collection(), result) == ("2 captions came in.", "adding 2 captions")


def test_what_was_shared_before_is_not_told_again():
    before = take_in(
        Collection(), [RED, BLUE, table(("red.png", "a square"), ("blue.png", "a square"))]
    ).collection
    result = take_in_captions(before, "another")
    assert said(before, result) == ("1 caption came in.", "adding 1 caption")


def test_pairs_of_known_items_are_counted():
    before = take_in(Collection(), [RED, BLUE, table(("red.png", "a square"))]).collection
    result = take_in(before, [table(("blue.png", "a square"))])
    words = "1 pair came in; 1 caption belongs to several pictures."
    assert said(before, result) == (words, "adding 1 pair")


def test_nothing_is_said_of_nothing():
    result = take_in(Collection(), [Upload("bad.png", b"no picture")])
    assert receipt(Collection(), result) == ""
