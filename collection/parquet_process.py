"""What reads a Parquet file in a process of its own: JSON about it, then an Arrow stream.

Only `collection.parquet_table` starts it; an end without success means a file that is damaged.
"""

import io
import json
import sys
from collections import Counter
from collections.abc import Mapping
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types

from collection.separate_process import limit_memory

_MOST_IN_A_BATCH = 400 * 2**20
"""Bytes; 16 pictures of the largest size that comes in are 320 MB."""

_MOST_OF_A_NOTE = 100_000

_STRING_LIMIT, _CONTAINER_LIMIT = 10_000_000, 1_000_000


class _Refused(Exception):
    """Why the file is not read: one of the words that `collection.parquet_table` explains."""


def main() -> None:
    """Answer on the standard output what the one argument, a JSON object, asks for."""
    wanted = json.loads(sys.argv[1])
    data = b"" if wanted["path"] else sys.stdin.buffer.read()
    limit_memory(wanted["memory"] + len(data))
    answer(wanted["path"] or io.BytesIO(data), wanted, sys.stdout.buffer)


def answer(source: str | IO[bytes], wanted: dict[str, Any], output: IO[bytes]) -> None:
    """Describe a file in one line of JSON, and send the columns that are wanted of it.

    Raises whatever Arrow raises for a damaged file.
    """
    file = pq.ParquetFile(
        source,
        buffer_size=2**16,
        pre_buffer=False,
        thrift_string_size_limit=_STRING_LIMIT,
        thrift_container_size_limit=_CONTAINER_LIMIT,
    )
    try:
        found = _description(file, wanted)
    except _Refused as refusal:
        found = {"refusal": str(refusal)}
    output.write(json.dumps(found).encode() + b"\n")
    if "refusal" not in found and wanted["columns"]:
        _send(file, wanted["columns"], wanted["rows"], output)


def _description(file: pq.ParquetFile, wanted: dict[str, Any]) -> dict[str, object]:
    rows, schema = file.metadata.num_rows, file.schema_arrow
    if not 0 <= rows <= wanted["most_rows"]:
        raise _Refused("rows")
    if len(schema) > wanted["most_columns"]:
        raise _Refused("columns")
    labels = _labels((schema.metadata or {}).get(b"huggingface", b"{}"))
    names = Counter(schema.names)
    columns = [
        (field.name, _kind(field.type, field.name in labels) if names[field.name] == 1 else "")
        for field in schema
    ]
    note = (schema.metadata or {}).get(wanted.get("note", "").encode(), b"")[:_MOST_OF_A_NOTE]
    return {
        "rows": rows,
        "columns": columns,
        "labels": labels,
        "note": note.decode("utf-8", "replace"),
    }


def _kind(kind: pa.DataType, has_labels: bool) -> str:
    """Return what a column of this type is for people; empty for what is not read."""
    kind = _plain(kind)
    if _is_text(kind):
        return "text"
    if _is_binary(kind):
        return "picture"
    if types.is_struct(kind):
        fields = {field.name: field.type for field in kind}
        is_picture = _is_binary(fields.get("bytes")) and _is_text(fields.get("path", pa.string()))
        return "picture" if is_picture else ""
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        if types.is_floating(kind.value_type):
            return "vector"
        is_label = has_labels and types.is_integer(kind.value_type)
        return "texts" if _is_text(kind.value_type) or is_label else ""
    is_value = types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind)
    return "value" if is_value or types.is_null(kind) else ""


def _is_text(kind: pa.DataType) -> bool:
    return types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)


def _is_binary(kind: pa.DataType | None) -> bool:
    tests = (types.is_binary, types.is_large_binary, types.is_binary_view)
    return kind is not None and any(is_of(kind) for is_of in tests)


def _labels(metadata: bytes) -> dict[str, list[str]]:
    """Return column → names of its classes, as Hugging Face notes them in a file's schema."""
    try:
        features = json.loads(metadata)["info"]["features"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return {}
    if not isinstance(features, Mapping):
        return {}
    found = {name: _class_names(feature) for name, feature in features.items()}
    return {name: classes for name, classes in found.items() if classes}


def _class_names(feature: object) -> list[str]:
    # A label, or a list of labels: {"feature": {...}, "_type": "List"}, once "Sequence".
    for _ in range(2):
        if not isinstance(feature, Mapping):
            break
        names = feature.get("names")
        if feature.get("_type") == "ClassLabel" and isinstance(names, list):
            return list(map(str, names))
        feature = feature.get("feature")
    return []


def _send(file: pq.ParquetFile, columns: list[str], rows: int, output: IO[bytes]) -> None:
    """Write the columns as an Arrow stream, checked, and no more or fewer rows than are stated."""
    kinds = [_plain(file.schema_arrow.field(name).type) for name in columns]
    schema = pa.schema(list(zip(columns, kinds, strict=True)))
    sent = 0
    with pa.ipc.new_stream(output, schema) as stream:
        for found in file.iter_batches(rows, columns=columns, use_threads=False):
            # Cast here, for a dictionary of few words can stand for gigabytes of text.
            batch = found.select(columns).cast(schema)
            batch.validate(full=True)
            if batch.nbytes > _MOST_IN_A_BATCH:
                raise MemoryError
            stream.write_batch(batch)
            output.flush()
            sent += batch.num_rows
        if sent != file.metadata.num_rows:
            raise ValueError(sent)


def _plain(kind: pa.DataType) -> pa.DataType:
    """Return the type that holds all that is said itself, instead of pointing to it."""
    if types.is_dictionary(kind):
        return kind.value_type
    if types.is_string_view(kind):
        return pa.large_string()
    if types.is_binary_view(kind):
        return pa.large_binary()
    if isinstance(kind, pa.BaseExtensionType):  # such as a tensor of a fixed shape
        return _plain(kind.storage_type)
    is_views = types.is_list(kind) and types.is_string_view(kind.value_type)
    return pa.list_(pa.large_string()) if is_views else kind


if __name__ == "__main__":
    main()
