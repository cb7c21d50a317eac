"""The pictures that the names in one table mean, judged together."""

from collections.abc import Callable, Iterable, Mapping

from collection import intake_words as words
from collection.intake_files import IntakeFile
from collection.picture_names import NOT_TAKEN, Match, PictureNames, comparable_name


class TableMatches:
    """What each name of a table means, where names of one table never share a picture by chance.

    A name that fitted only by the end of its path or without its ending stands back behind one
    that fitted wholly; where none did, none counts. Where some pictures lie beside the table, as
    in a data set's folders, a name that is not beside it is not looked for in other folders.
    """

    def __init__(
        self,
        names: PictureNames,
        file: IntakeFile,
        file_names: Iterable[str],
        is_here: Callable[[str], bool],
    ) -> None:
        self._matches = {}
        for name in filter(None, dict.fromkeys(file_names)):
            match = names.find(file.scope, file.path, name)
            # A picture may be gone by the time that a question about its table is answered.
            here = tuple(id_ for id_ in match.ids if id_ == NOT_TAKEN or is_here(id_))
            self._matches[name] = match._replace(ids=here)
        self._problems: dict[str, words.Problem] = {}
        if any(match.beside for match in self._matches.values()):
            for name, match in self._matches.items():
                if match.ids and match.elsewhere:
                    self._matches[name] = Match()
        self._part_claims()

    def of(self, file_name: str) -> Match:
        """Return what a name means; the empty name means no picture."""
        return self._matches.get(file_name, Match())

    def problem(self, file_name: str) -> words.Problem | None:
        """Return why captions of this name stay out; None if they do not."""
        if not file_name:
            return None
        ids = self._matches[file_name].ids
        if not ids:
            return self._problems.get(file_name, words.missing)
        return words.unclear if len(ids) > 1 else None

    def in_another_way(self) -> Mapping[str, Mapping[str, str]]:
        """Return how → name → picture's id, for names that did not fit as they are written."""
        ways: dict[str, dict[str, str]] = {}
        for name, match in self._matches.items():
            if match.how and len(match.ids) == 1 and match.ids != (NOT_TAKEN,):
                ways.setdefault(match.how, {})[name] = match.ids[0]
        return ways

    def _part_claims(self) -> None:
        claims: dict[str, dict[str, list[str]]] = {}
        for name, match in self._matches.items():
            if len(match.ids) == 1 and match.ids != (NOT_TAKEN,):
                alike = claims.setdefault(match.ids[0], {})
                alike.setdefault(comparable_name(name), []).append(name)
        for alike in claims.values():
            if len(alike) == 1:
                continue
            found = [name for names in alike.values() for name in names]
            partly = [name for name in found if not self._matches[name].whole]
            for name in partly:
                self._matches[name] = Match()
                if len(partly) == len(found):
                    self._problems[name] = words.same_picture
