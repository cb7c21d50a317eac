"""One call, to copy from: as curl, in Python, through `connect`, and what came back."""

import streamlit as st

from collection.items import PictureItem
from providers.snippets.pictures import pictures_zip
from providers.snippets.shown_call import ShownCall, shown_call
from providers.transport.call_log import Call
from ui.session import Session
from ui.text import markdown_text


def call_detail(state: Session, call: Call) -> None:
    """Draw the call as text that can be pasted, each with a copy button, and the answer."""
    if not call.ok:
        st.warning(markdown_text(call.outcome), icon=":material/error:")
    names = {
        item.id: item.name
        for item in state.collection.items.values()
        if isinstance(item, PictureItem)
    }
    shown = shown_call(call, names)
    _pictures(call, shown)
    curl, python, connect, answer = st.tabs(
        ["curl", "Python with requests", "Python with connect", "Answer"]
    )
    with curl:
        st.caption(
            "Paste it into a shell (bash, zsh; on Windows Git Bash or WSL). The key comes from the "
            f"environment: `export {shown.variable}=…` first."
        )
        st.code(shown.curl, language="bash")
    with python:
        st.caption("Needs `pip install requests`. The key comes from the environment.")
        st.code(shown.python, language="python")
    with connect:
        st.caption("Run it in the folder of Shared Space: it gives the same vectors again.")
        st.code(shown.connect, language="python")
    with answer:
        st.caption("Vectors are shortened.")
        st.code(call.answer or "Nothing came back yet.", language="json")


def _pictures(call: Call, shown: ShownCall) -> None:
    """Offer the pictures exactly as they were sent, under the names used below."""
    if not shown.file_names:
        return
    st.download_button(
        f"Download the pictures of this call ({len(shown.file_names)})",
        data=lambda: pictures_zip(shown.pictures, shown.file_names),
        file_name=f"call-{call.number}-pictures.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(
        "The commands below read these files from the folder they are run in; any other JPEG of "
        "that name works, too."
    )
