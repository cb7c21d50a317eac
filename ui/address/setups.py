"""The Setups that are compared, as words of an address."""

from collections.abc import Sequence
from dataclasses import dataclass

from collection.embeddings import Setup
from providers.brought import is_brought
from providers.errors import UnknownProvider, UnsupportedSetup
from providers.info import CAPTIONS, PIXELS
from providers.registry import provider
from ui.state.compared_setups import ComparedSetups
from ui.state.session import Session

_MOST = 20
"""More of them than this in one address are nobody's view."""
_SEPARATOR = ":"
_NONE = ""
_SETTINGS = {CAPTIONS: "captions", PIXELS: "pixels"}
"""Setting of a Setup → what it is called in an address."""


@dataclass(frozen=True)
class SetupsShown:
    """Who is compared: the provider's id, with model, dimension and settings where unusual.

    Vectors that were computed elsewhere are not there for whom a link is sent to: an address says
    nothing of them, and leaves them as they are.
    """

    name: str = "setup"
    steps: bool = True

    def words(self, state: Session) -> list[str]:
        """Return a word for each Setup, none where the usual ones are compared."""
        setups = _named(state.compared)
        if setups == ComparedSetups().setups:
            return []
        return [word_of(setup) for setup in setups] or [_NONE]

    def take(self, state: Session, words: Sequence[str]) -> None:
        """Compare these Setups; nothing is asked of anybody."""
        if list(words) == [_NONE]:
            _compare(state.compared, ())
            return
        named = [setup_of(word) for word in words[:_MOST]]
        wanted = tuple(dict.fromkeys(setup for setup in named if setup is not None))
        if not words:
            wanted = ComparedSetups().setups
        if wanted and wanted != _named(state.compared):
            _compare(state.compared, wanted)


def _named(compared: ComparedSetups) -> tuple[Setup, ...]:
    """Return the Setups of which an address can tell."""
    return tuple(setup for setup in compared.setups if not is_brought(setup))


def word_of(setup: Setup) -> str:
    """Return a Setup as one word; of a provider's usual one the provider's id is enough."""
    if setup == provider(setup.provider).info.setup():
        return setup.provider
    settings = [f"{_SETTINGS.get(name, name)}={value}" for name, value in setup.settings]
    return _SEPARATOR.join([setup.provider, setup.model, str(setup.dimension), *settings])


def setup_of(word: str) -> Setup | None:
    """Return the Setup of a word; None where there is no such one."""
    provider_id, *rest = word.split(_SEPARATOR)
    try:
        info = provider(provider_id).info
        if not rest:
            return info.setup()
        model, dimension, *settings = rest
        said = dict(setting.split("=", 1) for setting in settings)
        side = said.pop(_SETTINGS[PIXELS], None)
        captions = said.pop(_SETTINGS[CAPTIONS], None)
        if said:
            return None
        return info.setup(model, int(dimension), captions, None if side is None else int(side))
    except (UnknownProvider, UnsupportedSetup, ValueError):
        return None


def _compare(compared: ComparedSetups, wanted: Sequence[Setup]) -> None:
    """Tick a row for each Setup: one that shows it already, the provider's own, or a new one."""
    ticked = compared.ticked & set(compared.brought_rows)
    for setup in wanted:
        rows = [row for row in compared.rows_of(setup.provider) if row not in ticked]
        row = next((row for row in rows if compared.setup_of(row) == setup), None)
        if row is None:
            free = (row for row in rows if compared.setup_of(row) not in wanted)
            row = next(free, None)
            row = compared.add(setup.provider) if row is None else row
            compared.choose(row, setup)
        ticked.add(row)
    compared.ticked = ticked
