"""A rolling restart: one child after another comes back with the code as it is now, and the feed has no gap.

An HTTP process is followed by its successor before it is asked to leave: both accept from the same socket meanwhile. A
worker hands its slot on, so its successor begins where it ended; what comes in meanwhile waits in the inbox.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from missionwire.children import START_S, Child

_LOG: Final = logging.getLogger("missionwire.supervisor")


class Roll:
    """Moves on by one step at each turn. `start` starts a child and counts it among the others."""

    def __init__(self, children: Sequence[Child], start: Callable[[Child], None]) -> None:
        self._left = deque(children)
        self._start = start
        self._leaving: Child | None = None
        self._coming: Child | None = None
        self._followed: Child | None = None
        self._since_s = 0.0

    def turn(self, now_s: float) -> bool:
        """Take the next step; False when there is none."""
        if self._leaving is not None and self._leaving.leave_until_s is not None:
            return True  # its end is waited for, and bounded, by the supervisor
        self._leaving = None
        if self._coming is not None:
            self._wait_for(self._coming, now_s)
            return True
        if not self._left:
            return False
        self._begin(self._left.popleft(), now_s)
        return True

    def _begin(self, child: Child, now_s: float) -> None:
        if child.process is None:
            return  # it is about to be started anyway
        self._since_s = now_s
        if child.role == "worker":
            child.leave(now_s)
            self._leaving = self._coming = child
            return
        self._followed, self._coming = child, Child(child.role, child.orders, is_successor=True)
        self._start(self._coming)

    def _wait_for(self, coming: Child, now_s: float) -> None:
        if coming.process is not None and coming.has_worked:
            coming.is_successor = False
            self._coming = None
            if self._followed is not None:
                self._followed.leave(now_s)
                self._leaving, self._followed = self._followed, None
        elif (coming.is_successor and coming.process is None) or now_s - self._since_s > START_S + coming.stop_s:
            _LOG.error("%s does not come back; the others go on as they are", coming.name)
            self._coming = None
            self._left.clear()
