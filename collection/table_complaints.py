"""What is said of the lines of a table that cannot be used, and of those read with a doubt."""

from collections.abc import Sequence
from typing import NamedTuple

from collection.file_name import listed
from collection.limits import MAX_CAPTION_CHARACTERS, MAX_ITEMS
from collection.upload import Remark

MAX_TABLE_ROWS = 150 * MAX_ITEMS
"""Far more than fit, for a sample has all captions of its pictures; COCO has 591,753."""


class Complaint(NamedTuple):
    """What is said after "captions.csv, line 3:", and whether something was left out."""

    text: str
    serious: bool


BLANK = Complaint("there is no caption, so nothing was read. Write one or delete the line.", False)
LONG = Complaint(
    f"the caption has more than {MAX_CAPTION_CHARACTERS:,} characters and was left out. "
    "Shorten it and bring it in again.",
    True,
)
TOO_MANY_CELLS = Complaint(
    "there are more cells than columns, so nothing was read. Put the caption in double quotes, "
    "write quotes within it twice, and upload the table again.",
    True,
)
TOO_FEW_CELLS = Complaint(
    "there are fewer cells than columns, so nothing was read. Add the missing separator and "
    "upload the table again.",
    True,
)
OPEN_QUOTE = Complaint(
    "a double quote is opened and not closed, so nothing was read. Close it and upload the "
    "table again.",
    True,
)
NOT_JSON = Complaint(
    'there is nothing such as {"file_name": "cat.jpg", "text": "A cat"}, so nothing was read. '
    "Mend it and upload the table again.",
    True,
)
TOO_MANY_ROWS = Complaint(
    f"a table may have at most {MAX_TABLE_ROWS:,} captions, so reading stopped here. "
    "Upload the rest as a second table.",
    True,
)


NOT_UTF_8 = Complaint(
    "this is not UTF-8, as the rest is, and was read as Windows-1252. If letters such as é look "
    "wrong there, save the file as UTF-8 and upload that.",
    False,
)


class Refused(NamedTuple):
    """A line that cannot be used."""

    line: int
    complaint: Complaint


def complaint_remark(
    name: str, complaint: Complaint, lines: Sequence[int], unit: str = "line"
) -> Remark:
    """Return the remark about all lines of one kind: “t.csv, lines 2 and 5: there is …”."""
    numbers = list(dict.fromkeys(map(str, lines)))
    where = f"{unit}{'s' if len(numbers) > 1 else ''} {listed(numbers)}"
    return Remark(f"{name}, {where}: {complaint.text}", complaint.serious)
