"""Captions and labels in JSON: COCO, Karpathy's splits, records, columns, captions by file name."""

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeGuard

from collection.errors import CollectionError
from collection.file_name import extension, listed
from collection.json_values import json_values
from collection.picture_format import PICTURE_EXTENSIONS, UNREAD_PICTURE_EXTENSIONS

JsonRow = dict[str, str | tuple[str, ...]]
"""Name → text, or several texts; numbers are text as they were written."""

_PICTURES = frozenset(PICTURE_EXTENSIONS) | UNREAD_PICTURE_EXTENSIONS | {"jpe", "pjpeg"}
_MOST_COLUMNS = 50
_Object = dict[str, object]


class JsonTable(NamedTuple):
    """What a JSON file gives: its layout as people call it, the rows, and what was not read.

    `unread` are plain lines that name the file. `file_name`, `caption` and `label` are the
    names in rows of layouts that have none of their own.
    """

    layout: str
    rows: list[JsonRow]
    unread: tuple[str, ...]


def json_rows(data: bytes | str, name: str = "The JSON file") -> list[JsonRow]:
    """Return the rows of a JSON file; see `read_json`."""
    return read_json(data, name).rows


def read_json(data: bytes | str, name: str = "The JSON file") -> JsonTable:
    """Read the records of a JSON file, in whichever of the usual layouts they are.

    COCO (`images`, `annotations`, `categories`): a row for each picture, with its captions and
    the names of its categories. Karpathy's splits (`images` with `sentences`). A list of
    objects, one object a line, objects one after another, or an object around one list of them.
    Columns (`{"file_name": [...], "text": [...]}`, and pandas' objects of columns or of rows).
    Captions by file name (`{"a.jpg": "A cat"}`, or several, or an object of captions and labels).
    Raises CollectionError, one plain line, if there is none of these.
    """
    found = json_values(data, name)
    several = found.by_line or len(found.values) > 1
    value = found.values if several else found.values[0]
    for layout, rows_of in _LAYOUTS:
        rows = rows_of(value)
        if rows:
            unread = tuple(_unread(name, value, layout, found.bad_lines))
            return JsonTable("JSON lines" if found.by_line else layout, rows, unread)
    raise CollectionError(
        f"{name} has no list of pictures and captions that can be read. Save them as "
        '[{"file_name": "cat.jpg", "text": "A cat"}] and upload that.'
    )


def _unread(name: str, value: object, layout: str, bad_lines: Sequence[int]) -> Iterable[str]:
    if bad_lines:
        where = f"line{'s' if len(bad_lines) > 1 else ''} {listed(list(map(str, bad_lines)))}"
        yield f"{name}, {where}: damaged, so nothing was read. Mend it and upload the file again."
    if layout == _RECORDS and isinstance(value, list):
        others = len(value) - len(_objects(value))
        if others:
            yield f"{name}: {others:,} of {len(value):,} entries are no objects and were not read."
        fields = {
            field: None
            for record in _objects(value)
            for field, found in record.items()
            if _text(found) is None
        }
        if fields:
            shown = listed(list(fields))
            yield f"{name}: {shown}: records in records, which were not read."
    if layout == _COCO and isinstance(value, dict):
        known = {_plain(image.get("id")) for image in _objects(value.get("images"))}
        notes = _objects(value["annotations"])
        lost = sum(_plain(note.get("image_id")) not in known for note in notes)
        if lost:
            yield (
                f"{name}: {lost:,} of {len(notes):,} annotations are of pictures that its list of "
                "images does not name, and were not read."
            )


def _text(value: object) -> str | tuple[str, ...] | None:
    """Return the text or texts of a value; None for records in records, which are not read."""
    match value:
        case str():
            return value
        case bool():
            return str(value).lower()
        case None:
            return ""
        case list():
            texts = [_sentence(text) for text in value if text is not None]
            return None if None in texts else tuple(text for text in texts if text is not None)
        case _:
            return None


def _sentence(value: object) -> str | None:
    """Return a text, or one that stands in an object of its own, as in Karpathy's splits."""
    if not isinstance(value, dict):
        return value if isinstance(value, str) else None
    texts = (value.get(name) for name in ("raw", "caption", "text", "sentence"))
    return next((text for text in texts if isinstance(text, str)), None)


def _row(record: _Object) -> JsonRow:
    texts = ((name, _text(value)) for name, value in record.items())
    return {name: text for name, text in texts if text is not None}


def _rows(records: Iterable[object]) -> list[JsonRow]:
    return [row for row in map(_row, filter(_is_object, records)) if row]


def _objects(values: object) -> list[_Object]:
    if not isinstance(values, list):
        return []
    return [value for value in values if isinstance(value, dict)]


def _is_object(value: object) -> TypeGuard[_Object]:
    return isinstance(value, dict)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _coco(value: object) -> list[JsonRow]:
    if not isinstance(value, dict) or "annotations" not in value:
        return []
    kinds = _objects(value.get("categories"))
    names = {_plain(kind.get("id")): kind.get("name") for kind in kinds}
    captions: dict[str, dict[str, None]] = {}
    labels: dict[str, dict[str, None]] = {}
    for note in _objects(value["annotations"]):
        image, caption = _plain(note.get("image_id")), note.get("caption")
        label = names.get(_plain(note.get("category_id")))
        # As the keys of dictionaries, which keep their order and each of them once.
        if isinstance(caption, str):
            captions.setdefault(image, {})[caption] = None
        if isinstance(label, str):
            labels.setdefault(image, {})[label] = None
    return [
        _coco_row(image, captions, labels)
        for image in _objects(value.get("images"))
        if _file_name(image)
    ]


def _coco_row(
    image: _Object, captions: Mapping[str, Iterable[str]], labels: Mapping[str, Iterable[str]]
) -> JsonRow:
    row: JsonRow = {"file_name": _file_name(image)}
    number = _plain(image.get("id"))
    if number and number in captions:
        row["caption"] = tuple(captions[number])
    if number and number in labels:
        row["label"] = tuple(labels[number])
    return row


def _plain(value: object) -> str:
    """Return a text, or a number, which is text here; empty if it is neither."""
    return value if isinstance(value, str) else ""


def _file_name(image: _Object) -> str:
    names = (image.get(name) for name in ("file_name", "filename", "coco_url", "flickr_url"))
    return next((name for name in names if isinstance(name, str) and name), "")


def _karpathy(value: object) -> list[JsonRow]:
    if not isinstance(value, dict):
        return []
    images = _objects(value.get("images"))
    if not any("sentences" in image for image in images):
        return []
    return _rows(
        {
            "file_name": posixpath.join(_plain(image.get("filepath")), _file_name(image)),
            "caption": image.get("sentences"),
            "split": image.get("split"),
        }
        for image in images
    )


def _records(value: object) -> list[JsonRow]:
    return _rows(value) if isinstance(value, list) else []


def _pairs(value: object) -> list[JsonRow]:
    if not isinstance(value, list):
        return []
    pairs = [pair for pair in value if isinstance(pair, list) and len(pair) == 2]
    if len(pairs) < len(value) or not all(_is_picture(pair[0]) for pair in pairs):
        return []
    return _rows({"file_name": pair[0], "caption": pair[1]} for pair in pairs)


def _by_file_name(value: object) -> list[JsonRow]:
    if not isinstance(value, dict) or sum(map(_is_picture, value)) * 2 <= len(value):
        return []
    return _rows(
        {"file_name": name, **(found if isinstance(found, dict) else {"caption": found})}
        for name, found in value.items()
    )


def _is_picture(name: object) -> bool:
    return isinstance(name, str) and extension(name) in _PICTURES


def _columns(value: object) -> list[JsonRow]:
    if not isinstance(value, dict) or len(value) < 2:
        return []
    columns = list(value.values())
    # Many names, or names that all have digits, are those of pictures without their endings.
    if len(columns) > _MOST_COLUMNS or all(any(map(str.isdigit, name)) for name in value):
        return []
    if all(map(_is_list, columns)) and len(set(map(len, columns))) == 1:
        cells = zip(*columns, strict=True)
        return _rows(dict(zip(value, row, strict=True)) for row in cells)
    if not all(isinstance(column, dict) for column in columns):
        return []
    keys = columns[0].keys()
    if not all(key.isdecimal() for key in keys) or any(c.keys() != keys for c in columns):
        return []
    return _rows({name: value[name][key] for name in value} for key in keys)


def _records_by_key(value: object) -> list[JsonRow]:
    if not isinstance(value, dict) or len(value) < 2:
        return []
    records = list(value.values())
    return _rows(records) if len(_objects(records)) == len(records) else []


def _around_one_list(value: object) -> list[JsonRow]:
    if not isinstance(value, dict):
        return []
    lists = [_objects(found) for found in value.values()]
    lists = [found for found in lists if found]
    return _rows(lists[0]) if len(lists) == 1 else []


def _captions_by_stem(value: object) -> list[JsonRow]:
    if not isinstance(value, dict) or len(value) < 2 or not all(map(_is_list, value.values())):
        return []
    return _rows({"file_name": name, "caption": found} for name, found in value.items())


def _one_record(value: object) -> list[JsonRow]:
    return [_row(value)] if isinstance(value, dict) and _row(value) else []


_COCO, _RECORDS = "COCO", "list of records"
_LAYOUTS: tuple[tuple[str, Callable[[object], list[JsonRow]]], ...] = (
    (_COCO, _coco),
    ("Karpathy's splits", _karpathy),
    ("list of pairs", _pairs),
    (_RECORDS, _records),
    ("captions by file name", _by_file_name),
    ("columns", _columns),
    ("records by key", _records_by_key),
    ("list of records", _around_one_list),
    ("captions by file name", _captions_by_stem),
    ("one record", _one_record),
)
"""Layouts in the order in which they are tried; the first that gives rows is the file's."""
