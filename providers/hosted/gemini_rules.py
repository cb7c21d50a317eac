"""The errors of Gemini, as its documentation names them."""

from providers.failure_kind import Action, FailureKind
from providers.hosted.google_errors import DISABLED
from providers.transport.failure import Rule

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
        DISABLED,
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
