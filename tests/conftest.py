"""What holds for the whole suite: the user's cache stays untouched, a missing browser is told."""

import os

import pytest

from providers.embedding.cache import CACHE_VARIABLE
from tests.browser.chromium import NO_CHROMIUM, chromium_path

os.environ[CACHE_VARIABLE] = "off"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter):
    """Say at the very end, and loudly, that nothing was tried in a browser."""
    result = yield
    skipped = [
        report for report in terminalreporter.getreports("skipped") if "browser" in report.keywords
    ]
    if skipped and chromium_path() is None:
        terminalreporter.section("THE APP WAS NOT TRIED IN A BROWSER", "!", red=True, bold=True)
        terminalreporter.write_line(
            f"{len(skipped)} browser tests were skipped. {NO_CHROMIUM}", red=True, bold=True
        )
    return result
