"""Whether the server has room for what a person brings."""

from ui.server.sessions import server_sessions
from ui.state.session import Session

SERVER_FULL = (
    "Nothing was taken in: this server holds as many pictures as it can take for everybody "
    "together. Take some out, or try again when others have left."
)


def has_room(state: Session) -> bool:
    """Whether the server can take more; what only Undo brings back, and who is gone, go first."""
    while not server_sessions().room:
        if not (state.editing.undo_stack.forget_oldest() or server_sessions().make_room()):
            return False
    return True
