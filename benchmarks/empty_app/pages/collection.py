"""A page with nothing but its name."""

import streamlit as st

st.title("collection")
st.markdown("Nothing to see.")
