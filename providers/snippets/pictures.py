"""The pictures of a call as files: their names, their bytes as sent, and all of them in a ZIP."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping

from collection.embeddings import Setup
from collection.file_name import display_name, extension
from collection.items import Modality
from collection.picture_format import PICTURE_EXTENSIONS, UNREAD_PICTURE_EXTENSIONS
from providers.info import Model
from providers.inputs import Batch
from providers.transport.picture_size import as_sent, side_of

_PICTURE_ENDINGS = UNREAD_PICTURE_EXTENSIONS.union(PICTURE_EXTENSIONS)
_JPEG_ENDINGS = frozenset({"jpg", "jpeg"})
_LONGEST_STEM = 60

# Letters of any script, and signs that are safe between single quotes, also within a here-document
# and at a prompt; a dash that begins a name is none for an option behind @, < or a quote.
_PASTES = re.compile(r"[\w.() \-+,;@#&=~%$\[\]]+")

# Windows takes these for devices, whatever the extension.
_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def file_names(batch: Batch, names: Mapping[str, str]) -> dict[str, str]:
    """Return item id → file name for the pictures of a batch, each name once.

    `names`: item id → the name that people see, where there is one. Lower-case letters, digits
    and hyphens, and `.jpg`: such a name means nothing to any shell. Where nothing is left of a
    name, it is picture-1.jpg.
    """
    found: dict[str, str] = {}
    for item in batch:
        if item.modality is Modality.PICTURE and item.item_id not in found:
            stem = _stem(names.get(item.item_id, "")) or f"picture-{len(found) + 1}"
            found[item.item_id] = _unused(stem, set(found.values()))
    return found


def own_file_names(batch: Batch, names: Mapping[str, str]) -> dict[str, str]:
    """Return item id → file name for the pictures of a batch, as the person named the files.

    Each name once, and ending as a JPEG's, for that is what a call says they are. A name that
    could not be pasted into any shell is written as `file_names` writes it.
    """
    found: dict[str, str] = {}
    for item_id, plain in file_names(batch, names).items():
        name = display_name(names.get(item_id, ""))
        if extension(name) not in _JPEG_ENDINGS:
            is_picture = extension(name) in _PICTURE_ENDINGS
            name = f"{name.rpartition('.')[0] if is_picture else name}.jpg"
        if item_id not in names or not _PASTES.fullmatch(name):
            name = plain
        stem, _, ending = name.rpartition(".")
        found[item_id] = _unused(stem, set(found.values()), ending)
    return found


def _stem(name: str) -> str:
    if extension(name) in _PICTURE_ENDINGS:
        name = display_name(name).rpartition(".")[0]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_STEM].strip("-")
    return f"picture-{stem}" if _DEVICE.fullmatch(stem) else stem


def _unused(stem: str, used: set[str], ending: str = "jpg") -> str:
    name, number = f"{stem}.{ending}", 1
    while name in used:
        number += 1
        name = f"{stem}-{number}.{ending}"
    return name


def pictures_as_sent(model: Model, setup: Setup, batch: Batch) -> Batch:
    """Return a batch with its pictures at the size at which they are sent."""
    side = side_of(model, setup)
    return tuple(as_sent(item, side) for item in batch)


def pictures_zip(batch: Batch, file_names: Mapping[str, str]) -> bytes:
    """Return a ZIP archive of the pictures of a batch; the same batch gives the same bytes."""
    jpegs = {
        file_names[item.item_id]: item.jpeg for item in batch if item.modality is Modality.PICTURE
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, jpeg in jpegs.items():
            archive.writestr(zipfile.ZipInfo(name), jpeg)
    return buffer.getvalue()
