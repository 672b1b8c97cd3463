"""Reduces web pages to their articles in a process of its own, so that no page holds up those who are served here."""

import asyncio
import contextlib
import logging
import math
import os
import sys
from typing import Final

import msgspec

from missionwire.domain.article import SentArticle, SentWebpage
from missionwire.domain.errors import HtmlMissing, NoArticle, UnreadableWebpage, WebpagesFull
from missionwire.web.reduction import LENGTH_BYTES, READY, Answer, Done, Order

MAX_WAITING: Final = 16
"""At most so many pages wait or are being read; one more is refused."""

WAIT_S: Final = 30.0
"""A page that waits for longer is refused."""

START_S: Final = 30.0
"""The process may take so long to come up."""

IDLE_S: Final = 60.0
"""A process that had nothing to read for this long ends; the next page starts another."""

GRACE_S: Final = 2
"""A process whose parent is gone in the middle of a page ends so long after the page's time is up."""

_DECODER: Final[msgspec.msgpack.Decoder[Answer]] = msgspec.msgpack.Decoder(Answer)
_LOG: Final = logging.getLogger("missionwire.web")


class Reducer:
    """Reads one page at a time, each for at most `timeout_s`, in a child that is started when there is one to read."""

    def __init__(self, *, timeout_s: float, idle_s: float = IDLE_S, max_waiting: int = MAX_WAITING) -> None:
        self._timeout_s = timeout_s
        self._idle_s = idle_s
        self._max_waiting = max_waiting
        self._waiting = 0
        self._turn = asyncio.Lock()
        self._child: asyncio.subprocess.Process | None = None
        self._retirement: asyncio.TimerHandle | None = None

    async def article(self, page: SentWebpage) -> SentArticle:
        """Give the article that a page carries.

        Raises:
            NoArticle: it carries none.
            UnreadableWebpage: it cannot be read, or not in time.
            WebpagesFull: too many wait.
            HtmlMissing: the packages for it are not installed.
        """
        if self._waiting >= self._max_waiting:
            raise WebpagesFull
        self._waiting += 1
        try:
            try:
                async with asyncio.timeout(WAIT_S):
                    await self._turn.acquire()
            except TimeoutError as error:
                raise WebpagesFull from error
            try:
                answer = await self._ask(Order(html=page.html, url=page.url))
            finally:
                self._turn.release()
        finally:
            self._waiting -= 1
        if isinstance(answer, Done):
            return page.article(answer.reduced)
        if answer.reason == "no-article":
            raise NoArticle
        if answer.reason == "missing":
            _LOG.warning("a web page was refused: %s", answer.told)
            raise HtmlMissing
        raise UnreadableWebpage(answer.told)

    async def _ask(self, order: Order) -> Answer:
        if self._retirement is not None:
            self._retirement.cancel()
        child, self._child = self._child, None  # nobody's until it has answered: no half answer meets the next page
        if child is None or not _is_there(child):
            child = await self._start()
        try:
            async with asyncio.timeout(self._timeout_s):
                answer = await _exchange(child, order)
        except TimeoutError as error:
            _LOG.warning("a web page of %d characters took over %g s to read", len(order.html), self._timeout_s)
            message = f"reading it takes longer than {self._timeout_s:g} s"
            raise UnreadableWebpage(message) from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            _LOG.warning("a web page of %d characters ended the process that read it", len(order.html))
            message = "it ends the process that reads it"
            raise UnreadableWebpage(message) from error
        else:
            self._child = child
            self._retirement = asyncio.get_running_loop().call_later(self._idle_s, self._retire)
            return answer
        finally:
            if self._child is None:
                await _end(child)

    async def _start(self) -> asyncio.subprocess.Process:
        """Start a child, and wait until it can read: that takes the longest, and is no page's fault.

        Raises:
            WebpagesFull: it did not come up in time.
        """
        limit_s = math.ceil(self._timeout_s) + GRACE_S
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "missionwire.web.reduction", f"{limit_s}"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        is_ready = False
        try:
            async with asyncio.timeout(START_S):
                is_ready = child.stdout is not None and await child.stdout.readexactly(len(READY)) == READY
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            _LOG.exception("the process that reads web pages did not come up")
            raise WebpagesFull from error
        finally:
            if not is_ready:
                await _end(child)
        return child

    def _retire(self) -> None:
        """Let the child end: it does with its standard input."""
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()
        self._child = None

    async def aclose(self) -> None:
        """End the child."""
        if self._retirement is not None:
            self._retirement.cancel()
        if self._child is not None:
            await _end(self._child)
        self._child = None


def _is_there(child: asyncio.subprocess.Process) -> bool:
    """Tell whether a process has not ended; the loop may not have been told yet."""
    try:
        os.kill(child.pid, 0)
    except ProcessLookupError:
        return False
    return child.returncode is None


async def _exchange(child: asyncio.subprocess.Process, order: Order) -> Answer:
    if child.stdin is None or child.stdout is None:
        raise ConnectionError
    body = msgspec.msgpack.encode(order)
    child.stdin.write(len(body).to_bytes(LENGTH_BYTES) + body)
    await child.stdin.drain()
    length = int.from_bytes(await child.stdout.readexactly(LENGTH_BYTES))
    return _DECODER.decode(await child.stdout.readexactly(length))


async def _end(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
        child.kill()
    await child.wait()
