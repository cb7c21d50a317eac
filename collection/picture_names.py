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
        self._found: dict[tuple[object, ...], list[str]] = {}
        self._ids: dict[str, str | None] = {}
        self._whole: set[tuple[object, ...]] = set()
        self.add_known(known)

    def add_known(self, pictures: Iterable[PictureItem]) -> None:
        """Note pictures that are in the collection already."""
        for picture in pictures:
            self._note(picture.id, _parts(picture.name), "before")

    def add(self, file: str, scope: str | None, path: str, others: Sequence[str] = ()) -> None:
        """Note a picture file; `others`: its path as read in other code pages."""
        plain = _plain_path(path)
        self._found.setdefault(("whole", scope, _plain(plain)), []).append(file)
        self._note(file, _parts(plain), "scope", scope)
        self._note(file, _parts(plain), "now")
        for other in others:
            self._note(file, _parts(_plain_path(other)), "other", scope)

    def settle(self, file: str, picture_id: str | None) -> None:
        """Say which picture a file gave; None if it gave none."""
        self._ids[file] = picture_id

    def find(self, scope: str | None, table_path: str, file_name: str) -> Match:
        """Return the pictures that a table means by a file name."""
        folder = posixpath.dirname(_plain_path(table_path))
        path = _plain_path(posixpath.join(folder, _slashed(file_name)))
        if ids := self._now(self._found.get(("whole", scope, _plain(path)), ())):
            return Match(ids, beside=True)
        parts, said = _parts(path), len(_parts(file_name))
        spheres: tuple[tuple[object, ...], ...] = (("scope", scope), ("now",), ("before",))
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
        self, parts: _Parts, said: int, steps: Sequence[_Step], sphere: tuple[object, ...]
    ) -> Match:
        """Look for the longest end of a path; `said` parts of it stand in the table itself."""
        for length in range(min(len(parts), _LONGEST_PATH), 0, -1):
            for step in steps:
                key = (*sphere, step.how, *map(step.form, parts[-length:]))
                if ids := self._now(self._found.get(key, ())):
                    all_of_it = length >= said
                    partly = not all_of_it and key not in self._whole
                    how = step.how or ("by the end of their paths" if partly else "")
                    beside = sphere[0] == "scope" and length == len(parts)
                    elsewhere = sphere[0] == "scope" and said == 1 and not beside
                    return Match(ids, how, all_of_it and step not in _FAR, beside, elsewhere)
        return Match()

    def _now(self, files: Iterable[str]) -> tuple[str, ...]:
        ids = (self._ids.get(file, file) for file in files)
        return tuple(dict.fromkeys(picture_id for picture_id in ids if picture_id is not None))

    def _note(self, file: str, parts: _Parts, *sphere: object) -> None:
        for step in (*_NEAR, *_FAR):
            forms = [step.form(part) for part in parts[-_LONGEST_PATH:]]
            for start in range(len(forms)):
                key = (*sphere, step.how, *forms[start:])
                files = self._found.setdefault(key, [])
                if file not in files[-1:]:
                    files.append(file)
            self._whole.add((*sphere, step.how, *forms))


def comparable_name(name: str) -> str:
    """Return the form in which two names of a table are the same name."""
    return _any_blank(_plain_path(name))


def _parts(path: str) -> _Parts:
    return tuple(_plain_path(path).split("/"))


def _slashed(path: str) -> str:
    return path.replace("\\", "/")


def _plain_path(path: str) -> str:
    return posixpath.normpath(_slashed(path)).lstrip("/")
