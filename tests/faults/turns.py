"""An event loop that can be stepped: between any two of its turns a test may do something to the world outside.

A selector is asked once in each turn of asyncio's loop, so one that does something before it looks does it between two
turns. Whatever a coroutine awaits, it goes on in some later turn: who acts at each turn acts at each await point.
"""

import asyncio
import selectors
import time
from collections.abc import Callable, Collection, Iterator
from typing import Final, TypeAlias

Life: TypeAlias = Iterator[Callable[[], bool]]
"""What a test does outside the loop, step by step; before the next step it waits until what it yielded is so."""

POLL_S: Final = 0.002
"""While a life waits for what no file descriptor tells, the loop looks again so often."""


class Stuck(AssertionError):
    """What a life waits for does not come."""


class Turns(selectors.DefaultSelector):
    """Runs a life between the turns of the loop, and a deed at each of the turns that are named."""

    def __init__(self) -> None:
        super().__init__()
        self.turn = 0
        self.is_idle = False
        self._life: Life | None = None

    async def play(
        self, life: Life, deed: Callable[[], None], at: Collection[int], told: Callable[[], object], timeout_s: float
    ) -> int:
        """Run a life to its end, with the deed at these turns of it. Gives the number of turns it had.

        Only turns count in which the loop had something to do. Fails with what `told` says if it takes too long.
        """
        self._done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._deed, self._at, self._told = deed, set(at), told
        self._give_up_s = time.monotonic() + timeout_s
        self._waits_for: Callable[[], bool] = lambda: True
        self.turn = 0
        self._life = life
        await self._done
        return self.turn

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if self._life is None:
            return super().select(timeout)
        has_acted = self._between(self._life)
        limit_s = 0.0 if has_acted else POLL_S
        events = super().select(limit_s if timeout is None else min(timeout, limit_s))
        self.is_idle = not (events or has_acted or timeout == 0)
        self.turn += not self.is_idle
        return events

    def _check_time(self) -> None:
        if time.monotonic() > self._give_up_s:
            message = f"at turn {self.turn}: {self._told()}"
            raise Stuck(message)

    def _between(self, life: Life) -> bool:
        has_acted = False
        try:
            if self.turn in self._at:
                self._at.discard(self.turn)
                self._deed()
                has_acted = True
            while self._waits_for():
                has_acted = True
                self.is_idle = False
                self._waits_for = next(life)
            self._check_time()
        except StopIteration:
            self._life = None
            self._done.set_result(None)
        except BaseException as error:
            self._life = None
            self._done.set_exception(error)
        return has_acted
