"""What does not fit, in sections: captions, pairs, items, and what is there twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from collection.embeddings import Setup
from space.duplicates import DEFAULT_THRESHOLD
from space.outliers import LIMIT
from ui.odd_ones_out.captions import (
    show_swapped_caption,
    show_unusual_pair,
    swapped_captions,
    unusual_pairs,
)
from ui.odd_ones_out.findings import Finding, Found, ItemIds, Shown, findings
from ui.odd_ones_out.items import (
    far_items,
    farthest_item,
    near_duplicates,
    show_far_item,
    show_near_duplicate,
)
from ui.odd_ones_out.swap_exercise import swap_exercise
from ui.state.session import Session

_LOWEST_THRESHOLD = 0.5


@dataclass(frozen=True)
class Section:
    """One way not to fit: what is written about it, how it is found, and how that looks.

    `find`: collection, Embeddings and settings → findings. `show`: how the findings of some Setups
    about the same items look. `otherwise`: what a Setup says that did not name what others name.
    `nothing`: what is said where no Setup finds anything, as Markdown. `settings` draws what a
    person can change, and returns it by the names that `find` and the texts have for it.
    `needs_pairs`: whether it is about captions and their own pictures.
    """

    key: str
    title: str
    find: Callable[..., Found]
    show: Callable[[Session, ItemIds, Mapping[Setup, Finding]], Shown]
    otherwise: str
    nothing: str | Callable[[Session], str]
    about: str | None = None
    settings: Callable[[], Mapping[str, float]] = dict
    needs_pairs: bool = False


def _threshold() -> Mapping[str, float]:
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
    return {"threshold": threshold}


SECTIONS = (
    Section(
        key="swaps",
        title="Captions that fit another picture better",
        about="A caption is suspect when some other picture lies closer to it than its own. "
        "The strongest suspicion stands first: models make honest mistakes, too, and where "
        "several agree, look twice. Standard deviations are those of all cosines between "
        "captions and pictures.",
        find=swapped_captions,
        show=show_swapped_caption,
        otherwise="finds nothing that fits better.",
        nothing="No caption fits another picture better than its own.",
        needs_pairs=True,
    ),
    Section(
        key="pairs",
        title="Pairs that hardly fit",
        about="Each pair's cosine against those of all pairs, as a z-score: the number of standard "
        "deviations above or below their mean. Pairs at -2 or lower are listed.",
        find=unusual_pairs,
        show=show_unusual_pair,
        otherwise="fits about as well as the others.",
        nothing="No pair fits much less well than the others.",
        needs_pairs=True,
    ),
    Section(
        key="far",
        title="Far from most others",
        about="The mean cosine distance of an item to its nearest neighbours of the same kind, in "
        f"the original space. It is far when it lies {LIMIT} times the usual spread above the "
        "middle. Among items that are all different from each other, a foreign one may not be "
        "noticed.",
        find=far_items,
        show=show_far_item,
        otherwise="as near to others as is usual.",
        nothing=farthest_item,
    ),
    Section(
        key="same",
        title="Nearly the same",
        settings=_threshold,
        find=near_duplicates,
        show=show_near_duplicate,
        otherwise="below {threshold:z.2f}.",
        nothing="No two items of one kind have a cosine of {threshold:z.2f} or more.",
    ),
)
"""The ways not to fit, in the order in which they stand on the page."""


def odd_ones_out(state: Session) -> None:
    """Draw the exercise, and what does not fit, section by section."""
    swap_exercise(state)
    for section in SECTIONS:
        _draw(state, section)


def _draw(state: Session, section: Section) -> None:
    st.subheader(section.title, anchor=False)
    if section.about is not None:
        st.caption(section.about)
    settings = section.settings()
    if section.needs_pairs and not state.collection.pairs:
        st.markdown("No caption is paired with a picture here, so there is nothing to check.")
        return
    found = {
        setup: section.find(state.collection, embeddings, **settings)
        for setup, embeddings in state.shown.items()
    }
    if not any(found.values()):
        nothing = section.nothing
        st.markdown(nothing(state) if callable(nothing) else nothing.format(**settings))
    findings(
        state,
        found,
        partial(section.show, state),
        section.otherwise.format(**settings),
        section.key,
    )
