"""The text in a file, whichever of the usual encodings it was saved in."""

import codecs
import re
from itertools import groupby
from typing import NamedTuple

from charset_normalizer import from_bytes

from collection.errors import CollectionError
from collection.limits import MAX_PICTURE_BYTES

MAX_TEXT_BYTES = MAX_PICTURE_BYTES
"""A table or a list of captions may be as large as a picture; 5,000 captions need far less."""

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BYTE_ORDER_MARK = "\ufeff"

ENCODING_TITLES = {
    "gb18030": "Chinese, GBK",
    "big5": "Chinese, Big5",
    "cp932": "Japanese",
    "cp949": "Korean",
    "cp1251": "Cyrillic",
    "cp1253": "Greek",
    "cp1255": "Hebrew",
    "cp1252": "Western",
}
"""Encoding → what people call it."""
# What spreadsheets save in where letters are not Latin.
_NOT_LATIN = [encoding for encoding in ENCODING_TITLES if encoding != "cp1252"]
_READINGS = 3
_BYTES_LOOKED_AT = 64 * 1024


class DecodedText(NamedTuple):
    """The text with "\\n" between its lines, and how far its encoding is only assumed.

    `encodings`: those that it may well be in, the likeliest first, where a person has to tell.
    `guessed`: nothing says that it is Windows-1252. `stray_lines`: lines (from 1) of a text in
    UTF-8 that are not UTF-8 themselves and were read as Windows-1252.
    """

    text: str
    guessed: bool = False
    stray_lines: tuple[int, ...] = ()
    encodings: tuple[str, ...] = ()


def decoded_text(name: str, data: bytes, encoding: str | None = None) -> DecodedText:
    """Decode UTF-8 (but for a stray line), UTF-16, or else Windows-1252; or `encoding` if given.

    Byte order marks and NUL bytes at the end, which some programs leave there, go.
    Raises CollectionError if the file is empty, too large or no text.
    """
    if not data.strip():
        raise CollectionError(f"{name} is empty. Write the captions into it and upload it again.")
    if len(data) > MAX_TEXT_BYTES:
        raise CollectionError(
            f"{name} is larger than {MAX_TEXT_BYTES // 2**20} MB, the most a table may have. "
            "Split it and upload the parts."
        )
    try:
        decoded = DecodedText(data.decode(encoding)) if encoding else _decoded(data)
    except UnicodeDecodeError:
        decoded = None
    text = decoded.text.lstrip(_BYTE_ORDER_MARK).rstrip("\0") if decoded else ""
    if decoded is None or "\0" in text or not text:
        raise CollectionError(
            f"{name} is not a text file that can be read. Save it as text with UTF-8 encoding "
            "and upload that."
        )
    return decoded._replace(text=_plain_line_ends(text))


def _decoded(data: bytes) -> DecodedText:
    marked = next((codec for mark, codec in _MARKED if data.startswith(mark)), None)
    if marked:
        return DecodedText(data.decode(marked))
    unmarked = _utf_16_without_mark(data)
    if unmarked:
        return DecodedText(data.decode(unmarked))
    try:
        return DecodedText(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    return _mostly_utf_8(data) or _in_a_code_page(data)


def _in_a_code_page(data: bytes) -> DecodedText:
    """Decode Windows-1252, unless the letters are hardly Latin: then tell what they may be.

    In Latin texts letters beyond ASCII stand alone, in others side by side. A detector is asked
    only about the latter: of short Western tables it often says that they are something else.
    """
    head = data[:_BYTES_LOOKED_AT]
    if len(data) > len(head):
        head = head[: head.rfind(b"\n") + 1]
    runs = [len(list(run)) for beyond, run in groupby(head, lambda sign: sign >= 0x80) if beyond]
    if runs and sum(runs) >= 2 * len(runs):
        found = [match.encoding for match in from_bytes(head, cp_isolation=_NOT_LATIN)]
        fitting = [encoding for encoding in (*found, "cp1252") if _fits(data, encoding)]
        if found and fitting:
            likely = tuple(fitting[:_READINGS])
            return DecodedText(data.decode(likely[0]), encodings=likely)
    return DecodedText(data.decode("cp1252"), guessed=True)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _utf_16_without_mark(data: bytes) -> str | None:
    """Tell by the NUL bytes, which stand beside each Latin letter, digit and separator."""
    head = data.rstrip(b"\0")[:4096]
    first, second = head[::2].count(0), head[1::2].count(0)
    if len(data) % 2 == 0 and max(first, second) * 4 > len(head) and min(first, second) == 0:
        return "utf-16-le" if second else "utf-16-be"
    return None


def _mostly_utf_8(data: bytes) -> DecodedText | None:
    """Decode line by line where the lines in UTF-8 are at least as many as the stray ones.

    Letters that are valid as UTF-8 are so by chance only once in many thousand texts, so a file
    that has some is UTF-8 that was put together with a line of another kind.
    """
    lines = re.split(b"\r\n|\r|\n", data)
    texts: list[str] = []
    stray: list[int] = []
    sure = 0
    for number, line in enumerate(lines, start=1):
        try:
            texts.append(line.decode("utf-8"))
            sure += not line.isascii()
        except UnicodeDecodeError:
            stray.append(number)
            texts.append(line.decode("cp1252", "replace"))
    if sure and sure >= len(stray):
        return DecodedText("\n".join(texts), stray_lines=tuple(stray))
    return None


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
