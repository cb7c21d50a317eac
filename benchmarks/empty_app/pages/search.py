"""A page with nothing but its name."""

import streamlit as st

st.title("search")
st.markdown("Nothing to see.")
