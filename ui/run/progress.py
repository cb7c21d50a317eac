"""Where a job of a run stands, in words."""

from providers.embedding.progress import JobProgress, JobState
from ui.elements.text import counted


def progress_in_short(progress: JobProgress) -> str:
    """Return where a job stands, in as few words as fit the sidebar."""
    if progress.state is JobState.FAILED:
        return str(progress.state)
    return progress_in_words(progress)


def progress_in_words(progress: JobProgress) -> str:
    """Return where a job stands, in a few words."""
    if progress.state is JobState.RUNNING:
        return f"running, {progress.share:.0%}"
    if progress.state is JobState.FAILED:
        return f"failed because: {progress.reason}"
    if progress.state is JobState.DONE and progress.failed:
        return f"done, {counted(progress.failed, 'item')} without a vector"
    return str(progress.state)


def pace_in_words(progress: JobProgress) -> str:
    """Return how far a job is that has not ended, how fast it goes and how long it will take."""
    if progress.state is not JobState.RUNNING:
        return str(progress.state)
    words = [f"running, {progress.finished} of {progress.total}"]
    if progress.items_per_second:
        words.append(f"{progress.items_per_second:.0f} items a second")
    if progress.seconds_left is not None:
        words.append(f"about {max(1, round(progress.seconds_left))} s left")
    return " · ".join(words)


def counts_in_words(progress: JobProgress) -> str:
    """Return what a job that has ended took from the cache, and what it embedded how fast."""
    counts = f"{progress.cached} of {progress.total} from cache, {progress.embedded} embedded now"
    if progress.embedded:
        counts += f" in {progress.seconds:.1f} s ({progress.items_per_second:.0f} items a second)"
    return counts
