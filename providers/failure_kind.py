"""What can be the matter with a provider, and what is done about it."""

from enum import StrEnum


class FailureKind(StrEnum):
    """What is the matter."""

    KEY = "key"
    NO_KEY = "no key"
    EXPIRED = "expired"
    BALANCE = "balance"
    PERMISSION = "permission"
    NOT_ENABLED = "not enabled"
    ENDPOINT = "endpoint"
    MODEL = "model"
    RATE = "rate"
    SERVICE = "service"
    INPUT = "input"
    TOO_LARGE = "too large"
    ANSWER = "answer"
    NETWORK = "network"
    PROXY = "proxy"
    CAP = "spending cap"


class Action(StrEnum):
    """What is done about it."""

    ABORT = "abort"
    """Stop: no further call can succeed."""
    ISOLATE = "isolate"
    """One item is refused: find it, and go on without it."""
    SPLIT = "split"
    """The call was too large: halve it."""
    RETRY = "retry"
    """Wait and try again, up to the limit of tries."""
    RENEW = "renew"
    """The credential has run out: get a new one, once."""
    RETRY_ONCE = "retry once"
    """Try again at once, and only once."""
    DOUBT = "doubt"
    """The provider or an item may be at fault: try again once, then find out which."""
