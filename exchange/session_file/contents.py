"""What a session file holds: everything that a person sees and has made, and no key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from collection.collection import Collection, Pair
from collection.embeddings import Embeddings, FloatArray, Role, Setup
from collection.items import PictureItem
from collection.upload import Remark

FORMAT = "shared-space session"
FORMAT_VERSION = 1
DESCRIPTION = "session.json"
PICTURES = "metadata.jsonl"
"""One picture a line, as the *imagefolder* layout of Hugging Face `datasets` wants it."""
CAPTIONS = "captions.jsonl"
"""One caption a line, also those without a picture."""

COLUMNS = frozenset({"file_name", "image", "name", "text", "captions", "id", "labels"})
"""What a line about a picture says under a name of its own; all others are labels."""

MAX_DESCRIPTION_BYTES = 16 * 2**20
MAX_LINE_BYTES = 2**20
MAX_LINES_BYTES = 256 * 2**20
MAX_SETUPS = 64
MAX_MAPS = 500
MAX_QUERY_VECTORS = 5_000
MAX_VECTOR_BYTES = 2**30
"""Of all vectors together."""

View = str | int | float | bool


@dataclass(frozen=True)
class SetupRow:
    """A row of the Providers page: its Setup, whether a person added it, and whether it is on."""

    setup: Setup
    added: bool
    ticked: bool


@dataclass(frozen=True)
class QueryVector:
    """The vector of one part of a query, in its role: float32 (d,) of length 1."""

    item_id: str
    role: Role
    vector: FloatArray


@dataclass(frozen=True)
class SavedQuery:
    """The query of the Search page; `like` is the id of an item of the collection."""

    words: str = ""
    like: str | None = None
    weight: float = 0.5
    beside: str | None = None
    picture: PictureItem | None = None


@dataclass(frozen=True)
class SavedMap:
    """A map of all items that have a vector of a Setup, in the order of its Embeddings.

    `centred`: whether each modality's own mean was taken away before. `settings`: what was asked
    for; `parameters`: what was really used. `xy`: float32 (n, 2). `seed`: None where chance plays
    no part.
    """

    setup: Setup
    centred: bool
    method: str
    settings: Mapping[str, float]
    xy: FloatArray
    parameters: Mapping[str, float | int | str]
    seed: int | None
    trustworthiness: float | None


@dataclass(frozen=True)
class SavedExercise:
    """The two pairs whose captions changed places, and the pairs among which a class looks."""

    swapped: tuple[Pair, ...] = ()
    candidates: tuple[Pair, ...] = ()
    revealed: bool = False


@dataclass(frozen=True)
class SessionContents:
    """A session as a file holds it. `views`: what was chosen on the pages, by name.

    `results` hold the items of the collection only. `cap`: US dollars that one run may cost.
    """

    collection: Collection = field(default_factory=Collection)
    rows: tuple[SetupRow, ...] = ()
    results: Mapping[Setup, Embeddings] = field(default_factory=lambda: MappingProxyType({}))
    query: SavedQuery = field(default_factory=SavedQuery)
    query_vectors: Mapping[Setup, tuple[QueryVector, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    maps: tuple[SavedMap, ...] = ()
    views: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))
    exercise: SavedExercise = field(default_factory=SavedExercise)
    selected: frozenset[str] = frozenset()
    cap: float | None = None


@dataclass(frozen=True)
class OpenedSession:
    """What a session file gave, and what there is to say about what it did not give."""

    contents: SessionContents
    remarks: tuple[Remark, ...] = ()


def size_of(contents: SessionContents) -> int:
    """Return about how many bytes a file of these contents will take: pictures and vectors."""
    rows = [embeddings.vectors.nbytes for embeddings in contents.results.values()]
    words = sum(len(text.text.encode()) for text in contents.collection.texts)
    return contents.collection.picture_bytes + sum(rows) + 2 * words
