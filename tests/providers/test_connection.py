from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from collection.items import text_item
from collection.picture import ingest_image
from providers import (
    ProviderError,
    ProviderFailed,
    SomeItemsFailed,
    UnknownProvider,
    UnsupportedSetup,
    UnusableInput,
    connect,
    given_items,
)
from providers.connection import Connection
from providers.errors import MissingCredentials
from stand_ins import STAND_INS
from stand_ins.vertex import VertexStandIn
from tests.providers.word_length_provider import INFO, WordLengthEmbedder, WordLengthProvider, down


@pytest.fixture
def embedder():
    return WordLengthEmbedder()


@pytest.fixture
def connection(embedder):
    return Connection(WordLengthProvider(embedder), INFO.setup(), None)


def test_texts_give_unit_rows_in_order(connection):
    rows = connection.embed_texts(["a", "bb cc", "a"])
    assert rows.dtype == np.float32
    assert rows.shape == (3, 3)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert np.array_equal(rows[0], rows[2])


def test_the_same_text_twice_is_embedded_once(connection, embedder):
    connection.embed_texts(["a", "a", " a "])
    assert embedder.embedded == ["a"]


def test_no_texts_give_no_rows(connection):
    assert connection.embed_texts([]).shape == (0, 3)


def test_a_failure_carries_the_good_rows_and_says_which_failed_and_why(connection):
    with pytest.raises(SomeItemsFailed) as caught:
        connection.embed_texts(["good one", "  ", "another", 7])
    error = caught.value
    assert error.rows == (0, 2)
    assert error.vectors.shape == (2, 3)
    assert set(error.failures) == {1, 3}
    assert "blank" in error.failures[1]
    assert isinstance(error, ProviderError)


def test_pictures_come_as_paths_bytes_or_pillow_images(tmp_path):
    picture = Image.new("RGB", (40, 30), "orange")
    path = tmp_path / "orange.png"
    picture.save(path)
    rows = connect("local-static").embed_images([path, str(path), path.read_bytes(), picture])
    assert rows.shape == (4, 256)
    assert all(np.array_equal(rows[0], row) for row in rows)


def test_pictures_that_cannot_be_read_are_named(tmp_path):
    good = Image.new("RGB", (40, 30), "orange")
    missing = tmp_path / "missing.jpg"
    with pytest.raises(SomeItemsFailed) as caught:
        connect("local-static").embed_images([missing, good, b"no picture", 3.5])
    assert caught.value.rows == (1,)
    assert set(caught.value.failures) == {0, 2, 3}
    assert "missing.jpg" in caught.value.failures[0]


def test_calls_are_made_while_further_pictures_are_prepared(monkeypatch):
    pictures = [Image.new("RGB", (8, 8), (n, 0, 0)) for n in range(30)]
    prepare = given_items._picture
    with STAND_INS["nomic"]() as server:

        def last_one_waits_for_a_call(image, index):
            if index == 29:
                server.wait_for(lambda it: it.received)
            return prepare(image, index)

        monkeypatch.setattr(given_items, "_picture", last_one_waits_for_a_call)
        nomic = connect("nomic", api_key=server.key, base_url=server.address)
        assert nomic.embed_images(pictures).shape == (30, 768)
        assert len(server.received) == 3  # full batches of ten all the same


def test_what_is_cached_among_arriving_pictures_leaves_the_calls_full():
    pictures = [Image.new("RGB", (8, 8), (0, n, 0)) for n in range(40)]
    with STAND_INS["nomic"]() as server:
        nomic = connect("nomic", api_key=server.key, base_url=server.address)
        known = nomic.embed_images(pictures[::2])
        server.forget()
        rows = nomic.embed_images(pictures)
        assert len(server.received) == 2
        assert np.array_equal(rows[::2], known)


def test_the_same_image_many_times_is_read_by_one_thread_and_embedded_once(tmp_path):
    Image.new("RGB", (600, 400), "orange").save(tmp_path / "orange.jpg")
    with Image.open(tmp_path / "orange.jpg") as image, STAND_INS["nomic"]() as server:
        nomic = connect("nomic", api_key=server.key, base_url=server.address)
        rows = nomic.embed_images([image] * 25)
        assert len(server.received) == 1
    assert all(np.array_equal(rows[0], row) for row in rows)


def test_no_thumbnail_is_made_where_nobody_looks(monkeypatch):
    def refuse(*_):
        raise AssertionError("a thumbnail was made")

    monkeypatch.setattr("collection.picture._thumbnail", refuse)
    assert connect("local-static").embed_images([Image.new("RGB", (8, 8))]).shape == (1, 256)


def test_a_provider_that_refuses_the_key_is_not_asked_with_the_rest_of_the_pictures():
    pictures = [Image.new("RGB", (8, 8), (0, 0, n)) for n in range(200)]
    with STAND_INS["nomic"]() as server:
        with pytest.raises(ProviderFailed, match="key"):
            connect("nomic", api_key="wrong", base_url=server.address).embed_images(pictures)
        assert len(server.received) < 20


def test_a_single_string_is_refused_instead_of_being_read_letter_by_letter(connection):
    with pytest.raises(UnusableInput, match="list"):
        connection.embed_texts("a cat")
    with pytest.raises(UnusableInput, match="list"):
        connection.embed_images(b"bytes")


def test_an_unknown_role_is_refused(connection):
    with pytest.raises(UnusableInput, match="query or document"):
        connection.embed_texts(["a"], role="answer")


def test_embed_names_failures_instead_of_raising():
    items = [text_item("a cat"), text_item("你好")]
    found = connect("local-static").embed(items)
    assert found.ids == (items[0].id,)
    assert items[1].id in found.failures


def test_a_provider_that_is_down_raises_its_own_error(connection, embedder):
    embedder.before_answer = down
    with pytest.raises(ProviderFailed, match="out of order"):
        connection.embed_texts(["a"])


def test_a_failure_keeps_its_type_and_its_advice(connection, embedder):
    def refuse(batch):
        raise MissingCredentials("Word length", "The key is missing.", "Give one.")

    embedder.before_answer = refuse
    with pytest.raises(MissingCredentials) as caught:
        connection.embed_texts(["a"])
    error = caught.value
    assert (error.reason, error.advice) == ("The key is missing.", "Give one.")
    assert str(error) == "Word length: The key is missing. Give one."


def test_a_provider_that_goes_down_on_the_way_leaves_the_rows_it_had_finished(embedder):
    embedder.size = embedder.concurrency = 1
    embedder.before_answer = lambda batch: down(batch) if batch[0].payload == "c" else None
    with pytest.raises(SomeItemsFailed) as caught:
        Connection(WordLengthProvider(embedder), INFO.setup(), None).embed_texts(
            ["a", "bb", "c", "d"]
        )
    assert caught.value.rows == (0, 1)
    assert set(caught.value.failures) == {2, 3}
    assert "out of order" in caught.value.failures[3]


def test_an_unforeseen_error_still_leaves_as_one_of_the_project_s_own(connection, embedder):
    def break_down(batch):
        raise ZeroDivisionError

    embedder.before_answer = break_down
    with pytest.raises(ProviderFailed, match="unforeseen"):
        connection.embed_texts(["a"])


def test_a_damaged_picture_costs_the_others_nothing():
    good = ingest_image("good", Image.new("RGB", (40, 30), "orange"))
    damaged = replace(good, id="damaged", jpeg=good.jpeg[:40])
    found = connect("local-static").embed([damaged, good])
    assert found.ids == (good.id,)
    assert "cannot be read" in str(found.failures["damaged"])


def test_an_unknown_provider_is_refused_with_the_list_of_known_ones():
    with pytest.raises(UnknownProvider, match="local-minilm, local-static"):
        connect("nobody")


def test_an_unknown_model_or_dimension_is_refused():
    with pytest.raises(UnsupportedSetup, match="no model"):
        connect("local-minilm", model="gpt")
    with pytest.raises(UnsupportedSetup, match="384"):
        connect("local-minilm", dimension=5)


@pytest.mark.parametrize(
    "choice",
    [
        {"dimension": "512"},
        {"dimension": 512.0},
        {"dimension": 300.5},
        {"dimension": True},
        {"dimension": np.int64(512)},
        {"picture_side": 224.0},
        {"picture_side": "512"},
    ],
    ids=str,
)
def test_a_size_that_is_no_whole_number_is_refused(choice):
    with pytest.raises(UnsupportedSetup, match="Choose"):
        connect("jina", api_key="k", **choice)


@pytest.mark.parametrize(
    "choice",
    [
        {"base_url": 5},
        {"base_url": b"https://example.org"},
        {"max_concurrency": 0},
        {"max_concurrency": 2.0},
        {"max_concurrency": "2"},
    ],
    ids=str,
)
def test_an_argument_of_the_wrong_type_is_named(choice):
    with pytest.raises(UnusableInput, match=f"Give {next(iter(choice))} as a"):
        connect("jina", api_key="k", **choice)


def test_as_many_calls_are_under_way_as_was_said():
    def once_all_are_there(proceed, stopping):
        server.wait_for(lambda it: it.most_concurrent == 12)
        return proceed()

    with VertexStandIn() as server:
        server.misbehave(once_all_are_there, times=12)
        options = {"access_token": server.key, "project": "a-project", "dimension": 128}
        connection = connect("vertex", base_url=server.address, max_concurrency=12, **options)
        assert connection.embed_texts([f"word {n}" for n in range(12)]).shape == (12, 128)


def test_connecting_loads_nothing():
    assert "384" in repr(connect("local-minilm"))
