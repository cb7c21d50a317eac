"""The check of a key: one tiny call, and plain words."""

import pytest

from providers.check import HEADLINES, check, unusable
from providers.errors import MissingCredentials, UnusableCredential, UnusableEndpoint
from providers.failure_kind import FailureKind
from providers.registry import PROVIDERS
from providers.transport.call_context import CallContext
from providers.transport.credentials import find_credentials
from stand_ins.faults import Html, Status
from tests.providers.hosted.all_hosted import HOSTED


def checked(name, server, key=None):
    provider = PROVIDERS[name]
    given = {"api_key": key or server.key}
    if name == "vertex":
        given = {"access_token": key or server.key, "project": "a-project"}
    context = CallContext(find_credentials(provider.info, given, environment={}), server.address)
    return check(provider, provider.info.setup(), context)


@pytest.mark.parametrize("name", HOSTED)
def test_a_good_key_works_and_says_how_fast_and_how_many_dimensions(name):
    with HOSTED[name].stand_in() as server:
        found = checked(name, server)
        assert len([r for r in server.received if r.method == "POST"]) == 1
    assert found.ok
    assert found.dimension == PROVIDERS[name].info.setup().dimension
    assert found.seconds > 0


@pytest.mark.parametrize("name", HOSTED)
def test_a_wrong_key_is_called_wrong_and_is_not_repeated(name):
    with HOSTED[name].stand_in() as server:
        found = checked(name, server, key="a-wrong-key")
    assert found.kind in (FailureKind.KEY, FailureKind.EXPIRED)
    assert "a-wrong-key" not in repr(found)


def test_what_is_left_of_the_limits_is_told_where_the_answer_says_so():
    with HOSTED["jina"].stand_in() as server:
        assert "calls" in checked("jina", server).remaining


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Status(402, {"message": "pay"}, {}), FailureKind.BALANCE),
        (Status(404, {"message": "no such model"}, {}), FailureKind.MODEL),
        (Status(404, {"message": "not found"}, {}), FailureKind.ENDPOINT),
        (Html(403), FailureKind.PROXY),
    ],
)
def test_each_trouble_has_a_name_of_its_own(fault, kind):
    with HOSTED["cohere"].stand_in() as server:
        server.misbehave(fault, times=None)
        found = checked("cohere", server)
    assert found.kind is kind
    assert found.headline == HEADLINES[kind]
    assert "collection" not in found.details
    assert "only what is missing" not in found.details


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MissingCredentials, FailureKind.NO_KEY),
        (UnusableCredential, FailureKind.KEY),
        (UnusableEndpoint, FailureKind.ENDPOINT),
    ],
)
def test_what_keeps_a_call_from_being_made_is_told_apart_too(error, kind):
    found = unusable(error("A provider", "So it is.", "Do this."))
    assert (found.kind, found.headline, found.details) == (kind, "So it is.", "Do this.")


def test_a_base_address_that_cannot_be_one_is_not_blamed_on_the_key():
    cohere = PROVIDERS["cohere"]
    found = find_credentials(cohere.info, {"api_key": "k"}, environment={})
    result = check(cohere, cohere.info.setup(), CallContext(found, "nowhere"))
    assert result.kind is FailureKind.ENDPOINT


def test_every_kind_of_failure_has_a_headline():
    assert set(HEADLINES) == set(FailureKind)
