"""What a session searches for."""

from dataclasses import dataclass, field, replace
from typing import Any

from ui.state.query import Query
from ui.state.query_vectors import QueryVectors


@dataclass
class SearchState:
    """The query of a session, and the vectors of all its queries.

    `asked`: by a button or Enter, just now. `remark`: what was the matter with the picture of the
    query, None for nothing. `uploads` counts the pictures that came through the search's field.
    `prompts`: the vectors of the scorecard's prompts, which are asked for beside any search.
    """

    query: Query = field(default_factory=Query)
    asked: bool = False
    remark: str | None = None
    uploads: int = 0
    vectors: QueryVectors = field(default_factory=QueryVectors)
    prompts: QueryVectors = field(default_factory=QueryVectors)

    def stop(self, provider_id: str | None = None) -> None:
        """Ask nothing more of this provider, of all where none is named."""
        for vectors in (self.vectors, self.prompts):
            vectors.stop(provider_id)

    def replace(self, query: Query) -> None:
        """Put another query in place; what was the matter with the former one is forgotten."""
        self.query, self.remark = query, None

    def change(self, **changes: Any) -> None:
        """Change parts of the query, by the names of its fields."""
        self.replace(replace(self.query, **changes))
