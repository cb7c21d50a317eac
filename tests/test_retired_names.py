"""One word for one notion: names that the field's own words have replaced do not come back."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("app.py", "pages", "ui", "exchange", "charts", "space", "providers", "collection")
OTHERS = ("stand_ins", "benchmarks", "scripts", "tests")

RETIRED = frozenset(
    {
        *("Lineup", "lineup", "kept_of", "at_once", "fewer_at_once", "base_address"),
        *("address_for", "address_of", "address_variable", "own_address", "checked_address"),
        *("Access", "Patience", "Pacer", "pacer", "shared_pacer", "Reading", "Checked", "Part"),
        *("told", "said_in", "told_in", "amended", "TOLD_BY_STATUS", "FIX", "RESEND", "BACKOFF"),
        *("Kind", "kinds", "kind_of", "standing_out", "best_in_deviations", "verdict", "place"),
        *("planting", "planted", "plant_swap", "couples", "unable", "UnableEmbedder", "guards"),
        *("preparation", "one_of", "blocks", "letters", "Wire", "Watch", "bringing"),
        *("made_up_spaces", "asked_query_vector", "NoVector", "is_free", "embedder_of", "PRICES"),
        *("price_of", "LoginUnreachable", "LoginInterrupted", "UnusablePlace", "kept"),
    }
)
"""Modules, classes, functions, arguments and attributes; see `CONTRIBUTING.md`."""


def names_in(file: Path) -> Iterator[str]:
    """Yield the name of the module, and those that it defines."""
    yield file.stem
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Attribute():
                yield node.attr
            case ast.keyword(arg=str(name)):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def files_of(*rooms: str) -> list[Path]:
    return [
        file
        for room in rooms
        for file in ([ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py")))
    ]


def test_no_name_is_a_retired_one():
    found = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in files_of(*ROOMS, *OTHERS)
        for name in names_in(file)
        if name in RETIRED
    }
    assert not found, "\n".join(sorted(found))
