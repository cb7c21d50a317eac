"""A process of its own that reads many damaged Parquet files and writes down what came of each."""

import io
import json
import pickle
import sys

import pyarrow as pa

from collection.parquet_process import answer
from collection.separate_process import limit_memory


def main() -> None:
    files, wanted = pickle.load(sys.stdin.buffer)
    limit_memory(3 * 2**29)
    print(json.dumps([word(file, wanted) for file in files]))


def word(file: bytes, wanted: dict[str, object]) -> str:
    try:
        answer(io.BytesIO(file), wanted, io.BytesIO())
    except (pa.ArrowException, OSError, ValueError, LookupError, MemoryError, TypeError) as error:
        return type(error).__name__
    return "read"


if __name__ == "__main__":
    main()
