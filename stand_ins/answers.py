"""What a stand-in answers: vectors in the shape of its API, or a refusal."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_VECTOR_FIELDS = ("embedding", "values", "textEmbedding", "imageEmbedding")


@dataclass
class Answer:
    """A response before it is sent, so that a fault can still change it.

    `results` are the entries of the list of vectors, and `shape` makes the whole body of them.
    """

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    results: list | None = None
    shape: Callable[[list], dict] | None = None
    missing_bytes: int = 0
    """How many bytes more than there are the Content-Length promises."""
    reset: bool = False
    """Break the connection instead of answering."""

    @classmethod
    def of_vectors(cls, results, shape, headers=None):
        return cls(results=results, shape=shape, headers=headers or {})

    def vector_places(self):
        """Return (container, key) of each vector, in order; none in a refusal."""
        places = []
        for at, entry in enumerate(self.results or ()):
            if isinstance(entry, dict):
                places += [(entry, name) for name in _VECTOR_FIELDS if name in entry]
            else:
                places.append((self.results, at))
        return places

    def encoded(self):
        """Return the media type and the bytes of the body."""
        body = self.body if self.shape is None else self.shape(self.results)
        if isinstance(body, bytes):
            return "application/octet-stream", body
        if isinstance(body, str):
            return "text/plain; charset=utf-8", body.encode()
        return "application/json", json.dumps(body, separators=(",", ":")).encode()


class Refused(Exception):
    """The request breaks the documented contract; carries the API's own refusal."""

    def __init__(self, status, body, headers=None):
        super().__init__(f"{status} {body}")
        self.answer = Answer(status, body, headers or {})
