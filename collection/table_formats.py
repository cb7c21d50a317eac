"""The formats in which tables come, and what reads each of them."""

from collections.abc import Callable, Mapping

from collection.caption_table import CaptionTable, read_caption_table
from collection.columns import Columns, IsPicture
from collection.file_name import extension

TableReader = Callable[[str, bytes, IsPicture, Columns | None], CaptionTable]

_FORMATS: Mapping[str, TableReader] = {}


def read_table(
    path: str, data: bytes, is_picture: IsPicture, columns: Columns | None = None
) -> CaptionTable:
    """Read a table in whichever format its name says; `columns` where the person has said them.

    Raises what `read_caption_table` raises.
    """
    return _FORMATS.get(extension(path), read_caption_table)(path, data, is_picture, columns)
