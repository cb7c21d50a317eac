"""The choices of the Search page: words, a picture, both, and how to look for them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.labels import shortened
from collection.errors import CollectionError
from collection.items import PictureItem
from collection.limits import MAX_CAPTION_CHARACTERS, MAX_PICTURE_BYTES
from collection.picture import ingest_picture
from collection.picture_format import PICTURE_EXTENSIONS
from ui.elements.choice import choose_one
from ui.elements.item_labels import item_labels
from ui.elements.text import markdown_text
from ui.elements.tiles import whole_picture
from ui.search.examples import EXAMPLES
from ui.state.query import Query, Target
from ui.state.session import Session, session

HIT_COUNTS = (6, 12, 24, 48)
VARIETY = {"None": 0.0, "Some": 0.3, "Much": 0.45}
"""How much the hits should differ from each other, as `maximal_marginal_relevance` takes it."""
_WORDS, _EXAMPLE = "search-words", "search-example"
_WRITTEN = "search-words-written"
"""Where the words are kept that the field was last given here: others were typed."""

_WHY_DIVERSE = (
    "Among the best that fit, twice as many as are shown, each next hit is chosen to fit the query "
    "*and* to differ from the hits before it (maximal marginal relevance), so that one does not "
    "get the same thing many times. The rank is still that of the fit alone."
)


@dataclass(frozen=True)
class SearchChoices:
    """What is searched for, how many hits are shown, and how much they should differ (0 to 1)."""

    target: Target
    count: int
    diversity: float


def search_controls(state: Session) -> SearchChoices:
    """Draw the fields and keep what they say in `state.search.query`."""
    like = state.search.query.like
    if like is not None and like not in state.collection:
        state.search.query = replace(state.search.query, like=None)
    _follow_the_field(state)
    if state.search.query.blank:
        _words()
        _examples(state)
        _picture(state, st.columns(2, gap="medium"))
    else:
        words, picture = st.columns([4, 1], vertical_alignment="bottom", gap="small")
        with words:
            _words()
        with picture, st.popover("With a picture", icon=":material/image:", width="stretch"):
            _picture(state, (st.container(), st.container()))
        _examples(state)
    _parts(state)
    return _how(state)


def _follow_the_field(state: Session) -> None:
    """Take words that came without the button's own message, and write those of the query.

    Nobody has pressed anything then, so that only embedded providers are asked for them.
    """
    typed = st.session_state.get(_WORDS)
    if typed not in (None, st.session_state.get(_WRITTEN), state.search.query.words):
        state.search.change(words=typed, beside=None)
    if typed != state.search.query.words:
        # Only then, or it would undo typing that was not sent yet.
        st.session_state[_WORDS] = state.search.query.words
    st.session_state[_WRITTEN] = state.search.query.words


def _words() -> None:
    with st.form("search", border=False):
        field, button = st.columns([4, 1], vertical_alignment="bottom", gap="small")
        field.text_input(
            "Words to search for",
            key=_WORDS,
            placeholder="for example: something that flies",
            max_chars=MAX_CAPTION_CHARACTERS,
        )
        with button:
            st.form_submit_button(
                "Search",
                type="primary",
                icon=":material/search:",
                on_click=_take_words,
                width="stretch",
            )


def _take_words() -> None:
    search = session().search
    search.change(words=st.session_state[_WORDS], beside=None)
    search.asked = not search.query.blank


def _examples(state: Session) -> None:
    tried = (state.search.query.words, state.search.query.beside)
    number = next((n for n, example in enumerate(EXAMPLES) if example[:2] == tried), None)
    st.session_state[_EXAMPLE] = number
    st.pills(
        "Or try what models find hard",
        range(len(EXAMPLES)),
        format_func=lambda number: EXAMPLES[number].words,
        key=_EXAMPLE,
        on_change=_take_example,
    )
    if number is not None:
        st.caption(f":material/lightbulb: {EXAMPLES[number].look_for}")


def _take_example() -> None:
    number = st.session_state[_EXAMPLE]
    if number is not None:
        search, example = session().search, EXAMPLES[number]
        search.replace(Query(words=example.words, beside=example.beside))
        st.session_state[_WORDS] = example.words
        search.asked = True


def _picture(state: Session, places: Sequence[DeltaGenerator]) -> None:
    """Let the person drop a picture in one place, or choose one of the collection in the other."""
    upload = places[0].file_uploader(
        "A picture to search with",
        type=list(PICTURE_EXTENSIONS),
        key=f"search-picture-{state.search.uploads}",
        max_upload_size=MAX_PICTURE_BYTES // 2**20,
        help="It is used for this search only, and does not join the collection.",
    )
    if upload is not None:
        state.search.uploads += 1  # a new key empties the field
        try:
            picture = ingest_picture(upload.name, upload.getvalue())
        except CollectionError as error:
            state.search.remark = str(error)
        else:
            state.search.change(picture=picture, like=None, beside=None)
        st.rerun()
    if state.search.remark:
        places[0].warning(markdown_text(state.search.remark), icon=":material/broken_image:")
    with places[1]:
        _chosen_picture(state)


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
    session().search.change(like=st.session_state[key], picture=None, beside=None)


def _parts(state: Session) -> None:
    """Show what is searched with beside the words, and how much each counts."""
    query = state.search.query
    item = query.picture if query.like is None else state.collection.items.get(query.like)
    if item is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if isinstance(item, PictureItem):
            st.html(whole_picture(item, 96), width="content")
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
                width=260,
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


def _how(state: Session) -> SearchChoices:
    """Ask what to find, how many, and how different from each other."""
    by_words = state.search.query.picture is None and state.search.query.like is None
    usual = Target.PICTURES if by_words else Target.BOTH
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target = choose_one(
            "Find",
            list(Target),
            "search-find-words" if by_words else "search-find-picture",
            default=usual if state.collection.pictures else Target.CAPTIONS,
        )
        count = choose_one("Hits", HIT_COUNTS, "search-count")
        variety = choose_one("Variety", list(VARIETY), "search-variety", explained=_WHY_DIVERSE)
    diversity = VARIETY[variety]
    if diversity:
        st.caption(f"**Variety**: {_WHY_DIVERSE}")
    return SearchChoices(Target(target), int(count), diversity)
