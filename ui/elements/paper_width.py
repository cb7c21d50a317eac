"""How wide the page is on the screen, told to the style for paper."""

from ui.elements.listener import listener

_MEASURE = listener("paper_width")


def measure_for_paper() -> None:
    """Let the page be scaled to the paper when it is printed, for which no chart is drawn anew."""
    _MEASURE(key="paper-width-events", height=1)
