"""Calling a hook under observation: its answer or fault, its time, its longest step, and what it left behind."""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, Final, NamedTuple

from missionwire.authoring.network import is_away
from missionwire.domain.errors import said_by
from missionwire.domain.frozen import FrozenError
from missionwire.plugin import Drop, Retry
from missionwire.plugins.registry import Implementation
from missionwire.plugins.steps import Labelled

GRACE_S: Final = 1.0
"""What was cancelled may take so long to end."""

THREADS: Final = 4
TURNS: Final = 3
"""Turns of the loop after a call, in which what it rightly scheduled comes to its end."""

_LONGEST_LIST: Final = 100_000
_STANDARD_OUTPUT: Final = 1


class Called(NamedTuple):
    """What became of a call. `fault` is empty where it answered.

    `is_late`: not within the deadline. `is_away`: it asked for something that an examination does not have, the network
    or a later call. `is_undeclared`: it wrote what it may not. `is_change`: it tried to change what it was given.
    """

    answer: object = None
    fault: str = ""
    is_late: bool = False
    is_away: bool = False
    is_undeclared: bool = False
    is_change: bool = False
    took_s: float = 0.0
    longest_step_s: float = 0.0
    leaked: tuple[str, ...] = ()
    printed_bytes: int = 0


class Observer:
    """Calls hooks, one at a time."""

    def __init__(self, flush: Callable[[], None]) -> None:
        """Make one; `flush` brings what was printed to the standard output's file, whose size is compared."""
        self._flush = flush
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="examined")
        self._began_s = 0.0
        self._longest_s = 0.0

    def _step(self, label: str) -> None:
        """Note the time of one step of a coroutine: the label comes before it, nothing after it."""
        if label:
            self._began_s = time.perf_counter()
        else:
            self._longest_s = max(self._longest_s, time.perf_counter() - self._began_s)

    async def call(
        self, hook: Implementation, given: Mapping[str, Any], timeout_s: float, *, keeps_tasks: bool = False
    ) -> Called:
        """Call a hook with the arguments that it names; tasks that it leaves are ended unless it may keep them."""
        before = asyncio.all_tasks()
        printed_bytes = self._printed_bytes()
        self._longest_s = 0.0
        began_s = time.perf_counter()
        task = asyncio.create_task(self._contained(hook, {name: given[name] for name in hook.arguments}))
        done, _ = await asyncio.wait({task}, timeout=timeout_s)
        took_s = time.perf_counter() - began_s
        longest_s = self._longest_s
        called = task.result() if done else await self._left(task, timeout_s)
        if longest_s > timeout_s:
            called = Called(fault=f"no answer in {timeout_s:g} s", is_late=True)
        return called._replace(
            took_s=took_s,
            longest_step_s=longest_s,
            leaked=() if keeps_tasks else await self._leaked(before | {task}),
            printed_bytes=self._printed_bytes() - printed_bytes,
        )

    async def _contained(self, hook: Implementation, arguments: Mapping[str, Any]) -> Called:
        """Await a hook's answer; whatever it raises is told: an exit that left a task would end the loop."""
        try:
            if hook.is_async:
                answer = await Labelled(hook.function(**arguments), "step", self._step)
            else:
                answer = await asyncio.get_running_loop().run_in_executor(self._threads, _answer_of, hook, arguments)
        except Drop as drop:
            return Called(answer=drop)
        except Retry:
            return Called(fault="it asked for a later call", is_away=True)
        except asyncio.CancelledError as error:
            if (task := asyncio.current_task()) is not None and task.cancelling():
                raise
            return Called(fault=said_by(error))
        except BaseException as error:
            return Called(fault=said_by(error), is_away=is_away(error), is_change=isinstance(error, FrozenError))
        return Called(answer=answer)

    @staticmethod
    async def _left(task: "asyncio.Task[Called]", timeout_s: float) -> Called:
        task.cancel()
        await asyncio.wait({task}, timeout=GRACE_S)
        return Called(fault=f"no answer in {timeout_s:g} s", is_late=True)

    async def _leaked(self, known: set["asyncio.Task[Any]"]) -> tuple[str, ...]:
        for _ in range(TURNS):
            await asyncio.sleep(0)
        leaked = [task for task in asyncio.all_tasks() - known if not task.done()]
        for task in leaked:
            task.cancel()
        return tuple(getattr(task.get_coro(), "__qualname__", task.get_name()) for task in leaked)

    async def cancelled(self, hook: Implementation, given: Mapping[str, Any], turns: int) -> str:
        """Cancel a call of an async hook after some turns of the loop; gives what is wrong with how it ended."""
        task = asyncio.create_task(self._raw(hook, {name: given[name] for name in hook.arguments}))
        for _ in range(turns):
            await asyncio.sleep(0)
            if task.done():
                return ""
        task.cancel()
        done, _ = await asyncio.wait({task}, timeout=GRACE_S)
        if not done:
            task.cancel()
            await asyncio.wait({task}, timeout=GRACE_S)
            return f"it was still running {GRACE_S:g} s later"
        return "it kept the cancellation to itself" if not task.cancelled() and task.result() is None else ""

    @staticmethod
    async def _raw(hook: Implementation, arguments: Mapping[str, Any]) -> str | None:
        """Give None for a call that answered, else what it raised."""
        try:
            await hook.function(**arguments)
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            return said_by(error)
        return None

    def _printed_bytes(self) -> int:
        self._flush()
        return os.fstat(_STANDARD_OUTPUT).st_size

    def threads(self) -> set[threading.Thread]:
        """Give the threads that run and are not ours."""
        return {thread for thread in threading.enumerate() if not thread.name.startswith("examined")}

    def close(self) -> None:
        """Wait for no thread any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _answer_of(hook: Implementation, arguments: Mapping[str, Any]) -> object:
    try:
        answer = hook.function(**arguments)
        return list(islice(answer, _LONGEST_LIST)) if isinstance(answer, Generator) else answer
    except (StopIteration, SystemExit, KeyboardInterrupt) as error:  # no future can carry them
        raise RuntimeError(said_by(error)) from error
