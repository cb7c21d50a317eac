"""The sample in an address, such as `?sample=gallery`: it is there, embedded, on arrival."""

from collections.abc import Sequence
from dataclasses import dataclass

from collection.samples import SAMPLES, holds_own_items, load_sample
from providers.registry import info_of
from ui.state.session import Session


@dataclass(frozen=True)
class SampleShown:
    """The bundled sample that is the collection."""

    name: str = "sample"
    steps: bool = False

    def words(self, state: Session) -> list[str]:
        """Return the sample's key where the collection is a sample and nothing else."""
        if not len(state.collection) or holds_own_items(state.collection):
            return []
        digest = state.collection.digest
        return [key for key in SAMPLES if load_sample(key).digest == digest]

    def take(self, state: Session, words: Sequence[str]) -> None:
        """Load the sample and embed it on this machine; never over a collection of one's own.

        Hosted providers are not asked, whatever keys there are: a link must not cost anybody
        anything.
        """
        key = words[-1] if words else ""
        if key not in SAMPLES or holds_own_items(state.collection):
            return
        if state.collection.digest != load_sample(key).digest:
            state.embedding.stop()
            state.editing.show_sample(key, SAMPLES[key].title)
        embedded = [s for s in state.askable if info_of(s).embedded]
        if any(state.not_embedded(setup) for setup in embedded):
            state.start_run(embedded)
