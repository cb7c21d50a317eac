"""What the intake says: one plain line each for what stayed out, what was merged, what came in."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from collection.file_name import display_name, listed
from collection.limits import MAX_ITEMS
from collection.upload import Remark

_MERGED_ONE_BY_ONE = 3

Problem = Callable[[str, Sequence[str]], str]
"""Why captions of a table stay out: table and file names in, one plain line out."""


def missing(table: str, files: Sequence[str]) -> str:
    """Say which pictures of a table are not here."""
    many = len(files) > 1
    them = "them" if many else "it"
    advice = f"Upload {them} together with the table."
    if all(name.lower().startswith(("http://", "https://")) for name in files):
        advice = f"Pictures are not fetched from the web: save {them} and upload {them} too."
    return (
        f"{table} names {len(files):,} file{'s' if many else ''} that {'are' if many else 'is'} "
        f"not here: {listed(files)}. {advice}"
    )


def unclear(table: str, files: Sequence[str]) -> str:
    """Say which names fit several pictures."""
    return (
        f"{table} names {listed(files)}, and several different pictures have that name. "
        "Rename or remove all but one and upload the table again."
    )


def same_picture(table: str, files: Sequence[str]) -> str:
    """Say which names of one table would all mean the same picture."""
    return (
        f"{table} names {listed(files)}, and one picture here would fit them all. "
        "Upload the pictures in their folders, as a ZIP or a folder, together with the table."
    )


def no_room(table: str, names: Sequence[str]) -> str:
    """Say whose captions found no room."""
    return (
        f"The collection is full ({MAX_ITEMS:,} items): {table} has captions that were left out, "
        f"for {listed(names)}. Remove some items and upload the table again."
    )


def full(limit: str, paths: Sequence[str]) -> Remark:
    """Say which pictures found no room."""
    names = listed([display_name(path) for path in paths], shown=1)
    return Remark(
        f"The collection is full ({limit}). Left out: {names}. Remove some items and upload these "
        "again.",
        serious=True,
    )


def matched(table: str, how: str, names: Sequence[str]) -> str:
    """Say which names were matched in another way than as written."""
    return f"{table}: {listed(names)} matched {how}."


def shown_otherwise(found: Mapping[str, Sequence[str]]) -> list[Remark]:
    """Say which pictures are shown in another way than their files say; how → names."""
    return [Remark(f"{listed(names)}: {how}.", serious=False) for how, names in found.items()]


def copies(found: Iterable[tuple[str, str]]) -> list[Remark]:
    """Tell of pictures that are here already, and of those that are under another name."""
    found = list(found)
    again = list(dict.fromkeys(name for name, known in found if name == known))
    texts = [f"Already in the collection: {listed(again)}. Nothing was added."] if again else []
    merged = [pair for pair in dict.fromkeys(found) if pair[0] != pair[1]]
    if len(merged) > _MERGED_ONE_BY_ONE:
        shown = listed([f"{name} with {known}" for name, known in merged])
        texts.append(f"{len(merged):,} pictures are copies of others and were merged: {shown}.")
    else:
        texts += [
            f"{name} is the same picture as {known}; it was merged." for name, known in merged
        ]
    return [Remark(text, serious=False) for text in texts]


def layout_line(title: str, captions_of: Sequence[int]) -> str:
    """Return “Flickr8k: 8,091 pictures, 5 captions each.”; the numbers are captions a picture."""
    fewest, most = min(captions_of), max(captions_of)
    pictures = f"{len(captions_of):,} picture{'s' if len(captions_of) > 1 else ''}"
    each = " each" if len(captions_of) > 1 else ""
    if fewest == most:
        return f"{title}: {pictures}, {most} caption{'s' if most > 1 else ''}{each}."
    return f"{title}: {pictures}, {fewest} to {most} captions{each}."


def folder_line(title: str, pictures: int, classes: Sequence[str]) -> str:
    """Return “Class folders: 20 pictures, labels cat and dog.”"""
    return f"{title}: {pictures:,} pictures, labels {listed(classes)}."
