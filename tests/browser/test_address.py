"""Links into the app, the browser's back button, and the commands before there is any key."""

import re
import shutil
import subprocess
import zipfile

import pytest
from playwright.sync_api import expect

from providers.registry import PROVIDERS
from stand_ins import STAND_INS
from tests.browser.app_server import AppServer
from tests.browser.visitor import MUCH_PATIENCE, Visitor
from tests.providers.snippets.pasting import SHELLS, environment, pasted

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def nomic():
    with STAND_INS["nomic"]() as server:
        yield server


@pytest.fixture(scope="module")
def app(nomic):
    """A server that has a key for the stand-in, and lends it."""
    lent = {
        "NOMIC_BASE_URL": nomic.address,
        "NOMIC_API_KEY": nomic.key,
        "SHARED_SPACE_LEND_KEYS": "yes",
    }
    with AppServer(lent) as server:
        yield server
        server.assert_kept_to_itself()


@pytest.fixture
def visitor(browser, app):
    with Visitor(browser, app.address) as visitor:
        yield visitor


def stands_at(visitor, path, title):
    """See this address and this page, and nothing amiss."""
    expect(visitor.page).to_have_url(visitor.address + path)
    expect(visitor.page).to_have_title(re.compile(f"^{title} "))
    visitor.settle()


def test_a_link_opens_its_view_and_back_steps_through_page_method_and_query_only(visitor, nomic):
    visitor.open("/similarity?sample=cat-and-box&scale=rank&order=nonsense&setup=local-minilm")
    expect(visitor.main.locator(".js-plotly-plot")).to_have_count(1, timeout=MUCH_PATIENCE)
    sample = "sample=cat-and-box&setup=local-minilm"
    stands_at(visitor, f"/similarity?{sample}&scale=rank", "Similarity")
    visitor.go_to("Map")
    stands_at(visitor, f"/map?{sample}", "Map")
    for method in ("PCA", "t-SNE"):
        visitor.press(visitor.main.get_by_text(method, exact=True).first)
        visitor.settle()
    stands_at(visitor, f"/map?{sample}&projection=tsne", "Map")
    visitor.press(visitor.main.get_by_text("Centre captions and pictures"))
    stands_at(visitor, f"/map?{sample}&projection=tsne&centred=true", "Map")
    visitor.go_to("Search")
    field = visitor.main.get_by_role("textbox", name="Words to search for")
    visitor.write(field, "a cat & a box?")
    stands_at(visitor, f"/search?{sample}&q=a+cat+%26+a+box%3F", "Search")

    visitor.page.go_back()
    stands_at(visitor, f"/search?{sample}", "Search")
    expect(field).to_have_value("")
    visitor.page.go_back()  # the switch was no step
    stands_at(visitor, f"/map?{sample}&projection=tsne&centred=true", "Map")
    visitor.page.go_back()
    stands_at(visitor, f"/map?{sample}&projection=pca", "Map")
    visitor.page.go_back()
    stands_at(visitor, f"/map?{sample}", "Map")
    visitor.page.go_back()
    stands_at(visitor, f"/similarity?{sample}&scale=rank", "Similarity")
    for _ in range(5):
        visitor.page.go_forward()
        visitor.settle()
    stands_at(visitor, f"/search?{sample}&q=a+cat+%26+a+box%3F", "Search")
    expect(field).to_have_value("a cat & a box?")
    assert nomic.received == []


def test_back_takes_the_tick_of_a_setup_back_and_a_button_to_another_page_is_one_step(visitor):
    visitor.open("/providers?sample=cat-and-box")
    expect(visitor.button("See who finds what")).to_be_visible(timeout=MUCH_PATIENCE)
    visitor.settle()
    tick = visitor.main.locator(".st-key-chosen-local-static").get_by_role("checkbox")
    visitor.press(visitor.main.locator(".st-key-chosen-local-static label").first)
    stands_at(visitor, "/providers?sample=cat-and-box&setup=local-minilm", "Providers")
    visitor.press(visitor.button("See who finds what"))
    stands_at(visitor, "/similarity?sample=cat-and-box&setup=local-minilm", "Similarity")
    visitor.page.go_back()
    stands_at(visitor, "/providers?sample=cat-and-box&setup=local-minilm", "Providers")
    expect(tick).not_to_be_checked()
    visitor.page.go_back()
    stands_at(visitor, "/providers?sample=cat-and-box", "Providers")
    expect(tick).to_be_checked()


@pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("bash")), reason="needs curl and bash"
)
def test_the_commands_and_the_folder_before_any_call_work_with_curl(visitor, nomic, tmp_path):
    visitor.open("/requests?sample=cat-and-box")
    visitor.sees("What exactly would be sent?")
    code = visitor.main.get_by_test_id("stCode").locator("code").filter(visible=True)
    expect(code).to_contain_text("$NOMIC_API_KEY")
    visitor.settle()
    command = code.inner_text()
    assert nomic.received == []
    assert nomic.key not in visitor.page.content()
    with visitor.page.expect_download() as download:
        visitor.press(visitor.button("Download as a folder").first)
    with zipfile.ZipFile(download.value.path()) as archive:
        archive.extractall(tmp_path)
    for number, name in enumerate(("cat", "cardboard-box"), start=1):
        shutil.copy(tmp_path / f"pictures/{number:04}.jpg", tmp_path / f"{name}.jpg")
    pasted(SHELLS["bash"], command, tmp_path, NOMIC_API_KEY=nomic.key)
    assert len(nomic.received) == 1
    nomic.forget()
    variables = environment(tmp_path, NOMIC_API_KEY=nomic.key)
    subprocess.run(["sh", "run.sh"], cwd=tmp_path, env=variables, timeout=60, check=True)
    calls = len(nomic.received)
    assert calls == 2
    assert all(call.problem is None for call in nomic.received)
    assert len(list((tmp_path / "answers").iterdir())) == calls
    assert PROVIDERS["nomic"].info.title not in visitor.sidebar.inner_text()
