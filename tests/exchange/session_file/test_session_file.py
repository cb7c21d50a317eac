"""A session file gives back what was saved, value by value, and other programs read it."""

import io
import json
import os
import subprocess
import sys
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from collection.collection import Collection
from collection.items import text_item
from collection.samples import load_sample
from exchange.session_file.contents import SessionContents, size_of
from exchange.session_file.reader import is_session_file
from exchange.session_file.writer import write_session
from tests.exchange.session_file.session_files import (
    MINILM,
    NOMIC,
    opened,
    packed,
    parts_of,
    small_session,
    with_description,
    written,
)

SMALL = small_session()
FILE = written(SMALL)


@pytest.fixture
def back():
    return opened(FILE).contents


def numbers(collection, ids):
    """Return the places of items: ids of pictures are others after a file."""
    order = list(collection.items)
    return [order.index(item_id) for item_id in ids]


def test_nothing_is_missing():
    assert opened(FILE).remarks == ()


def test_pictures_captions_their_order_pairs_and_labels_come_back(back):
    before, now = SMALL.collection, back.collection
    assert [item.label for item in now.items.values()] == [i.label for i in before.items.values()]
    assert [p.jpeg for p in now.pictures] == [p.jpeg for p in before.pictures]
    assert [p.thumbnail for p in now.pictures] == [p.thumbnail for p in before.pictures]
    assert [(p.width, p.height) for p in now.pictures] == [(64, 48)] * 3
    assert [numbers(now, pair) for pair in now.pairs] == [numbers(before, p) for p in before.pairs]
    by_place = {numbers(now, [i])[0]: dict(found) for i, found in now.labels.items()}
    assert by_place == {numbers(before, [i])[0]: dict(f) for i, f in before.labels.items()}


@pytest.mark.parametrize("setup", [MINILM, NOMIC])
def test_vectors_usage_time_and_date_come_back_bit_by_bit(back, setup):
    before, now = SMALL.results[setup], back.results[setup]
    np.testing.assert_array_equal(now.vectors, before.vectors)
    assert numbers(back.collection, now.ids) == numbers(SMALL.collection, before.ids)
    assert (dict(now.usage), now.seconds, now.made) == (
        dict(before.usage),
        before.seconds,
        before.made,
    )


def test_failures_come_back_in_quotes_so_that_no_address_in_them_is_a_link(back):
    (failure,) = back.results[NOMIC].failures.values()
    assert str(failure) == "The session file says: “It said: “no”. Try again.”"
    again = opened(written(back)).contents
    assert str(*again.results[NOMIC].failures.values()) == str(failure)


def test_rows_views_query_map_exercise_selection_and_cap_come_back(back):
    assert (back.rows, back.views, back.cap) == (SMALL.rows, SMALL.views, SMALL.cap)
    assert (back.query.words, back.query.weight, back.query.beside) == ("fruit", 0.25, "vegetables")
    assert numbers(back.collection, [back.query.like]) == numbers(
        SMALL.collection, [SMALL.query.like]
    )
    assert back.query.picture.jpeg == SMALL.query.picture.jpeg
    (now,), (before,) = back.maps, SMALL.maps
    np.testing.assert_array_equal(now.xy, before.xy)
    assert replace(now, xy=before.xy) == before
    for name in ("swapped", "candidates"):
        one, other = (
            [numbers(contents.collection, pair) for pair in getattr(contents.exercise, name)]
            for contents in (back, SMALL)
        )
        assert one == other
    assert back.exercise.revealed
    assert sorted(numbers(back.collection, back.selected)) == [0, 2]


def test_the_vectors_of_queries_come_back_also_of_the_picture_of_the_query(back):
    words, picture = back.query_vectors[NOMIC]
    assert words.item_id == text_item("fruit").id
    assert picture.item_id == back.query.picture.id
    for now, before in zip((words, picture), SMALL.query_vectors[NOMIC], strict=True):
        assert now.role is before.role
        np.testing.assert_array_equal(now.vector, before.vector)


def test_what_was_opened_gives_the_same_file_again(back):
    assert opened(written(back)).contents.collection.digest == back.collection.digest


def test_an_empty_session_comes_back_empty():
    found = opened(written(SessionContents()))
    assert (len(found.contents.collection), found.remarks) == (0, ())


def test_a_picture_that_is_here_already_keeps_its_id_if_its_bytes_are_the_same():
    gallery = load_sample("gallery")
    data = written(SessionContents(collection=gallery))
    known = {picture.id: picture for picture in gallery.pictures}
    assert opened(data, known).contents.collection.digest == gallery.digest
    assert opened(data).contents.collection.digest != gallery.digest


def test_the_id_of_a_picture_is_never_what_the_file_says():
    gallery = load_sample("gallery")
    cat, dog = gallery.pictures[:2]
    false = Collection().adding([replace(dog, id=cat.id)])
    found = opened(written(SessionContents(collection=false)), {cat.id: cat}).contents.collection
    assert found.pictures[0].jpeg == dog.jpeg
    assert found.pictures[0].id not in {picture.id for picture in gallery.pictures}


def test_another_thumbnail_gives_another_id():
    cat, dog = load_sample("gallery").pictures[:2]

    def id_of(picture):
        data = written(SessionContents(collection=Collection().adding([picture])))
        return opened(data).contents.collection.pictures[0].id

    assert id_of(cat) == id_of(replace(cat, id="another", name="other name.jpg"))
    assert id_of(cat) != id_of(replace(cat, thumbnail=dog.thumbnail))


def test_a_setup_that_is_not_offered_here_is_named_and_the_others_come():
    def older(said):
        said["setups"][0]["version"] = "0"

    found = opened(with_description(FILE, older))
    assert list(found.contents.results) == [NOMIC]
    assert "models that this version does not offer" in found.remarks[0].text
    assert found.contents.maps == ()


def test_the_file_may_be_packed_again_within_a_folder():
    parts = {f"my session/{name}": part for name, part in parts_of(FILE).items()}
    found = opened(packed({"__MACOSX/my session/session.json": b"?"} | parts))
    assert found.remarks == ()
    assert len(found.contents.collection) == 7


def test_a_zip_of_pictures_is_not_taken_for_a_session():
    assert is_session_file(io.BytesIO(FILE))
    assert not is_session_file(io.BytesIO(packed({"a.jpg": b"x", "b/session.json": b"{}"})))
    assert not is_session_file(io.BytesIO(b"no ZIP at all"))


def test_what_is_to_be_hidden_is_in_no_byte_of_the_file():
    words = "the canary sings"
    captioned = Collection().adding(
        [text_item(words), replace(SMALL.collection.pictures[0], name="canary.jpg")],
        labels={text_item(words).id: {"canary": "a canary"}},
    )
    contents = replace(
        SMALL, collection=captioned, results={}, maps=(), query=replace(SMALL.query, words=words)
    )
    file = io.BytesIO()
    write_session(contents, file, lambda text: text.replace("canary", "***"))
    assert b"canary" in b"".join(parts_of(written(contents)).values())
    assert b"canary" not in b"".join(parts_of(file.getvalue()).values())


def test_the_file_is_hardly_larger_than_pictures_and_vectors():
    gallery = load_sample("gallery")
    bytes_kept = gallery.picture_bytes
    assert len(written(SessionContents(collection=gallery))) <= 1.2 * bytes_kept
    assert size_of(SessionContents(collection=gallery)) == pytest.approx(bytes_kept, rel=0.02)


def test_writing_takes_little_memory_whatever_the_size(tmp_path):
    cat = load_sample("gallery").pictures[0]
    many = Collection().adding(
        replace(cat, id=str(number), jpeg=cat.jpeg * 20) for number in range(60)
    )
    with (tmp_path / "large.zip").open("wb") as file:
        tracemalloc.start()
        try:
            write_session(SessionContents(collection=many), file)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert many.picture_bytes > 20_000_000
    assert most < 4_000_000


def test_hugging_face_datasets_opens_the_file_as_it_is(tmp_path):
    pytest.importorskip("datasets")
    (tmp_path / "session.zip").write_bytes(FILE)
    script = """
import json, sys, datasets
found = datasets.load_dataset("imagefolder", data_files=sys.argv[1])["train"]
print(json.dumps([{**row, "image": row["image"].size} for row in found]))
"""
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "session.zip")],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "home")},
    )
    rows = json.loads(answer.stdout.splitlines()[-1])
    assert [row["name"] for row in rows] == ["green.jpg", "red.jpg", "blue.jpg"]
    assert [row["text"] for row in rows] == ["a square", "a square", None]
    assert [row["captions"] for row in rows] == [
        ["a square", "grass"],
        ["a square", "die Straße"],
        [],
    ]
    assert [row["label"] for row in rows] == [None, "warm", None]
    assert all(row["image"] == [64, 48] for row in rows)
