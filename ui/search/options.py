"""How to look: for what, for how many, how different, and whether the hits stay hidden at first."""

from dataclasses import dataclass, replace

import streamlit as st

from ui.elements.choice import choose_one
from ui.elements.correction import choose_correction
from ui.elements.label_choice import only_labelled
from ui.state.query import Query, Target
from ui.state.session import Session, session

HIT_COUNTS = (6, 12, 24, 48)
VARIETY = {"None": 0.0, "Some": 0.3, "Much": 0.45}
"""How much the hits should differ from each other, as `maximal_marginal_relevance` takes it."""
_PREDICT, _SEEN = "search-predict", "search-seen"

_WHY_DIVERSE = (
    "Among the best that fit, twice as many as are shown, each next hit is chosen to fit the query "
    "*and* to differ from the hits before it (maximal marginal relevance), so that one does not "
    "get the same thing many times. The rank is still that of the fit alone."
)

_WHY_TOGETHER = (
    "One more column: the rankings of all models as one. Each item scores the sum over the models "
    "of 1 ÷ (60 + its rank), reciprocal rank fusion (Cormack et al. 2009)."
)


@dataclass(frozen=True)
class SearchChoices:
    """What is searched for, how many hits are shown, and how much they should differ (0 to 1).

    only: ids of the items that are searched; None for all. together: whether there is one more
    column, of all Setups.
    """

    target: Target
    count: int
    diversity: float
    only: frozenset[str] | None = None
    together: bool = False


def search_options(state: Session) -> SearchChoices:
    """Draw the options, and return what is chosen.

    What to find stays as it was chosen, whatever is searched with: people who look for pictures
    would not expect captions among them after “More like this”.
    """
    target = choose_one(
        "Find",
        list(Target),
        "search-find",
        default=Target.PICTURES if state.collection.pictures else Target.CAPTIONS,
    )
    count = choose_one("Hits", HIT_COUNTS, "search-count")
    variety = choose_one("Variety", list(VARIETY), "search-variety", explained=_WHY_DIVERSE)
    diversity = VARIETY[variety]
    if diversity:
        st.caption(f"**Variety**: {_WHY_DIVERSE}")
    together = len(state.shown) > 1 and st.toggle(
        "All together", key="search-together", persist_state="session", help=_WHY_TOGETHER
    )
    choose_correction("search")
    only = only_labelled(state.collection, "search-only")
    st.toggle(
        "Predict first",
        key=_PREDICT,
        persist_state="session",
        help="The hits of a new query stay hidden until you press “Show the hits”, so that "
        "everybody can guess before they look.",
        on_change=_see,
    )
    return SearchChoices(Target(target), int(count), diversity, only, together)


def hits_are_hidden(state: Session) -> bool:
    """Whether the hits of this query wait until somebody has guessed.

    What was seen once is not hidden again by another weight, or by turning the switch on.
    """
    if not st.session_state.get(_PREDICT):
        return False
    return _asked(state.search.query) != st.session_state.get(_SEEN)


def offer_the_hits() -> None:
    """Draw the line that stands in place of hidden hits, and the button that shows them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("What will each model find? Think first, then press.", width="content")
        st.button("Show the hits", type="primary", icon=":material/visibility:", on_click=_see)


def _see() -> None:
    st.session_state[_SEEN] = _asked(session().search.query)


def _asked(query: Query) -> Query:
    return replace(query, weight=Query.weight)
