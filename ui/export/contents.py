"""A session as what goes into an export: all of it, or only what is selected."""

from exchange.export_contents import ExportContents
from ui.session_file.saving import hiding_keys
from ui.state.session import Session


def export_contents(state: Session, *, selected_only: bool = False) -> ExportContents:
    """Return the items with the vectors of the compared Setups; `selected_only`: no others."""
    collection = state.collection
    if selected_only:
        collection = collection.removing(set(collection.items) - state.selected)
    restricted = (found.restricted_to(collection.items) for found in state.shown.values())
    embeddings = {found.setup: found for found in restricted if len(found)}
    return ExportContents(
        collection=collection,
        embeddings=embeddings,
        names={setup: state.compared.name_of(setup) for setup in embeddings},
        hide=hiding_keys(state),
    )
