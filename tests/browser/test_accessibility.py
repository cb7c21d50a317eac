"""Every page in a filled state, judged by axe-core, in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.filled_pages import fill, filled_pages
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_COUNTED = ("serious", "critical", "moderate")

OF_STREAMLIT: dict[str, str] = {}
"""Rules that Streamlit itself breaks where no style can mend it → why."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_or_moderate_violation(browser, app, scheme):
    with Visitor(browser, app.address, height=720, colour_scheme=scheme) as visitor:
        fill(visitor)
        found = []
        for name in filled_pages(visitor):
            found += [f"{name}: {violation}" for violation in violations(visitor.page)]
        assert found == []


def violations(page):
    """Return what axe-core objects to on a page, a line a rule and place."""
    answer = Axe().run(page, options={"runOnly": list(_RULES), "resultTypes": ["violations"]})
    return [
        f"{one['id']} ({one['impact']}) {node['target']} {node['html'][:120]}"
        for one in answer.response["violations"]
        if one["impact"] in _COUNTED and one["id"] not in OF_STREAMLIT
        for node in one["nodes"]
    ]
