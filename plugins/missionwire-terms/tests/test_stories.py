"""Years that a story leaves out: told once, they hold for what follows, until the text comes back to the news."""

import pytest

from missionwire.plugin import Document, TimeMention
from missionwire_terms import Terms

STORIES = [
    (
        "an anniversary goes on through its paragraphs",
        "2011-04-12",
        "Gagarin took off on April 12, 1961.\n\nThe commission had met on April 8. In August Titov followed.",
        ["1961-04-12", "1961-04-08", "1961-08-01"],
    ),
    (
        "a story that has left out years goes on, too",
        "2026-05-07",
        (
            "A show was opened on Wednesday.\n\nThe ship left on March 13, 1986. Mir had gone up on February 20. They"
            " came to it on March 15.\n\nOn May 5 they left it, and reached the other the next day."
        ),
        ["2026-05-06", "1986-03-13", "1986-02-20", "1986-03-15", "1986-05-05", "1986-05-06"],
    ),
    (
        "a year told to a paper ends no story",
        "1994-07-25",
        "On July 25, 1984, she went out. She told a paper in 1990 that it was cold.\n\nThey landed on July 29.",
        ["1984-07-25", "1990-01-01", "1984-07-29"],
    ),
    (
        "the news of today ends a story",
        "2011-04-12",
        "Gagarin took off on April 12, 1961.\n\nOn Monday a statue was unveiled. It was cast in March.",
        ["1961-04-12", "2011-04-11", "2011-03-01"],
    ),
    (
        "history in passing is no story",
        "2021-07-22",
        "On Tuesday he flew. In July 1969 two men had walked on the Moon.\n\nThe rocket was rolled out on July 16.",
        ["2021-07-20", "1969-07-01", "2021-07-16"],
    ),
    (
        "nor are two dates with years",
        "2024-06-20",
        "One crashed on August 19, 2023; one landed on August 23, 2023.\n\nThe probe left on May 3.",
        ["2023-08-19", "2023-08-23", "2024-05-03"],
    ),
    ("nor is a birth", "2023-06-10", "She was born in May 1960. They left on April 3.", ["1960-05-01", "2023-04-03"]),
    (
        "what has been since is of now",
        "2023-06-15",
        "She came in 2016. Since January she has led the institute.",
        ["2016-01-01", "2023-01-01"],
    ),
    (
        "that year",
        "2024-07-25",
        "She was to fly in 1985. In February of that year it fell silent.",
        ["1985", "1985-02"],
    ),
    (
        "the following year",
        "2023-06-10",
        "She left in 2010. In March of the following year she wrote.",
        ["2010", "2011-03"],
    ),
    ("last year", "2024-01-20", "SLIM departed on September 7 of last year.", ["2023-09-07"]),
    (
        "since goes back",
        "1988-01-10",
        "They met on May 5, 1986; it was cold since November.",
        ["1986-05-05", "1985-11"],
    ),
    ("years counted on", "2023-06-10", "She flew in 2010. Two years later she left.", ["2010-01-01", "2012-01-01"]),
    ("no years are counted from today", "2023-06-10", "She flew on Friday. Two years later she left.", ["2023-06-09"]),
    ("two days of a month", "2023-06-10", "They went out on May 28 and 31.", ["2023-05-28", "2023-05-31"]),
    ("two days before a month", "2023-03-01", "They will go out on 28 and 31 May.", ["2023-05-28", "2023-05-31"]),
    ("a year told with the second", None, "It landed on February 22 and July 11, 2019.", ["2019-02-22", "2019-07-11"]),
    ("a count is no day", "2023-06-10", "On May 28 12 people met; 28 and 31 others came.", ["2023-05-28"]),
    (
        "the 20th after a day",
        "2024-03-12",
        "They left on January 18; they docked on the 20th.",
        ["2024-01-18", "2024-01-20"],
    ),
    ("a year long ago", "2023-06-10", "Her forebear was born on March 26, 1899.", ["1899-03-26"]),
    ("Christmas", "2023-06-10", "At Christmas 1968 and on Christmas Eve 1968 they read.", ["1968-12-01", "1968-12-24"]),
    (
        "a day to which something was put off",
        "2016-10-30",
        "The start, set at first for June 24, was moved to July 7 because of a fault.",
        ["2016-06-24", "2016-07-07"],
    ),
    (
        "and one in the next year",
        "2017-01-10",
        "The start had been planned for December 20, but was put off to February 3.",
        ["2016-12-20", "2017-02-03"],
    ),
    (
        "a clause that a time opens tells of what was",
        "2024-10-15",
        "The parts would hold, and in September NASA gave the go-ahead.",
        ["2024-09-01"],
    ),
    ("or of what is to come", "2024-10-15", "They will land, and in December they will rest.", ["2024-12-01"]),
    ("a rocket is no date", "2024-06-10", "It was launched by a Long March 5 on 3 May.", ["2024-05-03"]),
]


@pytest.mark.parametrize(("published", "text", "expected"), [pytest.param(*s[1:], id=s[0]) for s in STORIES])
async def test_a_date_has_the_year_of_its_story(
    terms: Terms, published: str | None, text: str, expected: list[str]
) -> None:
    found = await terms.annotate(Document(id="a", text=text, published=published))
    times = [mention.time or "" for mention in found if isinstance(mention, TimeMention)]
    assert [time[: len(day)] for time, day in zip(times, expected, strict=True)] == expected
