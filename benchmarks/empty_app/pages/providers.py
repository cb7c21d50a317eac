"""A page with nothing but its name."""

import streamlit as st

st.title("providers")
st.markdown("Nothing to see.")
