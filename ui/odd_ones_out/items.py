"""Items that are far from most others, and items that are nearly the same."""

from collections.abc import Mapping
from itertools import product

import streamlit as st

from collection.embeddings import Embeddings, Setup
from collection.items import Item, Modality
from collection.modality_vectors import Kind, kind_of
from space.duplicates import DEFAULT_THRESHOLD, ClosePairs, above
from space.outliers import LIMIT
from ui.elements.text import NOUNS, counted, markdown_text
from ui.elements.tiles import Tile
from ui.odd_ones_out.cached import cached_close_pairs, cached_outliers
from ui.odd_ones_out.findings import Finding, Shown, findings, found_by_each, named
from ui.state.session import Session

_FEWEST = 4  # among fewer, nothing says which are the ordinary ones; see `space.outliers`
_LOWEST_THRESHOLD = 0.5


def far_items(state: Session) -> None:
    """Draw the items that are far from most others."""
    st.subheader("Far from most others", anchor=False)
    st.caption(
        "The mean cosine distance of an item to its nearest neighbours of the same kind, in the "
        f"original space. It is far when it lies {LIMIT} times the usual spread above the middle. "
        "Among items that are all different from each other, a foreign one may not be noticed."
    )
    found = found_by_each(
        state,
        lambda embeddings: _far(state, embeddings),
        lambda: _farthest(state),
    )
    items = state.collection.items
    findings(
        state,
        found,
        lambda ids, _by: Shown(
            (Tile(items[ids[0]]),), f"{named(items[ids[0]])} is far from most others."
        ),
        "as near to others as is usual.",
        "far",
    )


def _far(state: Session, embeddings: Embeddings) -> Mapping[tuple[str], Finding]:
    far = {}
    for modality in Modality:
        kind = kind_of(state.collection, embeddings, modality)
        found = cached_outliers(f"{embeddings.digest} {modality}", kind.vectors)
        for row in found.rows:
            nearest = named(kind.items[found.nearest[row]])
            far[(kind.items[row].id,)] = Finding(
                float(found.score[row]),
                f"mean distance {found.distance[row]:z.2f} to its {found.k} nearest "
                f"{NOUNS[modality]}s, {found.score[row]:.1f} deviations above the middle; the "
                f"nearest is {nearest}.",
            )
    return far


def _farthest(state: Session) -> str:
    """Say that nothing is far, and how far the farthest item of all is."""
    scores: list[tuple[float, Setup, Item]] = []
    for modality, (setup, embeddings) in product(NOUNS, state.shown.items()):
        kind = kind_of(state.collection, embeddings, modality)
        if len(kind.items) >= _FEWEST:
            found = cached_outliers(f"{embeddings.digest} {modality}", kind.vectors)
            row = int(found.score.argmax())
            scores.append((float(found.score[row]), setup, kind.items[row]))
    if not scores:
        return f"It takes at least {_FEWEST} items of one kind to tell."
    score, setup, item = max(scores, key=lambda one: one[0])
    return (
        f"Nothing is far from most others. The {NOUNS[item.modality]} that comes nearest to that "
        f"is {markdown_text(named(item))}: {score:z.1f} deviations with "
        f"{markdown_text(state.compared.name_of(setup))}."
    )


def near_duplicates(state: Session) -> None:
    """Draw pairs of items that are nearly the same."""
    st.subheader("Nearly the same", anchor=False)
    threshold = st.slider(
        "Cosine from which two items count as nearly the same",
        min_value=_LOWEST_THRESHOLD,
        max_value=1.0,
        value=DEFAULT_THRESHOLD,
        step=0.01,
        key="duplicates-from",
        persist_state="session",
        width=420,
        help="Each provider has its own usual range, so one threshold is stricter for some than "
        "for others.",
    )
    found = found_by_each(
        state,
        lambda embeddings: _same(state, embeddings, threshold),
        lambda: f"No two items of one kind have a cosine of {threshold:z.2f} or more.",
    )
    items = state.collection.items
    findings(
        state,
        found,
        lambda ends, _by: Shown(
            tuple(Tile(items[end]) for end in ends),
            f"{named(items[ends[0]])} and {named(items[ends[1]])} are nearly the same.",
        ),
        f"below {threshold:z.2f}.",
        "same",
    )


def _same(
    state: Session, embeddings: Embeddings, threshold: float
) -> Mapping[tuple[str, str], Finding]:
    same = {}
    for modality in Modality:
        kind = kind_of(state.collection, embeddings, modality)
        close = cached_close_pairs(f"{embeddings.digest} {modality}", kind.vectors)
        shown = above(close, threshold)
        rare = _rare(kind, shown, threshold)
        for (one, other), cosine in zip(shown.pairs, shown.cosines, strict=True):
            ends = (kind.items[one].id, kind.items[other].id)
            same[ends] = Finding(float(cosine), f"cosine {cosine:z.3f}. {rare}")
    return same


def _rare(kind: Kind, shown: ClosePairs, threshold: float) -> str:
    """Say how rare so close a pair is; only the closest pairs were looked for."""
    count, cut_short = len(kind.items), shown.complete_above > threshold
    among = f"{count * (count - 1) // 2:,}"
    if len(shown.pairs) == 1 and not cut_short:
        return f"The only pair this close among {among}."
    pairs = f"{'at least ' * cut_short}{counted(len(shown.pairs), 'pair')}"
    return f"One of {pairs} this close among {among}."
