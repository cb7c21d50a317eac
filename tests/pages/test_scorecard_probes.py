"""Scorecard, Probes: the accuracy of the embedded providers, checked against plain NumPy."""

import html
import re
from functools import cache

import numpy as np
import pytest

from collection.probes import PROBES, all_probes
from collection.samples import load_sample
from tests.pages.app_session import gone_to, session_of, words_on
from tests.pages.groups_page import bodies, groups_of, groups_of_gallery, page_text
from ui.scorecard.scorecard import PROBES as TITLE
from ui.scorecard.scorecard import SECTIONS

AT = list(SECTIONS).index(TITLE)


def opened_probes(app):
    gone_to(app, "scorecard")
    app.session_state[f"scorecard-section-{AT}"] = True
    app.run()
    assert not app.exception
    return app


@cache
def _probes():
    return groups_of(load_sample(PROBES))


@pytest.fixture
def app():
    return opened_probes(_probes())


def table(app):
    body = next(one for one in bodies(app) if "Accuracy by kind of probe" in one)
    rows = re.findall(r"<tr><th scope='row'.*?</tr>", body)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return {html.unescape(name): of for name, *of in cells}


def accuracy(embeddings, kind=None):
    """Choice by choice, a tie half."""
    points = []
    for probe in all_probes():
        if kind in (None, probe.kind):
            for one, other in ((probe.first, probe.second), (probe.second, probe.first)):
                text, picture = embeddings.of([*one])
                wrong_text, wrong_picture = embeddings.of([*other])
                for lead in ((text - wrong_text) @ picture, (picture - wrong_picture) @ text):
                    points.append(0.5 if abs(lead) < 1e-6 else float(lead > 0))
    return np.mean(points)


def test_the_accuracy_of_each_kind_is_that_of_plain_numpy(app):
    found = table(app)
    kinds = dict.fromkeys(probe.kind for probe in all_probes())
    assert list(found) == [*kinds, "all kinds", "chance"]
    for at, embeddings in enumerate(session_of(app).shown.values()):
        for kind in kinds:
            assert found[kind][1 + 2 * at] == f"{accuracy(embeddings, kind):.2f}"
        assert found["all kinds"][1 + 2 * at] == f"{accuracy(embeddings):.2f}"
        assert found["chance"][1 + 2 * at] == "0.50"


def test_the_embedded_providers_are_near_chance_on_most_kinds_and_the_page_says_so(app):
    words = words_on(app)
    near = [int(n) for n in re.findall(r"is near chance on \*\*(\d) of 8\*\*", words)]
    assert len(near) == 2
    assert min(near) > 4
    assert "that is the lesson of these probes" in words


def test_one_pair_of_each_kind_is_shown(app):
    examples = next(one for one in bodies(app) if "probe-examples" in one)
    assert examples.count("<figure>") == 16
    assert "a circle to the left of a square" in page_text(app)


def test_without_the_probes_it_says_what_they_are_and_how_to_get_them():
    app = opened_probes(groups_of_gallery())
    assert "The sample **Probes** holds drawn pictures" in words_on(app)
