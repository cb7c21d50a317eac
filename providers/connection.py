"""The door for notebooks and scripts: connect to a provider, get vectors."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

from collection.collection import Pair
from collection.embeddings import Embeddings, FloatArray, Role, Setup, stacked
from collection.items import Item, PictureItem, TextItem
from providers.embedding.cache import VectorCache, shared_cache
from providers.embedding.job import EmbeddingJob
from providers.embedding.progress import JobState
from providers.errors import ProviderFailed, SomeItemsFailed, UnusableInput
from providers.given_items import PictureSource, grouped, item_of_text, pictures_of
from providers.info import ProviderInfo
from providers.inputs import Input, input_of, role_of
from providers.provider import Provider
from providers.registry import provider
from providers.transport.base_url import base_url_of
from providers.transport.call_context import CallContext
from providers.transport.call_log import CallLog
from providers.transport.credentials import Secret, cleaned, find_credentials

_RENAMED = {"at_once": "max_concurrency", "base_address": "base_url"}
"""Arguments of `connect` that had another name once."""


def _is_sample(item_id: str) -> bool:
    # Decoding the samples takes a moment, which only those need who meet one in the cache.
    from collection.samples import is_sample_item

    return is_sample_item(item_id)


class Connection:
    """A provider with its Setup chosen; made by `connect`.

    `calls`: the calls made through this connection, of a hosted provider.
    """

    def __init__(self, source: Provider, setup: Setup, context: CallContext | None) -> None:
        self.info, self.setup = source.info, setup
        self.calls = context.log if context is not None else CallLog()
        self._embedder = source.embedder(setup, context)
        # Embedding on this machine takes less time than asking the disk.
        self._cache: VectorCache | None = None if source.info.embedded else shared_cache()

    def __repr__(self) -> str:
        return f"<{self.setup.label}>"

    def embed_texts(self, texts: Sequence[str], role: Role | str | None = None) -> FloatArray:
        """Return the vectors of the texts, float32 (n, d), rows of length 1, in order.

        Raises SomeItemsFailed, which carries the rows that succeeded and why the others did
        not; ProviderFailed when the provider as a whole cannot go on; UnusableInput for
        anything but a list of texts.
        """
        _check_is_list(texts, "texts")
        return self._all_rows([[item_of_text(text) for text in texts]], len(texts), role)

    def embed_images(
        self, images: Sequence[PictureSource], role: Role | str | None = None
    ) -> FloatArray:
        """Return the vectors of the pictures, float32 (n, d), rows of length 1, in order.

        A picture is a path, the bytes of a file, or a Pillow image. Raises as `embed_texts`.
        """
        _check_is_list(images, "images")
        with closing(pictures_of(images)) as pictures:
            return self._all_rows(grouped(pictures), len(images), role)

    def embed(
        self,
        items: Sequence[Item],
        role: Role | str | None = None,
        pairs: Sequence[Pair] = (),
    ) -> Embeddings:
        """Return Embeddings of collection items; an item that fails is named in `failures`.

        Captions are embedded as the Setup says, as queries if it says nothing, and pictures as
        documents, unless `role` says otherwise. `pairs`: ids of captions and pictures that belong
        together; some providers embed a pair in one call. Raises ProviderFailed when the provider
        as a whole cannot go on; `found` of the error holds the Embeddings there were by then.
        """
        return self._embedded([self._inputs(items, _role(role))], pairs)

    def _inputs(self, items: Iterable[Item], role: Role | None) -> list[Input]:
        return [input_of(item, role or role_of(item, self.setup)) for item in items]

    def _embedded(
        self, arriving: Iterable[Sequence[Input]], pairs: Sequence[Pair] = ()
    ) -> Embeddings:
        job = EmbeddingJob(
            self.info,
            self.setup,
            self._embedder,
            (),
            self._cache,
            pairs=pairs,
            is_public=_is_sample,
            arriving=arriving,
        )
        job.run()
        if (failed := job.failure) is not None:
            raise type(failed)(
                failed.provider,
                failed.reason,
                failed.advice,
                job.embeddings,
                kind=failed.kind,
                action=failed.action,
            )
        if job.progress.state is JobState.FAILED:
            raise ProviderFailed(self.info.title, job.progress.reason, found=job.embeddings)
        return job.embeddings

    def _all_rows(
        self, groups: Iterable[Sequence[Item | str]], count: int, role: Role | str | None
    ) -> FloatArray:
        """Return the rows of `count` items, which come in groups; a str says why there is none."""
        items: list[Item | str | None] = []
        asked = _role(role)

        def arriving() -> Iterator[list[Input]]:
            for group in groups:
                items.extend(group)
                yield self._inputs((item for item in group if not isinstance(item, str)), asked)

        stopped = ""
        try:
            found = self._embedded(arriving())
        except ProviderFailed as failure:
            if failure.found is None or not len(failure.found):
                raise
            found, stopped = failure.found, str(failure.trouble)
        items += [None] * (count - len(items))
        failures = {
            index: reason
            for index, item in enumerate(items)
            if (reason := _why_not(item, found, stopped)) is not None
        }
        rows = [index for index in range(count) if index not in failures]
        ids = (
            item.id
            for item in map(items.__getitem__, rows)
            if isinstance(item, TextItem | PictureItem)
        )
        vectors = stacked(list(found.of(ids)), self.setup.dimension)
        if failures:
            raise SomeItemsFailed(self.info.title, vectors, rows, failures)
        return vectors


def connect(
    provider_id: str,
    *,
    model: str | None = None,
    dimension: int | None = None,
    captions: Role | str | None = None,
    picture_side: int | None = None,
    base_url: str | None = None,
    max_concurrency: int | None = None,
    **credentials: str,
) -> Connection:
    """Connect to a provider by its id, such as `connect("nomic", api_key="…")`.

    `model`, `dimension` and `picture_side` (pixels) default to the provider's own, `captions` to
    the role of a query. `credentials` are named as on the provider's card: `api_key`, or
    `access_token`, `project` and `region`; what is not given is taken from the environment, as is
    `base_url` (scheme and host). `max_concurrency`: how many calls of a hosted provider may be
    under way at the same time. Nothing is loaded or asked until something is embedded.

    Raises UnknownProvider, UnsupportedSetup, UnusableInput for an argument of the wrong type and
    for a credential that the provider does not know, MissingCredentials and UnusableCredential.
    """
    given, no_text = _out_of_sight(credentials)
    source = provider(provider_id)
    setup = source.info.setup(model, dimension, captions, picture_side)
    _check_names(source.info, given)
    if not isinstance(base_url, str | None):
        no_text.append("base_url")
    if no_text:
        raise UnusableInput(f"Give {no_text[0]} as a string.")
    if max_concurrency is not None and (type(max_concurrency) is not int or max_concurrency < 1):
        raise UnusableInput("Give max_concurrency as a whole number, at least 1.")
    if source.info.embedded:
        return Connection(source, setup, None)
    found = find_credentials(source.info, given)
    asked = base_url_of(source.info) if base_url is None else base_url
    return Connection(source, setup, CallContext(found, asked, concurrency=max_concurrency))


def _out_of_sight(credentials: dict[str, Any]) -> tuple[dict[str, Secret], list[str]]:
    """Empty the dict: a traceback may show the variables of a frame.

    Returns what was in it, and the names of what is no text.
    """
    given: dict[str, Secret] = {}
    no_text: list[str] = []
    for name in tuple(credentials):
        value = credentials.pop(name)
        given[name] = Secret(cleaned(value) if isinstance(value, str) else "")
        if not isinstance(value, str | None):
            no_text.append(name)
    return given, no_text


def _check_names(info: ProviderInfo, given: Iterable[str]) -> None:
    known = sorted(entry.name for entry in info.key_fields)
    for name in given:
        if name in _RENAMED:
            raise UnusableInput(f"“{name}” is called “{_RENAMED[name]}” now: give it by that name.")
        if name not in known:
            takes = ", ".join(known) or "no credentials"
            raise UnusableInput(f"{info.id} takes no “{name}”, but {takes}.")


def _check_is_list(values: object, what: str) -> None:
    if not isinstance(values, Sequence) or isinstance(values, str | bytes):
        raise UnusableInput(f"Give the {what} as a list, also when there is only one.")


def _role(role: Role | str | None) -> Role | None:
    try:
        return None if role is None else Role(role)
    except ValueError:
        raise UnusableInput(f"There is no role “{role}”. Choose query or document.") from None


def _why_not(item: Item | str | None, found: Embeddings, stopped: str) -> str | None:
    """Return why this item has no row: of its own, or because the provider stopped before.

    None is one that had not been looked at by then.
    """
    if item is None or isinstance(item, str):
        return stopped if item is None else item
    if item.id in found:
        return None
    return str(found.failures.get(item.id, stopped))
