"""A random sample of pictures with all their captions, where all are more than fit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from collection.collection import Collection
from collection.file_name import extension
from collection.intake_files import IntakeFile
from collection.intake_tables import ReadTable
from collection.items import text_item
from collection.parquet_table import PARQUET_EXTENSIONS
from collection.picture_names import PictureNames
from collection.random_sample import sample_numbers, sample_pictures


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


def sampled_captions(
    tables: Sequence[ReadTable], collection: Collection, room: int, seed: int
) -> tuple[list[ReadTable], str]:
    """Return the tables, those from Parquet files with a random few captions that name no picture.

    And what is to be said of it: nothing, and all of them stay, where they fit into `room` items
    beside the other captions, or where those alone fill it. Captions of the collection take no
    room. A list that a person wrote is read from its beginning.
    """
    rows = [row for read in tables for row in read.table.rows if row.text]
    large = [read for read in tables if extension(read.file.path) in PARQUET_EXTENSIONS]
    lone = {r.text: None for read in large for r in read.table.rows if r.text and not r.file_name}
    others = {row.text for row in rows if row.file_name or row.text not in lone}
    new = [words for words in lone if words not in others and _is_new(words, collection)]
    room -= sum(_is_new(words, collection) for words in others)
    if room <= 0 or len(new) <= room:
        return list(tables), ""
    drawn = sample_numbers(len(new), room, seed)
    left_out = set(new) - {new[at] for at in drawn}
    kept = [
        read._replace(
            table=replace(
                read.table, rows=tuple(r for r in read.table.rows if r.text not in left_out)
            )
        )
        for read in tables
    ]
    line = (
        f"{room:,} captions without a picture fit: a random {room:,} of {len(new):,} were taken, "
        f"seed {seed}."
    )
    return kept, line


def _is_new(words: str, collection: Collection) -> bool:
    return text_item(words).id not in collection


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
