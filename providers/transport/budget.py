"""How much money a run may cost: counted as calls are made, and a stop before it is exceeded."""

import threading


class Budget:
    """A cap in US dollars for all calls together; None for no cap. Safe with many threads.

    Prices are looked up, not asked for, so what is counted is an estimate.
    """

    def __init__(self, cap: float | None = None) -> None:
        self.cap = cap
        self._spent = 0.0
        self._lock = threading.Lock()

    @property
    def spent(self) -> float:
        """What the calls so far have cost, about, in US dollars."""
        with self._lock:
            return self._spent

    def reserve(self, dollars: float) -> bool:
        """Count what a call is going to cost; return whether the cap allows it."""
        with self._lock:
            if self.cap is not None and self._spent + dollars > self.cap:
                return False
            self._spent += dollars
            return True

    def settle(self, reserved: float, really: float) -> None:
        """Replace what was reserved for a call by what it really cost."""
        with self._lock:
            self._spent += really - reserved
