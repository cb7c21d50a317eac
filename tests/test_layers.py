"""The arrows between the folders never turn back, and no two modules import each other."""

import ast
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAY_IMPORT = {
    "collection": {"PIL", "numpy", "charset_normalizer", "pyarrow", "python_calamine"},
    "providers": {
        *("collection", "requests", "urllib3", "google"),
        *("numpy", "onnxruntime", "PIL", "platformdirs"),
    },
    "space": {"collection", "numpy", "scipy", "sklearn", "threadpoolctl", "umap", "numba"},
    "charts": {"collection", "space", "plotly", "numpy", "PIL"},
    "exchange": {"charts", "space", "providers", "collection", "numpy", "pyarrow", "PIL"},
    "ui": {
        *("collection", "providers", "space", "charts", "exchange"),
        *("streamlit", "numpy", "plotly"),
    },
    "pages": {"collection", "providers", "space", "charts", "exchange", "ui", "streamlit"},
    "stand_ins": {"PIL", "numpy", "requests"},
    "scripts": {
        *("collection", "providers"),
        *("numpy", "onnx", "onnxruntime", "PIL", "skimage", "sklearn"),
    },
    "benchmarks": {
        *("collection", "providers", "space", "exchange", "ui", "stand_ins", "streamlit"),
        *("nomic", "numpy", "PIL", "requests", "scipy", "sklearn", "umap", "websockets"),
    },
}
STANDARD_LIBRARY = sys.stdlib_module_names


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


BINARY_TABLES = {
    "pyarrow": {"parquet_process.py", "parquet_table.py"},
    "python_calamine": {"workbook_process.py"},
}


@pytest.mark.parametrize("package", BINARY_TABLES)
def test_only_the_readers_of_binary_tables_import_what_reads_them(package):
    files = (ROOT / "collection").rglob("*.py")
    assert {file.name for file in files if package in imports_of(file)} == BINARY_TABLES[package]


def test_what_reads_hostile_files_in_native_code_runs_in_processes_of_its_own():
    modules = product_modules()
    apart = {"collection.parquet_process", "collection.workbook_process"}
    for name, file in modules.items():
        assert name in apart or not apart & imported_modules(file, modules), name


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def product_modules() -> dict[str, Path]:
    files = [ROOT / "app.py", *(f for layer in MAY_IMPORT for f in (ROOT / layer).rglob("*.py"))]
    return {module_name(file): file for file in files}


def imported_modules(file: Path, modules: dict[str, Path]) -> set[str]:
    """Return the modules of this project that a file imports, also where only types need them."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & modules.keys() or {node.module}
    return found & modules.keys()


def test_no_two_modules_import_each_other():
    modules = product_modules()
    graph = {name: imported_modules(file, modules) for name, file in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(f"A circle of imports: {' -> '.join(circle.args[1])}")


def test_the_start_page_is_a_page_like_the_others():
    foreign = imports_of(ROOT / "app.py") - STANDARD_LIBRARY - MAY_IMPORT["pages"]
    assert not foreign
