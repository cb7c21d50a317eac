"""The sidebar of a narrow window closes once a page is chosen, which it would cover."""

from ui.elements.listener import listener

_CLOSER = listener("menu_closer")


def close_menu_after_a_choice() -> None:
    """Close the sidebar after a click on a page link, where it lies over the page."""
    _CLOSER(key="menu-closer", height=1)
