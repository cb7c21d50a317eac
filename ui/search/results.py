"""What a search found, one column a Setup."""

import html
from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.palette import setup_colour
from collection.embeddings import Embeddings, FloatArray, Setup
from collection.items import Modality
from providers.brought import UNPLACED, is_brought
from providers.registry import info_of
from ui.elements.known_as import captions_of
from ui.elements.rerun_when import rerun_when
from ui.elements.saved_chart import saved_chart
from ui.elements.setup_header import setup_header
from ui.elements.text import NOUNS, counted, markdown_text
from ui.elements.tiles import Tile, tiles
from ui.run.caption_warnings import query_warnings
from ui.search.asked_query import AskedQuery, ask
from ui.search.cached import SearchAnswer, score_drawing, search_answer
from ui.search.corrected_query import corrected_query, score_of_query
from ui.search.first_hit import first_hit_in_words
from ui.search.hit_summary import hit_summary
from ui.search.options import SearchChoices
from ui.state.query import Target
from ui.state.query_vectors import Failed, Known, QueryState
from ui.state.session import Session, session


def search_warnings(state: Session, asked: Mapping[Setup, AskedQuery]) -> None:
    """Say which Setups may not read the words well, or not at all.

    Those that refuse them say so themselves.
    """
    if any(not query.all_known and is_brought(setup) for setup, query in asked.items()):
        st.info(UNPLACED, icon=":material/info:")
    words = state.search.query.text
    if words is None:
        return
    readers = [
        setup
        for setup, query in asked.items()
        if not any(isinstance(query.part(words, modality), Failed) for modality in query.inputs)
    ]
    for line in query_warnings(words, readers, state.compared.name_of):
        st.warning(line, icon=":material/translate:")


def search_results(
    state: Session,
    choices: SearchChoices,
    asked: Mapping[Setup, AskedQuery],
    columns: Sequence[DeltaGenerator],
) -> list[str]:
    """Draw what each Setup finds, and return the ids of all hits."""
    found: list[str] = []
    for column, embeddings in zip(columns, state.shown.values(), strict=True):
        query = asked[embeddings.setup]
        with column, st.container(gap="xxsmall"):
            _head(state, embeddings)
            for modality in choices.target.modalities:
                known = query.vector(embeddings, modality)
                if not isinstance(known, Known):
                    _no_vector(state, query, known)
                    break
                found += _found(state, choices, query, embeddings, modality, known.vector)
    if any(state.search.vectors.waiting(setup) for setup in state.shown):
        rerun_when(lambda: state.search.vectors.has_news, every=0.3)
    return found


def _head(state: Session, embeddings: Embeddings) -> None:
    title = html.escape(state.compared.name_of(embeddings.setup))
    with st.container(gap=None):
        # For those who go from heading to heading; the others see the name in colour below.
        st.html(f'<h2 class="unseen">What {title} finds</h2>')
        setup_header(state, embeddings)


def search_in_words(state: Session, asked: Mapping[Setup, AskedQuery]) -> str:
    """Return what a screen reader says when a search is done; nothing while it goes on."""
    if any(state.search.vectors.waiting(setup) for setup in state.shown):
        return ""
    found = sum(query.all_known for query in asked.values())
    about = state.search.query.words or "a picture"
    return f"Searched for {about}: {found} of {counted(len(asked), 'model')} answered."


def _no_vector(state: Session, query: AskedQuery, known: QueryState) -> None:
    setup = query.setup
    title = markdown_text(state.compared.name_of(setup))
    if is_brought(setup) and not query.all_known:  # why, is said once above the columns
        st.caption("No answer to new words.")
        return
    if state.search.vectors.waiting(setup):
        st.caption(f"Asking {title} …")
        return
    why = known.reason if isinstance(known, Failed) else None
    if why is not None:
        st.warning(markdown_text(why), icon=":material/error:")
    if not query.all_known and not info_of(setup).embedded:
        label = f"Ask {title}, too" if why is None else f"Ask {title} again"
        if why is not None:
            st.page_link("pages/providers.py", label="Go to Providers", icon=":material/memory:")
        key = f"ask-{state.compared.colour_index(setup)}"
        st.button(
            label,
            key=key,
            icon=":material/send:",
            on_click=lambda: ask(session(), setup, query.states),
        )


def _found(
    state: Session,
    choices: SearchChoices,
    query: AskedQuery,
    embeddings: Embeddings,
    modality: Modality,
    vector: FloatArray,
) -> list[str]:
    """Draw the hits of one kind, and return their ids."""
    answer = _answer(state, choices, embeddings, modality, vector)
    if choices.target is Target.BOTH:
        st.html(f'<h3 class="kind">{NOUNS[modality].capitalize()}s</h3>')
    if answer.lead is None:
        other = "" if query.query.like is None else "other "
        labelled = "" if choices.only is None else " with the chosen labels"
        st.caption(f"There is no {other}{NOUNS[modality]}{labelled} to find.")
        return []
    first, second = (
        None if row is None else state.collection.items[embeddings.ids[row]]
        for row in (answer.lead.first, answer.lead.second)
    )
    assert first is not None
    words = first_hit_in_words(
        answer.lead, answer.distribution, first, second, modality, state.collection
    )
    compared = _compared(state, choices, query, embeddings, modality, vector, answer)
    st.html(f'<div class="verdict">{words}{compared}</div>')
    st.html(tiles(_tiles(state, embeddings, modality, answer)))
    _how_sure(state, embeddings, modality, answer)
    return [embeddings.ids[row] for row in answer.hits.rows]


def searched_items(state: Session, choices: SearchChoices, modality: Modality) -> frozenset[str]:
    """Return the ids of the items that the hits of one kind may be among."""
    return frozenset(
        item.id
        for item in state.collection.items.values()
        if item.modality is modality
        and item.id != state.search.query.like
        and (choices.only is None or item.id in choices.only)
    )


def _answer(
    state: Session,
    choices: SearchChoices,
    embeddings: Embeddings,
    modality: Modality,
    vector: FloatArray,
) -> SearchAnswer:
    wanted = searched_items(state, choices, modality)
    allowed = np.asarray([item_id in wanted for item_id in embeddings.ids], bool)
    met, scored = corrected_query(state, state.search.query, embeddings, modality, vector)
    return search_answer(met, scored, embeddings, allowed, choices.count, choices.diversity)


def _compared(
    state: Session,
    choices: SearchChoices,
    query: AskedQuery,
    embeddings: Embeddings,
    modality: Modality,
    vector: FloatArray,
    answer: SearchAnswer,
) -> str:
    """Say how much the answer to the words beside the query differs, if there are any."""
    if query.query.other is None:
        return ""
    other = query.part(query.query.other, modality)
    if not isinstance(other, Known):
        return ""
    beside = _answer(state, choices, embeddings, modality, other.vector)
    same = len(set(answer.hits.rows.tolist()) & set(beside.hits.rows.tolist()))
    words = html.escape(query.query.beside or "")
    return (
        f"<br>Against “{words}”: <b>{same} of {len(answer.hits.rows)}"
        f"</b> hits are the same; cosine of the two: <b>{float(vector @ other.vector):z.2f}</b>."
    )


def _tiles(
    state: Session, embeddings: Embeddings, modality: Modality, answer: SearchAnswer
) -> list[Tile]:
    name = score_of_query(state.search.query, modality)
    hits, limit = answer.hits, answer.distribution.limit
    return [
        Tile(
            state.collection.items[embeddings.ids[row]],
            (f"{name} {score:z.2f}", f"rank {rank} of {hits.ranked_count}"),
            "stands out" if limit is not None and score >= limit else "",
            captions=captions_of(state.collection, state.collection.items[embeddings.ids[row]]),
        )
        for row, score, rank in zip(hits.rows, hits.scores, hits.ranks, strict=True)
    ]


def _how_sure(
    state: Session, embeddings: Embeddings, modality: Modality, answer: SearchAnswer
) -> None:
    """Draw what the verdict rests on, behind a disclosure."""
    index = state.compared.colour_index(embeddings.setup)
    noun = NOUNS[modality]
    score = score_of_query(state.search.query, modality)
    summary = hit_summary(answer.distribution, modality, score)
    with st.expander("How sure?", key=f"how-sure-{noun}-{index}"):
        st.html(f'<p class="sure">{summary}</p>')
        _histogram(answer, index, noun, state.compared.name_of(embeddings.setup))
        st.caption(
            f"The grey bars are all {noun}s, the marks the hits. A {noun} stands out where chance "
            "alone would lift one so far above the middle for one query in twenty. Every model "
            "has its own scale, so compare figures within one model only."
        )


def _histogram(answer: SearchAnswer, index: int, noun: str, name: str) -> None:
    saved_chart(
        f"scores-{noun}-{index}",
        lambda ink: score_drawing(answer, setup_colour(index), ink),
        f"{name}: cosines of all {noun}s with the query",
        f"Histogram of the cosines of all {len(answer.scores)} {noun}s with the query; the "
        f"hits lie between {answer.hits.scores.min():z.2f} and {answer.hits.scores.max():z.2f}.",
        width=640,
        still=True,
    )
