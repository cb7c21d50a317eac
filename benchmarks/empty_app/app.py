"""An almost empty Streamlit app with as many pages, to compare with."""

import streamlit as st

st.title("Start")
if st.button("Show me"):
    st.switch_page("pages/similarity.py")
