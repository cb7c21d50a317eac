"""Items: one text or one picture, each known by the digest of its content."""

import hashlib
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum


class Modality(StrEnum):
    """The two kinds of thing that share the space."""

    TEXT = "text"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class TextItem:
    """One text, NFC-normalised and stripped; made by `text_item`."""

    id: str
    text: str

    @property
    def modality(self) -> Modality:
        """Always `Modality.TEXT`."""
        return Modality.TEXT

    @property
    def label(self) -> str:
        """The name people see: the text itself."""
        return self.text


@dataclass(frozen=True, slots=True)
class PictureItem:
    """One picture after ingest: upright, RGB, at most 1024 px, without metadata.

    `jpeg` is what providers embed: made at ingest, or the file itself where it was such a JPEG
    already. `thumbnail` is the whole picture as a small WebP for the screen, empty where nobody
    will look; `width` and `height` are those of `jpeg`, in pixels. `remark`: in which other
    way than its file says it is shown, as the end of a sentence; mostly empty.
    """

    id: str
    name: str
    jpeg: bytes = field(repr=False, compare=False)
    thumbnail: bytes = field(repr=False, compare=False)
    width: int
    height: int
    remark: str = field(default="", repr=False, compare=False)

    @property
    def modality(self) -> Modality:
        """Always `Modality.PICTURE`."""
        return Modality.PICTURE

    @property
    def label(self) -> str:
        """The name people see: the file's name."""
        return self.name


Item = TextItem | PictureItem


def normalised_text(text: str) -> str:
    """Return the text as it is stored and digested: Unicode NFC, runs of white space as one space.

    Control characters and lone surrogates are dropped: no provider takes them, and UTF-8 cannot
    hold the latter. A text with nothing to see in it, such as a zero-width space, is blank.
    """
    if text.isascii() and text.isprintable():  # as most are, and then there is nothing to drop
        return " ".join(text.split())
    shown = "".join(
        character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cs")
    )
    visible = any(character.isprintable() and not character.isspace() for character in shown)
    return " ".join(shown.split()) if visible else ""


def text_item(text: str) -> TextItem:
    """Make the item of a text; the same words, however typed, give the same item.

    Raises ValueError for a blank text: a blank text is no item.
    """
    normalised = normalised_text(text)
    if not normalised:
        raise ValueError("A blank text is no item.")
    return TextItem(id=hashlib.sha256(normalised.encode()).hexdigest(), text=normalised)
