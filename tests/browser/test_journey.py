"""The whole way through the app, by mouse and keyboard, in a real browser."""

import pytest

from tests.browser.journey import whole_way

pytestmark = pytest.mark.browser


def test_the_whole_way_on_a_fresh_server_needs_nothing_beyond_this_machine(first_visitor):
    whole_way(first_visitor)
