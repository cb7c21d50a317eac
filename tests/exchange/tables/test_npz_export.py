import json
import zipfile

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from collection.collection import Collection
from collection.items import text_item
from exchange.export_contents import ExportContents
from exchange.tables.npz_export import MOST_LETTERS, write_npz
from tests.exchange.tables.export_files import (
    COLUMN,
    JINA,
    OTHER_COLUMN,
    labelled,
    small_export,
    written,
)

EXTREME = arrays.arrays(
    np.float32, (6, 4), elements=st.floats(width=32, allow_nan=False, allow_infinity=False)
)


def arrays_of(contents):
    with np.load(written(write_npz, contents), allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


def test_numpy_opens_it_without_pickle():
    contents = small_export()
    found = arrays_of(contents)
    assert list(found) == [
        *("ids", "kinds", "file_names", "captions", "label_label", "label_Kind", "pairs"),
        *(COLUMN, f"{COLUMN}_ids", OTHER_COLUMN, f"{OTHER_COLUMN}_ids", "shared_space"),
    ]
    assert found["ids"].tolist() == list(contents.collection.items)
    assert found["file_names"].tolist()[4:] == ["green.jpg", ""]
    assert found["label_label"].tolist() == ["warm", "cold", "", "", "cold", ""]
    assert json.loads(str(found["shared_space"]))[COLUMN]["dimension"] == 4


def test_pairs_are_rows_of_a_caption_and_its_picture():
    found = arrays_of(small_export())
    assert found["pairs"].tolist() == [[3, 0], [3, 1], [4, 1]]
    assert arrays_of(ExportContents(Collection().adding([text_item("x")])))["pairs"].shape == (0, 2)


@settings(max_examples=30, deadline=None)
@given(EXTREME)
def test_vectors_survive_to_the_last_bit(vectors):
    assert arrays_of(small_export(vectors))[COLUMN].tobytes() == vectors.tobytes()


def test_items_without_a_vector_are_left_out():
    contents = small_export()
    found = arrays_of(contents)
    assert found[OTHER_COLUMN].shape == (5, 3)
    assert tuple(found[f"{OTHER_COLUMN}_ids"]) == contents.embeddings[JINA].ids


def test_long_captions_are_cut_so_that_no_array_grows_with_the_longest():
    contents = ExportContents(Collection().adding([text_item("a" * 20_000), text_item("b")]))
    assert arrays_of(contents)["captions"].dtype.itemsize == 4 * MOST_LETTERS


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_labels_of_any_name_have_an_array_whose_name_is_safe_in_a_zip(name):
    file = written(write_npz, labelled(name, "x"))
    with zipfile.ZipFile(file) as archive:
        (entry,) = (n for n in archive.namelist() if n.startswith("label_"))
    assert not set(entry) & set("/\\:\0. \n") - {"."}
    assert entry.count(".") == 1
    assert arrays_of(labelled(name, "x"))[entry.removesuffix(".npy")].tolist() == ["x", "x"]


def test_labels_whose_names_differ_in_signs_alone_have_arrays_of_their_own():
    contents = labelled("a/b", "first")
    (picture,) = contents.collection.pictures
    both = contents.collection.adding((), (), {picture.id: {"a:b": "second"}})
    found = arrays_of(ExportContents(both))
    assert found["label_a_b"][0] == "first"
    assert found["label_label_a_b"][0] == "second"
