"""A random sample of pictures with all their captions, where all are more than fit."""

from collections.abc import Sequence
from typing import NamedTuple

from collection.intake_files import IntakeFile
from collection.intake_tables import ReadTable
from collection.picture_names import PictureNames
from collection.random_sample import sample_pictures

DEFAULT_SEED = 7


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
    if room <= 0 or len(pictures) + sum(len(read.table.rows) for read in tables) <= room:
        return None
    captions = {file.key: 0 for file in pictures}
    for file, table, _ in tables:
        found: dict[str, tuple[str, ...]] = {}
        for row in table.rows:
            if row.file_name not in found:
                found[row.file_name] = names.find(file.scope, file.path, row.file_name).ids
            for key in found[row.file_name][:1] if row.text else ():
                if key in captions:
                    captions[key] += 1
    if not pictures or len(pictures) + sum(captions.values()) <= room:
        return None
    chosen = sample_pictures(list(captions.values()), room, seed)
    keys = tuple(pictures[at].key for at in chosen)
    return TakenSample(keys, len(pictures), seed, room)
