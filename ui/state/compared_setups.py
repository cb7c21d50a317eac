"""Which Setups are compared: rows, of which each provider has one and a person may add others."""

from dataclasses import dataclass, field

from collection.embeddings import Setup
from providers.brought import BROUGHT, is_brought
from providers.registry import PROVIDERS, info_of


def _embedded() -> set[int]:
    """Return the rows that are ticked at first: those of providers that need no key."""
    return {n for n, provider in enumerate(PROVIDERS.values()) if provider.info.embedded}


@dataclass
class ComparedSetups:
    """The Setups that a session compares, a row each.

    The first rows are the providers', numbered as in the registry; further numbers are rows that
    were added, such as for another model of the same provider, or for vectors that were computed
    elsewhere. A row's number is that of its colour, which it keeps. `ticked`: the rows that take
    part.
    """

    ticked: set[int] = field(default_factory=_embedded)
    _setups: dict[int, Setup] = field(default_factory=dict)

    def row_of(self, provider_id: str) -> int:
        """Return the number of a provider's first row."""
        return list(PROVIDERS).index(provider_id)

    def rows_of(self, provider_id: str) -> list[int]:
        """Return the rows of a provider: its first one, then those that were added."""
        added = [n for n in self._setups if n >= len(PROVIDERS)]
        first = [] if provider_id == BROUGHT else [self.row_of(provider_id)]
        return [*first, *sorted(n for n in added if self._setups[n].provider == provider_id)]

    @property
    def brought_rows(self) -> list[int]:
        """The rows of vectors that were computed elsewhere."""
        return self.rows_of(BROUGHT)

    @property
    def rows(self) -> list[int]:
        """All rows in their order: provider by provider, then vectors computed elsewhere."""
        return [row for id_ in (*PROVIDERS, BROUGHT) for row in self.rows_of(id_)]

    def setup_of(self, row: int) -> Setup:
        """Return the Setup of a row; at first the provider's usual one."""
        if row not in self._setups:
            self._setups[row] = list(PROVIDERS.values())[row].info.setup()
        return self._setups[row]

    def choose(self, row: int, setup: Setup) -> None:
        """Let a row show this Setup."""
        self._setups[row] = setup

    def tick(self, row: int, ticked: bool) -> None:
        """Let a row take part, or not."""
        self.ticked = self.ticked | {row} if ticked else self.ticked - {row}

    def add(self, provider_id: str) -> int:
        """Add a row of a provider, with a Setup that no other row of it shows; return its number.

        It takes part at once. Where every model and dimension is there already, it is one of them.
        """
        row = self.free_row
        info = PROVIDERS[provider_id].info
        taken = [self.setup_of(n) for n in self.rows_of(provider_id)]
        offered = [info.setup(m.id, size) for m in info.models for size in m.dimensions]
        by_model = sorted(offered, key=lambda s: any(s.model == t.model for t in taken))
        self._setups[row] = next((s for s in by_model if s not in taken), taken[-1])
        self.tick(row, True)
        return row

    def bring(self, setup: Setup) -> int:
        """Let vectors that were computed elsewhere take part; return the number of their row.

        Those of the same name are no longer shown.
        """
        same_name = (n for n in self.brought_rows if self._setups[n].model == setup.model)
        row = next(same_name, None)
        row = self.free_row if row is None else row
        self._setups[row] = setup
        self.tick(row, True)
        return row

    @property
    def free_row(self) -> int:
        """The lowest number for another row."""
        return next(n for n in range(len(PROVIDERS), 1000) if n not in self._setups)

    def remove(self, row: int) -> None:
        """Take away a row that was added."""
        if row >= len(PROVIDERS):
            self._setups.pop(row, None)
            self.tick(row, False)

    def is_added(self, row: int) -> bool:
        """Whether a row was added by the person."""
        return row >= len(PROVIDERS)

    @property
    def setups(self) -> tuple[Setup, ...]:
        """Return the Setups that take part, in the order of the registry, each once."""
        compared = [self.setup_of(row) for row in self.rows if row in self.ticked]
        return tuple(dict.fromkeys(compared))

    def colour_index(self, setup: Setup) -> int:
        """Return the number of a Setup's colour: its row's, else that of its provider's first."""
        rows = self.rows_of(setup.provider)
        of_setup = [row for row in rows if self.setup_of(row) == setup]
        ticked = [row for row in of_setup if row in self.ticked]
        return next(iter([*ticked, *of_setup, *rows, len(PROVIDERS)]))

    def name_of(self, setup: Setup) -> str:
        """Return what people call a Setup: its provider, and the model where there are several."""
        title = info_of(setup).title
        others = [other for other in self.setups if other.provider == setup.provider]
        if len(others) < 2 or is_brought(setup):
            return title
        return f"{title} · {setup.details}"
