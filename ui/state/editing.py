"""The collection of a session, and what its page needs to change it and to take a step back."""

from dataclasses import dataclass, field

from collection.collection import Collection, Row
from collection.intake import IntakeResult
from collection.samples import load_sample
from collection.upload import Remark


@dataclass
class CollectionEditing:
    """A person's collection, the step that Undo takes back, and remarks on what came in.

    `undone`: the name of the last step, and the collection from before it. `uploads` counts what
    came through the upload field; `edits` the changes that alter the rows of the caption table.
    """

    collection: Collection = field(default_factory=Collection)
    undone: tuple[str, Collection] | None = None
    remarks: tuple[Remark, ...] = ()
    uploads: int = 0
    edits: int = 0
    _rows: list[Row] = field(default_factory=list)
    _rows_after: int | None = None

    def replace(self, collection: Collection, done: str) -> None:
        """Put another collection in place; `done` names the step that Undo takes back."""
        if len(self.collection):
            self.undone = (done, self.collection)
        self.collection, self.remarks = collection, ()
        self.edits += 1

    def undo(self) -> None:
        """Bring back the collection from before the last step."""
        if self.undone is not None:
            self.collection, self.undone = self.undone[1], None
            self.edits += 1

    def accept(self, result: IntakeResult) -> None:
        """Take over what an upload gave."""
        self.remarks = result.remarks
        if result.collection.digest != self.collection.digest:
            self.collection, self.undone = result.collection, None
            self.edits += 1

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
