"""A hosted provider's key on its card: where it comes from, the field, Replace and Forget."""

import streamlit as st

from providers.info import KeyField, ProviderInfo
from ui.elements.text import markdown_text
from ui.state.session import Session, session


def key_panel(state: Session, info: ProviderInfo) -> None:
    """Draw each thing that the provider wants to know: secret ones never come back."""
    origins = state.keyring.origins(info)
    for entry in info.key_fields:
        draw = _secret if entry.secret else _plain
        draw(state, info, entry, origins.get(entry.name))
    with st.expander("Where do I get a key?", icon=":material/key:"):
        st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(info.key_steps, 1)))
        st.caption("A key typed here stays in this browser session and is gone when it ends.")
        if state.keyring.lent:
            variables = ", ".join(f"`{v}`" for entry in info.key_fields for v in entry.variables)
            st.caption(
                "Instead, this machine's environment or `.streamlit/secrets.toml` may hold "
                f"{variables}."
            )


def _secret(state: Session, info: ProviderInfo, entry: KeyField, origin: str | None) -> None:
    replacing = f"replacing-{info.id}-{entry.name}"
    if origin is None or st.session_state.get(replacing):
        _form(state, info, entry, replacing)
        return
    typed = entry.name in state.keyring.secrets.get(info.id, {})
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/lock: {entry.label}: **set**, {markdown_text(origin)}")
        with st.container(horizontal=True, gap="small", width="content"):
            if st.button("Replace", key=f"replace-{info.id}-{entry.name}"):
                st.session_state[replacing] = True
                st.rerun()
            if typed:
                st.button(
                    "Forget",
                    key=f"forget-{info.id}-{entry.name}",
                    on_click=state.forget_key,
                    args=(info.id, entry.name),
                )


def _form(state: Session, info: ProviderInfo, entry: KeyField, replacing: str) -> None:
    """Ask for the secret; the field is emptied as it is sent, and its value never comes back."""
    key = f"key-{info.id}-{entry.name}"
    if not entry.required and state.keyring.lent:
        st.caption("Left empty, this machine's own login is used, if there is one.")
    with st.form(f"form-{key}", clear_on_submit=True, border=False):
        left, right = st.columns([3, 1], vertical_alignment="bottom", gap="small")
        left.text_input(
            entry.label, type="password", key=key, help=entry.hint or None, autocomplete="off"
        )
        right.form_submit_button(
            "Set", width="stretch", on_click=_take, args=(info, entry, key, replacing)
        )


def _take(info: ProviderInfo, entry: KeyField, key: str, replacing: str) -> None:
    session().give_key(info, entry, st.session_state[key])
    st.session_state.pop(replacing, None)


def _plain(_state: Session, info: ProviderInfo, entry: KeyField, origin: str | None) -> None:
    """Ask for what is no secret, such as a project; it stays on the page."""
    key = f"value-{info.id}-{entry.name}"
    lent = origin if origin is not None and origin.startswith("from ") else None
    st.text_input(
        entry.label,
        key=key,
        placeholder=lent or entry.default or None,
        help=entry.hint or None,
        on_change=_take_plain,
        args=(info, entry, key),
        persist_state="session",
    )


def _take_plain(info: ProviderInfo, entry: KeyField, key: str) -> None:
    session().give_key(info, entry, st.session_state[key])
