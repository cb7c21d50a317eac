"""The one door into a collection: pictures, caption tables, plain captions and archives."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from collection.archive import ARCHIVE_EXTENSIONS, Archive
from collection.caption_table import (
    TABLE_EXTENSIONS,
    CaptionRow,
    CaptionTable,
    captions_from_text,
    read_caption_lines,
    read_caption_table,
)
from collection.collection import Collection, Pair
from collection.errors import CollectionError
from collection.file_name import display_name, extension, listed
from collection.items import Item, PictureItem, TextItem, text_item
from collection.limits import MAX_COLLECTION_BYTES, MAX_ITEMS
from collection.parallel_ingest import ingested_in_order
from collection.picture_format import PICTURE_EXTENSIONS
from collection.picture_names import PictureNames
from collection.short_repr import ShortRepr
from collection.upload import Remark, Upload

ACCEPTED_EXTENSIONS = (*PICTURE_EXTENSIONS, *TABLE_EXTENSIONS, *ARCHIVE_EXTENSIONS)
"""Extensions of all that `take_in` reads, for an upload widget."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, repr=False)
class IntakeResult(ShortRepr):
    """The collection with what was taken in, what was added, and remarks to show."""

    collection: Collection
    remarks: tuple[Remark, ...]
    added_pictures: int
    added_texts: int
    added_pairs: int


class _File(NamedTuple):
    """A file to read: its path, what gives its bytes, and the archive it lies in, if in one.

    `scope` tells the archives of one go apart, which may have the same name.
    """

    path: str
    read: Callable[[], bytes]
    archive: str | None = None
    scope: str | None = None

    def remark(self, text: str, serious: bool = True) -> Remark:
        """Return a remark about this file that also names the archive it lies in."""
        return Remark(f"{self.archive}: {text}" if self.archive else text, serious)


def take_in(
    collection: Collection, uploads: Sequence[Upload], on_progress: Progress | None = None
) -> IntakeResult:
    """Return the collection with the uploads added: pictures first, in order, then captions.

    A table may name pictures of the same go, also inside an archive, or of the collection. A
    caption whose picture is not here, or whose file name fits several pictures, stays out and
    is named: pairs are the ground truth and are never guessed. `on_progress` is called with
    pictures done, pictures in all and the name of the last, in the caller's thread. Nothing is
    raised for a bad upload: it becomes a remark, and what is good comes in.
    """
    intake = _Intake(collection)
    pictures, tables = intake.sort(uploads)
    intake.add_pictures(pictures, on_progress)
    for file in tables:
        intake.add_table(file)
    return intake.result()


def take_in_captions(
    collection: Collection, lines: str, picture_id: str | None = None
) -> IntakeResult:
    """Return the collection with captions added, one a line: of this picture, or of none."""
    intake = _Intake(collection)
    name = "The list of captions"
    file = _File(name, lines.encode)
    intake.add_captions(read_caption_lines(name, lines), file)
    result = intake.result()
    if picture_id is None:
        return result
    captions = (text_item(words).id for words in captions_from_text(lines))
    pairs = [Pair(caption, picture_id) for caption in captions if caption in result.collection]
    return replace(result, collection=result.collection.adding((), pairs), added_pairs=len(pairs))


class _Intake:
    """One go of taking in: what is new so far, and what there is to say about it."""

    def __init__(self, collection: Collection) -> None:
        self._before = collection
        self._names = PictureNames(collection.pictures)
        self._new: dict[str, Item] = {}
        self._pairs: dict[Pair, None] = {}
        self._known_pairs = frozenset(collection.pairs)
        self._picture_bytes = collection.picture_bytes
        self._remarks: list[Remark] = []

    def result(self) -> IntakeResult:
        """Return the collection with all that is new, and the remarks so far."""
        new = self._new.values()
        return IntakeResult(
            collection=self._before.adding(new, self._pairs),
            remarks=tuple(self._remarks),
            added_pictures=sum(isinstance(item, PictureItem) for item in new),
            added_texts=sum(isinstance(item, TextItem) for item in new),
            added_pairs=len(self._pairs),
        )

    def sort(self, uploads: Iterable[Upload]) -> tuple[list[_File], list[_File]]:
        """Part pictures from caption tables; an archive's files stand in its place."""
        pictures: list[_File] = []
        tables: list[_File] = []
        for number, upload in enumerate(uploads):
            kind = extension(upload.name)
            if kind in ARCHIVE_EXTENSIONS:
                in_archive = self._unpacked(upload, scope=f"archive {number}")
                pictures += in_archive[0]
                tables += in_archive[1]
            else:
                file = _File(upload.name, partial(bytes, upload.data))
                (tables if kind in TABLE_EXTENSIONS else pictures).append(file)
        return pictures, tables

    def _unpacked(self, upload: Upload, scope: str) -> tuple[list[_File], list[_File]]:
        try:
            archive = Archive(upload.name, upload.data)
        except CollectionError as error:
            self._remarks.append(Remark(str(error), serious=True))
            return [], []
        self._remarks += archive.remarks

        def files(paths: Iterable[str]) -> list[_File]:
            return [_File(p, partial(archive.read, p), archive.name, scope) for p in paths]

        return files(archive.pictures), files(archive.tables)

    def add_pictures(self, files: Sequence[_File], on_progress: Progress | None) -> None:
        """Decode and add the pictures in order, until the collection is full."""
        copies: list[tuple[str, str]] = []
        with closing(ingested_in_order((file.path, file.read) for file in files)) as results:
            for done, (file, result) in enumerate(zip(files, results, strict=True), start=1):
                if isinstance(result, CollectionError):
                    self._remarks.append(file.remark(str(result)))
                elif limit := self._add(result):
                    self._remarks.append(_full(limit, [late.path for late in files[done - 1 :]]))
                    break
                else:
                    self._names.add(result.id, file.scope, file.path)
                    known = self._item(result.id)
                    if known is not None and known is not result:
                        copies.append((result.name, known.label))
                if on_progress:
                    on_progress(done, len(files), display_name(file.path))
        self._remarks += _copy_remarks(copies)

    def add_table(self, file: _File) -> None:
        """Read a caption table and add what it says."""
        try:
            table = read_caption_table(file.path, file.read())
        except CollectionError as error:
            self._remarks.append(file.remark(str(error)))
        else:
            self.add_captions(table, file)

    def add_captions(self, table: CaptionTable, file: _File) -> None:
        """Add the captions of a table, each paired with the picture that it names."""
        self._remarks += (file.remark(remark.text, remark.serious) for remark in table.remarks)
        before = len(self._new), len(self._pairs)
        left_out: dict[_Problem, list[str]] = {}
        for row in table.rows:
            problem = self._add_caption(row, file)
            if problem:
                left_out.setdefault(problem, []).append(row.file_name or row.text)
        for problem, names in left_out.items():
            self._remarks.append(file.remark(problem(table.name, list(dict.fromkeys(names)))))
        if table.rows and not left_out and before == (len(self._new), len(self._pairs)):
            here_already = f"{table.name} says nothing new: its captions are here already."
            self._remarks.append(file.remark(here_already, serious=False))

    def _add_caption(self, row: CaptionRow, file: _File) -> "_Problem | None":
        picture_ids = self._names.find(file.scope, file.path, row.file_name)
        if row.file_name and not picture_ids:
            return _missing
        if len(picture_ids) > 1:
            return _unclear
        text = text_item(row.text)
        if self._add(text):
            return _no_room
        for picture_id in picture_ids:
            pair = Pair(text.id, picture_id)
            if pair not in self._known_pairs:
                self._pairs[pair] = None
        return None

    def _add(self, item: Item) -> str | None:
        """Add an item; return the limit that it goes beyond, None if it is in."""
        if self._item(item.id) is not None:
            return None
        if len(self._before) + len(self._new) >= MAX_ITEMS:
            return f"{MAX_ITEMS:,} items"
        if isinstance(item, PictureItem):
            picture_bytes = self._picture_bytes + len(item.jpeg) + len(item.thumbnail)
            if picture_bytes > MAX_COLLECTION_BYTES:
                return f"{MAX_COLLECTION_BYTES / 2**30:g} GB of pictures"
            self._picture_bytes = picture_bytes
        self._new[item.id] = item
        return None

    def _item(self, item_id: str) -> Item | None:
        return self._new.get(item_id) or self._before.items.get(item_id)


_Problem = Callable[[str, Sequence[str]], str]
"""Why captions of a table stay out: table and file names in, one plain line out."""


def _missing(table: str, files: Sequence[str]) -> str:
    many = len(files) > 1
    return (
        f"{table} names {len(files)} file{'s' if many else ''} that {'are' if many else 'is'} not "
        f"here: {listed(files)}. Upload {'them' if many else 'it'} together with the table."
    )


def _unclear(table: str, files: Sequence[str]) -> str:
    return (
        f"{table} names {listed(files)}, and several different pictures have that name. "
        "Rename or remove all but one and upload the table again."
    )


def _no_room(table: str, names: Sequence[str]) -> str:
    return (
        f"The collection is full ({MAX_ITEMS:,} items): {table} has captions that were left out, "
        f"for {listed(names)}. Remove some items and upload the table again."
    )


def _full(limit: str, paths: Sequence[str]) -> Remark:
    names = listed([display_name(path) for path in paths], shown=1)
    return Remark(
        f"The collection is full ({limit}). Left out: {names}. Remove some items and upload these "
        "again.",
        serious=True,
    )


def _copy_remarks(copies: Iterable[tuple[str, str]]) -> list[Remark]:
    """Tell of pictures that are here already, and of those that are under another name."""
    again = list(dict.fromkeys(name for name, known in copies if name == known))
    texts = [f"Already in the collection: {listed(again)}. Nothing was added."] if again else []
    texts += [
        f"{name} is the same picture as {known}; it was merged."
        for name, known in dict.fromkeys(copies)
        if name != known
    ]
    return [Remark(text, serious=False) for text in texts]
