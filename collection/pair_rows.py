"""Where the known pairs lie in a table of items."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from collection.collection import Collection
from collection.items import Item


def pair_rows(
    collection: Collection, rows: Sequence[Item], columns: Sequence[Item]
) -> npt.NDArray[np.int64]:
    """Return (p, 2) row and column of each known pair among these items, both ways round."""
    row_at = {item.id: at for at, item in enumerate(rows)}
    column_at = {item.id: at for at, item in enumerate(columns)}
    ends = [(a, b) for pair in collection.pairs for a, b in (pair, pair[::-1])]
    found = [(row_at[a], column_at[b]) for a, b in ends if a in row_at and b in column_at]
    return np.asarray(found, dtype=np.int64).reshape(-1, 2)
