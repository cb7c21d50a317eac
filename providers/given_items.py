"""What people hand to `connect`, as items: texts, and pictures in any form."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

from PIL import Image

from collection.errors import CollectionError
from collection.items import Item, TextItem, text_item
from collection.parallel_ingest import made_in_order
from collection.picture import ingest_image, ingest_picture

PictureSource = str | Path | bytes | Image.Image

_GROUP = 4
"""So many pictures are handed on together as they are prepared: few, so that calls begin soon."""

_AHEAD = 16
"""So many pictures are in the making while the caller does other things; the files are small."""


def item_of_text(text: object) -> TextItem | str:
    """Return the item, or why there is none."""
    if not isinstance(text, str):
        return f"This is no text but a {type(text).__name__}. Give a string."
    try:
        return text_item(text)
    except ValueError:
        return "The text is blank. Give it at least one word."


def pictures_of(images: Sequence[object]) -> Generator[Item | str, None, None]:
    """Yield the item of each picture, or why there is none, several in the making at a time."""
    images = tuple(images)
    # Pillow reads an image as it is looked at, which two threads must not do with the same one.
    first = {id(image): index for index, image in reversed(tuple(enumerate(images)))}
    made: list[Item | str] = []
    todo = [index for index, image in enumerate(images) if first[id(image)] == index]
    work = (partial(_picture, images[i], i) for i in todo)
    with closing(made_in_order(work, _AHEAD)) as results:
        for index, image in enumerate(images):
            made.append(next(results) if first[id(image)] == index else made[first[id(image)]])
            yield made[-1]


def grouped(items: Iterator[Item | str]) -> Iterator[list[Item | str]]:
    """Yield the items a few at a time, as they come."""
    while group := list(islice(items, _GROUP)):
        yield group


def _picture(image: object, index: int) -> Item | str:
    """Return the item, or why there is none."""
    try:
        if isinstance(image, Image.Image):
            return ingest_image(f"picture {index}", image, thumbnail=False)
        if isinstance(image, bytes):
            return ingest_picture(f"picture {index}", image, thumbnail=False)
        if isinstance(image, str | Path):
            path = Path(image)
            return ingest_picture(path.name, path.read_bytes(), thumbnail=False)
    except CollectionError as error:
        return str(error)
    except (OSError, ValueError) as error:
        return f"{image} cannot be read ({error}). Check the path."
    return f"A {type(image).__name__} is no picture. Give a path, bytes or a Pillow image."
