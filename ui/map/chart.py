"""The map of one Setup's vectors, made ready to draw."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from charts.scatter_map import ScatterMap
from collection.collection import Collection
from collection.embeddings import Embeddings
from collection.pair_rows import pair_rows
from space.pairs import drawn_pairs, pair_cosines, shown_range, with_partners
from ui.map.cached import shared_places

LINES_UP_TO = 40
"""Above this many pairs only the lines of selected items and of the farthest pairs are drawn."""

FARTHEST_JOINED = 10


def scatter_map(
    collection: Collection,
    embeddings: Embeddings,
    xy: npt.NDArray[np.float32],
    selected: frozenset[str] = frozenset(),
    number: Mapping[str, int] | None = None,
    groups: Mapping[str, int] | None = None,
    view: str = "map",
) -> ScatterMap:
    """Return the map of these embeddings; `xy`: float32 (n, 2), a place for each of their rows.

    `number` says what each item id is known by to whoever listens to the chart. `groups`: item id
    → the number of its group; a map of groups shows no pairs, which would hide them. `view`: see
    `ScatterMap`.
    """
    items = tuple(collection.items[item_id] for item_id in embeddings.ids)
    pairs = pair_rows(collection, items if groups is None else (), items)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]  # once each, not both ways round
    cosines = pair_cosines(embeddings.vectors, pairs)
    known_by = embeddings.row_of if number is None else number
    chosen = np.asarray([r for r, item in enumerate(items) if item.id in selected], np.int64)
    return ScatterMap(
        xy=xy,
        items=items,
        numbers=[known_by[item.id] for item in items],
        pairs=pairs,
        pair_cosines=cosines,
        selected=frozenset(chosen.tolist()),
        cosine_range=shown_range(cosines),
        joined=drawn_pairs(
            pairs, cosines, chosen, all_up_to=LINES_UP_TO, else_farthest=FARTHEST_JOINED
        ),
        emphasised=frozenset(with_partners(pairs, chosen).tolist()),
        view=view,
        shared=shared_places(embeddings),
        groups=None if groups is None else [groups.get(item.id, -1) for item in items],
    )
