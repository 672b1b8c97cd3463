import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.cli.words import (
    family_of,
    gap_in_words,
    mission_in_words,
    plain,
    sureness,
    time_in_words,
    type_in_words,
)


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        ("missionwire.docking.completed", "Docking"),
        ("missionwire.launch.lifted-off", "Lift-off"),
        ("missionwire.launch.scrubbed", "Launch scrubbed"),
        ("missionwire.crew.egressed", "Crew out of the spacecraft"),
        ("com.example.thing", "com.example.thing"),
        ("missionwire.", "missionwire."),
    ],
)
def test_a_type_is_told_in_plain_words_and_a_foreign_one_as_it_is(type_: str, words: str) -> None:
    assert type_in_words(type_) == words


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("year", "2021 (year only)"),
        ("month", "October 2021 (month only)"),
        ("day", "17 Oct 2021 (day only)"),
        ("hour", "17 Oct 2021, 23:00–00:00 UTC"),
        ("minute", "17 Oct 2021, 23:36 UTC"),
        ("second", "17 Oct 2021, 23:36:05 UTC"),
        ("unknown", "17 Oct 2021, 23:36 UTC, precision not known"),
        (None, "17 Oct 2021, 23:36:05 UTC"),
    ],
)
def test_a_time_is_told_with_no_more_precision_than_its_source_gave(precision: str | None, words: str) -> None:
    assert time_in_words("2021-10-17T23:36:05Z", precision) == words


def test_a_time_that_is_absent_or_unreadable_is_not_made_up() -> None:
    assert time_in_words(None, "unknown") == "time not known"
    assert time_in_words("", None) == "time not known"
    assert time_in_words("2021-13-01T00:00:00Z", "minute") == "2021-13-01T00:00:00Z"
    assert time_in_words("soon", "day") == "soon"


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("soyuz-ms-18", "Soyuz MS-18"),
        ("sts-135", "STS-135"),
        ("crew-1", "Crew-1"),
        ("artemis-2", "Artemis 2"),
        ("soyuz-tma-06m", "Soyuz TMA-06M"),
        ("Soyuz MS-18", "Soyuz MS-18"),
        ("", ""),
    ],
)
def test_a_missions_slug_is_written_as_people_write_it(subject: str, words: str) -> None:
    assert mission_in_words(subject) == words


def test_what_went_wrong_has_the_colour_of_trouble_whatever_its_noun() -> None:
    assert family_of("missionwire.launch.lifted-off") == "ascent"
    assert family_of("missionwire.landing.failed") == "trouble"
    assert family_of("missionwire.anomaly.resolved") == "trouble"
    assert family_of("x") == "other"


def test_small_words() -> None:
    assert plain("spaceflight-participant") == "spaceflight participant"
    assert sureness(0.955) == "96% sure"
    assert [sureness(value) for value in (None, "1", True, 2, -0.1, float("nan"))] == [""] * 6
    assert gap_in_words("trimmed").startswith("those events were trimmed")
    assert gap_in_words(["x"]) == gap_in_words("no such reason") == "the reason was not given"


@given(st.text(), st.text(), st.text())
def test_nothing_raises_whatever_an_event_says(one: str, other: str, third: str) -> None:
    type_in_words("missionwire." + one)
    family_of(one)
    mission_in_words(other)
    time_in_words(one, third)
