"""A page with nothing but its name."""

import streamlit as st

st.title("scorecard")
st.markdown("Nothing to see.")
