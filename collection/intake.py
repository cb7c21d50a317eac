"""The one door into a collection: pictures, caption tables, plain captions and archives."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from collection import intake_words as words
from collection.caption_rows import CaptionRow, CaptionTable
from collection.caption_table import captions_from_text, read_caption_lines
from collection.collection import Collection, Pair
from collection.columns import MAIN_LABEL, Columns
from collection.errors import CollectionError
from collection.file_name import display_name
from collection.folder_labels import folder_labels, names_told_apart
from collection.intake_files import IntakeFile, IntakeFiles, Source, intake_files
from collection.intake_sample import TakenSample, sampled, sampled_captions
from collection.intake_tables import ReadTable, TableQuestion, read_one, read_tables
from collection.items import Item, PictureItem, TextItem, text_item
from collection.layouts import CLASS_FOLDERS
from collection.limits import MAX_COLLECTION_BYTES, MAX_ITEMS
from collection.parallel_ingest import ingested_in_order
from collection.picture_names import CODE_PAGE, NOT_TAKEN, Match, PictureNames
from collection.random_sample import SAMPLE_SEED
from collection.short_repr import ShortRepr
from collection.table_matches import TableMatches
from collection.upload import Remark

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, repr=False)
class IntakeResult(ShortRepr):
    """The collection with what was taken in, what was added, and what there is to say.

    `layouts` says in a line each which layouts were recognised; `questions` are the tables that
    wait for the person to say which column is which; `sample` tells of pictures that were taken
    at random, for all are more than a collection holds. `sample_lines` say of it, and of tables of
    which random rows were taken, what there is to say; `seed`: that of what was taken at random.
    """

    collection: Collection
    remarks: tuple[Remark, ...]
    added_pictures: int
    added_texts: int
    added_pairs: int
    layouts: tuple[str, ...] = ()
    questions: tuple[TableQuestion, ...] = ()
    sample: TakenSample | None = None
    sample_lines: tuple[str, ...] = ()
    seed: int = SAMPLE_SEED


def take_in(
    collection: Collection,
    uploads: Sequence[Source],
    on_progress: Progress | None = None,
    seed: int = SAMPLE_SEED,
) -> IntakeResult:
    """Return the collection with the uploads added: pictures first, in order, then captions.

    A table may name pictures of the same go, also inside an archive, or of the collection. A
    caption whose picture is not here, or whose file name fits several pictures, stays out and
    is named: pairs are the ground truth and are never guessed. Of more pictures than there is
    room for, a random sample is taken, the same for the same `seed`. `on_progress` is called with
    pictures done, pictures in all and the name of the last, in the caller's thread. Nothing is
    raised for a bad upload: it becomes a remark, and what is good comes in.
    """
    with closing(intake_files(uploads, seed)) as files:
        return _taken_in(collection, files, on_progress, seed)


def _taken_in(
    collection: Collection, files: IntakeFiles, on_progress: Progress | None, seed: int
) -> IntakeResult:
    intake = _Intake(collection, files.remarks)
    files.noted_names(intake.names)
    read = read_tables(files, intake.names)
    sample = sampled(files.pictures, read.tables, intake.names, MAX_ITEMS - len(collection), seed)
    if sample:
        left_out = {file.key for file in files.pictures} - set(sample.keys)
        for key in left_out:
            intake.names.settle(key, NOT_TAKEN)
        files.pictures = [file for file in files.pictures if file.key not in left_out]
    intake.add_pictures(files.pictures, on_progress)
    intake.note(read.remarks)
    room = 0 if sample else intake.room
    tables, said = sampled_captions(read.tables, collection, room, seed)
    for table in tables:
        intake.add_table(table)
    intake.add_folder_labels(files)
    lines = (*files.sample_lines, sample.line if sample else said)
    return replace(
        intake.result(),
        questions=tuple(read.questions),
        sample=sample,
        sample_lines=tuple(filter(None, lines)),
        seed=seed,
    )


def take_in_answered(
    collection: Collection, question: TableQuestion, columns: Columns | None, encoding: str = ""
) -> IntakeResult:
    """Return the collection with a table added, now that its columns and encoding are told.

    `columns` is None for a list of captions, `encoding` empty where it was not asked for.
    """
    question.names.add_known(collection.pictures)  # some may have come since
    intake = _Intake(collection, (), question.names)
    try:
        intake.add_table(read_one(question.file, question.names, columns, encoding or None))
    except CollectionError as error:
        intake.note([question.file.remark(str(error))])
    return intake.result()


def take_in_captions(
    collection: Collection, lines: str, picture_id: str | None = None
) -> IntakeResult:
    """Return the collection with captions added, one a line: of this picture, or of none."""
    intake = _Intake(collection, ())
    name = "The list of captions"
    intake.add_table(ReadTable(IntakeFile(name, lines.encode), read_caption_lines(name, lines)))
    result = intake.result()
    if picture_id is None:
        return result
    captions = (text_item(text).id for text in captions_from_text(lines))
    pairs = [Pair(caption, picture_id) for caption in captions if caption in result.collection]
    return replace(result, collection=result.collection.adding((), pairs), added_pairs=len(pairs))


class _Intake:
    """One go of taking in: what is new so far, and what there is to say about it."""

    def __init__(
        self, collection: Collection, remarks: Sequence[Remark], names: PictureNames | None = None
    ) -> None:
        self.names = names or PictureNames(collection.pictures)
        self._before = collection
        self._new: dict[str, Item] = {}
        self._pairs: dict[Pair, None] = {}
        self._labels: dict[str, dict[str, str]] = {}
        self._known_pairs = frozenset(collection.pairs)
        self._picture_bytes = collection.picture_bytes
        self._remarks = list(remarks)
        self._layouts: dict[str, dict[str, int]] = {}
        self._lines: list[str] = []
        self._ids: dict[str, str] = {}

    def result(self) -> IntakeResult:
        """Return the collection with all that is new, and the remarks so far."""
        new = self._new.values()
        layouts = (
            words.layout_line(title, list(captions.values()))
            for title, captions in self._layouts.items()
            if captions
        )
        return IntakeResult(
            collection=self._before.adding(new, self._pairs, self._labels),
            remarks=tuple(self._remarks),
            added_pictures=sum(isinstance(item, PictureItem) for item in new),
            added_texts=sum(isinstance(item, TextItem) for item in new),
            added_pairs=len(self._pairs),
            layouts=(*layouts, *self._lines),
        )

    @property
    def room(self) -> int:
        """How many more items fit."""
        return MAX_ITEMS - len(self._before) - len(self._new)

    def note(self, remarks: Sequence[Remark]) -> None:
        """Say these things too."""
        self._remarks += remarks

    def add_pictures(self, files: Sequence[IntakeFile], on_progress: Progress | None) -> None:
        """Decode and add the pictures in order, until the collection is full."""
        copies: list[tuple[str, str]] = []
        otherwise: dict[str, list[str]] = {}
        shown = names_told_apart([file.path for file in files])
        with closing(ingested_in_order((file.path, file.read) for file in files)) as results:
            for done, (file, result) in enumerate(zip(files, results, strict=True), start=1):
                if isinstance(result, CollectionError):
                    self._remarks.append(file.remark(str(result)))
                    self.names.settle(file.key, None)
                elif limit := self._add(item := replace(result, name=shown[done - 1])):
                    self._remarks.append(
                        words.full(limit, [late.path for late in files[done - 1 :]])
                    )
                    for late in files[done - 1 :]:
                        self.names.settle(late.key, None)
                    break
                else:
                    self.names.settle(file.key, item.id)
                    self._ids[file.key] = item.id
                    known = self._item(item.id)
                    if known is not None and known is not item:
                        copies.append((item.name, known.label))
                    elif item.remark:
                        otherwise.setdefault(item.remark, []).append(item.name)
                if on_progress:
                    on_progress(done, len(files), display_name(file.path))
        self._remarks += words.shown_otherwise(otherwise)
        self._remarks += words.copies(copies)

    def add_table(self, read: ReadTable) -> None:
        """Add the captions and labels of a table, each to the picture that it names."""
        file, table, layout = read
        self._remarks += (file.remark(remark.text, remark.serious) for remark in table.remarks)
        before = len(self._new), len(self._pairs), self._number_of_labels()
        matches = TableMatches(
            self.names,
            file,
            [row.file_name for row in table.rows],
            lambda picture_id: self._item(picture_id) is not None,
        )
        left_out: dict[words.Problem, list[str]] = {}
        skipped = False
        for row in table.rows:
            match = matches.of(row.file_name)
            skipped |= match.ids == (NOT_TAKEN,)
            problem = matches.problem(row.file_name) or self._add_row(row, match, layout)
            if problem:
                left_out.setdefault(problem, []).append(row.file_name or row.text)
        for problem, names in left_out.items():
            self._remarks.append(file.remark(problem(table.name, list(dict.fromkeys(names)))))
        self._say_how(file, table, matches)
        now = len(self._new), len(self._pairs), self._number_of_labels()
        if table.rows and not left_out and not skipped and before == now:
            here_already = f"{table.name} says nothing new: its captions are here already."
            self._remarks.append(file.remark(here_already, serious=False))

    def _say_how(self, file: IntakeFile, table: CaptionTable, matches: TableMatches) -> None:
        """Say which names were not matched as written; show the table's where ours is garbled."""
        for how, found in matches.in_another_way().items():
            self._remarks.append(file.remark(words.matched(table.name, how, list(found)), False))
            for name, picture_id in found.items():
                item = self._new.get(picture_id)
                if how == CODE_PAGE and isinstance(item, PictureItem):
                    self._new[picture_id] = replace(item, name=display_name(name))

    def _add_row(self, row: CaptionRow, match: Match, layout: str) -> words.Problem | None:
        if match.ids == (NOT_TAKEN,):
            return None
        for picture_id in match.ids:
            self._add_labels(picture_id, dict(row.labels))
        if not row.text:
            return None
        text = text_item(row.text)
        if self._add(text):
            return words.no_room
        for picture_id in match.ids:
            pair = Pair(text.id, picture_id)
            if layout:
                counts = self._layouts.setdefault(layout, {})
                counts[picture_id] = counts.get(picture_id, 0) + 1
            if pair not in self._known_pairs:
                self._pairs[pair] = None
        return None

    def add_folder_labels(self, files: IntakeFiles) -> None:
        """Give pictures the labels that their folders say, unless a table said others."""
        for scope in dict.fromkeys(file.scope for file in files.pictures):
            inside = [f for f in files.pictures if f.scope == scope and f.key in self._ids]
            labels = folder_labels([file.path for file in inside])
            captioned = {pair.picture_id for pair in self._pairs}
            classes: dict[str, None] = {}
            labelled: set[str] = set()
            for file, found in zip(inside, labels, strict=True):
                picture_id = self._ids[file.key]
                name = found.get(MAIN_LABEL)
                if name and name.isdigit() and picture_id in captioned:
                    found = {k: v for k, v in found.items() if k != MAIN_LABEL}  # a shard's number
                elif name:
                    classes[name] = None
                    labelled.add(picture_id)
                self._add_labels(picture_id, found)
            if classes:
                self._lines.append(words.folder_line(CLASS_FOLDERS, len(labelled), list(classes)))

    def _add_labels(self, picture_id: str, labels: Mapping[str, str]) -> None:
        known = self._before.labels.get(picture_id, {})
        for name, value in labels.items():
            if name not in known:
                self._labels.setdefault(picture_id, {}).setdefault(name, value)

    def _number_of_labels(self) -> int:
        return sum(map(len, self._labels.values()))

    def _add(self, item: Item) -> str | None:
        """Add an item; return the limit that it goes beyond, None if it is in."""
        if self._item(item.id) is not None:
            return None
        if self.room <= 0:
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
