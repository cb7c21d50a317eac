"""What a collection has to walk, and that nothing is frozen for ever."""

import gc
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from ui.server.garbage import FrozenObjects

ROOT = Path(__file__).parents[3]


class Cycle:
    """An object that only a garbage collection frees."""

    def __init__(self):
        self.me = self


@pytest.fixture(autouse=True)
def nothing_stays_frozen():
    yield
    gc.unfreeze()


def test_after_the_freeze_a_collection_walks_a_small_part_of_what_it_walked_before():
    # In a process of its own, with what the server has imported, as tests import other things.
    program = (
        "import gc, ui.map.panels, ui.similarity.heatmap_panel, ui.groups.groups, umap\n"
        "from ui.server.garbage import FrozenObjects\n"
        "before = len(gc.get_objects())\n"
        "FrozenObjects().freeze()\n"
        "print(before, len(gc.get_objects()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    before, after = map(int, done.stdout.split())
    assert before > 50_000
    assert after < before / 50


def test_a_cycle_that_was_frozen_alive_is_freed_by_the_freeze_after_its_end():
    frozen = FrozenObjects()
    held = Cycle()
    seen = weakref.ref(held)
    frozen.freeze()
    del held
    gc.collect()
    assert seen() is not None  # why the second freeze is needed
    frozen.freeze()
    assert seen() is None


def test_a_stage_freezes_once_whoever_brings_it_about():
    frozen = FrozenObjects()
    for stage in ("preparation", "umap", "umap", "preparation"):
        frozen.freeze_after(stage)
    assert frozen.freezes == 2
