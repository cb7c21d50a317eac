"""How much memory it takes to prepare 200 photos of 12 megapixels, against a few of them.

Each count is prepared in a process of its own, which reports its peak; the photos are files, as
a person has them.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.photos import photo

FEW, MANY = 4, 200
MEGAPIXELS_12 = (4000, 3000)
_BYTES_OF_ONE = MEGAPIXELS_12[0] * MEGAPIXELS_12[1] * 3

_PREPARE = """
import resource, sys
from pathlib import Path
from collection.picture import ingest_picture
from providers.transport.picture_size import shrunk
kept = []
for path in sys.argv[1:]:
    kept.append(ingest_picture(Path(path).name, Path(path).read_bytes()))
    shrunk(kept[-1].jpeg, 512)
size = sum(len(item.jpeg) + len(item.thumbnail) for item in kept)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, size // 1024)
"""


@dataclass(frozen=True)
class Memory:
    """The peak memory of two runs in kB, less what the kept pictures take themselves."""

    few: int
    many: int

    def __str__(self) -> str:
        """One line: both peaks, and their difference in decoded photos of 12 megapixels."""
        more = (self.many - self.few) * 1024 / _BYTES_OF_ONE
        return (
            f"memory to prepare photos of 12 megapixels | {MANY} against {FEW} | "
            f"{self.many / self.few:.2f} x the memory | peak of the process {self.few / 1024:.0f} "
            f"MB and {self.many / 1024:.0f} MB beside what is kept, {more:+.1f} decoded photos "
            "(bar: a few)"
        )


def measure() -> Iterator[Memory]:
    """Prepare few and many photos."""
    with tempfile.TemporaryDirectory(prefix="shared-space-bench-") as folder:
        paths = []
        for number in range(8):
            path = Path(folder, f"{number}.jpg")
            photo(number, MEGAPIXELS_12).save(path, "JPEG", quality=90)
            paths.append(str(path))
        yield Memory(_peak(paths[:FEW]), _peak((paths * MANY)[:MANY]))


def _peak(paths: list[str]) -> int:
    """Return the peak of a process in kB, less what is kept."""
    done = subprocess.run(  # noqa: S603 - our own words only
        [sys.executable, "-c", _PREPARE, *paths],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    peak, kept = map(int, done.stdout.split())
    return peak - kept
