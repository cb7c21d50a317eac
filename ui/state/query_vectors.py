"""The vectors of queries: each embedded once per Setup, in the background, side by side."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from collection.embeddings import Embeddings, FloatArray, Role, Setup
from collection.samples import is_sample_item
from providers.embedding.cache import VectorCache
from providers.embedding.progress import JobState
from providers.embedding.run import Run, run_of_inputs
from providers.inputs import Input
from providers.transport.call_context import CallContext


@dataclass(frozen=True)
class NotAsked:
    """Nobody has asked the provider, or what was asked was stopped."""


@dataclass(frozen=True)
class Asking:
    """The answer is under way, or has come and was not taken over yet."""


@dataclass(frozen=True)
class Failed:
    """There is no vector; `reason`: why, in words, None where nobody knows."""

    reason: str | None


@dataclass(frozen=True, eq=False)
class Known:
    """There is a vector: float32 (d,) of length 1."""

    vector: FloatArray


QueryState = NotAsked | Asking | Failed | Known
"""What is known of one input, in its role, under one Setup."""


@dataclass(frozen=True)
class _Question:
    """A run, and the inputs of one role that it embeds with one Setup."""

    run: Run
    setup: Setup
    role: Role
    item_ids: frozenset[str]


class QueryVectors:
    """What one session has searched for, as vectors. Not for several threads at once."""

    def __init__(self) -> None:
        self._states: dict[tuple[Setup, str, Role], QueryState] = {}
        self._questions: list[_Question] = []

    def state(self, setup: Setup, item: Input) -> QueryState:
        """Return what is known of an input under a Setup."""
        return self._states.get((setup, item.item_id, item.role), NotAsked())

    @property
    def known(self) -> list[tuple[Setup, str, Role, FloatArray]]:
        """Every vector there is, with the Setup, the item's id and the role it is of."""
        return [
            (setup, item_id, role, state.vector)
            for (setup, item_id, role), state in tuple(self._states.items())
            if isinstance(state, Known)
        ]

    def add(self, setup: Setup, item_id: str, role: Role, vector: FloatArray) -> None:
        """Note a vector that was computed elsewhere, such as one out of a session file."""
        self._note(setup, role, (item_id,), Known(vector))

    def ask(
        self,
        setup: Setup,
        inputs: Iterable[Input],
        cache: VectorCache | None,
        context: Callable[[Setup], CallContext | None],
    ) -> None:
        """Begin to embed what is neither known nor under way; what else is under way is stopped."""
        self.collect()
        wanted: dict[Role, dict[str, Input]] = {}
        for item in inputs:
            if not isinstance(self.state(setup, item), Known):
                wanted.setdefault(item.role, {})[item.item_id] = item
        if not wanted:
            return
        going_on = {
            question.role
            for question in self._questions
            if question.setup == setup and question.item_ids == set(wanted.get(question.role, ()))
        }
        self._stop(lambda question: question.setup == setup and question.role not in going_on)
        for role in wanted.keys() - going_on:
            run = run_of_inputs(
                {setup: tuple(wanted[role].values())},
                cache,
                context=context,
                is_public=is_sample_item,
            )
            self._questions.append(_Question(run.start(), setup, role, frozenset(wanted[role])))
            self._note(setup, role, wanted[role], Asking())

    def stop(self, provider_id: str | None = None) -> None:
        """Ask nothing more of this provider, of all where none is named; keep what there is."""
        self._stop(lambda question: provider_id in (None, question.setup.provider))

    def wait(self, seconds: float) -> None:
        """Wait for what is under way, but not longer than this, and take it over."""
        end = time.monotonic() + seconds
        for question in self._questions:
            question.run.wait(max(0.0, end - time.monotonic()))
        self.collect()

    def collect(self) -> None:
        """Take over what has ended."""
        for question in self._questions:
            for embeddings in question.run.take_ended():
                self._take(question, embeddings)
        self._questions = [q for q in self._questions if q.run.active or q.run.has_news]

    def waiting(self, setup: Setup) -> bool:
        """Whether something was asked under a Setup and its end was not taken over yet."""
        return any(question.setup == setup for question in self._questions)

    @property
    def has_news(self) -> bool:
        """Whether something has ended that was not taken over yet."""
        return any(question.run.has_news for question in self._questions)

    def _take(self, question: _Question, embeddings: Embeddings) -> None:
        (progress,) = question.run.progress
        for item_id in question.item_ids:
            if item_id in embeddings:
                row: FloatArray = embeddings.vectors[embeddings.row_of[item_id]]
                state: QueryState = Known(row)
            elif item_id in embeddings.failures:
                state = Failed(str(embeddings.failures[item_id]))
            elif progress.state is JobState.STOPPED:
                state = NotAsked()
            else:
                state = Failed(progress.reason or None)
            self._note(question.setup, question.role, (item_id,), state)

    def _note(self, setup: Setup, role: Role, item_ids: Iterable[str], state: QueryState) -> None:
        for item_id in item_ids:
            self._states[setup, item_id, role] = state

    def _stop(self, concerned: Callable[[_Question], bool]) -> None:
        for question in self._questions:
            if concerned(question) and question.run.active:
                question.run.stop()
        self.collect()
