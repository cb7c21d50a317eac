"""The second view of heatmaps and maps against the first, on the real pages without a browser.

The first view embeds the gallery with both embedded providers, compares, and computes both
maps by UMAP; the second opens the same two pages again.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from streamlit.testing.v1 import AppTest

from benchmarks.ratio import REPEATS, Ratio

_APP = Path(__file__).parents[1] / "app.py"
_PAGES = ("pages/similarity.py", "pages/map.py")


def measure() -> Iterator[Ratio]:
    """Time the first view, from the click on Embed to both finished maps, and later ones."""
    os.environ["SHARED_SPACE_CACHE"] = "off"
    app = AppTest.from_file(str(_APP), default_timeout=120).run()
    app.switch_page("pages/collection.py").run()
    _press(app, "Gallery")
    began = time.perf_counter()
    _press(app, "Embed")
    run = app.session_state["session"].embedding.run
    run.wait()
    for page in _PAGES:
        app.switch_page(page).run()
    while _finished_maps(app) < 2:
        app.run()
    first = time.perf_counter() - began
    yield Ratio(
        what="second view",
        data="gallery, 57 items, both providers, heatmaps and maps",
        baseline="first",
        baseline_seconds=first,
        ours="second",
        our_seconds=median(_seconds_to_open(app) for _ in range(REPEATS)),
        runs=f"first once, second median of {REPEATS}",
        remark=f"{sum(p.embedded for p in run.progress)} vectors embedded by the first view, "
        f"none by the second: {app.session_state['session'].embedding.run is run}",
    )


def _press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label.startswith(label)).click().run()


def _finished_maps(app: AppTest) -> int:
    return sum(element.value.startswith("UMAP · trustworthiness") for element in app.markdown)


def _seconds_to_open(app: AppTest) -> float:
    began = time.perf_counter()
    for page in _PAGES:
        app.switch_page(page).run()
    return time.perf_counter() - began
