"""What does not fit, one way at a time: captions, pairs, items, and what is there twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from collection.embeddings import Setup
from space.duplicates import DEFAULT_THRESHOLD
from space.outliers import LIMIT
from ui.elements.choice import choose_one
from ui.odd_ones_out.captions import (
    show_swapped_caption,
    show_unusual_pair,
    swapped_captions,
    unusual_pairs,
)
from ui.odd_ones_out.findings import (
    ALL,
    Finding,
    Found,
    ItemIds,
    Selecting,
    Shown,
    can_judge,
    findings,
)
from ui.odd_ones_out.items import (
    far_items,
    farthest_item,
    near_duplicates,
    show_far_item,
    show_near_duplicate,
)
from ui.odd_ones_out.swap_exercise import (
    MARK,
    exercise_buttons,
    pairs_to_look_through,
    say_if_impossible,
    what_was_swapped,
)
from ui.state.session import Session

LOWEST_THRESHOLD = 0.5


@dataclass(frozen=True)
class Section:
    """One way not to fit: its title, how it is found, in words and truly, and how that looks.

    `find`: collection, Embeddings and settings → findings. `show`: how the findings of some Setups
    about the same items look. `otherwise`: what a Setup says that did not name what others name.
    `nothing`: what is said where no Setup finds anything, as Markdown. `settings` draws what a
    person can change, and returns it by the names that `find` and the texts have for it.
    `needs_pairs`: whether it is about captions and their own pictures. `selecting`: what of a
    list of findings can be selected at once.
    """

    key: str
    title: str
    find: Callable[..., Found]
    show: Callable[[Session, ItemIds, Mapping[Setup, Finding]], Shown]
    otherwise: str
    nothing: str | Callable[[Session], str]
    about: str
    settings: Callable[[], Mapping[str, float]] = dict
    needs_pairs: bool = False
    selecting: Selecting = ALL


def _threshold() -> Mapping[str, float]:
    threshold = st.slider(
        "Cosine from which two items count as nearly the same",
        min_value=LOWEST_THRESHOLD,
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
        title="Suspect captions",
        about="A caption is suspect when some other picture lies closer to it than its own; what "
        "most models agree on stands first, then the strongest suspicion. Models make honest "
        "mistakes, too. In the numbers, standard deviations are those of all cosines between "
        "captions and pictures.",
        find=swapped_captions,
        show=show_swapped_caption,
        otherwise="finds nothing that fits better.",
        nothing="No caption fits another picture better than its own.",
        needs_pairs=True,
    ),
    Section(
        key="pairs",
        title="Weak pairs",
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
        title="Far from others",
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
        about="Two pictures, or two captions, with a cosine of at least the threshold. The cosine "
        "is 1 for the very same vector, and each model has its own usual range.",
        settings=_threshold,
        find=near_duplicates,
        show=show_near_duplicate,
        otherwise="below {threshold:z.2f}.",
        nothing="No two items of one kind have a cosine of {threshold:z.2f} or more.",
        # Whoever removes what is selected keeps one of each two.
        selecting=Selecting("Select one of each two", lambda ends: ends[1:]),
    ),
)
"""The ways not to fit, in the order in which they are offered."""

_SWAPS = SECTIONS[0]


def odd_ones_out(state: Session) -> None:
    """Draw the choice of what to look for and what is found; during the exercise a class looks."""
    on = state.exercise.is_on(state.collection)
    hidden = on and not state.exercise.revealed
    with st.container(horizontal=True, vertical_alignment="bottom"):
        section = None if hidden else _chosen()
        exercise_buttons(state)
        if section is not None:
            with st.popover("How is it found?", icon=":material/help:", type="tertiary"):
                st.markdown(section.about)
    say_if_impossible(state)
    if section is None:
        pairs_to_look_through(state)
        return
    if on:
        what_was_swapped(state, _found(state, _SWAPS, {}))
    _draw(state, section)


def _chosen() -> Section:
    titles = [section.title for section in SECTIONS]
    return SECTIONS[titles.index(choose_one("Look for", titles, "odd-section"))]


def _found(
    state: Session, section: Section, settings: Mapping[str, float]
) -> Mapping[Setup, Found]:
    """Return what each Setup finds."""
    return {
        setup: section.find(state.collection, embeddings, **settings)
        for setup, embeddings in state.shown.items()
    }


def _is_any_pair_known(state: Session) -> bool:
    return any(
        can_judge(state, setup, pair) for setup in state.shown for pair in state.collection.pairs
    )


def _draw(state: Session, section: Section) -> None:
    settings = section.settings()
    if section.needs_pairs and not state.collection.pairs:
        st.markdown("No caption is paired with a picture here, so there is nothing to check.")
        return
    if section.needs_pairs and not _is_any_pair_known(state):
        st.markdown("No Setup has vectors of a caption and of its picture, so none can tell.")
        return
    found = _found(state, section, settings)
    if not any(found.values()):
        nothing = section.nothing
        st.markdown(nothing(state) if callable(nothing) else nothing.format(**settings))
    findings(
        state,
        found,
        partial(section.show, state),
        section.otherwise.format(**settings),
        section.key,
        dict.fromkeys(state.exercise.swapped, MARK),
        section.selecting,
    )
