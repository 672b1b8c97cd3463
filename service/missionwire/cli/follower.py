"""Follows a feed through breaks: keeps the place, honours what the service asks for, and ends when the feed does."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from missionwire.cli import terminal
from missionwire.cli.service import Refused, away, connect, refusal, retry_after_s, sentence
from missionwire.cli.words import gap_in_words

if TYPE_CHECKING:
    import httpx
    from httpx_sse import ServerSentEvent

SILENCE_S: Final = 45.0
"""A feed sends something about every 15 s; one that is silent for this long is broken, and followed anew."""
RETRY_S: Final = 2.0
"""The wait before the next try, until the feed names another."""
MAX_RETRY_S: Final = 30.0

_OK, _NO_CONTENT, _TOO_MANY = 200, 204, 429
_SERVER_ERROR: Final = 500

Params = Sequence[tuple[str, str]]


class Follower:
    """One reader of a feed.

    `params` are the query parameters without `limit`; `tell` gets a sentence for people on each break and gap.
    """

    silence_s = SILENCE_S

    def __init__(
        self, url: str, params: Params, *, place: str | None, limit: int | None, tell: Callable[[str], None]
    ) -> None:
        self._url = url
        self._params = list(params)
        self._place = place
        self._left = limit
        self._tell = tell
        self._retry_s = RETRY_S
        self._failures = 0
        self._closing = ""
        self._was_connected = False
        self._is_over = False

    def events(self) -> Iterator[str]:
        """Give the JSON of each event as it comes, until the feed ends.

        Raises:
            ServiceAway: the service could not be reached at all; later breaks are bridged.
            Refused, WrongUse: it says no.
        """
        import httpx

        with connect(self._url, read_s=self.silence_s) as client:
            while not self._is_over:
                try:
                    yield from self._stream(client)
                except httpx.TransportError as error:
                    if not self._was_connected:
                        raise away(self._url, error) from error
                    self._broken(error)
                if not self._is_over:
                    time.sleep(self._delay_s())

    def _stream(self, client: "httpx.Client") -> Iterator[str]:
        from httpx_sse import SSEError, connect_sse

        headers = {"Last-Event-ID": self._place} if self._place else {}
        with connect_sse(client, "GET", "/v1/feed", params=self._query(), headers=headers) as source:
            if not self._is_open(source.response):
                return
            self._was_connected = True
            self._closing = ""
            try:
                for frame in source.iter_sse():
                    yield from self._taken(frame)
                    if self._is_over:
                        return
            except SSEError as error:
                raise Refused(f"{self._url} gives no feed: {terminal.line(str(error))}") from error
        if not self._is_over:
            self._say_once(self._closing or "The feed was closed; going on where it was.")

    def _query(self) -> list[tuple[str, str]]:
        return [*self._params, ("limit", str(self._left))] if self._left is not None else self._params

    def _is_open(self, answer: "httpx.Response") -> bool:
        """Decide what an answer means: True for a stream, False for an end or a later try."""
        if answer.status_code == _OK:
            return True
        if answer.status_code == _NO_CONTENT:
            self._is_over = True
            return False
        answer.read()
        if answer.status_code < _SERVER_ERROR and answer.status_code != _TOO_MANY:
            raise refusal(answer)
        self._was_connected = True
        self._retry_s = retry_after_s(answer, self._retry_s)
        self._say_once(f"{sentence(answer)} Trying again.")
        return False

    def _taken(self, frame: "ServerSentEvent") -> Iterator[str]:
        if frame.retry is not None:
            self._retry_s = min(frame.retry / 1000, MAX_RETRY_S)
        if frame.event == "busy":
            self._closing = "The service is busy; trying again."
            return
        if frame.event == "end":
            self._is_over = True
            return
        self._place = frame.id or self._place
        if self._failures:
            self._failures = 0
            self._tell("Connected again.")
        if frame.event == "gap":
            self._tell(_gap(frame.data, self._url))
        elif frame.event == "goodbye":
            self._closing = "The service is going down; going on when it, or another, is there."
        elif frame.event == "message" and frame.data:
            yield frame.data
            if self._left is not None:
                self._left -= 1
                self._is_over = self._left <= 0

    def _broken(self, error: Exception) -> None:
        import httpx

        reason = "silent for too long" if isinstance(error, httpx.ReadTimeout) else terminal.line(str(error))
        self._say_once(f"The feed broke off ({reason or type(error).__name__}); trying again.")

    def _say_once(self, words: str) -> None:
        """Tell the first failure of a row: an hour without the service is one line, not hundreds."""
        if not self._failures:
            self._tell(words)
        self._failures += 1

    def _delay_s(self) -> float:
        """Give the wait before the next try: what the feed asked for, more after each failure, spread, bounded."""
        grown_s: float = self._retry_s * 2 ** min(max(self._failures - 1, 0), 6)
        return min(grown_s, MAX_RETRY_S) * random.uniform(0.8, 1.2)  # noqa: S311  # a spread, no secret


def _gap(data: str, url: str) -> str:
    try:
        facts: Any = msgspec.json.decode(data)
    except msgspec.DecodeError:
        facts = {}
    if not isinstance(facts, dict):
        facts = {}
    count = facts.get("count")
    told = f"{count:,} events are missing here" if type(count) is int else "Events are missing here"
    told += f": {gap_in_words(facts.get('reason'))}"
    ends = [f"{word} {terminal.line(end)}" for word in ("from", "to") if isinstance(end := facts.get(word), str)]
    if ends:
        told += f" ({' '.join(ends)})"
    link = facts.get("link")
    return f"{told}. What is kept: {url}{terminal.line(link)}" if isinstance(link, str) else f"{told}."
