"""Whatever comes, the cost grows with the length of the text alone, and offsets are exact to the code point."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from missionwire_pronouns.lexicon import load_lexicon
from missionwire_pronouns.repairer import Thresholds, repair
from missionwire_pronouns.roster import RosterPerson, match_roster
from missionwire_pronouns.scene import set_scene

LEXICON = load_lexicon()
PEOPLE = (RosterPerson("Ingrid Moe", "f"), RosterPerson("Pavol Kral", "m"))
PIECES = {
    "no sentence end": "Moe gave the doctor her old maps and he said that she ",
    "nobody": "Nobody slept. He ate. She saw two sons. He wept. ",
    "organisations": "The agency sold her rocket and it ",
    "quoted names": "“Bob Cole is late,” he said. “Ann Roe too,” she said. ",
    "commas": "Moe, who, a pilot, ",
    "shares": "for whom it was her last ",
    "questions": "Moe asked. “Why?” he asked. ",
    "open quotes": "“ he ",
    "combining accents": "Mo\u0301e he\u0301 her Mo\u0308e\u0301 she ",
    "right to left": "\u200fMoe \u202bhe\u202c \u0645\u062d\u0645\u062f her. ",
    "emoji": "🚀Moe 👩‍🚀 he 🇵🇹 her. ",
}


def names(length: int) -> str:
    """Give a text of names, each of somebody else."""
    digits = str.maketrans("0123456789", "abcdefghij")
    return " ".join(f"N{number} met B{number}. He left.".translate(digits) for number in range(length // 25))


def filled(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * (length // len(piece) + 1))[:length]


TEXTS = {**{name: filled(piece) for name, piece in PIECES.items()}, "names": names}
LONG = ("no sentence end", "names", "combining accents", "right to left", "emoji")


def calls_for(text: str) -> int:
    """Count the calls that reading a text takes whose words were met before, of our functions and of built-in ones."""
    read = partial(_read, text)
    read()
    count = 0

    def tell(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tell)
    try:
        read()
    finally:
        sys.setprofile(None)
    return count


def _read(text: str) -> None:
    repair(set_scene(text, LEXICON, match_roster(text, PEOPLE, LEXICON)), Thresholds())


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_twice_the_text_takes_no_more_than_twice_the_work(text: Callable[[int], str]) -> None:
    assert calls_for(text(12_000)) <= 2.2 * calls_for(text(6_000))


@pytest.mark.slow
@pytest.mark.timeout(200)
@pytest.mark.parametrize("text", [TEXTS[name] for name in LONG], ids=LONG)
def test_a_text_of_a_megabyte_is_read_to_its_end(text: Callable[[int], str], tmp_path: Path) -> None:
    written = "Moe landed. He slept.\n\n🚀 " + text(1_000_000 if text is not names else 2_500_000) + ".\n\nKral left."
    line = {"id": "a", "text": written, "people": [{"name": person.name, "gender": person.gender} for person in PEOPLE]}
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps(line), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "missionwire_pronouns", lines], capture_output=True, check=True, timeout=180
    )
    corrections = json.loads(ran.stdout)["corrections"]
    assert corrections[0]["replacement"] == "She"
    assert all(written[each["start"] : each["end"]] == each["original"] for each in corrections)
