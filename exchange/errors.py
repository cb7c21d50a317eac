"""The errors of files that leave the app and come back."""

from collection.errors import SharedSpaceError


class SessionFileError(SharedSpaceError):
    """A file that is no session file or cannot be read as one, in one plain line."""
