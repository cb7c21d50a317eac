"""The arrows between the folders never turn back."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LAYERS = ("collection", "providers", "space", "charts", "exchange", "ui", "pages")
MAY_IMPORT = {
    "collection": {"PIL", "numpy"},
    "providers": {
        *("collection", "requests", "urllib3", "google"),
        *("numpy", "onnxruntime", "PIL", "platformdirs"),
    },
    "space": {"collection", "numpy", "scipy", "sklearn", "threadpoolctl", "umap", "numba"},
    "charts": {"collection", "space", "plotly", "numpy", "PIL"},
    "exchange": {"charts", "space", "providers", "collection"},
    "ui": {
        *("collection", "providers", "space", "charts", "exchange"),
        *("streamlit", "numpy", "plotly"),
    },
    "pages": {"collection", "providers", "space", "charts", "exchange", "ui", "streamlit"},
}
STANDARD_LIBRARY = __import__("sys").stdlib_module_names


def imports_of(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_what_lies_below_it(layer):
    files = sorted((ROOT / layer).rglob("*.py"))
    assert files
    for file in files:
        foreign = imports_of(file) - STANDARD_LIBRARY - MAY_IMPORT[layer] - {layer}
        assert not foreign, f"{file.relative_to(ROOT)} imports {foreign}"


def test_every_folder_is_a_regular_package():
    for layer in MAY_IMPORT:
        assert (ROOT / layer / "__init__.py").exists()


def test_only_space_errors_come_from_the_collection_to_the_numbers():
    for file in (ROOT / "space").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.ImportFrom)
                and (node.module or "").split(".")[0] == "collection"
            ):
                assert node.module == "collection.errors"
