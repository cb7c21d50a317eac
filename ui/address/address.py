"""The view in the browser's address, so that a link opens it, and the back button goes back to it.

Pages say which parts of their view stand in it; keys, pictures and captions never do.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.address.parameter import Parameter, switch
from ui.address.sample import SampleShown
from ui.address.setups import SetupsShown
from ui.elements.larger import KEY as LARGER
from ui.elements.listener import listener
from ui.elements.page_switch import ADDRESS
from ui.state.session import Session

_BAR = listener("address_bar")
_ARRIVED, _SAMPLE_READ = "address-read", "address-sample-read"
_SAMPLE = SampleShown()
_EVERYWHERE: tuple[Parameter, ...] = (SetupsShown(), switch("larger", LARGER))


def read_address(state: Session, parameters: Sequence[Parameter]) -> None:
    """Show what the address says: on arrival, and after the browser's back and forward.

    On arrival what it does not name stays as it is. After a step back that is the usual, since
    each address that was written here names all that was not.
    """
    arriving = _ARRIVED not in st.session_state
    st.session_state[_ARRIVED] = True
    if not arriving and not stepped_through_history():
        return
    for parameter in (*_EVERYWHERE, *parameters):
        words = st.query_params.get_all(parameter.name)
        if words or not arriving:
            parameter.take(state, words)


def open_sample(state: Session) -> None:
    """Load and embed the sample that the address names, once in a session: on arrival."""
    if _SAMPLE_READ not in st.session_state:
        st.session_state[_SAMPLE_READ] = True
        _SAMPLE.take(state, st.query_params.get_all(_SAMPLE.name))


def stepped_through_history() -> bool:
    """Whether the browser's back or forward button has asked for this run."""
    context = get_script_run_ctx(suppress_warning=True)
    # Streamlit tells it nowhere else; without it a link still opens its view.
    return bool(getattr(context, "is_history_navigation", False))


def write_address(state: Session, page: str, parameters: Sequence[Parameter]) -> None:
    """Let the browser's address say what is shown now.

    Streamlit's own way makes every change one for the back button, and one that binds a widget
    none; the script beside this file tells them apart.
    """
    written: dict[str, list[str]] = {}
    stepped: dict[str, list[str]] = {}
    for parameter in (_SAMPLE, *_EVERYWHERE, *parameters):
        if words := parameter.words(state):
            written[parameter.name] = words
            if parameter.steps:
                stepped[parameter.name] = words
    st.session_state[ADDRESS] = written
    data = {
        "query": urlencode(written, doseq=True),
        "steps": f"{page}?{urlencode(stepped, doseq=True)}",
    }
    _BAR(key="address-events", data=data, height=1)
