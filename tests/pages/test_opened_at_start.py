"""A collection that the environment names is there at the start, on one's own machine alone."""

from pathlib import Path

import pytest

from tests.collection.odd_files import png_bytes, zip_of
from tests.pages.app_session import gone_to, opened, pressed, session_of, words_on
from ui.opened_at_start import COLLECTION_VARIABLE
from ui.state import key_lending

HERE = {"Host": "localhost:8501"}
ARCHIVE = zip_of(
    ("Images/a.png", png_bytes(1)), ("Images/b.png", png_bytes(2)),
    ("captions.txt", b"image,caption\na.png,A cat\nb.png,A dog\n"),
)  # fmt: skip


@pytest.fixture
def named(monkeypatch, tmp_path):
    """Name a file of this machine, and ask from a browser with these headers."""

    def name(path, headers):
        (tmp_path / "set.zip").write_bytes(ARCHIVE)
        monkeypatch.setenv(COLLECTION_VARIABLE, str(tmp_path / path))
        request = ("localhost", headers, {}, Path("/home/somebody"))
        monkeypatch.setattr(key_lending, "_request", lambda: request)

    return name


def test_the_collection_is_there_once_and_said_on_its_page(named):
    named("set.zip", HERE)
    app = opened()
    assert len(session_of(app).collection.pairs) == 2
    gone_to(app, "collection")
    assert "Flickr8k: 2 pictures, 1 caption each." in words_on(app).replace("\\", "")
    pressed(app, "Clear")
    gone_to(app, "providers")
    assert len(session_of(app).collection) == 0


def test_a_visitor_through_a_proxy_gets_an_empty_session(named):
    named("set.zip", HERE | {"X-Forwarded-For": "192.0.2.7"})
    app = opened("collection")
    assert len(session_of(app).collection) == 0
    assert "set.zip" not in words_on(app).replace("\\", "")


def test_a_path_that_cannot_be_read_is_one_line_on_collection(named):
    named("gone.zip", HERE)
    app = opened("collection")
    (warning,) = app.warning
    assert "gone.zip cannot be opened: no such file or directory" in warning.value.replace("\\", "")
    assert len(session_of(app).collection) == 0
