"""Real collections by upload: an archive, a whole folder, a table that has to be asked about."""

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.own_pictures import changed_picture
from tests.browser.plotly_chart import PlotlyChart
from tests.collection.odd_files import encoded, picture, zip_of

pytestmark = pytest.mark.browser

CAT, BUS = (changed_picture(name, name) for name in ("cat.jpg", "bus.jpg"))
TABLE = "bild,de,en\ncat.jpg,Eine Katze,a small cat\nbus.jpg,Ein Bus,a red bus\n"


def file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def fields(visitor):
    return visitor.page.locator("input[type=file]")


def test_a_data_set_comes_in_as_it_is_and_what_is_not_read_is_named(visitor):
    rows = "image,caption\ncat.jpg,A cat\ncat.jpg,A pet\nbus.jpg,A bus\nbus.jpg,A red bus\n"
    archive = zip_of(
        ("Images/cat.jpg", CAT["buffer"]), ("Images/bus.jpg", BUS["buffer"]),
        ("captions.txt", rows.encode()),
    )  # fmt: skip
    visitor.open("/collection")
    fields(visitor).first.set_input_files([file("f.zip", archive), file("film.mov", b"x")])
    visitor.sees("2 pictures and 4 captions came in.")
    visitor.sees("Flickr8k: 2 pictures, 2 captions each.")
    expect(visitor.main.get_by_test_id("stAlert")).to_contain_text("film.mov is a video")


def test_a_folder_keeps_its_paths(visitor, tmp_path):
    for folder, found in (("cats", CAT), ("buses", BUS)):
        (tmp_path / "set" / folder).mkdir(parents=True)
        (tmp_path / "set" / folder / "1.jpg").write_bytes(found["buffer"])
    table = tmp_path / "set" / "metadata.csv"
    table.write_text("file_name,text\ncats/1.jpg,A cat\nbuses/1.jpg,A bus\n")
    visitor.open("/collection")
    fields(visitor).nth(1).set_input_files(tmp_path / "set")
    visitor.sees("2 pictures and 2 captions came in.")
    visitor.sees("Class folders: 2 pictures, labels")
    expect(visitor.main.get_by_test_id("stAlert")).to_have_count(0)


def test_a_table_that_is_not_clear_is_read_with_one_press(visitor):
    visitor.open("/collection")
    fields(visitor).first.set_input_files([CAT, BUS, file("mine.csv", TABLE.encode())])
    visitor.sees("mine.csv: which column is which?")
    visitor.press(visitor.button("Read the table"))
    visitor.sees("2 captions came in.")
    expect(visitor.main).not_to_contain_text("which column is which?")


def test_three_hundred_pictures_go_from_the_upload_to_both_heatmaps_in_three_clicks(visitor):
    names = [f"{number}.jpg" for number in range(300)]
    rows = [f"{name},{words} {name[:-4]}" for name in names for words in ("Picture", "Number")]
    archive = zip_of(
        *((f"Images/{name}", encoded(picture(at), "JPEG")) for at, name in enumerate(names)),
        ("captions.txt", "\n".join(["image,caption", *rows]).encode()),
    )
    visitor.open("/collection")
    fields(visitor).first.set_input_files([file("f.zip", archive)])
    visitor.sees("Flickr8k: 300 pictures, 2 captions each.")
    visitor.press(visitor.button("Embed 900 items"))
    visitor.sees("All 900 items are embedded")
    visitor.press(visitor.button("See who finds what"))
    for heatmap in ("heatmap-0", "heatmap-1"):
        PlotlyChart(visitor.page, heatmap).wait()
    visitor.settle()
