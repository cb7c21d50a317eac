"""A small session with something of everything, its file, and files that were tampered with."""

import io
import json
import zipfile
from datetime import UTC, datetime

import numpy as np
from PIL import Image

from collection.collection import Collection, Pair
from collection.embeddings import Embeddings, ItemFailure, Role
from collection.items import text_item
from collection.picture import ingest_picture
from exchange.session_file.contents import (
    QueryVector,
    SavedExercise,
    SavedMap,
    SavedQuery,
    SessionContents,
    SetupRow,
)
from exchange.session_file.reader import read_session
from exchange.session_file.writer import write_session
from providers.registry import PROVIDERS

MINILM = PROVIDERS["local-minilm"].info.setup()
NOMIC = PROVIDERS["nomic"].info.setup()


def jpeg(colour, size=(64, 48)):
    """Return a picture file that an ingest decodes and writes anew."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG", comment=b"not plain")
    return file.getvalue()


def unit_rows(count, dimension, seed=0):
    rows = np.random.default_rng(seed).normal(size=(count, dimension))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def small_session():
    """Return contents in which captions are shared, missing and alone, and one item has failed."""
    pictures = [ingest_picture(f"{c}.jpg", jpeg(c)) for c in ("red", "green", "blue")]
    texts = [text_item(words) for words in ("a square", "grass", "nothing to see", "die Straße")]
    pairs = [Pair(texts[0].id, pictures[0].id), Pair(texts[0].id, pictures[1].id)]
    pairs += [Pair(texts[1].id, pictures[1].id), Pair(texts[3].id, pictures[0].id)]
    items = [pictures[1], texts[0], texts[1], pictures[0], texts[2], pictures[2], texts[3]]
    labels = {pictures[0].id: {"label": "warm", "text": "odd"}, texts[2].id: {"split": "train"}}
    collection = Collection().adding(items, pairs, labels)
    ids = tuple(collection.items)
    made = datetime(2026, 3, 4, 5, 6, 7, 891, tzinfo=UTC)
    failure = ItemFailure("It said: “no”.", "Try again.", item_id=ids[5])
    results = {
        MINILM: Embeddings(MINILM, ids, unit_rows(7, 384), {}, {}, 1.5, made),
        NOMIC: Embeddings(
            NOMIC,
            tuple(i for i in ids if i != ids[5]),
            unit_rows(6, NOMIC.dimension, 1),
            {ids[5]: failure},
            {"tokens": 12.0},
            2.25,
            made,
        ),
    }
    brought = ingest_picture("query.jpg", jpeg("orange"))
    of_queries = {
        NOMIC: (
            QueryVector(text_item("fruit").id, Role.QUERY, unit_rows(1, NOMIC.dimension, 2)[0]),
            QueryVector(brought.id, Role.DOCUMENT, unit_rows(1, NOMIC.dimension, 3)[0]),
        )
    }
    xy = np.arange(14, dtype=np.float32).reshape(7, 2)
    settings = {"seed": 42, "n_neighbors": 15, "min_dist": 0.1, "perplexity": 30.0}
    parameters = {"n_neighbors": 6, "metric": "cosine"}
    return SessionContents(
        collection=collection,
        rows=(SetupRow(MINILM, False, True), SetupRow(NOMIC, False, False)),
        results=results,
        query=SavedQuery("fruit", pictures[0].id, 0.25, "vegetables", brought),
        query_vectors=of_queries,
        maps=(SavedMap(MINILM, True, "umap", settings, xy, parameters, 42, 0.75),),
        views={"map-method": "umap", "map-centred": True, "heatmap-temperature": 0.07},
        exercise=SavedExercise((pairs[0], pairs[2]), tuple(pairs), True),
        selected=frozenset({ids[0], ids[2]}),
        cap=0.25,
    )


def written(contents):
    """Return the bytes of the file."""
    file = io.BytesIO()
    write_session(contents, file)
    return file.getvalue()


def opened(data, known=None, name="session.zip"):
    """Open the bytes of a file."""
    return read_session(name, io.BytesIO(data), known or {})


def parts_of(data):
    """Return name → bytes of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    """Pack parts, or those whose value is None not."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            if data is not None:
                archive.writestr(name, data)
    return file.getvalue()


def with_part(data, name, part):
    """Return the file with one part replaced, left out (None), or added."""
    return packed(parts_of(data) | {name: part})


def with_description(data, change):
    """Return the file with `change` done to what `session.json` says."""
    said = json.loads(parts_of(data)["session.json"])
    change(said)
    return with_part(data, "session.json", json.dumps(said).encode())


def npy(array):
    """Return an array as NumPy saves it, objects included."""
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()
