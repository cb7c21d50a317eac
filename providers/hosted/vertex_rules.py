"""The errors of Vertex AI, as its documentation names them."""

from providers.failure_kind import Action, FailureKind
from providers.hosted.google_errors import DISABLED
from providers.transport.failure import Rule

_GET_ANOTHER = "Get a new one with `gcloud auth print-access-token`: tokens live one hour."

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
        DISABLED,
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
