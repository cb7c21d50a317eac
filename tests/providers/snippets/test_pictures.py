import io
import re
import zipfile

import pytest
from PIL import Image

from collection.picture import ingest_picture
from providers.registry import PROVIDERS
from providers.snippets.pictures import file_names, pictures_as_sent, pictures_zip
from tests.providers.hosted.asking import picture, text
from tests.providers.snippets.pasting import noise

NOMIC = PROVIDERS["nomic"].info


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Red Kite (1).PNG", "red-kite-1.jpg"),
        ("cat.jpg", "cat.jpg"),
        ("caf\u00e9 au lait.webp", "cafe-au-lait.jpg"),
        ("photo.2024-05-01", "photo-2024-05-01.jpg"),
        ("-rf *.jpg", "rf.jpg"),
        ("../.hidden.png", "hidden.jpg"),
        ("$(rm -rf ~);`x`'\"&|<>!.gif", "rm-rf-x.jpg"),
        ("a\nb.png", "ab.jpg"),
        ("IMG_0001.HEIC", "img-0001.jpg"),
        ("NUL.png", "picture-nul.jpg"),
        ("\u732b.png", "picture-1.jpg"),
        ("", "picture-1.jpg"),
        ("x" * 500 + ".jpg", "x" * 59 + ".jpg"),
    ],
)
def test_a_file_name_means_nothing_to_a_shell(name, file_name):
    red = picture("red")
    assert file_names((red,), {red.item_id: name}) == {red.item_id: file_name}
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*\.jpg", file_name)


def test_every_picture_has_a_file_name_of_its_own_and_a_text_has_none():
    batch = (text("cat"), picture("red"), picture("blue"), picture("green"), picture("red"))
    shown = {"picture red 32": "cat.png", "picture blue 32": "Cat.jpg", "text cat": "cat"}
    assert file_names(batch, shown) == {
        "picture red 32": "cat.jpg",
        "picture blue 32": "cat-2.jpg",
        "picture green 32": "picture-3.jpg",
    }


def test_a_made_up_name_never_takes_one_that_is_there():
    batch = (picture("red"), picture("blue"))
    shown = {"picture red 32": "picture 2.jpg"}
    assert sorted(file_names(batch, shown).values()) == ["picture-2-2.jpg", "picture-2.jpg"]


def test_pictures_are_shown_at_the_size_they_are_sent_at():
    setup = NOMIC.setup(picture_side=224)
    large, small = picture("red", 500), picture("blue", 100)
    shrunk, same, words = pictures_as_sent(NOMIC.model(), setup, (large, small, text("a")))
    assert Image.open(io.BytesIO(shrunk.jpeg)).size == (224, 224)
    assert (same, words) == (small, text("a"))


def test_a_picture_as_sent_comes_in_again_byte_for_byte():
    (shrunk,) = pictures_as_sent(NOMIC.model(), NOMIC.setup(), (noise("a", 900),))
    assert ingest_picture("a.jpg", shrunk.jpeg).jpeg == shrunk.jpeg


def test_a_zip_holds_each_picture_once_under_its_file_name():
    batch = (picture("red"), text("a"), picture("blue"), picture("red"))
    names = file_names(batch, {"picture red 32": "cat.jpg"})
    data = pictures_zip(batch, names)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {"cat.jpg": batch[0].jpeg, "picture-2.jpg": batch[2].jpeg}
    assert pictures_zip(batch, names) == data
