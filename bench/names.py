"""How well people and agencies are found: runs marked texts through the pipeline, and counts what was found of them.

`python bench/names.py`, or with texts of your own as `python bench/names.py FILE`; `--misses`, `--json names.json`, and
`--gate NAME=VALUE` to end with 1 where precision is worse. How texts are marked: at the head of names.txt.
"""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import machine

from missionwire.plugin import AgencyMention, PersonMention
from missionwire.testing import Workbench
from missionwire_agencies import Agencies
from missionwire_articles import Articles
from missionwire_crew import Crew
from missionwire_crew.flights import load_flights
from missionwire_crew.roster import load_roster

TEXTS: Final = Path(__file__).with_name("names.txt")
_HEAD: Final = re.compile(r"=== (?P<id>\S+) (?P<published>\S+)(?: \| (?P<title>.*))?")
_MARK: Final = re.compile(
    r"\[(?P<person>[^\[\]|]+)\|(?P<who>[^\[\]|]+)\]|\{(?P<agency>[^{}|]+)\|(?P<id>[^{}|]+)(?:\|(?P<role>[^{}|]+))?\}"
)
ROSTER: Final = frozenset(human.id for human in load_roster(load_flights()))
STRANGER: Final = "+"
OPEN: Final = "?"


class Name(NamedTuple):
    """A place where somebody or something is named, and what is said of it: an id, `+`, `?`, or an agency's role."""

    start: int
    end: int
    text: str
    said: str

    def is_at(self, other: "Name") -> bool:
        """Tell whether two places overlap."""
        return self.start < other.end and other.start < self.end


class Marked(NamedTuple):
    """A text without its marks, and the names that they give."""

    id: str
    published: str
    title: str | None
    text: str
    people: list[Name]
    agencies: list[Name]
    roles: list[Name]


class Count:
    """What was wanted, what was found, and how much of each was right."""

    def __init__(self) -> None:
        self.wanted = self.met = self.found = self.right = 0
        self.faults: list[str] = []

    def add(self, text: str, wanted: Sequence[Name], found: Sequence[Name]) -> None:
        """Count one text. A name may be found in two pieces, and two names as one ("the agency (ESA)")."""
        missed = [name for name in wanted if not any(name.is_at(one) and name.said == one.said for one in found)]
        wrong = [name for name in found if not any(name.is_at(one) and name.said == one.said for one in wanted)]
        self.wanted += len(wanted)
        self.met += len(wanted) - len(missed)
        self.found += len(found)
        self.right += len(found) - len(wrong)
        self.faults += [f"{text}: missed {name.text!r} {name.said}" for name in missed]
        self.faults += [f"{text}: wrong {name.text!r} {name.said}" for name in wrong]

    def figures(self) -> dict[str, float]:
        """Give counts and ratios."""
        precision, recall = self.right / max(1, self.found), self.met / max(1, self.wanted)
        return {"wanted": self.wanted, "found": self.found, "precision": precision, "recall": recall}


def main() -> int:
    """Read, run, count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="?", default=TEXTS, metavar="FILE", help="marked texts [names.txt]")
    parser.add_argument("--misses", action="store_true", help="list each name that was missed or wrong")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was counted there")
    parser.add_argument("--gate", action="append", default=[], metavar="NAME=VALUE", help="end with 1 if less precise")
    given = parser.parse_args()
    counts = asyncio.run(_counted(list(read(given.texts.read_text(encoding="utf-8")))))
    _show(counts)
    if given.misses:
        print(*(f"{name}: {fault}" for name, count in counts.items() for fault in count.faults), sep="\n")
    if given.json:
        figures = {name: count.figures() for name, count in counts.items()}
        given.json.write_text(json.dumps({"machine": machine.describe(), "figures": figures}, indent=1) + "\n")
    return _gated(counts, given.gate)


def read(content: str) -> Iterator[Marked]:
    """Give the texts of a file, their marks taken out.

    Raises:
        ValueError: a text has no proper head.
    """
    for part in re.split(r"^(?==== )", content, flags=re.MULTILINE)[1:]:
        first, _, body = part.partition("\n")
        head = _HEAD.fullmatch(first)
        if head is None:
            message = f"{first!r} is no head of a text: === ID PUBLISHED, perhaps with | TITLE"
            raise ValueError(message)
        yield _unmarked(head, body.strip())


def _unmarked(head: re.Match[str], body: str) -> Marked:
    marked = Marked(head["id"], head["published"], head["title"], _MARK.sub(_written, body), [], [], [])
    shift = 0
    for mark in _MARK.finditer(body):
        written, start = _written(mark), mark.start() - shift
        shift += len(mark[0]) - len(written)
        end = start + len(written)
        if mark["person"]:
            marked.people.append(Name(start, end, written, mark["who"]))
        else:
            marked.agencies.append(Name(start, end, written, mark["id"]))
            if mark["role"]:
                marked.roles.append(Name(start, end, written, mark["role"]))
    return marked


def _written(mark: re.Match[str]) -> str:
    return mark["person"] or mark["agency"]


async def _counted(texts: Sequence[Marked]) -> dict[str, Count]:
    people, strangers, left_open, agencies, roles = (Count() for _ in range(5))
    async with Workbench(Agencies, Articles, Crew) as bench:
        for text in texts:
            result = await bench.article(text.text, title=text.title, published=text.published)
            named = [_person(mention) for mention in result.document.people()]
            tags = result.document.agencies()
            people.add(text.id, _known(text.people), _known(named))
            strangers.add(text.id, _saying(text.people, STRANGER), _saying(named, STRANGER))
            left_open.add(text.id, _saying(text.people, OPEN), _saying(named, OPEN))
            agencies.add(text.id, text.agencies, [_agency(tag, tag.id) for tag in tags])
            told = [_agency(tag, tag.role) for tag in tags]
            roles.add(text.id, text.roles, [tag for tag in told if any(tag.is_at(one) for one in text.roles)])
    return {
        "people": people,
        "strangers": strangers,
        "left open": left_open,
        "agencies": agencies,
        "roles of agencies": roles,
    }


def _person(mention: PersonMention) -> Name:
    said = mention.id if mention.id in ROSTER else OPEN if mention.candidates else STRANGER
    return Name(mention.start, mention.end, mention.name, said)


def _agency(mention: AgencyMention, said: str | None) -> Name:
    return Name(mention.start, mention.end, mention.name, said or "")


def _known(names: Sequence[Name]) -> list[Name]:
    return [name for name in names if name.said not in (STRANGER, OPEN)]


def _saying(names: Sequence[Name], said: str) -> list[Name]:
    return [name for name in names if name.said == said]


def _show(counts: dict[str, Count]) -> None:
    print(f"{'':20} wanted  found  precision  recall")
    for name, count in counts.items():
        told = count.figures()
        print(f"{name:20} {told['wanted']:6} {told['found']:6} {told['precision']:10.3f} {told['recall']:7.3f}")


def _gated(counts: dict[str, Count], gates: Sequence[str]) -> int:
    failed = 0
    for name, _, bound in (gate.partition("=") for gate in gates):
        precision = counts[name].figures()["precision"]
        if precision < float(bound):
            print(f"precision of {name} is {precision:.3f}, wanted at least {bound}", file=sys.stderr)
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
