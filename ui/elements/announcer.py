"""Says to screen readers that something is done, which others see."""

from ui.elements.listener import listener

_ANNOUNCER = listener("announcer")


def announce(about: str, message: str) -> None:
    """Let a screen reader say a message, once, when it differs from the last one about the same.

    `about`: what it is about, such as the run; a page says one thing about each.
    """
    _ANNOUNCER(key=f"announce-{about}-events", data={"message": message, "about": about}, height=1)


def announce_shown(about: str, version: str, container: str) -> None:
    """Let a screen reader say what stands in a container, and scroll there, if the version is new.

    `container`: its key; `version`: what changes whenever there is news in it, empty if there is
    none. On a phone the fold that news came from may fill the window.
    """
    data = {"message": version, "about": about, "shown": container}
    _ANNOUNCER(key=f"announce-{about}-events", data=data, height=1)
