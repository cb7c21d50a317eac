"""The picture to search with: dropped, or one of the collection; and what it is joined by."""

from dataclasses import replace

import streamlit as st

from charts.labels import shortened
from collection.errors import CollectionError
from collection.items import PictureItem
from collection.limits import MAX_PICTURE_BYTES
from collection.picture import ingest_picture
from collection.picture_format import PICTURE_EXTENSIONS
from ui.elements.item_labels import item_labels
from ui.elements.text import markdown_text
from ui.elements.tiles import whole_picture
from ui.state.session import Session, session

_OPEN = "search-picture-open"
_BESIDE_WORDS = 40
"""Side of the query's picture, in pixels: one line high, so that the hits stay where they are."""


def picture_field(state: Session) -> None:
    """Let the person drop a picture, or choose one of the collection; both close the field."""
    with st.popover("Picture", icon=":material/image:", key=_OPEN, on_change="rerun"):
        key = f"search-picture-{state.search.uploads}"
        st.file_uploader(
            "A picture to search with",
            type=list(PICTURE_EXTENSIONS),
            key=key,
            max_upload_size=MAX_PICTURE_BYTES // 2**20,
            help="It is used for this search only, and does not join the collection.",
            on_change=_take_upload,
            args=(key,),
        )
        _chosen_picture(state)


def picture_remark(state: Session) -> None:
    """Say what was the matter with a picture that could not be taken."""
    if state.search.remark:
        st.warning(markdown_text(state.search.remark), icon=":material/broken_image:")


def _take_upload(key: str) -> None:
    upload, search = st.session_state[key], session().search
    if upload is None:
        return
    search.uploads += 1  # a new key empties the field
    st.session_state[_OPEN] = False
    try:
        picture = ingest_picture(upload.name, upload.getvalue())
    except CollectionError as error:
        search.remark = str(error)
    else:
        search.change(picture=picture, like=None, beside=None)


def _chosen_picture(state: Session) -> None:
    label_of = item_labels(state.collection.pictures)
    ids = list(label_of)
    # A field in a closed popover goes on sending the value that it had when it was last seen. A
    # new key for every new value makes it a field of its own, which has nothing to send.
    like = state.search.query.like
    key = f"search-chosen-{like}"
    st.selectbox(
        "Or one of the collection",
        ids,
        format_func=lambda item_id: label_of[item_id],
        index=None if like is None or like not in label_of else ids.index(like),
        placeholder="Choose a picture",
        key=key,
        on_change=_take_chosen,
        args=(key,),
        disabled=not ids,
    )


def _take_chosen(key: str) -> None:
    st.session_state[_OPEN] = False
    session().search.change(like=st.session_state[key], picture=None, beside=None)


def query_parts(state: Session) -> None:
    """Show what is searched with beside the words, and how much each counts."""
    query = state.search.query
    item = query.picture if query.like is None else state.collection.items.get(query.like)
    if item is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if isinstance(item, PictureItem):
            st.html(whole_picture(item, _BESIDE_WORDS), width="content")
            words = f"Like the picture **{markdown_text(shortened(item.name, 40))}**"
        else:
            words = f"Like the caption **“{markdown_text(shortened(item.text, 80))}”**"
        if query.text is not None:
            words += f" *and* the words **“{markdown_text(shortened(query.words, 60))}”**"
        st.markdown(words, width="content")
        if query.text is not None:
            st.slider(
                "Weight of the words",
                min_value=0.0,
                max_value=1.0,
                value=query.weight,
                step=0.05,
                key="search-weight",
                on_change=_take_weight,
                width=220,
                help="The query is the sum of both vectors: at 0 the words count nothing, at 1 "
                "only they do.",
            )
        st.button("Without it", icon=":material/close:", on_click=_drop_picture, type="tertiary")


def _take_weight() -> None:
    search = session().search
    search.query = replace(search.query, weight=float(st.session_state["search-weight"]))


def _drop_picture() -> None:
    search = session().search
    search.query = replace(search.query, picture=None, like=None)
