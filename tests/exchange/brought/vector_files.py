"""Files with vectors for the tests, and the small collection whose items they are of."""

import csv
import hashlib
import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from collection.collection import Collection, Pair
from collection.items import PictureItem, text_item
from collection.upload import Upload
from exchange.brought.reader import BroughtVectors, read_vectors

DIMENSION = 8


def picture(name):
    return PictureItem(hashlib.sha256(name.encode()).hexdigest(), name, b"", b"", 4, 3)


CAT, DOG, CAR = (picture(f"{name}.jpg") for name in ("cat", "dog", "car"))
A_CAT, A_DOG, SUM = (text_item(words) for words in ("a cute cat", "a dog, asleep", "=1+1"))
PICTURES, CAPTIONS = (CAT, DOG, CAR), (A_CAT, A_DOG, SUM)
ITEMS = (*PICTURES, *CAPTIONS)
COLLECTION = Collection().adding(ITEMS, [Pair(A_CAT.id, CAT.id), Pair(A_DOG.id, DOG.id)])


def rows_of(count, seed=0, dimension=DIMENSION):
    """Return float32 rows of length 1."""
    rows = np.random.default_rng(seed).normal(size=(count, dimension))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def parquet(columns, note=None):
    table = pa.table(columns)
    if note is not None:
        table = table.replace_schema_metadata({"shared_space": json.dumps(note)})
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


def csv_file(header, *rows, separator=","):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows([header, *rows])
    return file.getvalue().encode()


def as_json(vector):
    return "[" + ",".join(f"{number:.9g}" for number in vector.tolist()) + "]"


def lists(vectors, kind=None):
    return pa.array(
        [None if v is None else v.tolist() for v in vectors], pa.list_(kind or pa.float32())
    )


def brought(data, name="photos.npz", collection=COLLECTION, given="") -> BroughtVectors:
    return read_vectors(Upload(name, data), collection, given)


def only(found):
    """Return the one Setup's Embeddings."""
    (embeddings,) = found.embeddings
    return embeddings


def words_of(found):
    return [remark.text for remark in found.remarks]
