"""A random sample of pictures with all their captions, where all are more than fit."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from collection.intake_files import IntakeFile
from collection.intake_tables import ReadTable
from collection.picture_names import PictureNames
from collection.random_sample import sample_pictures


class TakenSample(NamedTuple):
    """Which files were taken at random, of how many, and with which seed."""

    keys: tuple[str, ...]
    of: int
    seed: int
    room: int

    @property
    def line(self) -> str:
        """What is said about it."""
        return (
            f"{self.room:,} items fit: a random {len(self.keys):,} of {self.of:,} pictures with "
            f"all their captions were taken, seed {self.seed}."
        )


def sampled(
    pictures: Sequence[IntakeFile],
    tables: Sequence[ReadTable],
    names: PictureNames,
    room: int,
    seed: int,
) -> TakenSample | None:
    """Return the sample that fits into `room` items; None if all fit, or nothing does."""
    texts_of = _texts_of(pictures, tables, names)
    pictures_of = Counter(text for texts in texts_of.values() for text in texts)
    lone = {row.text for read in tables for row in read.table.rows if row.text} - set(pictures_of)
    if room <= 0 or not pictures or len(pictures) + len(pictures_of) + len(lone) <= room:
        return None
    # A text under several pictures is one item, whichever of them are taken.
    shared = sum(count > 1 for count in pictures_of.values())
    if shared >= room:
        shared = 0
    own = [sum(pictures_of[text] == 1 for text in texts) for texts in texts_of.values()]
    chosen = sample_pictures(own, room - shared, seed)
    if len(chosen) == len(pictures):
        return None
    keys = tuple(pictures[at].key for at in chosen)
    return TakenSample(keys, len(pictures), seed, room)


def _texts_of(
    pictures: Sequence[IntakeFile], tables: Sequence[ReadTable], names: PictureNames
) -> dict[str, set[str]]:
    """Return the captions of each picture, by its file's key, in the pictures' order."""
    texts: dict[str, set[str]] = {file.key: set() for file in pictures}
    for file, table, _ in tables:
        found: dict[str, tuple[str, ...]] = {}
        for row in table.rows:
            if row.file_name not in found:
                found[row.file_name] = names.find(file.scope, file.path, row.file_name).ids
            for key in found[row.file_name][:1] if row.text else ():
                if key in texts:
                    texts[key].add(row.text)
    return texts
