import pytest

from collection.collection import Pair
from collection.items import text_item
from tests.collection.odd_files import zip_of
from tests.collection.taking_in import CAT, DOG, counts, named_pairs, only_remark, take_in_files


@pytest.mark.parametrize("table_first", [True, False])
def test_a_table_is_paired_with_pictures_of_the_same_go_wherever_it_stands(table_first):
    table = ("captions.csv", "file_name,text\ncat.png,A cat\ndog.png,A dog\ncat.png,A pet\n")
    pictures = [("cat.png", CAT), ("dog.png", DOG)]
    result = take_in_files(*([table, *pictures] if table_first else [*pictures, table]))
    assert named_pairs(result.collection) == [
        ("cat.png", "A cat"),
        ("dog.png", "A dog"),
        ("cat.png", "A pet"),
    ]
    assert counts(result) == (2, 3, 3)
    assert result.remarks == ()


def test_a_caption_that_several_pictures_share_is_one_text_in_several_pairs():
    table = ("a.csv", "file_name,text\ncat.png,A pet\ndog.png, A  pet\n")
    result = take_in_files(("cat.png", CAT), ("dog.png", DOG), table)
    assert counts(result) == (2, 1, 2)


def test_a_table_is_paired_with_pictures_that_were_there_before():
    before = take_in_files(("cat.png", CAT)).collection
    result = take_in_files(("a.csv", "file_name,text\ncat.png,A cat\n"), into=before)
    assert named_pairs(result.collection) == [("cat.png", "A cat")]
    assert counts(result) == (0, 1, 1)


@pytest.mark.parametrize("written", ["CAT.PNG", "pictures/cat.png", r"C:\my\Cat.png", "./cat.png"])
def test_a_name_is_found_whatever_its_case_and_folder(written):
    result = take_in_files(("cat.png", CAT), ("a.csv", f"file_name,text\n{written},A cat\n"))
    assert named_pairs(result.collection) == [("cat.png", "A cat")]


def test_a_name_that_macos_decomposed_is_found():
    result = take_in_files(
        ("cafe\u0301.png", CAT), ("a.csv", "file_name,text\ncaf\u00e9.png,A cat\n")
    )
    assert counts(result) == (1, 1, 1)


def test_the_name_as_written_counts_before_the_name_in_another_case():
    table = ("a.csv", "file_name,text\nCat.png,Large\ncat.png,Small\n")
    result = take_in_files(("cat.png", CAT), ("Cat.png", DOG), table)
    assert named_pairs(result.collection) == [("Cat.png", "Large"), ("cat.png", "Small")]


def test_files_that_are_not_here_are_named_in_one_line_and_their_captions_stay_out():
    rows = "".join(f"{name},Words\n" for name in ("a.png", "b.png", "a.png", "c.png", "d.png"))
    result = take_in_files(("cat.png", CAT), ("t.csv", f"file_name,text\n{rows}cat.png,A cat\n"))
    remark = only_remark(result, "t.csv")
    assert "4 files that are not here: a.png, b.png, c.png and 1 more" in remark.text
    assert remark.serious
    assert counts(result) == (1, 1, 1)


def test_the_same_table_again_with_the_missing_picture_completes_the_collection():
    table = ("t.csv", "file_name,text\ncat.png,A cat\ndog.png,A dog\n")
    first = take_in_files(("cat.png", CAT), table)
    second = take_in_files(("dog.png", DOG), table, into=first.collection)
    assert named_pairs(second.collection) == [("cat.png", "A cat"), ("dog.png", "A dog")]
    assert second.remarks == ()
    assert counts(second) == (1, 1, 1)


def test_a_name_that_two_pictures_have_is_never_guessed():
    table = ("t.csv", "file_name,text\ncat.png,A cat\n")
    result = take_in_files(("cat.png", CAT), ("other/cat.png", DOG), ("x/t.csv", table[1]))
    remark = only_remark(result, "t.csv")
    assert "several different pictures" in remark.text
    assert remark.serious
    assert counts(result) == (2, 0, 0)


def test_the_path_beside_the_table_tells_pictures_of_one_name_apart():
    table = ("a/t.csv", "file_name,text\ncat.png,First\n../b/cat.png,Second\n")
    result = take_in_files(("a/cat.png", CAT), ("b/cat.png", DOG), table)
    first, second = result.collection.pictures
    assert result.collection.pairs == (
        Pair(text_item("First").id, first.id),
        Pair(text_item("Second").id, second.id),
    )


def test_a_new_picture_counts_before_an_old_one_of_the_same_name():
    before = take_in_files(("cat.png", CAT)).collection
    result = take_in_files(
        ("cat.png", DOG), ("t.csv", "file_name,text\ncat.png,New\n"), into=before
    )
    assert result.collection.pairs[0].picture_id == result.collection.pictures[1].id


def test_a_new_picture_in_an_archive_counts_before_an_old_one_of_the_same_name():
    before = take_in_files(("cat.png", CAT)).collection
    table = ("t.csv", "file_name,text\ncat.png,New\n")
    result = take_in_files(("set.zip", zip_of(("cat.png", DOG))), table, into=before)
    assert result.collection.pairs[0].picture_id == result.collection.pictures[1].id


def test_one_picture_that_came_twice_is_still_one_picture_to_a_table():
    table = ("t.csv", "file_name,text\ncat.png,A cat\n")
    assert counts(take_in_files(("cat.png", CAT), ("cat.png", CAT), table)) == (1, 1, 1)


def test_a_table_that_names_the_copy_finds_the_merged_picture():
    table = ("t.csv", "file_name,text\ncopy.png,A cat\n")
    assert named_pairs(take_in_files(("cat.png", CAT), ("copy.png", CAT), table).collection) == [
        ("cat.png", "A cat")
    ]


def test_a_table_that_says_nothing_new_says_so():
    table = ("t.csv", "file_name,text\ncat.png,A cat\n")
    before = take_in_files(("cat.png", CAT), table).collection
    again = take_in_files(table, into=before)
    assert not only_remark(again, "t.csv").serious
    assert again.collection == before
    assert counts(again) == (0, 0, 0)
