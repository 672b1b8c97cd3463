"""Measures missionwire on this machine, side by side with what it is compared to: one table, with goals.

`make bench`, or `python bench/bench.py --only fan-1000 --rounds 1`. How to read it: bench/README.md.
"""

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import fanout
import intake
import machine
import parts
import pictures
import readers
import servers
import subscribers
import table
from rows import Row
from session import SMOKE_S, SMOKE_SUBSCRIBERS, Session

ROWS: Final = (*fanout.ROWS, *subscribers.ROWS, *readers.ROWS, *intake.ROWS)


def main() -> int:
    """Run it; gives 1 where missionwire lost, repeated, disordered or spoiled an event."""
    given = _arguments()
    rows = [row for row in ROWS if (row.name in given.only if given.only else row.in_smoke or not given.smoke)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # what was started is stopped
    files = machine.allow_many_sockets()
    told = machine.describe()
    print(*(f"{name}: {value}" for name, value in told.items()), sep="\n")
    cores = machine.keep_apart()
    rounds = 1 if given.smoke else given.rounds
    print(f"open files: {files:,} at most", f"measured: {_apart(cores)}", _extent(given, rounds), sep="\n")
    with tempfile.TemporaryDirectory(prefix="mw-bench-") as scratch:
        session = Session(Path(scratch), cores, seconds=given.seconds, is_smoke=given.smoke)
        _measure(session, rows, rounds)
    _show(session, rows)
    if given.json:
        _write_json(given.json, told, session, rows)
    if given.svg:
        _draw(given.svg, session)
    return int(bool(session.faults))


def _arguments() -> argparse.Namespace:
    names = [row.name for row in ROWS]
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="Rows: " + "; ".join(f"{row.name}: {row.told}" for row in ROWS),
    )
    parser.add_argument("--only", action="append", metavar="NAME", choices=names, help="this row; may be repeated")
    parser.add_argument("--seconds", type=float, default=3, help="how long each figure is measured [3]")
    parser.add_argument("--rounds", type=int, default=3, help="how often; medians are shown [3]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was measured there")
    parser.add_argument("--svg", type=Path, metavar="DIR", help="draw pictures there")
    parser.add_argument("--smoke", action="store_true", help="a minute: does it run, and is nothing lost?")
    return parser.parse_args()


def _apart(cores: machine.Cores) -> str:
    if not cores.server:
        return "server and load on the same cores: only CPU figures mean something"
    return f"the server on core {min(cores.server)}, all else on {len(cores.load)} other"


def _extent(given: argparse.Namespace, rounds: int) -> str:
    if given.smoke:
        return f"a smoke run: one round, {SMOKE_S} s a figure, {SMOKE_SUBSCRIBERS} subscribers at most"
    return f"rounds: {rounds}, {given.seconds:g} s a figure"


def _measure(session: Session, rows: Sequence[Row], rounds: int) -> None:
    for session.round in range(rounds):
        for row in rows:
            reason = row.absence()
            if reason is not None:
                session.note(f"{row.name} was skipped: {reason}")
                continue
            session.say(f"round {session.round + 1} of {rounds}, {row.name}: {row.told}")
            try:
                row.measure(session)
            except parts.Failed as failure:  # what else was measured is not lost by it
                session.blame(row.name, [str(failure)])


def _show(session: Session, rows: Sequence[Row]) -> None:
    figures = session.figures
    print("", *table.goals(rows, figures, is_asked=not session.is_smoke), sep="\n")
    for columns in (table.FAN_COLUMNS, table.INTAKE_COLUMNS, table.POST_COLUMNS):
        print(*table.beside(figures, columns), sep="\n")
    unmet = [f"{row.name}: {goal.told}" for row in rows for goal in row.goals if goal.verdict(figures) == "NOT MET"]
    for title, lines in (
        ("Notes", session.notes),
        ("Musts not met", unmet if not session.is_smoke else ["not asked: a smoke run tells nothing of speed"]),
        ("Missing, repeated, out of order, malformed, or failed", session.faults),
    ):
        print(f"\n{title}: none." if not lines else "\n".join(["", f"{title}:", *(f"  {line}" for line in lines)]))


def _draw(folder: Path, session: Session) -> None:
    names = [each.name for each in (servers.MISSIONWIRE, *fanout.PEERS)]
    made = pictures.draw(folder, fanout.JOINED, names, session.figures)
    print("\nPictures:", ", ".join(map(str, made)) or "none, for they need the rows fan-100, fan-1000, fan-10000")


def _write_json(file: Path, told: dict[str, str], session: Session, rows: Sequence[Row]) -> None:
    figures = session.figures
    goals = [
        {
            "row": row.name,
            "goal": goal.told,
            "value": goal.value(figures),
            "must": goal.must,
            "aim": goal.aim,
            "verdict": goal.verdict(figures),
        }
        for row in rows
        for goal in row.goals
    ]
    found = {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "command": " ".join(["bench/bench.py", *sys.argv[1:]]),
        "machine": told,
        "goals": goals,
        "figures": figures.as_json(),
        "notes": session.notes,
        "faults": session.faults,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
