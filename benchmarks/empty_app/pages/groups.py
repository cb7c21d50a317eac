"""A page with nothing but its name."""

import streamlit as st

st.title("groups")
st.markdown("Nothing to see.")
