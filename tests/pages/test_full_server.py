"""What people read when a server holds as much as it can."""

import io

import pytest
from PIL import Image

from tests.pages.app_session import opened, session_of, words_on
from ui.server.sessions import server_sessions


@pytest.fixture
def sessions(monkeypatch):
    """The sessions of this process, of which nobody is there yet."""
    known = server_sessions()
    monkeypatch.setattr(known, "_visits", {})
    return known


def test_who_comes_when_there_is_no_room_reads_so_and_what_to_do(sessions, monkeypatch):
    monkeypatch.setattr(sessions, "limit", 0)
    app = opened()
    assert app.title[0].value == "This server is full"
    assert "Reload this page in a few minutes" in words_on(app)
    assert not app.button


def test_pictures_beyond_what_the_server_holds_are_not_taken_in_and_it_is_said(
    sessions, monkeypatch
):
    app = opened("collection")
    monkeypatch.setattr(sessions, "max_kept_bytes", 0)
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(file, "PNG")
    app.file_uploader[0].upload("red.png", file.getvalue(), "image/png").run()
    assert "this server holds as many pictures as it can" in words_on(app)
    assert not len(session_of(app).collection)
