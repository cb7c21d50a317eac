"""Start: what this is, and one button that shows it on the gallery at once."""

import streamlit as st

from ui.shell import open_page, question
from ui.start.first_step import first_step
from ui.start.start_picture import start_picture
from ui.warm_up import prepare_once

state = open_page("Start")
question(
    "What is a shared space of text and pictures?",
    "Some models place a caption and its picture close together, as points in one space. "
    "Bring pictures and captions, let several such models place them, and see side by side "
    "who puts what next to what.",
)
first_step(state)
start_picture(prepare_once())
st.caption(
    "Computed on this machine from two captions and two pictures. A line joins what belongs "
    "together."
)
