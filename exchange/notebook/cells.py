"""The cells of the notebook: what it says and what it runs."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collection.embeddings import Setup

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:$>])")


@dataclass(frozen=True)
class NotebookSetup:
    """A Setup as the notebook gets it.

    `vectors`: the file of the session's vectors. `connects`: whether `connect` knows the provider,
    with `arguments` beside its id; `embedded`: whether it computes on this machine; `variables`:
    the environment's, where keys are looked for.
    """

    number: int
    name: str
    setup: Setup
    vectors: str
    arguments: Mapping[str, str | int | float | bool]
    connects: bool
    embedded: bool
    variables: tuple[str, ...]


_ABOUT = """\
# The shared space of your pictures and captions

Written by Shared Space. This notebook embeds the same items again by `connect`, computes their
cosine similarity, draws the heatmap of each Setup, counts recall@1, and compares the vectors with
those of the session.

It needs:

- the checkout of Shared Space with its packages, named by the environment variable
  `SHARED_SPACE_CHECKOUT` or in a folder above this notebook;
- Jupyter in the same environment: `pip install jupyterlab`;
- this folder as it was unpacked.{keys}
"""

_KEYS = """
- keys in environment variables, never in this file: {variables}. Hosted providers may cost money.
"""

_CHECKOUT = """\
import os
import sys
from pathlib import Path

named = os.environ.get("SHARED_SPACE_CHECKOUT")
folders = [Path(named).expanduser()] if named else [Path.cwd(), *Path.cwd().parents]
checkout = next((f for f in folders if (f / "providers" / "connection.py").is_file()), None)
if checkout is None:
    raise FileNotFoundError(
        "Shared Space was not found. Set the environment variable SHARED_SPACE_CHECKOUT to the "
        "folder of its checkout, and start Jupyter again."
    )
sys.path.insert(0, str(checkout))
print("Shared Space is in", checkout)\
"""

_ITEMS = """\
import json
from dataclasses import replace

import numpy as np

from collection.collection import Collection, Pair
from collection.embeddings import Embeddings, Setup
from collection.items import Modality, text_item
from collection.picture import ingest_picture
from providers import connect

saved = json.loads(Path("items.json").read_text(encoding="utf-8"))


def item_of(entry):
    if "text" in entry:
        item = text_item(entry["text"])
    else:
        item = ingest_picture(entry["name"], Path(entry["file"]).read_bytes())
    return replace(item, id=entry["id"])  # the file as it first came had this id


items = [item_of(entry) for entry in saved["items"]]
pairs = [Pair(items[caption].id, items[picture].id) for caption, picture in saved["pairs"]]
collection = Collection().adding(items, pairs)
names = [setup["name"] for setup in saved["setups"]]
results = {}
counts = len(collection.texts), len(collection.pictures), len(pairs)
print("{} captions, {} pictures, {} pairs".format(*counts))\
"""

_LOADED = """\
entry = saved["setups"][{number}]
setup = Setup(
    entry["provider"],
    entry["model"],
    entry["dimension"],
    entry["version"],
    tuple(entry["settings"].items()),
)
ids = tuple(items[item].id for item in entry["items"])
results[{number}] = Embeddings(setup, ids, np.load(entry["vectors"], allow_pickle=False))
results[{number}].vectors.shape\
"""

_COSINES = """\
captions = [i for i in collection.texts if all(i.id in found for found in results.values())]
pictures = [i for i in collection.pictures if all(i.id in found for found in results.values())]
cosines = {
    number: found.of(i.id for i in captions) @ found.of(i.id for i in pictures).T
    for number, found in results.items()
}
{names[number]: matrix.shape for number, matrix in cosines.items()}\
"""

_RECALL = """\
right = np.zeros((len(captions), len(pictures)), bool)
row = {item.id: at for at, item in enumerate(captions)}
column = {item.id: at for at, item in enumerate(pictures)}
for text_id, picture_id in pairs:
    if text_id in row and picture_id in column:
        right[row[text_id], column[picture_id]] = True


def recall_at_1(matrix, right):
    asked = right.any(axis=1)
    best_right = np.where(right, matrix, -np.inf).max(axis=1)
    best_wrong = np.where(right, -np.inf, matrix).max(axis=1)
    return (best_right[asked] - best_wrong[asked] > 1e-6).mean()  # a tie counts as a miss


for number, matrix in cosines.items():
    if not right.any():
        print("No caption is paired with a picture, so nobody can say which answer is right.")
        break
    to_pictures, to_captions = recall_at_1(matrix, right), recall_at_1(matrix.T, right.T)
    print(
        f"{names[number]}: recall@1 {(to_pictures + to_captions) / 2:.2f} "
        f"(captions to pictures {to_pictures:.2f}, pictures to captions {to_captions:.2f})"
    )\
"""

_ABOUT_HEATMAPS = """\
## Heatmaps

A row is a caption, a column a picture. A frame marks what belongs together, a dot the picture that
is closest to a caption.\
"""

_HEATMAP = """\
from charts.standalone import standalone_heatmap
from exchange.report.whole_heatmap import whole_heatmap

whole = whole_heatmap(collection, results[{number}], results[0])
figure = standalone_heatmap(whole.heatmap, names[{number}]) if whole else "Nothing to compare."
figure\
"""

_ABOUT_COMPARED = """\
## Are these the vectors of the session?

Those of embedded providers are the same to the last bit on the same kind of machine.\
"""

_COMPARED = """\
TOLERANCE = 1e-3  # for hosted providers, whose machines differ from call to call

for number, entry in enumerate(saved["setups"]):
    before, now = np.load(entry["vectors"], allow_pickle=False), results[number]
    ids = [items[item].id for item in entry["items"]]
    both = [row for row, item_id in enumerate(ids) if item_id in now]
    before, after = before[both], now.of(ids[row] for row in both)
    difference = float(np.abs(before - after).max(initial=0.0))
    if before.tobytes() == after.tobytes():
        verdict = "the same to the last bit"
    elif not entry["embedded"] and difference <= TOLERANCE:
        verdict = f"the same within {TOLERANCE:g} (largest difference {difference:.1e})"
    else:
        verdict = f"different (largest difference {difference:.1e})"
    print(f"{names[number]}: {len(both)} of {len(ids)} vectors compared, {verdict}")
    if now.setup.version != entry["version"]:
        print("  The provider has another version here, so other vectors are expected.")\
"""


def notebook_cells(setups: Sequence[NotebookSetup]) -> list[dict[str, Any]]:
    """Return the cells of nbformat 4.5, in order, without outputs."""
    return [
        _cell(number, kind, text) for number, (kind, text) in enumerate(_kinds_and_texts(setups))
    ]


def _kinds_and_texts(setups: Sequence[NotebookSetup]) -> Iterator[tuple[str, str]]:
    variables = dict.fromkeys(name for one in setups for name in one.variables)
    listed = ", ".join(f"`{name}`" for name in variables)
    yield "markdown", _ABOUT.format(keys=_KEYS.format(variables=listed) if variables else "")
    yield "code", _CHECKOUT
    yield "markdown", "## The items"
    yield "code", _ITEMS
    yield "markdown", "## The vectors\n\nOne cell a Setup: float32 rows of length 1."
    for one in setups:
        yield "markdown", _about(one)
        yield "code", _embeds(one) if one.connects else _LOADED.format(number=one.number)
    yield "markdown", "## Cosine similarity\n\nOf the items that every Setup has a vector for."
    yield "code", _COSINES
    yield "markdown", _ABOUT_HEATMAPS
    for one in setups:
        yield "code", _HEATMAP.format(number=one.number)
    yield "markdown", "## recall@1\n\nThe share of queries whose very first answer is a right one."
    yield "code", _RECALL
    yield "markdown", _ABOUT_COMPARED
    yield "code", _COMPARED


def _about(one: NotebookSetup) -> str:
    name = f"### {_as_it_is(one.name)}"
    if one.connects:
        return name
    return f"{name}\n\nThese vectors were computed elsewhere; they are loaded from the file."


def _embeds(one: NotebookSetup) -> str:
    arguments = "".join(f", {name}={value!r}" for name, value in one.arguments.items())
    return (
        f"connection = connect({one.setup.provider!r}{arguments})\n"
        f"results[{one.number}] = connection.embed(items, pairs=pairs)\n"
        f"results[{one.number}].vectors.shape"
    )


def _as_it_is(text: str) -> str:
    """Return a person's text for Markdown, without markup, on one line."""
    return _MARKDOWN.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))


def _cell(number: int, kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": f"cell-{number:03d}",
        "metadata": {},
        "source": text,
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
