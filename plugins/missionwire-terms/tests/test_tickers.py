"""Live tickers: lines that begin with clocks, all in one zone."""

import pytest

from missionwire.plugin import Document, TimeMention
from missionwire_terms import Terms

TICKERS = [
    (
        "the newest first, without a day",
        "2024-11-05T20:00:00Z",
        "All times are Central European Time.\n\n17:05 It is off.\n\n16:40 It can go.\n\n15:20 - It is to go at 17:00.",
        ["2024-11-05T16:05", "2024-11-05T15:40", "2024-11-05T14:20", "2024-11-05T16:00"],
    ),
    (
        "the oldest first, across midnight",
        "2024-11-06T09:00:00Z",
        "(times in EST)\n\n10:30 p.m. Suits are on.\n\n11:40 p.m. The hatch is shut.\n\n0:20 a.m. It is off.",
        ["2024-11-06T03:30", "2024-11-06T04:40", "2024-11-06T05:20"],
    ),
    (
        "under headings of days",
        "2020-12-06",
        "All times JST\n\nDecember 6\n\n2:54 – It is down (4:24 am in Woomera).\n\nDecember 5\n\n14:30 – It is off.",
        ["2020-12-06T00:00", "2020-12-05T17:54", "2020-12-05T17:54", "2020-12-05T00:00", "2020-12-05T05:30"],
    ),
    (
        "published in another day than that of its zone",
        "2021-10-13T02:30:00Z",
        "All times CDT\n\n9:10 p.m. Good night.\n\n8:58 p.m. The hatch is shut.\n\n8:45 p.m. The crew is in.",
        ["2021-10-13T02:10", "2021-10-13T01:58", "2021-10-13T01:45"],
    ),
]


@pytest.mark.parametrize(("published", "text", "expected"), [pytest.param(*t[1:], id=t[0]) for t in TICKERS])
async def test_each_entry_has_its_time(terms: Terms, published: str, text: str, expected: list[str]) -> None:
    found = await terms.annotate(Document(id="a", text=text, published=published))
    times = [mention.time or "" for mention in found if isinstance(mention, TimeMention)]
    assert [time[:16] for time in times] == expected


async def test_one_line_that_begins_with_a_score_is_no_ticker(terms: Terms) -> None:
    text = "The crew watched football.\n4:30 was the ratio of fans.\nThen they slept."
    assert not list(await terms.annotate(Document(id="a", text=text, published="2021-10-18")))
