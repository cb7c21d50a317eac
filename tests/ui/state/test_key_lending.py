"""Whose requests get the server's own keys: those of its owner alone, unless told otherwise."""

import logging
from pathlib import Path

import pytest

from ui.state import key_lending
from ui.state.key_lending import LEND_VARIABLE, lends_keys, opens_own_files, why_not_lent

FOLDER = Path("/home/somebody/shared-space")
HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501", "User-Agent": "a browser"}


def reason(bound_to="localhost", headers=HERE, environment=None, folder=FOLDER):
    return why_not_lent(bound_to, headers, environment or {}, folder)


@pytest.mark.parametrize("bound_to", ["localhost", "127.0.0.1", "::1"])
@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST"])
def test_who_opens_the_page_on_this_machine_gets_its_keys(bound_to, host):
    assert reason(bound_to, {"Host": host, "Origin": f"http://{host}"}) is None
    assert reason(bound_to, {"host": host}) is None


@pytest.mark.parametrize("bound_to", ["", "0.0.0.0", "192.0.2.7", "::"])
def test_a_server_for_others_lends_nothing(bound_to):
    assert reason(bound_to)


@pytest.mark.parametrize(
    "name",
    [
        "Forwarded",
        "X-Forwarded-For",
        "x-forwarded-host",
        "X-Forwarded-Anything",
        "X-Real-IP",
        "Via",
        "CF-Connecting-IP",
        "cf-ray",
    ],
)
def test_a_header_of_a_proxy_or_tunnel_ends_the_lending(name):
    assert reason(headers=HERE | {name: ""})


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "space.example.org:8501",
        "192.0.2.7",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "localhost@example.org",
        "[::1",
        "",
    ],
)
def test_a_name_that_is_not_of_this_machine_ends_the_lending(host):
    assert reason(headers={"Host": host})


@pytest.mark.parametrize("origin", ["https://a-tunnel.example.org", "null", "http://[::1"])
def test_a_tunnel_that_rewrites_the_host_alone_is_known_by_the_origin(origin):
    assert reason(headers=HERE | {"Origin": origin})


def test_no_headers_at_all_are_no_sign_of_the_owner():
    assert reason(headers={})


@pytest.mark.parametrize(
    "variable",
    ["SPACE_ID", "JUPYTERHUB_USER", "JUPYTERHUB_SERVICE_PREFIX", "KUBERNETES_SERVICE_HOST"],
)
def test_a_hosting_platform_ends_the_lending(variable):
    assert reason(environment={variable: "x"})


def test_the_folder_of_a_hosting_platform_ends_the_lending():
    assert reason(folder=Path("/mount/src/shared-space"))
    assert reason(folder=Path("/mount/srcs")) is None


@pytest.mark.parametrize("yes", ["yes", " YES ", "1", "true", "on"])
def test_the_owner_may_lend_to_everybody(yes):
    stranger = {"Host": "example.org", "X-Forwarded-For": "192.0.2.7"}
    assert reason("0.0.0.0", stranger, {LEND_VARIABLE: yes, "SPACE_ID": "x"}) is None


@pytest.mark.parametrize("no", ["no", "0", "false", "off"])
def test_the_owner_may_lend_to_nobody(no):
    assert reason(environment={LEND_VARIABLE: no})


@pytest.mark.parametrize("unclear", ["", "maybe", "nomic"])
def test_another_value_changes_nothing(unclear):
    assert reason(environment={LEND_VARIABLE: unclear}) is None
    assert reason("0.0.0.0", environment={LEND_VARIABLE: unclear})


def test_the_reason_stands_once_in_the_servers_log(monkeypatch, caplog):
    monkeypatch.setattr(key_lending.st, "get_option", {"server.address": "0.0.0.0"}.get)
    key_lending._tell_the_owner.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert not lends_keys()
        assert not lends_keys()
    (record,) = (r for r in caplog.records if r.name == key_lending.__name__)
    assert "more than this machine" in record.getMessage()
    assert "docs/keys-and-servers.md" in record.getMessage()


@pytest.mark.parametrize(
    ("bound_to", "headers", "environment", "opens"),
    [
        ("localhost", HERE, {}, True),
        ("localhost", HERE, {LEND_VARIABLE: "yes"}, True),
        ("localhost", HERE, {LEND_VARIABLE: "no"}, False),
        ("localhost", HERE | {"X-Forwarded-For": "192.0.2.7"}, {LEND_VARIABLE: "yes"}, False),
        ("localhost", HERE | {"X-Forwarded-For": "192.0.2.7"}, {}, False),
        ("0.0.0.0", HERE, {LEND_VARIABLE: "yes"}, False),
        ("localhost", HERE, {"SPACE_ID": "x", LEND_VARIABLE: "yes"}, False),
        ("localhost", {}, {}, False),
    ],
)
def test_files_of_the_server_are_opened_for_its_owner_at_this_machine_alone(
    monkeypatch, bound_to, headers, environment, opens
):
    monkeypatch.setattr(key_lending, "_request", lambda: (bound_to, headers, environment, FOLDER))
    assert opens_own_files("A collection") is opens
