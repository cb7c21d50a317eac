"""The browser's question before a collection of one's own is lost by a reload."""

from ui.elements.listener import listener

_GUARD = listener("leave_guard")


def ask_before_leaving() -> None:
    """Let the browser ask, in its own words, before this page is reloaded or left."""
    _GUARD(key="leave-guard", height=1)
