import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from providers.local.image_classifier import shared_classifier
from providers.local.models import LOCAL_MODELS, MAX_TOKENS

PICTURES = Path(__file__).parents[3] / "collection" / "samples" / "pictures"
TEXTS = [
    "A cute cat",
    "a cat",
    "A cardboard box",
    "two dogs run along the beach at sunset, and a third one looks on",
    "a teapot",
    "a violin",
]


@pytest.fixture(params=LOCAL_MODELS.values(), ids=LOCAL_MODELS.keys())
def model(request):
    return request.param


@pytest.fixture(scope="module")
def pictures():
    names = ("cat", "cardboard-box", "teapot")
    with ExitStack() as files:
        yield [files.enter_context(Image.open(PICTURES / f"{name}.jpg")) for name in names]


def test_the_models_differ_in_dimension():
    assert {m.id: m.dimension for m in LOCAL_MODELS.values()} == {
        "local-minilm": 384,
        "local-static": 256,
    }


def test_texts_become_unit_rows(model):
    vectors = model.embed_texts(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), model.dimension), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)


def test_pictures_become_unit_rows(model, pictures):
    vectors = model.embed_pictures(pictures)
    assert (vectors.shape, vectors.dtype) == ((3, model.dimension), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)


def test_nothing_in_gives_no_rows(model):
    assert model.embed_texts([]).shape == (0, model.dimension)
    assert model.embed_pictures([]).shape == (0, model.dimension)


def test_a_cat_is_much_nearer_to_cat_than_to_box(model, pictures):
    cat = model.embed_pictures(pictures[:1])[0]
    as_cat, as_box = model.embed_texts(["A cute cat", "A cardboard box"]) @ cat
    assert as_cat - as_box >= 0.3


def test_each_picture_is_nearest_to_its_own_caption(model, pictures):
    captions = model.embed_texts(["A cute cat", "A cardboard box", "A pot for making tea"])
    cosines = captions @ model.embed_pictures(pictures).T
    assert cosines.argmax(axis=0).tolist() == [0, 1, 2]


def test_the_same_text_gives_the_same_bits_alone_and_among_others(model):
    together = model.embed_texts(TEXTS)
    backwards = model.embed_texts(TEXTS[::-1])[::-1]
    alone = np.concatenate([model.embed_texts([text]) for text in TEXTS])
    assert np.array_equal(together, alone)
    assert np.array_equal(together, backwards)


def test_the_same_picture_gives_the_same_bits_alone_and_among_others(model, pictures):
    together = model.embed_pictures(pictures)
    shared_classifier()._answers.clear()  # or only the memory of the first time would be tested
    alone = np.concatenate([model.embed_pictures([picture]) for picture in pictures])
    assert np.array_equal(together, alone)


def test_many_threads_get_the_same_bits(model, pictures):
    expected = model.embed_texts(TEXTS), model.embed_pictures(pictures)
    fresh = replace(model)
    got = []

    def embed():
        got.append((fresh.embed_texts(TEXTS), fresh.embed_pictures(pictures)))

    threads = [threading.Thread(target=embed) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4
    assert all(np.array_equal(a, b) for pair in got for a, b in zip(pair, expected, strict=True))


def test_a_model_is_loaded_once_however_many_ask(model):
    opened = []

    def open_encoder():
        opened.append(1)
        return model.open_encoder()

    fresh = replace(model, open_encoder=open_encoder)
    threads = [threading.Thread(target=fresh.load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1


def test_both_models_classify_a_picture_only_once(monkeypatch):
    classifier = shared_classifier()
    run, runs = classifier._run, []
    monkeypatch.setattr(classifier, "_run", lambda tensor: runs.append(1) or run(tensor))
    never_seen = Image.fromarray(np.arange(300 * 200 * 3, dtype=np.uint8).reshape(200, 300, 3))
    for local_model in LOCAL_MODELS.values():
        local_model.embed_pictures([never_seen])
    assert len(runs) == 1


@pytest.mark.parametrize("text", ["", "   ", "\n", "\u200b"])
def test_blank_text_has_no_meaning(model, text):
    assert "blank" in model.meaningless(text)


@pytest.mark.parametrize("text", ["🐱", "🐱 🐶🎉", "ꙮ"])
def test_text_of_unknown_signs_only_has_no_meaning(model, text):
    assert "knows no word" in model.meaningless(text)


@pytest.mark.parametrize("text", ["cat", "🐱 cat", "!", "42"])
def test_one_known_sign_is_enough_for_a_meaning(model, text):
    assert model.meaningless(text) is None
    assert np.isfinite(model.embed_texts([text])).all()


def test_text_without_meaning_is_refused_by_its_index(model):
    with pytest.raises(ValueError, match=r"\[1, 3\]"):
        model.embed_texts(["a cat", " ", "a dog", "🐱"])


def test_what_lies_beyond_the_limit_is_not_read(model):
    readable = "cat " * (MAX_TOKENS - 2)
    assert model.token_count(readable) == MAX_TOKENS
    assert model.token_count(readable + "violin") == MAX_TOKENS + 1
    cut, whole = model.embed_texts([readable + "violin " * 50, readable])
    assert np.array_equal(cut, whole)
