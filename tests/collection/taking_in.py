"""Short ways to take files in and to look at what came of it."""

from collection.collection import Collection
from collection.intake import IntakeResult, take_in
from collection.upload import Remark, Upload
from tests.collection.odd_files import assert_plain_line, png_bytes

CAT, DOG, SEA = png_bytes(1), png_bytes(2), png_bytes(3)


def take_in_files(*files: tuple[str, bytes | str], into: Collection | None = None) -> IntakeResult:
    uploads = [
        Upload(name, data.encode() if isinstance(data, str) else data) for name, data in files
    ]
    return take_in(into if into is not None else Collection(), uploads)


def named_pairs(collection: Collection) -> list[tuple[str, str]]:
    """Picture name and caption of each pair, in order."""
    items = collection.items
    return [(items[pair.picture_id].label, items[pair.text_id].label) for pair in collection.pairs]


def only_remark(result: IntakeResult, name: str) -> Remark:
    (remark,) = result.remarks
    assert_plain_line(remark.text, name, advice=remark.serious)
    return remark


def counts(result: IntakeResult) -> tuple[int, int, int]:
    return result.added_pictures, result.added_texts, result.added_pairs
