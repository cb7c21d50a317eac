"""The question about a table that is not clear: which column is which, which reading is right?"""

import streamlit as st

from collection.columns import MAIN_LABEL, Columns
from collection.intake import take_in_answered
from collection.intake_tables import TableQuestion
from collection.table_unclear import TableRows
from collection.text_file import ENCODING_TITLES
from ui.elements.choice import choose_one
from ui.elements.text import markdown_text, unique_labels
from ui.state.session import Session

_SHOWN_CHARACTERS = 300
_SAMPLE_CHARACTERS = 24
_NONE = -1
"""The option of a box that stands for no column."""


def table_question(state: Session) -> None:
    """Draw the first rows of a table that waits, and a box for each thing that a column can be."""
    if not state.editing.questions:
        return
    question, *others = state.editing.questions
    # Other keys for each table: the boxes must not keep the last one's answers.
    key = f"table-question-{id(question)}"
    with st.container(border=True, key="table-question"):
        more = f" ({len(others)} more after this)" if others else ""
        asked = "which column is which?" if "" in question.readings else "which reading is right?"
        st.markdown(f"**{markdown_text(question.name)}: {asked}**{more}")
        encoding = _reading(question, key)
        seen = question.readings[encoding]
        _first_rows(seen)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            columns = _boxes(question, seen, key) if seen.columns else None
            read = st.button(
                "Read the table",
                icon=":material/check:",
                disabled=columns is not None and not (columns.texts or columns.labels),
                key=f"{key}-read",
            )
            st.button("Not now", key=f"{key}-leave", on_click=state.editing.leave_question)
    if read:
        state.editing.answer(take_in_answered(state.collection, question, columns, encoding))
        st.rerun()


def _reading(question: TableQuestion, key: str) -> str:
    """Draw the encodings to choose from, each with a text as it reads then; return the chosen."""
    encodings = list(question.readings)
    if len(encodings) == 1:
        return encodings[0]
    return choose_one(
        "The text reads",
        encodings,
        f"{key}-reading",
        in_words=lambda encoding: _sample(question.readings[encoding], encoding),
    )


def _sample(seen: TableRows, encoding: str) -> str:
    cells = [cell for row in seen.rows for cell in row if not cell.isascii()]
    return markdown_text(f"{(cells or [''])[0][:_SAMPLE_CHARACTERS]} ({ENCODING_TITLES[encoding]})")


def _first_rows(seen: TableRows) -> None:
    names = unique_labels(seen.columns or ("Captions",))
    st.dataframe(
        {
            name: [row[at][:_SHOWN_CHARACTERS] if at < len(row) else "" for row in seen.rows]
            for at, name in enumerate(names)
        },
        hide_index=True,
        width="stretch",
    )


def _boxes(question: TableQuestion, seen: TableRows, key: str) -> Columns:
    """Draw the three boxes with the guess filled in; return what they say."""
    guess = question.guess
    names = unique_labels(seen.columns)

    def box(label: str, guessed: int | None, nothing: str) -> int | None:
        chosen: int = st.selectbox(
            label,
            [_NONE, *range(len(names))],
            index=0 if guessed is None or guessed >= len(names) else guessed + 1,
            format_func=lambda at: nothing if at == _NONE else names[at],
            key=f"{key}-{label}",
            width=220,
        )
        return None if chosen == _NONE else chosen

    picture = box("Picture", guess.file_name, "none: captions alone")
    caption = box("Caption", next(iter(guess.texts), None), "none")
    label = box("Label", next((at for _, at in guess.labels), None), "none")
    return Columns(
        picture,
        () if caption is None else (caption,),
        () if label is None else ((MAIN_LABEL, label),),
    )
