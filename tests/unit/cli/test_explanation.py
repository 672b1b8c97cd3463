import io
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from missionwire.cli.explanation import Explained, render


def printed(document: dict[str, Any], *mentions: dict[str, Any], width: int = 100, colour: bool = False) -> str:
    out = io.StringIO()
    system: Any = "standard" if colour else None
    console = Console(file=out, width=width, force_terminal=colour, color_system=system, highlight=False, markup=False)
    for part in render(Explained(document, mentions), is_plain=not colour):
        console.print(part)
    return out.getvalue()


TEXT = "Irina Velikova left the device. Then he smiled. Her crew waited in Korolyov."


def at(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


DOCUMENT: dict[str, Any] = {
    "id": "a-1",
    "title": "Back on the ground",
    "text": TEXT.replace("device", "capsule").replace("he smiled", "she smiled"),
    "original": {"text": TEXT},
    "source": "urn:gazette",
    "published": "2021-10-18",
    "language": "en",
    "corrections": [
        {
            **at("device"),
            "original": "device",
            "replacement": "capsule",
            "reason": "People came out of it.",
            "confidence": 0.9,
            "applied": True,
            "plugin": "terms",
        },
        {
            "start": TEXT.index("he smiled"),
            "end": TEXT.index("he smiled") + 2,
            "original": "he",
            "replacement": "she",
            "reason": "Only she is in sight.",
            "confidence": 0.97,
            "applied": True,
            "plugin": "pronouns",
        },
        {
            **at("Her"),
            "original": "Her",
            "replacement": "His",
            "reason": "It may be another's.",
            "confidence": 0.6,
            "applied": False,
            "plugin": "pronouns",
        },
    ],
    "people": [{"name": "Irina Velikova", "id": "irina-velikova", "nationality": "Russia", "mentions": [at("Irina")]}],
    "agencies": [{"name": "The agency", "id": None, "mentions": []}],
    "times": [
        {**at("Then"), "original": "Then", "time": None, "time_precision": "unknown", "contradiction": True},
    ],
    "events": [
        {
            "type": "missionwire.crew.egressed",
            "subject": "soyuz-ms-18",
            "time": "2021-10-17T05:00:00Z",
            "data": {
                "text": "Irina Velikova left the capsule.",
                "time_precision": "minute",
                "evidence": [at("Irina Velikova left"), at("Then")],
                "ext": {"articles": {"rule": "crew-egress", "confidence": 0.85, "near": "capsule"}},
                "provenance": [
                    {"plugin": "articles", "version": "1", "fields": ["*"]},
                    {"plugin": "crew", "version": "1", "fields": ["crew", "ext.crew"]},
                ],
                "corrections": [{"original": "device", "replacement": "capsule", "applied": True}],
            },
        }
    ],
    "errors": [{"plugin": "weather", "hook": "annotate", "kind": "timeout"}],
}
CRAFT = {"kind": "craft", "what": "mission", "id": "soyuz-ms-18", "name": "Soyuz", "plugin": "articles", **at("crew")}


def test_without_colour_every_mark_is_a_sign() -> None:
    lines = printed(DOCUMENT).splitlines()

    assert lines[0] == "Back on the ground"
    assert lines[1] == "published 2021-10-18 · language en · from urn:gazette · 1 event · 2 corrections · 1 suggestion"
    assert "\n".join(lines[3:5]) == (
        "  ●1 Irina Velikova left the [-device-]{+capsule+}¹. ●1 Then [-he-]{+she+}² smiled. {?Her → His?}³\n"
        "  crew waited in Korolyov."
    )
    assert not [line for line in lines if line != line.rstrip()]


def test_with_colour_old_words_are_struck_out_and_new_ones_stand_behind_them() -> None:
    shown = printed(DOCUMENT, colour=True)

    assert "[9;31mdevice\x1b[0m \x1b[1;32mcapsule\x1b[0m" in shown
    assert "\x1b[4;33mHer\x1b[0m" in shown
    assert "[-" not in shown


def test_everything_is_listed_with_its_why() -> None:
    shown = printed(DOCUMENT, CRAFT)

    for line in (
        "●1 17 Oct 2021, 05:00 UTC  Crew out of the spacecraft  Soyuz MS-18",
        "  why: found by articles, rule crew-egress, 85% sure, near capsule; crew by crew",
        "   1 ✎ device → capsule  People came out of it. (terms, 90% sure)",
        "Only suggested, and left as it is (1)",
        "   3 ? Her → His  not applied: It may be another's. (pronouns, 60% sure)",
        "  Irina Velikova  irina-velikova  Russia",
        "  The agency  not known who or what",
        "Craft and sites (1) found by articles",
        "  Soyuz MS-18  soyuz-ms-18  mission",
        "  Then  cannot be resolved  the text gives two times that disagree",
        "  weather, annotate, timeout",
    ):
        assert line in shown.splitlines()


def test_of_an_article_in_which_nothing_was_found_the_text_is_shown() -> None:
    shown = printed({"text": "Nothing here.", "source": "urn:missionwire:articles"})

    assert shown.startswith(
        "publication date not known · no events · no corrections · no suggestions\n\n  Nothing here.\n\n"
    )


def test_corrections_that_do_not_lead_to_the_text_are_not_marked_in_it() -> None:
    shown = printed(DOCUMENT | {"text": "Something else."})

    assert "\n  Something else.\n" in shown
    assert "[-device-]" not in shown


def test_nothing_of_an_article_drives_the_terminal() -> None:
    hostile = "\x1b[2J\x9b31m\u202e[red]x[/red]"
    person = {"name": hostile, "id": hostile, "mentions": [{"start": 0, "end": 3}]}
    shown = printed({"title": hostile, "text": hostile, "people": [person], "language": hostile, "source": hostile})

    assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
    assert "[red]x[/red]" in shown


_NAMES = {
    *("text", "title", "original", "corrections", "people", "agencies", "times", "events", "errors", "mentions"),
    *("start", "end", "replacement", "applied", "field", "data", "evidence", "provenance", "ext", "plugin", "fields"),
    *("type", "subject", "time", "name", "id", "role", "confidence", "reason", "articles", "rule"),
}
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 90) | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(_NAMES)), inner, max_size=6),
    max_leaves=30,
)


@given(st.dictionaries(st.sampled_from(sorted(_NAMES)), _json, max_size=8), st.integers(8, 90))
@settings(max_examples=30, deadline=None)
def test_any_document_can_be_shown(document: dict[str, Any], width: int) -> None:
    printed(document, width=width)
    printed(DOCUMENT | document, width=width, colour=True)
