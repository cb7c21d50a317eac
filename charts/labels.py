"""Text from people, made safe and short enough for a chart."""

import html


def shortened(text: str, characters: int) -> str:
    """Return the text cut to at most this many characters, with an ellipsis where it was cut."""
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"


def plotly_text(text: str, characters: int = 200) -> str:
    """Return text that Plotly shows as it is: Plotly reads `<b>`, `<a>` and the like as markup."""
    return html.escape(shortened(" ".join(text.split()), characters), quote=False)
