"""Who asks a hosted provider, where it is asked, and who takes notes."""

from dataclasses import dataclass, field

from providers.transport.budget import Budget
from providers.transport.call_log import CallLog
from providers.transport.credentials import Credentials
from providers.transport.process_state import ProcessState, process_state


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long a call may take, and how often it is tried again; times in seconds.

    Waiting grows from `first_wait` to `longest_wait`; where a provider says how long to wait,
    that counts, up to `longest_asked`. `tries` counts the first one.
    """

    connect: float = 5.0
    read: float = 90.0
    whole: float = 300.0
    first_wait: float = 1.0
    longest_wait: float = 60.0
    longest_asked: float = 300.0
    tries: int = 6


@dataclass(frozen=True, slots=True)
class CallContext:
    """Everything around a call that cannot change a vector.

    `base_url`: scheme and host in place of the provider's own, None for that. `concurrency`: calls
    under way at once in place of the provider's own number, None for that. `process`: what
    this call shares with all others of the process.
    """

    credentials: Credentials
    base_url: str | None = None
    log: CallLog = field(default_factory=CallLog)
    budget: Budget = field(default_factory=Budget)
    retry_policy: RetryPolicy = field(default_factory=RetryPolicy)
    concurrency: int | None = None
    process: ProcessState = field(default_factory=process_state)
