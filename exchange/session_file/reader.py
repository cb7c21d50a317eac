"""Reading a session file that anybody may have written: what is good comes in, the rest is named.

Ids are never taken from the file: a caption's is that of its words, a picture's that of its bytes.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import IO, Any

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import PictureItem
from collection.kept_picture import kept_or_error
from collection.limits import MAX_ITEMS, MAX_PICTURE_BYTES
from collection.upload import Remark
from exchange.checked_values import flag, mapping, number, parsed, sequence, text, whole
from exchange.errors import SessionFileError
from exchange.session_file.archive import SessionArchive
from exchange.session_file.contents import (
    DESCRIPTION,
    FORMAT,
    FORMAT_VERSION,
    MAX_DESCRIPTION_BYTES,
    MAX_SETUPS,
    OpenedSession,
    QueryVector,
    SavedExercise,
    SavedQuery,
    SessionContents,
    SetupRow,
    View,
)
from exchange.session_file.items import FoundItems, found_items
from exchange.session_file.vectors import VectorReader, found_setups

_MAX_CAP = 100_000.0
_VIEW_NAME = re.compile(r"[a-z0-9_-]{1,60}", re.ASCII)
_NOTHING_KNOWN: Mapping[str, PictureItem] = MappingProxyType({})


def read_session(
    name: str, file: IO[bytes], known: Mapping[str, PictureItem] = _NOTHING_KNOWN
) -> OpenedSession:
    """Return what a session file holds, and remarks on what it should and does not.

    `known`: pictures that are here already, by their ids; they keep these where the file has the
    same bytes. Raises SessionFileError, one plain line, if the file is no session.
    """
    archive = SessionArchive(name, file)
    description = _description(archive)
    found = found_items(archive, known)
    collection = found.collection(description)
    setups = found_setups(description, found)
    reader = VectorReader(archive, found)
    entries = [mapping(entry) for entry in sequence(description.get("setups"), MAX_SETUPS)]
    results: dict[Setup, Embeddings] = {}
    for setup, entry in zip(setups, entries, strict=True):
        if setup is not None and "vectors" in entry:
            embeddings = reader.embeddings(setup, mapping(entry["vectors"]))
            if embeddings is not None:
                results[setup] = embeddings
    query = _query(archive, mapping(description.get("query")), found)
    of_queries: dict[Setup, tuple[QueryVector, ...]] = {}
    for setup, entry in zip(setups, entries, strict=True):
        if setup is not None and "query_vectors" in entry:
            picture_id = query.picture.id if query.picture else None
            values = mapping(entry["query_vectors"])
            of_queries[setup] = reader.query_vectors(setup, values, picture_id)
    contents = SessionContents(
        collection=collection,
        rows=_rows(description.get("rows"), setups),
        results=MappingProxyType(results),
        query=query,
        query_vectors=MappingProxyType(of_queries),
        maps=reader.maps(description.get("maps"), setups, results),
        views=_views(description.get("views")),
        exercise=_exercise(mapping(description.get("exercise")), found, collection),
        selected=_selected(description.get("selected"), found),
        cap=number(description.get("spending_cap_usd"), 0, _MAX_CAP),
    )
    remarks = (Remark(f"{name}: {words}", serious=True) for words in found.words)
    return OpenedSession(contents, tuple(remarks))


def is_session_file(file: IO[bytes]) -> bool:
    """Tell whether a file is a session, though perhaps of another version or damaged inside."""
    try:
        archive = SessionArchive("", file)
    except SessionFileError:
        return False
    data = archive.read(DESCRIPTION, MAX_DESCRIPTION_BYTES)
    return data is not None and mapping(parsed(data)).get("format") == FORMAT


def _description(archive: SessionArchive) -> Mapping[str, Any]:
    data = archive.read(DESCRIPTION, MAX_DESCRIPTION_BYTES)
    description = mapping(parsed(data)) if data is not None else {}
    if description.get("format") != FORMAT:
        raise SessionFileError(
            f"{archive.name} is no session file, or its {DESCRIPTION} is damaged. Save the session "
            "again and open that."
        )
    version = description.get("format_version")
    if version != FORMAT_VERSION or isinstance(version, bool):
        raise SessionFileError(
            f"{archive.name} is written in version {text(str(version)[:20])} of the format, and "
            f"this app reads version {FORMAT_VERSION}. Open it with the version that saved it."
        )
    return description


def _rows(entries: Any, setups: Sequence[Setup | None]) -> tuple[SetupRow, ...]:
    rows = []
    for entry in map(mapping, sequence(entries, MAX_SETUPS)):
        at = whole(entry.get("setup"), len(setups))
        setup = setups[at] if at is not None else None
        if setup is not None:
            rows.append(SetupRow(setup, flag(entry.get("added")), flag(entry.get("ticked"))))
    return tuple(rows)


def _query(archive: SessionArchive, values: Mapping[str, Any], found: FoundItems) -> SavedQuery:
    picture = None
    if isinstance(values.get("picture"), str):
        jpeg = archive.read("query/picture.jpg", MAX_PICTURE_BYTES)
        small = archive.read("query/thumbnail.webp", MAX_PICTURE_BYTES) or b""
        name = values["picture"][:200]
        read = kept_or_error(name, jpeg, small) if jpeg is not None else None
        if isinstance(read, PictureItem):
            picture = read
        else:
            found.leave_out("the picture of the query cannot be read", name)
    beside, weight = values.get("beside"), number(values.get("weight"), 0, 1)
    return SavedQuery(
        words=text(values.get("words")),
        like=found.item_id(values.get("like")),
        weight=0.5 if weight is None else weight,
        beside=text(beside) if isinstance(beside, str) else None,
        picture=picture,
    )


def _views(values: Any) -> Mapping[str, View]:
    """Return what was chosen on the pages; which choices there are, the pages know."""
    return {
        name: text(value) if isinstance(value, str) else value
        for name, value in list(mapping(values).items())[:200]
        if _VIEW_NAME.fullmatch(name)
        and (isinstance(value, str | bool) or number(value, -1e9, 1e9) is not None)
    }


def _exercise(
    values: Mapping[str, Any], found: FoundItems, collection: Collection
) -> SavedExercise:
    """Return the exercise if both of its wrong pairs are there, else none."""
    here = frozenset(collection.pairs)
    swapped = tuple(pair for pair in found.pairs(values.get("swapped")) if pair in here)
    if len(swapped) != 2:
        return SavedExercise()
    candidates = tuple(pair for pair in found.pairs(values.get("candidates")) if pair in here)
    return SavedExercise(swapped, candidates, flag(values.get("revealed")))


def _selected(entries: Any, found: FoundItems) -> frozenset[str]:
    ids = (found.item_id(entry) for entry in sequence(entries, MAX_ITEMS))
    return frozenset(item_id for item_id in ids if item_id is not None)
