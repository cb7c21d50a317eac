"""How the groups were made: the method in words, and how well each number of groups fits."""

from collections.abc import Sequence

import streamlit as st

from charts.palette import setup_colour
from space.clustering import METHODS
from ui.elements.columns import side_by_side
from ui.elements.saved_chart import saved_chart
from ui.elements.text import markdown_text
from ui.groups.cached import silhouette_drawing
from ui.groups.controls import GroupChoices
from ui.groups.named_groups import NamedGroups
from ui.state.session import Session

_CENTRED = (
    "Each kind's own mean is taken away first: many models put all texts in one region and all "
    "pictures in another, and the groups would be just “texts” and “pictures”."
)
_NAMES = (
    "A group is named by the caption nearest to its centre, which is the mean of its items; the "
    "words in an opened group set its captions apart. Groups have the numbers of the first "
    "model's most similar ones, so a number may be missing."
)
_SILHOUETTE = (
    "**Silhouette**: how much closer each item lies to its own group than to the next one, on "
    "average. It is 1 when groups lie far apart and 0 when they touch; pictures and captions of "
    "everyday things seldom exceed 0.25."
)


def how_the_groups_were_made(
    state: Session, choices: GroupChoices, found: Sequence[NamedGroups]
) -> None:
    """Draw the method in words, and for each Setup what was decided; closed at first."""
    with st.expander("How the groups were made"):
        method = METHODS[choices.method]
        parts = [f"**{method.title}**: {method.sentence}", _CENTRED * choices.centred, _NAMES]
        st.markdown(" ".join(filter(None, parts)))
        st.markdown(_SILHOUETTE)
        for column, groups in zip(side_by_side(len(found)), found, strict=True):
            with column:
                st.markdown(_decided(state, groups))
                _silhouettes(state, groups)


def _decided(state: Session, groups: NamedGroups) -> str:
    """Say how well the groups stand apart, and what had to be decided."""
    grouping = groups.grouping
    lines = [f"**{markdown_text(state.compared.name_of(groups.embeddings.setup))}**"]
    if grouping.silhouette is not None:
        grouped = ", of the items in groups" if grouping.labels.min() < 0 else ""
        lines.append(f"Mean silhouette **{grouping.silhouette:z.2f}** of 1{grouped}.")
    return "  \n".join([*lines, *filter(None, [grouping.note])])


def _silhouettes(state: Session, groups: NamedGroups) -> None:
    """Draw how well each number of groups fits, where it was chosen by that."""
    tried = groups.grouping.tried
    if len(tried) < 2:
        return
    colour_index = state.compared.colour_index(groups.embeddings.setup)
    st.caption("How many groups? The mean silhouette of each number that was tried:")
    name, colour = state.compared.name_of(groups.embeddings.setup), setup_colour(colour_index)
    saved_chart(
        f"silhouettes-{colour_index}",
        lambda ink: silhouette_drawing(dict(tried), groups.grouping.count, ink, colour),
        f"{name}: mean silhouette by number of groups",
        "; ".join(f"{k} groups: silhouette {value:.2f}" for k, value in tried.items()),
        width=640,
        still=True,
    )
