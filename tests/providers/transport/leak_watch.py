"""Looks for a key in whatever a run leaves behind, also in pieces and encoded."""

import base64
import dataclasses
import traceback
from urllib.parse import quote

_PIECE = 8  # characters: fewer would be found by chance


def _pieces(text):
    return {text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)}


class LeakWatch:
    """Fails where a piece of eight characters of the key is seen, in any case or encoding."""

    def __init__(self, key):
        self.forms = {
            "plain": key,
            "in a URL": quote(key, safe=""),
            "base64": base64.b64encode(key.encode()).decode(),
            "base64 for a URL": base64.urlsafe_b64encode(key.encode()).decode(),
        }
        self._pieces = {piece.lower() for form in self.forms.values() for piece in _pieces(form)}
        self._clean = set()  # much is seen again and again

    def sees_in(self, text):
        """Return the pieces of the key in a text."""
        if hash(text) in self._clean:
            return []
        lower = text.lower()
        found = sorted(piece for piece in self._pieces if piece in lower)
        if not found:
            self._clean.add(hash(text))
        return found

    def look(self, where, *things):
        for thing in things:
            text = thing.decode("latin-1") if isinstance(thing, bytes) else f"{thing!s} {thing!r}"
            found = self.sees_in(text)
            assert not found, f"{where} shows {found[0]}: {text[:3000]}"

    def look_at_error(self, error):
        """Look at an exception, at what it came from, and at what Python prints of it."""
        self.look("the traceback", *traceback.format_exception(error))
        while error is not None:
            self.look(f"the {type(error).__name__}", error, error.args, vars(error))
            error = error.__cause__ or error.__context__

    def look_at_calls(self, calls):
        for call in calls:
            self.look("the log of calls", call)
            for field in dataclasses.fields(call):
                self.look(f"{field.name} of a call", getattr(call, field.name))

    def look_at_requests(self, received, key):
        """Look at all of each request but the one header that the key belongs in."""
        for request in received:
            self.look("the URL", request.path, request.query)
            self.look("the body", request.body)
            others = [(n, v) for n, v in request.headers.items() if key not in v]
            self.look("a header", others)
            assert len(request.headers.items()) - len(others) == 1

    def look_at_files(self, folder):
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert files
        for path in files:
            self.look(path.name, path.read_bytes())

    def look_at_logs(self, records):
        for record in records:
            self.look(f"a log record of {record.name}", record.getMessage(), vars(record))
