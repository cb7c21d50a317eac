import pytest

from collection.embeddings import Role
from collection.items import Modality, text_item
from collection.samples import load_sample
from providers import UnsupportedSetup, connect, connection
from providers.embedding.cache import VectorCache
from providers.embedding.run import run_of
from providers.hosted.nomic import NOMIC
from providers.inputs import input_of, role_of
from providers.transport.call_context import CallContext
from providers.transport.credentials import find_credentials
from stand_ins.nomic import NomicStandIn
from tests.providers.hosted.asking import IMPATIENT

CAPTION = text_item("a cat")
PICTURE = load_sample("cat-and-box").pictures[0]


@pytest.fixture
def nomic(monkeypatch):
    with NomicStandIn() as stand_in:
        monkeypatch.setenv("NOMIC_BASE_URL", stand_in.address)
        monkeypatch.setenv("NOMIC_API_KEY", stand_in.key)
        cache = VectorCache(None)
        monkeypatch.setattr(connection, "shared_cache", lambda: cache)
        yield stand_in
        cache.close()


def tasks(stand_in):
    return [call.json["task_type"] for call in stand_in.received if call.json]


def test_captions_search_and_pictures_are_found():
    setup = NOMIC.info.setup()
    assert (role_of(CAPTION, setup), role_of(PICTURE, setup)) == (Role.QUERY, Role.DOCUMENT)


def test_a_setup_may_say_that_captions_are_documents():
    setup = NOMIC.info.setup(captions="document")
    assert (role_of(CAPTION, setup), role_of(PICTURE, setup)) == (Role.DOCUMENT, Role.DOCUMENT)


def test_the_usual_role_is_no_setting():
    assert NOMIC.info.setup(captions=Role.QUERY) == NOMIC.info.setup()


def test_a_model_without_roles_refuses_one():
    with pytest.raises(UnsupportedSetup, match="knows no roles"):
        connect("local-minilm", captions="document")


def test_an_unknown_role_of_captions_is_refused():
    with pytest.raises(UnsupportedSetup, match="query or document"):
        NOMIC.info.setup(captions="answer")


def test_an_input_has_the_role_that_is_named_else_the_usual_one():
    assert input_of(CAPTION).role is Role.QUERY
    assert input_of(CAPTION, Role.DOCUMENT).role is Role.DOCUMENT
    assert input_of(PICTURE).modality is Modality.PICTURE


@pytest.mark.parametrize(
    ("captions", "task"), [(None, "search_query"), ("document", "search_document")]
)
def test_the_connection_sends_captions_in_the_role_of_the_setup(nomic, captions, task):
    connect("nomic", captions=captions).embed([CAPTION])
    assert tasks(nomic) == [task]


def test_a_role_that_is_asked_for_wins_over_that_of_the_setup(nomic):
    connect("nomic", captions="document").embed_texts(["a dog"], role="query")
    assert tasks(nomic) == ["search_query"]


def test_a_run_sends_each_setup_s_captions_in_its_own_role(nomic):
    cache = VectorCache(None)
    setups = [NOMIC.info.setup(), NOMIC.info.setup(captions="document")]
    found = find_credentials(NOMIC.info, {})
    context = CallContext(found, nomic.address, retry_policy=IMPATIENT)
    for setup in setups:
        run = run_of([CAPTION, PICTURE], [setup], cache, context=lambda _: context).start()
        assert run.wait(10)
    assert tasks(nomic) == ["search_query", "search_document"]
    # The picture's vector is the same under both: it was asked for once.
    assert [call.path for call in nomic.received].count("/v1/embedding/image") == 1
    cache.close()
