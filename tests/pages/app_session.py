"""The app in Streamlit's own test harness, entered by its start page as in life."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from collection.embeddings import Embeddings
from ui.state.session import Session

APP = Path(__file__).parents[2] / "app.py"
TIMEOUT = 60


def opened(page: str | None = None) -> AppTest:
    """Open the app, then a page of it, as a newcomer."""
    app = AppTest.from_file(str(APP), default_timeout=TIMEOUT).run()
    return gone_to(app, page) if page else app


def gone_to(app: AppTest, page: str) -> AppTest:
    """Go to a page, for example `similarity`."""
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def session_of(app: AppTest) -> Session:
    """Return the session behind the page."""
    state: Session = app.session_state["session"]
    return state


def pressed(app: AppTest, label: str) -> AppTest:
    """Press the button of this label."""
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def embedded(app: AppTest) -> AppTest:
    """Press Embed, wait until the run is over, and draw the page again."""
    next(b for b in app.button if b.key == "embed").click().run()
    assert not app.exception
    run = session_of(app).embedding.run
    assert run is not None
    assert run.wait(TIMEOUT)
    app.run()
    assert not app.exception
    return app


def words_on(app: AppTest) -> str:
    """Return everything a person can read on the page, sidebar included."""
    elements: tuple[Callable[[], object], ...] = (
        lambda: app.title,
        lambda: app.subheader,
        lambda: app.markdown,
        lambda: app.caption,
        lambda: app.info,
        lambda: app.warning,
        lambda: app.error,
    )
    return "\n".join(str(element.value) for kind in elements for element in kind())


def results_of(app: AppTest) -> list[Embeddings]:
    """Return what the chosen providers gave for today's collection."""
    return list(session_of(app).shown.values())
