"""What went wrong with a call, what is done about it, and what a person can do.

Each provider lists the errors of its documentation as `Rule`s; the first that fits explains an
answer.
"""

import re
from dataclasses import dataclass

from collection.trouble import Trouble
from providers.errors import ProviderFailed
from providers.failure_kind import Action, FailureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure(Trouble):
    """A call that gave nothing: what happened, what a person can do, what we do.

    `retry_after`: seconds that the provider asks to wait. `calls_a_second`: the pace to fall
    back to from now on, None for no change. `lower_concurrency`: whether fewer calls may be under
    way from now on.
    `split_first`: a call of several items is halved before it is waited for. `of_item`: what is
    said of an item that turns out to be at fault; "" for the reason itself.
    """

    kind: FailureKind
    action: Action
    retry_after: float | None = None
    calls_a_second: float | None = None
    lower_concurrency: bool = False
    split_first: bool = False
    of_item: str = ""

    @classmethod
    def of(cls, error: ProviderFailed) -> "Failure":
        """Return what it means for a call that nothing could be sent."""
        return cls(error.reason, error.advice, kind=error.kind, action=error.action)


@dataclass(frozen=True, slots=True)
class Rule:
    """An error as documented: it fits a status and, where given, a pattern in what was said.

    `pattern`: a regular expression, searched in the error's code and message, in any case.
    """

    statuses: tuple[int, ...]
    pattern: str
    kind: FailureKind
    action: Action
    reason: str
    advice: str = ""
    calls_a_second: float | None = None
    lower_concurrency: bool = False
    split_first: bool = False

    def fits(self, status: int, said: str) -> bool:
        """Whether the rule explains this answer."""
        return status in self.statuses and bool(re.search(self.pattern, said, re.IGNORECASE))
