"""What holds for the whole suite: nothing of the user's plays a part, a missing browser is told."""

import os

import pytest
from streamlit import config

from providers.embedding.cache import CACHE_VARIABLE
from tests.browser.chromium import NO_CHROMIUM, chromium_path
from tests.surroundings import OF_HOSTED_PROVIDERS, OF_KEY_LENDING, PROXIES

for _name in (OF_HOSTED_PROVIDERS | OF_KEY_LENDING | PROXIES) & os.environ.keys():
    del os.environ[_name]
os.environ[CACHE_VARIABLE] = "off"
os.environ["CLOUDSDK_CONFIG"] = os.devnull  # no login with gcloud
os.environ["NO_GCE_CHECK"] = "true"  # nor that of a machine of Google's


@pytest.fixture(scope="session", autouse=True)
def _no_secrets_file():
    """Keep keys in Streamlit's files, of the user or beside the app, out of all tests."""
    config.set_option("secrets.files", [])


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
