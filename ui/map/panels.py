"""The maps, one panel a Setup: PCA at once, the chosen map when it is ready, linked selection."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.scatter_map import PICTURE_MARKS, ScatterMap
from collection.embeddings import Embeddings, Setup
from collection.items import Item, Modality, PictureItem
from space.alignment import procrustes_fit
from space.modality import modality_gap
from space.projection import METHODS, Projection
from ui.elements.announcer import announce
from ui.elements.centred import centred
from ui.elements.chart_events import ListenedChart
from ui.elements.rerun_when import rerun_when
from ui.elements.save_picture import save_picture
from ui.elements.setup_header import setup_header
from ui.elements.text import markdown_text
from ui.elements.theme import ink
from ui.map.background_maps import FinishedMap, MapRequest, ShownMap, background_maps
from ui.map.cached import map_drawing, quick_pca
from ui.map.chart import scatter_map
from ui.map.controls import MapChoices
from ui.map.map_picture import map_picture
from ui.state.session import Session, session

_AWAITED = "map-awaited"
_TALL, _LOW, _TALL_UP_TO = 460, 360, 2
"""Heights in pixels: three maps across are narrow, and would leave the height of two empty."""
_BUTTONS = {
    "displayModeBar": True,
    "displaylogo": False,
    "modeBarButtonsToRemove": ["toImage", "select2d", "autoScale2d", "zoom2d"],
}
"""The buttons above a map: loop, move, zoom, back, and Streamlit's full screen."""


@dataclass(frozen=True)
class MapGroups:
    """What colours a map: item id → the number of its group, -1 for none; number → its name."""

    number_of: Mapping[str, int]
    names: Mapping[int, str]


@dataclass(frozen=True)
class DrawnMaps:
    """The maps that a page has drawn: all items they show, and the charts to listen to."""

    items: tuple[Item, ...]
    charts: tuple[ListenedChart, ...]


@dataclass(frozen=True)
class _Map:
    """One Setup's map: its items, where they lie, and the finished map behind it, if ready."""

    embeddings: Embeddings
    request: MapRequest
    vectors: npt.NDArray[np.float32]
    items: tuple[Item, ...]
    xy: npt.NDArray[np.float32]
    trustworthiness: float | None
    finished: FinishedMap | None
    failed: bool = False


def map_panels(
    state: Session,
    choices: MapChoices,
    columns: Sequence[DeltaGenerator],
    groups: Mapping[Setup, MapGroups] | None = None,
) -> DrawnMaps:
    """Draw one map a Setup, all turned and scaled to fit the first one.

    `groups`: of each Setup the groups, shown as colours in place of pairs.
    """
    items = tuple(state.collection.items.values())
    maps = _fitted([_map(state, choices, shown) for shown in state.shown.values()])
    charts = []
    for column, drawn in zip(columns, maps, strict=True):
        with column, st.container(gap="xxsmall"):
            setup_header(state, drawn.embeddings)
            setup = drawn.embeddings.setup
            key = f"{'map' if groups is None else 'group-map'}-{state.compared.colour_index(setup)}"
            of_setup = None if groups is None else groups[setup]
            charts.append(_panel(state, choices, drawn, items, key, of_setup))
    waiting = [drawn.request for drawn in maps if drawn.finished is None and not drawn.failed]
    awaited: frozenset[MapRequest] = st.session_state.get(_AWAITED, frozenset())
    background_maps().forget(awaited.difference(waiting))
    st.session_state[_AWAITED] = frozenset(waiting)
    announce("maps", "" if waiting else f"{METHODS[choices.method].title}: the maps are ready.")
    if waiting:
        rerun_when(lambda: any(map(background_maps().ready, waiting)), every=0.5)
    return DrawnMaps(items, tuple(charts))


def _space(state: Session, choices: MapChoices, embeddings: Embeddings) -> Embeddings:
    """Return the vectors that are mapped."""
    if not choices.centred:
        return embeddings
    is_text = [state.collection.items[i].modality is Modality.TEXT for i in embeddings.ids]
    return centred(embeddings, np.asarray(is_text))


def _map(state: Session, choices: MapChoices, embeddings: Embeddings) -> _Map:
    """Return the map if it is ready, else PCA in its place."""
    items = tuple(state.collection.items[item_id] for item_id in embeddings.ids)
    space = _space(state, choices, embeddings)
    request = MapRequest(space.digest, choices.method, choices.settings)
    shown = ShownMap(embeddings.digest, choices.centred, choices.method, choices.settings)
    finished, failed = state.maps.get(shown), False
    try:
        finished = finished or background_maps().get(request, space.vectors)
    except Exception:
        # The page's edge: a map that cannot be computed must not cost the other providers theirs.
        logging.getLogger(__name__).exception("A map could not be computed.")
        failed = True
    if finished is not None:
        state.keep_map(shown, finished)
        xy, trust = finished.projection.xy, finished.trustworthiness
    else:
        xy, trust = quick_pca(space)
    return _Map(embeddings, request, space.vectors, items, xy, trust, finished, failed)


def _fitted(maps: Sequence[_Map]) -> list[_Map]:
    """Turn, mirror and scale every map to fit the first, by the items they share."""
    first = maps[0]
    fitted = [first]
    for other in maps[1:]:
        shared = [i for i in first.embeddings.ids if i in other.embeddings]
        rows = [first.embeddings.row_of[i] for i in shared]
        other_rows = [other.embeddings.row_of[i] for i in shared]
        xy = procrustes_fit(first.xy, other.xy, np.asarray(rows), np.asarray(other_rows))
        fitted.append(replace(other, xy=xy))
    return fitted


def _panel(
    state: Session,
    choices: MapChoices,
    drawn: _Map,
    items: Sequence[Item],
    key: str,
    groups: MapGroups | None,
) -> ListenedChart:
    """Draw one map."""
    number = {item.id: position for position, item in enumerate(items)}
    made = "pca" if drawn.finished is None else str(hash(drawn.request))
    number_of = None if groups is None else groups.number_of
    chart = scatter_map(
        state.collection, drawn.embeddings, drawn.xy, state.selected, number, number_of, made
    )
    st.markdown(_in_words(choices, drawn))
    height = _TALL if len(state.shown) <= _TALL_UP_TO else _LOW
    st.plotly_chart(
        map_drawing(chart, ink(), height),
        key=key,
        width="stretch",
        selection_mode=("box", "lasso"),
        on_select=lambda: _remember(key, items),
        config=_BUTTONS,
        alt=f"Map of {len(drawn.items)} items as {state.compared.name_of(drawn.embeddings.setup)}"
        " places them.",
    )
    method = "PCA" if drawn.finished is None else METHODS[drawn.finished.projection.method].title
    name = state.compared.name_of(drawn.embeddings.setup)
    group_names = {} if groups is None else groups.names
    save_picture(key, map_picture(name, method, chart, group_names))
    st.caption(_small_print(drawn, chart))
    if len(chart.pairs):
        with st.expander("Pairs as a table"):
            st.dataframe(_pair_table(chart), width="stretch")
    return ListenedChart(key, "map")


def _small_print(drawn: _Map, chart: ScatterMap) -> str:
    """Say what the marks and lines mean, and exactly how the map was made."""
    words = ["◆ is a caption, ● a picture."] if _has_dots(chart) else ["◆ is a caption."]
    if chart.shared:
        words.append("×2 and more: so many items have the very same vector.")
    if len(chart.pairs):
        low, high = chart.cosine_range
        which = "" if chart.joined is None or chart.joined.all() else " of the farthest pairs"
        words.append(
            f"Lines{which}: the cosine of caption and picture, from {low:.2f} (thin) to {high:.2f} "
            "(thick), on this model's own scale."
        )
    if drawn.finished is not None and drawn.finished.projection.parameters:
        made = drawn.finished.projection
        settings = [f"{name} {value}" for name, value in made.parameters.items()]
        words.append(f"Made with {', '.join(settings)}, seed {made.seed}.")
    return markdown_text(" ".join(words))


def _has_dots(chart: ScatterMap) -> bool:
    """Whether pictures are dots, since there are too many to show them as themselves."""
    return sum(isinstance(item, PictureItem) for item in chart.items) > PICTURE_MARKS


def _pair_table(chart: ScatterMap) -> dict[str, list[Any]]:
    """Return the pairs with their true cosine, the closest first."""
    order = np.argsort(-chart.pair_cosines)
    ends = [[chart.items[row] for row in chart.pairs[i]] for i in order]
    return {
        name: [item.label for pair in ends for item in pair if item.modality is modality]
        for name, modality in (("caption", Modality.TEXT), ("picture", Modality.PICTURE))
    } | {"cosine": np.round(chart.pair_cosines[order], 3).tolist()}


def _in_words(choices: MapChoices, drawn: _Map) -> str:
    """Say which map this is, how far to trust it, and how large the modality gap is."""
    words = []
    if drawn.failed:
        words.append(f"PCA, because {METHODS[choices.method].title} failed; try other settings")
    elif drawn.finished is None:
        words.append(f"PCA for now, {METHODS[choices.method].title} is being computed …")
    else:
        words.append(_method_in_words(drawn.finished.projection))
    if drawn.trustworthiness is not None:
        words.append(f"trustworthiness **{drawn.trustworthiness:.2f}**")
    elif drawn.finished is not None:
        words.append("too few items to rate")
    is_text = np.asarray([item.modality is Modality.TEXT for item in drawn.items])
    gap = modality_gap(drawn.vectors[is_text], drawn.vectors[~is_text])
    if gap is not None:
        words.append(f"modality gap **{gap:.2f}**{' after centring' * choices.centred}")
    return " · ".join(words)


def _method_in_words(projection: Projection) -> str:
    title = METHODS[projection.method].title
    return f"{title}. {projection.note}" if projection.note else title


def _remember(key: str, items: Sequence[Item]) -> None:
    """Keep what was looped in one map, so that all maps and the list show it."""
    selection: Mapping[str, Any] = st.session_state[key]["selection"]
    numbers = [point.get("customdata") for point in selection["points"]]
    session().selected = frozenset(items[int(n)].id for n in numbers if isinstance(n, int | float))


def select_clicked(ids: Sequence[str]) -> None:
    """Select the items of a mark that was clicked, and nothing else."""
    if ids:
        session().selected = frozenset(ids)
