"""A key is in one header of the request, and nowhere else, whatever goes wrong."""

import json
from dataclasses import replace

import pytest

from stand_ins import ERROR_CASES
from stand_ins.faults import (
    Garbage,
    Html,
    MissingField,
    NotFinite,
    OneShort,
    Redirect,
    Reset,
    Slow,
    Status,
    Truncated,
    WrongDimension,
)
from stand_ins.refused import refused_address
from tests.providers.hosted.all_hosted import HOSTED
from tests.providers.transport.leak_scene import HASTY, KEY, WATCH

FAULTS = (
    Reset(),
    Truncated(),
    Html(),
    Html(403),
    Garbage(),
    OneShort(),
    NotFinite(),
    WrongDimension(),
    MissingField(),
)


def concurrency(case):
    """Return the fault of an error case; where it asks to wait, then for no time at all."""
    asked = {"Retry-After": "0"} if "Retry-After" in case.headers else {}
    return replace(case, headers={**case.headers, **asked}).fault


@pytest.mark.parametrize("name", HOSTED)
def test_no_documented_error_shows_the_key(watched, name):
    _, calls = watched(HOSTED[name], *map(concurrency, ERROR_CASES[name]))
    assert not any(call.ok for call in calls)
    seen = {call.status for call in calls if call.status is not None}  # None: stopped before
    assert seen == {case.status for case in ERROR_CASES[name]}


@pytest.mark.parametrize("name", HOSTED)
def test_no_misbehaviour_shows_the_key(watched, name):
    watched(HOSTED[name], *FAULTS)


@pytest.mark.parametrize("name", HOSTED)
def test_when_all_goes_well_the_key_shows_nowhere_either(watched, name):
    _, calls = watched(HOSTED[name])
    assert all(call.ok for call in calls)


@pytest.mark.parametrize("name", HOSTED)
def test_a_wrong_key_shows_nowhere(watched, name):
    _, calls = watched(HOSTED[name], key="another-key")
    assert not any(call.ok for call in calls)


@pytest.mark.parametrize("name", HOSTED)
def test_a_slow_answer_shows_no_key(watched, name):
    watched(HOSTED[name], Slow(0.1), retry_policy=HASTY, key="another-key")


@pytest.mark.parametrize("name", HOSTED)
def test_a_refused_connection_shows_no_key(watched, name):
    with refused_address() as address:
        server, calls = watched(HOSTED[name], address=address)
    assert len(server.received) == 1  # that which went well before
    assert not any(call.ok for call in calls)


@pytest.mark.parametrize("name", HOSTED)
def test_a_redirect_gets_nothing_to_its_target(watched, name):
    hosted = HOSTED[name]
    with hosted.stand_in(key=KEY) as other:
        target = f"{other.address}/v1/embeddings?key={KEY}"
        watched(hosted, *(Redirect(target, code) for code in (301, 302, 303, 307, 308)))
        assert other.received == []


ECHOES = {
    "plain": KEY,
    "of the header": f"Authorization: Bearer {KEY}",
    "across where a reason is cut": "x" * 270 + KEY + "y" * 100,
    "across where a text is cut": "x" * 65 + KEY + "y" * 300,
    "across where an answer is cut": "x" * 5_970 + KEY + "y" * 300,
    **{form: f"The key {written} is wrong." for form, written in WATCH.forms.items()},
}
BODIES = {
    "detail": lambda echo: {"detail": echo},
    "detail list": lambda echo: {"detail": [{"loc": ["header", echo], "msg": echo}]},
    "nested": lambda echo: {"error": {"code": 400, "message": echo, "status": echo}},
    "as a name": lambda echo: {"message": "no", echo: {echo: [1.0] * 9}},
    "text": lambda echo: echo,
    "escaped": lambda echo: json.dumps({"error": echo}).replace("/", "\\/").encode(),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("status", [200, 400])
def test_an_answer_that_repeats_the_key_is_cleaned_of_it(watched, status, body):
    watched(HOSTED["nomic"], Status(status, body(KEY)))


@pytest.mark.parametrize("body", ["detail", "text", "escaped"])
@pytest.mark.parametrize("status", [200, 400])
def test_a_key_is_hidden_in_whatever_way_and_place_it_is_written(watched, status, body):
    faults = (Status(status, BODIES[body](echo)) for echo in ECHOES.values())
    watched(HOSTED["nomic"], *faults)


@pytest.mark.parametrize("name", HOSTED)
def test_no_provider_repeats_a_key_from_an_answer_or_its_headers(watched, name):
    said = {"detail": KEY, "message": KEY, "error": {"message": KEY, "details": [{"reason": KEY}]}}
    names = ("Retry-After", "X-RateLimit-Remaining", "X-RateLimit-Remaining-Requests", "Location")
    headers = dict.fromkeys(names, KEY)
    statuses = (400, 401, 403, 404, 413, 429, 500, 418)
    watched(HOSTED[name], *(Status(status, said, headers) for status in statuses))


@pytest.mark.parametrize("written", [*ECHOES.values(), KEY.lower(), KEY[3:15], KEY[-9:]])
def test_the_watch_would_see_a_key(written):
    with pytest.raises(AssertionError, match="shows"):
        WATCH.look("this test", [f"before {written} after"])
    with pytest.raises(AssertionError, match="shows"):
        WATCH.look("this test", written.encode())
