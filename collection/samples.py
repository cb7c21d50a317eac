"""The bundled samples: small collections to look at before bringing one's own."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from collection.caption_table import read_caption_table
from collection.collection import Collection
from collection.errors import CollectionError
from collection.intake import take_in
from collection.upload import Upload

_FOLDER = Path(__file__).parent / "samples"


class Sample(NamedTuple):
    """What a sample is called, and one sentence about it."""

    title: str
    about: str


SAMPLES: Mapping[str, Sample] = MappingProxyType(
    {
        "cat-and-box": Sample(
            "Cat and box", "Two pictures and two captions, small enough to follow every number."
        ),
        "gallery": Sample(
            "Gallery", "Photographs and drawings of many kinds, some of them with two captions."
        ),
        "probes": Sample(
            "Probes",
            "Drawn pictures in pairs that differ in one thing, to find out where models break.",
        ),
    }
)
"""Key → sample, in the order in which they are offered."""


@cache
def load_sample(key: str) -> Collection:
    """Return a sample, taken in as an upload would be, once for the whole process.

    Raises KeyError for an unknown key, and CollectionError if the bundled files are incomplete.
    """
    table = Upload(f"{key}.csv", sample_table(key))
    rows = read_caption_table(table.name, table.data).rows
    names = dict.fromkeys(row.file_name for row in rows if row.file_name)
    try:
        pictures = [Upload(name, (_FOLDER / "pictures" / name).read_bytes()) for name in names]
    except OSError as error:
        raise CollectionError(
            f"The sample {key} has lost a picture ({error}). Install Shared Space again."
        ) from error
    result = take_in(Collection(), [*pictures, table])
    for remark in result.remarks:
        raise CollectionError(f"The sample {key} is damaged: {remark.text}")
    return result.collection


@cache
def sample_notes(key: str) -> Mapping[str, str]:
    """Return file name → note of the sample's pictures that have one.

    Raises KeyError for an unknown key.
    """
    rows = csv.DictReader(sample_table(key).decode("utf-8").splitlines())
    return MappingProxyType({row["file_name"]: row["note"] for row in rows if row["note"]})


def is_sample_item(item_id: str) -> bool:
    """Tell whether an item belongs to a bundled sample; loads the samples at the first call."""
    return item_id in _sample_ids()


def holds_own_items(collection: Collection) -> bool:
    """Tell whether anything in a collection is of no bundled sample."""
    return not collection.items.keys() <= _sample_ids()


@cache
def _sample_ids() -> frozenset[str]:
    return frozenset(item_id for key in SAMPLES for item_id in load_sample(key).items)


def sample_table(key: str) -> bytes:
    """Return the bundled table of a sample. Raises KeyError for an unknown key."""
    if key not in SAMPLES:
        raise KeyError(key)
    return (_FOLDER / f"{key}.csv").read_bytes()
