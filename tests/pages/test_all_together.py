"""All Setups together: one more row of the scorecard, one more column of Search."""

import re

import numpy as np
import pytest
from scipy.stats import rankdata

from tests.pages.app_session import gone_to, session_of, words_on
from tests.pages.groups_page import choose, groups_of_gallery
from tests.pages.search_page import lists_of_hits, search_of_gallery, searched
from tests.pages.test_scorecard import CAPTIONS, table_of


def fused(state, query_rows, document_ids):
    """Reciprocal rank fusion by SciPy's ranks."""
    total = 0
    for embeddings in state.shown.values():
        cosines = query_rows(embeddings) @ embeddings.of(document_ids).T
        total = total + 1 / (60 + rankdata(-cosines, method="min", axis=1))
    return total


@pytest.fixture
def scorecard():
    app = gone_to(groups_of_gallery(), "scorecard")
    app.toggle(key="scorecard-all").set_value(False)
    app.toggle(key="scorecard-together").set_value(True).run()
    assert not app.exception
    return choose(app, "scorecard-direction", CAPTIONS)


def test_the_row_of_all_together_is_that_of_plain_fusion(scorecard):
    state = session_of(scorecard)
    texts = [text.id for text in state.collection.texts]
    pictures = [picture.id for picture in state.collection.pictures]
    scores = fused(state, lambda embeddings: embeddings.of(texts), pictures)
    ranks = []
    for text, row in zip(texts, scores, strict=True):
        right = [pictures.index(one) for one in state.collection.pictures_of[text]]
        wrong = np.delete(row, right)
        ranks.append(1 + np.sum(wrong >= row[right].max() - 1e-9))
    table = table_of(scorecard)
    assert list(table)[-2:] == ["All together", "chance"]
    assert table["All together"][0] == f"{np.mean(np.asarray(ranks) == 1):.2f}"
    assert table["All together"][2] == f"{np.mean(1 / np.asarray(ranks)):.2f}"


def test_it_says_whether_combining_is_worth_it(scorecard):
    assert re.search(r"Combining: no difference that these pairs could show", words_on(scorecard))
    assert "All together (reciprocal rank fusion)" in scorecard.code[0].value


def test_all_together_has_no_space_of_its_own(scorecard):
    scorecard.toggle(key="scorecard-all").set_value(True).run()
    assert not scorecard.exception
    assert table_of(scorecard)["All together"][-2:] == ["–", "–"]
    scorecard.toggle(key="scorecard-together").set_value(False).run()
    assert "All together" not in table_of(scorecard)


def test_search_has_one_more_column_with_the_fused_ranking():
    app = search_of_gallery()
    state = session_of(app)
    text = state.collection.texts[2]
    searched(app, text.text)
    assert len(lists_of_hits(app)) == 2
    app.toggle(key="search-together").set_value(True).run()
    assert not app.exception
    hits = lists_of_hits(app)
    assert len(hits) == 3
    pictures = [picture.id for picture in state.collection.pictures]
    scores = fused(state, lambda embeddings: embeddings.of([text.id]), pictures)[0]
    order = np.argsort(-scores, kind="stable")[: len(hits[2])]
    assert hits[2] == [pictures[at] for at in order]
