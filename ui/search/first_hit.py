"""What a Setup found, said in one sentence before any number."""

import html

from collection.collection import Collection
from collection.items import Item, Modality
from space.hit_significance import ScoreDistribution
from space.lead import Lead, LeadKind
from ui.elements.known_as import known_as
from ui.elements.text import NOUNS, counted

_LONGEST = 34
"""Letters of an item's name, so that a sentence with two of them takes two lines at most."""


def first_hit_in_words(
    lead: Lead,
    found: ScoreDistribution,
    first: Item,
    second: Item | None,
    modality: Modality,
    collection: Collection,
) -> str:
    """Say as HTML which item came first, and by how much before which other one."""
    noun = NOUNS[modality]
    if lead.kind is LeadKind.TIED and lead.tied == lead.count:
        return f"<b>A tie:</b> all {counted(lead.count, noun)} fit about equally well."
    one, other = _names(first, second, collection)
    if lead.kind is LeadKind.ALONE:
        return f"<b>First: {one}</b>, the only {noun} to find."
    if lead.kind is LeadKind.TIED and lead.tied > 2:
        return f"<b>A tie</b> of {counted(lead.tied, noun)}, {one} and {other} among them."
    if lead.kind is LeadKind.TIED:
        return f"<b>A tie</b> between {one} and {other}."
    return f"<b>First: {one}</b>, {_BY_HOW_MUCH[lead.kind]} {other}.{_more(lead, found)}"


_BY_HOW_MUCH = {
    LeadKind.CLEAR: "with a clear lead over",
    LeadKind.NARROW: "by a narrow lead over",
    LeadKind.UNTOLD: "before",
}


def _more(lead: Lead, found: ScoreDistribution) -> str:
    """Say where several are well ahead of the rest: the lead of the first says nothing of them."""
    if found.significant < 2:
        return ""
    who = "Both" if found.significant == 2 else f"{found.significant:,}"
    return f" {who} stand out from the rest."


def _names(first: Item, second: Item | None, collection: Collection) -> tuple[str, str]:
    """Return what both are called; by their files where they have the same caption."""
    one = known_as(collection, first, _LONGEST)
    other = "" if second is None else known_as(collection, second, _LONGEST)
    if second is not None and one == other:
        one, other = first.label, second.label
    return html.escape(one), html.escape(other)
