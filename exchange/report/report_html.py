"""A report: one HTML file that opens without a network and prints whole."""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from pathlib import Path

from charts.printed import plotly_script
from exchange.report.charts_html import densities_html, heatmaps_html, maps_html
from exchange.report.collection_html import collection_html, left_out_html
from exchange.report.contents import Cell, Report, ReportSetup, Scores

_HERE = Path(__file__).parent
_MEASURED = "How it is measured"
_CHARTS = ("Similarity", "True pairs", "Maps")
"""Sections that begin on a new sheet of paper."""
_NO_PAIRS = (
    "There is no scorecard: no caption is paired with a picture that every Setup has embedded, so "
    "nobody can say which answer is right."
)


def report_html(report: Report) -> bytes:
    """Return the report as UTF-8 HTML. It has at least one Setup.

    Nothing in it is fetched: charts are drawn by the plotly.js within, and a Content-Security-
    Policy allows its own two scripts only, by their digests.
    """
    sections = _sections(report)
    links = "".join(f"<li><a href='#part-{n}'>{t}</a></li>" for n, t in enumerate(sections))
    body = "".join(
        f"<h2 id='part-{number}'{' class=charts' * (title in _CHARTS)}>{title}</h2>{content}"
        for number, (title, content) in enumerate(sections.items())
    )
    scripts = (plotly_script(), _own("report.js"))
    return "".join(
        (
            "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>",
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">',
            "<meta name='viewport' content='width=device-width, initial-scale=1'>",
            "<meta name='color-scheme' content='light only'>",
            f"<title>Shared Space report, {report.made:%Y-%m-%d}</title>",
            f"<style>{_own('report.css')}</style></head><body>",
            f"<header><h1>Shared Space report</h1><p>{_counts(report)}</p></header>",
            f"<nav aria-label='Contents'><ul>{links}</ul></nav>",
            "<noscript><p>Your browser runs no JavaScript, so there are no charts.</p></noscript>",
            f"<main>{body}</main>",
            f"<footer><p>Written by Shared Space {escape(report.version)}.</p></footer>",
            *(f"<script>{script}</script>" for script in scripts),
            "</body></html>",
        )
    ).encode("utf-8", "replace")


def _sections(report: Report) -> dict[str, str]:
    """Return title → content, the most important first."""
    sections = {
        "Result": _result(report),
        "Similarity": heatmaps_html(report),
        "True pairs": densities_html(report),
        "Maps": maps_html(report),
        "Collection": collection_html(report.collection),
        "Setups": _setups(report.setups),
        "Left out": left_out_html(report.collection, report.setups),
    }
    if not any(setup.densities for setup in report.setups):
        del sections["True pairs"]
    if report.scores is not None:
        sections[_MEASURED] = _definitions(report.scores)
    return sections


def _own(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _policy(scripts: Iterable[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _counts(report: Report) -> str:
    collection = report.collection
    counts = (
        (len(collection.texts), "caption"),
        (len(collection.pictures), "picture"),
        (len(collection.pairs), "pair"),
        (len(report.setups), "Setup"),
    )
    words = ", ".join(f"{n:,} {noun}{'' if n == 1 else 's'}" for n, noun in counts if n)
    return f"{report.made:%d %B %Y, %H:%M}. {words}."


def _result(report: Report) -> str:
    if report.scores is None:
        return f"<p>{_NO_PAIRS}</p>"
    scores = report.scores
    heads = "".join(f"<th scope='col'>{escape(head)}</th>" for head in scores.heads)
    rows = "".join(
        f"<tr{'' if row.colour else ' class=chance'}><th scope='row'>{_swatch(row.colour)}"
        f"{escape(row.name)}</th>{''.join(map(_cell, row.cells))}</tr>"
        for row in scores.rows
    )
    return (
        f"<p class='headline'>{escape(report.headline)}</p>"
        "<div class='box' tabindex='0' role='group' aria-label='Scorecard'><table class='scores'>"
        f"<thead><tr><th scope='col'>Setup</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"</div><p class='note'>{escape(scores.stands_on)} The figures are explained at the end: "
        f"<a href='#measured'>{_MEASURED}</a>.</p>"
    )


def _swatch(colour: str) -> str:
    return f"<span class='swatch' style='background:{colour}'></span>" if colour else ""


def _cell(cell: Cell) -> str:
    value = f"<b>{escape(cell.value)}</b>" if cell.best else escape(cell.value)
    interval = f"<small>{escape(cell.interval)}</small>" if cell.interval else ""
    return f"<td>{value}{interval}</td>"


def _setups(setups: Iterable[ReportSetup]) -> str:
    names = ("Setup", "Model", "Dimension", "Settings", "Version", "Items", "Made")
    heads = "".join(f"<th scope='col'>{name}</th>" for name in names)
    rows = "".join(
        f"<tr><th scope='row'>{_swatch(one.colour)}{escape(one.name)}</th>"
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in _facts(one))}</tr>"
        for one in setups
    )
    return (
        "<div class='box' tabindex='0' role='group' aria-label='Setups'><table class='setups'>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _facts(one: ReportSetup) -> tuple[str, ...]:
    setup = one.embeddings.setup
    return (
        one.model,
        f"{setup.dimension:,}",
        one.settings or "as usual",
        setup.version,
        f"{len(one.embeddings):,}",
        f"{one.embeddings.made:%Y-%m-%d %H:%M} UTC",
    )


def _definitions(scores: Scores) -> str:
    return "".join(
        f"<dt>{escape(one.term)}</dt><dd>{escape(one.words)}"
        f"{f'<br>= {escape(one.formula)}' if one.formula else ''}"
        f"{f'<br>{escape(one.source)}' if one.source else ''}</dd>"
        for one in scores.definitions
    ).join(("<dl id='measured'>", "</dl>"))
