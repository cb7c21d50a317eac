"""The probes: pairs of pictures that differ in one thing, and so do their captions."""

import csv
from functools import cache
from typing import NamedTuple

from collection.collection import Pair
from collection.items import text_item
from collection.samples import load_sample, sample_table

PROBES = "probes"
"""The key of the sample."""


class Probe(NamedTuple):
    """A minimal pair: what it is about, and both of its pairs of a caption and a picture."""

    kind: str
    first: Pair
    second: Pair


@cache
def all_probes() -> tuple[Probe, ...]:
    """Return the minimal pairs of the sample, kind by kind."""
    picture_of = {picture.name: picture.id for picture in load_sample(PROBES).pictures}
    pairs: dict[tuple[str, str], list[Pair]] = {}
    for row in csv.DictReader(sample_table(PROBES).decode("utf-8").splitlines()):
        pair = Pair(text_item(row["text"]).id, picture_of[row["file_name"]])
        pairs.setdefault((row["kind"], row["pair"]), []).append(pair)
    return tuple(Probe(kind, *both) for (kind, _), both in pairs.items())
