"""Items that are far from most others, and items that are nearly the same."""

from collections.abc import Mapping
from itertools import product

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import Item, Modality
from collection.modality_vectors import ModalityVectors, vectors_of
from space.duplicates import ClosePairs, above
from ui.elements.text import NOUNS, counted, markdown_text
from ui.elements.tiles import Tile
from ui.odd_ones_out.cached import cached_close_pairs, cached_outliers
from ui.odd_ones_out.findings import Finding, Found, ItemIds, Shown, named
from ui.state.session import Session

_FEWEST = 4  # among fewer, nothing says which are the ordinary ones; see `space.outliers`


def far_items(collection: Collection, embeddings: Embeddings) -> Found:
    """Return the items that are far from most others of their kind."""
    far: dict[ItemIds, Finding] = {}
    for modality in Modality:
        of_kind = vectors_of(collection, embeddings, modality)
        items, found = of_kind.items, cached_outliers(of_kind)
        for row in found.rows:
            nearest = named(items[found.nearest[row]])
            far[(items[row].id,)] = Finding(
                float(found.score[row]),
                f"mean distance {found.distance[row]:z.2f} to its {found.k} nearest "
                f"{NOUNS[modality]}s, {found.score[row]:.1f} deviations above the middle; the "
                f"nearest is {nearest}.",
            )
    return far


def show_far_item(state: Session, item_ids: ItemIds, _by: Mapping[Setup, Finding]) -> Shown:
    """Return the item, and that it is far from most others."""
    (item,) = (state.collection.items[item_id] for item_id in item_ids)
    return Shown((Tile(item),), f"{named(item)} is far from most others.")


def farthest_item(state: Session) -> str:
    """Say that nothing is far, and how far the farthest item of all is, as Markdown."""
    scores: list[tuple[float, Setup, Item]] = []
    for modality, (setup, embeddings) in product(NOUNS, state.shown.items()):
        of_kind = vectors_of(state.collection, embeddings, modality)
        if len(of_kind.items) >= _FEWEST:
            score = cached_outliers(of_kind).score
            row = int(score.argmax())
            scores.append((float(score[row]), setup, of_kind.items[row]))
    if not scores:
        return f"It takes at least {_FEWEST} items of one kind to tell."
    highest, setup, item = max(scores, key=lambda one: one[0])
    return (
        f"Nothing is far from most others. The {NOUNS[item.modality]} that comes nearest to that "
        f"is {markdown_text(named(item))}: {highest:z.1f} deviations with "
        f"{markdown_text(state.compared.name_of(setup))}."
    )


def near_duplicates(collection: Collection, embeddings: Embeddings, threshold: float) -> Found:
    """Return the pairs of items of one kind with a cosine of at least `threshold`."""
    same: dict[ItemIds, Finding] = {}
    for modality in Modality:
        of_kind = vectors_of(collection, embeddings, modality)
        close = above(cached_close_pairs(of_kind), threshold)
        rare = _rare(of_kind, close, threshold)
        for (one, other), cosine in zip(close.pairs, close.cosines, strict=True):
            ends = (of_kind.items[one].id, of_kind.items[other].id)
            same[ends] = Finding(float(cosine), f"cosine {cosine:z.3f}. {rare}")
    return same


def show_near_duplicate(state: Session, item_ids: ItemIds, _by: Mapping[Setup, Finding]) -> Shown:
    """Return both items, and that they are nearly the same."""
    one, other = (state.collection.items[item_id] for item_id in item_ids)
    headline = f"{named(one)} and {named(other)} are nearly the same."
    return Shown((Tile(one), Tile(other)), headline)


def _rare(of_kind: ModalityVectors, shown: ClosePairs, threshold: float) -> str:
    """Say how rare so close a pair is; only the closest pairs were looked for."""
    count, cut_short = len(of_kind.items), shown.complete_above > threshold
    among = f"{count * (count - 1) // 2:,}"
    if len(shown.pairs) == 1 and not cut_short:
        return f"The only pair this close among {among}."
    pairs = f"{'at least ' * cut_short}{counted(len(shown.pairs), 'pair')}"
    return f"One of {pairs} this close among {among}."
