"""Why are true pairs only at 0.25? Their cosines against those of all other pairs."""

import math

import streamlit as st

from charts.density_curves import DensityCurves, density_curves
from charts.palette import setup_colour
from collection.embeddings import Setup
from space.score_separation import Separation
from space.scorecard import Scorecard
from space.undefined import Undefined
from ui.elements.columns import side_by_side
from ui.elements.saved_chart import saved_chart
from ui.elements.text import markdown_text
from ui.scorecard.cached import cached_separation
from ui.scorecard.common import CommonItems
from ui.scorecard.plain_table import plain_table
from ui.state.session import Session

_ABOUT = (
    "A cosine has no fixed meaning: each model has its own range, and captions and pictures lie in "
    "two regions of the space. What counts is whether true pairs lie **further right** than all "
    "other pairs."
)
_WHAT = (
    "**AUC**: how often a true pair has a higher cosine than another pair, 0.5 by chance (area "
    "under the ROC curve; Hanley and McNeil 1982).\n\n"
    "**d-prime**: the distance between both means ÷ √(mean of both variances) (Green and Swets "
    "1966). 0 is no difference, above 2 the hills hardly touch.\n\n"
    "**Precision**: true pairs among those from the threshold on. **Recall**: the share of true "
    "pairs from the threshold on. **F1** = 2 · precision · recall ÷ (precision + recall). "
    "Precision also depends on how many other pairs there are for each true one."
)


def separations(state: Session, common: CommonItems, _card: Scorecard) -> None:
    """Draw the densities of each Setup, with a threshold that can be moved."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_ABOUT, width="stretch")
        with st.popover("What the figures mean", icon=":material/help:", type="tertiary"):
            st.markdown(_WHAT)
    found = {
        setup: cached_separation(texts, pictures, common.pairs)
        for setup, texts, pictures in zip(common.setups, common.texts, common.pictures, strict=True)
    }
    for column, (setup, of_setup) in zip(side_by_side(len(found)), found.items(), strict=True):
        with column:
            name = markdown_text(state.compared.name_of(setup))
            if isinstance(of_setup, Undefined):
                st.markdown(f"**{name}**: {of_setup}.")
            else:
                _panel(state, setup, of_setup, name)
    _table(state, found)


def _panel(state: Session, setup: Setup, found: Separation, name: str) -> None:
    curve = found.curve
    best = float(curve.thresholds[curve.best])
    number = state.compared.colour_index(setup)
    low, high = float(found.densities.x[0]), float(found.densities.x[-1])
    st.markdown(
        f"**{name}**  \nAUC **{found.auc:.2f}** · d-prime **{_number(found.d_prime)}**  \n"
        f"true pairs {found.mean_matched:z.2f}, others {found.mean_unmatched:z.2f} on average"
    )
    chart, below = st.container(), st.container()
    threshold = below.slider(
        "Threshold",
        min_value=math.floor(100 * low) / 100,
        max_value=math.ceil(100 * high) / 100,
        value=math.floor(100 * best) / 100,
        step=0.01,
        key=f"scorecard-threshold-{setup.key}",
        persist_state="session",
    )
    precision, recall = curve.at(threshold)
    at_best = curve.at(best)
    below.markdown(
        f"From {threshold:z.2f} on: precision **{_number(precision)}**, "
        f"recall **{recall:.2f}**.  \n"
        f"Best by F1, from {best:z.3f} on: precision {_number(at_best[0])}, recall "
        f"{at_best[1]:.2f}."
    )
    with chart:
        _chart(found, state.compared.name_of(setup), number, threshold)


def _chart(found: Separation, name: str, number: int, threshold: float) -> None:
    curve, densities = found.curve, found.densities
    drawing = DensityCurves(
        densities.x,
        densities.matched,
        densities.unmatched,
        threshold,
        float(curve.thresholds[curve.best]),
        setup_colour(number),
        (float(densities.x[0]), float(densities.x[-1])),
    )
    saved_chart(
        f"densities-{number}",
        lambda ink: density_curves(drawing, ink),
        f"{name}: true pairs against all others",
        f"True pairs around {found.mean_matched:.2f}, others {found.mean_unmatched:.2f}",
        width=640,
    )


def _table(state: Session, found: dict[Setup, Separation | Undefined]) -> None:
    heads = (
        *("Setup", "mean of true pairs", "mean of other pairs", "AUC", "d-prime"),
        *("best threshold", "precision", "recall", "F1"),
    )
    known = {setup: one for setup, one in found.items() if isinstance(one, Separation)}
    plain_table(
        "true-pairs",
        "True pairs against others",
        heads,
        [[state.compared.name_of(setup), *_cells(one)] for setup, one in known.items()],
        [setup_colour(state.compared.colour_index(setup)) for setup in known],
    )


def _cells(found: Separation) -> list[object]:
    curve, best = found.curve, found.curve.best
    d_prime = None if isinstance(found.d_prime, Undefined) else found.d_prime
    means: list[object] = [found.mean_matched, found.mean_unmatched, found.auc, d_prime]
    of_curve = (curve.thresholds, curve.precision, curve.recall, curve.f1)
    return [*means, *(float(values[best]) for values in of_curve)]


def _number(value: float | Undefined) -> str:
    return str(value) if isinstance(value, Undefined) else f"{value:z.2f}"
