"""The offer to make captions from labels, for pictures that have no caption."""

import streamlit as st

from collection.errors import CollectionError
from collection.label_captions import (
    DEFAULT_TEMPLATE,
    pictures_to_caption,
    with_label_captions,
)
from collection.limits import MAX_CAPTION_CHARACTERS
from ui.elements.text import counted, markdown_text
from ui.state.session import Session


def label_captions(state: Session) -> None:
    """Draw the template and the button; nothing where every picture has a caption, or no label."""
    count = len(pictures_to_caption(state.collection))
    if not count:
        return
    with st.expander("Captions from labels"), st.form("label-captions", border=False):
        st.markdown(
            f"{counted(count, 'picture')} {'has' if count == 1 else 'have'} a label and no caption."
        )
        template = st.text_input(
            "Template",
            DEFAULT_TEMPLATE,
            max_chars=MAX_CAPTION_CHARACTERS,
            help="{} stands for the label. Pictures of one label share one caption.",
        )
        if st.form_submit_button("Give them captions", icon=":material/label:"):
            try:
                captioned = with_label_captions(state.collection, template)
            except CollectionError as error:
                st.warning(markdown_text(str(error)))
            else:
                state.editing.replace(captioned, "captions from labels")
                st.rerun()
