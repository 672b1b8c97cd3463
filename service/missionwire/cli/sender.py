"""Sends events and articles, and keeps account of what became of each."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from missionwire.cli import terminal
from missionwire.cli.files import Fault, Found, Item, Lull
from missionwire.cli.service import ServiceAway, away, problem, retry_after_s, sentence

if TYPE_CHECKING:
    import httpx

BATCH_ITEMS: Final = 500
BATCH_BYTES: Final = 1 << 20
"""A batch is sent when it holds so many items, or so many bytes."""
MAX_KEPT: Final = 1000
"""So many faults and conflicts are kept to be told; all are counted."""
READ_S: Final = 30.0

_EVENTS, _ARTICLES = "/v1/events", "/v1/articles"
_BATCH_TYPE, _JSON_TYPE = "application/cloudevents-batch+json", "application/json"
_ACCEPTED, _NOT_FOUND, _NOT_ALLOWED, _CONFLICT, _FULL = 202, 404, 405, 409, 507
_WITHOUT_ITEMS: Final = frozenset({400, 413})
"""Refusals of a whole body that may be the fault of one item: halves are tried, down to that item."""
_TRY_LATER: Final = frozenset({429, 502, 503, 504})
_FIRST_WAIT_S: Final = 0.5
_LONGEST_WAIT_S: Final = 10.0


@dataclass
class Account:
    """What became of what was sent. `unsent` counts what was given up because the service took no more."""

    accepted: int = 0
    duplicate: int = 0
    revised: int = 0
    conflict_count: int = 0
    fault_count: int = 0
    unsent: int = 0
    conflicts: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    articles: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_all_taken(self) -> bool:
        """Whether nothing was refused, unreadable or left over."""
        return not (self.conflict_count or self.fault_count or self.unsent)

    def count(self, status: object, number: int = 1) -> None:
        """Count what the service took, by the status that it gave."""
        if status == "duplicate":
            self.duplicate += number
        elif status == "revised":
            self.revised += number
        else:
            self.accepted += number

    def add_fault(self, fault: Fault) -> None:
        """Note something that cannot be sent, or was refused as faulty."""
        self.fault_count += 1
        if len(self.faults) < MAX_KEPT:
            self.faults.append(fault)

    def add_conflict(self, conflict: Fault) -> None:
        """Note an event whose identity is known with another content."""
        self.conflict_count += 1
        if len(self.conflicts) < MAX_KEPT:
            self.conflicts.append(conflict)


class StoreIsFull(Exception):
    """The service has no room; nothing more is sent."""


class Sender:
    """Sends in batches, in order; `patience_s` bounds how long it goes on while the service takes nothing at all."""

    def __init__(
        self,
        client: "httpx.Client",
        *,
        patience_s: float,
        account: Account,
        on_fault: Callable[[Fault], None],
    ) -> None:
        self._client = client
        self._patience_s = patience_s
        self._account = account
        self._on_fault = on_fault
        self._has_answered = False

    def send(self, found: Iterable[Found]) -> None:
        """Send everything, the events of one batch together.

        Raises:
            ServiceAway: it cannot be reached, or took nothing for as long as patience lasts.
            StoreIsFull: the service has no room.
        """
        batch: list[Item] = []
        size = 0
        for one in found:
            if isinstance(one, Fault):
                self._refuse(one)
                continue
            if batch and (isinstance(one, Lull) or one.kind == "article" or size + len(one.body) > BATCH_BYTES):
                self._send_batch(batch)
                batch, size = [], 0
            if isinstance(one, Lull):
                continue
            if one.kind == "article":
                self._send_article(one)
                continue
            batch.append(one)
            size += len(one.body)
            if len(batch) >= BATCH_ITEMS:
                self._send_batch(batch)
                batch, size = [], 0
        if batch:
            self._send_batch(batch)

    # --- events ---------------------------------------------------------------------------------------------------

    def _send_batch(self, batch: Sequence[Item]) -> None:
        """Send events together; what the service faults is left out, and the rest sent again, until it is taken.

        A batch is taken whole or not at all, and each round makes it smaller, so the rounds end.
        """
        while batch:
            body = b"[" + b",".join(item.body for item in batch) + b"]"
            answer = self._post(_EVENTS, body, _BATCH_TYPE, len(batch))
            if answer.status_code == _ACCEPTED:
                self._take(batch, problem(answer).get("accepted"))
                return
            if answer.status_code in _WITHOUT_ITEMS and len(batch) > 1:
                middle = len(batch) // 2
                self._send_batch(batch[:middle])
                batch = batch[middle:]
            else:
                batch = self._without_refused(batch, answer)

    def _take(self, batch: Sequence[Item], statuses: object) -> None:
        told = statuses if isinstance(statuses, list) else []
        for one in told[: len(batch)]:
            self._account.count(one.get("status") if isinstance(one, dict) else None)
        # the same event twice in one batch has one entry: it is taken, once
        self._account.count("duplicate" if told else "accepted", max(0, len(batch) - len(told)))

    def _without_refused(self, batch: Sequence[Item], answer: "httpx.Response") -> list[Item]:
        """Note what the answer refuses, and give what is left of the batch; nothing where it names no items."""
        told = problem(answer)
        is_conflict = answer.status_code == _CONFLICT
        reasons = _reasons(told.get("conflicts" if is_conflict else "faults"), len(batch))
        if not reasons:
            reasons = {number: ("", sentence(answer)) for number in range(len(batch))}
        for number, (path, message) in sorted(reasons.items()):
            item = batch[number]
            self._refuse(Fault(item.file, item.line, message, path), is_conflict=is_conflict)
        return [item for number, item in enumerate(batch) if number not in reasons]

    # --- articles -------------------------------------------------------------------------------------------------

    def _send_article(self, item: Item) -> None:
        answer = self._post(_ARTICLES, item.body, _JSON_TYPE, 1)
        told = problem(answer)
        if answer.status_code == _ACCEPTED:
            status, id_ = told.get("status"), told.get("id")
            self._account.count(status)
            if isinstance(id_, str) and len(self._account.articles) < MAX_KEPT:
                self._account.articles.append({"file": item.file, "id": id_, "status": str(status)})
        else:
            path, message = _reasons(told.get("faults"), 1).get(0, ("", sentence(answer)))
            self._refuse(Fault(item.file, item.line, message, path))

    # --- one request ----------------------------------------------------------------------------------------------

    def _post(self, path: str, body: bytes, media_type: str, count: int) -> "httpx.Response":
        """Send one body until the service takes or refuses it. Sending again is safe: identity makes it one.

        Raises:
            ServiceAway, StoreIsFull: nothing more can be sent; these items are counted as unsent.
        """
        import httpx

        deadline_s = time.monotonic() + self._patience_s
        wait_s = _FIRST_WAIT_S
        while True:
            try:
                answer = self._client.post(path, content=body, headers={"Content-Type": media_type})
            except httpx.TransportError as error:
                failure = away(str(self._client.base_url).rstrip("/"), error)
                if not self._has_answered or time.monotonic() + wait_s > deadline_s:
                    self._account.unsent += count
                    raise failure from error
            else:
                self._has_answered = True
                if answer.status_code not in _TRY_LATER:
                    self._check(answer, count)
                    return answer
                wait_s = max(wait_s, retry_after_s(answer, wait_s))
                if time.monotonic() + wait_s > deadline_s:
                    self._account.unsent += count
                    raise ServiceAway(f"Given up after {self._patience_s:g} s: {sentence(answer)}")
            time.sleep(wait_s)
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)

    def _check(self, answer: "httpx.Response", count: int) -> None:
        if answer.status_code == _FULL:
            self._account.unsent += count
            raise StoreIsFull(sentence(answer))
        if answer.status_code in (_NOT_FOUND, _NOT_ALLOWED):
            self._account.unsent += count
            raise ServiceAway(f"{self._client.base_url} is no missionwire: {sentence(answer)}")

    def _refuse(self, fault: Fault, *, is_conflict: bool = False) -> None:
        if is_conflict:
            self._account.add_conflict(fault)
        else:
            self._account.add_fault(fault)
        self._on_fault(fault)


def _reasons(told: object, count: int) -> dict[int, tuple[str, str]]:
    """Read which items of a batch a problem names, with path and message; what it names wrongly is passed over."""
    reasons: dict[int, tuple[str, str]] = {}
    for one in told if isinstance(told, list) else ():
        number: Any = one.get("item") if isinstance(one, dict) else None
        if type(number) is not int or not 0 <= number < count:
            continue
        path, message = one.get("path"), one.get("message")
        if not isinstance(message, str):
            message = f"source {one.get('source')!r} with id {one.get('id')!r} was sent before with another content"
        reasons.setdefault(number, (terminal.line(path) if isinstance(path, str) else "", terminal.line(message)))
    return reasons
