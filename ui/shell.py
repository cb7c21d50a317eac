"""What every page begins with: its title, and the sidebar with the collection and the run."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ui.address.address import open_sample, read_address, write_address
from ui.address.parameter import Parameter
from ui.elements.announcer import announce
from ui.elements.focus_keeper import keep_focus_on_buttons
from ui.elements.larger import larger, larger_styles, larger_switch, usual_size
from ui.elements.menu_closer import close_menu_after_a_choice
from ui.elements.paper_width import measure_for_paper
from ui.elements.text import counted, markdown_text
from ui.elements.theme import ground, ink, is_dark
from ui.export.dialog import export_button
from ui.opened_at_start import open_at_start
from ui.run.setup_state import embedding_state_in_words
from ui.server.sessions import server_sessions
from ui.session_file.at_start import begin_with_the_session
from ui.session_file.save_button import save_button
from ui.session_file.tab_token import what_is_held
from ui.state.session import Session, session, session_id
from ui.warm_up import prepare_once, warm_up_once

PAGES = (
    ("app.py", "Start", ":material/home:"),
    ("pages/collection.py", "Collection", ":material/photo_library:"),
    ("pages/providers.py", "Providers", ":material/memory:"),
    ("pages/similarity.py", "Similarity", ":material/grid_on:"),
    ("pages/map.py", "Map", ":material/scatter_plot:"),
    ("pages/search.py", "Search", ":material/travel_explore:"),
    ("pages/groups.py", "Groups", ":material/category:"),
    ("pages/odd_ones_out.py", "Odd ones out", ":material/report:"),
    ("pages/scorecard.py", "Scorecard", ":material/leaderboard:"),
    ("pages/requests.py", "Requests", ":material/receipt_long:"),
)

_SIDEBAR_PIXELS = 220
_REFRESH_SECONDS = 0.5

# A picture of our own: the browser would ask an outside host for an icon named by a word.
_ICON = str(Path(__file__).with_name("icon.png"))

# Those of the rooms stand behind those of the elements that they lay out.
_HERE = Path(__file__).parent
_STYLES = "".join(
    file.read_text(encoding="utf-8")
    for file in (
        _HERE / "shell.css",
        _HERE / "elements" / "tiles.css",
        _HERE / "elements" / "save_picture.css",
        *sorted(_HERE.glob("*/styles.css")),
        _HERE / "print.css",
    )
)
_DARK_STYLES = (_HERE / "print_dark.css").read_text(encoding="utf-8")


def open_page(title: str, parameters: Sequence[Parameter] = ()) -> Session:
    """Set the page up and draw the sidebar; every page's first call. Returns the session.

    `parameters`: the parts of the page's view that stand in its address.
    """
    state = session()
    read_address(state, parameters)
    st.set_page_config(
        page_title=f"{title} · Shared Space",
        page_icon=_ICON,
        layout="wide",
        initial_sidebar_state="collapsed" if larger() else _SIDEBAR_PIXELS,
    )
    colours = f":root {{ --ground: {ground()}; --ink: {ink()}; }}"
    dark = _DARK_STYLES if is_dark() else ""
    st.html(f"<style>{colours} {larger_styles()} {_STYLES} {dark}</style>")
    _needs_room(state)
    begin_with_the_session(state)
    open_at_start(state)
    open_sample(state)
    state.embedding.collect()
    prepare_once()
    if state.embedding.results:
        warm_up_once()
    with st.sidebar:
        st.markdown("**Shared Space**")
        for path, label, icon in PAGES:
            st.page_link(path, label=label, icon=icon)
        st.divider()
        _collection_size(state)
        _run_state(state)
        if len(state.collection):
            save_button(state, "save-session-foot")
            export_button(state)
        larger_switch()
        what_is_held(state)
        write_address(state, title, parameters)
        close_menu_after_a_choice()
        keep_focus_on_buttons()
        measure_for_paper()
        announce("run", _end_of_the_run(state))
    return state


def _needs_room(state: Session) -> None:
    """Stop the page with a word of explanation when the server has all the sessions it can take."""
    sessions = server_sessions()
    if sessions.admit(session_id(), state):
        return
    st.title("This server is full", anchor=False)
    st.info(
        f"{sessions.limit} people are using it now, which is as many as it can take. Reload this "
        "page in a few minutes: there is a place as soon as somebody has closed theirs. Or run "
        "Shared Space on your own machine; it needs no key and no network.",
        icon=":material/groups:",
    )
    st.stop()


def question(title: str, look_for: str | None, explained: str | None = None) -> None:
    """Write the page's question and the one sentence of what to look for, if there is one.

    `explained`: the terms of the page, behind a “?” beside the question.
    """
    if larger():
        with st.container(key="title-line", horizontal=True, vertical_alignment="center"):
            st.title(title, anchor=False, help=explained, width="content")
            st.button(
                "Usual size",
                icon=":material/close_fullscreen:",
                key="usual-size",
                on_click=usual_size,
            )
    else:
        st.title(title, anchor=False, help=explained)
    if look_for is not None:
        st.markdown(f":gray[{look_for}]")


def _collection_size(state: Session) -> None:
    collection = state.collection
    if not len(collection):
        st.caption("The collection is empty.")
        return
    parts = (
        counted(len(collection.pictures), "picture"),
        counted(len(collection.texts), "caption"),
        counted(len(collection.pairs), "pair"),
    )
    st.caption(" · ".join(parts))


def _run_state(state: Session) -> None:
    # A fragment keeps its timer only while it is drawn with one.
    st.fragment(_setup_states, run_every=_REFRESH_SECONDS if state.embedding.active else None)()


def _end_of_the_run(state: Session) -> str:
    """Return what a screen reader says when a run has ended; nothing before and while it goes."""
    if state.embedding.run is None or state.embedding.active:
        return ""
    states = (
        f"{state.compared.name_of(s)}: {embedding_state_in_words(state, s)}" for s in state.chosen
    )
    return f"Embedding is done. {'. '.join(states)}."


def _setup_states() -> None:
    state = session()
    if len(state.collection):
        lines = (
            markdown_text(f"{state.compared.name_of(s)}: {embedding_state_in_words(state, s)}")
            for s in state.chosen
        )
        st.caption("  \n".join(lines))
    if state.embedding.run is not None and state.embedding.run.has_news:
        st.rerun()  # the page itself may show these results
