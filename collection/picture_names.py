"""Which picture a caption table means by a file name."""

import posixpath
from collections.abc import Iterable

from collection.file_name import display_name, name_key
from collection.items import PictureItem

_Key = tuple[str | None, ...]


class PictureNames:
    """The names under which pictures can be found, the nearest first.

    A scope is the archive that a file came in, None for files uploaded as such. A name is
    looked for as a path beside the table, then by base name in the table's scope, then among
    everything that came in the same go, then among the pictures that were there before; each
    time as it is written and then whatever its case. A copy's name finds the picture that it was
    merged into.
    """

    def __init__(self, known: Iterable[PictureItem] = ()) -> None:
        self._ids: dict[_Key, list[str]] = {}
        for picture in known:
            self._note(picture.id, _spellings(picture.name, "before"))

    def add(self, picture_id: str, scope: str | None, path: str) -> None:
        """Note that the file at `path` in `scope` is this picture."""
        name = display_name(path)
        self._note(picture_id, _spellings(_plain_path(path), "path", scope))
        self._note(picture_id, _spellings(name, "name", scope))
        self._note(picture_id, _spellings(name, "now"))

    def find(self, scope: str | None, table_path: str, file_name: str) -> tuple[str, ...]:
        """Return the ids of the pictures that a table means; more than one: it cannot be told."""
        path = _plain_path(posixpath.join(posixpath.dirname(_slashed(table_path)), file_name))
        name = display_name(file_name)
        for key in (
            *_spellings(path, "path", scope),
            *_spellings(name, "name", scope),
            *_spellings(name, "now"),
            *_spellings(name, "before"),
        ):
            if key in self._ids:
                return tuple(self._ids[key])
        return ()

    def _note(self, picture_id: str, keys: Iterable[_Key]) -> None:
        for key in keys:
            ids = self._ids.setdefault(key, [])
            if picture_id not in ids:
                ids.append(picture_id)


def _spellings(name: str, *where: str | None) -> tuple[_Key, _Key]:
    """Return the key as written, and the key for any case; the two never meet."""
    return ("exact", *where, name), ("any case", *where, name_key(name))


def _slashed(path: str) -> str:
    return path.replace("\\", "/")


def _plain_path(path: str) -> str:
    return posixpath.normpath(_slashed(path)).lstrip("/")
