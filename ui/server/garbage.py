"""Freezing what stays, so that a garbage collection has little to walk.

A collection holds the interpreter's lock for everybody. What the libraries have brought, hundreds
of thousands of objects once UMAP is there, never becomes garbage and need not be looked at again;
see docs/decisions/0011.
"""

import gc
import threading


class FrozenObjects:
    """The objects of this process that garbage collections pass over. Safe with many threads.

    A cycle of a living session that is frozen along would never be freed: so everything is
    unfrozen and collected before each freeze, and `freeze` is called again once a session that
    lived through one has ended. `freezes` counts them.
    """

    def __init__(self) -> None:
        self.freezes = 0
        self._stages: set[str] = set()
        self._lock = threading.Lock()

    def freeze(self) -> None:
        """Free what is garbage, and let later collections pass over all the rest."""
        with self._lock:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self.freezes += 1

    def freeze_after(self, stage: str) -> None:
        """Freeze once a stage of getting ready is over; whoever comes second does nothing."""
        with self._lock:
            if stage in self._stages:
                return
            self._stages.add(stage)
        self.freeze()


FROZEN = FrozenObjects()
"""Of this process, as the garbage collector is."""
