"""Opens the collection at a path; prints its pairs, and by how many bytes the memory grew."""

import resource
import sys
from pathlib import Path

from collection.collection import Collection
from collection.files_on_disk import files_at
from collection.intake import take_in
from collection.upload import Upload
from tests.collection.odd_files import encoded, picture


def peak() -> int:
    """Return the most memory that this process has had so far, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    # So that what the decoders and their threads need anyway is not counted.
    take_in(Collection(), [Upload(f"{at}.jpg", encoded(picture(at), "JPEG")) for at in range(20)])
    before = peak()
    found = take_in(Collection(), files_at(Path(sys.argv[1])))
    print(len(found.collection.pairs), peak() - before)
