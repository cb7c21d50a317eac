import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from collection.archive import Archive
from collection.collection import Collection, Pair
from collection.intake import take_in, take_in_captions
from collection.items import text_item
from collection.limits import MAX_CAPTION_CHARACTERS
from collection.picture import ingest_picture
from collection.upload import Upload
from tests.collection.odd_files import assert_plain_line, encoded, picture, png_bytes, zip_of
from tests.collection.taking_in import (
    CAT,
    DOG,
    SEA,
    counts,
    named_pairs,
    only_remark,
    take_in_files,
)


def test_pictures_come_in_in_the_order_given():
    names = [f"{number}.png" for number in range(20)]
    result = take_in_files(*((name, png_bytes(seed)) for seed, name in enumerate(names)))
    assert [item.name for item in result.collection.pictures] == names
    assert result.remarks == ()
    assert counts(result) == (20, 0, 0)


def test_what_was_there_stays_in_front_and_untouched():
    before = take_in_files(("cat.png", CAT)).collection
    after = take_in_files(("dog.png", DOG), into=before).collection
    assert [item.name for item in before.pictures] == ["cat.png"]
    assert [item.name for item in after.pictures] == ["cat.png", "dog.png"]


def test_pictures_stand_before_captions():
    result = take_in_files(("a.csv", "file_name,text\ncat.png,A cat\n"), ("cat.png", CAT))
    assert [item.label for item in result.collection.items.values()] == ["cat.png", "A cat"]


def test_the_same_picture_under_another_name_is_merged_and_said():
    result = take_in_files(("cat.png", CAT), ("copy.png", CAT))
    remark = only_remark(result, "copy.png")
    assert "same picture as cat.png" in remark.text
    assert not remark.serious
    assert counts(result) == (1, 0, 0)


def test_pictures_that_are_here_already_are_said_in_one_line():
    files = [(f"{number}.png", png_bytes(number)) for number in range(5)]
    before = take_in_files(*files).collection
    again = take_in_files(*files, into=before)
    remark = only_remark(again, "0.png, 1.png, 2.png and 2 more")
    assert not remark.serious
    assert again.collection == before
    assert counts(again) == (0, 0, 0)


def test_a_text_file_brings_captions_without_pictures():
    result = take_in_files(("captions.txt", "A cat\nA dog\n"))
    assert [text.text for text in result.collection.texts] == ["A cat", "A dog"]
    assert counts(result) == (0, 2, 0)


BAD = [
    ("empty.png", b""),
    ("cut.jpg", encoded(picture(), "JPEG")[:300]),
    ("words.png", "words"),
    ("drawing.svg", "<svg/>"),
    ("broken.zip", b"PK\x03\x04"),
    ("no-table.csv", "A cat\nA dog\n"),
    ("binary.csv", b"\0\1\2"),
    ("nothing.txt", ""),
    ("noextension", "words"),
    ("evil\nname.png", b"x"),
    ("readme.docx", b"PK\x03\x04"),
]


def test_each_bad_file_gets_one_plain_line_and_never_costs_the_rest():
    result = take_in_files(("cat.png", CAT), *BAD, ("dog.png", DOG))
    assert [item.name for item in result.collection.pictures] == ["cat.png", "dog.png"]
    assert len(result.remarks) == len(BAD)
    for name, _ in BAD:
        shown = name.replace("\n", "")
        (remark,) = (remark for remark in result.remarks if shown in remark.text)
        assert_plain_line(remark.text, shown)
        assert remark.serious


def test_a_zip_in_the_imagefolder_layout_comes_in_with_its_captions():
    data = zip_of(
        ("data/train/metadata.csv", b"file_name,text\n1.png,A cat\nmore/1.png,A dog\n"),
        ("data/train/1.png", CAT),
        ("data/train/more/1.png", DOG),
        ("data/test/1.png", SEA),
        ("data/test/metadata.jsonl", b'{"file_name": "1.png", "text": "The sea"}'),
    )
    result = take_in_files(("set.zip", data))
    assert result.remarks == ()
    ids = [ingest_picture("x", data).id for data in (CAT, DOG, SEA)]
    texts = [text_item(words).id for words in ("A cat", "A dog", "The sea")]
    assert result.collection.pairs == tuple(map(Pair, texts, ids))


def test_a_zip_of_class_folders_brings_pictures_and_no_invented_captions():
    result = take_in_files(("set.zip", zip_of(("cats/1.png", CAT), ("dogs/1.png", DOG))))
    assert counts(result) == (2, 0, 0)
    assert result.remarks == ()
    assert result.layouts == ("Class folders: 2 pictures, labels cats and dogs.",)


def test_a_table_beside_a_zip_finds_the_pictures_in_it():
    table = ("t.csv", "file_name,text\n1.png,A cat\n")
    result = take_in_files(table, ("set.zip", zip_of(("cats/1.png", CAT))))
    assert named_pairs(result.collection) == [("1.png", "A cat")]


def test_each_zip_keeps_its_own_names():
    def data(words: str, pixels: bytes) -> bytes:
        return zip_of(("metadata.csv", f"file_name,text\n1.png,{words}\n".encode()),
                      ("1.png", pixels))  # fmt: skip

    result = take_in_files(("set.zip", data("A cat", CAT)), ("set.zip", data("A dog", DOG)))
    first, second = result.collection.pictures
    assert result.collection.captions_of == {
        first.id: (text_item("A cat").id,),
        second.id: (text_item("A dog").id,),
    }


def test_a_bad_file_in_a_zip_is_named_with_its_archive_and_never_costs_the_rest():
    data = zip_of(("1.png", CAT), ("bad.png", b"words"), ("phone.heic", b"x"), ("t.csv", b"x"),
                  ("../up.png", DOG), ("2.png", SEA))  # fmt: skip
    result = take_in_files(("set.zip", data))
    assert [item.name for item in result.collection.pictures] == ["1.png", "2.png"]
    for name in ("bad.png", "phone.heic", "t.csv", "up.png"):
        (remark,) = (remark for remark in result.remarks if name in remark.text)
        assert_plain_line(remark.text, "set.zip")
        assert remark.serious


def test_captions_that_find_no_room_are_named(monkeypatch):
    monkeypatch.setattr("collection.intake.MAX_ITEMS", 2)
    result = take_in_files(("words.txt", "One\nTwo\nThree\n"))
    assert [text.text for text in result.collection.texts] == ["One", "Two"]
    remark = only_remark(result, "Three")
    assert remark.serious
    assert "is full" in remark.text


def test_of_more_captions_in_a_parquet_file_than_fit_a_random_few_are_taken(monkeypatch):
    monkeypatch.setattr("collection.intake.MAX_ITEMS", 20)
    file = io.BytesIO()
    words = [f"caption {number}" for number in range(200)]
    pq.write_table(pa.table({"text": words}), file)
    before = take_in_files(("words.txt", "One\ncaption 7\n")).collection
    taken = [
        take_in(before, [Upload("words.parquet", file.getvalue())], seed=seed) for seed in (7, 7, 8)
    ]
    texts = [[text.text for text in result.collection.texts] for result in taken]
    assert [len(found) for found in texts] == [20] * 3
    assert texts[0] == texts[1] != texts[2]
    assert texts[0][2:] == sorted(texts[0][2:], key=words.index)
    assert texts[0][2:] != words[:18]
    assert taken[0].remarks == ()
    assert taken[0].sample_lines == (
        "18 captions without a picture fit: a random 18 of 199 were taken, seed 7.",
    )


def test_a_full_collection_still_knows_its_own_pictures(monkeypatch):
    before = take_in_files(("cat.png", CAT), ("dog.png", DOG)).collection
    monkeypatch.setattr("collection.intake.MAX_ITEMS", 2)
    table = ("t.csv", "file_name,text\ncat.png,A cat\n")
    result = take_in_files(("cat.png", CAT), table, into=before)
    assert counts(result) == (0, 0, 0)
    full = result.remarks[-1]
    assert_plain_line(full.text, "t.csv")
    assert "is full" in full.text
    assert full.serious


def test_kept_pictures_may_not_go_beyond_their_memory(monkeypatch):
    first = ingest_picture("0.png", png_bytes(0))
    monkeypatch.setattr(
        "collection.intake.MAX_COLLECTION_BYTES", len(first.jpeg) + len(first.thumbnail) + 10
    )
    result = take_in_files(*((f"{number}.png", png_bytes(number)) for number in range(3)))
    assert result.collection.pictures == (first,)
    assert "GB of pictures" in only_remark(result, "1.png and 1 more").text


def test_pasted_captions_come_in_one_a_line():
    result = take_in_captions(Collection(), " A cat\n\nA  dog \nA cat\n")
    assert [text.text for text in result.collection.texts] == ["A cat", "A dog"]
    assert counts(result) == (0, 2, 0)
    assert result.remarks == ()


def test_a_pasted_caption_that_is_too_long_is_named_by_its_line():
    result = take_in_captions(Collection(), "A cat\n" + "x" * (MAX_CAPTION_CHARACTERS + 1))
    assert "line 2" in only_remark(result, "list of captions").text
    assert counts(result) == (0, 1, 0)


def test_pasted_captions_that_are_here_already_are_said():
    before = take_in_captions(Collection(), "A cat").collection
    assert not only_remark(take_in_captions(before, "A cat"), "list of captions").serious


def test_nothing_pasted_adds_nothing():
    assert counts(take_in_captions(Collection(), " \n")) == (0, 0, 0)


def test_progress_counts_every_picture_in_order_in_the_callers_thread():
    seen: list[tuple[int, int, str]] = []
    threads: set[int] = set()

    def note(done: int, total: int, name: str) -> None:
        seen.append((done, total, name))
        threads.add(threading.get_ident())

    files = [Upload("a/1.png", CAT), Upload("bad.png", b"x"), Upload("2.png", DOG)]
    take_in(Collection(), [*files, Upload("t.txt", b"A cat")], note)
    assert seen == [(1, 3, "1.png"), (2, 3, "bad.png"), (3, 3, "2.png")]
    assert threads == {threading.get_ident()}


def test_a_caller_that_gives_up_in_the_middle_leaves_the_pool_usable():
    def give_up(done: int, total: int, name: str) -> None:
        raise KeyboardInterrupt

    files = [Upload(f"{number}.png", png_bytes(number)) for number in range(30)]
    with pytest.raises(KeyboardInterrupt):
        take_in(Collection(), files, give_up)
    assert take_in(Collection(), files).added_pictures == 30


def test_a_picture_is_read_only_shortly_before_it_is_decoded(monkeypatch):
    reads: list[str] = []
    ahead: list[int] = []
    read = Archive.read
    monkeypatch.setattr(
        Archive, "read", lambda archive, path: reads.append(path) or read(archive, path)
    )
    data = zip_of(*((f"{number}.png", png_bytes(number)) for number in range(40)))
    take_in(
        Collection(),
        [Upload("set.zip", data)],
        lambda done, total, name: ahead.append(len(reads) - done),
    )
    assert len(reads) == 40
    assert max(ahead) <= 8


def test_sessions_that_take_in_at_the_same_moment_do_not_mix():
    def session(number: int) -> list[str]:
        files = [Upload(f"{number}-{n}.png", png_bytes(10 * number + n)) for n in range(5)]
        return [item.name for item in take_in(Collection(), files).collection.pictures]

    with ThreadPoolExecutor(4) as sessions:
        for number, names in enumerate(sessions.map(session, range(4))):
            assert names == [f"{number}-{n}.png" for n in range(5)]


def test_pictures_shown_in_another_way_than_their_files_say_are_named_in_one_line():
    def invisible(seed: int) -> bytes:
        image = Image.open(io.BytesIO(png_bytes(seed))).convert("RGBA")
        image.putalpha(0)
        return encoded(image)

    result = take_in_files(("a.png", invisible(1)), ("b.png", invisible(2)), ("c.png", SEA))
    (remark,) = result.remarks
    assert remark.text.startswith("a.png and b.png: shown without its transparency")
    assert not remark.serious


def test_a_picture_without_an_ending_that_cannot_be_read_is_refused_with_advice():
    layers = b"8BPS\0\1" + bytes(40)
    for result in (
        take_in_files(("IMG_0001", layers)),
        take_in_files(("p.zip", zip_of(("IMG_0001", layers)))),
    ):
        assert "IMG_0001 is a Photoshop file" in result.remarks[-1].text


def test_many_copies_are_named_in_one_line():
    result = take_in_files(*((f"{at}.png", CAT) for at in range(6)))
    (remark,) = result.remarks
    assert remark.text.startswith("5 pictures are copies of others and were merged: 1.png with")
