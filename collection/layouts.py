"""The layouts in which collections are handed around: how each is recognised, what it is called."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from collection.columns import column_name
from collection.file_name import display_name

_TOKEN = re.compile(r".+\.\w{2,5}#\d+\s*\t")
_FLICKR_30K = ("image_name", "comment_number", "comment")


class SeenTable(NamedTuple):
    """What a table shows of itself: its path, its columns' names, how its text begins.

    `format` is what its reader says of its structure.
    """

    path: str
    header: Sequence[str]
    beginning: str = ""
    format: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns as they are compared."""
        return tuple(map(column_name, self.header))


class Layout(NamedTuple):
    """A layout of tables: what people call it, and how one of its tables is recognised."""

    title: str
    recognises: Callable[[SeenTable], bool]


def _is_flickr_8k(table: SeenTable) -> bool:
    return table.columns == ("image", "caption") and _base(table) == "captions.txt"


def _is_token_list(table: SeenTable) -> bool:
    return bool(_TOKEN.match(table.beginning))


def _is_flickr_30k(table: SeenTable) -> bool:
    return table.columns[:3] == _FLICKR_30K


def _is_coco(table: SeenTable) -> bool:
    return table.format == "COCO"


def _is_karpathy(table: SeenTable) -> bool:
    return table.format == "Karpathy's splits"


def _is_imagefolder(table: SeenTable) -> bool:
    named = {"file_name", "image"} & set(table.columns)
    return bool(named) and _base(table).startswith("metadata.")


LAYOUTS: tuple[Layout, ...] = (
    Layout("Flickr8k", _is_flickr_8k),
    Layout("Token list", _is_token_list),
    Layout("Flickr30k", _is_flickr_30k),
    Layout("COCO", _is_coco),
    Layout("Karpathy's splits", _is_karpathy),
    Layout("Hugging Face imagefolder", _is_imagefolder),
)
"""The layouts that have a name, the most particular first; the first that fits counts."""

BESIDE = "Text files beside pictures"
WEBDATASET = "img2dataset"
CLASS_FOLDERS = "Class folders"


def layout_of(table: SeenTable) -> str:
    """Return the title of a table's layout; "" for a table of no layout that has a name."""
    return next((layout.title for layout in LAYOUTS if layout.recognises(table)), "")


def _base(table: SeenTable) -> str:
    return display_name(table.path).casefold()
