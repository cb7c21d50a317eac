"""Where Chromium is on this machine, and how the tests start it."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")

NO_CHROMIUM = (
    "Chromium is neither named by the environment variable CHROMIUM nor on the path "
    f"(as {', '.join(NAMES)})."
)

# No name but localhost can be looked up, so that a request that should not be there fails at
# once and in the same way on every machine.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1",
)


def chromium_path() -> str | None:
    """Return the path of Chromium, or None if there is none."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, (named,) if named else NAMES)), None)
