"""What a search found, one column a Setup."""

import hashlib
import html
from collections.abc import Sequence

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.palette import setup_colour
from collection.embeddings import Embeddings, FloatArray, Setup
from collection.items import Modality
from providers.registry import PROVIDERS
from ui.elements.rerun_when import rerun_when
from ui.elements.setup_header import setup_header
from ui.elements.text import NOUNS, markdown_text
from ui.elements.theme import ink
from ui.elements.tiles import Tile, tiles
from ui.run.caption_warnings import query_warnings
from ui.search.cached import SearchAnswer, score_drawing, search_answer
from ui.search.controls import SearchChoices
from ui.search.hit_summary import verdict
from ui.search.query_vector import NoVector, ask, part_vector, query_inputs, query_vector
from ui.state.query import Target, query_input
from ui.state.session import Session


def search_warnings(state: Session, choices: SearchChoices) -> None:
    """Say which Setups may not read the words well; those that refuse them say so themselves."""
    words = state.search.query.text
    if words is None:
        return
    readers = [
        setup
        for setup in state.shown
        if not any(
            state.search.vectors.reason(setup, query_input(words, modality, setup))
            for modality in choices.target.modalities
        )
    ]
    for line in query_warnings(words, readers, state.compared.name_of):
        st.warning(line, icon=":material/translate:")


def search_results(
    state: Session, choices: SearchChoices, columns: Sequence[DeltaGenerator]
) -> bool:
    """Draw what each Setup finds, and return whether that is anything at all."""
    anything = False
    for column, embeddings in zip(columns, state.shown.values(), strict=True):
        with column:
            setup_header(state, embeddings)
            try:
                for modality in choices.target.modalities:
                    anything |= _found(state, choices, embeddings, modality)
            except NoVector as why:
                _no_vector(state, choices, embeddings.setup, str(why))
    if any(state.search.vectors.waiting(setup) for setup in state.shown):
        rerun_when(lambda: state.search.vectors.has_news, every=0.3)
    return anything


def _no_vector(state: Session, choices: SearchChoices, setup: Setup, why: str) -> None:
    title = markdown_text(state.compared.name_of(setup))
    if state.search.vectors.waiting(setup):
        st.caption(f"Asking {title} …")
        return
    if why:
        st.warning(markdown_text(why), icon=":material/error:")
    inputs = query_inputs(state.search.query, choices.target, setup)
    open_ones = any(state.search.vectors.vector(setup, item) is None for item in inputs)
    if open_ones and not PROVIDERS[setup.provider].info.embedded:
        label = f"Ask {title} again" if why else f"Ask {title}, too"
        if why:
            st.page_link("pages/providers.py", label="Go to its card", icon=":material/memory:")
        if st.button(
            label, key=f"ask-{state.compared.colour_index(setup)}", icon=":material/send:"
        ):
            ask(state, setup, inputs)
            st.rerun()


def _found(
    state: Session, choices: SearchChoices, embeddings: Embeddings, modality: Modality
) -> bool:
    """Draw the hits of one kind, and return whether there are any. Raises NoVector."""
    query = query_vector(state, embeddings, modality)
    answer = _answer(state, choices, embeddings, modality, query)
    if choices.target is Target.BOTH:
        st.markdown(f"**{NOUNS[modality].capitalize()}s**")
    if not answer.hits.of:
        other = "other " if state.search.query.like else ""
        st.caption(f"There is no {other}{NOUNS[modality]} to find.")
        return False
    words = verdict(answer.distribution, modality)
    words += _compared(state, choices, embeddings, modality, query, answer)
    # Three across, the words take two lines: then all take two, and the pictures line up.
    tall = " tall" if len(state.shown) > 2 else ""
    st.html(f'<div class="verdict{tall}">{words}</div>')
    st.html(tiles(_tiles(state, embeddings, answer)))
    _histogram(state, embeddings, modality, answer)
    return True


def _answer(
    state: Session,
    choices: SearchChoices,
    embeddings: Embeddings,
    modality: Modality,
    query: FloatArray,
) -> SearchAnswer:
    digest = hashlib.sha256(query.tobytes()).hexdigest()
    kinds = [state.collection.items[item_id].modality for item_id in embeddings.ids]
    allowed = np.asarray([kind is modality for kind in kinds], bool)
    if state.search.query.like in embeddings:
        allowed[embeddings.row_of[state.search.query.like]] = False
    return search_answer(
        f"{embeddings.digest} {digest} {modality} {state.search.query.like}",
        choices.count,
        choices.diversity,
        query,
        embeddings.vectors,
        allowed,
    )


def _compared(
    state: Session,
    choices: SearchChoices,
    embeddings: Embeddings,
    modality: Modality,
    query: FloatArray,
    answer: SearchAnswer,
) -> str:
    """Say how much the answer to the words beside the query differs, if there are any."""
    if state.search.query.other is None:
        return ""
    try:
        other = part_vector(state, state.search.query.other, modality, embeddings.setup)
    except NoVector:
        return ""
    beside = _answer(state, choices, embeddings, modality, other)
    same = len(set(answer.hits.rows.tolist()) & set(beside.hits.rows.tolist()))
    beside_words = html.escape(state.search.query.beside)
    return (
        f"<br>Against “{beside_words}”: <b>{same} of {len(answer.hits.rows)}"
        "</b> hits are the same; the two queries have a cosine of "
        f"<b>{float(query @ other):z.2f}</b>."
    )


def _tiles(state: Session, embeddings: Embeddings, answer: SearchAnswer) -> list[Tile]:
    hits, limit = answer.hits, answer.distribution.limit
    return [
        Tile(
            state.collection.items[embeddings.ids[row]],
            (f"cosine {score:z.2f}", f"rank {rank} of {hits.of}"),
            "stands out" if limit is not None and score >= limit else "",
        )
        for row, score, rank in zip(hits.rows, hits.scores, hits.ranks, strict=True)
    ]


def _histogram(
    state: Session, embeddings: Embeddings, modality: Modality, answer: SearchAnswer
) -> None:
    place = state.compared.colour_index(embeddings.setup)
    noun = NOUNS[modality]
    st.plotly_chart(
        score_drawing(answer.digest, setup_colour(place), ink(), answer),
        key=f"scores-{noun}-{place}",
        width="stretch",
        config={"displayModeBar": False, "staticPlot": True},
        alt=f"Histogram of the cosines of all {len(answer.scores)} {noun}s with the query; the "
        f"hits lie between {answer.hits.scores.min():z.2f} and {answer.hits.scores.max():z.2f}.",
    )
