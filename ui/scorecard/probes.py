"""Probes: in which kinds of pairs that differ in one thing does each Setup break?"""

import html
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from charts.palette import setup_colour
from charts.probe_chart import ProbeMarks, probe_chart
from charts.thumbnails import data_uri
from collection.collection import Pair
from collection.embeddings import Setup
from collection.items import PictureItem
from collection.modality_vectors import ModalityVectors
from collection.probes import Probe, all_probes
from space.arrays import IntArray
from space.estimates import Estimate
from space.probes import CHANCE, ProbeAccuracy, near_chance
from space.scorecard import Scorecard
from space.undefined import Undefined
from ui.elements.saved_chart import saved_chart
from ui.elements.text import counted, markdown_text
from ui.scorecard.cached import cached_probe_accuracy
from ui.scorecard.common import CommonItems
from ui.scorecard.estimate_words import interval_in_words
from ui.scorecard.plain_table import plain_table
from ui.state.session import Session

_ALL = "all kinds"
_SIDE = 72  # pixels of an example
_WHAT = (
    "Each probe is a **minimal pair**: two drawn pictures and their two captions, which differ in "
    "one thing. Both pictures choose between the captions, and both captions between the "
    "pictures: four choices a pair.\n\n"
    "**Accuracy**: right choices ÷ all choices. A tie counts half, as a model that cannot tell two "
    "answers apart would be right half of the time; so **chance is 0.50** for every model (as in "
    "Winoground, Thrush et al. 2022, but choice by choice).\n\n"
    "**Interval**: 95 %, the pairs drawn anew 2,000 times (percentile bootstrap). With four pairs "
    "of a kind it is rough."
)
_ABOUT = (
    "The sample **Probes** holds drawn pictures in pairs that differ in one thing: the number of "
    "stars, what is left and what is right, a word that is written on something else. Load it, "
    "embed it, and see here where each model breaks."
)


@dataclass(frozen=True)
class _Asked:
    """The minimal pairs that are here: rows of their captions and pictures, (p, 2) each."""

    probes: tuple[Probe, ...]
    names: tuple[str, ...]
    numbers: IntArray
    texts: IntArray
    pictures: IntArray


def probes(state: Session, common: CommonItems, _card: Scorecard) -> None:
    """Draw the accuracy by kind of probe beside chance, and an example of each kind."""
    asked = _asked(common)
    if not asked.probes:
        st.markdown(_ABOUT)
        st.page_link("pages/collection.py", label="Load a sample", icon=":material/photo_library:")
        return
    found = {
        setup: cached_probe_accuracy(
            _ends(texts, asked.texts), _ends(pictures, asked.pictures), asked.numbers
        )
        for setup, texts, pictures in zip(common.setups, common.texts, common.pictures, strict=True)
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_sentence(state, found, asked), width="stretch")
        with st.popover("What the figures mean", icon=":material/help:", type="tertiary"):
            st.markdown(_WHAT)
    marks = [_marks(state, setup, of) for setup, of in found.items()]
    saved_chart(
        "probe-chart",
        lambda ink: probe_chart([*asked.names, _ALL], marks, CHANCE, ink),
        "Accuracy by kind of probe",
        "Accuracy by kind of probe; the same numbers are in the table below",
        legend=True,
    )
    _table(state, found, asked)
    _examples(state, asked)


def _asked(common: CommonItems) -> _Asked:
    """Return the minimal pairs of which every Setup has all four vectors."""
    text_row = {item.id: row for row, item in enumerate(common.texts[0].items)}
    picture_row = {item.id: row for row, item in enumerate(common.pictures[0].items)}
    here = tuple(
        probe
        for probe in all_probes()
        if all(
            pair.text_id in text_row and pair.picture_id in picture_row
            for pair in (probe.first, probe.second)
        )
    )
    kinds = tuple(dict.fromkeys(probe.kind for probe in here))
    both = [(probe.first, probe.second) for probe in here]
    return _Asked(
        here,
        kinds,
        np.asarray([kinds.index(probe.kind) for probe in here], np.int64),
        np.asarray([[text_row[p.text_id] for p in pairs] for pairs in both], np.int64),
        np.asarray([[picture_row[p.picture_id] for p in pairs] for pairs in both], np.int64),
    )


def _ends(of: ModalityVectors, rows: IntArray) -> ModalityVectors:
    """Return the items of these rows (p, 2), pair by pair."""
    flat = rows.ravel()
    return ModalityVectors(tuple(of.items[row] for row in flat), of.embeddings, of.rows[flat])


def _sentence(state: Session, found: Mapping[Setup, ProbeAccuracy], asked: _Asked) -> str:
    """Say of each Setup on how many kinds it cannot be told from chance, and what to learn."""
    pairs, kinds = counted(len(asked.probes), "minimal pair"), len(asked.names)
    words = []
    for setup, of in found.items():
        near = sum(map(near_chance, of.by_kind))
        words.append(
            f"**{markdown_text(state.compared.name_of(setup))}** is near chance on **{near} of "
            f"{kinds}** kinds ({_value(of.overall)} over all)"
        )
    lesson = ""
    if any(2 * sum(map(near_chance, of.by_kind)) > kinds for of in found.values()):
        lesson = (
            " A model can find the right picture of a cat and still not know left from right: "
            "that is the lesson of these probes."
        )
    return f"{pairs}. {'; '.join(words)}. By chance it would be {CHANCE:.2f}.{lesson}"


def _value(estimate: Estimate) -> str:
    return str(estimate.value) if isinstance(estimate.value, Undefined) else f"{estimate.value:.2f}"


def _marks(state: Session, setup: Setup, of: ProbeAccuracy) -> ProbeMarks:
    values, low, high = [], [], []
    for estimate in (*of.by_kind, of.overall):
        assert not isinstance(estimate.value, Undefined), "Each kind has a pair."
        values.append(estimate.value)
        interval = estimate.interval
        value = estimate.value
        low.append(value if isinstance(interval, Undefined) else interval.low)
        high.append(value if isinstance(interval, Undefined) else interval.high)
    colour = setup_colour(state.compared.colour_index(setup))
    return ProbeMarks(state.compared.name_of(setup), colour, values, low, high)


def _table(state: Session, found: Mapping[Setup, ProbeAccuracy], asked: _Asked) -> None:
    heads, sizes = ["kind", "pairs"], [*np.bincount(asked.numbers).tolist(), len(asked.probes)]
    for setup in found:
        heads += [state.compared.name_of(setup), "95 % interval"]
    rows: list[list[object]] = []
    for at, kind in enumerate((*asked.names, _ALL)):
        rows.append([kind, sizes[at]])
        for of in found.values():
            estimate = (*of.by_kind, of.overall)[at]
            rows[-1] += [_value(estimate), interval_in_words(estimate)]
    rows.append(["chance", "", *[f"{CHANCE:.2f}", ""] * len(found)])
    plain_table("probes", "Accuracy by kind of probe", heads, rows)
    tied = [
        f"{markdown_text(state.compared.name_of(setup))} {100 * of.ties:.0f} %"
        for setup, of in found.items()
        if of.ties
    ]
    if tied:
        st.caption(
            f"Ties, where both answers are equally close: {', '.join(tied)}. A model that adds up "
            "words gives the same words in another order the same vector."
        )


def _examples(state: Session, asked: _Asked) -> None:
    """Show the first minimal pair of each kind."""
    st.html("<h2 class='groups-heading'>One pair of each kind</h2>")
    firsts = [next(p for p in asked.probes if p.kind == kind) for kind in asked.names]
    entries = "".join(
        f"<li><b>{html.escape(probe.kind)}</b>"
        f"{_figure(state, probe.first)}{_figure(state, probe.second)}</li>"
        for probe in firsts
    )
    st.html(f"<ul class='probe-examples'>{entries}</ul>")


def _figure(state: Session, pair: Pair) -> str:
    picture = state.collection.items[pair.picture_id]
    assert isinstance(picture, PictureItem), "A probe holds a picture."
    words = html.escape(state.collection.items[pair.text_id].label, quote=True)
    return (
        f"<figure><img src='{data_uri(picture, 2 * _SIDE)}' alt='{words}' width='{_SIDE}' "
        f"height='{_SIDE}'><figcaption>{words}</figcaption></figure>"
    )
