"""Requests: what exactly was sent, what came back, what did it cost?"""

import streamlit as st

from ui.requests.call_detail import call_detail
from ui.requests.call_table import call_table
from ui.requests.sums_table import sums_table
from ui.shell import open_page, question

state = open_page("Requests")
question(
    "What exactly was sent, what came back, what did it cost?",
    "Every call of this session to a hosted provider. Choose one to see it as a command that you "
    "can paste, and the answer.",
)
if not len(state.embedding.calls):
    st.info(
        "Nothing was sent anywhere yet. The providers on this machine make no calls; a hosted one "
        "needs a key first."
    )
    st.page_link("pages/providers.py", label="Give a key", icon=":material/key:")
    st.stop()
sums_table(state)
chosen = call_table(state)
if chosen is not None:
    call_detail(state, chosen)
