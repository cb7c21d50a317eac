import pytest

from tests.providers.snippets.pasting import HOSTED
from tests.stand_ins import STAND_INS


@pytest.fixture(params=HOSTED)
def hosted(request):
    """The id of each hosted provider, with its stand-in running."""
    with STAND_INS[request.param]() as stand_in:
        yield request.param, stand_in
