"""What to know about the captions before a provider reads them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from charts.labels import shortened
from collection.collection import Collection
from collection.embeddings import Setup
from collection.items import TextItem
from collection.language import not_english
from providers.registry import PROVIDERS, info_of
from ui.elements.text import counted, markdown_text
from ui.state.content_cache import cached_by_content

NAMED = 4
"""So many captions are named in one line."""

NAME_LENGTH = 61
"""So many characters of a caption stand in a line."""


def caption_warnings(
    collection: Collection, setups: Iterable[Setup], name_of: Callable[[Setup], str]
) -> list[str]:
    """Return a line for captions in a language, or of a length, that a model cannot read.

    Setups with the same difficulty share a line.
    """
    return _lines(
        name_of,
        ((setup, _caption_troubles(collection, setup)) for setup in setups),
        _CAPTIONS,
    )


def query_warnings(
    words: TextItem, setups: Iterable[Setup], name_of: Callable[[Setup], str]
) -> list[str]:
    """Return the same of the words that are searched for, read by these Setups."""
    return _lines(
        name_of,
        ((setup, _troubles([words.text], setup)) for setup in setups),
        _QUERY,
    )


class _Kind(Enum):
    """What is the matter with texts: not English, cut at a length, or too long for a provider."""

    FOREIGN = auto()
    CUT = auto()
    TOO_LONG = auto()


class _Trouble(NamedTuple):
    """Texts that a model cannot read as they are; limit: how many tokens it reads."""

    kind: _Kind
    texts: tuple[str, ...]
    limit: int


_CAPTIONS = {
    _Kind.FOREIGN: "{captions} may not be English, which is all that {models}: {named}.",
    _Kind.CUT: "only the first {limit:,} tokens of {captions} are read: {named}.",
    _Kind.TOO_LONG: "{captions} may be longer than {limit:,} tokens, which the provider may refuse "
    "or leave unread from there on: {named}.",
}
_QUERY = {
    _Kind.FOREIGN: "your words may not be English, which is all that {models}.",
    _Kind.CUT: "only the first part of your words is read ({limit:,} tokens).",
    _Kind.TOO_LONG: "your words may be longer than {limit:,} tokens, which the provider may refuse "
    "or leave unread from there on.",
}


def _lines(
    name_of: Callable[[Setup], str],
    troubles: Iterable[tuple[Setup, Sequence[_Trouble]]],
    templates: Mapping[_Kind, str],
) -> list[str]:
    shared: dict[_Trouble, list[str]] = {}
    for setup, some in troubles:
        for trouble in some:
            shared.setdefault(trouble, []).append(markdown_text(name_of(setup)))
    return [
        f"**{', '.join(names)}**: "
        + templates[trouble.kind].format(
            captions=counted(len(trouble.texts), "caption"),
            named=_named(trouble.texts),
            limit=trouble.limit,
            models="this model reads" if len(names) == 1 else "these models read",
        )
        for trouble, names in shared.items()
    ]


@cached_by_content(max_entries=100)
def _caption_troubles(collection: Collection, setup: Setup) -> list[_Trouble]:
    return _troubles([text.text for text in collection.texts], setup)


def _troubles(texts: Sequence[str], setup: Setup) -> list[_Trouble]:
    info = info_of(setup)
    if not info.embeds:
        return []
    limit = info.model(setup.model).max_tokens
    troubles = (
        _Trouble(_Kind.FOREIGN, tuple(not_english(texts) if info.english_only else ()), 0),
        _Trouble(
            _Kind.CUT if info.embedded else _Kind.TOO_LONG,
            tuple(_longer_than_read(setup, texts)),
            limit,
        ),
    )
    return [trouble for trouble in troubles if trouble.texts]


def _longer_than_read(setup: Setup, texts: Sequence[str]) -> list[str]:
    provider = PROVIDERS[setup.provider]
    limit = provider.info.model(setup.model).max_tokens
    # A token has at least one letter, so shorter texts need no counting.
    maybe = [text for text in texts if len(text) > limit - 2]
    return [text for text in maybe if provider.token_count(setup, text) > limit]


def _named(texts: Sequence[str]) -> str:
    names = [f"“{markdown_text(shortened(text, NAME_LENGTH))}”" for text in texts]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
