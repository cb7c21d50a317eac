"""What to know about the captions before a provider reads them."""

from collections.abc import Sequence

import streamlit as st

from collection.collection import Collection
from collection.embeddings import Setup
from collection.language import not_english
from providers.registry import PROVIDERS
from ui.lineup import Lineup
from ui.text import counted, markdown_text

NAMED = 4
"""So many captions are named in one line."""


def caption_warnings(collection: Collection, lineup: Lineup, noun: str = "caption") -> list[str]:
    """Return a line for captions in a language, or of a length, that a model cannot read.

    Setups with the same difficulty share a line. `noun`: what the texts are called.
    """
    shared: dict[str, list[str]] = {}
    for setup in lineup.setups:
        for line in _lines(collection.digest, setup, noun, collection):
            shared.setdefault(line, []).append(markdown_text(lineup.name_of(setup)))
    return [f"**{', '.join(names)}**: {line}" for line, names in shared.items()]


@st.cache_resource(max_entries=100, show_spinner=False)
def _lines(digest: str, setup: Setup, noun: str, _collection: Collection) -> list[str]:
    info = PROVIDERS[setup.provider].info
    texts = [text.text for text in _collection.texts]
    lines = []
    foreign = not_english(texts) if info.english_only else []
    if foreign:
        lines.append(
            f"{counted(len(foreign), noun)} may not be English, which is all that this model "
            f"reads: {_named(foreign)}."
        )
    long = _longer_than_read(setup, texts)
    if long:
        lines.append(
            f"{counted(len(long), noun)} longer than {info.model(setup.model).max_tokens} "
            f"tokens{'' if info.embedded else ' (as estimated here)'}, the rest of which is "
            f"not read: {_named(long)}."
        )
    return lines


def _longer_than_read(setup: Setup, texts: Sequence[str]) -> list[str]:
    provider = PROVIDERS[setup.provider]
    limit = provider.info.model(setup.model).max_tokens
    # A token has at least one letter, so shorter texts need no counting.
    maybe = [text for text in texts if len(text) > limit - 2]
    return [text for text in maybe if provider.token_count(setup, text) > limit]


def _named(texts: Sequence[str]) -> str:
    names = [f"“{markdown_text(text[:60])}{'…' if len(text) > 60 else ''}”" for text in texts]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
