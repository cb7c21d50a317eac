"""A page with nothing but its name."""

import streamlit as st

st.title("requests")
st.markdown("Nothing to see.")
