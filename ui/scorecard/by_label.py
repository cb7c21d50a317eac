"""By label: can a Setup tell what a picture shows, from the words of the labels alone?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from charts.confusion_heatmap import confusion_heatmap
from charts.palette import setup_colour
from collection.embeddings import Setup
from collection.errors import CollectionError
from collection.items import PictureItem
from collection.label_captions import DEFAULT_TEMPLATE, LABEL_PLACE
from collection.label_values import class_names, label_of_items, label_prompts
from collection.modality_vectors import ModalityVectors
from space.arrays import IntArray
from space.scorecard import Scorecard
from space.zero_shot import ZeroShot, accuracy_by_chance, worst_confusions
from ui.elements.choice import choose_one
from ui.elements.columns import side_by_side
from ui.elements.label_choice import forget_unknown
from ui.elements.save_picture import CELLS_ARE_A_BITMAP
from ui.elements.saved_chart import saved_chart
from ui.elements.show_more import show_more, shown_of
from ui.elements.text import counted, markdown_text, message_text
from ui.elements.tiles import MIDDLE, Tile, tiles
from ui.scorecard.cached import cached_zero_shot
from ui.scorecard.common import CommonItems
from ui.scorecard.estimate_words import interval_in_words
from ui.scorecard.label_prompts import prompt_vectors
from ui.scorecard.plain_table import plain_table
from ui.state.session import Session

SHOWN_AT_FIRST = 5
_TILES = 4
"""So many pictures of a confusion are shown."""
_WHAT = (
    "**Zero-shot classification**: each label is put into words by the prompts, and a picture is "
    "taken for the label whose vector is closest to its own (Radford et al. 2021). Several prompts "
    "of a label are averaged. A tie counts as a miss.\n\n"
    "**Accuracy**: pictures taken for their own label ÷ all labelled pictures. Its interval: 95 %, "
    "the pictures drawn anew 2,000 times (percentile bootstrap).\n\n"
    "**Recall of a label**: its pictures taken for it ÷ its pictures."
)
_HOW_TO_GET = (
    "No picture has a label here. Pictures get labels in two ways: bring them in folders named by "
    "what they show (“cats/1.jpg”, “dogs/1.jpg”, as a ZIP), or with a table that has a column "
    "“label”."
)


@dataclass(frozen=True)
class _Labelled:
    """The pictures that have a label: their rows among the pictures, and which label each has."""

    items: tuple[PictureItem, ...]
    rows: IntArray
    labels: tuple[str, ...]
    own: IntArray


def by_label(state: Session, common: CommonItems, _card: Scorecard) -> None:
    """Draw the accuracy of each Setup, what is taken for what, and the recall of each label."""
    names = class_names(state.collection)
    if not names:
        st.markdown(_HOW_TO_GET)
        st.page_link("pages/collection.py", label="Add some", icon=":material/photo_library:")
        return
    name, templates = _controls(names)
    labelled = _labelled(state, common, name)
    if len(labelled.labels) < 2:
        st.markdown("All labelled pictures have the same label: there is nothing to tell apart.")
        return
    try:
        prompts = label_prompts(templates, labelled.labels)
    except CollectionError as error:
        st.warning(message_text(str(error)), icon=":material/error:")
        return
    summary = st.container()
    vectors = prompt_vectors(state, common.setups, prompts)
    found = {
        setup: cached_zero_shot(_pictures(common, setup, labelled), vectors[setup], labelled.own)
        for setup in common.setups
        if setup in vectors
    }
    with summary:
        st.markdown(_sentence(state, found, labelled))
    if found:
        _figures(state, found, labelled)
        _confusions(state, found, labelled)
        _recalls(state, found, labelled)


def _controls(names: Sequence[str]) -> tuple[str, str]:
    name = names[0]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(names) > 1:
            forget_unknown("scorecard-label", names)
            name = choose_one("Label", names, "scorecard-label")
        templates: str = st.text_area(
            f"Prompts, one a line; {LABEL_PLACE} stands for the label",
            DEFAULT_TEMPLATE,
            key="scorecard-prompts",
            persist_state="session",
            height=68,
            max_chars=1_000,
        )
        with st.popover("What the figures mean", icon=":material/help:", type="tertiary"):
            st.markdown(_WHAT)
    return name, templates


def _labelled(state: Session, common: CommonItems, name: str) -> _Labelled:
    label_of = label_of_items(state.collection, name)
    pictures = common.pictures[0].items
    rows = [row for row, item in enumerate(pictures) if item.id in label_of]
    words = [label_of[pictures[row].id] for row in rows]
    labels, own = np.unique(np.asarray(words, str), return_inverse=True)
    items = tuple(item for row in rows if isinstance(item := pictures[row], PictureItem))
    return _Labelled(
        items,
        np.asarray(rows, np.int64),
        tuple(str(label) for label in labels),
        own.astype(np.int64),
    )


def _pictures(common: CommonItems, setup: Setup, labelled: _Labelled) -> ModalityVectors:
    of = common.pictures[common.setups.index(setup)]
    return ModalityVectors(labelled.items, of.embeddings, of.rows[labelled.rows])


def _sentence(state: Session, found: Mapping[Setup, ZeroShot], labelled: _Labelled) -> str:
    """Say how many labels there are, and how well the best Setup tells them apart."""
    words = (
        f"{counted(len(labelled.items), 'picture')} of {counted(len(labelled.labels), 'label')}. "
    )
    if not found:
        return words
    best = max(found, key=lambda setup: float(np.trace(found[setup].confusion)))
    right = int(np.trace(found[best].confusion))
    name = markdown_text(state.compared.name_of(best))
    more = " is right most often: for" if len(found) > 1 else " is right for"
    by_lot = accuracy_by_chance(labelled.own)[0]
    return (
        f"{words}**{name}**{more} **{right} of {len(labelled.items)}**; by lot it would be "
        f"{by_lot * len(labelled.items):.0f}."
    )


def _figures(state: Session, found: Mapping[Setup, ZeroShot], labelled: _Labelled) -> None:
    by_lot, most = accuracy_by_chance(labelled.own)
    rows: list[list[object]] = [
        [
            state.compared.name_of(setup),
            f"{of.accuracy.value:.2f}",
            interval_in_words(of.accuracy),
            int(np.trace(of.confusion)),
        ]
        for setup, of in found.items()
    ]
    rows += [
        ["chance: a label by lot", f"{by_lot:.2f}", "–", round(by_lot * len(labelled.own))],
        ["always the most frequent label", f"{most:.2f}", "–", round(most * len(labelled.own))],
    ]
    colours = [setup_colour(state.compared.colour_index(setup)) for setup in found]
    plain_table(
        "zero-shot",
        "Accuracy by label",
        ["Setup", "accuracy", "95 % interval", f"right of {len(labelled.own)}"],
        rows,
        [*colours, "transparent", "transparent"],
    )


def _confusions(state: Session, found: Mapping[Setup, ZeroShot], labelled: _Labelled) -> None:
    """Draw the confusion matrices side by side, with the pictures of the worst cells below."""
    st.html("<h2 class='groups-heading'>What is taken for what</h2>")
    for column, (setup, of) in zip(side_by_side(len(found)), found.items(), strict=True):
        row = state.compared.colour_index(setup)
        with column:
            name = state.compared.name_of(setup)
            st.markdown(f"**{markdown_text(name)}**")
            saved_chart(
                f"confusion-{row}",
                partial(confusion_heatmap, of.confusion, of.shares, labelled.labels),
                f"{name}: what is taken for what",
                "Confusion matrix; the worst cells are listed below it",
                width=640,
                bitmap=CELLS_ARE_A_BITMAP,
            )
            _worst(of, labelled, f"confusions-{row}")


def _worst(of: ZeroShot, labelled: _Labelled, key: str) -> None:
    worst = list(worst_confusions(labelled.own, of.predicted))
    if not worst:
        st.markdown("No picture is taken for another label.")
        return
    for cell in worst[: shown_of(key, SHOWN_AT_FIRST)]:
        own, other = (markdown_text(labelled.labels[n]) for n in (cell.label, cell.taken_for))
        st.markdown(f"**{len(cell.rows)}** × {own}, taken for **{other}**")
        shown = [Tile(labelled.items[int(row)]) for row in cell.rows[:_TILES]]
        st.html(tiles(shown, MIDDLE, named=False, brief=True))
    show_more(key, SHOWN_AT_FIRST, len(worst))


def _recalls(state: Session, found: Mapping[Setup, ZeroShot], labelled: _Labelled) -> None:
    """Draw the recall of each label, the hardest first."""
    st.html("<h2 class='groups-heading'>Recall by label</h2>")
    recalls = np.stack([of.recalls for of in found.values()])
    sizes = np.bincount(labelled.own)
    plain_table(
        "recall-by-label",
        "Recall by label, the hardest first",
        ["label", "pictures", *(state.compared.name_of(setup) for setup in found)],
        [
            [labelled.labels[at], int(sizes[at]), *map(float, recalls[:, at])]
            for at in np.argsort(recalls.mean(axis=0), kind="stable")
        ],
        first=SHOWN_AT_FIRST,
    )
