"""Events out: CPU of the server for each delivery, against Nchan, a floor in C, and what else people use."""

from collections.abc import Sequence
from typing import Final

import load
from goals import Goal, ratio
from rows import Row
from servers import C_FLOOR, LITESTAR, MISSIONWIRE, MISSIONWIRE_HTTP, NCHAN, NODE, SSE_STARLETTE, Contender
from session import Session

COST: Final = "server_cpu_per_m"
"""CPU seconds for a million deliveries, which is microseconds for one."""

RATE_DELIVERIES_S: Final = 20_000
OURS: Final = (MISSIONWIRE, MISSIONWIRE_HTTP)
PEERS: Final = (NCHAN, C_FLOOR, NODE, LITESTAR, SSE_STARLETTE)


def key(row: str, contender: Contender) -> str:
    """Give the name of a figure."""
    return f"{row}: {contender.name}"


def _measure(
    session: Session, row: str, subscribers: int, words: Sequence[str], contenders: Sequence[Contender]
) -> None:
    for contender in contenders if session.round % 2 == 0 else reversed(contenders):
        reason = contender.absence()
        if reason is not None:
            session.note(f"{contender.name} was skipped: {reason}")
            continue
        session.say(f"{row}: {contender.name}")
        with session.feed(contender) as feed:
            told = session.load.run(feed, session.count(subscribers), session.seconds(), *words)
        session.figures.add(key(row, contender), told)
        faults = list(load.faults_of(told))
        if contender in OURS:
            session.blame(key(row, contender), faults)
        elif faults:
            session.note(f"{key(row, contender)}: {', '.join(faults)}")


def _row(
    name: str,
    told: str,
    load_: tuple[int, Sequence[str]],
    goals: Sequence[Goal],
    *,
    always: tuple[Contender, ...],
    once: tuple[Contender, ...],
    in_smoke: bool = False,
) -> Row:
    """Make a row; `load_` is how many follow, and how fast events come. Who has no goal is measured `once`."""
    subscribers, words = load_

    def measure(session: Session) -> None:
        contenders = always if session.round else (*always, *once)
        _measure(session, name, subscribers, words, contenders)

    return Row(name, told, measure, tuple(goals), load.absence, in_smoke)


def _cheaper(row: str, other: Contender, told: str, *, must: float, aim: float) -> Goal:
    return ratio(told, key(row, MISSIONWIRE), key(row, other), COST, must=must, aim=aim, unit="us")


JOINED: Final = (
    _row(
        "fan-100",
        "100 subscribers, 32 events under way",
        (100, ("-w", "32")),
        [_cheaper("fan-100", NCHAN, "CPU per delivery, N=100, W=32 / Nchan", must=0.35, aim=0.20)],
        always=(MISSIONWIRE, NCHAN),
        once=(MISSIONWIRE_HTTP, *PEERS[1:]),
        in_smoke=True,
    ),
    _row(
        "fan-1000",
        "1,000 subscribers, 16 events under way",
        (1000, ("-w", "16")),
        [
            _cheaper("fan-1000", NCHAN, "CPU per delivery, N=1,000, W=16 / Nchan", must=0.35, aim=0.20),
            ratio(
                "CPU per delivery, N=1,000: Litestar Channels / missionwire",
                key("fan-1000", LITESTAR),
                key("fan-1000", MISSIONWIRE),
                COST,
                must=10,
                aim=20,
                at_least=True,
                unit="us",
            ),
        ],
        always=(MISSIONWIRE, NCHAN, LITESTAR),
        once=(MISSIONWIRE_HTTP, C_FLOOR, NODE, SSE_STARLETTE),
    ),
    _row(
        "fan-10000",
        "10,000 subscribers, 4 events under way",
        (10_000, ("-w", "4")),
        [_cheaper("fan-10000", NCHAN, "CPU per delivery, N=10,000, W=4 / Nchan", must=0.45, aim=0.30)],
        always=(MISSIONWIRE, NCHAN),
        once=(MISSIONWIRE_HTTP, C_FLOOR, NODE),
    ),
)
"""As fast as events come, whatever waits being joined; a picture is drawn of these."""

ROWS: Final = (
    *JOINED,
    _row(
        "one-by-one",
        "1,000 subscribers, 1 event under way: nothing can be joined",
        (1000, ("-w", "1")),
        [
            _cheaper("one-by-one", C_FLOOR, "CPU per delivery, N=1,000, W=1 / C floor", must=1.5, aim=1.2),
            _cheaper("one-by-one", NCHAN, "CPU per delivery, N=1,000, W=1 / Nchan", must=1.0, aim=0.75),
        ],
        always=(MISSIONWIRE, NCHAN, C_FLOOR),
        once=(MISSIONWIRE_HTTP,),
    ),
    _row(
        "open-loop",
        f"1,000 subscribers, {RATE_DELIVERIES_S:,} deliveries a second",
        (1000, ("-r", str(RATE_DELIVERIES_S / 1000))),
        [
            _cheaper("open-loop", NCHAN, "CPU per delivery, N=1,000, 20,000/s / Nchan", must=1.0, aim=0.7),
            ratio(
                "p99, N=1,000, 20,000/s / Nchan",
                key("open-loop", MISSIONWIRE),
                key("open-loop", NCHAN),
                "p99_ms",
                must=1.0,
                aim=0.7,
                unit="ms",
            ),
        ],
        always=(MISSIONWIRE, NCHAN),
        once=(MISSIONWIRE_HTTP, C_FLOOR, NODE, LITESTAR),
    ),
)
