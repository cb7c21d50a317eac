"""The focus comes back to a button that was out of use for a while."""

from ui.elements.listener import listener

_KEEPER = listener("focus_keeper")


def keep_focus_on_buttons() -> None:
    """Give a button its focus back, which the browser takes while its download is made.

    Without it the next key would go to the page, and Escape would not close the dialog around it.
    """
    _KEEPER(key="focus-keeper-events", height=1)
