"""The page: the headline, and sections that are worked out when they are opened."""

from collections.abc import Callable

import streamlit as st

from space.scorecard import Scorecard
from ui.scorecard.by_label import by_label
from ui.scorecard.cached import cached_scorecard
from ui.scorecard.common import CommonItems, common_items
from ui.scorecard.cost_and_speed import cost_and_speed
from ui.scorecard.headline import headline
from ui.scorecard.hubs import hubs
from ui.scorecard.item_by_item import item_by_item
from ui.scorecard.less_is_enough import less_is_enough
from ui.scorecard.probes import probes
from ui.scorecard.same_world import same_world
from ui.scorecard.separations import separations
from ui.state.session import Session

BY_LABEL = "By label: can a Setup tell what a picture shows?"
PROBES = "Probes: where does each model break?"
HUBS = "Hubs: which items are everybody's nearest neighbour?"
LESS = "Less is enough? How short a vector may be"
Section = Callable[[Session, CommonItems, Scorecard], None]

SECTIONS: dict[str, Section] = {
    "Item by item: who is right where?": item_by_item,
    "Why are true pairs only at a low cosine?": separations,
    "Do two Setups see the same world?": same_world,
    "Cost and speed": cost_and_speed,
    BY_LABEL: by_label,
    PROBES: probes,
    HUBS: hubs,
    LESS: less_is_enough,
}
"""By title, in their order; each is drawn when its expander is open."""

WITHOUT_PAIRS = frozenset({BY_LABEL})
"""What can be asked of pictures alone."""


def scorecard_page(state: Session) -> None:
    """Draw the headline, and below it the sections."""
    common = common_items(state)
    paired = bool(len(common.pairs))
    card = cached_scorecard(common.texts, common.pictures, common.pairs)
    if paired:
        headline(state, common, card)
    else:
        _no_pairs(common)
    for number, (title, section) in enumerate(SECTIONS.items()):
        if not paired and title not in WITHOUT_PAIRS:
            continue
        part = st.expander(title, key=f"scorecard-section-{number}", on_change="rerun")
        if part.open:
            with part:
                section(state, common, card)


def _no_pairs(common: CommonItems) -> None:
    if common.left_out:
        st.info(
            "No pair of a caption and a picture has vectors with every Setup, so they cannot be "
            "compared on the same pairs. Embed what is missing, or untick the Setup that lacks it."
        )
        st.page_link("pages/providers.py", label="Go to Providers", icon=":material/memory:")
        return
    st.info(
        "No caption is paired with a picture here, so nobody can say which answer is right. Pair "
        "some captions with their pictures first."
    )
    st.page_link("pages/collection.py", label="Pair them", icon=":material/photo_library:")
