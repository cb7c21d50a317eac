import pytest

from collection.language import looks_english, not_english
from collection.samples import SAMPLES, load_sample


@pytest.mark.parametrize(
    "text",
    [
        "A cat asleep in a cardboard box",
        "Two dogs run on the beach",
        "Tiger",
        "Das Boot",
        "Vincent van Gogh at work",
        "MIT campus building",
        "Café de Flore",
        "Photo of the Rio de Janeiro harbour",
        "A sign that says 老虎",
        "🐯",
        "1234",
        "",
    ],
)
def test_english_and_what_is_too_short_to_tell_pass(text):
    assert looks_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Eine Katze schläft auf dem Sofa",
        "Un chat dort dans une boîte",
        "Un gato en la mesa",
        "Due gatti sul tavolo della cucina",
        "O gato está em cima da mesa",
        "Een kat op de tafel",
        "En katt på bordet",
        "Кот",
        "猫",
        "قطة نائمة",
        "γάτα στο κουτί",
    ],
)
def test_another_language_is_noticed(text):
    assert not looks_english(text)


def test_those_that_do_not_look_english_are_listed_in_order():
    assert not_english(["猫", "A cat", "Кот"]) == ["猫", "Кот"]


@pytest.mark.parametrize("key", SAMPLES)
def test_the_samples_need_no_warning(key):
    assert not_english(text.text for text in load_sample(key).texts) == []
