"""A plugin as the pipeline sees it: its hooks, limits, breaker and tallies. Where it came from is not known here."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, NamedTuple

from missionwire.pipeline.batch import Gathering
from missionwire.pipeline.breaker import Breaker

DOCUMENT_HOOKS: Final = ("annotate", "repair", "extract")
EVENT_HOOKS: Final = ("enrich", "enrich_batch", "classify", "keep")
STAGE_HOOKS: Final = (*DOCUMENT_HOOKS, *EVENT_HOOKS)

TIMEOUT_S: Final = 2.0
DOCUMENT_TIMEOUT_S: Final = 10.0

_LATENCIES_KEPT: Final = 512


class Hook(NamedTuple):
    """One implementation: the bound function, the arguments that it names, whether it is a coroutine function."""

    function: Callable[..., Any]
    arguments: tuple[str, ...]
    is_async: bool


class Tally:
    """What became of the calls of one hook."""

    __slots__ = ("calls", "errors", "latencies_s")

    def __init__(self) -> None:
        self.calls = 0
        self.errors: Counter[str] = Counter()
        self.latencies_s: deque[float] = deque(maxlen=_LATENCIES_KEPT)

    def percentile_ms(self, share: float) -> float | None:
        """Give a percentile of the latest calls in milliseconds, None before the first."""
        if not self.latencies_s:
            return None
        ordered = sorted(self.latencies_s)
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000, 3)


class Participant:
    """One running plugin.

    `on_error` is what a fault of it does to the event; `timeout_s` overrides the defaults. In shadow mode its answers
    are recorded and not applied. `concurrency` bounds its calls at one time, where the operator set so. `gathering` is
    where events wait for its `enrich_batch`; `at_once` are the hooks of which a call needs no thread and nobody's turn.
    """

    def __init__(
        self,
        name: str,
        version: str,
        hooks: Mapping[str, Hook],
        *,
        writes: frozenset[str] = frozenset(),
        before: tuple[str, ...] = (),
        after: tuple[str, ...] = (),
        timeout_s: float | None = None,
        on_error: Literal["skip", "dead-letter", "drop", "fail"] = "skip",
        is_shadow: bool = False,
        concurrency: int | None = None,
    ) -> None:
        self.name = name
        self.version = version
        self.hooks = dict(hooks)
        self.writes = writes
        self.before = before
        self.after = after
        self.on_error = on_error
        self.is_shadow = is_shadow
        self._turns = asyncio.Semaphore(concurrency) if concurrency else None
        self._batch_turns = self._turns or asyncio.Semaphore(1)
        self.gathering = Gathering(self._batch_turns)
        self.breaker = Breaker()
        self.tallies: dict[str, Tally] = {hook: Tally() for hook in hooks}
        self.at_once = frozenset(hook for hook in hooks if hooks[hook].is_async and self.turns(hook) is None)
        self._timeouts_s: Mapping[str, float] = {
            hook: timeout_s if timeout_s is not None else DOCUMENT_TIMEOUT_S if hook in DOCUMENT_HOOKS else TIMEOUT_S
            for hook in STAGE_HOOKS
        }

    def take_over(self, before: "Participant | None") -> None:
        """Go on with the breaker and the tallies of the one whose place this takes."""
        if before is not None:
            self.breaker = before.breaker
            self.tallies = {hook: before.tallies.get(hook, tally) for hook, tally in self.tallies.items()}

    def turns(self, hook: str) -> asyncio.Semaphore | None:
        """Give the turns that calls of a hook take, if any; batches one at a time unless the operator lets more."""
        return self._batch_turns if hook == "enrich_batch" else self._turns

    def timeout_s(self, hook: str) -> float:
        """Give the deadline of a call in seconds."""
        return self._timeouts_s[hook]
