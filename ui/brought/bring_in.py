"""Vectors that were computed elsewhere, brought into a session or taken out, each as one step."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from collection.embeddings import Embeddings, Setup
from collection.errors import SharedSpaceError
from collection.limits import MAX_UPLOAD_BYTES
from collection.upload import Remark, Upload
from exchange.brought.reader import read_vectors
from exchange.errors import VectorFileError
from providers.brought import MAX_BROUGHT
from ui.collection.room import SERVER_FULL, has_room
from ui.elements.text import counted, in_a_row, markdown_text
from ui.state.session import Session

MAX_BYTES = MAX_UPLOAD_BYTES
"""Of all brought vectors of a session together."""


class _Shown(NamedTuple):
    """What a row showed: its Setup, with which vectors, and whether it took part."""

    row: int
    setup: Setup
    embeddings: Embeddings | None
    ticked: bool


def bring_in(state: Session, upload: Upload, name: str = "") -> bool:
    """Let the vectors of a file take part at once; return whether any came in.

    What is the matter with the file is said on the page Collection, and nothing is changed then.
    """
    if not has_room(state):
        state.editing.remarks = (Remark(SERVER_FULL, serious=True),)
        return False
    try:
        found = read_vectors(upload, state.collection, name)
        _check_room(state, found.embeddings)
    except SharedSpaceError as error:
        state.editing.remarks = (Remark(str(error), serious=True),)
        return False
    names = {embeddings.setup.model for embeddings in found.embeddings}
    before = [shown for shown in _all_shown(state) if shown.setup.model in names]
    for shown in before:
        state.embedding.results.pop(shown.setup, None)
    for embeddings in found.embeddings:
        state.compared.bring(embeddings.setup)
        state.embedding.results[embeddings.setup] = embeddings
    setups = [embeddings.setup for embeddings in found.embeddings]
    state.editing.note_beside(
        "bringing vectors",
        _taking_back(state, setups, before),
        receipt(state, found.embeddings),
        found.remarks,
    )
    return True


def bring_in_beside(state: Session, uploads: Sequence[Upload]) -> None:
    """Bring in files that came together with others, of which all that is said stays said."""
    editing = state.editing
    receipts, remarks = [editing.receipt], [*editing.remarks]
    for upload in uploads:
        editing.receipt, editing.remarks = "", ()
        bring_in(state, upload)
        receipts.append(editing.receipt)
        remarks += editing.remarks
    editing.receipt = "  \n".join(filter(None, receipts))
    editing.remarks = tuple(remarks)


def take_out(state: Session, row: int) -> None:
    """Take a row of brought vectors away, with its vectors; Undo brings both back."""
    before = [shown for shown in _all_shown(state) if shown.row == row]
    for shown in before:
        _remove(state, shown.setup)
        state.editing.note_beside("removing vectors", _taking_back(state, (), before))


def receipt(state: Session, found: Sequence[Embeddings]) -> str:
    """Return one line, in Markdown, about the vectors that came in."""
    total = len(state.collection)
    words = [
        f"**{markdown_text(state.compared.name_of(embeddings.setup))}** (vectors of "
        f"{'all ' if len(embeddings) == total else f'{len(embeddings):,} of '}"
        f"{counted(total, 'item')}, {embeddings.setup.dimension:,} dimensions)"
        for embeddings in found
    ]
    return f"{in_a_row(words)} came in and {'takes' if len(words) == 1 else 'take'} part now."


def _check_room(state: Session, found: Sequence[Embeddings]) -> None:
    """Raise VectorFileError if the session would hold more than it may."""
    new = {embeddings.setup.model: embeddings.vectors.nbytes for embeddings in found}
    held = {
        shown.setup.model: shown.embeddings.vectors.nbytes if shown.embeddings is not None else 0
        for shown in _all_shown(state)
    }
    together = held | new
    if len(together) > MAX_BROUGHT:
        raise VectorFileError(
            f"A session has at most {MAX_BROUGHT} Setups of brought vectors. Remove one on the "
            "page Providers first."
        )
    if sum(together.values()) > MAX_BYTES:
        raise VectorFileError(
            f"The brought vectors of a session may have {MAX_BYTES // 2**20} MB together. Remove "
            "some on the page Providers first."
        )


def _all_shown(state: Session) -> list[_Shown]:
    compared, results = state.compared, state.embedding.results
    return [
        _Shown(row, setup := compared.setup_of(row), results.get(setup), row in compared.ticked)
        for row in compared.brought_rows
    ]


def _remove(state: Session, setup: Setup) -> None:
    for shown in _all_shown(state):
        if shown.setup == setup:
            state.compared.remove(shown.row)
            state.embedding.results.pop(setup, None)


def _taking_back(
    state: Session, came: Sequence[Setup], before: Sequence[_Shown]
) -> Callable[[], None]:
    """Return what takes these Setups away, and shows again what was shown before."""

    def take_back() -> None:
        for setup in came:
            _remove(state, setup)
        for shown in before:
            row = state.compared.bring(shown.setup)
            state.compared.tick(row, shown.ticked)
            if shown.embeddings is not None:
                state.embedding.results[shown.setup] = shown.embeddings

    return take_back
