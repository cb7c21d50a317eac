"""The root of the project's error family.

SharedSpaceError
├── CollectionError          (collection.errors)  an upload, a file or a limit of the collection
└── ProviderError            (providers.errors)   whatever goes wrong while embedding
"""


class SharedSpaceError(Exception):
    """Any failure the project knows; its text says what happened and what to do next."""


class CollectionError(SharedSpaceError):
    """A file, a table or a limit that keeps something out of the collection.

    The text is one plain line that names the file and says what to do.
    """
