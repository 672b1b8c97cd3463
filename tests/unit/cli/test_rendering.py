import io
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from missionwire.cli.rendering import MAX_TEXT_CHARS, render


def printed(event: dict[str, Any], width: int = 100, *, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="standard" if colour else None, highlight=False
    )
    console.print(render(event))
    return out.getvalue()


TEXT = "The cosmonaut Irina Velikova left the device. Her crew waited."
EVENT: dict[str, Any] = {
    "type": "missionwire.crew.egressed",
    "subject": "soyuz-ms-18",
    "time": "2021-10-17T04:00:00Z",
    "data": {
        "text": TEXT.replace("device", "capsule"),
        "original": {"text": TEXT},
        "time_precision": "hour",
        "narration": "background",
        "mission_inferred": True,
        "crew": [{"name": "Irina Velikova", "role": "cosmonaut"}, "Paul Arnaud"],
        "agencies": [{"name": "Roscosmos", "role": "recovery"}, {"name": "ESA", "role": "mentioned"}],
        "site": "kazakh-steppe",
        "corrections": [
            {
                "start": 38,
                "end": 44,
                "original": "device",
                "replacement": "capsule",
                "applied": True,
                "reason": "people came out of it",
                "plugin": "terms",
                "confidence": 0.9,
                "field": "text",
            },
            {
                "start": 50,
                "end": 54,
                "original": "crew",
                "replacement": "team",
                "applied": False,
                "reason": "the owner may be an official",
                "plugin": "terms",
                "confidence": 0.6,
            },
        ],
        "errors": [{"plugin": "weather", "hook": "enrich", "kind": "timeout"}],
    },
}


def test_an_event_is_told_whole() -> None:
    assert printed(EVENT) == (
        "● 17 Oct 2021, 04:00–05:00 UTC  Crew out of the spacecraft  Soyuz MS-18 (inferred)  [background]\n"
        "  The cosmonaut Irina Velikova left the capsule. Her crew waited.\n"
        "  Irina Velikova (cosmonaut), Paul Arnaud · Roscosmos (recovery), ESA\n"
        "  site kazakh-steppe\n"
        "  ✎ device → capsule  people came out of it (terms, 90% sure)\n"
        "  ? crew → team  not applied: the owner may be an official (terms, 60% sure)\n"
        "  ! plugin fault: weather, enrich, timeout\n"
    )


def test_on_a_terminal_the_mended_word_stands_out() -> None:
    assert "\x1b[1;32mcapsule\x1b[0m" in printed(EVENT, colour=True)


def test_without_colours_no_escape_is_printed() -> None:
    assert "\x1b" not in printed(EVENT)


def test_lines_are_wrapped_to_the_width_and_end_without_spaces() -> None:
    lines = printed(EVENT, width=40).splitlines()

    assert all(len(line) <= 40 and line == line.rstrip() for line in lines)
    assert any(line.startswith("    ") for line in lines), "the second line of a correction stands under its words"


def test_an_events_text_cannot_drive_the_terminal_or_be_markup() -> None:
    hostile = "\x1b]0;owned\x07 \x9b31m [bold red]x[/] \u202egnp"
    event = {"type": hostile, "subject": hostile, "time": hostile, "data": {"text": hostile, hostile: hostile}}
    event["data"] |= {"title": hostile, "crew": [hostile], "narration": hostile, "errors": [{"plugin": hostile}]}  # type: ignore[operator]  # plain JSON
    event["data"] |= {"corrections": [{"original": hostile, "replacement": hostile, "reason": hostile}]}  # type: ignore[operator]  # same

    out = printed(event)

    assert not set(out) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "[bold red]x[/]" in out


def test_a_very_long_text_is_cut_and_says_so() -> None:
    out = printed({"type": "x", "data": {"text": "a" * (MAX_TEXT_CHARS + 1234)}}, width=10_000)

    assert "… (1,234 characters more)" in out


def test_many_items_are_counted_not_listed() -> None:
    fixes = [{"original": "a", "replacement": "b"}] * 25

    out = printed({"type": "x", "data": {"crew": [f"P{n}" for n in range(25)], "corrections": fixes}}, width=400)

    assert "P19 and 5 more" in out
    assert "and 5 more corrections" in out


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
MEMBERS = [
    "title",
    "text",
    "mission",
    "crew",
    "agencies",
    "time_precision",
    "narration",
    "original",
    "corrections",
    "errors",
]


@settings(deadline=None)
@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("type", "subject", "time"), values)),
    st.dictionaries(st.sampled_from(MEMBERS) | st.text(max_size=5), values, max_size=8) | values,
)
def test_whatever_a_wire_gives_can_be_printed(event: dict[str, Any], data: object) -> None:
    assert printed({**event, "data": data}).startswith("●")
