"""One request to a hosted provider, without credentials.

The same request is sent, tested against the contract, and shown as a curl command: a picture
stands in it as `PictureData`, which each of these writes in its own way.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from collection.short_repr import ShortRepr
from providers.inputs import Input

Json = Any
"""A tree of dict, list, str, int, float, bool and None; in a request also PictureData."""

DATA_URI = "data:image/jpeg;base64,"


@dataclass(frozen=True, slots=True, repr=False)
class PictureData(ShortRepr):
    """A picture's place in a request: its bytes in base64, behind a prefix where one is due."""

    picture: Input
    prefix: str = ""

    @property
    def base64(self) -> str:
        """The prefix and the bytes in base64."""
        return self.prefix + base64.b64encode(self.picture.jpeg).decode("ascii")


@dataclass(frozen=True, slots=True, repr=False)
class Request(ShortRepr):
    """A POST: its path, and either a JSON body or the parts of a form.

    `parts`: name and value of each part of a multipart form; a PictureData is a file.
    """

    path: str
    json: Json = None
    parts: tuple[tuple[str, str | PictureData], ...] = ()
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def pictures(self) -> tuple[Input, ...]:
        """The pictures in the request, in order, each once."""
        found: dict[str, Input] = {}
        for _, value in self.parts:
            if isinstance(value, PictureData):
                found[value.picture.item_id] = value.picture

        def note(data: PictureData) -> Json:
            found[data.picture.item_id] = data.picture
            return None

        written(self.json, note)
        return tuple(found.values())


def written(tree: Json, picture: Callable[[PictureData], Json]) -> Json:
    """Return the tree with every picture in it replaced by what `picture` makes of it."""
    if isinstance(tree, PictureData):
        return picture(tree)
    if isinstance(tree, dict):
        return {name: written(value, picture) for name, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [written(value, picture) for value in tree]
    return tree


def json_body(request: Request) -> bytes:
    """Return the JSON body as it is sent, UTF-8."""
    return json.dumps(written(request.json, lambda data: data.base64)).encode()
