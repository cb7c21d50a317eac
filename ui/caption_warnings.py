"""What to know about the captions before a provider reads them."""

import streamlit as st

from collection.collection import Collection
from collection.language import not_english
from providers.provider import ProviderInfo
from providers.registry import PROVIDERS
from ui.text import counted, markdown_text


def caption_warnings(collection: Collection, info: ProviderInfo) -> list[str]:
    """Return one line for captions in a language, or of a length, that the model cannot read."""
    return _lines(collection.digest, info.id, collection, info)


@st.cache_resource(max_entries=50, show_spinner=False)
def _lines(
    digest: str, provider_id: str, _collection: Collection, _info: ProviderInfo
) -> list[str]:
    collection, info, lines = _collection, _info, []
    foreign = not_english([text.text for text in collection.texts]) if info.english_only else []
    if foreign:
        lines.append(
            f"{counted(len(foreign), 'caption')} may not be English, for example "
            f"“{markdown_text(foreign[0][:60])}”. This model reads English only."
        )
    embedder = PROVIDERS[info.id].embedder(info.setup())
    limit = info.models[0].max_tokens
    # A token has at least one letter, so shorter texts need no counting.
    maybe = [text for text in collection.texts if len(text.text) > limit - 2]
    long = [text for text in maybe if (embedder.token_count(text.text) or 0) > limit]
    if long:
        lines.append(
            f"{counted(len(long), 'caption')} longer than {limit} word pieces, for example "
            f"“{markdown_text(long[0].text[:40])}…”. The rest of it is not read."
        )
    return lines
