"""Which picture a caption table means by a file name."""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from collection.items import PictureItem

_Parts = tuple[str, ...]


class Match(NamedTuple):
    """The pictures that a name fits (more than one: it cannot be told), and how.

    `how` says it where the name did not fit as written; `whole` if all of the name fitted,
    folders included; `beside` if the picture lies where it says, seen from the table, and
    `elsewhere` if the name is one without folders and the picture lies in another folder.
    """

    ids: tuple[str, ...] = ()
    how: str = ""
    whole: bool = True
    beside: bool = False
    elsewhere: bool = False


class _Step(NamedTuple):
    """One way to compare two names: what is made of each, and what people are told."""

    form: Callable[[str], str]
    how: str


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _any_blank(name: str) -> str:
    """Take all kinds of blanks for one, and letters and digits in any width as the same."""
    shown = (c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) != "Cf")
    return re.sub(r"\s+", " ", "".join(shown)).strip().casefold()


def _decoded(name: str) -> str:
    """Undo percent-encoding, and drop what an address has behind its path."""
    return _any_blank(unquote(re.split(r"[?#]", name)[0]))


def _stem(name: str) -> str:
    return posixpath.splitext(_decoded(name))[0]


WITHOUT_ENDING = "without the ending"

_NEAR = (
    _Step(_plain, ""),
    _Step(lambda name: _plain(name).casefold(), "whatever the case of their letters"),
    _Step(_any_blank, "though blanks or signs are other ones"),
)
_FAR = (
    _Step(_decoded, "by decoding the address in the table"),
    _Step(_stem, WITHOUT_ENDING),
)
CODE_PAGE = "by reading the archive's names in another code page"

NOT_TAKEN = ""
"""Stands for the id of a picture that a random sample left out."""

_LONGEST_PATH = 8


class PictureNames:
    """The names under which pictures can be found, the nearest first.

    A scope is the archive or folder that a file came in, None for files uploaded as such. A name
    is looked for as a path beside the table, then by the longest end of it that fits a path in
    the table's scope, then among everything that came in the same go, then among the pictures
    that were there before. Each time it counts first as it is written, then in any case, then
    with other blanks; only where nothing fits are addresses decoded and endings left aside. A
    copy's name finds the picture that it was merged into.
    """

    def __init__(self, known: Iterable[PictureItem] = ()) -> None:
        self._wholly: dict[tuple[str | None, str], list[str]] = {}
        self._notes: list[_Note] = []
        self._indexes: dict[str, _Index] = {}
        self._ids: dict[str, str | None] = {}
        self.add_known(known)

    def add_known(self, pictures: Iterable[PictureItem]) -> None:
        """Note pictures that are in the collection already."""
        for picture in pictures:
            self._notes.append(_Note(picture.id, _parts(picture.name), ("before",)))

    def add(self, file: str, scope: str | None, path: str, others: Sequence[str] = ()) -> None:
        """Note a picture file; `others`: its path as read in other code pages."""
        plain = _plain_path(path)
        self._wholly.setdefault((scope, _plain(plain)), []).append(file)
        parts = _parts(plain)
        self._notes += (_Note(file, parts, ("scope", scope)), _Note(file, parts, ("now",)))
        for other in others:
            self._notes.append(_Note(file, _parts(_plain_path(other)), ("other", scope)))

    def settle(self, file: str, picture_id: str | None) -> None:
        """Say which picture a file gave; None if it gave none."""
        self._ids[file] = picture_id

    def find(self, scope: str | None, table_path: str, file_name: str) -> Match:
        """Return the pictures that a table means by a file name."""
        folder = posixpath.dirname(_plain_path(table_path))
        path = _plain_path(posixpath.join(folder, _slashed(file_name)))
        if ids := self._now(self._wholly.get((scope, _plain(path)), ())):
            return Match(ids, beside=True)
        parts, said = _parts(path), len(_parts(file_name))
        spheres: tuple[tuple[str | None, ...], ...] = (("scope", scope), ("now",), ("before",))
        for steps, spheres_of_it in (
            (_NEAR, spheres),
            (_FAR, spheres),
            (_NEAR[:2], (("other", scope),)),
        ):
            for sphere in spheres_of_it:
                found = self._by_end(parts, said, steps, sphere)
                if found.ids:
                    return found._replace(how=CODE_PAGE) if sphere[0] == "other" else found
        return Match()

    def _by_end(
        self, parts: _Parts, said: int, steps: Sequence[_Step], sphere: tuple[str | None, ...]
    ) -> Match:
        """Look for the longest end of a path; `said` parts of it stand in the table itself."""
        for length in range(min(len(parts), _LONGEST_PATH), 0, -1):
            for step in steps:
                index = self._index(step)
                key = (*sphere, *map(step.form, parts[-length:]))
                if ids := self._now(index.found.get(key, ())):
                    all_of_it = length >= said
                    partly = not all_of_it and key not in index.whole
                    how = step.how or ("by the end of their paths" if partly else "")
                    beside = sphere[0] == "scope" and length == len(parts)
                    elsewhere = sphere[0] == "scope" and said == 1 and not beside
                    return Match(ids, how, all_of_it and step not in _FAR, beside, elsewhere)
        return Match()

    def _now(self, files: Iterable[str]) -> tuple[str, ...]:
        ids = (self._ids.get(file, file) for file in files)
        return tuple(dict.fromkeys(picture_id for picture_id in ids if picture_id is not None))

    def _index(self, step: _Step) -> "_Index":
        """Return the names in the form of a step; most steps are never needed, and then not made.

        Of a hundred thousand pictures the forms of all steps would take a gigabyte.
        """
        index = self._indexes.setdefault(step.how, _Index())
        for note in self._notes[index.noted :]:
            index.add(note, step.form)
        return index


class _Note(NamedTuple):
    """A picture file, the parts of its path, and where it is found under that."""

    file: str
    parts: _Parts
    sphere: tuple[str | None, ...]


class _Index:
    """The ends of all paths in one form: `found` by sphere and parts, `whole` those of all parts.

    `noted`: how many notes are in it.
    """

    def __init__(self) -> None:
        self.found: dict[tuple[str | None, ...], list[str]] = {}
        self.whole: set[tuple[str | None, ...]] = set()
        self.noted = 0

    def add(self, note: _Note, form: Callable[[str], str]) -> None:
        """Note a picture under each end of its path."""
        forms = [form(part) for part in note.parts[-_LONGEST_PATH:]]
        for start in range(len(forms)):
            files = self.found.setdefault((*note.sphere, *forms[start:]), [])
            if note.file not in files[-1:]:
                files.append(note.file)
        self.whole.add((*note.sphere, *forms))
        self.noted += 1


def comparable_name(name: str) -> str:
    """Return the form in which two names of a table are the same name."""
    return _any_blank(_plain_path(name))


def _parts(path: str) -> _Parts:
    return tuple(_plain_path(path).split("/"))


def _slashed(path: str) -> str:
    return path.replace("\\", "/")


def _plain_path(path: str) -> str:
    return posixpath.normpath(_slashed(path)).lstrip("/")
