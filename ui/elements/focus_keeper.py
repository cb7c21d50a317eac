"""The focus stays where somebody works with the keyboard, though buttons go or are out of use."""

from ui.elements.listener import listener

_KEEPER = listener("focus_keeper")


def keep_focus_on_buttons() -> None:
    """Give a button its focus back, which the browser takes while its download is made.

    Without it the next key would go to the page, and Escape would not close the dialog around it.
    Where a button of the selection bar goes with what it did, the bar's next one gets the focus.
    """
    _KEEPER(key="focus-keeper-events", height=1)
