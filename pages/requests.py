"""Requests: what exactly was sent, what came back, what did it cost?"""

import streamlit as st

from ui.requests.call_detail import call_detail
from ui.requests.call_table import call_table
from ui.requests.planned import planned_calls
from ui.requests.sums_table import sums_table
from ui.shell import open_page, question

state = open_page("Requests")
if not len(state.embedding.calls):
    question(
        "What exactly would be sent?",
        "Nothing was sent anywhere yet. These are the calls that would embed the collection, as "
        "commands that you can paste: no key is needed to read them.",
        "The providers on this machine make no calls, so they are not listed. Once something is "
        "sent, every call stands here with its answer and its cost.",
    )
    planned_calls(state)
    st.page_link("pages/providers.py", label="Give a key", icon=":material/key:")
    st.stop()
question(
    "What exactly was sent, what came back, what did it cost?",
    "Every call of this session to a hosted provider. Choose one to see it as a command that you "
    "can paste, and the answer.",
)
sums_table(state)
chosen = call_table(state)
if chosen is not None:
    call_detail(state, chosen)
plan = st.expander("What would be sent for this collection", key="plan", on_change="rerun")
if plan.open:
    with plan:
        planned_calls(state)
