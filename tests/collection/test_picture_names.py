"""Which picture a table means: step by step, each only where it is the only one."""

import pytest

from tests.collection.odd_files import zip_of
from tests.collection.taking_in import CAT, DOG, SEA, counts, named_pairs, take_in_files


def table(*names: str) -> tuple[str, str]:
    rows = "".join(f'"{name}",Words {number}\n' for number, name in enumerate(names))
    return "t.csv", f"file_name,text\n{rows}"


def said(result) -> str:
    return " / ".join(remark.text for remark in result.remarks)


@pytest.mark.parametrize(
    ("here", "named", "how"),
    [
        ("Cat.JPG", "cat.jpg", "whatever the case"),
        ("Screen 3.04\u202fPM.png", "Screen 3.04 PM.png", "blanks or signs"),
        ("Screen 3.04\u00a0PM.png", "Screen  3.04 PM.png", "blanks or signs"),
        ("\uff11.png", "1.png", "blanks or signs"),
        ("my cat.png", "my%20cat.png", "decoding the address"),
        ("cat.png", "https://example.org/a/cat.png?size=2", "decoding the address"),
        ("cat.webp", "cat.jpg", "without the ending"),
        ("0001.png", "0001", "without the ending"),
    ],
)
def test_a_name_that_is_not_as_written_is_found_and_said(here, named, how):
    result = take_in_files((here, CAT), ("dog.png", DOG), table(named))
    assert named_pairs(result.collection) == [(here, "Words 0")]
    (remark,) = result.remarks
    assert how in remark.text
    assert not remark.serious


def test_the_longest_end_of_a_path_that_fits_one_picture_counts():
    pictures = zip_of(("train/cat/1.jpg", CAT), ("train/dog/1.jpg", DOG), ("test/cat/1.jpg", SEA))
    names = [f"/kaggle/input/x/{path}/1.jpg" for path in ("train/cat", "train/dog")]
    result = take_in_files(("set.zip", pictures), table(*names))
    assert [name for name, _ in named_pairs(result.collection)] == [
        "train/cat/1.jpg",
        "train/dog/1.jpg",
    ]
    assert result.remarks == ()


def test_an_end_that_fits_several_pictures_is_never_guessed():
    pictures = zip_of(("train/cat/1.jpg", CAT), ("test/cat/1.jpg", DOG))
    result = take_in_files(("set.zip", pictures), table("D:\\mine\\cat\\1.jpg"))
    assert counts(result) == (2, 0, 0)
    assert "several different pictures" in said(result)


def test_names_of_one_table_never_share_a_picture_by_the_end_of_their_paths():
    result = take_in_files(("1.jpg", CAT), table("train/1.jpg", "val/1.jpg"))
    assert counts(result) == (1, 0, 0)
    assert "one picture here would fit them all" in said(result)


def test_a_whole_name_counts_before_the_end_of_a_path():
    pictures = zip_of(("val/1.jpg", CAT))
    result = take_in_files(("set.zip", pictures), table("train/1.jpg", "val/1.jpg"))
    assert [words for _, words in named_pairs(result.collection)] == ["Words 1"]
    assert "not here: train/1.jpg" in said(result)


def test_a_name_that_is_missing_beside_its_table_is_not_taken_from_another_folder():
    rows = b"file_name,text\n1.png,One\n2.png,Two\n"
    data = zip_of(("train/metadata.csv", rows), ("train/1.png", CAT), ("test/2.png", DOG))
    result = take_in_files(("set.zip", data))
    assert [words for _, words in named_pairs(result.collection)] == ["One"]
    assert "not here: 2.png" in said(result)


def test_stems_of_two_pictures_are_never_guessed():
    result = take_in_files(("a.png", CAT), ("a.webp", DOG), table("a.jpg"))
    assert counts(result) == (2, 0, 0)
    assert "several different pictures" in said(result)


def test_addresses_that_are_not_here_are_not_fetched_and_that_is_said():
    result = take_in_files(("a.png", CAT), table("https://example.org/b.png"))
    assert "not fetched from the web" in said(result)


def test_pictures_of_one_name_are_told_apart_by_their_folders_and_found_again():
    data = zip_of(("cat/1.jpg", CAT), ("dog/1.jpg", DOG), ("2.jpg", SEA))
    before = take_in_files(("set.zip", data)).collection
    assert [p.name for p in before.pictures] == ["cat/1.jpg", "dog/1.jpg", "2.jpg"]
    later = take_in_files(table("dog/1.jpg", "x/2.jpg"), into=before)
    assert [name for name, _ in named_pairs(later.collection)] == ["dog/1.jpg", "2.jpg"]
