"""In which state a Setup is, in a word or two: its key, and its vectors."""

from collection.embeddings import Setup
from providers.embedding.progress import ENDED
from providers.failure_kind import FailureKind
from providers.registry import info_of
from ui.run.progress import progress_in_short
from ui.state.session import Session

_KEY_REFUSED = (FailureKind.KEY, FailureKind.EXPIRED, FailureKind.PERMISSION)


def key_state_in_words(state: Session, setup: Setup) -> tuple[str, str]:
    """Return what is known of a provider's key, and “good”, “bad” or “” for it."""
    if info_of(setup).embedded:
        return "no key needed", "good"
    found = state.embedding.checks.get(setup.provider)
    if found is not None and found.ok:
        return f"works, {found.seconds:.2f} s", "good"
    if setup.provider in state.embedding.failed_providers:
        return "failed", "bad"
    if state.lacking(setup) is not None:
        return "needs a key", ""
    if found is not None:
        return "refused" if found.kind in _KEY_REFUSED else "does not work", "bad"
    info = info_of(setup)
    origins = state.keyring.origins(info)
    known = any(entry.secret and entry.name in origins for entry in info.key_fields)
    return "key set" if known else "own login", ""


def embedding_state_in_words(state: Session, setup: Setup) -> str:
    """Return where the vectors of a Setup stand: “ready”, “55 new”, “running, 69%”, “failed”."""
    for progress in state.embedding.run.progress if state.embedding.run is not None else ():
        if progress.setup == setup and progress.state not in ENDED:
            return progress_in_short(progress)
    if setup.provider in state.embedding.failed_providers:
        return "failed"
    new, failed = state.not_embedded(setup), state.failed(setup)
    if new:
        return f"{new:,} new" if state.lacking(setup) is None else "needs a key"
    ready = "from a file" if setup in state.embedding.from_file else "ready"
    return f"{failed:,} without a vector" if failed else ready
