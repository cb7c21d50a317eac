"""What the errors of Google's two embedding APIs mean, by their reasons.

A body holds `error.{code,status,message,details[]}`, and a detail the `reason`:
https://cloud.google.com/apis/design/errors
https://cloud.google.com/php/docs/reference/common-protos/latest/Api.ErrorReason
https://ai.google.dev/gemini-api/docs/troubleshooting
"""

import re
from dataclasses import replace

from providers.failure_kind import Action
from providers.transport.failure import Failure

DISABLED = "SERVICE_DISABLED|has not been used in project|it is disabled"
"""How both say that the API is not switched on; a pattern."""
_ASKED_TO_WAIT = (rb'"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"', rb"retry in (\d+(?:\.\d+)?)s")
"""Seconds as a detail of type RetryInfo says them, else as the message does."""


def asked_to_wait(failure: Failure, body: bytes) -> Failure:
    """Return a failure with the seconds to wait that its body names, if no header named any."""
    if failure.action is Action.RETRY and failure.retry_after is None:
        for pattern in _ASKED_TO_WAIT:
            if found := re.search(pattern, body):
                return replace(failure, retry_after=float(found[1]))
    return failure
