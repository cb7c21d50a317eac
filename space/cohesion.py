"""How closely the items of a group keep together."""

import numpy as np
import numpy.typing as npt


def cohesion(
    vectors: npt.NDArray[np.float32], labels: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Mean cosine of a group's items with the group's centre, for the groups 0, 1, … in order.

    vectors: (n, d), rows of length 1; labels: (n,), -1 for items in no group. The mean cosine with
    the direction of the sum of rows of length 1 is the length of their mean, so it is between 0
    (they point everywhere) and 1 (they are the same). Returns (groups,); 0 for an empty group.
    """
    groups = int(labels.max(initial=-1)) + 1
    return np.asarray(
        [
            float(np.linalg.norm(members.mean(axis=0, dtype=np.float64))) if len(members) else 0.0
            for members in (vectors[labels == number] for number in range(groups))
        ]
    )
