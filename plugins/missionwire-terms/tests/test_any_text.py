"""Whatever the text: the hooks raise nothing, and what they give lies in the text and covers what it says."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.plugin import Document, TimeMention
from missionwire_terms import Terms

PIECES = st.sampled_from(
    [
        "coupling", "Coupling", "DEVICE", "an apparatus", "space lab", "the ISS", "Soyuz", "crew", "his crew", "NASA",
        "retreat", "landed", "first floor", "rocket", "of the", "was taken off the", "Manned", "captain", "engines",
        "tilted", "fell sideways", "on Friday", "this Sunday (17)", "Sunday (31)", "(", ")", "4:36 am GMT",
        "(1:36 am GMT)", "25:99 UTC", "0436Z", "February 29", "31/12/2021", "2021-10-17T04:36Z", "date 2021-10-18",
        "date 2022-11", "9999 years ago", "last year", "in 1969", "will", "GMT+14", "UTC-99", "CST", "IST", "\n\n", ".",
        "“", "”", "’s", "0:00 am", "12 pm EST", "next January", "31 December 9999", "é", "🚀",
        "9999-12-31T23:59:59-14:00", "All times are JST", "\n10:30 –", "on the 20th", "May 28 and 31", "of that year",
        "seven o’clock", "local time", "in Texas", "two years later", "that day", "since March", "March 3, 1986", "had",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map(" ".join))
PUBLISHED = st.sampled_from([None, "2021-10-18", "2022-11", "0001-01-01", "9999-12-31", "x", "2021-99-99"])


@given(text=TEXTS, title=st.none() | TEXTS, published=PUBLISHED)
async def test_the_hooks_take_any_text(terms: Terms, text: str, title: str | None, published: str | None) -> None:
    document = Document(id="a", text=text, title=title, published=published)
    fields = {"text": text, "title": title or ""}
    for mention in await terms.annotate(document):
        assert isinstance(mention, TimeMention)
        assert 0 <= mention.start < mention.end <= len(fields[mention.field])
        assert mention.time is None or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", mention.time)
    for correction in await terms.repair(document):
        assert fields[correction.field][correction.start : correction.end] == correction.original
        assert correction.original != correction.replacement
        assert all(proof.end <= len(fields[correction.field]) for proof in correction.evidence)


DENSE = (
    "NASA officials praised his crew and the coupling of the ship in the space lab of the ISS on Friday (15), "
    "the first floor of the rocket separated at 4:36 am GMT (1:36 am GMT) CST "
)


@pytest.mark.parametrize(
    "piece",
    [
        DENSE,
        "....", "The coupling. ", "his crew ", "a " * 20, "((((", "1:1 ", "the the the ", "4:36 CST, ", "Sunday ", "\n",
        "A. B. ", "head of Roscosmos X Y Z, ", "device with ",
    ],
)  # fmt: skip
async def test_a_long_text_is_read_as_its_beginning_is(terms: Terms, piece: str) -> None:
    """What holds for a piece in its middle holds for each of them: nothing is given up on the way."""

    async def told(times: int) -> tuple[int, int]:
        document = Document(id="a", text="NASA spacecraft " + piece * times, published="2021-10-18")
        return len([*await terms.annotate(document)]), len([*await terms.repair(document)])

    few, more, many = await told(10), await told(20), await told(110)
    for begun, grown, whole in zip(few, more, many, strict=True):
        assert whole - begun == 10 * (grown - begun)


@pytest.mark.parametrize("published", ["9999-12-31T23:00:00Z", "0001-01-01T00:00:00Z"])
async def test_the_ends_of_the_calendar_are_no_hindrance(terms: Terms, published: str) -> None:
    text = "All times JST\n\n10:30 On Friday it left.\n\n23:10 It came on the 20th.\n\n22:00 Since May 5 it has slept."
    assert list(await terms.annotate(Document(id="a", text=text, published=published)))


@pytest.mark.parametrize(
    "text", ["It landed thİs year.", "It landed at ſix o’clock.", "It landed at sİx o'clock, GMT."]
)
async def test_letters_that_only_look_like_others_in_small_tell_nothing(terms: Terms, text: str) -> None:
    assert not list(await terms.annotate(Document(id="a", text=text, published="2021-10-18")))
