"""What the errors of Google's two embedding APIs mean, by their reasons.

A body holds `error.{code,status,message,details[]}`, and a detail the `reason`:
https://cloud.google.com/apis/design/errors
https://cloud.google.com/php/docs/reference/common-protos/latest/Api.ErrorReason
https://ai.google.dev/gemini-api/docs/troubleshooting
"""

import re
from dataclasses import replace

from providers.failure_kind import Action, FailureKind
from providers.transport.failure import Failure, Rule

_GET_ANOTHER = "Get a new one with `gcloud auth print-access-token`: tokens live one hour."
_DISABLED = "SERVICE_DISABLED|has not been used in project|it is disabled"
_ASKED_TO_WAIT = (rb'"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"', rb"retry in (\d+(?:\.\d+)?)s")
"""Seconds as a detail of type RetryInfo says them, else as the message does."""

VERTEX_RULES = (
    Rule(
        (400,),
        "different projects",
        FailureKind.KEY,
        Action.ABORT,
        "An API key of another project came along with the access token.",
        "Something between here and Google adds a key. Take it out: the token is enough.",
    ),
    Rule(
        (400,),
        "RESOURCE_PROJECT_INVALID",
        FailureKind.ENDPOINT,
        Action.ABORT,
        "Google knows no such project.",
        "Give the project's id, as it stands in the Google Cloud console.",
    ),
    Rule(
        (401,),
        "CREDENTIALS_MISSING",
        FailureKind.KEY,
        Action.ABORT,
        "Vertex AI got no access token, or an API key in its place.",
        "Use OAuth, not an API key: `gcloud auth print-access-token` prints a token.",
    ),
    Rule(
        (401,),
        "ACCESS_TOKEN_EXPIRED",
        FailureKind.EXPIRED,
        Action.RENEW,
        "The access token has run out.",
        _GET_ANOTHER,
    ),
    Rule(
        (401,),
        "",
        FailureKind.KEY,
        Action.RENEW,
        "Google does not accept this access token. It has run out, or it is something else, such "
        "as an API key, which Vertex AI refuses.",
        _GET_ANOTHER,
    ),
    Rule(
        (403,),
        "BILLING_DISABLED|requires billing",
        FailureKind.BALANCE,
        Action.ABORT,
        "Billing is off for this project.",
        "Turn it on at https://console.cloud.google.com/billing, then wait some minutes.",
    ),
    Rule(
        (403,),
        _DISABLED,
        FailureKind.NOT_ENABLED,
        Action.ABORT,
        "The Vertex AI API is not enabled in this project.",
        "Enable it: `gcloud services enable aiplatform.googleapis.com`, then wait some minutes.",
    ),
    Rule(
        (403,),
        "",
        FailureKind.PERMISSION,
        Action.ABORT,
        "This Google login may not use Vertex AI in this project.",
        "Look whether the project id is right; in it, the login needs the role "
        "roles/aiplatform.user.",
    ),
    Rule(
        (404,),
        "model",
        FailureKind.MODEL,
        Action.ABORT,
        "Google has no such model: not in this region, or not any more.",
        "Try the region us-central1. multimodalembedding@001 retires on 2027-04-01; its successor "
        "is gemini-embedding-2, of the provider gemini.",
    ),
    Rule(
        (404,),
        "",
        FailureKind.ENDPOINT,
        Action.ABORT,
        "There is nothing at this address: the region or the base address is wrong.",
        "Choose a region that Vertex AI has, such as us-central1.",
    ),
    Rule(
        (413,),
        "",
        FailureKind.TOO_LARGE,
        Action.ISOLATE,
        "The picture is larger than Google takes.",
        "Choose a smaller size for pictures.",
    ),
    Rule(
        (429,),
        "",
        FailureKind.RATE,
        Action.RETRY,
        "The quota of this project in this region was reached.",
        "Wait a minute, then embed again: only what is missing is asked for.",
        calls_a_second=2.0,
    ),
)

GEMINI_RULES = (
    Rule(
        (400,),
        "API_KEY_INVALID|API key (not valid|expired)",
        FailureKind.KEY,
        Action.ABORT,
        "The key is wrong, has run out or was withdrawn.",
        "Copy it again from https://aistudio.google.com/apikey, whole and without spaces.",
    ),
    Rule(
        (400,),
        "FAILED_PRECONDITION",
        FailureKind.ENDPOINT,
        Action.ABORT,
        "Google does not offer the Gemini API here, or not without billing.",
        "Set up billing for the key's project at https://aistudio.google.com/apikey.",
    ),
    Rule(
        (403,),
        _DISABLED,
        FailureKind.NOT_ENABLED,
        Action.ABORT,
        "The Gemini API is not enabled in the key's project.",
        "Make a key at https://aistudio.google.com/apikey, or enable the Generative Language API.",
    ),
    Rule(
        (403,),
        "BLOCKED",
        FailureKind.PERMISSION,
        Action.ABORT,
        "The key is restricted: it may not be used for this API, or not from here.",
        "Lift the restriction in the Google Cloud console, under Credentials, or use another key.",
    ),
    Rule(
        (429,),
        r"\blimit: 0\b",
        FailureKind.BALANCE,
        Action.ABORT,
        "The key's project has no free quota for this model.",
        "Set up billing at https://aistudio.google.com/apikey, or use a key of another project.",
    ),
    Rule(
        (429,),
        "",
        FailureKind.RATE,
        Action.RETRY,
        "The quota of the key's project was reached.",
        "Wait a minute, then embed again: only what is missing is asked for. The free quota of a "
        "day begins anew at midnight in California.",
    ),
)


def asked_to_wait(failure: Failure, body: bytes) -> Failure:
    """Return a failure with the seconds to wait that its body names, if no header named any."""
    if failure.action is Action.RETRY and failure.retry_after is None:
        for pattern in _ASKED_TO_WAIT:
            if found := re.search(pattern, body):
                return replace(failure, retry_after=float(found[1]))
    return failure
