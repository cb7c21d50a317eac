"""Collection: what am I comparing? Samples, upload, captions, pairs."""

import streamlit as st

from collection.collection import Collection
from collection.intake import take_in_captions
from collection.limits import MAX_CAPTION_CHARACTERS
from collection.samples import SAMPLES
from ui.collection.caption_table import caption_table
from ui.collection.uploader import uploader
from ui.elements.more_like_this import like_field
from ui.elements.text import counted, markdown_text, unique_labels
from ui.run.panel import run_panel
from ui.shell import open_page, question
from ui.state.session import Session

LINES_AT_ONCE = 6


def samples(state: Session) -> None:
    """Draw a button for each sample, and Clear and Undo."""
    with st.container(horizontal=True):
        for key, sample in SAMPLES.items():
            st.button(
                sample.title,
                icon=":material/photo_library:",
                help=sample.about,
                on_click=state.show_sample,
                args=(key, sample.title),
            )
        st.button(
            "Clear",
            icon=":material/delete_sweep:",
            disabled=not len(state.collection),
            on_click=state.replace_collection,
            args=(Collection(), "clearing"),
        )
        if state.undone is not None:
            st.button(f"Undo {state.undone[0]}", icon=":material/undo:", on_click=state.undo)


def pasted_captions(state: Session) -> None:
    """Draw the field for captions, one a line."""
    with st.form("captions", clear_on_submit=True, border=False):
        lines = st.text_area("Captions, one a line", height=110, key="caption-lines")
        if st.form_submit_button("Add captions", icon=":material/add:"):
            state.accept(take_in_captions(state.collection, lines or ""))
            st.rerun()


def pairing(state: Session) -> None:
    """Offer to pair lone captions with lone pictures, first with first."""
    texts, pictures = state.collection.lone
    if texts and pictures:
        count = min(len(texts), len(pictures))
        st.button(
            f"Pair in order: {counted(count, 'caption')} with {counted(count, 'picture')}",
            icon=":material/link:",
            help="The first caption without a picture goes to the first picture without one.",
            on_click=state.replace_collection,
            args=(state.collection.pairing_in_order(), "pairing in order"),
        )


def another_caption(state: Session) -> None:
    """Offer a second caption for a picture; the first ones stand in the table."""
    pictures = state.collection.pictures
    names = dict(
        zip((p.id for p in pictures), unique_labels(p.name for p in pictures), strict=True)
    )
    if not names:
        return
    with (
        st.expander("Give a picture another caption"),
        st.form("another-caption", clear_on_submit=True, border=False),
    ):
        picture_id = st.selectbox("Picture", list(names), format_func=lambda id_: names[id_])
        words = st.text_input("Caption", max_chars=MAX_CAPTION_CHARACTERS)
        if st.form_submit_button("Add", icon=":material/add:"):
            state.accept(take_in_captions(state.collection, words, picture_id))
            st.rerun()


def remarks(state: Session) -> None:
    """Say what was left out, and what else is worth knowing about what came in."""
    for serious, show in ((True, st.warning), (False, st.info)):
        lines = [markdown_text(r.text) for r in state.remarks if r.serious is serious]
        if lines:
            show("  \n".join(lines[:LINES_AT_ONCE]))
        if len(lines) > LINES_AT_ONCE:
            with st.expander(f"{len(lines) - LINES_AT_ONCE} more like this"):
                st.markdown("  \n".join(lines[LINES_AT_ONCE:]))


state = open_page("Collection")
question(
    "What am I comparing?",
    "Bring pictures and captions. A caption beside a picture says: these two belong together.",
)
samples(state)
left, right = st.columns(2)
with left:
    uploader(state)
with right:
    pasted_captions(state)
remarks(state)
if len(state.collection):
    run_panel(state)
    pairing(state)
    caption_table(state)
    another_caption(state)
    like_field(state)
else:
    st.info(
        "Nothing here yet. Press **Gallery** for a sample, or drop some pictures above.",
        icon=":material/photo_library:",
    )
