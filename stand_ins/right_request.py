"""A request that the documentation of an API allows, and how to send one to its stand-in."""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests
from PIL import Image


def _jpeg():
    memory = io.BytesIO()
    Image.new("RGB", (600, 400), (200, 40, 40)).save(memory, "JPEG")
    return memory.getvalue()


PICTURE = _jpeg()
RAW = base64.b64encode(PICTURE).decode()
URI = f"data:image/jpeg;base64,{RAW}"


@dataclass(frozen=True)
class RightRequest:
    """A path with a body that is answered by two vectors of a dimension.

    `vectors_in`: returns the vectors that an answer holds, as JSON has them.
    """

    path: str
    body: Any
    vectors_in: Callable[[Any], list]
    dimension: int


def post(stand_in, body=None, *, path=None, key=None, **more):
    right = stand_in.right_request
    if not more:
        more = {"json": right.body if body is None else body}
    return requests.post(
        stand_in.address + (path or right.path),
        headers=stand_in.headers_with(stand_in.key if key is None else key),
        timeout=30,
        **more,
    )


def vectors(stand_in, response):
    return stand_in.right_request.vectors_in(response.json())
