"""The charts of a report: a heatmap and a map a Setup, each with words that say how to read it."""

from html import escape

from charts.printed import figure_json, printed_densities, printed_heatmap, printed_map
from exchange.report.contents import Report, ReportSetup
from exchange.report.whole_heatmap import WholeHeatmap, whole_heatmap

_TALL_UP_TO = 2
"""Maps of more Setups are lower, so that two fit on a page."""

_HOW_CELLS = (
    "A row is a caption and a column a picture, pairs along the diagonal. A frame marks what "
    "belongs together, a dot the picture that the Setup finds closest to a caption: a dot in its "
    "frame is a hit. Colours of two Setups are not on one scale: compare patterns."
)
_HOW_SAME = "Each item against every other. Colours of two Setups are not on one scale."
_HOW_DENSITIES = (
    "A cosine has no fixed meaning: each model has its own range. What counts is whether true "
    "pairs lie further right than all other pairs. AUC: how often a true pair has a higher cosine "
    "than another pair, 0.5 by chance. d-prime: the distance between both hills in units of their "
    "width. The dotted line is the threshold that is best by F1."
)
_HOW_MAP = (
    "What lies close together is alike to a Setup. ◆ is a caption, a picture is shown as itself or "
    "as ●; a line joins what belongs together, thicker where the cosine is higher. All maps are "
    "turned to fit the first. A map is a picture of the space; the cosine is what counts."
)


def heatmaps_html(report: Report) -> str:
    """Return a heatmap a Setup, all in the same order, and how to read them."""
    first = report.setups[0].embeddings
    parts: list[str] = []
    how: dict[str, None] = {}
    for number, setup in enumerate(report.setups):
        found = whole_heatmap(report.collection, setup.embeddings, first)
        if found is None:
            parts.append(
                f"<h3>{escape(setup.name)}</h3><p>Nothing to compare: it takes vectors of a "
                "caption and a picture, or of two items of one kind.</p>"
            )
            continue
        how[_HOW_SAME if found.same else _HOW_CELLS] = None
        kind = "rows and columns" if found.same else "captions and pictures"
        parts.append(
            _chart(
                f"heatmap-{number}",
                setup,
                f"Heatmap of {found.rows:,} × {found.columns:,} {kind}, {setup.name}. "
                f"{setup.found}",
                figure_json(printed_heatmap(found.heatmap)),
                " ".join(filter(None, (setup.found, _coarse(found)))),
            )
        )
    return "".join([*(f"<p>{words}</p>" for words in how), *parts])


def _coarse(found: WholeHeatmap) -> str:
    if not found.coarse:
        return ""
    return (
        f"All {found.rows:,} rows and {found.columns:,} columns, drawn coarsely: a cell is the "
        "highest cosine of its block. Frames and dots are left out."
    )


def densities_html(report: Report) -> str:
    """Return the cosines of true pairs against others, a chart a Setup, and how to read them."""
    charts = (
        _chart(
            f"densities-{number}",
            setup,
            f"Cosines of true pairs and of others, {setup.name}. {setup.separation}",
            figure_json(printed_densities(setup.densities)),
            setup.separation,
        )
        for number, setup in enumerate(report.setups)
        if setup.densities is not None
    )
    return "".join([f"<p>{_HOW_DENSITIES}</p>", *charts])


def maps_html(report: Report) -> str:
    """Return a map a Setup, and how to read them."""
    charts = (
        _chart(
            f"map-{number}",
            setup,
            f"Map of {len(setup.map.items):,} items, {setup.name}.",
            figure_json(printed_map(setup.map, low=len(report.setups) > _TALL_UP_TO)),
            setup.map_made,
        )
        for number, setup in enumerate(report.setups)
    )
    return "".join([f"<p>{_HOW_MAP}</p>", *charts])


def _chart(chart_id: str, setup: ReportSetup, alt: str, figure: str, words: str) -> str:
    name = escape(setup.name)
    return (
        f"<section class='chart'><h3><span class='swatch' style='background:{setup.colour}'></span>"
        f"{name}</h3><figure><figcaption>{escape(words)}</figcaption>"
        f"<div class='box' tabindex='0' role='group' aria-label='Chart, {name}'>"
        f"<div class='plot' id='{chart_id}' role='img' aria-label='{escape(alt)}'></div></div>"
        f"</figure></section>"
        f"<script type='application/json' data-chart='{chart_id}'>{figure}</script>"
    )
