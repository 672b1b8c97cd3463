import hashlib
import json
import re
import shutil
import subprocess
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from missionwire.cli import words
from missionwire.cli.pieces import pieces
from missionwire.domain.errors import NotFound
from missionwire.web.pages import ASSETS, page

PAGES = files("missionwire.web.pages")
VENDORED = PAGES / "vendor" / "swagger-ui"
HTML = ["index.html", "docs.html"]
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed")


@pytest.mark.parametrize("name", [*HTML, *sorted(ASSETS)])
def test_each_page_is_given_with_its_type_its_hash_and_a_policy(name: str) -> None:
    found = page(name)

    assert found.body
    assert found.etag == f'"{hashlib.sha256(found.body).hexdigest()[:32]}"'
    assert found.media_type.split(";")[0] in {"text/html", "text/css", "text/javascript", "image/svg+xml"}
    assert page(name) is found, "it is read once"


def test_every_file_of_the_pages_is_given_by_some_name() -> None:
    bodies = {page(name).body for name in (*HTML, *ASSETS)}
    there = [item for item in PAGES.iterdir() if item.name.endswith((".html", ".css", ".js", ".svg"))]

    assert [item.name for item in there if item.read_bytes() not in bodies] == []


@pytest.mark.parametrize("name", ["", "../pages/__init__.py", "vendor/swagger-ui/LICENSE", "x" * 10_000])
def test_nothing_else_is_given(name: str) -> None:
    with pytest.raises(NotFound):
        page(name)


def test_no_page_may_run_or_load_anything_that_is_not_ours() -> None:
    strict = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )

    assert {page(name).csp for name in ASSETS | {"index.html"}} == {strict}
    assert "script-src 'self';" in page("docs.html").csp
    assert "'unsafe-inline'" not in page("docs.html").csp.replace("style-src 'self' 'unsafe-inline'", "")


@pytest.mark.parametrize("name", HTML)
def test_a_page_refers_only_to_what_this_service_has(name: str) -> None:
    html = page(name).body.decode()
    assets = set(re.findall(r'(?:src|href)="/assets/([^"]+)"', html))

    assert assets
    assert assets <= ASSETS
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


def test_scripts_import_only_what_this_service_has_and_never_parse_html() -> None:
    for name in ("page.js", "feed.js", "card.js", "text.js", "words.js", "docs.js"):
        script = page(name).body.decode()
        assert set(re.findall(r'from "\./([^"]+)"', script)) <= ASSETS
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script)


def test_vendored_files_are_what_their_manifest_says() -> None:
    manifest = json.loads((VENDORED / "manifest.json").read_text())
    there = {item.name: hashlib.sha256(item.read_bytes()).hexdigest() for item in VENDORED.iterdir()}
    there.pop("manifest.json")

    assert manifest["files"] == there
    assert {"LICENSE", "NOTICE"} <= there.keys()
    assert manifest["licence"] == "Apache-2.0"
    assert re.fullmatch(r"\d+\.\d+\.\d+", manifest["version"])


# --- The page and the terminal say the same -------------------------------------------------------------------------


def types() -> list[str]:
    """Types of the vocabulary's form, those with names of their own among them."""
    nouns = ["launch", "docking", "eva", "landing", "crew", "anomaly", "policy", "unheard-of"]
    verbs = ["completed", "failed", "lifted-off", "scheduled", "started", "egressed"]
    return [
        *(f"missionwire.{noun}.{verb}" for noun, verb in product(nouns, verbs)),
        *(f"missionwire.{name}" for name in words.NAMES),
        *("com.example.x", "missionwire.", "missionwire.toString", "missionwire.constructor.x", ""),
    ]


SUBJECTS = ["soyuz-ms-18", "sts-135", "crew-1", "artemis-2", "Soyuz MS-18", "x-37b", "a--b", "", "expedition-65"]
PRECISIONS = ["second", "minute", "hour", "day", "month", "year", "unknown", "", "constructor"]
TIMES = ["2021-10-17T23:36:05Z", "2021-10-17T04:00:00.123Z", "2021-00-17T04:00:00Z", "soon", ""]
CONFIDENCES = [0, 0.955, 1, 2, -1, None, "1", True]


@pytest.fixture
def modules(tmp_path: Path) -> str:
    """Where node finds the page's modules as modules: beside a package.json that says so."""
    for name in ("text.js", "words.js"):
        (tmp_path / name).write_bytes(page(name).body)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    return tmp_path.as_uri()


def run_node(modules: str, script: str, given: object) -> Any:  # whatever the script tells
    program = f"const given = {json.dumps(given)};\n{script}\nprocess.stdout.write(JSON.stringify(told));"
    ran = subprocess.run(
        [NODE or "node", "--input-type=module", "--eval", program.replace("MODULES", modules)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@needs_node
@pytest.mark.node
def test_the_page_has_the_words_of_the_terminal(modules: str) -> None:
    script = """
    import * as words from "MODULES/words.js";
    const told = {
      types: given.types.map(words.typeInWords), families: given.types.map(words.familyOf),
      subjects: given.subjects.map(words.missionInWords), sure: given.confidences.map(words.sureness),
      reasons: given.reasons.map(words.gapInWords),
      times: given.times.map(([time, precision]) => words.timeInWords(time, precision || undefined)),
    };"""
    times = list(product(TIMES, PRECISIONS))
    reasons = ["trimmed", "epoch", "ahead", "malformed", "toString", None]
    given = {"types": types(), "subjects": SUBJECTS, "times": times, "confidences": CONFIDENCES, "reasons": reasons}

    told = run_node(modules, script, given)

    assert told["types"] == [words.type_in_words(type_) for type_ in types()]
    assert told["families"] == [words.family_of(type_) for type_ in types()]
    assert told["subjects"] == [words.mission_in_words(subject) for subject in SUBJECTS]
    assert told["sure"] == [words.sureness(confidence) for confidence in CONFIDENCES]
    assert told["reasons"] == [words.gap_in_words(reason) for reason in reasons]
    assert [as_line(time) for time in told["times"]] == [words.time_in_words(*time) for time in times]


def as_line(time: dict[str, str]) -> str:
    """What the page shows in two lines, as the terminal shows it in one."""
    date, clock = time["date"], time["clock"]
    if clock.endswith(" only"):
        return f"{date} ({clock})"
    return f"{date}, {clock}" if clock else date


@needs_node
@pytest.mark.node
def test_the_page_marks_corrections_where_the_terminal_does(modules: str) -> None:
    def fix(start: int, end: int, new: str, *, applied: bool = True) -> dict[str, Any]:
        return {"start": start, "end": end, "original": text[start:end], "replacement": new, "applied": applied}

    text = "🚀 He left the device. 🚀🚀 The retreat began."
    cases = [
        (text, text, []),
        (text, "🚀 She left the capsule. 🚀🚀 The retreat began.", [fix(2, 4, "She"), fix(14, 20, "capsule")]),
        (text, text, [fix(29, 36, "evacuation", applied=False), fix(25, 36, "x", applied=False)]),
        (text, "Now: " + text, [fix(0, 0, "Now: ")]),
        (text, text[1:], [fix(0, 1, "")]),
        (text, "wrong", [fix(0, 1, "")]),
        (text, text, [{**fix(0, 1, "x"), "original": "y"}, {**fix(0, 1, "x"), "end": 10**6}, {}]),
    ]
    script = """
    import { pieces } from "MODULES/text.js";
    const told = given.map(([original, published, corrections]) => pieces(original, published, corrections)?.map(
      ({ kind, text, correction }) => [kind, text, correction?.replacement ?? ""]) ?? null);"""

    told = run_node(modules, script, cases)

    assert told == [
        None if cut is None else [list(piece) for piece in cut] for cut in (pieces(*case) for case in cases)
    ]


# --- The palettes can be read ---------------------------------------------------------------------------------------


def palettes() -> list[dict[str, str]]:
    css = page("page.css").body.decode()
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", block)) for block in blocks]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_every_text_has_the_contrast_that_wcag_asks_for(palette: dict[str, str]) -> None:
    on_card = ["ink", "soft", "link", "ascent", "flight", "people", "return", "trouble", "other"]
    pairs = [
        *((text, "card") for text in on_card),
        *(
            ("ink", "paper"),
            ("soft", "paper"),
            ("link", "paper"),
            ("trouble", "paper"),
            ("ink", "field"),
            ("on-main", "main"),
        ),
        *(
            ("new", "new-paper"),
            ("old", "old-paper"),
            ("maybe", "maybe-paper"),
            ("ink", "maybe-paper"),
            ("link", "maybe-paper"),
        ),
    ]

    weak = {pair: round(found, 2) for pair in pairs if (found := contrast(palette[pair[0]], palette[pair[1]])) < 4.5}

    assert weak == {}
    assert contrast(palette["field-edge"], palette["paper"]) >= 3
