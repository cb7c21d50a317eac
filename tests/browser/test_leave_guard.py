"""A reload loses the collection: of one's own, the browser asks first."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_browser_asks_before_a_collection_of_ones_own_is_lost_and_not_for_a_sample(visitor):
    visitor.open("/collection")
    visitor.press(visitor.button("Cat and box"))
    visitor.settle()
    with visitor.page.expect_event("load"):
        reload(visitor)
    visitor.settle()
    expect(visitor.sidebar).to_contain_text("The collection is empty.")
    assert visitor.asked_to_stay == 0
    visitor.main.get_by_label("Captions, one a line").fill("A caption of mine")
    visitor.press(visitor.button("Add captions"))
    expect(visitor.sidebar).to_contain_text("1 caption")
    visitor.settle()
    visitor.page.wait_for_selector("body[data-asks-before-leaving]", state="attached")
    with visitor.page.expect_event("dialog"):
        reload(visitor)
    assert visitor.asked_to_stay == 1
    expect(visitor.sidebar).to_contain_text("1 caption")
    visitor.go_to("Map")
    assert visitor.asked_to_stay == 1
    visitor.go_to("Collection")
    visitor.press(visitor.button("Clear"))
    expect(visitor.sidebar).to_contain_text("The collection is empty.")
    visitor.page.wait_for_selector("body:not([data-asks-before-leaving])", state="attached")
    with visitor.page.expect_event("load"):
        reload(visitor)
    visitor.settle()
    assert visitor.asked_to_stay == 1


def reload(visitor):
    """Reload the page as a person does; Playwright's own way waits for what may be refused."""
    visitor.page.evaluate("setTimeout(() => location.reload(), 0)")
