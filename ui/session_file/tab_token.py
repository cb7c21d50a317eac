"""What a reload finds again, for how long it is held, and the button that forgets it now."""

import secrets
from typing import Any

import streamlit as st

from ui.elements.listener import listener
from ui.server.sessions import server_sessions
from ui.state.key_lending import lends_keys
from ui.state.session import Session, session_id

_LISTENER = listener("tab_token")
_KEY, _NONCE, _TOKEN = "tab-token-events", "tab-nonce", "tab-token"
_TOKEN_BYTES = 16


def what_is_held(state: Session) -> None:
    """Give this tab its token, and say what is held for whom comes back, behind a button."""
    st.session_state.setdefault(_NONCE, secrets.token_urlsafe(_TOKEN_BYTES))
    _LISTENER(
        key=_KEY,
        data={"nonce": st.session_state[_NONCE], "token": st.session_state.get(_TOKEN, "")},
        on_claim_change=_take_claim,
        height=1,
    )
    if not len(state.collection) and not state.keyring.any_typed:
        return
    sessions = server_sessions()
    with st.popover("What is kept", icon=":material/history:"):
        st.markdown(
            "This tab finds everything again after a reload. Once it is closed, keys are kept for "
            f"{_minutes(sessions.key_retention)} and all else for {_minutes(sessions.retention)}, "
            "in the memory of this server. “Save session” keeps it for longer."
        )
        st.button(
            "Forget everything here",
            icon=":material/delete_forever:",
            on_click=state.forget_everything,
        )


def _take_claim() -> None:
    """Take over what this tab had before a reload, and give it another token."""
    claim: Any = st.session_state[_KEY]["claim"]
    if not isinstance(claim, dict) or claim.get("nonce") != st.session_state.get(_NONCE):
        return
    if _TOKEN in st.session_state:
        return
    sessions, here, token = server_sessions(), session_id(), claim.get("token")
    if isinstance(token, str) and token:
        found = sessions.take_over(token, here, claim.get("reloaded") is True)
        if found is not None:
            _show(found, here)
    st.session_state[_TOKEN] = secrets.token_urlsafe(_TOKEN_BYTES)
    sessions.give_token(here, st.session_state[_TOKEN])


def _show(found: Session, here: str) -> None:
    # What it knows takes a second to import: not before somebody needs it.
    from ui.session_file.views import choose_views

    former: Session = st.session_state["session"]
    if former is not found:
        former.end()  # what the address or the server's owner had it begin with
    found.owner = here
    found.keyring.lent = lends_keys()
    st.session_state["session"] = found
    server_sessions().admit(here, found)
    choose_views(found.views)


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:g} minutes" if seconds != 60 else "a minute"
