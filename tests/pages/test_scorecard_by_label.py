"""Scorecard, by label: what pictures are taken for, checked against plain NumPy."""

import html
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from collection.samples import load_sample
from providers import connect
from tests.pages.app_session import gone_to, session_of, words_on
from tests.pages.groups_page import bodies, groups_of, page_text, paired, plain
from ui.scorecard.scorecard import BY_LABEL, SECTIONS

AT = list(SECTIONS).index(BY_LABEL)
GALLERY = load_sample("gallery")
ANIMALS = ("cat.jpg", "elephant.jpg", "horse.jpg", "killer-whale.png", "penguin.jpg")
LABELLED = replace(
    GALLERY,
    labels={
        picture.id: {"label": "animal" if picture.name in ANIMALS else "man_made <b>thing"}
        for picture in GALLERY.pictures
    },
)


@cache
def _labelled():
    return groups_of(LABELLED)


@pytest.fixture
def labelled():
    return by_label_of(_labelled())


def by_label_of(app):
    gone_to(app, "scorecard")
    app.session_state[f"scorecard-section-{AT}"] = True
    app.session_state["scorecard-prompts"] = "a photo of a {}"
    app.run()
    assert not app.exception
    return settled(app)


def settled(app):
    """Draw the page until the prompts have their vectors."""
    prompts = session_of(app).search.prompts
    prompts.wait(60)
    app.run()
    assert not app.exception
    return app


def table(app, label):
    body = next(one for one in bodies(app) if f"aria-label='{label}" in one)
    rows = re.findall(r"<tr><th scope='row'.*?</tr>", body)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return {html.unescape(name): of for name, *of in cells}


def expected(app, setup, templates):
    """Labels right or wrong of each picture, worked out by plain NumPy."""
    collection = session_of(app).collection
    labels = sorted({of["label"] for of in collection.labels.values()})
    provider = connect(setup.provider)
    means = []
    for label in labels:
        prompts = [one.replace("{}", label.replace("_", " ")) for one in templates]
        mean = provider.embed_texts(prompts).mean(axis=0)
        means.append(mean / np.linalg.norm(mean))
    pictures = [picture.id for picture in collection.pictures]
    cosines = session_of(app).shown[setup].of(pictures) @ np.asarray(means).T
    own = [labels.index(collection.labels[picture]["label"]) for picture in pictures]
    return labels, np.asarray(own), cosines.argmax(axis=1)


@pytest.mark.parametrize("templates", [["a photo of a {}"], ["a {}", "a drawing of a {}"]])
def test_accuracy_and_recall_are_those_of_plain_numpy(labelled, templates):
    labelled.text_area(key="scorecard-prompts").set_value("\n".join(templates)).run()
    settled(labelled)
    state = session_of(labelled)
    accuracies, recalls = table(labelled, "Accuracy"), table(labelled, "Recall")
    for at, setup in enumerate(state.shown):
        labels, own, predicted = expected(labelled, setup, templates)
        name = state.compared.name_of(setup)
        assert accuracies[name][0] == f"{np.mean(own == predicted):.2f}"
        assert accuracies[name][2] == str(np.sum(own == predicted))
        for number, label in enumerate(labels):
            share = np.mean(predicted[own == number] == number)
            assert recalls[label][1 + at] == f"{share:.2f}"
    assert accuracies["chance: a label by lot"][0] == "0.50"
    most = max(np.bincount(own)) / len(own)
    assert accuracies["always the most frequent label"][0] == f"{most:.2f}"


def test_what_is_taken_for_what_is_shown_with_its_pictures(labelled):
    state = session_of(labelled)
    _, own, predicted = expected(labelled, next(iter(state.shown)), ["a photo of a {}"])
    mistakes = int(np.sum((own == 1) & (predicted == 0)))
    assert mistakes, "This test needs a mistake."
    words = words_on(labelled)
    assert f"**{mistakes}** × man\\_made \\<b\\>thing, taken for **animal**" in words
    assert len(labelled.main.get("plotly_chart")) == 2
    assert "<b>thing" not in " ".join(bodies(labelled))


def test_a_template_without_a_place_for_the_label_is_named(labelled):
    labelled.text_area(key="scorecard-prompts").set_value("a photo").run()
    assert "has no {} for the label" in labelled.warning[0].value.replace("\\", "")
    assert not labelled.main.get("plotly_chart")


def test_labelled_pictures_without_captions_can_be_told_apart_too():
    pictures = [plain("a", "red"), plain("b", "blue"), plain("c", "white")]
    bare = paired([], []).adding(
        pictures, (), {p.id: {"label": "x" if p.name == "b" else "y"} for p in pictures}
    )
    app = by_label_of(groups_of(bare))
    assert "No caption is paired with a picture" in words_on(app)
    assert "3 pictures of 2 labels" in words_on(app)
    assert len(app.expander) == 1


def test_without_labels_it_says_how_to_get_them():
    app = by_label_of(groups_of(paired(["a"], [plain("a", "red")])))
    assert "No picture has a label here" in words_on(app)


def test_one_label_alone_is_no_choice():
    one = paired(["a"], [plain("a", "red")])
    app = by_label_of(groups_of(replace(one, labels={one.pictures[0].id: {"label": "x"}})))
    assert "nothing to tell apart" in words_on(app)
    assert "nan" not in page_text(app).lower().split()
