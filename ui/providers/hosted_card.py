"""What the card of a hosted provider lets a person set: model, dimension, role, key, check."""

import streamlit as st

from collection.embeddings import Role, Setup
from collection.items import Modality
from providers.check import CheckResult, check, unusable
from providers.errors import MissingCredentials, ProviderFailed
from providers.failure_kind import FailureKind
from providers.info import PICTURE_SIDES, Model, ProviderInfo
from providers.registry import PROVIDERS
from ui.elements.choice import choose_one
from ui.elements.text import markdown_text, message_text, with_commas
from ui.providers.key_panel import key_panel
from ui.state.session import Session, session

_MOST_CONCURRENT = 32
_NOTES_SHOWN = 2
"""So many notes stand on the card itself, the others behind “More settings”."""


def hosted_card(state: Session, info: ProviderInfo) -> None:
    """Draw the choices, the price, the key and the check of a hosted provider."""
    for note in info.notes[:_NOTES_SHOWN]:
        st.caption(f":material/info: {note}")
    setup = _choices(state, info)
    state.compared.choose(setup)
    _price(setup)
    key_panel(state, info)
    _check(state, info, setup)


def _choices(state: Session, info: ProviderInfo) -> Setup:
    """Draw what decides the vectors, and return the Setup."""
    before = state.compared.setup_for(info.id)
    name = st.selectbox(
        "Model",
        [model.id for model in info.models],
        key=f"model-{info.id}",
        persist_state="session",
    )
    model = info.model(name)
    dimension = _dimension(info, model)
    if model.note:
        st.caption(model.note)
    with st.expander("More settings, more to know", icon=":material/tune:"):
        role = _role(info, model)
        side = _side(info, model)
        _concurrency(state, info)
        setup = info.setup(name, dimension, role, side)
        _pin_button(state, info, setup)
        for note in info.notes[_NOTES_SHOWN:]:
            st.caption(f":material/info: {note}")
    _pinned(state, info)
    if setup != before:
        state.embedding.checks.pop(info.id, None)
    return setup


def _dimension(info: ProviderInfo, model: Model) -> int:
    words = {model.dimensions[0]: f"{model.dimensions[0]} (usual)"}
    return st.selectbox(
        "Dimensions",
        model.dimensions,
        format_func=lambda size: words.get(size, str(size)),
        key=f"dimension-{info.id}-{model.id}",
        persist_state="session",
        help="How many numbers a vector has. Fewer are smaller and faster to search, and tell "
        "less apart.",
    )


def _role(info: ProviderInfo, model: Model) -> Role | None:
    """Let the person choose what captions are embedded as, where that makes a difference."""
    if Modality.TEXT not in model.roles:
        return None
    role = choose_one(
        "Captions are embedded as",
        list(Role),
        f"role-{info.id}",
        default=Role.QUERY,
        in_words=lambda role: {Role.QUERY: "queries", Role.DOCUMENT: "documents"}[role],
        explained=info.role_note,
    )
    st.caption(info.role_note)
    return Role(role)


def _side(info: ProviderInfo, model: Model) -> int:
    return st.selectbox(
        "Pictures are sent at most this long (pixels)",
        PICTURE_SIDES,
        index=PICTURE_SIDES.index(model.picture_side),
        key=f"side-{info.id}-{model.id}",
        persist_state="session",
        help="Larger pictures show more and cost more: most providers count tokens by size.",
    )


def _concurrency(state: Session, info: ProviderInfo) -> None:
    chosen = st.number_input(
        "Calls at the same time",
        min_value=1,
        max_value=_MOST_CONCURRENT,
        value=info.concurrency,
        key=f"at-once-{info.id}",
        persist_state="session",
        help="More is faster until the provider refuses; then fewer are made by themselves.",
    )
    state.embedding.concurrency[info.id] = int(chosen)


def _pin_button(state: Session, info: ProviderInfo, setup: Setup) -> None:
    """Let the person compare several Setups of one provider."""
    if setup not in state.compared.pinned_of(info.id):
        st.button(
            "Keep this one, compare another",
            icon=":material/library_add:",
            key=f"keep-{info.id}",
            on_click=state.compared.pin,
            args=(setup,),
            help="This model with these settings stays in the comparison. Then choose another "
            "model or dimension: both get a column.",
        )


def _pinned(state: Session, info: ProviderInfo) -> None:
    """Name the Setups of this provider that are compared beside the card's, each with Drop."""
    for other in state.compared.pinned_of(info.id):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":material/push_pin: {markdown_text(other.details)}")
            st.button(
                "Drop",
                key=f"drop-{other.key}",
                on_click=state.compared.unpin,
                args=(other,),
            )


def _price(setup: Setup) -> None:
    price = PROVIDERS[setup.provider].info.model(setup.model).price
    if price is None:
        st.caption(":material/payments: Price: unknown. Look on the provider's page.")
    else:
        st.caption(
            f":material/payments: Price: {markdown_text(price.words)} "
            f"([source]({price.source}), as of {price.date})."
        )


def _check(state: Session, info: ProviderInfo, setup: Setup) -> None:
    """Draw the check and what it found; there is room for it from the start."""
    if st.button(
        "Check",
        icon=":material/network_check:",
        key=f"check-{info.id}",
        help="One tiny call: embeds the word “hello”.",
    ):
        with st.spinner("Asking …"):
            found = _checked(setup)
        state.embedding.begin_afresh(info.id)
        state.embedding.checks[info.id] = found
    result = state.embedding.checks.get(info.id)
    if result is None:
        st.caption("Check makes one tiny call and says in words what is the matter, if anything.")
    elif result.ok:
        left = f" {markdown_text(with_commas(result.remaining))}." if result.remaining else ""
        st.success(
            f"**{result.headline}** {message_text(result.details)}{left}",
            icon=":material/check_circle:",
        )
    else:
        st.error(
            f"**{message_text(result.headline)}** {message_text(result.details)}",
            icon=":material/error:",
        )


def _checked(setup: Setup) -> CheckResult:
    state = session()
    try:
        context = state.call_context(setup)
    except MissingCredentials as missing:
        return CheckResult(missing.reason, "Give it in the field above.", FailureKind.NO_KEY)
    except ProviderFailed as failure:
        return unusable(failure)
    assert context is not None
    return check(PROVIDERS[setup.provider], setup, context)
