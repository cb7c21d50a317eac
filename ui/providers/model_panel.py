"""What decides the vectors of a row: model, dimension, role of captions, size of pictures."""

import streamlit as st

from collection.embeddings import Role, Setup
from collection.items import Modality
from providers.info import CAPTIONS, PICTURE_SIDES, PIXELS, Model, ProviderInfo
from ui.state.session import Session, session

_MOST_CONCURRENT = 32
_ROLE_NAMES = {Role.QUERY: "queries", Role.DOCUMENT: "documents"}


def model_panel(state: Session, info: ProviderInfo, row: int) -> None:
    """Draw the choices, and let the row show the Setup that they come to."""
    before = state.compared.setup_of(row)
    names = [model.id for model in info.models]
    name = st.selectbox("Model", names, index=names.index(before.model), key=f"model-{row}")
    model = info.model(name)
    if model.note:
        st.caption(model.note)
    left, right = st.columns(2)
    with left:
        dimension = _dimension(model, before, row)
        role = _role(info, model, before, row)
    with right:
        side = _side(model, before, row)
        _concurrency(state, info)
    setup = info.setup(name, dimension, role, side)
    if setup != before:
        state.compared.choose(row, setup)
        state.embedding.checks.pop(info.id, None)
        st.rerun()  # the row behind the dialog, too, shows what was chosen
    with st.container(horizontal=True):
        st.button(
            "Add another Setup",
            icon=":material/library_add:",
            key=f"add-{row}",
            on_click=_add,
            args=(info,),
            help="Compares a second model or dimension of this provider: it becomes a row of its "
            "own below this one.",
        )
        if state.compared.is_added(row):
            st.button(
                "Remove this Setup",
                icon=":material/delete:",
                key=f"remove-{row}",
                on_click=state.compared.remove,
                args=(row,),
            )
    st.caption("Another model or dimension gives other vectors, which have to be embedded anew.")


def _dimension(model: Model, before: Setup, row: int) -> int:
    sizes = list(model.dimensions)
    if before.model == model.id and before.dimension not in sizes:
        sizes.append(before.dimension)
    usual = sizes.index(before.dimension) if before.model == model.id else 0
    return st.selectbox(
        "Dimensions",
        sizes,
        index=usual,
        format_func=lambda size: f"{size} (usual)" if size == sizes[0] else str(size),
        key=f"dimension-{row}-{model.id}",
        help="How many numbers a vector has. Fewer are smaller and faster to search, and tell "
        "less apart.",
    )


def _role(info: ProviderInfo, model: Model, before: Setup, row: int) -> Role | None:
    """Let the person choose what captions are embedded as, where that makes a difference."""
    if Modality.TEXT not in model.roles:
        return None
    known = dict(before.settings).get(CAPTIONS, Role.QUERY)
    return st.selectbox(
        "Captions are embedded as",
        list(Role),
        index=list(Role).index(Role(str(known))),
        format_func=_ROLE_NAMES.__getitem__,
        key=f"role-{row}",
        help=info.role_note,
    )


def _side(model: Model, before: Setup, row: int) -> int:
    known = dict(before.settings).get(PIXELS) if before.model == model.id else None
    return st.selectbox(
        "Longest side of a picture as sent (pixels)",
        PICTURE_SIDES,
        index=PICTURE_SIDES.index(known or model.picture_side),
        key=f"side-{row}-{model.id}",
        help="Larger pictures show more and cost more: most providers count tokens by size.",
    )


def _concurrency(state: Session, info: ProviderInfo) -> None:
    chosen = st.number_input(
        "Calls at the same time",
        min_value=1,
        max_value=_MOST_CONCURRENT,
        value=state.embedding.concurrency.get(info.id, info.concurrency),
        key=f"at-once-{info.id}",
        help="More is faster until the provider refuses; then fewer are made by themselves.",
    )
    state.embedding.concurrency[info.id] = int(chosen)


def _add(info: ProviderInfo) -> None:
    session().compared.add(info.id)
