"""Chromium, the servers and the visitors of the browser tests."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.app_server import ROOT, AppServer
from tests.browser.chromium import FLAGS, NO_CHROMIUM, chromium_path
from tests.browser.visitor import PATIENCE, Visitor

FAILURES = ROOT / "test-results"


@pytest.fixture(scope="package")
def browser():
    path = chromium_path()
    if path is None and os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(f"REQUIRE_BROWSER is set. {NO_CHROMIUM}")
    if path is None:
        pytest.skip(NO_CHROMIUM)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def app(browser):
    """One server for all tests that need no fresh one; it can reach nothing but this machine."""
    with AppServer() as server:
        yield server
        server.assert_kept_to_itself()


@pytest.fixture
def fresh_app(browser):
    """A server that nobody has visited yet; it can reach nothing but this machine, either."""
    with AppServer() as server:
        yield server
        server.assert_kept_to_itself()


@pytest.fixture
def visitor(browser, app):
    with Visitor(browser, app.address) as visitor:
        yield visitor


@pytest.fixture
def first_visitor(browser, fresh_app):
    """The first visitor of a fresh server."""
    with Visitor(browser, fresh_app.address) as visitor:
        yield visitor


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Add the servers' logs to the report of a failed test, and keep what the windows showed."""
    report = yield
    if report.when == "call" and report.failed:
        for name, value in item.funcargs.items():
            if isinstance(value, AppServer):
                report.sections.append((f"server log of {name}", value.log))
            elif isinstance(value, Visitor):
                path = _picture_path(item.name, name)
                value.page.screenshot(path=path)
                report.sections.append((f"window of {name}", str(path)))
    return report


def _picture_path(test: str, visitor: str) -> Path:
    return FAILURES / f"{re.sub(r'[^a-zA-Z0-9]+', '-', test)}-{visitor}.png"
