"""Room for labels: which of many places can carry one without lying on another's?"""

import numpy as np
import numpy.typing as npt

from space.arrays import IntArray


def middle_rows(xy: np.ndarray, labels: np.ndarray) -> IntArray:
    """Return for each group the row of the member that is nearest to the group's median.

    xy: (n, 2); labels: (n,) int64, -1 for no group. Returns one row a group, in the order of the
    groups' numbers.
    """
    numbers = np.unique(labels[labels >= 0])
    found = []
    for number in numbers:
        members = np.flatnonzero(labels == number)
        places = np.asarray(xy, np.float64)[members]
        apart = np.linalg.norm(places - np.median(places, axis=0), axis=1)
        found.append(members[apart.argmin()])
    return np.asarray(found, np.int64)


def covered(places: np.ndarray, centres: np.ndarray, side: float) -> npt.NDArray[np.bool_]:
    """Return which places lie inside a square around one of the centres, as bool (n,).

    places: (n, 2); centres: (k, 2), of squares with this side. An edge is not inside.
    """
    near = np.zeros(len(places), bool)
    for centre in centres:
        near |= np.abs(places - centre).max(axis=1) < 0.49 * side
    return near


def with_room(places: np.ndarray, room: float, first: np.ndarray) -> IntArray:
    """Choose rows whose places are at least `room` apart, along x or along y.

    places: (n, 2); first: rows that are considered before the others, which follow in order. All
    of `first` are chosen, whatever their distance. Returns the rows in ascending order.
    """
    chosen = np.zeros(len(places), bool)
    chosen[np.asarray(first, np.int64)] = True
    for row in range(len(places)):
        if not chosen[row]:
            apart = np.abs(places[chosen] - places[row]).max(axis=1)
            chosen[row] = bool((apart >= room).all())
    return np.flatnonzero(chosen).astype(np.int64)


def free_boxes(
    boxes: np.ndarray, taken: np.ndarray, within: np.ndarray, first: np.ndarray
) -> IntArray:
    """Choose for each label a box that overlaps neither another label's nor what is taken already.

    boxes: (n, c, 4), for each of n labels the c boxes it may have, the best one first; taken:
    (k, 4); within: (4,), what a box must not leave; each left, bottom, right, top. first: labels
    that get a box before the others and in any case, their best one where none is free. Returns
    (n,) int64, which of its boxes each label has, -1 for none.
    """
    chosen = np.full(len(boxes), -1, np.int64)
    beyond = np.concatenate([within[:2] - boxes[..., :2], boxes[..., 2:] - within[2:]], axis=-1)
    inside = beyond.max(axis=-1) <= 0
    occupied = np.asarray(taken, np.float64).reshape(-1, 4)
    wanted = [int(row) for row in first]
    for row in (*wanted, *(row for row in range(len(boxes)) if row not in wanted)):
        free = inside[row] & ~_overlaps(boxes[row], occupied)
        if free.any() or row in wanted:
            chosen[row] = int(free.argmax())
            occupied = np.concatenate([occupied, boxes[row, chosen[row]][np.newaxis]])
    return chosen


def _overlaps(boxes: np.ndarray, others: np.ndarray) -> npt.NDArray[np.bool_]:
    """Return which boxes (c, 4) overlap any of the others (k, 4), bool (c,)."""
    one, other = boxes[:, np.newaxis], others[np.newaxis]
    apart = (one[..., 0] >= other[..., 2]) | (one[..., 2] <= other[..., 0])
    apart |= (one[..., 1] >= other[..., 3]) | (one[..., 3] <= other[..., 1])
    return np.asarray((~apart).any(axis=1), bool)
