"""The view in the address: what a link opens, what it never does, and what a step back brings."""

import pytest
from streamlit.testing.v1 import AppTest

from collection.collection import Collection
from collection.items import text_item
from collection.samples import load_sample
from providers.registry import PROVIDERS
from space.scorecard import Direction
from stand_ins import STAND_INS
from tests.pages.app_session import APP, TIMEOUT, pressed, session_of, words_on
from ui.address import address
from ui.state.key_lending import LEND_VARIABLE
from ui.state.query import Query, Target
from ui.state.session import Session

SAMPLE = "cat-and-box"


def link(page: str | None = None, state: Session | None = None, **said) -> AppTest:
    """Open the app by a link, as a newcomer; `state`: a session that was there before."""
    app = AppTest.from_file(str(APP), default_timeout=TIMEOUT)
    app.query_params.update(said)
    if state is not None:
        app.session_state["session"] = state
    if page is not None:
        app.switch_page(f"pages/{page}.py")
    app.run()
    assert not app.exception
    return app


def with_results(app: AppTest) -> AppTest:
    """Wait for the run that the link has begun, and draw the page again."""
    assert session_of(app).embedding.run.wait(TIMEOUT)
    app.run()
    assert not app.exception
    return app


def written(app: AppTest) -> dict[str, list[str]]:
    """What the page would write into the address."""
    return dict(app.session_state["address"])


def widget(app: AppTest, key: str):
    kinds = ("segmented_control", "button_group", "selectbox", "toggle", "slider", "number_input")
    found = [e for kind in kinds for e in app.get(kind) if getattr(e, "key", None) == key]
    assert found, f"no widget of the key {key}"
    return found[0]


VIEWS = {
    "similarity": {
        "view": ("captions", "heatmap-view", "captions"),
        "rows": ("misses", "heatmap-rows", "Misses"),
        "order": ("cluster", "heatmap-order", "cluster"),
        "scale": ("softmax", "heatmap-scale", "softmax"),
        "temperature": ("0.5", "heatmap-temperature", 0.5),
    },
    "map": {
        "projection": ("tsne", "map-method", "tsne"),
        "centred": ("true", "map-centred", True),
        "seed": ("7", "map-seed", 7),
        "perplexity": ("12", "map-perplexity", 12),
    },
    "groups": {
        "look": ("map", "groups-part", "Groups on the map"),
        "of": ("captions", "groups-of", "Captions"),
        "method": ("kmeans", "groups-method", "kmeans"),
        "count": ("2", "groups-count", 2),
    },
    "odd_ones_out": {
        "look": ("same", "odd-section", "Nearly the same"),
        "threshold": ("0.8", "duplicates-from", 0.8),
    },
    "scorecard": {
        "direction": ("pictures-captions", "scorecard-direction", Direction.PICTURES),
        "all": ("true", "scorecard-all", True),
    },
    "search": {
        "find": ("both", "search-find", Target.BOTH),
        "hits": ("12", "search-count", 12),
        "variety": ("much", "search-variety", "Much"),
        "predict": ("true", "search-predict", True),
    },
}


@pytest.mark.parametrize("page", VIEWS)
def test_a_link_opens_its_view_and_the_page_writes_the_same_address(page):
    said = {name: word for name, (word, _, _) in VIEWS[page].items()}
    app = with_results(link(page, sample=SAMPLE, **said))
    for _, key, value in VIEWS[page].values():
        assert widget(app, key).value == value
    usual = {"view"}
    assert written(app) == {
        "sample": [SAMPLE],
        **{name: [word] for name, word in said.items() if name not in usual},
    }


def test_values_that_are_unknown_out_of_bounds_or_of_another_page_are_ignored():
    app = with_results(
        link(
            "map",
            sample=SAMPLE,
            projection="<script>",
            seed="1e9",
            min_dist="nan",
            n_neighbors="-1",
            centred="perhaps",
            scale="rank",
            setup="nobody",
            larger="very",
            key="nk-secret",
        )
    )
    assert written(app) == {"sample": [SAMPLE]}
    assert widget(app, "map-method").value == "umap"
    assert len(session_of(app).shown) == 2


def test_words_in_a_link_fill_the_field_and_are_searched_for_on_this_machine():
    app = with_results(link("search", sample=SAMPLE, q="a ginger cat", beside="a box"))
    assert next(f for f in app.text_input if f.key == "search-words").value == "a ginger cat"
    assert session_of(app).search.query == Query(words="a ginger cat", beside="a box")
    assert written(app) == {"sample": [SAMPLE], "q": ["a ginger cat"], "beside": ["a box"]}


def test_words_too_long_for_an_address_are_neither_taken_from_one_nor_written_into_it():
    app = with_results(link("search", sample=SAMPLE, q="cat " * 200))
    assert session_of(app).search.query.blank
    session_of(app).search.change(words="cat " * 200)
    app.run()
    assert written(app) == {"sample": [SAMPLE]}


def test_opening_a_link_asks_no_hosted_provider_though_there_is_a_key(monkeypatch):
    with STAND_INS["nomic"]() as nomic:
        monkeypatch.setenv("NOMIC_BASE_URL", nomic.address)
        monkeypatch.setenv("NOMIC_API_KEY", nomic.key)
        monkeypatch.setenv(LEND_VARIABLE, "yes")
        app = link("search", sample=SAMPLE, setup=["local-minilm", "nomic"], q="a cat")
        app = with_results(app)
        state = session_of(app)
        assert [setup.provider for setup in state.askable] == ["local-minilm", "nomic"]
        assert [setup.provider for setup in state.shown] == ["local-minilm"]
        assert nomic.received == []
        assert len(state.embedding.calls) == 0
        pressed(app, "Embed 4 items")  # who presses, asks
        assert state.embedding.run.wait(TIMEOUT)
        assert nomic.received


def test_a_sample_in_a_link_is_loaded_once_and_not_after_it_was_cleared():
    app = with_results(link("collection", sample=SAMPLE))
    assert session_of(app).collection.digest == load_sample(SAMPLE).digest
    assert session_of(app).complete
    app.query_params["sample"] = SAMPLE  # as in a browser whose address is still the link's
    pressed(app, "Clear")
    assert len(session_of(app).collection) == 0
    assert written(app) == {}


def test_a_sample_in_a_link_never_takes_the_place_of_ones_own():
    state = Session()
    own = Collection().adding([text_item("my own words")])
    state.editing.replace(own, "adding 1 caption")
    app = link("collection", state, sample="gallery")
    assert session_of(app).collection.digest == own.digest
    assert session_of(app).embedding.run is None
    assert written(app) == {}


@pytest.mark.parametrize("sample", ["nothing", "", "../../etc/passwd"])
def test_a_sample_that_there_is_not_changes_nothing(sample):
    app = link("collection", sample=sample)
    assert len(session_of(app).collection) == 0
    assert "Nothing here yet" in words_on(app)


def test_a_step_back_shows_what_the_address_says_and_the_usual_for_the_rest(monkeypatch):
    app = with_results(link("similarity", sample=SAMPLE, scale="rank", order="cluster"))
    monkeypatch.setattr(address, "stepped_through_history", lambda: True)
    app.query_params = {"sample": "gallery", "scale": "z", "setup": "local-static"}
    app.run()
    assert not app.exception
    assert widget(app, "heatmap-scale").value == "z"
    assert widget(app, "heatmap-order").value == "pair"
    assert [setup.provider for setup in session_of(app).shown] == ["local-static"]
    assert written(app) == {"sample": [SAMPLE], "setup": ["local-static"], "scale": ["z"]}


def test_a_step_back_to_no_words_keeps_what_is_like_an_item(monkeypatch):
    app = with_results(link("search", sample=SAMPLE, q="a cat"))
    monkeypatch.setattr(address, "stepped_through_history", lambda: True)
    app.query_params = {"sample": SAMPLE}
    app.run()
    assert session_of(app).search.query.blank
    item = next(iter(session_of(app).collection.items))
    session_of(app).search.replace(Query(like=item))
    app.run()
    assert session_of(app).search.query == Query(like=item)


def test_an_ordinary_rerun_reads_no_address():
    app = with_results(link("similarity", sample=SAMPLE, scale="rank"))
    app.query_params = {"scale": "z"}
    app.run()
    assert widget(app, "heatmap-scale").value == "rank"


def test_neither_a_key_nor_a_caption_nor_a_value_beside_it_is_in_the_address():
    app = link("providers")
    state = session_of(app)
    for provider_id in ("nomic", "vertex"):
        info = PROVIDERS[provider_id].info
        for entry in info.key_fields:
            state.keyring.give(provider_id, entry, "canary-0123")
        state.compared.tick(state.compared.row_of(provider_id), True)
    state.editing.replace(Collection().adding([text_item("canary")]), "adding 1 caption")
    app.run()
    assert written(app) == {"setup": ["local-minilm", "local-static", "nomic", "vertex"]}


def test_larger_comes_from_the_address():
    app = link(larger="true")
    assert widget(app, "larger").value is True
    assert written(app) == {"larger": ["true"]}
