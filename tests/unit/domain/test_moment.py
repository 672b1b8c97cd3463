import contextlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.moment import in_utc, milliseconds, parse_duration_s, parse_moment

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=ZONES)  # noqa: DTZ001  # zones are drawn


@given(MOMENTS)
def test_a_moment_reads_as_it_was_written(moment: datetime) -> None:
    text = moment.isoformat()

    assert parse_moment(text) == moment
    assert parse_moment(in_utc(text)) == moment
    assert in_utc(text).endswith("Z")
    assert in_utc(in_utc(text)) == in_utc(text)


@given(st.text(max_size=40))
def test_any_text_reads_or_is_told_to_be_wrong(text: str) -> None:
    for read in (parse_moment, in_utc):
        with contextlib.suppress(ValueError):
            assert read(text)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("2021-10-17T07:36:00+03:00", "2021-10-17T04:36:00Z"),
        ("2021-10-17t04:36:00z", "2021-10-17T04:36:00Z"),
        ("2021-10-17 04:36:00Z", "2021-10-17T04:36:00Z"),
        ("2021-10-17T04:36:00.5Z", "2021-10-17T04:36:00.5Z"),
        ("2021-10-17T04:36:00.123456789Z", "2021-10-17T04:36:00.123456789Z"),
        ("0099-01-01T00:00:00Z", "0099-01-01T00:00:00Z"),
    ],
)
def test_a_moment_is_told_in_utc_with_the_digits_of_its_seconds(text: str, made: str) -> None:
    assert in_utc(text) == made


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2021-10-17T04:36:00", "zone"),
        ("2021-02-30T04:36:00Z", "no real time"),
        ("2021-10-17T24:00:01Z", "no real time"),
        ("2021-10-17", "RFC 3339"),
        ("17.10.2021", "RFC 3339"),
        ("0001-01-01T00:00:00+10:00", "outside the years"),
        ("９021-10-17T04:36:00Z", "RFC 3339"),
    ],
)
def test_what_is_wrong_is_said(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        in_utc(text)


def test_milliseconds_round_down_also_before_1970() -> None:
    assert milliseconds(datetime(1970, 1, 1, 0, 0, 0, 1999, tzinfo=UTC)) == 1
    assert milliseconds(datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)) == -1


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("10m", 600), ("2h", 7200), ("3d", 259200), ("1w", 604800), ("0s", 0)]
)
def test_a_duration_is_told_in_seconds(text: str, seconds: int) -> None:
    assert parse_duration_s(text) == seconds


@pytest.mark.parametrize("text", ["", "10", "m", "-1m", "1.5h", "10 m", "1y", "9999999999s", "١m"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert parse_duration_s(text) is None
