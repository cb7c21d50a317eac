"""What the app exports comes back as brought vectors, whatever the format."""

import csv
import io

import numpy as np
import pytest

from collection.collection import Collection, Pair
from collection.embeddings import Embeddings, Setup
from collection.items import text_item
from collection.upload import Upload
from exchange.brought.held_vectors import HeldVectors, held_vectors
from exchange.brought.reader import read_vectors
from exchange.export_contents import ExportContents
from exchange.tables.csv_export import write_csv
from exchange.tables.npz_export import write_npz
from exchange.tables.parquet_export import write_parquet
from tests.exchange.brought.vector_files import csv_file, rows_of
from tests.exchange.tables.export_files import PICTURES, written

WRITERS = {"items.csv": write_csv, "items.parquet": write_parquet, "items.npz": write_npz}
WORDS = ("=SUM(A1)", "a square", "grass, with “quotes”\tand a tab", "'=1")
ALL = Setup("local-minilm", "all-MiniLM-L6-v2", 8)
SOME = Setup("jina", "jina-clip-v2", 8, settings=(("captions as", "document"),))


def session():
    texts = [text_item(words) for words in WORDS]
    pairs = [Pair(texts[0].id, PICTURES[0].id), Pair(texts[1].id, PICTURES[1].id)]
    labels = {PICTURES[0].id: {"label": "warm", "id": "7"}}
    collection = Collection().adding([*PICTURES, *texts], pairs, labels)
    ids = tuple(collection.items)
    of_some = Embeddings(SOME, ids[1::2], rows_of(len(ids[1::2]), seed=1))
    embeddings = {ALL: Embeddings(ALL, ids, rows_of(len(ids))), SOME: of_some}
    return ExportContents(collection, embeddings, {ALL: "Local MiniLM", SOME: "Jina"})


@pytest.mark.parametrize("name", WRITERS)
def test_an_export_comes_back_to_the_last_bit_under_the_names_that_it_had(name):
    contents = session()
    upload = Upload(name, written(WRITERS[name], contents).read())
    found = read_vectors(upload, contents.collection)
    if name != "items.csv":  # which has no place for them
        assert [one.setup.model for one in found.embeddings] == ["Local MiniLM", "Jina"]
    for brought, exported in zip(found.embeddings, contents.embeddings.values(), strict=True):
        assert set(brought.ids) == set(exported.ids)
        assert brought.of(exported.ids).tobytes() == exported.vectors.tobytes()
    assert found.remarks == ()


def test_without_the_ids_captions_and_file_names_still_find_their_items():
    contents = session()
    lines = list(csv.reader(io.TextIOWrapper(written(write_csv, contents), "utf-8-sig")))
    assert lines[0][0] == "id"
    data = csv_file(*(line[1:] for line in lines))
    found = read_vectors(Upload("items.csv", data), contents.collection).embeddings[0]
    assert found.vectors.tobytes() == contents.embeddings[ALL].of(found.ids).tobytes()
    assert found.ids == tuple(contents.collection.items)


def test_a_spreadsheet_cell_keeps_its_vector():
    contents = session()
    (caption,) = (t for t in contents.collection.texts if t.text == "=SUM(A1)")
    data = written(write_csv, contents).read()
    assert b"'=SUM(A1)" in data
    (found, _) = read_vectors(Upload("items.csv", data), contents.collection).embeddings
    np.testing.assert_array_equal(found.of([caption.id]), contents.embeddings[ALL].of([caption.id]))


def test_an_export_is_also_a_table_of_captions():
    data = written(write_csv, session()).read()
    assert held_vectors(Upload("items.csv", data)) is HeldVectors.BESIDE_WORDS
