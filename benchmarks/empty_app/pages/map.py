"""A page with nothing but its name."""

import streamlit as st

st.title("map")
st.markdown("Nothing to see.")
