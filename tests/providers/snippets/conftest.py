import pytest

from stand_ins import STAND_INS
from tests.providers.snippets.pasting import HOSTED


@pytest.fixture(params=HOSTED)
def hosted(request):
    """The id of each hosted provider, with its stand-in running."""
    with STAND_INS[request.param]() as stand_in:
        yield request.param, stand_in
