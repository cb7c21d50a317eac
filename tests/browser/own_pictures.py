"""Pictures that a visitor brings: bundled ones, changed so that they are new to the app."""

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import FilePayload

import collection

SAMPLES = Path(collection.__file__).parent / "samples" / "pictures"


def changed_picture(
    name: str, sample: str, change: Callable[[Image.Image], Image.Image] = ImageOps.mirror
) -> FilePayload:
    """Return a file of this name: the bundled picture, mirrored or changed otherwise."""
    buffer = io.BytesIO()
    with Image.open(SAMPLES / sample) as image:
        change(image.convert("RGB")).save(buffer, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": buffer.getvalue()}


def caption_file(rows: Iterable[tuple[str, str]]) -> FilePayload:
    """Return a CSV of captions from rows of file name and caption."""
    text = io.StringIO()
    csv.writer(text).writerows([("file_name", "text"), *rows])
    return {"name": "captions.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


CAPTIONS = {
    "my-cat.png": "My cat looks the other way",
    "my-bus.png": "The front of a bus",
    "my-harp.png": "A harp turned on its head",
}


def own_pictures() -> list[FilePayload]:
    """Return three pictures and the table of their captions."""
    return [
        changed_picture("my-cat.png", "cat.jpg"),
        changed_picture("my-bus.png", "bus.jpg", lambda bus: ImageOps.crop(bus, bus.width // 6)),
        changed_picture("my-harp.png", "harp.jpg", ImageOps.flip),
        caption_file(CAPTIONS.items()),
    ]


def text_file_called(name: str) -> FilePayload:
    """Return a text file that pretends to be a picture."""
    return {"name": name, "mimeType": "image/png", "buffer": b"These are words and no picture."}
