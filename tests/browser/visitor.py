"""One person with a browser window on the app, who notices what must never happen."""

import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page, expect

from ui import shell

PATIENCE = 60_000  # milliseconds
MUCH_PATIENCE = 240_000  # the first UMAP of a server is compiled; on a busy machine that takes long

SCREENSHOTS_VARIABLE = "SCREENSHOTS"
"""Environment variable: the folder for the README's pictures; without it none are written."""

PAGES = tuple(label for _, label, _ in shell.PAGES)

_LISTENER = Path(__file__).with_name("at_rest.js")
_CLICKS = 3
_FIRST_PATIENCE = 15_000  # milliseconds
_SIDEBAR_BESIDE_FROM = 768  # pixels
_OWN_SCHEMES = ("data", "blob")


class Visitor:
    """A browser session of its own: `page` is its window.

    `foreign` holds every address beyond the app that the browser asked or tried to ask,
    `errors` what went wrong in the page's scripts, and every dialog that opened, but the
    browser's question before a page is left: `asked_to_stay` counts these, and the answer is yes.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        width: int = 1280,
        height: int = 900,
        colour_scheme: Literal["light", "dark"] = "light",
    ) -> None:
        self.address = address
        self._width = width
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.asked_to_stay = 0
        self._context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=colour_scheme
        )
        self._context.set_default_timeout(PATIENCE)
        self._context.on("request", lambda request: self._asked(request.url))
        self._context.on("console", self._said)
        self._context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self._context.add_init_script(path=_LISTENER)
        self.page: Page = self._context.new_page()
        self.page.on("websocket", lambda socket: self._asked(socket.url))
        self.page.on("dialog", self._refuse_dialog)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        self._context.close()

    @property
    def main(self) -> Locator:
        """The page beside the sidebar."""
        return self.page.get_by_test_id("stMain")

    @property
    def sidebar(self) -> Locator:
        """The sidebar."""
        return self.page.get_by_test_id("stSidebar")

    def open(self, path: str = "/") -> None:
        """Ask the server for a page by its address; this begins a new session of the app."""
        self.page.goto(self.address + path)
        self.settle()

    def go_to(self, label: str) -> None:
        """Go to a page by its link in the sidebar."""
        link = self.sidebar.get_by_role("link", name=label, exact=False)
        opener = self.page.get_by_test_id("stExpandSidebarButton")
        if opener.is_visible():
            opener.click()
        self._follow(link, re.compile(f"^{label} "))
        self.settle()
        if self._width < _SIDEBAR_BESIDE_FROM:  # there the sidebar lies over the page, and closes
            expect(opener).to_be_visible()

    def _follow(self, link: Locator, title: re.Pattern[str]) -> None:
        """Click a link until its page is there, as a person would.

        Leaving the caption table makes it send its state; where that meets the click, Streamlit
        draws the old page again instead of the new one.
        """
        for _ in range(_CLICKS - 1):
            link.click()
            try:
                expect(self.page).to_have_title(title, timeout=_FIRST_PATIENCE)
            except AssertionError:
                continue
            return
        link.click()
        expect(self.page).to_have_title(title)

    def settle(self) -> None:
        """Wait until all that was asked is answered, and see that nothing has gone wrong so far."""
        self.page.wait_for_function("atRest()")
        self.notice()

    def press(self, part: Locator, key: str = "") -> None:
        """Click a part of the page, or press a key on it, when the app is at rest.

        Of two requests that come within milliseconds Streamlit may drop the first one's trigger.
        """
        self.settle()
        if key:
            part.press(key)
        else:
            part.click()

    def write(self, field: Locator, words: str) -> None:
        """Write words into a field instead of what is there, and press Enter."""
        self.settle()
        field.fill(words)
        field.press("Enter")

    def notice(self) -> None:
        """See that there is no error box, no error in a script, and no request to elsewhere."""
        assert self.page.get_by_test_id("stException").count() == 0, self.main.inner_text()
        assert self.errors == [], self.errors
        assert self.foreign == [], self.foreign

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """Return the button of the page that says this."""
        return self.main.get_by_role("button", name=name)

    def sees(
        self, words: str | re.Pattern[str], times: int = 1, retry_policy: float = PATIENCE
    ) -> None:
        """Wait until the page shows these words, this many times."""
        expect(self.main.get_by_text(words)).to_have_count(times, timeout=retry_policy)

    def keep_picture(self, name: str) -> None:
        """Write what the window shows as a PNG, if somebody asked for pictures."""
        folder = os.environ.get(SCREENSHOTS_VARIABLE)
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        self.page.mouse.move(self._width - 1, 1)  # over nothing that answers
        self.main.evaluate("main => main.scrollTo(0, 0)")
        self.page.wait_for_timeout(1_000)  # what fades or slides has come to rest
        self.page.screenshot(path=Path(folder, f"{name}.png"), scale="css")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        own = urlsplit(self.address)
        if parts.scheme not in _OWN_SCHEMES and parts.netloc != own.netloc:
            self.foreign.append(url)

    def _said(self, message: ConsoleMessage) -> None:
        # Streamlit itself looks for its server under the page's path first, and is told 404.
        probe = "/_stcore/" in message.location.get("url", "")
        if message.type == "error" and not probe:
            self.errors.append(message.text)

    def _refuse_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            self.asked_to_stay += 1
            dialog.dismiss()
            return
        self.errors.append(f"A dialog opened: {dialog.message}")
        dialog.dismiss()
