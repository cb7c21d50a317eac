"""A ZIP with a Jupyter notebook that gets the same vectors by `connect` and draws them again."""

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import IO, Any

import numpy as np

from collection.embeddings import Embeddings, Setup
from collection.items import Item, TextItem
from exchange.export_contents import ExportContents
from exchange.notebook.cells import NotebookSetup, notebook_cells
from providers.info import CAPTIONS, PIXELS, ProviderInfo

NOTEBOOK, ITEMS = "shared-space.ipynb", "items.json"

_FORMAT = {"nbformat": 4, "nbformat_minor": 5}
_KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def write_notebook(
    contents: ExportContents, providers: Mapping[str, ProviderInfo], file: IO[bytes]
) -> None:
    """Write the ZIP into an open file: notebook, items, pictures, and the session's vectors.

    `providers`: by id, those that `connect` knows; vectors computed elsewhere are loaded from the
    ZIP. At least one Setup has vectors.
    """
    hide = contents.hide
    setups = [
        _setup(number, _hidden(setup, hide), hide(contents.names[setup]), providers)
        for number, setup in enumerate(contents.embeddings)
    ]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        cells = notebook_cells(setups)
        notebook = {"cells": cells, "metadata": _KERNEL, **_FORMAT}
        _write_json(archive, NOTEBOOK, notebook)
        _write_json(archive, ITEMS, _items(contents, setups))
        for number, picture in enumerate(contents.collection.pictures):
            archive.writestr(f"pictures/{number:04d}.jpg", picture.jpeg)
        for one, embeddings in zip(setups, contents.embeddings.values(), strict=True):
            with archive.open(one.vectors, "w", force_zip64=True) as entry:
                np.lib.format.write_array(
                    entry, np.ascontiguousarray(embeddings.vectors, "<f4"), allow_pickle=False
                )


def _hidden(setup: Setup, hide: Callable[[str], str]) -> Setup:
    return replace(setup, model=hide(setup.model), version=hide(setup.version))


def _setup(
    number: int, setup: Setup, name: str, providers: Mapping[str, ProviderInfo]
) -> NotebookSetup:
    info = providers.get(setup.provider)
    chosen: dict[str, str | int | float | bool] = {
        "model": setup.model,
        "dimension": setup.dimension,
    }
    settings = dict(setup.settings)
    for setting, argument in ((CAPTIONS, "captions"), (PIXELS, "picture_side")):
        if setting in settings:
            chosen[argument] = settings[setting]
    return NotebookSetup(
        number=number,
        name=name,
        setup=setup,
        vectors=f"vectors/{number:02d}.npy",
        arguments=chosen,
        connects=info is not None,
        embedded=info is not None and info.embedded,
        variables=() if info is None else _variables(info),
    )


def _variables(info: ProviderInfo) -> tuple[str, ...]:
    return tuple(field.variables[0] for field in info.key_fields if field.required)


def _items(contents: ExportContents, setups: list[NotebookSetup]) -> dict[str, Any]:
    collection, hide = contents.collection, contents.hide
    number_of = {item_id: number for number, item_id in enumerate(collection.items)}
    files = {p.id: f"pictures/{number:04d}.jpg" for number, p in enumerate(collection.pictures)}

    def entry(item: Item) -> dict[str, Any]:
        found: dict[str, Any] = {"id": item.id}
        if isinstance(item, TextItem):
            found["text"] = hide(item.text)
        else:
            found |= {"name": hide(item.name), "file": files[item.id]}
        labels = collection.labels.get(item.id, {})
        return found | ({"labels": {hide(n): hide(v) for n, v in labels.items()}} if labels else {})

    return {
        "items": [entry(item) for item in collection.items.values()],
        "pairs": [[number_of[text], number_of[picture]] for text, picture in collection.pairs],
        "setups": [
            _vectors(one, embeddings, number_of)
            for one, embeddings in zip(setups, contents.embeddings.values(), strict=True)
        ],
    }


def _vectors(
    one: NotebookSetup, embeddings: Embeddings, number_of: Mapping[str, int]
) -> dict[str, Any]:
    return {
        "name": one.name,
        "provider": one.setup.provider,
        "model": one.setup.model,
        "dimension": one.setup.dimension,
        "version": one.setup.version,
        "settings": dict(one.setup.settings),
        "embedded": one.embedded,
        "made": embeddings.made.isoformat(),
        "vectors": one.vectors,
        "items": [number_of[item_id] for item_id in embeddings.ids],
    }


def _write_json(archive: zipfile.ZipFile, name: str, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    archive.writestr(name, text.encode("utf-8"), zipfile.ZIP_DEFLATED)
