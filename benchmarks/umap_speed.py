"""Our UMAP against plain seeded `UMAP(metric="cosine")`, both warm, in the same process."""

from collections.abc import Iterator

import numpy as np

from benchmarks.data import digits, gaussian_mixture
from benchmarks.ratio import Ratio, medians_in_turn
from space.projection import project
from space.seed import SEED
from space.trustworthiness import trustworthiness
from space.umap_projection import warm_up


def plain_umap(x: np.ndarray) -> np.ndarray:
    """UMAP as its documentation shows it; n_jobs=1 only silences a warning about the seed."""
    import umap

    return umap.UMAP(metric="cosine", random_state=SEED, n_jobs=1).fit_transform(x)


def measure() -> Iterator[Ratio]:
    """Compare at 1,000 and 4,000 items, with the trustworthiness of both maps."""
    warm_up()
    plain_umap(digits(50)[1])
    for name, x in (digits(1000), gaussian_mixture(1000), digits(4000)):
        maps: dict[str, np.ndarray] = {}

        def plain(x: np.ndarray = x, maps: dict[str, np.ndarray] = maps) -> None:
            maps["plain"] = plain_umap(x)

        def ours(x: np.ndarray = x, maps: dict[str, np.ndarray] = maps) -> None:
            maps["ours"] = project(x, "umap").xy

        plain_seconds, our_seconds = medians_in_turn([plain, ours])
        plain_trust, our_trust = (trustworthiness(x, maps[key]) for key in ("plain", "ours"))
        yield Ratio(
            what="UMAP",
            data=name,
            baseline="plain",
            baseline_seconds=plain_seconds,
            ours="ours",
            our_seconds=our_seconds,
            remark=f"trustworthiness plain {plain_trust:.4f}, ours {our_trust:.4f}",
        )
