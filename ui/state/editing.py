"""The collection of a session, and what its page needs to change it and to take steps back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from collection.collection import Collection, Row
from collection.intake import IntakeResult
from collection.intake_files import Source
from collection.intake_tables import TableQuestion
from collection.items import PictureItem
from collection.samples import load_sample
from collection.upload import Remark
from ui.state.receipt import receipt, step_of
from ui.state.undo import UndoStack, bytes_of, distinct


class SampledUpload(NamedTuple):
    """An upload of which a random sample was taken: the collection from before it, its files.

    `lines` say what was taken, with this seed.
    """

    before: Collection
    uploads: tuple[Source, ...]
    seed: int
    lines: tuple[str, ...]


@dataclass
class CollectionEditing:
    """A person's collection, the steps that Undo takes back, and what to say about what came in.

    `remarks` name what was left out, `receipt` says what is in and `layouts` what it was known
    as; `questions` are tables whose columns the person has to tell. `sampled` is held as long as
    other pictures of an upload that was too large can be drawn. `uploads` counts what came
    through the upload field; `edits` the changes that alter the rows of the caption table.
    """

    collection: Collection = field(default_factory=Collection)
    undo_stack: UndoStack = field(default_factory=UndoStack)
    remarks: tuple[Remark, ...] = ()
    receipt: str = ""
    layouts: tuple[str, ...] = ()
    questions: tuple[TableQuestion, ...] = ()
    sampled: SampledUpload | None = None
    uploads: int = 0
    edits: int = 0
    _rows: list[Row] = field(default_factory=list)
    _rows_after: int | None = None

    @property
    def undoes(self) -> str | None:
        """What Undo would take back, as in “removing 2 rows”; None without a step."""
        steps = self.undo_stack.steps
        return steps[-1].done if steps else None

    @property
    def held_pictures(self) -> list[PictureItem]:
        """The pictures of today's collection and of the steps, shared ones once."""
        return self.undo_stack.pictures_with(self.collection)

    def replace(
        self, collection: Collection, done: str, take_back: Callable[[], None] | None = None
    ) -> None:
        """Put another collection in place; `done` names the step that Undo takes back.

        `take_back` takes back what the step did beside the collection.
        """
        before, self.collection = self.collection, collection
        self.note_step(before, done, take_back)
        self.say_nothing()
        self.questions = ()
        self.edits += 1

    def note_step(
        self, before: Collection, done: str, take_back: Callable[[], None] | None = None
    ) -> None:
        """Note what led from `before` to today's collection; nothing where they are the same."""
        if before.digest != self.collection.digest:
            self.undo_stack.push(done, before, self.collection, take_back)

    def note_beside(
        self,
        done: str,
        take_back: Callable[[], None],
        receipt: str = "",
        remarks: tuple[Remark, ...] = (),
    ) -> None:
        """Note a step that leaves the collection as it is; `take_back` undoes what it did.

        `receipt` says what came in and `remarks` what did not, both in place of what was said.
        """
        self.undo_stack.push(done, self.collection, self.collection, take_back)
        self.receipt, self.remarks, self.layouts = receipt, remarks, ()

    def open_other(
        self, collection: Collection, done: str, take_back: Callable[[], None], receipt: str
    ) -> None:
        """Put the collection of a file in place, in a step that Undo takes back whole.

        `take_back` does so for what the file brought beside it; `receipt` says what came in.
        """
        before, self.collection = self.collection, collection
        self.undo_stack.push(done, before, collection, take_back)
        self.say_nothing()
        self.questions, self.receipt = (), receipt
        self.edits += 1

    def undo(self) -> None:
        """Bring back the collection from before the latest step."""
        step = self.undo_stack.pop()
        if step is not None:
            self.collection = step.before
            if step.take_back is not None:
                step.take_back()
            self.say_nothing()
            self.edits += 1

    def could_undo(self, replacement: Collection) -> bool:
        """Tell whether today's collection could still be kept if this one took its place."""
        together = distinct([*self.collection.pictures, *replacement.pictures])
        return bytes_of(together) <= self.undo_stack.max_bytes

    def accept(self, result: IntakeResult) -> None:
        """Take over what an upload gave."""
        self.say_nothing()
        self.remarks, self.receipt = result.remarks, receipt(self.collection, result)
        self.layouts = result.layouts
        self.questions += result.questions
        if result.collection.digest != self.collection.digest:
            before, self.collection = self.collection, result.collection
            self.note_step(before, step_of(result))
            self.edits += 1

    def accept_upload(
        self, result: IntakeResult, uploads: Sequence[Source], before: Collection
    ) -> None:
        """Take over what an upload gave to `before`; hold it if a random sample was taken."""
        self.accept(result)
        if result.sample_lines:
            uploaded = tuple(uploads)
            self.sampled = SampledUpload(before, uploaded, result.seed, result.sample_lines)

    def answer(self, result: IntakeResult) -> None:
        """Take over what a table gave, now that its columns are told."""
        self.questions = self.questions[1:]
        self.accept(result)

    def leave_question(self) -> None:
        """Leave a table out, and say so."""
        left, *others = self.questions
        self.questions = tuple(others)
        words = f"{left.name} was left out. Upload it again to read it."
        self.remarks = (*self.remarks, Remark(words, serious=True))

    def say_nothing(self) -> None:
        """Forget what was said about what came in."""
        self.remarks, self.receipt, self.layouts, self.sampled = (), "", (), None

    def show_sample(self, key: str, title: str) -> None:
        """Put a sample collection in place of what is there; Undo brings that back."""
        self.replace(load_sample(key), f"loading {title}")

    def table_rows(self) -> list[Row]:
        """Return the rows of the caption table, each where it is until rows come or go.

        An edited caption changes its row in this list; it never moves the others.
        """
        if self._rows_after != self.edits:
            self._rows_after, self._rows = self.edits, list(self.collection.rows)
        return self._rows
