"""Which Setups are compared: one of each ticked provider, and those pinned beside it."""

from dataclasses import dataclass, field

from collection.embeddings import Setup
from providers.registry import PROVIDERS


def _embedded() -> set[str]:
    """Return the providers that are ticked at first: those that need no key."""
    return {id_ for id_, provider in PROVIDERS.items() if provider.info.embedded}


@dataclass
class ComparedSetups:
    """The Setups that a session compares.

    `by_provider`: provider id → the Setup that its card shows. `ticked`: whose card takes part.
    `pinned`: colour index → a Setup that takes part beside the card's, such as another model of
    the same provider. It keeps its colour as long as it is pinned.
    """

    by_provider: dict[str, Setup] = field(default_factory=dict)
    ticked: set[str] = field(default_factory=_embedded)
    pinned: dict[int, Setup] = field(default_factory=dict)

    def setup_for(self, provider_id: str) -> Setup:
        """Return the Setup that a provider's card shows."""
        if provider_id not in self.by_provider:
            self.by_provider[provider_id] = PROVIDERS[provider_id].info.setup()
        return self.by_provider[provider_id]

    def choose(self, setup: Setup) -> None:
        """Let the card of a Setup's provider show this one."""
        self.by_provider[setup.provider] = setup

    def tick(self, provider_id: str, ticked: bool) -> None:
        """Let a provider's card take part, or not."""
        self.ticked = self.ticked | {provider_id} if ticked else self.ticked - {provider_id}

    def pin(self, setup: Setup) -> None:
        """Let a Setup take part also when its card shows another one."""
        if setup not in self.pinned.values():
            index = next(n for n in range(len(PROVIDERS), 1000) if n not in self.pinned)
            self.pinned[index] = setup

    def unpin(self, setup: Setup) -> None:
        """Let a Setup take part no longer, unless its card shows it."""
        self.pinned = {index: other for index, other in self.pinned.items() if other != setup}

    def pinned_of(self, provider_id: str) -> list[Setup]:
        """Return the Setups of a provider that are pinned."""
        return [setup for setup in self.pinned.values() if setup.provider == provider_id]

    @property
    def setups(self) -> tuple[Setup, ...]:
        """Return the Setups that take part, in the order of the registry, each once."""
        compared = [
            setup
            for id_ in PROVIDERS
            for setup in (
                *([self.setup_for(id_)] if id_ in self.ticked else []),
                *self.pinned_of(id_),
            )
        ]
        return tuple(dict.fromkeys(compared))

    def colour_index(self, setup: Setup) -> int:
        """Return the number of a Setup's colour: its own, else its provider's."""
        for index, pinned in self.pinned.items():
            if pinned == setup and setup != self.setup_for(setup.provider):
                return index
        return list(PROVIDERS).index(setup.provider)

    def name_of(self, setup: Setup) -> str:
        """Return what people call a Setup: its provider, and the model where there are several."""
        title = PROVIDERS[setup.provider].info.title
        others = [other for other in self.setups if other.provider == setup.provider]
        if len(others) < 2:
            return title
        return f"{title} · {setup.details}"
