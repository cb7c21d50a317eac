"""The two text encoders, before centring."""

import numpy as np
import pytest

from providers.local.asset_files import open_session, read_asset
from providers.local.static_table import StaticTable
from providers.local.text_encoder import TextEncoder
from providers.local.wordpiece import WordPiece


@pytest.fixture(scope="module")
def tokeniser():
    return WordPiece(read_asset("vocab.txt").decode("utf-8").split("\n")[:-1])


@pytest.fixture(scope="module")
def minilm():
    return TextEncoder(open_session("minilm.onnx"))


@pytest.fixture(scope="module")
def static():
    return StaticTable.read("static_table.npz")


def test_minilm_gives_the_cosines_its_makers_publish(minilm, tokeniser):
    # The example of the model's own page, computed there with the unquantised weights.
    texts = [
        "That is a happy person",
        "That is a happy dog",
        "That is a very happy person",
        "Today is a sunny day",
    ]
    vectors = minilm.encode([tokeniser.encode(text) for text in texts])
    assert vectors[1:] @ vectors[0] == pytest.approx([0.695, 0.943, 0.257], abs=0.01)


def test_minilm_reads_the_order_of_words(minilm, tokeniser):
    orders = ["a dog bites a man", "a man bites a dog"]
    vectors = minilm.encode([tokeniser.encode(text) for text in orders])
    assert vectors[0] @ vectors[1] < 0.995


def test_minilm_gives_equal_lengths_in_one_go_what_it_gives_alone(minilm, tokeniser):
    ids = [tokeniser.encode(text) for text in ("a red bus", "a blue car", "a big ship")]
    assert minilm.encode_equal_lengths(ids) == pytest.approx(minilm.encode(ids), abs=1e-5)


def test_the_static_table_does_not_see_the_order_of_words(static, tokeniser):
    orders = ["a dog bites a man", "a man bites a dog"]
    vectors = static.encode([tokeniser.encode(text) for text in orders])
    assert vectors[0] == pytest.approx(vectors[1], abs=1e-6)


def test_rare_words_weigh_more_than_common_ones_in_the_static_table(static, tokeniser):
    words = ["the zebra", "zebra", "the"]
    both, zebra, the = static.encode([tokeniser.encode(text) for text in words])
    assert both @ zebra > both @ the


def test_the_static_table_is_a_mean_of_rows():
    table = StaticTable(
        np.repeat(np.array([[0], [3], [-4]], np.int8), 256, axis=1), np.ones(3, np.float32)
    )
    assert table.encode([[0, 1, 2, 0]])[0] == pytest.approx(np.full(256, -1 / 16))
