"""The question about a table whose columns are not clear: which is which?"""

import streamlit as st

from collection.columns import MAIN_LABEL, Columns
from collection.intake import take_in_answered
from collection.intake_tables import TableQuestion
from ui.elements.text import markdown_text, unique_labels
from ui.state.session import Session

_SHOWN_CHARACTERS = 300
_NONE = -1
"""The option of a box that stands for no column."""


def table_question(state: Session) -> None:
    """Draw the first rows of a table that waits, and a box for each thing that a column can be."""
    if not state.editing.questions:
        return
    question, *others = state.editing.questions
    # Another form for each table: the boxes must not keep the last one's answers.
    key = f"table-question-{id(question)}"
    with st.container(border=True, key="table-question"):
        more = f" ({len(others)} more after this)" if others else ""
        st.markdown(f"**{markdown_text(question.name)}: which column is which?**{more}")
        _first_rows(question)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            columns = _boxes(question, key)
            read = st.button(
                "Read the table",
                icon=":material/check:",
                disabled=columns == Columns(columns.file_name),
                key=f"{key}-read",
            )
            st.button("Not now", key=f"{key}-leave", on_click=state.editing.leave_question)
    if read:
        state.editing.answer(take_in_answered(state.collection, question, columns))
        st.rerun()


def _first_rows(question: TableQuestion) -> None:
    names = unique_labels(question.columns)
    st.dataframe(
        {
            name: [row[at][:_SHOWN_CHARACTERS] if at < len(row) else "" for row in question.rows]
            for at, name in enumerate(names)
        },
        hide_index=True,
        width="stretch",
    )


def _boxes(question: TableQuestion, key: str) -> Columns:
    """Draw the three boxes with the guess filled in; return what they say."""
    guess = question.guess
    names = unique_labels(question.columns)

    def box(label: str, guessed: int | None, nothing: str) -> int | None:
        chosen: int = st.selectbox(
            label,
            [_NONE, *range(len(names))],
            index=0 if guessed is None else guessed + 1,
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
