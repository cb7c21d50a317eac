"""Nobody pays twice: vectors kept by an earlier version of this project are found by today's.

`fixtures/vectors.sqlite` was written in November 2026 by commit 98826f2, whose keys today's code
has to make again. Its n-th vector is 1 at place n; `vectors.json` names what was embedded, with
which Setup and where, and the places of the caption's and the picture's vector.
"""

import json
import shutil
from pathlib import Path

import pytest

from collection.items import text_item
from collection.picture import ingest_picture
from providers.embedding.cache import VectorCache
from providers.embedding.progress import JobState
from providers.embedding.run import run_of_inputs
from providers.inputs import input_of, role_of
from providers.registry import PROVIDERS
from providers.transport.call_context import CallContext
from providers.transport.credentials import find_credentials

FIXTURES = Path(__file__).parent / "fixtures"
WRITTEN = json.loads((FIXTURES / "vectors.json").read_text(encoding="utf-8"))
CASES = WRITTEN["cases"]
ITEMS = (
    text_item(WRITTEN["caption"]),
    ingest_picture("picture.jpg", (FIXTURES / "picture.jpg").read_bytes()),
)


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch):
    monkeypatch.delattr("providers.transport.hosted.HostedEmbedder.embed")


@pytest.fixture
def cache(tmp_path):
    cache = VectorCache(Path(shutil.copy(FIXTURES / "vectors.sqlite", tmp_path)))
    yield cache
    cache.close()


def setup_of(case):
    return PROVIDERS[case["provider"]].info.setup(**case.get("choices", {}))


def context_of(case):
    if "credentials" not in case:
        return None
    info = PROVIDERS[case["provider"]].info
    found = find_credentials(info, case["credentials"], environment={})
    return CallContext(found, case.get("base_url"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["key"])
def test_a_setup_has_the_key_that_it_had(case):
    assert setup_of(case).key == case["key"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["key"])
def test_what_was_embedded_with_a_setup_is_found_and_not_asked_for_again(case, cache):
    setup = setup_of(case)
    inputs = [input_of(item, case.get("role") or role_of(item, setup)) for item in ITEMS]
    run = run_of_inputs(
        {setup: inputs}, cache, context=lambda _: context_of(case), is_public=lambda _: True
    )
    assert run.start().wait(30)
    (progress,) = run.progress
    assert (progress.state, progress.cached, progress.embedded) == (JobState.DONE, 2, 0)
    (found,) = run.take_ended()
    assert [row.argmax() for row in found.of(item.id for item in ITEMS)] == case["rows"]


def test_every_vector_of_the_old_cache_is_one_of_these(cache):
    assert {row for case in CASES for row in case["rows"]} == set(range(len(cache)))
