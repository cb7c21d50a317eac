"""What folders say about the pictures in them: their class, and the split they belong to."""

import posixpath
from collections.abc import Sequence

from collection.columns import MAIN_LABEL, SPLIT
from collection.file_name import display_name, name_key

SPLITS = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "dev"), "validation"),
    **dict.fromkeys(("test", "testing"), "test"),
}
"""Names of folders, in lower case → the split that they hold."""

_PLAIN_FOLDERS = frozenset(
    {"images", "image", "imgs", "img", "pictures", "photos", "data", "dataset", "files", "jpg",
     "jpeg", "jpegimages", "png", "raw", "all"}
)  # fmt: skip

_MOST_FOLDERS = 3


def folder_labels(paths: Sequence[str]) -> list[dict[str, str]]:
    """Return for each path the labels that its folders give it: “label”, “split”, or none.

    Folders are classes where there are two of them at least that hold pictures, and most of the
    pictures lie in one; a folder such as “images” is none.
    """
    folders = [posixpath.dirname(path.replace("\\", "/")).strip("/").split("/") for path in paths]
    classes = [_class_of(parts) for parts in folders]
    named = [name for name in classes if name]
    are_classes = len(set(named)) > 1 and 2 * len(named) >= len(paths)
    splits = [
        next((SPLITS[key] for part in parts if (key := part.casefold()) in SPLITS), "")
        for parts in folders
    ]
    are_splits = are_classes or len(set(splits)) > 1
    return [
        {
            **({MAIN_LABEL: name} if are_classes and name else {}),
            **({SPLIT: split} if are_splits and split else {}),
        }
        for name, split in zip(classes, splits, strict=True)
    ]


def names_told_apart(paths: Sequence[str]) -> list[str]:
    """Return what each picture is called: its file's name, with folders where names repeat."""
    groups: dict[str, list[str]] = {}
    for path in dict.fromkeys(paths):
        groups.setdefault(name_key(display_name(path)), []).append(path)
    shown: dict[str, str] = {}
    for alike in groups.values():
        for folders in range(_MOST_FOLDERS + 1):
            ends = {path: _end(path, folders) for path in alike}
            if len(set(ends.values())) == len(alike):
                break
        shown |= ends
    return [shown[path] for path in paths]


def _class_of(folders: Sequence[str]) -> str:
    """Return the innermost folder's name if it can be a class."""
    name = display_name(folders[-1]) if folders[-1] else ""
    plain = name.casefold() in _PLAIN_FOLDERS or name.casefold() in SPLITS
    return "" if plain else name


def _end(path: str, folders: int) -> str:
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(map(display_name, parts[-folders - 1 :])) or display_name(path)
