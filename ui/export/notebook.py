"""The notebook of a session, as a ZIP."""

from io import RawIOBase

from exchange.export_contents import ExportContents
from exchange.notebook.notebook_zip import write_notebook
from exchange.temporary_file import temporary_file
from providers.registry import PROVIDERS
from ui.state.session import Session


def session_notebook(_state: Session, contents: ExportContents) -> RawIOBase:
    """Return the ZIP as an open temporary file, which is gone once it is closed."""
    known = {name: provider.info for name, provider in PROVIDERS.items()}
    return temporary_file(lambda file: write_notebook(contents, known, file))
