"""The errors of files that leave the app and come back."""

from collection.errors import SharedSpaceError


class SessionFileError(SharedSpaceError):
    """A file that is no session file or cannot be read as one, in one plain line."""


class VectorFileError(SharedSpaceError):
    """A file whose vectors cannot be brought in, in one plain line."""
