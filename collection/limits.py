"""The limits of a collection, in one place."""

MAX_PICTURE_BYTES = 20 * 1024 * 1024
MAX_PICTURE_PIXELS = 50_000_000
MAX_UPLOAD_BYTES = 300 * 1024 * 1024
MAX_ITEMS = 5_000
MAX_FILES_ON_DISK = 200_000
MAX_COLLECTION_BYTES = 1024**3
MAX_CAPTION_CHARACTERS = 20_000

STORED_PIXELS = 1024
"""Longest side, in pixels, of the picture that is stored and embedded."""

THUMBNAIL_PIXELS = 160
"""Longest side, in pixels, of the thumbnail; a smaller picture is not enlarged."""
