import io
import json
import re
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from exchange.export_contents import ExportContents
from exchange.tables import sprite
from exchange.tables.csv_table import safe_cell
from exchange.tables.projector_export import write_projector_zip
from exchange.tables.sprite import sprite_png
from tests.exchange.tables.export_files import (
    COLUMN,
    JINA,
    MINILM,
    OTHER_COLUMN,
    PICTURES,
    labelled,
    small_export,
    written,
)


def parts_of(contents):
    with zipfile.ZipFile(written(write_projector_zip, contents)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(part):
    return [line.split("\t") for line in part.decode().removesuffix("\n").split("\n")]


def test_each_setup_has_vectors_and_metadata_of_the_items_with_a_vector():
    contents = small_export()
    parts = parts_of(contents)
    vectors = np.array(rows_of(parts[f"{COLUMN}/vectors.tsv"]), dtype=np.float64)
    assert vectors.astype(np.float32).tobytes() == contents.embeddings[MINILM].vectors.tobytes()
    head, *rows = rows_of(parts[f"{OTHER_COLUMN}/metadata.tsv"])
    assert head == ["name", "kind", "file_name", "caption", "label", "label_Kind", "id", "pair"]
    assert tuple(row[6] for row in rows) == contents.embeddings[JINA].ids
    assert len(rows) == len(rows_of(parts[f"{OTHER_COLUMN}/vectors.tsv"]))


def test_the_configuration_names_files_that_are_there():
    parts = parts_of(small_export())
    found = json.loads(parts["projector_config.json"])["embeddings"]
    assert [one["tensorName"] for one in found] == [COLUMN, OTHER_COLUMN]
    assert found[0]["tensorShape"] == [6, 4]
    text = parts["projector_config.pbtxt"].decode()
    for one in found:
        paths = [one["tensorPath"], one["metadataPath"], one["sprite"]["imagePath"]]
        assert set(paths) < parts.keys()
        assert all(f'_path: "{path}"\n' in text for path in paths)


def test_the_text_form_names_only_fields_of_the_format():
    text = parts_of(small_export())["projector_config.pbtxt"].decode()
    fields = set(re.findall(r"^ *(\w+)", text, re.MULTILINE))
    assert fields == {
        *("embeddings", "tensor_name", "tensor_path", "tensor_shape", "metadata_path"),
        *("sprite", "image_path", "single_image_dim"),
    }


def test_setups_with_the_same_items_share_a_sprite():
    contents = small_export()
    embeddings = dict(contents.embeddings)
    shared = {s: e.restricted_to(embeddings[JINA].ids) for s, e in embeddings.items()}
    assert sum("sprite" in name for name in parts_of(contents)) == 2
    same = ExportContents(contents.collection, shared)
    assert sum("sprite" in name for name in parts_of(same)) == 1


def with_vectors(contents):
    return ExportContents(contents.collection, {MINILM: small_export().embeddings[MINILM]})


CELLS = st.text(st.sampled_from(list("=+-@\t\r\n ab\u2028")), min_size=1, max_size=8)


@settings(max_examples=30, deadline=None)
@given(CELLS, CELLS)
def test_no_cell_breaks_a_line_or_is_run_as_a_formula(name, value):
    contents = labelled(name, value)
    (text,), (picture,) = contents.collection.texts, contents.collection.pictures
    embeddings = small_export().embeddings[MINILM].restricted_to([picture.id, text.id])
    metadata = parts_of(ExportContents(contents.collection, {MINILM: embeddings}))
    rows = rows_of(metadata[f"{COLUMN}/metadata.tsv"])
    assert [len(row) for row in rows] == [7] * 3
    assert all(safe_cell(cell) == cell for row in rows for cell in row)


def test_names_that_mean_something_to_the_projector_are_no_labels():
    contents = labelled("__next__", "7")
    embeddings = small_export().embeddings[MINILM].restricted_to([PICTURES[0].id])
    parts = parts_of(ExportContents(contents.collection, {MINILM: embeddings}))
    assert "label___next__" in rows_of(parts[f"{COLUMN}/metadata.tsv"])[0]


def test_a_sprite_is_a_square_of_tiles_in_rows():
    data, side = sprite_png([*PICTURES, *PICTURES[:2]], [""] * 5)
    picture = Image.open(io.BytesIO(data))
    assert side == 64
    assert picture.size == (3 * 64, 3 * 64)
    red, _, blue = (picture.getpixel((64 * column + 32, 32)) for column in range(3))
    assert red[0] > 200 > 100 > red[2]
    assert blue[2] > 200 > 100 > blue[0]
    assert picture.getpixel((32, 64 + 32)) == red
    assert picture.getpixel((2 * 64 + 32, 2 * 64 + 32)) == (255, 255, 255)


def test_a_sprite_is_no_larger_than_the_projector_takes(monkeypatch):
    monkeypatch.setattr(sprite, "MOST_PIXELS", 100)
    data, side = sprite_png([*PICTURES, *PICTURES[:2]], [""] * 5)
    assert side == 33
    assert Image.open(io.BytesIO(data)).size == (99, 99)


@pytest.mark.parametrize("words", ["a cat", "Größe", "日本語", "x" * 500])
def test_a_caption_has_a_tile_whatever_its_words(words):
    (text,) = labelled("a", "b", words).collection.texts
    data, _ = sprite_png([text], [words])
    colours = Image.open(io.BytesIO(data)).getcolors()
    drawn = len(colours) > 2
    assert drawn is (words != "日本語")
