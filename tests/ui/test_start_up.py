"""What every page imports: nothing that somebody has to wait for who only opens the app."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = (
    "sklearn",
    "umap",
    "scipy.stats",
    "pyarrow.parquet",
    "exchange.report",
    "exchange.notebook",
)
"""What computes maps and writes files takes a second to import."""


def test_what_every_page_begins_with_imports_nothing_that_computes_maps_or_writes_exports():
    script = f"import sys, ui.shell; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
