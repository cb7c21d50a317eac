"""The text in a file, whichever of the usual encodings it was saved in."""

import codecs
from typing import NamedTuple

from collection.errors import CollectionError
from collection.limits import MAX_PICTURE_BYTES

MAX_TEXT_BYTES = MAX_PICTURE_BYTES
"""A table or a list of captions may be as large as a picture; 5,000 captions need far less."""

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class DecodedText(NamedTuple):
    """The text with "\\n" between its lines; `guessed` if the encoding is only assumed."""

    text: str
    guessed: bool


def decoded_text(name: str, data: bytes) -> DecodedText:
    """Decode UTF-8, UTF-16 with a byte order mark, or else Windows-1252.

    Raises CollectionError if the file is empty, too large or no text.
    """
    if not data.strip():
        raise CollectionError(f"{name} is empty. Write the captions into it and upload it again.")
    if len(data) > MAX_TEXT_BYTES:
        raise CollectionError(
            f"{name} is larger than {MAX_TEXT_BYTES // 2**20} MB, the most a table may have. "
            "Split it and upload the parts."
        )
    marked = next((codec for mark, codec in _MARKED if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return DecodedText(text, guessed=encoding == "cp1252")
    raise CollectionError(
        f"{name} is not a text file that can be read. Save it as text with UTF-8 encoding "
        "and upload that."
    )
