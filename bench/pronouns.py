"""How well pronouns are repaired: runs `python -m missionwire_pronouns` on texts with known errors, and counts.

`python bench/pronouns.py`, or with texts of your own as `python bench/pronouns.py TEXTS.jsonl`; `--json result.json`,
and `--gate NAME=VALUE` to end with 1 where a figure is worse. What a line holds, and how to read the figures:
bench/README.md.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

import machine
import msgspec

KINDS: Final = (
    "more",
    "fresh",
    "held",
    "classes",
    "odd",
    "plain",
    "styles",
    "fourth",
    "fifth",
    "implied",
    "sixth",
    "daily",
    "newsroom",
)
TEXTS: Final = tuple(
    Path(__file__).parent / "texts" / f"{name}.jsonl" for name in ("pronouns", *(f"pronouns-{kind}" for kind in KINDS))
)
AT_MOST: Final = frozenset({"harmful_per_100"})
"""The figures of which less is better."""
GENDERED: Final = re.compile(r"\b(?<!['’])(?:he|him|his|himself|she|hers?|herself)\b", re.IGNORECASE)


class Edit(msgspec.Struct, frozen=True):
    """A change of a span of the text."""

    start: int
    end: int
    original: str
    replacement: str
    applied: bool = True

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


class Text(msgspec.Struct, frozen=True):
    """A text with the repairs that it needs (`gold`), and the spans that must stay (`leave`)."""

    id: str
    text: str
    kind: str = ""
    gold: tuple[Edit, ...] = ()
    leave: tuple[tuple[int, int], ...] = ()

    @property
    def pronouns(self) -> int:
        """How many places could be spoiled: gendered pronouns, and whatever else the line names."""
        return len(
            {*(found.span() for found in GENDERED.finditer(self.text)), *(e.span for e in self.gold), *self.leave}
        )


class Answer(msgspec.Struct, frozen=True):
    """What the repairer says of a text."""

    id: str
    corrections: tuple[Edit, ...] = ()


Line = TypeVar("Line", Text, Answer)


class Count(msgspec.Struct):
    """What was counted. `right`: as gold has it. `harmful`: a change of what was no error."""

    texts: int = 0
    gold: int = 0
    applied: int = 0
    right: int = 0
    harmful: int = 0
    pronouns: int = 0
    clean: int = 0

    def add(self, text: Text, answer: Answer) -> None:
        """Count one text. Suggestions, which change nothing, cost nothing and gain nothing."""
        applied = [edit for edit in answer.corrections if edit.applied and edit.replacement != edit.original]
        wanted = {edit.span: edit.replacement for edit in text.gold}
        right = {edit.span for edit in applied if wanted.get(edit.span) == edit.replacement}
        self.texts += 1
        self.gold += len(wanted)
        self.applied += len(applied)
        self.right += len(right)
        self.harmful += sum(edit.span not in wanted for edit in applied)
        self.pronouns += text.pronouns
        self.clean += len(right) == len(applied) == len(wanted)

    def figures(self) -> dict[str, float | None]:
        """Give the ratios; None where there is nothing to divide by."""
        return {
            "precision": _ratio(self.right, self.applied),
            "recall": _ratio(self.right, self.gold),
            "harmful_per_100": _ratio(100 * self.harmful, self.pronouns),
            "clean": _ratio(self.clean, self.texts),
        }


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def main() -> int:
    """Run the repairer, count, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="*", default=TEXTS, metavar="TEXTS.jsonl", help="texts, one a line")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was counted there")
    parser.add_argument(
        "--gate",
        type=_gate,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what all texts of a file must reach",
    )
    given = parser.parse_args()
    told = machine.describe()
    print(*(f"{name}: {value}" for name, value in told.items()), sep="\n")
    figures: dict[str, dict[str, object]] = {}
    failed: list[str] = []
    for file in given.texts:
        try:
            counts = _measured(file)
        except (OSError, msgspec.MsgspecError, _RepairError) as error:
            print(f"{file}: {error}", file=sys.stderr)
            return 2
        print(f"\n{file.name}")
        _show(counts)
        figures[file.stem] = {kind: {**msgspec.to_builtins(count), **count.figures()} for kind, count in counts.items()}
        failed += [f"{file.name}: {why}" for why in _failures(counts["all"], given.gate)]
    if given.json:
        given.json.write_text(json.dumps({"machine": told, "figures": figures}, indent=1) + "\n")
    print(*failed, sep="\n", end="\n" if failed else "", file=sys.stderr)
    return 1 if failed else 0


class _RepairError(Exception):
    """The repairer ended with an error, and said this."""


def _measured(file: Path) -> dict[str, Count]:
    texts = _read(file.read_bytes(), Text)
    ran = subprocess.run([sys.executable, "-m", "missionwire_pronouns", file], capture_output=True, check=False)
    if ran.returncode:
        raise _RepairError(ran.stderr.decode().strip())
    return _counted(texts, _read(ran.stdout, Answer))


def _gate(word: str) -> tuple[str, float]:
    name, _, value = word.partition("=")
    if name not in Count().figures():
        raise argparse.ArgumentTypeError(f"{name!r} is no figure; there are {', '.join(Count().figures())}")
    return name, float(value)


def _failures(count: Count, gates: Iterable[tuple[str, float]]) -> Iterator[str]:
    """Say which figures are worse than wanted; one that there is nothing to count for is not."""
    figures = count.figures()
    for name, bound in gates:
        value = figures[name]
        if value is None:
            continue
        if value > bound if name in AT_MOST else value < bound:
            yield f"{name} is {value:.4f}, wanted {'at most' if name in AT_MOST else 'at least'} {bound}"


def _read(lines: bytes, kind: type[Line]) -> list[Line]:
    decoder = msgspec.json.Decoder(kind)
    return [decoder.decode(line) for line in lines.split(b"\n") if line.strip()]


def _counted(texts: Iterable[Text], answers: Iterable[Answer]) -> dict[str, Count]:
    """Count by kind, and all together under `all`."""
    by_id = {answer.id: answer for answer in answers}
    counts: dict[str, Count] = {}
    for text in texts:
        for kind in (text.kind or "-", "all"):
            counts.setdefault(kind, Count()).add(text, by_id.get(text.id, Answer(text.id)))
    total = counts.pop("all", Count())
    return {**dict(sorted(counts.items())), "all": total}


def _show(counts: dict[str, Count]) -> None:
    print(f"\n{'kind':16} texts errors applied right harmful  precision  recall  harmful/100  clean")
    for kind, count in counts.items():
        shown = {name: "-" if value is None else f"{value:.2f}" for name, value in count.figures().items()}
        print(
            f"{kind:16} {count.texts:5} {count.gold:6} {count.applied:7} {count.right:5} {count.harmful:7}"
            f" {shown['precision']:>10} {shown['recall']:>7} {shown['harmful_per_100']:>12} {shown['clean']:>6}"
        )


if __name__ == "__main__":
    sys.exit(main())
