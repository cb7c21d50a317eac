"""The values of a JSON file: one, one a line, or several behind each other; bounded by count."""

import codecs
import json
import re
from typing import NamedTuple

from collection.errors import CollectionError

MAX_JSON_BYTES = 100 * 2**20
"""The captions of COCO's training pictures are 92 MB."""

MAX_JSON_VALUES = 10_000_000
"""COCO's training captions have some 4 million; each takes up to about 100 bytes of memory."""

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class JsonValues(NamedTuple):
    """The values in order, whether there is one a line, and the numbers of lines not read.

    Numbers are text as they were written, NaN and infinities None. Where a name stands twice
    in an object, its value is a list of both.
    """

    values: list[object]
    by_line: bool
    bad_lines: list[int]


def json_values(data: bytes | str, name: str) -> JsonValues:
    """Read a JSON value, or several: one a line or behind each other, over any lines.

    Of values one a line, those of damaged lines are left out and their numbers given. Raises
    CollectionError, one plain line, for what is empty, no JSON, too large or nested too deep.
    """
    if len(data) > MAX_JSON_BYTES:
        raise CollectionError(
            f"{name} is larger than {MAX_JSON_BYTES // 2**20} MB, the most a JSON file may have. "
            "Split it and upload the parts."
        )
    text = (data if isinstance(data, str) else _decoded(data, name)).strip("\ufeff\0 \t\r\n")
    if not text:
        raise CollectionError(f"{name} is empty. Write the captions into it and upload it again.")
    if sum(map(text.count, ",:[{")) > MAX_JSON_VALUES:
        raise CollectionError(
            f"{name} holds more than {MAX_JSON_VALUES:,} values. Split it and upload the parts."
        )
    try:
        return _values(text)
    except RecursionError:
        raise CollectionError(
            f"{name} is nested too deep to be read: values in values in values. Save it as a "
            "list of objects with file_name and text, and upload that."
        ) from None
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise CollectionError(
            f"{name} is damaged or no JSON{where}. Mend it, or save the captions as CSV, and "
            "upload that."
        ) from None


def _decoded(data: bytes, name: str) -> str:
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), None)
    try:
        return data.decode(marked or json.detect_encoding(data))
    except UnicodeDecodeError as error:
        raise CollectionError(
            f"{name} is not UTF-8, in which JSON is written. Save it as UTF-8 and upload that."
        ) from error


def _values(text: str) -> JsonValues:
    """Return the values of a text; each of the three ways goes over it once, none goes back."""
    try:
        return JsonValues([_loads(text)], False, [])
    except json.JSONDecodeError as first:
        lines = _lines(text)
        read = len(lines.values)
        if read > len(lines.bad_lines) and any(isinstance(value, dict) for value in lines.values):
            return lines
        try:
            return JsonValues(_one_after_another(text), False, [])
        except json.JSONDecodeError as later:
            raise max(first, later, key=lambda error: error.pos) from None


def _lines(text: str) -> JsonValues:
    values: list[object] = []
    bad: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                values.append(_loads(line))
            except json.JSONDecodeError:
                bad.append(number)
    return JsonValues(values, True, bad)


def _one_after_another(text: str) -> list[object]:
    values: list[object] = []
    at = 0
    while at < len(text):
        value, end = _DECODER.raw_decode(text, at)
        values.append(value)
        # A comma may stand between them, as where the brackets of a list were lost.
        at = _end_of_space(text, end)
        if text.startswith(",", at):
            at = _end_of_space(text, at + 1)
    return values


def _end_of_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _object(members: list[tuple[str, object]]) -> dict[str, object]:
    """Return the object of these members; what stands under one name twice becomes a list."""
    found = dict(members)
    if len(found) == len(members):
        return found
    grouped: dict[str, list[object]] = {}
    for name, value in members:
        grouped.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    counts: dict[str, int] = {}
    for name, _ in members:
        counts[name] = counts.get(name, 0) + 1
    return {name: grouped[name] if counts[name] > 1 else found[name] for name in found}


def _nothing(_number: str) -> None:
    return None


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=_nothing
)


def _loads(text: str) -> object:
    value: object = _DECODER.decode(text)
    return value
