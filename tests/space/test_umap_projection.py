"""Where Numba finds no folder for its compiled code, one of this process's own is found."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import numba
import pytest

from space import umap_projection

REFUSING = """
import numba
if not numba.config.CACHE_DIR:
    raise RuntimeError("cannot cache function 'f': no locator available for file 'f.py'")
"""


@pytest.fixture
def umap_of(monkeypatch, tmp_path):
    """Return what puts a module of this content in the place of the package."""
    monkeypatch.setitem(sys.modules, "umap", ModuleType("umap"))  # so that this test's goes again
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    numba.config.reload_config()
    monkeypatch.syspath_prepend(tmp_path)

    def write(content):
        (tmp_path / "umap.py").write_text(content, encoding="utf-8")
        importlib.invalidate_caches()
        del sys.modules["umap"]

    yield write
    monkeypatch.undo()
    numba.config.reload_config()


def test_without_any_folder_that_can_be_written_umap_is_imported_all_the_same(umap_of):
    umap_of(REFUSING)
    assert umap_projection._import_umap() is sys.modules["umap"]
    assert Path(numba.config.CACHE_DIR).stat().st_mode & 0o077 == 0


def test_another_error_of_the_import_is_not_hidden(umap_of):
    umap_of('raise RuntimeError("something else")')
    with pytest.raises(RuntimeError, match="something else"):
        umap_projection._import_umap()
    assert not numba.config.CACHE_DIR
