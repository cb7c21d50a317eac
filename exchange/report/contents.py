"""What a report says: sentences, tables and maps that were worked out before."""

from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from charts.density_curves import DensityCurves
from charts.scatter_map import ScatterMap
from collection.collection import Collection
from collection.embeddings import Embeddings
from collection.items import Item, TextItem
from exchange.export_contents import ExportContents


@dataclass(frozen=True)
class Cell:
    """A figure in words, its 95 % interval, empty for none, and whether it is the best."""

    value: str
    interval: str = ""
    best: bool = False


@dataclass(frozen=True)
class ScoreRow:
    """A row of the scorecard: a Setup's name and colour (none for chance), a cell a figure."""

    name: str
    cells: tuple[Cell, ...]
    colour: str = ""


@dataclass(frozen=True)
class Definition:
    """What a term means, its formula and its source, which may be empty."""

    term: str
    words: str
    formula: str = ""
    source: str = ""


@dataclass(frozen=True)
class Scores:
    """The scorecard: heads of the figures, rows, on what they stand, and how they are measured."""

    heads: tuple[str, ...]
    rows: tuple[ScoreRow, ...]
    stands_on: str
    definitions: tuple[Definition, ...]


@dataclass(frozen=True)
class ReportSetup:
    """A Setup: its vectors, what people call it, its model and settings in words, colour and map.

    `found`: how many queries find theirs first, in words; empty where there are no pairs.
    `map_made`: how the map was made, in words. `densities`: the cosines of true pairs against all
    others, and `separation` how far they lie apart, in words; without pairs there are none.
    """

    embeddings: Embeddings
    name: str
    model: str
    settings: str
    colour: str
    map: ScatterMap
    map_made: str
    found: str = ""
    densities: DensityCurves | None = None
    separation: str = ""


@dataclass(frozen=True)
class Report:
    """All of a report. `headline`: its result in a sentence; `scores`: None without pairs.

    `collection` and all words are without keys: see `without_keys`. `version`: of the app.
    """

    collection: Collection
    setups: tuple[ReportSetup, ...]
    headline: str
    scores: Scores | None
    made: datetime
    version: str


def without_keys(contents: ExportContents) -> Collection:
    """Return the collection with every text, name and label hidden from; ids stay as they are."""
    hide, collection = contents.hide, contents.collection
    return Collection(
        MappingProxyType({i: _hidden(item, contents) for i, item in collection.items.items()}),
        collection.pairs,
        MappingProxyType(
            {
                item_id: MappingProxyType({hide(name): hide(value) for name, value in of.items()})
                for item_id, of in collection.labels.items()
            }
        ),
    )


def _hidden(item: Item, contents: ExportContents) -> Item:
    if isinstance(item, TextItem):
        return replace(item, text=contents.hide(item.text))
    return replace(item, name=contents.hide(item.name))
