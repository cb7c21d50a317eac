"""A table packed with gzip by itself, such as captions.csv.gz."""

import gzip
import io
import zlib

from collection.errors import CollectionError
from collection.file_name import display_name
from collection.text_file import MAX_TEXT_BYTES


def unpacked_table(name: str, data: bytes) -> bytes:
    """Return what is packed; raises CollectionError if it is damaged or too large."""
    shown = display_name(name)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            # More than a table may have is never unpacked, whatever a few bytes stand for.
            found = file.read(MAX_TEXT_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise CollectionError(
            f"{shown} is damaged or not packed with gzip. Pack it again, or upload it unpacked."
        ) from error
    if len(found) > MAX_TEXT_BYTES:
        raise CollectionError(
            f"{shown} unpacks to more than {MAX_TEXT_BYTES // 2**20} MB, the most a table may "
            "have. Split it and upload the parts."
        )
    return found
