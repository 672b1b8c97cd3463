"""`python -m missionwire_pronouns IN.jsonl > OUT.jsonl`: repair texts outside the service, to measure it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from missionwire.plugin import Correction
from missionwire_pronouns.lexicon import Lexicon, load_lexicon
from missionwire_pronouns.repairer import Thresholds, repair
from missionwire_pronouns.roster import RosterPerson, match_roster
from missionwire_pronouns.scene import set_scene


class _Person(msgspec.Struct):
    name: str
    gender: Literal["f", "m", "x"]


class _Line(msgspec.Struct):
    id: str
    text: str
    people: tuple[_Person, ...] = ()


class _Answer(msgspec.Struct):
    id: str
    corrections: list[Correction]


def main(arguments: list[str]) -> int:
    """Read the file named by the one argument, write a line for each of its lines; give the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m missionwire_pronouns IN.jsonl > OUT.jsonl\n")
        return 2
    try:
        lines = Path(arguments[0]).read_bytes().split(b"\n")
    except OSError as error:
        sys.stderr.write(f"{arguments[0]} can't be read: {error.strerror}.\n")
        return 1
    lexicon = load_lexicon()
    try:
        for answer in _answers(lines, lexicon):
            sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    except _BadLineError as error:
        sys.stdout.flush()
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


class _BadLineError(Exception):
    """A line of the input that is not what it should be: its number, and why."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"line {number}: {why}.")


def _answers(lines: list[bytes], lexicon: Lexicon) -> Iterator[_Answer]:
    decoder = msgspec.json.Decoder(_Line)
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            line = decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _BadLineError(number, str(error) or "not JSON") from error
        people = [RosterPerson(person.name, person.gender) for person in line.people]
        scene = set_scene(line.text, lexicon, match_roster(line.text, people, lexicon))
        yield _Answer(line.id, repair(scene, Thresholds()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
