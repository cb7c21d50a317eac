"""Which Setups are compared: one of each ticked provider, and those kept beside it."""

from dataclasses import dataclass, field

from collection.embeddings import Setup
from providers.registry import PROVIDERS


def _embedded() -> set[str]:
    """Return the providers that are ticked at first: those that need no key."""
    return {id_ for id_, provider in PROVIDERS.items() if provider.info.embedded}


@dataclass
class Lineup:
    """The Setups that a session compares.

    `cards`: provider id → the Setup that its card shows. `ticked`: whose card takes part.
    `kept`: place → a Setup that takes part beside the card's, such as another model of the same
    provider. A place stands for a colour, so it stays the same as long as the Setup is kept.
    """

    cards: dict[str, Setup] = field(default_factory=dict)
    ticked: set[str] = field(default_factory=_embedded)
    kept: dict[int, Setup] = field(default_factory=dict)

    def card(self, provider_id: str) -> Setup:
        """Return the Setup that a provider's card shows."""
        if provider_id not in self.cards:
            self.cards[provider_id] = PROVIDERS[provider_id].info.setup()
        return self.cards[provider_id]

    def tick(self, provider_id: str, ticked: bool) -> None:
        """Let a provider's card take part, or not."""
        self.ticked = self.ticked | {provider_id} if ticked else self.ticked - {provider_id}

    def keep(self, setup: Setup) -> None:
        """Let a Setup take part also when its card shows another one."""
        if setup not in self.kept.values():
            place = next(n for n in range(len(PROVIDERS), 1000) if n not in self.kept)
            self.kept[place] = setup

    def drop(self, setup: Setup) -> None:
        """Keep a Setup no longer."""
        self.kept = {place: kept for place, kept in self.kept.items() if kept != setup}

    def kept_of(self, provider_id: str) -> list[Setup]:
        """Return the Setups of a provider that are kept."""
        return [setup for setup in self.kept.values() if setup.provider == provider_id]

    @property
    def setups(self) -> tuple[Setup, ...]:
        """Return the Setups that take part, in the order of the registry, each once."""
        chosen = [
            setup
            for id_ in PROVIDERS
            for setup in (*([self.card(id_)] if id_ in self.ticked else []), *self.kept_of(id_))
        ]
        return tuple(dict.fromkeys(chosen))

    def place(self, setup: Setup) -> int:
        """Return the place that gives a Setup its colour: its own, else its provider's."""
        for place, kept in self.kept.items():
            if kept == setup and setup != self.card(setup.provider):
                return place
        return list(PROVIDERS).index(setup.provider)

    def name_of(self, setup: Setup) -> str:
        """Return what people call a Setup: its provider, and the model where there are several."""
        title = PROVIDERS[setup.provider].info.title
        others = [other for other in self.setups if other.provider == setup.provider]
        if len(others) < 2:
            return title
        return f"{title} · {setup.details}"
