"""Checks of the fields of a request, as tables: field name → what its value must be.

A check takes a value and returns what is wrong with it, or None.
"""

import base64
import binascii
import io

from PIL import Image, UnidentifiedImageError


def problem_with(body, fields, required=()):
    """Return (field, kind, message) of the first thing wrong with an object, or None.

    The schema is closed: a name that is not in `fields` is wrong. Kinds: `extra_forbidden`,
    `missing`, `value_error`.
    """
    for name in body:
        if name not in fields:
            return name, "extra_forbidden", f"{name}: this field is not known"
    for name in required:
        if name not in body:
            return name, "missing", f"{name}: this field is required"
    for name, value in body.items():
        problem = fields[name](value)
        if problem:
            return name, "value_error", f"{name}: {problem}"
    return None


def anything(value):
    return None


def text(value):
    return None if isinstance(value, str) else "should be a string"


def flag(value):
    return None if isinstance(value, bool) else "should be true or false"


def obj(value):
    return None if isinstance(value, dict) else "should be an object"


def any_of(*allowed):
    def check(value):
        known = any(value == other and type(value) is type(other) for other in allowed)
        return None if known else f"should be one of {', '.join(map(repr, allowed))}"

    return check


def whole_number(least, most):
    def check(value):
        if not isinstance(value, int) or isinstance(value, bool):
            return "should be a whole number"
        return None if least <= value <= most else f"should be from {least} to {most}"

    return check


def optional(check):
    return lambda value: None if value is None else check(value)


def list_of(check, most=None):
    """Return a check of a list with at least one entry, each of which passes `check`."""

    def check_list(value):
        if not isinstance(value, list) or not value:
            return "should be a list with at least one entry"
        if most is not None and len(value) > most:
            return f"should have at most {most} entries, not {len(value)}"
        return next((problem for entry in value if (problem := check(entry))), None)

    return check_list


def picture_size(data, formats):
    """Return (width, height) of a picture in one of Pillow's `formats`, or raise ValueError."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.format not in formats:
                raise ValueError(f"{picture.format} is not an accepted picture format")
            return picture.size
    except UnidentifiedImageError:
        raise ValueError("this is not a picture") from None


def from_base64(value):
    """Return the bytes of standard base64 without line breaks or prefix, or raise ValueError."""
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise ValueError("base64 decoding failed") from None


def from_data_uri(value):
    """Return (media type, bytes) of a base64 data URI, or raise ValueError."""
    head, mark, payload = value.partition(";base64,")
    if not mark or not head.startswith("data:image/"):
        raise ValueError("should be a data URI: data:image/jpeg;base64,...")
    return head.removeprefix("data:"), from_base64(payload)


def about_tokens(words):
    """Return how many tokens a text costs here: a stand-in has no tokenizer."""
    return 2 + (len(words) + 3) // 4
