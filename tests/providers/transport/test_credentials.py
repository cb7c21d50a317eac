import copy
import dataclasses
import json
import pickle
import pprint
import traceback

import pytest
from requests import Request

from providers import ProviderError, UnusableInput, connect
from providers.errors import MissingCredentials, UnusableCredential
from providers.hosted.nomic import NOMIC
from providers.info import KeyField
from providers.transport.call_context import CallContext
from providers.transport.caller import Caller
from providers.transport.credentials import (
    Credentials,
    HeaderKey,
    Secret,
    cleaned,
    find_credentials,
)

KEY = "nk-canary+0123/4567=89"
INFO = dataclasses.replace(
    NOMIC.info,
    key_fields=(
        KeyField("api_key", "API key", ("FIRST_KEY", "SECOND_KEY")),
        KeyField("project", "project", ("PROJECT",), secret=False, required=False),
        KeyField("region", "region", ("REGION",), secret=False, default="here"),
    ),
)


def found(given=None, environment=None, secrets_file=None):
    return find_credentials(
        INFO, given or {}, environment=environment or {}, secrets_file=secrets_file
    )


def test_what_is_typed_wins_over_the_environment_and_that_over_the_secrets_file():
    typed, environment, file = {"api_key": "t"}, {"FIRST_KEY": "e"}, {"FIRST_KEY": "f"}
    for expected, given in (
        ("t typed here", (typed, environment, file)),
        ("e from the environment (FIRST_KEY)", ({}, environment, file)),
        ("f from .streamlit/secrets.toml (FIRST_KEY)", ({}, {}, file)),
    ):
        credentials = found(*given)
        value = credentials.secrets["api_key"].reveal()
        assert f"{value} {credentials.origins['api_key']}" == expected


def test_of_the_variables_the_first_that_has_a_value_counts():
    credentials = found(environment={"FIRST_KEY": " ", "SECOND_KEY": "second"})
    assert credentials.secrets["api_key"].reveal() == "second"
    assert credentials.origins["api_key"] == "from the environment (SECOND_KEY)"


@pytest.mark.parametrize("blank", ["", "  ", '""', None])
def test_a_blank_value_counts_as_none(blank):
    credentials = found({"api_key": blank}, {"FIRST_KEY": "e"})
    assert credentials.secrets["api_key"].reveal() == "e"


def test_plain_values_are_kept_in_the_open_and_may_have_a_default():
    credentials = found({"api_key": "k", "project": "p-1"})
    assert (credentials.value("project"), credentials.value("region")) == ("p-1", "here")
    assert credentials.origins["region"] == "the default"
    assert credentials.value("nothing") == ""


def test_a_missing_key_says_how_to_give_it_and_where_to_get_one():
    with pytest.raises(MissingCredentials) as caught:
        found({"project": "p"})
    for words in ("API key is missing", "api_key", "FIRST_KEY or SECOND_KEY", INFO.key_page):
        assert words in str(caught.value)


@pytest.mark.parametrize(
    "pasted",
    [
        KEY,
        f"  {KEY}\n",
        f"{KEY}\u00a0",
        f'"{KEY}"',
        f"“{KEY}”",
        f"'{KEY}' ",
        f"Bearer {KEY}",
        f"bearer   {KEY}",
        f'"Bearer {KEY}"',
        f'Bearer "{KEY}"',
    ],
)
def test_what_gets_pasted_along_with_a_key_is_taken_off(pasted):
    assert cleaned(pasted) == KEY
    assert found({"api_key": pasted}).secrets["api_key"].reveal() == KEY


@pytest.mark.parametrize("inside", [" ", "\n", "\r\n", "\t", "é", "\u200b", "\0", "\x7f"])
def test_a_key_with_a_character_that_none_has_is_refused_without_being_shown(inside):
    broken = KEY[:10] + inside + KEY[10:]
    for given in (broken, Secret(broken)):
        with pytest.raises(UnusableCredential, match="API key") as caught:
            found({"api_key": given})
        assert KEY[:10] not in str(caught.value)
        assert KEY[10:] not in str(caught.value)
        assert "Copy it again" in caught.value.advice


def test_a_plain_value_that_cannot_be_one_is_shown():
    with pytest.raises(UnusableCredential, match="“my project”"):
        found({"api_key": "k", "project": "my project"})


def test_a_secret_that_is_given_is_the_one_that_is_used_so_that_it_can_be_forgotten():
    secret = Secret(KEY)
    credentials = found({"api_key": secret})
    assert credentials.secrets["api_key"] is secret
    secret.forget()
    assert not credentials.secrets["api_key"].known


def test_forgetting_reaches_whatever_holds_the_secret():
    credentials = found({"api_key": KEY})
    header = HeaderKey("Authorization", "Bearer ", credentials.secrets["api_key"])
    credentials.forget()
    with pytest.raises(MissingCredentials, match="was forgotten"):
        Request("POST", "https://example.org", auth=header).prepare()


def test_a_header_key_adds_itself_to_a_request_at_sending_time():
    prepared = Request("POST", "https://example.org", auth=HeaderKey("X-Key", "", Secret(KEY)))
    assert prepared.prepare().headers["X-Key"] == KEY


def test_a_fingerprint_is_that_of_provider_secret_and_values():
    same = found({"api_key": "a", "project": "p"})
    assert same.fingerprint == found({"api_key": "a", "project": "p"}).fingerprint
    assert same.fingerprint != found({"api_key": "b", "project": "p"}).fingerprint
    assert same.fingerprint != found({"api_key": "a", "project": "q"}).fingerprint
    assert "a" * 8 not in found({"api_key": "a" * 8}).fingerprint


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"key={KEY}&more",
        "nk-canary%2B0123%2F4567%3D89",
        "nk-canary%2b0123%2f4567%3d89",
        "nk-canary%2B0123/4567%3D89",
        KEY.upper(),
        "bmstY2FuYXJ5KzAxMjMvNDU2Nz04OQ==",
        "bmstY2FuYXJ5KzAxMjMvNDU2Nz04OQ",
    ],
)
def test_a_secret_is_hidden_in_every_way_of_writing_it(text):
    hidden = Secret(KEY).hidden_in(f"before {text} after")
    assert hidden.startswith("before ")
    assert hidden.endswith(" after")
    assert "***" in hidden
    assert "0123" not in hidden
    assert "bmst" not in hidden


def test_a_key_with_quotes_is_hidden_in_json_too():
    key = 'nk-"can\\ary"'
    hidden = Secret(key).hidden_in(json.dumps({"detail": f"{key} is wrong"}))
    assert hidden == '{"detail": "*** is wrong"}'


def test_a_forgotten_secret_changes_no_text():
    secret = Secret(KEY)
    secret.forget()
    assert secret.hidden_in("any text") == "any text"


def holders():
    credentials = found({"api_key": KEY})
    context = CallContext(credentials)
    setup = NOMIC.info.setup()
    return {
        "Secret": credentials.secrets["api_key"],
        "Credentials": credentials,
        "HeaderKey": HeaderKey("Authorization", "Bearer ", credentials.secrets["api_key"]),
        "Access": context,
        "embedder": NOMIC.embedder(setup, context),
        "Caller": Caller(NOMIC.api, setup, context, NOMIC.api.base_url),
        "Connection": connect("nomic", api_key=KEY),
    }


WRITERS = {
    "repr": repr,
    "str": str,
    "format": "{}".format,
    "percent": lambda thing: "%s %r" % (thing, thing),  # noqa: UP031
    "pprint": pprint.pformat,
    "in a container": lambda thing: repr([{"it": (thing,)}]),
    "its parts": lambda thing: repr(vars(thing)),
    "copy": lambda thing: repr(copy.copy(thing)),
    "deepcopy": lambda thing: repr(copy.deepcopy(thing)),
    "pickle": pickle.dumps,
    "old pickle": lambda thing: pickle.dumps(thing, 0),
    "json": json.dumps,
    "json of anything": lambda thing: json.dumps(thing, default=lambda other: vars(other)),
    "json in words": lambda thing: json.dumps(thing, default=str),
    "asdict": dataclasses.asdict,
}


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("holder", holders().values(), ids=holders())
def test_nothing_that_holds_a_key_ever_shows_it(holder, writer):
    try:
        written = writer(holder)
    except (TypeError, ValueError, AttributeError, pickle.PicklingError) as error:
        written = error
    shown = f"{written!r} {written}"
    assert KEY not in shown
    assert "canary" not in shown


@pytest.mark.parametrize("write", [pickle.dumps, copy.deepcopy, copy.copy, json.dumps])
def test_a_secret_cannot_be_written_anywhere(write):
    with pytest.raises(TypeError):
        write(Secret(KEY))


def test_a_credential_that_is_no_text_is_refused():
    with pytest.raises(UnusableInput, match="api_key as a string"):
        connect("nomic", api_key=KEY.encode())


@pytest.mark.parametrize(
    "given",
    [
        {"api_key": f"{KEY} {KEY}"},
        {"api_key": KEY.encode()},
        {"api_key": KEY, "token": KEY},
        {"api_key": KEY, "base_url": "nowhere"},
        {"api_key": KEY, "base_url": 5},
        {"api_key": KEY, "dimension": 5},
        {"api_key": KEY, "provider_id": "nobody"},
        {},
    ],
    ids=lambda given: ", ".join(given) or "of the environment",
)
def test_no_variable_of_a_frame_that_a_traceback_shows_holds_a_key(given, monkeypatch):
    monkeypatch.setenv("NOMIC_API_KEY", f"{KEY} {KEY}")
    monkeypatch.delenv("NOMIC_BASE_URL", raising=False)
    with pytest.raises(ProviderError) as caught:
        connect(**{"provider_id": "nomic", **given})
    (_, *frames) = traceback.walk_tb(caught.value.__traceback__)
    assert frames
    for frame, _ in frames:
        assert "canary" not in repr(frame.f_locals), frame.f_code.co_name


def test_an_unknown_credential_is_refused_with_the_names_of_the_known():
    with pytest.raises(UnusableInput, match="takes no “token”, but api_key"):
        connect("nomic", token=KEY)
    with pytest.raises(UnusableInput, match="but no credentials"):
        connect("local-minilm", api_key=KEY)


def test_credentials_of_one_provider_are_not_those_of_another():
    one = Credentials("one", {"api_key": Secret(KEY)})
    assert one.fingerprint != Credentials("two", {"api_key": Secret(KEY)}).fingerprint
