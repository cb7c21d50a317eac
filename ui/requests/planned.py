"""The calls that would embed the collection, to read and to paste before there is any key."""

import io
from collections.abc import Sequence

import streamlit as st

from collection.embeddings import Setup
from providers.errors import MissingCredentials, ProviderFailed
from providers.inputs import Batch
from providers.registry import hosted, info_of
from providers.snippets.folder import write_folder
from providers.snippets.planned_call import planned_batches, planned_call
from providers.transport.base_url import base_url_of
from ui.elements.text import counted, message_text
from ui.requests.call_table import batch_in_words
from ui.requests.commands import TITLES, commands, picture_names
from ui.state.session import Session


def planned_calls(state: Session) -> None:
    """Draw the choice of a Setup and of one of its calls, and the call as text."""
    if not len(state.collection):
        st.info("The collection is empty, so nothing would be sent. Bring pictures and captions.")
        st.page_link("pages/collection.py", label="Bring some", icon=":material/photo_library:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="planned"):
        setup = _chosen_setup(state)
        batches = planned_batches(setup, state.collection.items.values(), state.collection.pairs)
        batch = _chosen_batch(batches)
        address, is_own, problem = _address(state, setup)
        if not problem:
            with st.container(key="planned-folder", width="content"):
                _download(state, setup, batches, address)
    if problem:
        st.warning(message_text(problem), icon=":material/error:")
        return
    shown = planned_call(
        setup,
        batch,
        picture_names(state.collection),
        address,
        state.keyring.values.get(setup.provider),
        state.keyring.lent_variables,
        own_base_url=is_own,
    )
    commands(st.tabs(TITLES), shown)
    if shown.file_names:
        st.caption(
            "Run it where your pictures are: it looks for JPEG files of the names that you gave "
            "them. The folder holds them numbered, at the size at which they are sent."
        )


def _chosen_setup(state: Session) -> Setup:
    """Let the person choose among the hosted Setups, compared or not; one compared comes first."""
    rows = state.compared.rows
    setups = [setup for row in rows if hosted(setup := state.compared.setup_of(row)) is not None]
    by_key = {setup.key: setup for setup in sorted(setups, key=lambda s: s not in state.chosen)}
    titles = [info_of(setup).title for setup in by_key.values()]

    def in_words(key: str) -> str:
        title = info_of(by_key[key]).title
        return title if titles.count(title) == 1 else f"{title} · {by_key[key].details}"

    chosen = st.selectbox("Setup", list(by_key), format_func=in_words, key="planned-setup")
    return by_key[chosen]


def _chosen_batch(batches: Sequence[Batch]) -> Batch:
    number = st.selectbox(
        "Call",
        range(len(batches)),
        format_func=lambda n: f"{n + 1} of {len(batches)} · {batch_in_words(batches[n])}",
        key="planned-call",
    )
    return batches[number]


def _address(state: Session, setup: Setup) -> tuple[str | None, bool, str]:
    """Return where the provider is asked, whether that is its own address, and what is wrong.

    None is the provider's usual address. One may depend on the key, where there is one.
    """
    provider = hosted(setup)
    assert provider is not None, "Only hosted Setups are offered."
    try:
        given = base_url_of(provider.info)
        if given is not None:
            return given, False, ""
        return provider.api.base_url_for(state.keyring.credentials(provider.info)), True, ""
    except MissingCredentials:
        return None, True, ""
    except ProviderFailed as failure:
        return None, True, str(failure)


def _download(state: Session, setup: Setup, batches: Sequence[Batch], address: str | None) -> None:
    names, values = picture_names(state.collection), state.keyring.values.get(setup.provider)
    variables = state.keyring.lent_variables

    def made() -> io.BytesIO:
        """Make it at the click."""
        folder = io.BytesIO()
        write_folder(folder, setup, batches, names, address, values, variables)
        folder.seek(0)
        return folder

    st.download_button(
        "Download as a folder",
        data=made,
        file_name=f"{setup.provider}-{len(batches)}-calls.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        help=f"All {counted(len(batches), 'call')}: the pictures, what is sent with them, and "
        "run.sh, which sends it with curl. No key is in it.",
    )
