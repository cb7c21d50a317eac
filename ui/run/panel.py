"""The Embed button, the progress of the run, and what it came to."""

import streamlit as st

from collection.embeddings import Setup
from providers.embedding.estimate import Estimate
from providers.embedding.progress import JobProgress, JobState
from ui.elements.text import counted, markdown_text, message_text
from ui.run.caption_warnings import caption_warnings
from ui.run.estimate import estimate_in_words, estimates, total_dollars, total_in_words
from ui.run.progress import counts_in_words, pace_in_words, progress_in_words
from ui.run.set_aside import items_without_vector
from ui.state.session import Session, session

_REFRESH_SECONDS = 0.4


def run_panel(state: Session) -> None:
    """Draw the button that embeds, and the run: progress, Stop, and the outcome in words."""
    active = state.embedding.active
    expected = [] if active else estimates(state)
    too_dear = total_dollars(expected) > state.embedding.cap
    left, right = st.columns([1, 3], vertical_alignment="center")
    with left:
        _buttons(state, active, too_dear)
    with right:
        st.markdown(_what_is_missing(state, active, expected))
    if expected:
        _cap(state, expected, too_dear)
    if not active and not state.complete:
        unfinished = [setup for setup in state.chosen if state.not_embedded(setup)]
        for line in caption_warnings(state.collection, unfinished, state.compared.name_of):
            st.warning(line, icon=":material/translate:")
    with st.container(key="run-progress"):
        st.fragment(_progress, run_every=_REFRESH_SECONDS if active else None)()
    items_without_vector(state)


def _buttons(state: Session, active: bool, too_dear: bool) -> None:
    if active:
        st.button("Stop", icon=":material/stop:", on_click=_stop, width="stretch")
    else:
        st.button(
            "Embed",
            type="primary",
            icon=":material/play_arrow:",
            on_click=state.start_run,
            disabled=not len(state.collection) or not state.askable or too_dear,
            width="stretch",
        )


def _stop() -> None:
    state = session()
    state.embedding.stop()
    state.embedding.collect()


def _what_is_missing(state: Session, active: bool, expected: list[Estimate]) -> str:
    """Say what the button would do."""
    if active:
        return "Embedding goes on while you look at other pages."
    if not len(state.collection):
        return "Bring some pictures and captions first."
    if not state.chosen:
        return "Tick at least one provider first."
    costs = {entry.setup: f"{estimate_in_words(entry)}." for entry in expected}
    lines = [_would_do(state, setup, costs.get(setup)) for setup in state.chosen]
    if not any(lines):
        return "Everything is embedded. Pressing Embed again costs nothing."
    return "  \n".join(filter(None, lines))


def _would_do(state: Session, setup: Setup, costs: str | None) -> str | None:
    """Say what the button would do with one Setup; None where nothing is left to do."""
    new, failed = state.not_embedded(setup), state.failed(setup)
    if not new and not failed:
        return None
    words = [f"**{_name(state, setup)}**:"]
    if new:
        words.append(f"{counted(new, 'item')} not embedded yet.")
    if failed:
        words.append(f"{counted(failed, 'item')} without a vector{_tried_again(state, setup)}.")
    lacking = state.lacking(setup)
    if lacking is not None:
        words.append(f"{lacking} Give it on its card on the Providers page.")
    elif costs is not None:
        words.append(costs)
    return " ".join(words)


def _tried_again(state: Session, setup: Setup) -> str:
    """Say whether the button sends those without a vector once more."""
    aside = state.embedding.set_aside.get(setup, frozenset())
    failures = state.embedding.results[setup].failures
    again = any(i in state.collection and i not in aside for i in failures)
    return ", which Embed tries again" if again else ", set aside"


def _name(state: Session, setup: Setup) -> str:
    return markdown_text(state.compared.name_of(setup))


def _cap(state: Session, expected: list[Estimate], too_dear: bool) -> None:
    """Let the person change the spending cap, and say what is to be spent."""
    st.number_input(
        "Spending cap per run (US$)",
        min_value=0.0,
        value=state.embedding.cap,
        step=0.5,
        format="%.2f",
        key="spending-cap",
        on_change=_change_cap,
        width=260,
        help="A run stops before it costs more. Estimated by the prices on the cards; a provider "
        "whose cost is unknown does not count.",
    )
    names = {entry.setup: _name(state, entry.setup) for entry in expected}
    total = total_in_words(expected, names)
    if too_dear:
        st.warning(
            f"{total} That is above the cap. Raise the cap to go on, or untick a provider.",
            icon=":material/savings:",
        )
    elif total:
        st.caption(total)


def _change_cap() -> None:
    session().embedding.cap = float(st.session_state["spending-cap"])


def _progress() -> None:
    state = session()
    if state.embedding.run is None:
        return
    ended = []
    for progress in state.embedding.run.progress:
        title = _name(state, progress.setup)
        if progress.state in (JobState.WAITING, JobState.LOADING, JobState.RUNNING):
            st.progress(progress.share, text=f"**{title}**: {pace_in_words(progress)}")
        else:
            ended.append(f"**{title}**: {_outcome(progress)}")
    if ended:
        st.markdown("  \n".join(ended))
    if state.embedding.run.has_news:
        st.rerun()  # the buttons, and the page itself, may show more now


def _outcome(progress: JobProgress) -> str:
    outcome = message_text(progress_in_words(progress).rstrip("."))
    return f"{outcome}. {counts_in_words(progress)}."
