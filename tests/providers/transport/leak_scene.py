"""A provider with a canary key, the two doors to it, and a look at all that is left behind."""

import functools

from collection.items import text_item
from collection.picture import ingest_picture
from providers import ProviderError, connect
from providers import connection as connection_module
from providers.embedding.cache import VectorCache
from providers.embedding.run import run_of
from providers.transport import process_state
from providers.transport.call_context import CallContext, RetryPolicy
from providers.transport.call_log import CallLog
from providers.transport.credentials import find_credentials
from tests.providers.hosted.asking import picture
from tests.providers.transport.leak_watch import LeakWatch

KEY = "nk-Zq7+Xw3/canaryVk9Jt5=Hs2"
WATCH = LeakWatch(KEY)
IMPATIENT = RetryPolicy(connect=2.0, read=20.0, first_wait=0.001, longest_wait=0.002, tries=2)
HASTY = RetryPolicy(connect=2.0, read=0.02, first_wait=0.001, longest_wait=0.002, tries=2)
KITE = (text_item("a kite"),)


class Scene:
    """A stand-in that knows the canary key, the two doors to it, and all that is left behind."""

    def __init__(self, hosted, server, folder, address=None, retry_policy=IMPATIENT):
        self.hosted, self.server, self.retry_policy = hosted, server, retry_policy
        self.address = address or server.address
        self.cache = VectorCache(folder / "vectors.sqlite")
        self.folder = folder
        self.credentials = hosted.credentials(KEY)

    def through_connect(self, items):
        """Embed through the door for notebooks, and look at what it gives and raises."""
        connection = connect(
            self.hosted.provider.info.id, base_url=self.address, **self.credentials
        )
        try:
            WATCH.look("the Embeddings", connection.embed(items))
        except ProviderError as error:
            self._look_at(error)
        try:
            connection.embed_texts([item.text for item in items[:1]] + ["a tree"])
        except ProviderError as error:
            self._look_at(error)
        WATCH.look("the connection", connection, vars(connection))
        return connection.calls.calls

    def through_run(self, items):
        """Embed as the pages do, and look at progress and results."""
        info = self.hosted.provider.info
        found = find_credentials(info, self.credentials, environment={})
        context = CallContext(found, self.address, log=CallLog(), retry_policy=self.retry_policy)
        run = run_of(items, [info.setup()], self.cache, context=lambda setup: context).start()
        assert run.wait(30)
        for embeddings in run.take_ended():
            WATCH.look("the Embeddings", embeddings, embeddings.failures, embeddings.usage)
        WATCH.look("the progress", run.progress)
        WATCH.look("the access", context)
        return context.log.calls

    def embed_well(self):
        """Leave something in the cache before anything goes wrong."""
        connect(
            self.hosted.provider.info.id, base_url=self.server.address, **self.credentials
        ).embed(KITE)
        assert len(self.cache) == 1

    def close(self):
        self.cache.close()

    @staticmethod
    def _look_at(error):
        assert error.__cause__ is None
        assert error.__context__ is None
        WATCH.look_at_error(error)


def new_items(number):
    """Return a text and a picture that nobody has asked for yet."""
    colour = picture(f"rgb({number % 256}, {number // 256}, 0)")
    return text_item(f"cat {number}"), ingest_picture("a colour", colour.jpeg)


def play(monkeypatch, scene, faults):
    """Play a scene through both doors, once with each fault; return the calls."""
    monkeypatch.setattr(
        connection_module,
        "CallContext",
        functools.partial(CallContext, retry_policy=scene.retry_policy),
    )
    monkeypatch.setattr(connection_module, "shared_cache", lambda: scene.cache)
    if scene.server.key == KEY:
        scene.embed_well()
    calls = []
    for number, fault in enumerate(faults):
        # No turn waits for the rate of those before.
        monkeypatch.setattr(process_state, "PROCESS_STATE", process_state.ProcessState())
        scene.server.behave()
        if fault is not None:
            scene.server.misbehave(fault, times=None)
        try:
            items = new_items(number)
            made = [*scene.through_connect(items), *scene.through_run(items)]
            WATCH.look_at_calls(made)
            calls += made
        except AssertionError as error:
            error.add_note(f"with {fault}")
            raise
    assert calls
    WATCH.look_at_requests(scene.server.received, KEY)
    WATCH.look_at_files(scene.folder)
    scene.close()
    WATCH.look_at_files(scene.folder)
    return calls
