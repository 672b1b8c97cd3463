"""Where a subscriber starts: after its last event, at a moment, or now; and what it must be told that it missed."""

import time
from typing import NamedTuple

from missionwire.domain.errors import FaultyParameter, MalformedPosition
from missionwire.domain.moment import milliseconds, parse_duration_s, parse_moment
from missionwire.domain.position import Position
from missionwire.store.log import Gone, Log
from missionwire.store.wire import Wire


class Wish(NamedTuple):
    """Where a request wants to start: after the id of its last event, else at a moment (`since=`), else now."""

    last_event_id: str | None = None
    since: str | None = None


class Start(NamedTuple):
    """The place to go on from; `gap` when something is missing before it."""

    position: Position
    gap: Gone | None = None
    is_past: bool = False


def parse_since(name: str, text: str, now_ms: int) -> int:
    """Give the milliseconds that `since=` or `until=` mean.

    Raises:
        FaultyParameter: it is neither RFC 3339 nor a duration back.
    """
    if (back_s := parse_duration_s(text)) is not None:
        return max(0, now_ms - back_s * 1000)
    try:
        return max(0, milliseconds(parse_moment(text)))
    except ValueError as error:
        raise FaultyParameter(name, f"{error}; or a duration back like 10m, 2h, 3d; or all") from error


def check_wish(wish: Wish) -> None:
    """Refuse a bad `since=` before the stream starts. A bad position is told in the stream, by `gap`.

    Raises:
        FaultyParameter: `since` cannot be read.
    """
    if wish.since not in (None, "all"):
        parse_since("since", wish.since or "", 0)


def wished_position(wish: Wish) -> Position | MalformedPosition | None:
    """Give the position that a request names, the error where it is none, or None where it names nothing."""
    if not wish.last_event_id:
        return None
    try:
        return Position.parse(wish.last_event_id)
    except MalformedPosition as error:
        return error


async def find_start(log: Log, wire: Wire, wish: Wish, now: Position) -> Start:
    """Find the place to go on from.

    Raises:
        ServerAway: the store does not answer.
    """
    position = wished_position(wish)
    if position is None:
        return await _since(log, wire, wish.since, now)
    if isinstance(position, Position):
        gone = await log.locate(position)
        if gone is None:
            return Start(log.position(position.ms, position.n), is_past=True)
        if gone.restart is not None:
            return Start(gone.restart, gone, is_past=True)
    else:
        gone = Gone("malformed", None, None, None, None)
    elsewhere = await _since(log, wire, wish.since, now)
    return Start(elsewhere.position, gone, elsewhere.is_past)


async def _since(log: Log, wire: Wire, since: str | None, now: Position) -> Start:
    if since is None:
        return Start(now)
    if since == "all":
        return Start(await log.before_oldest(), is_past=True)
    moment_ms = parse_since("since", since, int(time.time() * 1000))
    before = await wire.last_before_ms(moment_ms)
    if before is not None:
        return Start(log.position(before.ms, before.n), is_past=True)
    oldest = await log.before_oldest()
    if oldest.n == 0:
        return Start(oldest, is_past=True)
    return Start(oldest, Gone("trimmed", None, oldest, None, oldest), is_past=True)
