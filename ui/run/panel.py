"""What a run would take and the button that starts it, its progress, and what failed."""

from collections.abc import Mapping

import streamlit as st

from collection.embeddings import Setup
from providers.embedding.estimate import Estimate
from providers.embedding.progress import ENDED, JobProgress, JobState
from ui.elements.page_switch import go_to
from ui.elements.text import counted, in_a_row, markdown_text, message_text
from ui.run.caption_warnings import caption_warnings
from ui.run.estimate import estimate_in_words, estimates, total_dollars, total_in_words
from ui.run.picture_warnings import picture_warnings
from ui.run.progress import counts_in_words, pace_in_words, progress_in_words
from ui.run.set_aside import items_without_vector
from ui.state.session import Session, session

_REFRESH_SECONDS = 0.4
_NAMED_SETUPS = 2
"""Up to so many Setups are named in the bar; more are counted."""


def run_panel(state: Session) -> None:
    """Draw the bar that embeds, with what that takes, and below it the progress and failures."""
    active = state.embedding.active
    expected = [] if active else estimates(state)
    too_dear = total_dollars(expected) > state.embedding.cap
    new = {} if active else {setup: state.to_embed(setup) for setup in state.askable}
    with st.container(key="run-bar", horizontal=True, vertical_alignment="center"):
        _button(state, active, too_dear, frozenset[str]().union(*new.values()))
        st.markdown(_in_words(state, active, expected, new), width="stretch")
        if expected:
            _cap(state)
        with st.popover("Details", icon=":material/list:", key="run-details"):
            _details(state, active, expected)
    if too_dear:
        st.warning(
            f"{total_in_words(expected)}. That is above the spending cap. Raise the cap to go on, "
            "or untick a provider.",
            icon=":material/savings:",
        )
    with st.container(key="run-progress"):
        st.fragment(_progress, run_every=_REFRESH_SECONDS if active else None)()
    if not active:
        _failures(state)
        _item_warnings(state)
    items_without_vector(state)


def _button(state: Session, active: bool, too_dear: bool, items: frozenset[str]) -> None:
    """Draw what there is to do next: embed, stop, or look at what was found."""
    if active:
        st.button("Stop", key="stop", icon=":material/stop:", on_click=_stop)
        return
    if state.shown and not items:
        if st.button(
            "See who finds what", type="primary", icon=":material/grid_on:", key="see-results"
        ):
            go_to("pages/similarity.py")
        return
    st.button(
        f"Embed {counted(len(items), 'item')}" if items else "Embed",
        key="embed",
        type="primary",
        icon=":material/play_arrow:",
        on_click=state.start_run,
        disabled=not items or too_dear,
    )


def _stop() -> None:
    state = session()
    state.embedding.stop()
    state.embedding.collect()


def _in_words(
    state: Session,
    active: bool,
    expected: list[Estimate],
    new: Mapping[Setup, frozenset[str]],
) -> str:
    """Say in one line where things stand, and what the button would take."""
    if active:
        return "Embedding goes on while you look at other pages."
    if not len(state.collection):
        return "Bring some pictures and captions first."
    if not state.chosen:
        return "Tick at least one provider first."
    words = [_what_is_missing(state, new), total_in_words(expected)]
    lacking = [_name(state, setup) for setup in state.chosen if state.lacking(setup) is not None]
    if lacking:
        words.append(f"{in_a_row(lacking)} {'needs' if len(lacking) == 1 else 'need'} a key")
    return " · ".join(filter(None, words)) + "."


def _what_is_missing(state: Session, to_embed: Mapping[Setup, frozenset[str]]) -> str:
    """Say how many items are still to be embedded, and by whom."""
    new = {setup: len(items) for setup, items in to_embed.items() if items}
    total = len(state.collection)
    if not new:
        aside = sum(state.failed(s) for s in state.chosen if s not in state.brought)
        if aside:
            return f"{counted(aside, 'item')} without a vector, set aside"
        lacking = [setup for setup in state.brought if state.failed(setup)]
        if lacking:
            of = in_a_row([_name(state, setup) for setup in lacking])
            most_lacking = max(map(state.failed, lacking))
            return f"{counted(most_lacking, 'item')} without a vector in {of}"
        return f"All {total:,} items are embedded" if state.shown else ""
    most = max(new.values())
    least = "" if set(new.values()) == {most} else "up to "
    names = [_name(state, setup) for setup in new]
    by = in_a_row(names) if len(names) <= _NAMED_SETUPS else counted(len(names), "Setup")
    verb = "is" if most == 1 else "are"
    return f"{least}{most:,} of {counted(total, 'item')} {verb} not embedded yet by {by}"


def _details(state: Session, active: bool, expected: list[Estimate]) -> None:
    """Say of each Setup what a run would take, and what the last one came to."""
    costs = {entry.setup: f"{estimate_in_words(entry)}." for entry in expected}
    lines = [] if active else [_would_do(state, s, costs.get(s)) for s in state.chosen]
    run = state.embedding.run
    told = [p for p in run.progress if p.state in ENDED] if run is not None else []
    ended = [p for p in told if p.state is not JobState.FAILED or _still_failed(state, p.setup)]
    st.markdown("  \n".join(filter(None, lines)) or "Nothing is left to embed.")
    if ended:
        st.markdown("**The last run**  \n" + "  \n".join(_outcome(state, p) for p in ended))


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
        words.append(f"{lacking} Give it on the Providers page, under Set up.")
    elif costs is not None:
        words.append(costs)
    return " ".join(words)


def _tried_again(state: Session, setup: Setup) -> str:
    """Say whether the button sends those without a vector once more."""
    if setup in state.brought:
        return ": the file has none for them"
    again = state.to_embed(setup) & state.embedding.results[setup].failures.keys()
    return ", which Embed tries again" if again else ", set aside"


def _name(state: Session, setup: Setup) -> str:
    return markdown_text(state.compared.name_of(setup))


def _cap(state: Session) -> None:
    """Let the person change the spending cap."""
    with st.popover("Spending cap", icon=":material/savings:", key="run-cap"):
        st.number_input(
            "Spending cap per run (US$)",
            min_value=0.0,
            value=state.embedding.cap,
            step=0.5,
            format="%.2f",
            key="spending-cap",
            on_change=_change_cap,
            help="A run stops before it costs more. Estimated by the published prices; a provider "
            "whose cost is unknown does not count.",
        )


def _change_cap() -> None:
    session().embedding.cap = float(st.session_state["spending-cap"])


def _progress() -> None:
    state = session()
    if state.embedding.run is None:
        return
    for progress in state.embedding.run.progress:
        if progress.state not in ENDED:
            title = _name(state, progress.setup)
            st.progress(progress.share, text=f"**{title}**: {pace_in_words(progress)}")
    if state.embedding.run.has_news:
        st.rerun()  # the buttons, and the page itself, may show more now


def _outcome(state: Session, progress: JobProgress) -> str:
    outcome = message_text(progress_in_words(progress).rstrip("."))
    return f"**{_name(state, progress.setup)}**: {outcome}. {counts_in_words(progress)}."


def _still_failed(state: Session, setup: Setup) -> bool:
    """Whether nothing was done yet about a failure of this Setup, such as another key."""
    return setup in state.chosen and setup.provider in state.embedding.failed_providers


def _failures(state: Session) -> None:
    """Name each chosen Setup that failed in the last run, with why, until something is done."""
    run = state.embedding.run
    for progress in run.progress if run is not None else ():
        setup = progress.setup
        if progress.state is not JobState.FAILED or not _still_failed(state, setup):
            continue
        row = state.compared.colour_index(setup)
        with st.container(key=f"failed-{row}", horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/error: **{_name(state, setup)}** failed.")
            with st.popover("Why?", key=f"why-{row}"):
                st.markdown(
                    f"{message_text(progress.reason)} What was finished is kept; embed again and "
                    "only the rest is asked for."
                )
            st.button(
                "Leave it out",
                key=f"leave-out-{row}",
                on_click=state.compared.tick,
                args=(row, False),
            )


def _item_warnings(state: Session) -> None:
    """Warn of items that a Setup which still has something to embed cannot read."""
    unfinished = [setup for setup in state.chosen if state.not_embedded(setup)]
    for line in caption_warnings(state.collection, unfinished, state.compared.name_of):
        st.warning(line, icon=":material/translate:")
    for line in picture_warnings(state.collection, unfinished, state.compared.name_of):
        st.warning(line, icon=":material/photo_size_select_small:")
