"""A page with nothing but its name."""

import streamlit as st

st.title("similarity")
st.markdown("Nothing to see.")
