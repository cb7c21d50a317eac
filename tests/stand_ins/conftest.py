"""The stand-in that a test names, running while the test does."""

import pytest

from stand_ins import STAND_INS


@pytest.fixture
def stand_in(request):
    with STAND_INS[request.param]() as running:
        yield running
