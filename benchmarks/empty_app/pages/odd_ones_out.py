"""A page with nothing but its name."""

import streamlit as st

st.title("odd_ones_out")
st.markdown("Nothing to see.")
