import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from providers.failure_kind import Action, FailureKind
from providers.transport.explanation import (
    COMMON_RULES,
    error_text,
    explain,
    html_instead,
    retry_after,
    shortened,
)
from providers.transport.failure import Failure, Rule

PAGE = b"\n <!DOCTYPE html><html><head><title>Sign in</title></head></html>"


def explained(status, body=b"", rules=(), **headers):
    return explain(rules, status, {n.replace("_", "-"): v for n, v in headers.items()}, body)


def rule(reason, statuses=(400,), pattern="", **more):
    return Rule(statuses, pattern, FailureKind.MODEL, Action.ABORT, reason, **more)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"detail": "No such thing."}, "No such thing."),
        (
            {"detail": [{"loc": ["body", "texts"], "msg": "not a list", "type": "x"}]},
            "not a list body texts",
        ),
        (
            {
                "error": {
                    "code": 403,
                    "message": "Denied.",
                    "status": "PERMISSION_DENIED",
                    "details": [{"@type": "t", "reason": "SERVICE_DISABLED"}],
                }
            },
            "403 PERMISSION_DENIED SERVICE_DISABLED Denied.",
        ),
        ({"error": "Slow down."}, "Slow down."),
        ({"message": "invalid api token"}, "invalid api token"),
        (
            {"detail": "Wait.", "code": "RATE_LIMIT", "errors": [{"field": "input"}]},
            "RATE_LIMIT Wait. input",
        ),
        ([{"message": "one"}, {"message": "two"}], "one two"),
        ({"error": "twice", "message": "twice"}, "twice"),
        ("just words", "just words"),
        ({"something": "else"}, ""),
        (None, ""),
        (7, ""),
    ],
)
def test_code_and_message_are_found_in_every_shape_of_body(body, said):
    assert error_text(json.dumps(body).encode()) == said


def test_a_body_that_is_no_json_is_taken_as_words():
    assert error_text(b"upstream connect error\n") == "upstream connect error"
    assert error_text("zu groß".encode("latin-1")) == "zu gro\ufffd"


def test_a_web_page_and_an_empty_body_say_nothing():
    assert error_text(PAGE) == ""
    assert error_text(b"") == ""


def test_a_body_nested_without_end_says_nothing_and_breaks_nothing():
    assert explained(400, b"[" * 100_000).kind is FailureKind.INPUT
    assert explained(400, b'{"error":' * 100_000).kind is FailureKind.INPUT


def test_what_was_said_is_told_on_one_short_line():
    failure = explained(400, json.dumps({"message": "no\n\n" + "very " * 200}).encode())
    assert "\n" not in failure.reason
    assert len(failure.reason) < 400
    assert failure.reason.endswith("…”")
    assert "(HTTP 400)" in failure.reason


def test_shortening_keeps_300_characters_and_takes_out_line_breaks():
    assert shortened(" a\n\tb ") == "a b"
    assert len(shortened("x" * 301)) == 300
    assert shortened("x" * 300) == "x" * 300


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("0.25", 0.25),
        ("-3", 0.0),
        ("soon", None),
        ("", None),
        ("NaN", None),
        ("inf", None),
        ("1e999", None),
        ("7 seconds", None),
        ("Wed, 99 Nov 2026 99:99:99 GMT", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
    ],
)
def test_retry_after_is_read_in_seconds_and_junk_is_left_out(header, seconds):
    assert retry_after({"retry-after": header}) == seconds


@pytest.mark.parametrize("offset", [0, -8])
def test_retry_after_may_be_a_date_of_any_time_zone(offset):
    then = datetime.now(UTC) + timedelta(hours=1)
    written = then.timestamp()
    zone = timedelta(hours=offset)
    local = datetime.fromtimestamp(written, UTC) + zone
    text = local.strftime("%a, %d %b %Y %H:%M:%S ") + f"{'-' if offset < 0 else '+'}0{-offset}00"
    assert 3500 < retry_after({"retry-after": text}) <= 3600


def test_retry_after_may_be_a_date_in_gmt():
    text = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert 3500 < retry_after({"retry-after": text}) <= 3600


@pytest.mark.parametrize(
    ("milliseconds", "seconds"), [("1500", 1.5), ("junk", 9.0), ("nan", 9.0), ("-5", 0.0)]
)
def test_milliseconds_are_finer_and_junk_there_leaves_the_seconds(milliseconds, seconds):
    assert retry_after({"retry-after-ms": milliseconds, "retry-after": "9"}) == seconds


def test_without_the_header_nobody_asked_to_wait():
    assert retry_after({}) is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_proxy_whatever_the_rules_say(status):
    failure = explained(status, b"{}", rules=[rule("mine", (status,))])
    assert (failure.kind, failure.action) == (FailureKind.PROXY, Action.ABORT)
    assert "another address" in failure.reason


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_web_page_with_an_error_is_a_proxy(status):
    failure = explained(status, PAGE)
    assert (failure.kind, failure.action) == (FailureKind.PROXY, Action.ABORT)


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503])
def test_a_web_page_of_an_overloaded_server_is_waited_for(status):
    failure = explained(status, PAGE)
    assert failure.action is Action.RETRY
    assert "said" not in failure.reason


def test_a_call_that_is_too_large_for_a_server_in_front_of_the_provider_is_split():
    page = b"<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n</html>"
    failure = explained(413, page)
    assert (failure.kind, failure.action) == (FailureKind.TOO_LARGE, Action.SPLIT)


def test_a_web_page_with_status_200_is_asked_for_once_more():
    assert html_instead(200).action is Action.RETRY_ONCE
    assert html_instead(404).action is Action.ABORT


@pytest.mark.parametrize("position", [0, 290, 9_990])
@pytest.mark.parametrize("status", [400, 418])
def test_a_secret_is_hidden_before_what_was_said_is_cut(position, status):
    said = " " * position + "canary-key-0123456789" + "y" * 9000
    for body in (said.encode(), json.dumps({"detail": said}).encode()):
        failure = explain((), status, {}, body, lambda w: w.replace("canary-key-0123456789", "***"))
        assert "***" in failure.reason
        assert "canary" not in failure.reason


def test_halves_of_letters_in_what_was_said_are_not_quoted():
    assert "half ?" in explained(400, b'{"detail": "half \\ud83d"}').reason


def test_of_the_rules_the_first_that_fits_explains():
    rules = [rule("first", pattern="exceeded.*tokens"), rule("second", pattern="exceeded")]
    assert explained(400, b"EXCEEDED your tokens", rules).reason.startswith("first")
    assert explained(400, b"exceeded", rules).reason.startswith("second")
    assert explained(400, b"else", rules).kind is FailureKind.INPUT
    assert explained(422, b"exceeded", rules).kind is FailureKind.INPUT


def test_a_rule_sees_code_and_message():
    rules = [rule("gone", (404,), "RESOURCE_NOT_FOUND")]
    body = json.dumps({"detail": "Not found.", "code": "RESOURCE_NOT_FOUND"}).encode()
    assert explained(404, body, rules).reason.startswith("gone")


def test_a_failure_carries_what_its_rule_says_of_pace_and_what_was_asked_to_wait():
    rules = [
        rule("x", calls_a_second=4.0, lower_concurrency=True, split_first=True, advice="Do y.")
    ]
    failure = explained(400, b"", rules, retry_after="3")
    assert failure == Failure(
        "x (HTTP 400).",
        "Do y.",
        kind=FailureKind.MODEL,
        action=Action.ABORT,
        retry_after=3.0,
        calls_a_second=4.0,
        lower_concurrency=True,
        split_first=True,
    )


@pytest.mark.parametrize(
    ("statuses", "kind", "action"),
    [
        ((400, 422), FailureKind.INPUT, Action.ISOLATE),
        ((401, 498), FailureKind.KEY, Action.ABORT),
        ((402,), FailureKind.BALANCE, Action.ABORT),
        ((403,), FailureKind.PERMISSION, Action.ABORT),
        ((404,), FailureKind.ENDPOINT, Action.ABORT),
        ((407,), FailureKind.PROXY, Action.ABORT),
        ((413,), FailureKind.TOO_LARGE, Action.SPLIT),
        ((429,), FailureKind.RATE, Action.RETRY),
        ((408, 409, 425, 500, 502, 503, 504, 529, 599), FailureKind.SERVICE, Action.RETRY),
        ((418, 201, 204, 600), FailureKind.SERVICE, Action.ABORT),
    ],
)
def test_a_status_has_its_usual_meaning(statuses, kind, action):
    for status in statuses:
        failure = explained(status, b'{"message": "words"}')
        assert (failure.kind, failure.action) == (kind, action), status
        assert str(status) in failure.reason
        assert "“words”" in failure.reason
        assert failure.advice


@pytest.mark.parametrize(
    "body",
    [
        {"detail": "x", "code": "INPUT_MODEL_NOT_FOUND"},
        {"detail": "x", "code": "INPUT_MODEL_NOT_SUPPORTED"},
        {"detail": "x", "code": "INPUT_INVALID_MODEL"},
        {"detail": "x", "code": "INPUT_UNKNOWN_MODEL"},
        {"detail": "Unknown model embed-v9"},
        {"detail": "model: unknown model", "errors": [{"field": "model", "message": "no"}]},
        {"detail": "Model embed-v9 is not supported. Supported models are ['a', 'b']."},
        {"detail": [{"loc": ["body", "model"], "msg": "not a member", "type": "enum"}]},
        {"message": "model 'embed-v9' not found"},
        {"message": "The model embed-v9 does not exist"},
        {"error": {"message": "models/embed-v9 is no longer available", "code": 400}},
    ],
    ids=str,
)
def test_a_model_that_is_not_offered_is_told_in_many_ways_and_ends_it(body):
    for status in (400, 404, 422):
        failure = explained(status, json.dumps(body).encode())
        assert (failure.kind, failure.action) == (FailureKind.MODEL, Action.ABORT)


@pytest.mark.parametrize(
    "body",
    [
        {"detail": "x", "code": "INPUT_TOKEN_LIMIT_EXCEEDED"},
        {"detail": "The text does not fit into the model's context of 8192 tokens."},
        {"detail": "Invalid model input: the image cannot be read."},
        {"detail": "The model does not support images of one pixel."},
        {"detail": [{"loc": ["body", "texts"], "msg": "not a list", "type": "x"}]},
    ],
    ids=str,
)
def test_an_item_that_a_model_cannot_read_does_not_end_it(body):
    for status in (400, 422):
        assert explained(status, json.dumps(body).encode()).action is Action.ISOLATE


def test_every_usual_rule_tells_what_to_do():
    assert all(r.reason.endswith(".") and r.advice.endswith(".") for r in COMMON_RULES)
