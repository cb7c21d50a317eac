"""The notebook of a session, as a ZIP."""

import tempfile
from io import RawIOBase

from exchange.export_contents import ExportContents
from exchange.notebook import write_notebook
from providers.registry import PROVIDERS
from ui.state.session import Session


def session_notebook(_state: Session, contents: ExportContents) -> RawIOBase:
    """Return the ZIP as an open temporary file, which is gone once it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed on open
    try:
        write_notebook(contents, {name: one.info for name, one in PROVIDERS.items()}, file)
        file.flush()
    except BaseException:
        file.close()
        raise
    raw: RawIOBase = file.detach()
    raw.seek(0)
    return raw
