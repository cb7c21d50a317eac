"""What came into a collection, in words."""

from collection.collection import Collection
from collection.intake import IntakeResult
from ui.elements.text import counted, in_a_row


def receipt(before: Collection, result: IntakeResult) -> str:
    """Return one line about what came in: “2 pictures and 1 caption came in.”; "" for nothing."""
    came = _counts(result)
    if not came:
        return "Labels came in." if result.collection.labels != before.labels else ""
    now = result.collection.pictures_of
    shared = sum(
        len(pictures) > 1 and pictures != before.pictures_of.get(text_id)
        for text_id, pictures in now.items()
    )
    if not shared:
        return f"{in_a_row(came)} came in."
    verb = "belongs" if shared == 1 else "belong"
    return f"{in_a_row(came)} came in; {counted(shared, 'caption')} {verb} to several pictures."


def step_of(result: IntakeResult) -> str:
    """Return what a button calls the step: “adding 2 pictures”, and no more, to stay short."""
    return f"adding {next(iter(_counts(result)), 'labels')}"


def _counts(result: IntakeResult) -> list[str]:
    came = [
        counted(number, noun)
        for number, noun in (
            (result.added_pictures, "picture"),
            (result.added_texts, "caption"),
        )
        if number
    ]
    if not came and result.added_pairs:  # captions and pictures that were here already
        came = [counted(result.added_pairs, "pair")]
    return came
