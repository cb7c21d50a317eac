"""A hosted provider's key in its dialog: how to get one, the fields, and the check."""

from collections.abc import Mapping

import streamlit as st

from providers.check import CheckResult, check, unusable
from providers.errors import MissingCredentials, ProviderFailed
from providers.failure_kind import FailureKind
from providers.info import KeyField, ProviderInfo
from providers.registry import PROVIDERS
from ui.elements.text import markdown_text, message_text, with_commas
from ui.state.session import Session, session

_CHECK = "key-to-check"


def key_panel(state: Session, info: ProviderInfo, row: int) -> bool:
    """Draw the steps to a key, its fields and the check; return whether it has just proved to work.

    A secret never comes back to the page.
    """
    st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(info.key_steps, 1)))
    origins = state.keyring.origins(info)
    found = state.embedding.checks.get(info.id)
    for entry in info.key_fields:
        if entry.secret and entry.name in origins:
            _known(state, info, entry, origins[entry.name])
    _form(state, info, origins)
    place = st.container()
    if st.session_state.pop(_CHECK, None) == info.id:
        with place, st.spinner("Asking …"):
            found = _checked(state, info, row)
        if found.ok:
            state.compared.tick(row, True)
            return True
    with place:
        _outcome(found)
    st.caption("A key typed here stays in this browser session and is gone when it ends.")
    if state.keyring.lent:
        variables = ", ".join(f"`{v}`" for entry in info.key_fields for v in entry.variables)
        st.caption(
            "Instead, this machine's environment or `.streamlit/secrets.toml` may hold "
            f"{variables}."
        )
    return False


def _known(state: Session, info: ProviderInfo, entry: KeyField, origin: str) -> None:
    """Say that a secret is known and from where, and offer to forget one that was typed."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/lock: {entry.label}: **set**, {markdown_text(origin)}")
        if entry.name in state.keyring.secrets.get(info.id, {}):
            st.button(
                "Forget it",
                key=f"forget-{info.id}-{entry.name}",
                on_click=state.forget_key,
                args=(info.id, entry.name),
            )


def _form(state: Session, info: ProviderInfo, origins: Mapping[str, str]) -> None:
    """Ask for what the provider wants to know; secrets are emptied as they are sent."""
    with st.form(f"form-{info.id}", border=False, enter_to_submit=True):
        for entry in info.key_fields:
            draw = _secret if entry.secret else _plain
            draw(state, info, entry, origins.get(entry.name))
        missing = any(e.secret and e.required and e.name not in origins for e in info.key_fields)
        st.form_submit_button(
            "Set and check",
            type="primary",
            icon=":material/network_check:",
            key=f"check-{info.id}",
            on_click=_take,
            args=(info,),
            help="Makes one tiny call: embeds the word “hello”."
            + ("" if missing else " Left empty, the key that is set is checked."),
        )


def _secret(state: Session, info: ProviderInfo, entry: KeyField, origin: str | None) -> None:
    if not entry.required and state.keyring.lent:
        st.caption("Left empty, this machine's own login is used, if there is one.")
    st.text_input(
        entry.label if origin is None else f"Another {_decapitalised(entry.label)}",
        type="password",
        key=_key(info, entry),
        help=entry.hint or None,
        autocomplete="off",
    )


def _decapitalised(label: str) -> str:
    """Return the label as it stands within a sentence; what is an abbreviation stays so."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _plain(state: Session, info: ProviderInfo, entry: KeyField, origin: str | None) -> None:
    """Ask for what is no secret, such as a project; it stays on the page."""
    lent = origin if origin is not None and origin.startswith("from ") else None
    st.text_input(
        entry.label,
        value=state.keyring.values.get(info.id, {}).get(entry.name, ""),
        key=_key(info, entry),
        placeholder=lent or entry.default or None,
        help=entry.hint or None,
    )


def _key(info: ProviderInfo, entry: KeyField) -> str:
    return f"{'key' if entry.secret else 'value'}-{info.id}-{entry.name}"


def _take(info: ProviderInfo) -> None:
    """Take over what was typed, and let the dialog check it; a secret left empty stays as it is."""
    state = session()
    for entry in info.key_fields:
        typed = st.session_state[_key(info, entry)]
        if entry.secret:
            st.session_state[_key(info, entry)] = ""
        if typed or not entry.secret:
            state.give_key(info, entry, typed)
    st.session_state[_CHECK] = info.id


def _checked(state: Session, info: ProviderInfo, row: int) -> CheckResult:
    """Make the call, and keep what came of it."""
    setup = state.compared.setup_of(row)
    try:
        context = state.call_context(setup)
    except MissingCredentials as missing:
        found = CheckResult(missing.reason, "Give it in the field above.", FailureKind.NO_KEY)
    except ProviderFailed as failure:
        found = unusable(failure)
    else:
        assert context is not None, "Only hosted providers are checked."
        found = check(PROVIDERS[info.id], setup, context)
    state.embedding.begin_afresh(info.id)
    state.embedding.checks[info.id] = found
    return found


def _outcome(found: CheckResult | None) -> None:
    """Say what the last check found; nothing before the first one."""
    if found is None:
        return
    if found.ok:
        left = f" {markdown_text(with_commas(found.remaining))}." if found.remaining else ""
        st.success(
            f"**{found.headline}** {message_text(found.details)}{left}",
            icon=":material/check_circle:",
        )
    else:
        st.error(
            f"**{message_text(found.headline)}** {message_text(found.details)}",
            icon=":material/error:",
        )
