"""Vectors from elsewhere: whose they are, what is refused and how, and that no bit is lost."""

import io
import zipfile

import numpy as np
import pyarrow as pa
import pytest

from collection.collection import Collection
from collection.errors import SharedSpaceError
from collection.items import text_item
from exchange.brought.held_vectors import HeldVectors, held_vectors
from exchange.brought.reader import scaled
from exchange.errors import VectorFileError
from exchange.tables.csv_table import safe_cell
from tests.exchange.brought.vector_files import (
    A_CAT,
    A_DOG,
    CAR,
    CAT,
    DIMENSION,
    DOG,
    ITEMS,
    PICTURES,
    SUM,
    Upload,
    as_json,
    brought,
    csv_file,
    lists,
    npz,
    only,
    parquet,
    picture,
    rows_of,
    words_of,
)

VECTORS = rows_of(6)
NAMES = np.array([picture.name for picture in PICTURES])
NUMBERED = [f"dim_{n}" for n in range(DIMENSION)]


def test_vectors_in_an_npz_are_those_of_the_pictures_with_these_names_to_the_last_bit():
    found = only(brought(npz(vectors=VECTORS[:3], file_names=NAMES[::-1])))
    assert found.setup.model == "photos"
    assert found.setup.dimension == DIMENSION
    np.testing.assert_array_equal(found.of([CAR.id, DOG.id, CAT.id]), VECTORS[:3])


@pytest.mark.parametrize("name", ["ids", "names", "filenames", "paths", "Image Path", "images"])
def test_names_are_found_under_each_of_their_usual_words(name):
    found = only(brought(npz(**{"x": VECTORS[:3], name: NAMES})))
    np.testing.assert_array_equal(found.of([p.id for p in PICTURES]), VECTORS[:3])


def test_names_in_bytes_are_read_as_utf_8():
    names = np.array([b"cat.jpg", b"dog.jpg"])
    assert set(only(brought(npz(x=VECTORS[:2], names=names))).ids) == {CAT.id, DOG.id}


def test_ids_of_items_here_decide_before_any_name():
    ids = np.array([item.id for item in ITEMS])
    wrong = np.array(["dog.jpg"] * 6)
    found = only(brought(npz(x=VECTORS, ids=ids, file_names=wrong)))
    np.testing.assert_array_equal(found.of([item.id for item in ITEMS]), VECTORS)


def test_captions_are_found_by_their_words_however_they_are_spaced():
    captions = np.array(["  a cute\tcat ", "a dog, asleep"])
    found = only(brought(npz(x=VECTORS[:2], captions=captions)))
    np.testing.assert_array_equal(found.of([A_CAT.id, A_DOG.id]), VECTORS[:2])


def test_captions_are_found_where_a_spreadsheet_changed_their_quotes_and_dashes():
    collection = Collection().adding([text_item("It's a “dog” - asleep..."), text_item('a "b"')])
    captions = np.array(['It\u2019s a "dog" \u2013 asleep…', "a „b“"])
    found = only(brought(npz(x=VECTORS[:2], captions=captions), collection=collection))
    np.testing.assert_array_equal(found.of(collection.items), VECTORS[:2])


def test_a_caption_that_is_there_with_both_quotes_is_found_by_its_own_and_else_left_out():
    straight, curly = text_item('a "b"'), text_item("a “b”")
    collection = Collection().adding([straight, curly])
    captions = np.array(["a “b”", "a „b“"])
    found = brought(npz(x=VECTORS[:2], captions=captions), collection=collection)
    assert only(found).ids == (curly.id,)
    assert any("several items fit" in words for words in words_of(found))


def test_names_in_a_column_of_one_are_read():
    found = only(brought(npz(x=VECTORS[:3], file_names=NAMES[:, np.newaxis])))
    assert set(found.ids) == {p.id for p in PICTURES}


def test_of_unknown_columns_one_that_tells_rows_apart_names_them():
    splits, index = ["train", "train", "test"], ["0", "1", "2"]
    columns = {"split": splits, "n": index, "pics": [p.name for p in PICTURES]}
    vectors = [as_json(vector) for vector in VECTORS[:3]]
    rows = zip(*columns.values(), vectors, strict=True)
    for data, name in (
        (npz(x=VECTORS[:3], **{n: np.array(w) for n, w in columns.items()}), "a.npz"),
        (csv_file([*columns, "v"], *rows), "a.csv"),
        (parquet({**columns, "v": lists(VECTORS[:3])}), "a.parquet"),
    ):
        found = only(brought(data, name))
        np.testing.assert_array_equal(found.of([p.id for p in PICTURES]), VECTORS[:3])


def test_names_of_one_array_may_be_of_pictures_and_of_captions():
    names = np.array(["cat.jpg", "a cute cat"])
    found = only(brought(npz(x=VECTORS[:2], names=names)))
    np.testing.assert_array_equal(found.of([CAT.id, A_CAT.id]), VECTORS[:2])


def test_names_with_folders_and_without_endings_find_their_pictures():
    names = np.array(["data/train/cat.jpg", "dog"])
    assert set(only(brought(npz(x=VECTORS[:2], names=names))).ids) == {CAT.id, DOG.id}


def test_a_row_with_a_file_name_is_a_picture_unless_its_kind_says_otherwise():
    names, captions = np.array(["cat.jpg"] * 2), np.array(["a cute cat"] * 2)
    kinds = np.array(["caption", "picture"])
    both = only(
        brought(npz(v=VECTORS[:2], **{"kinds": kinds}, file_names=names, captions=captions))
    )
    np.testing.assert_array_equal(both.of([A_CAT.id, CAT.id]), VECTORS[:2])
    one = only(brought(npz(v=VECTORS[[0, 0]], file_names=names, captions=captions)))
    assert one.ids == (CAT.id,)


def test_vectors_of_pictures_beside_vectors_of_captions_are_one_setup():
    rows = [
        ["cat.jpg", "a cute cat", as_json(VECTORS[0]), as_json(VECTORS[2])],
        ["dog.jpg", "a dog, asleep", as_json(VECTORS[1]), as_json(VECTORS[3])],
    ]
    header = ["file_name", "caption", "image_embedding", "text_embedding"]
    found = only(brought(csv_file(header, *rows), "clip.csv"))
    assert found.setup.model == "clip"
    np.testing.assert_array_equal(found.of([i.id for i in (CAT, DOG, A_CAT, A_DOG)]), VECTORS[:4])


def test_arrays_of_pictures_and_of_captions_may_have_other_counts():
    data = npz(
        image_features=VECTORS[:3],
        text_features=VECTORS[3:5],
        file_names=NAMES,
        captions=np.array([A_CAT.text, A_DOG.text]),
    )
    found = only(brought(data))
    np.testing.assert_array_equal(found.of([i.id for i in (*PICTURES, A_CAT, A_DOG)]), VECTORS[:5])


def test_several_columns_give_several_setups_named_by_file_and_column():
    data = npz(small=VECTORS[:3, :4], large=VECTORS[:3], names=NAMES)
    assert [e.setup.model for e in brought(data).embeddings] == ["photos · small", "photos · large"]
    named = brought(data, given="Mine").embeddings
    assert [e.setup.model for e in named] == ["Mine · small", "Mine · large"]


def test_what_our_own_files_call_their_vectors_is_their_name():
    note = {"embedding_a": {"name": "Local MiniLM"}, "embedding_b": {"name": "Brought: mine"}}
    columns = {"id": [CAT.id], "embedding_a": lists(VECTORS[:1]), "embedding_b": lists(VECTORS[:1])}
    found = brought(parquet(columns, note), "space.parquet").embeddings
    assert [e.setup.model for e in found] == ["Local MiniLM", "mine"]


def test_an_array_of_our_own_has_ids_of_its_own():
    data = npz(
        ids=np.array([item.id for item in ITEMS]),
        **{"kinds": np.array(["picture"] * 3 + ["caption"] * 3)},
        pairs=np.array([[3, 0]]),
        embedding_a=VECTORS[:2],
        embedding_a_ids=np.array([SUM.id, CAR.id]),
        shared_space=np.array('{"embedding_a": {"name": "Nomic"}}'),
    )
    found = only(brought(data))
    assert found.setup.model == "Nomic"
    np.testing.assert_array_equal(found.of([SUM.id, CAR.id]), VECTORS[:2])


def test_an_array_of_our_own_finds_names_where_the_ids_are_of_another_collection():
    data = npz(
        ids=np.array(["1", "2", "3"]),
        **{"kinds": np.array(["picture", "caption", "picture"])},
        file_names=np.array(["cat.jpg", "cat.jpg", "dog.jpg"]),
        captions=np.array(["a cute cat", "a cute cat", ""]),
        embedding_a=VECTORS[:2],
        embedding_a_ids=np.array(["3", "2"]),
    )
    np.testing.assert_array_equal(only(brought(data)).of([DOG.id, A_CAT.id]), VECTORS[:2])


def test_lists_of_floats_in_a_parquet_file_are_vectors_and_null_is_none():
    rows = [VECTORS[0].tolist(), None, VECTORS[2].tolist()]
    kinds = [pa.float16(), pa.float32(), pa.float64()]
    types = [pa.list_(kind, size) for kind in kinds for size in (-1, DIMENSION)]
    types += [pa.large_list(kind) for kind in kinds]
    columns = {f"v{n}": pa.array(rows, pa.list_(pa.float64())).cast(t) for n, t in enumerate(types)}
    data = parquet({"file_name": ["cat.jpg", "dog.jpg", "car.jpg"], **columns})
    all_found = brought(data, "p.parquet").embeddings
    assert len(all_found) == len(types)
    for found, kind in zip(all_found, types, strict=True):
        assert found.ids == (CAT.id, CAR.id)
        np.testing.assert_allclose(found.vectors, VECTORS[[0, 2]], atol=2e-3)
        if kind.value_type != pa.float16():
            np.testing.assert_array_equal(found.vectors, VECTORS[[0, 2]])


def test_a_tensor_of_a_fixed_shape_in_a_parquet_file_is_a_column_of_vectors():
    tensor = pa.FixedShapeTensorArray.from_numpy_ndarray(VECTORS[:3])
    data = parquet({"file_name": [p.name for p in PICTURES], "v": tensor})
    np.testing.assert_array_equal(
        only(brought(data, "a.parquet")).of([p.id for p in PICTURES]), VECTORS[:3]
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_lists_in_cells_of_a_csv_file_are_vectors_to_the_last_bit(separator):
    rows = [[p.name, as_json(v)] for p, v in zip(PICTURES, VECTORS, strict=False)]
    data = csv_file(["file_name", "vector"], *rows, ["other.jpg", ""], separator=separator)
    found = only(brought(data, "t.csv"))
    np.testing.assert_array_equal(found.of([p.id for p in PICTURES]), VECTORS[:3])


def test_lists_as_numpy_shows_them_are_vectors_too():
    row = " ".join(f"{number:.9g}" for number in VECTORS[0].tolist())
    found = only(brought(csv_file(["name", "vector"], ["cat.jpg", f"[ {row}]"]), "t.csv"))
    np.testing.assert_array_equal(found.vectors, VECTORS[:1])


SHOWN = {
    "a tuple": str(tuple(VECTORS[0].tolist())),
    "a list of NumPy's numbers": str(list(VECTORS[0])),
    "an array": repr(VECTORS[0].astype(float)).replace("\n", ""),
    "a tensor": f"tensor({VECTORS[0].tolist()}, device='cuda:0', dtype=torch.float16)",
    "a row of one": str([VECTORS[0].tolist()]),
    "braces": "{" + ",".join(map(str, VECTORS[0].tolist())) + "}",
    "lines": str(VECTORS[0].astype(float)).replace(" ", "\n ", 2),
}


@pytest.mark.parametrize("cell", SHOWN.values(), ids=SHOWN)
def test_a_vector_as_python_numpy_or_pytorch_shows_it_is_read(cell):
    found = only(brought(csv_file(["name", "vector"], ["cat.jpg", cell]), "t.csv"))
    np.testing.assert_allclose(found.vectors, VECTORS[:1], atol=1e-6)


def test_words_between_brackets_are_no_vectors():
    for words in ("(3 dogs...)", "(2024)", "[1, two, 3]", "{a}", "array of dogs"):
        data = csv_file(["name", "about"], ["cat.jpg", words])
        assert held_vectors(Upload("t.csv", data)) == HeldVectors.NONE


def test_decimal_commas_are_read_where_something_else_parts_the_cells():
    rows = [[p.name, *(repr(float(n)).replace(".", ",") for n in VECTORS[0])] for p in PICTURES]
    found = only(brought(csv_file(["name", *NUMBERED], *rows, separator=";"), "t.csv"))
    np.testing.assert_array_equal(found.vectors[0], VECTORS[0])


def test_a_line_that_names_the_separator_is_no_row():
    data = b"sep=;\r\n" + csv_file(["name", "v"], ["cat.jpg", as_json(VECTORS[0])], separator=";")
    assert only(brought(data, "t.csv")).ids == (CAT.id,)


def test_a_name_of_a_column_may_have_two_lines():
    data = csv_file(["file_name", "made\nwhen", "v"], ["cat.jpg", "", as_json(VECTORS[0])])
    assert only(brought(data, "t.csv")).ids == (CAT.id,)


@pytest.mark.parametrize(
    "header",
    [NUMBERED, [str(n) for n in range(DIMENSION)], [f"e{n + 1}" for n in range(DIMENSION)]],
)
def test_a_number_in_each_column_is_a_vector(header):
    rows = [[p.name, *map(repr, map(float, v))] for p, v in zip(PICTURES, VECTORS, strict=False)]
    found = only(brought(csv_file(["name", *header], *rows), "t.csv"))
    np.testing.assert_array_equal(found.of([p.id for p in PICTURES]), VECTORS[:3])


def test_a_cell_longer_than_pythons_own_bound_is_read():
    row = rows_of(1, dimension=8000).astype(np.float64)[0]
    cell = "[" + ",".join(f"{number:.17e}" for number in row) + "]"
    assert len(cell) > 131_072
    found = only(brought(csv_file(["name", "vector"], ["cat.jpg", cell]), "t.csv"))
    assert found.setup.dimension == 8000


def test_a_quote_that_keeps_a_spreadsheet_from_running_a_caption_is_taken_off():
    assert safe_cell(SUM.text) == f"'{SUM.text}"
    data = csv_file(["caption", "vector"], [safe_cell(SUM.text), as_json(VECTORS[0])])
    assert only(brought(data, "t.csv")).ids == (SUM.id,)


def test_rows_that_are_nothing_here_are_left_out_and_named():
    found = brought(npz(x=VECTORS[:3], names=np.array(["cat.jpg", "cow.jpg", "pig.jpg"])))
    assert only(found).ids == (CAT.id,)
    (said,) = words_of(found)
    assert "2 rows were left out" in said
    assert "“cow.jpg” and “pig.jpg”" in said


def test_a_name_that_fits_several_items_is_left_out_and_named_never_guessed():
    twins = [picture("twin.jpg"), picture("./twin.jpg"), *ITEMS]
    found = brought(
        npz(x=VECTORS[:2], names=np.array(["twin.jpg", "cat.jpg"])),
        collection=Collection().adding(twins),
    )
    assert only(found).ids == (CAT.id,)
    assert any("several items fit: “twin.jpg”" in words for words in words_of(found))


def test_two_equal_rows_of_an_item_are_one():
    data = npz(x=VECTORS[[0, 0]], names=np.array(["cat.jpg", "cat.jpg"]))
    np.testing.assert_array_equal(only(brought(data)).vectors, VECTORS[:1])


def test_the_order_of_a_file_does_not_change_the_setup():
    one = only(brought(npz(x=VECTORS[:3], names=NAMES)))
    other = only(brought(npz(x=VECTORS[2::-1], names=NAMES[::-1])))
    assert one.setup == other.setup
    assert only(brought(npz(x=VECTORS[3:6], names=NAMES))).setup != one.setup


def test_rows_that_are_not_of_length_1_are_scaled_and_that_is_said():
    lengths = np.array([[3.0], [1e-30], [1e30]])
    found = brought(npz(x=VECTORS[:3] * lengths, names=NAMES))
    np.testing.assert_allclose(only(found).vectors, VECTORS[:3], atol=1e-7)
    assert words_of(found) == ["photos.npz: rows were scaled to length 1."]


def test_rows_of_length_1_are_not_said_to_be_scaled():
    assert words_of(brought(npz(x=VECTORS[:3], names=NAMES))) == []


def test_whole_numbers_are_vectors_where_there_are_no_others():
    data = npz(x=np.array([[3, 4], [0, 5], [1, 0]], np.int8), names=NAMES)
    np.testing.assert_allclose(only(brought(data)).vectors[0], [0.6, 0.8], atol=1e-7)


def test_numbers_whose_squares_are_infinite_are_scaled_all_the_same():
    vectors, changed = scaled(np.array([[1e300, 1e300], [1e-300, 0.0]]))
    np.testing.assert_allclose(vectors, [[0.70710678, 0.70710678], [1.0, 0.0]], atol=1e-7)
    assert changed


BAD = rows_of(3)
OBJECTS = np.array([{"a": 1}, None, 3], dtype=object)


def changed_row(value):
    rows = VECTORS[:3].copy()
    rows[1] = value
    return rows


REFUSED = {
    "no vectors": (npz(names=NAMES), "holds no vectors"),
    "no names": (npz(x=VECTORS[:3]), "does not say of what"),
    "another count": (npz(x=VECTORS[:4], names=NAMES), "4 vectors in “x” and 3 names in “names”"),
    "dimension 0": (npz(x=np.zeros((3, 0)), names=NAMES), "dimension 0"),
    "dimension 1": (npz(x=np.ones((3, 1)), names=NAMES), "dimension 1"),
    "dimension 8193": (npz(x=np.ones((3, 8193), np.float16), names=NAMES), "dimension 8,193"),
    "NaN": (npz(x=changed_row(np.nan), names=NAMES), "NaN or infinity in “x”, row 2 (“dog.jpg”)"),
    "infinity": (npz(x=changed_row(-np.inf), names=NAMES), "row 2"),
    "zero": (npz(x=changed_row(0), names=NAMES), "nothing but zeros in “x”, row 2"),
    "no rows": (npz(x=np.zeros((0, 4)), names=np.array([], "U3")), "holds no vectors"),
    "pickled vectors": (npz(x=OBJECTS, names=NAMES), "pickle"),
    "pickled names": (npz(x=VECTORS[:3], names=OBJECTS), "pickle"),
    "pickled names of known use": (
        npz(x=VECTORS[:3], file_names=NAMES.astype(object), split=np.array(["a", "a", "b"])),
        "(pickle) in “file_names”",
    ),
    "three axes": (npz(x=VECTORS[:3, np.newaxis], names=NAMES), "“x” of 3 × 1 × 8 numbers"),
    "one axis": (npz(x=VECTORS[0], names=NAMES[:1]), "“x” of 8 numbers"),
    "records": (npz(x=np.zeros(3, [("name", "U9"), ("v", "f4", 8)])), "holds records in “x”"),
    "nothing fits": (
        npz(x=VECTORS[:2], names=np.array(["cow.jpg", "pig.jpg"])),
        "vectors of “cow.jpg” and “pig.jpg”; here are “cat.jpg”, “a cute cat” and 4 more",
    ),
    "two vectors": (
        npz(x=VECTORS[:2], names=np.array(["cat.jpg", "cat.jpg"])),
        "two different vectors for “cat.jpg”, in rows 1 and 2",
    ),
    "no zip": (b"PK\x03\x04 and nothing else", "damaged or no NPZ"),
    "npy": (b"\x93NUMPY\x01\x00", "vectors and no names"),
    "no parquet": (b"PAR1 and nothing else", "no Parquet file"),
    "parquet, a number a column": (
        parquet({"name": ["cat.jpg"], **{n: [0.5] for n in NUMBERED}}),
        "one column of lists of floats, not as a column for each number",
    ),
    "csv without": (b"name,caption\ncat.jpg,a cat\n", "holds no vectors"),
    "csv, blank": (csv_file(["name", "v"], ["cat.jpg", ""]), "holds no vectors"),
    "csv, empty": (b"", "holds no vectors"),
    "csv, words": (
        csv_file(["name", "v"], ["cat.jpg", "[1,2]"], ["dog.jpg", "[1,x]"]),
        "something else than numbers in “v”, row 2",
    ),
    "csv, nested": (
        csv_file(["name", "v"], ["cat.jpg", "[1,2]"], ["dog.jpg", "[" * 100_000]),
        "row 2",
    ),
    "csv, lengths": (
        csv_file(["name", "v"], ["cat.jpg", "[1,2]"], ["dog.jpg", "[1,2,3]"]),
        "2 numbers before, 3 in row 2",
    ),
    "csv, short row": (
        csv_file(["name", "e0", "e1"], ["cat.jpg", "1", "2"], ["dog.jpg", "1"]),
        "row 2",
    ),
    "parquet without": (parquet({"file_name": ["cat.jpg"]}), "holds no vectors"),
    "parquet, lengths": (
        parquet({"name": ["a", "b"], "v": lists([VECTORS[0], VECTORS[1][:3]])}),
        "8 numbers before, 3 in row 2",
    ),
    "parquet, nulls": (
        parquet({"name": ["cat.jpg"], "v": pa.array([[1.0, None]])}),
        "NaN or infinity in “v”, row 1",
    ),
    "parquet, many": (
        parquet({"name": ["a"], **{f"v{n}": lists(VECTORS[:1]) for n in range(13)}}),
        "13 columns of vectors",
    ),
    "csv, shortened": (
        csv_file(["name", "v"], ["cat.jpg", str(rows_of(1, dimension=1536)[0])]),
        "vectors that NumPy shortened to their first and last numbers (“...”) in “v”, row 1",
    ),
    "csv, shortened further down": (
        csv_file(["name", "v"], ["cat.jpg", "[1 2]"], ["dog.jpg", "[1 ... 2]"]),
        "shortened to their first and last numbers (“...”) in “v”, row 2",
    ),
    "csv without names of columns": (
        csv_file(["cat.jpg", as_json(VECTORS[0])], ["dog.jpg", as_json(VECTORS[1])]),
        "has a vector in its first line",
    ),
    "csv of numbers without names of columns": (
        csv_file(["cat.jpg", *VECTORS[0]], ["dog.jpg", *VECTORS[1]]),
        "has a vector in its first line",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_vector_is_refused_in_a_plain_line(data, words):
    with pytest.raises(SharedSpaceError) as refused:
        brought(data)
    said = str(refused.value)
    assert words in said
    assert said.startswith("photos.npz ")
    assert "\n" not in said
    assert len(said) < 320


def test_an_empty_collection_is_told_what_to_bring_first():
    with pytest.raises(VectorFileError, match="Bring pictures and captions first"):
        brought(npz(x=VECTORS[:3], names=NAMES), collection=Collection())


def test_an_array_that_claims_more_than_it_has_takes_no_memory():
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "<f4", "fortran_order": False, "shape": (100_000, 8000)}
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x.npy", header.getvalue())
        archive.writestr("names.npy", npy_of(NAMES))
    with pytest.raises(VectorFileError, match="unpacks to more than 300 MB"):
        brought(file.getvalue())


def npy_of(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def test_a_file_of_columns_in_the_order_of_fortran_is_read_right():
    data = npz(x=np.asfortranarray(VECTORS[:3]), names=NAMES)
    np.testing.assert_array_equal(only(brought(data)).of([p.id for p in PICTURES]), VECTORS[:3])


def test_objects_that_nobody_needs_are_left_unread():
    data = npz(x=VECTORS[:3], names=NAMES, notes=OBJECTS)
    assert len(only(brought(data))) == 3


def damaged(data):
    """Yield a file cut short at many places, and with bytes changed at many places."""
    generator = np.random.default_rng(0)
    for end in np.linspace(0, len(data) - 1, 40).astype(int):
        yield data[:end]
    for _ in range(150):
        changed = bytearray(data)
        for at in generator.integers(0, len(data), 1 + generator.integers(4)):
            changed[at] = generator.integers(256)
        yield bytes(changed)


@pytest.mark.parametrize(
    "data",
    [
        npz(x=VECTORS[:3], names=NAMES, shared_space=np.array('{"x": {"name": "A"}}')),
        csv_file(["name", "v"], *[[p.name, as_json(VECTORS[0])] for p in PICTURES]),
        csv_file(["name", *NUMBERED], *[[p.name, *VECTORS[0].tolist()] for p in PICTURES]),
    ],
    ids=["npz", "csv of lists", "csv of numbers"],
)
def test_damaged_files_raise_nothing_but_an_error_of_ours(data):
    refused, read = [], []
    for file in damaged(data):
        try:
            read += brought(file).embeddings
        except SharedSpaceError as error:
            refused.append(str(error))
    assert refused
    assert read
    assert not any("\n" in words for words in refused)
    for embeddings in read:
        lengths = np.linalg.norm(embeddings.vectors.astype(float), axis=1)
        np.testing.assert_allclose(lengths, 1, atol=2e-5)


def test_a_parquet_file_whose_footer_lies_is_refused():
    data = bytearray(parquet({"name": ["cat.jpg"] * 50, "v": lists([VECTORS[0]] * 50)}))
    middle = len(data) // 2
    data[middle - 40 : middle] = bytes(40)
    for file in (bytes(data), bytes(data[: len(data) // 2]) + bytes(data[-8:])):
        with pytest.raises(SharedSpaceError) as refused:
            brought(file, "p.parquet")
        assert "\n" not in str(refused.value)


def test_files_of_vectors_alone_are_told_from_those_that_bring_captions():
    v, many = lists(VECTORS[:1]), [f"x{n}" for n in range(16)]
    alone = {
        "a.npz": b"",
        "a.parquet": parquet({"file_name": ["cat.jpg"], "v": v}),
        "a.csv": csv_file(["file_name", "v"], ["cat.jpg", "[1,2]"]),
        "b.csv": csv_file(["id", *many], ["cat.jpg", *["0.5"] * 16]),
    }
    others = {
        "c.parquet": parquet({"file_name": ["cat.jpg"], "caption": ["a cat"], "v": v}),
        "d.parquet": parquet({"file_name": ["cat.jpg"], "label": ["cat"], "v": v}),
        "e.parquet": b"PAR1",
        "c.csv": csv_file(["file_name", "caption", "v"], ["cat.jpg", "a cat", "[1,2]"]),
        "d.csv": csv_file(["file_name", "x1", "x2"], ["cat.jpg", "3", "4"]),
        "e.csv": csv_file(["file_name", "caption"], ["cat.jpg", "[a cat]"]),
        "a.jpg": b"",
    }
    assert {held_vectors(Upload(*file)) for file in alone.items()} == {HeldVectors.ALONE}
    held = {name: held_vectors(Upload(name, data)) for name, data in others.items()}
    assert HeldVectors.ALONE not in held.values()


def test_a_name_is_shown_without_signs_of_markup():
    found = only(brought(npz(x=VECTORS[:3], names=NAMES), given="<b>*Mine*</b> $x$ :smile:"))
    assert not set(found.setup.model) & set("<>&*$:`[]")
    assert len(only(brought(npz(x=VECTORS[:3], names=NAMES), given="long " * 40)).setup.model) <= 60
