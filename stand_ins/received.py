"""A request as a stand-in received it, taken apart but not judged."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

_BOUNDARY = re.compile(r'^multipart/form-data\s*;.*?\bboundary="?([^";]+)"?', re.IGNORECASE)
_DISPOSITION = re.compile(r'(?<![\w*])(name|filename)="((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True)
class BatchResult:
    """One part of a form; a form sent as `application/x-www-form-urlencoded` has only fields."""

    name: str
    data: bytes
    filename: str | None = None
    content_type: str | None = None


@dataclass
class Received:
    """A request, the moments it began and was answered (monotonic seconds), and the status."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    started: float
    json: Any = None
    parts: list[BatchResult] | None = None
    ended: float | None = None
    status: int | None = None
    problem: str | None = field(default=None, repr=False)
    """Why the body is not what its Content-Type says, if it is not."""

    def __post_init__(self):
        kind = self.content_type
        try:
            if kind == "application/json":
                self.json = json.loads(self.body, parse_constant=_refuse_constant)
            elif kind == "multipart/form-data":
                self.parts = _parts_of(self.headers.get("Content-Type", ""), self.body)
            elif kind == "application/x-www-form-urlencoded":
                fields = parse_qsl(self.body.decode(), strict_parsing=True)
                self.parts = [BatchResult(name, value.encode()) for name, value in fields]
        except ValueError as error:
            self.problem = str(error)

    @property
    def content_type(self):
        """The media type of the body, lower case, without parameters."""
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()

    @property
    def bearer(self):
        """The token of `Authorization: Bearer …`, or None."""
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        return token if scheme == "Bearer" and token else None


def _refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def _parts_of(content_type, body):
    """Take a multipart body apart as RFC 7578 writes it, without leniency."""
    found = _BOUNDARY.match(content_type)
    if not found:
        raise ValueError("multipart without a boundary")
    mark = b"--" + found[1].encode()
    pieces = (b"\r\n" + body).split(b"\r\n" + mark)
    if len(pieces) < 2 or pieces[0] or pieces[-1].strip() != b"--":
        raise ValueError("multipart body does not begin and end with its boundary")
    return [_part_of(piece) for piece in pieces[1:-1]]


def _part_of(piece):
    head, gap, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    if not gap:
        raise ValueError("a part without a blank line after its headers")
    headers = {}
    for line in head.decode("utf-8").split("\r\n"):
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    words = dict(_DISPOSITION.findall(headers.get("content-disposition", "")))
    if "name" not in words:
        raise ValueError("a part without a name")
    return BatchResult(words["name"], data, words.get("filename"), headers.get("content-type"))
