"""What the two Google APIs share: the shape of errors, and base64 pictures.

Follows https://cloud.google.com/apis/design/errors and the ErrorReason enum of google.api.
"""

from stand_ins.answers import Refused
from stand_ins.error_case import ErrorCase
from stand_ins.schema import from_base64, picture_size

STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    413: "INVALID_ARGUMENT",
    415: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


def error_body(code, message, reason=None, retry_delay=None):
    """Return the body of an error.

    With a reason it has a detail of type ErrorInfo, with a delay such as "34s" a RetryInfo.
    """
    error = {"code": code, "message": message, "status": STATUS_NAMES[code]}
    if retry_delay is not None:
        kind = "type.googleapis.com/google.rpc.RetryInfo"
        error["details"] = [{"@type": kind, "retryDelay": retry_delay}]
    if reason is not None:
        kind = "type.googleapis.com/google.rpc.ErrorInfo"
        detail = {"@type": kind, "reason": reason, "domain": "googleapis.com"}
        error["details"] = [detail, *error.get("details", ())]
    return {"error": error}


def google_refusal(status, message, reason=None):
    """Return a refusal; what is wrong with a body is 400 here and never 422 or 415."""
    code = 400 if status in (415, 422) else status
    return Refused(code, error_body(code, message, reason))


def picture_from(value, where, formats, most_bytes):
    """Return the bytes of a raw base64 picture, or refuse it."""
    try:
        data = from_base64(value)
    except ValueError:
        raise google_refusal(
            400, f"Invalid value at '{where}' (TYPE_BYTES), Base64 decoding failed"
        ) from None
    try:
        picture_size(data, formats)
    except ValueError as error:
        raise google_refusal(400, f"Unable to process the image at '{where}': {error}") from None
    if len(data) > most_bytes:
        raise google_refusal(400, f"The image at '{where}' is too large")
    return data


def google_case(name, code, message, action, kind, reason=None, headers=None):
    return ErrorCase(name, code, error_body(code, message, reason), action, kind, headers or {})


DISABLED = "This API has not been used in project a-project before or it is disabled."
