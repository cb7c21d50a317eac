import io
import json

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from exchange.export_contents import ExportContents
from exchange.tables import parquet_export
from exchange.tables.parquet_export import write_parquet
from tests.exchange.tables.export_files import (
    COLUMN,
    JINA,
    MINILM,
    OTHER_COLUMN,
    labelled,
    small_export,
    written,
)

EXTREME = arrays.arrays(
    np.float32, (6, 4), elements=st.floats(width=32, allow_nan=False, allow_infinity=False)
)


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "items.parquet"
    file.write_bytes(written(write_parquet, small_export()).getvalue())
    return file


def test_columns_have_their_names_and_types():
    schema = pq.read_schema(written(write_parquet, small_export()))
    assert schema.names == [
        *("id", "kind", "file_name", "caption", "label", "label_Kind", "pair"),
        *(COLUMN, OTHER_COLUMN),
    ]
    assert schema.field("caption").type == pa.string()
    assert schema.field("pair").type == pa.list_(pa.string())
    assert schema.field(COLUMN).type == pa.list_(pa.float32(), 4)
    assert json.loads(schema.metadata[b"shared_space"])[COLUMN]["name"] == "Local MiniLM"


@settings(max_examples=30, deadline=None)
@given(EXTREME)
def test_vectors_survive_to_the_last_bit(vectors):
    table = pq.read_table(written(write_parquet, small_export(vectors)))
    read = table[COLUMN].combine_chunks().flatten().to_numpy()
    assert read.tobytes() == vectors.tobytes()


def test_pandas_opens_it(path):
    contents = small_export()
    frame = pd.read_parquet(path)
    vectors = contents.embeddings[MINILM].vectors
    assert np.stack(frame[COLUMN]).tobytes() == vectors.tobytes()
    assert frame["label"].tolist()[:2] == ["warm", "cold"]
    assert list(frame["pair"][3]) == list(frame["id"][:2])


def test_an_item_without_a_vector_has_a_null(path):
    contents = small_export()
    frame = pd.read_parquet(path)
    assert frame[OTHER_COLUMN][0] is None
    of_the_others = contents.embeddings[JINA].of(frame["id"][1:])
    assert np.stack(frame[OTHER_COLUMN][1:]).tobytes() == of_the_others.tobytes()


def test_duckdb_opens_it_without_quotes(path):
    found = duckdb.sql(
        f"select file_name, label, {COLUMN} from '{path}' where kind = 'picture'"
        f" and {OTHER_COLUMN} is not null order by file_name"
    ).fetchall()
    vectors = small_export().embeddings[MINILM].vectors
    assert [row[:2] for row in found] == [("blue.jpg", None), ("green.jpg", "cold")]
    assert np.array(found[1][2], dtype=np.float32).tobytes() == vectors[1].tobytes()


def test_rows_are_written_some_at_a_time(monkeypatch):
    monkeypatch.setattr(parquet_export, "_ROWS_AT_A_TIME", 4)
    file = written(write_parquet, small_export())
    assert pq.ParquetFile(file).num_row_groups == 2
    assert pq.read_table(file).equals(pq.read_table(written(write_parquet, small_export())))


def test_texts_are_not_changed():
    frame = pd.read_parquet(written(write_parquet, labelled("=1+1", "@SUM(A1)", "=2+2")))
    assert frame["=1+1"][0] == "@SUM(A1)"
    assert frame["caption"][0] == "=2+2"


def test_a_collection_without_vectors_has_its_words():
    contents = ExportContents(small_export().collection)
    assert "embedding" not in "".join(pd.read_parquet(written(write_parquet, contents)).columns)


def test_embedding_atlas_opens_it(path):
    # By hand: pip install --no-deps embedding-atlas, and inquirer; as a whole it brings torch.
    utils = pytest.importorskip("embedding_atlas.utils", reason="embedding-atlas brings torch")
    projection = pytest.importorskip("embedding_atlas.projection", reason="it brings torch")
    frame = utils.load_pandas_data(str(path))
    series = projection.nw.from_native(frame[COLUMN], series_only=True)
    assert projection._infer_modality(series) == "vector"
    read = np.stack(projection._to_canonical_vector(series))
    assert read.tobytes() == small_export().embeddings[MINILM].vectors.tobytes()
    assert pq.read_table(io.BytesIO(utils.to_parquet_bytes(frame))).num_rows == 6
