"""The example of docs/add-a-provider.md: it runs as it is printed, and keeps the contract."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from requests.structures import CaseInsensitiveDict

from tests.providers.hosted import test_common_contract as contract
from tests.providers.hosted.all_hosted import Hosted
from tests.providers.hosted.asking import answers_of, picture, text

DOC = Path(__file__).parents[3] / "docs" / "add-a-provider.md"
KEPT = (
    contract.test_texts_and_pictures_get_vectors_of_the_dimension_asked_for,
    contract.test_every_dimension_of_every_model_is_what_comes_back,
    contract.test_each_item_gets_the_vector_that_it_gets_alone,
    contract.test_a_provider_says_all_that_its_card_shows,
    contract.test_a_job_gives_rows_of_length_one,
    contract.test_a_wrong_key_ends_it_with_the_first_call_and_is_not_repeated,
)


def run(block):
    names = {"__name__": "example"}
    exec(compile(block, str(DOC), "exec"), names)
    return names


@pytest.fixture(scope="module")
def example():
    module, stand_in = re.findall(r"^```python\n(.*?)^```", DOC.read_text("utf-8"), re.M | re.S)
    return Hosted(run(module)["EXAMPLE"], run(stand_in)["ExampleStandIn"])


@pytest.fixture
def hosted(example):
    return example


def test_the_example_embeds_two_texts_and_a_picture(hosted, server):
    embedder, log = hosted.embedder(server)
    found = answers_of(embedder, text("a kite"), text("a cat"), picture("red"))
    assert [row.shape for row in found.values()] == [(64,)] * 3
    assert not np.array_equal(found["text a kite"], found["text a cat"])
    assert [call.json.get("kind") for call in server.received] == [None, "query"]
    assert [call.ok for call in log.calls] == [True, True]


@pytest.mark.parametrize("fact", KEPT, ids=lambda fact: fact.__name__.removeprefix("test_"))
def test_the_example_keeps_the_contract(hosted, fact, request):
    wanted = fact.__code__.co_varnames[: fact.__code__.co_argcount]
    fact(**{name: request.getfixturevalue(name) for name in wanted})


def test_the_example_has_a_price(hosted):
    price = hosted.provider.info.model().price
    assert price.each == {"tokens": pytest.approx(1e-7)}


def test_the_errors_that_the_example_documents_are_read_as_it_says(hosted):
    api = hosted.provider.api
    for case in hosted.stand_in.error_cases:
        body = case.body if isinstance(case.body, bytes | str) else json.dumps(case.body)
        body = body if isinstance(body, bytes) else body.encode()
        failure = api.explain(case.status, CaseInsensitiveDict(case.headers), body)
        assert (failure.action, failure.kind.name.lower()) == (case.action, case.kind)
