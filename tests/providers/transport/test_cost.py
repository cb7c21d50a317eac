import pytest

from collection.embeddings import Setup
from collection.samples import load_sample
from providers.info import PIXELS
from providers.local.provider import MINILM
from providers.price import Price
from providers.registry import PROVIDERS
from providers.transport.cost import (
    dollars,
    estimated_amounts,
    estimated_tokens,
    usual_tokens,
)
from tests.providers.hosted.asking import picture, text
from tests.providers.transport.fake_api import LetterApi

SETUP = Setup("letters", "letters", 3)
PRICES = [m.price for p in PROVIDERS.values() for m in p.info.models if m.price is not None]
PRICE = Price({"text_tokens": 0.5, "pictures": 2.0}, "words", "2026-11", "this file")


def local_tokens(words):
    """Count with a real vocabulary, the one that is on board."""
    return MINILM.token_count(MINILM.info.setup(), words)


class TokenApi(LetterApi):
    """A picture costs a token for every hundred pixels."""

    def picture_tokens(self, setup, width, height):
        return width * height // 100


@pytest.mark.parametrize(
    ("words", "tokens"),
    [
        ("cat", 1),
        ("a cat", 2),
        ("four letters a token", 5),
        ("a b c d e f", 6),
        ("猫が好き", 4),
        ("猫 cat", 2),
        ("", 1),
    ],
)
def test_tokens_are_about_a_quarter_of_the_letters_and_at_least_the_words(words, tokens):
    assert usual_tokens(words) == tokens


@pytest.mark.parametrize("count", [usual_tokens, estimated_tokens])
def test_a_longer_text_never_has_fewer_tokens(count):
    text_so_far, counts = "", []
    for letter in "two dogs, 猫 and 1907 €":
        text_so_far += letter
        counts.append(count(text_so_far))
    assert counts == sorted(counts)


@pytest.mark.parametrize(
    "caption",
    [
        "A man, a dog, a cat, a bird, a horse, a cow, a pig, a goat, a hen, a duck, an owl",
        "Tickets #42, #43 & #44 (row 7, seats 12-15), 12/07/2019, gate B-12, 9:45 a.m., $35.50",
        "Tyrannosaurus, Triceratops, Stegosaurus, Brachiosaurus, Ankylosaurus, Velociraptor, "
        "Iguanodon, Diplodocus, Allosaurus",
    ],
)
def test_signs_numbers_and_rare_names_count_where_a_cut_is_warned_of_but_not_as_money(caption):
    assert local_tokens(caption) > 32
    assert estimated_tokens(caption) > 32
    assert usual_tokens(caption) <= 32
    assert estimated_amounts(LetterApi(), SETUP, (text(caption),))["tokens"] <= 32


def test_no_everyday_caption_counts_as_longer_than_32_tokens():
    captions = [item.text for item in load_sample("gallery").texts]
    assert len(captions) > 20
    assert max(estimated_tokens(caption) for caption in captions) <= 32


def test_amounts_are_counted_by_kind():
    amounts = estimated_amounts(TokenApi(), SETUP, (text("a cat"), picture("red", 40)))
    assert amounts == {
        "text_tokens": 2,
        "characters": 5,
        "pictures": 1,
        "pixels": 1600,
        "picture_tokens": 16,
        "tokens": 18,
    }


def test_where_the_tokens_of_a_picture_are_not_published_there_is_no_sum():
    amounts = estimated_amounts(LetterApi(), SETUP, (text("a cat"), picture("red", 40)))
    assert amounts["pictures"] == 1
    assert not {"tokens", "picture_tokens"} & amounts.keys()


def test_texts_alone_have_a_sum_everywhere():
    assert estimated_amounts(LetterApi(), SETUP, (text("a cat"),))["tokens"] == 2


def test_a_picture_counts_at_the_size_at_which_it_is_sent():
    small = Setup("letters", "letters", 3, settings=((PIXELS, 224),))
    assert estimated_amounts(TokenApi(), SETUP, (picture("red", 600),))["pixels"] == 512**2
    assert estimated_amounts(TokenApi(), small, (picture("red", 600),))["pixels"] == 224**2


def test_the_cost_is_the_sum_of_what_counts():
    assert dollars(PRICE, {"text_tokens": 4, "pictures": 3, "pixels": 1e9}) == 8.0


def test_the_cost_is_unknown_where_an_amount_that_counts_is():
    assert dollars(PRICE, {"text_tokens": 4}) is None


def test_without_a_price_nobody_knows_the_cost():
    assert dollars(None, {"tokens": 1}) is None


def test_every_price_has_a_date_and_a_source_and_names_known_amounts():
    known = estimated_amounts(TokenApi(), SETUP, (text("a"), picture("red")))
    for price in PRICES:
        assert price.each.keys() <= known.keys()
        assert all(each > 0 for each in price.each.values())
        assert price.source.startswith("https://")
        assert len(price.date) == len("2026-11")
        assert "$" in price.words
