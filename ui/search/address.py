"""What of the Search page stands in its address: the words, and how it is searched.

A picture to search with, and an item of which more are sought, do not: they are data. Opening the
address asks the providers on this machine; a hosted one only who presses a button.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from collection.items import normalised_text
from ui.address.parameter import Choice, Parameter, by_title, switch
from ui.search.options import HIT_COUNTS, VARIETY
from ui.state.query import Query, Target
from ui.state.session import Session

_LONGEST = 500
"""Longer words make an address that browsers and proxies cut."""


@dataclass(frozen=True)
class QueryWords:
    """The words that are searched for."""

    name: str = "q"
    steps: bool = True

    def words(self, state: Session) -> list[str]:
        """Return the words, none where nothing is searched for by words."""
        words = state.search.query.words
        return [words] if normalised_text(words) and len(words) <= _LONGEST else []

    def take(self, state: Session, words: Sequence[str]) -> None:
        """Write the words into the field, and search for them."""
        query = state.search.query
        said = words[-1] if words else ""
        if said != query.words and len(said) <= _LONGEST:
            # Without words, what is sought by a picture or an item stays as it is.
            state.search.replace(Query(words=said) if said else _without_words(query))


@dataclass(frozen=True)
class WordsBeside:
    """Other words whose answer is compared with that of the query."""

    name: str = "beside"
    steps: bool = True

    def words(self, state: Session) -> list[str]:
        """Return the words, none where nothing is compared."""
        beside = state.search.query.beside
        return [beside] if beside and state.search.query.other and len(beside) <= _LONGEST else []

    def take(self, state: Session, words: Sequence[str]) -> None:
        """Compare with these words."""
        beside = words[-1] if words else None
        if beside != state.search.query.beside and len(beside or "") <= _LONGEST:
            state.search.change(beside=beside)


def _without_words(query: Query) -> Query:
    return Query(picture=query.picture, like=query.like, weight=query.weight)


PARAMETERS: tuple[Parameter, ...] = (
    QueryWords(),
    WordsBeside(),
    Choice("find", "search-find", by_title(Target), Target.PICTURES, steps=True),
    Choice("hits", "search-count", {str(n): n for n in HIT_COUNTS}, HIT_COUNTS[0]),
    Choice("variety", "search-variety", by_title(VARIETY), next(iter(VARIETY))),
    switch("predict", "search-predict"),
)
