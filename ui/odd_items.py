"""Items that are far from everything, and items that are nearly the same."""

from collections.abc import Mapping

import streamlit as st

from collection.embeddings import Embeddings
from collection.items import Modality
from space.duplicates import DEFAULT_THRESHOLD, above
from space.outliers import LIMIT
from ui.cached_findings import cached_close_pairs, cached_outliers
from ui.findings import Finding, Shown, by_setup, findings, named
from ui.kinds import Kind, kind_of
from ui.session import Session
from ui.text import counted, markdown_text
from ui.tiles import Tile

_NOUNS = {Modality.PICTURE: "picture", Modality.TEXT: "caption"}
_LOWEST_THRESHOLD = 0.5


def far_items(state: Session) -> None:
    """Draw the items that are far from everything else."""
    st.subheader("Far from everything", anchor=False)
    st.caption(
        "The mean cosine distance of an item to its nearest neighbours of the same kind, in the "
        f"original space. {LIMIT} robust deviations above the usual is far."
    )
    found = by_setup(state, lambda embeddings: _far(state, embeddings))
    if not any(found.values()):
        st.markdown("Nothing is far from everything else. " + _farthest(state))
    items = state.collection.items
    findings(
        state,
        found,
        lambda item_id, _by: Shown(
            (Tile(items[item_id]),), f"{named(items[item_id])} is far from everything else."
        ),
        "as near to others as is usual.",
        "far",
    )


def _far(state: Session, embeddings: Embeddings) -> Mapping[str, Finding]:
    far = {}
    for modality in Modality:
        kind = kind_of(state.collection, embeddings, modality)
        found = cached_outliers(f"{embeddings.digest} {modality}", kind.vectors)
        for row in found.rows:
            nearest = named(kind.items[found.nearest[row]])
            far[kind.items[row].id] = Finding(
                float(found.score[row]),
                f"mean distance {found.distance[row]:.2f} to its {found.k} nearest "
                f"{_NOUNS[modality]}s, {found.score[row]:.1f} deviations above the usual; the "
                f"nearest is {nearest}.",
            )
    return far


def _farthest(state: Session) -> str:
    """Say how far the farthest picture is, for the first Setup."""
    setup, embeddings = next(iter(state.shown.items()))
    kind = kind_of(state.collection, embeddings, Modality.PICTURE)
    found = cached_outliers(f"{embeddings.digest} {Modality.PICTURE}", kind.vectors)
    if len(kind.items) < 2:
        return "It takes several items to tell."
    row = int(found.distance.argmax())
    return (
        f"The picture that comes nearest to that is {markdown_text(named(kind.items[row]))}: "
        f"{found.score[row]:.1f} deviations with {markdown_text(state.lineup.name_of(setup))}."
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
    found = by_setup(state, lambda embeddings: _same(state, embeddings, threshold))
    if not any(found.values()):
        st.markdown(f"No two items of one kind have a cosine of {threshold:.2f} or more.")
    items = state.collection.items
    findings(
        state,
        found,
        lambda ends, _by: Shown(
            tuple(Tile(items[end]) for end in ends),
            f"{named(items[ends[0]])} and {named(items[ends[1]])} are nearly the same.",
        ),
        f"below {threshold:.2f}.",
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
        for (one, other), cosine in zip(shown.pairs, shown.cosines, strict=True):
            ends = (kind.items[one].id, kind.items[other].id)
            same[ends] = Finding(
                float(cosine), f"cosine {cosine:.3f}.{_rare(kind, len(shown.pairs))}"
            )
    return same


def _rare(kind: Kind, pairs: int) -> str:
    """Say how rare so close a pair is."""
    count = len(kind.items)
    return f" One of {counted(pairs, 'pair')} this close among {count * (count - 1) // 2:,}."
