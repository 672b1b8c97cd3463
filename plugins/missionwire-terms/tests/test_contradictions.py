"""Two clock readings of one thing that disagree: which one is right, and what is mended (section 6.3)."""

from collections.abc import Iterable

import pytest

from missionwire.plugin import AgencyMention, Correction, Document, Span, TimeMention
from missionwire_terms import Terms


async def read(terms: Terms, document: Document) -> tuple[TimeMention, list[Correction]]:
    mentions: Iterable[object] = await terms.annotate(document)
    [contradiction] = [m for m in mentions if isinstance(m, TimeMention) and m.contradiction]
    return contradiction, [c for c in await terms.repair(document) if c.kind == "zone"]


async def test_the_portuguese_manner_makes_the_smaller_one_brasilia(terms: Terms) -> None:
    text = "Shenzhou-12 came home this Friday (17). It touched down at 5:34 am GMT (2:34 am GMT)."
    mention, [correction] = await read(terms, Document(id="a", text=text, published="2021-09-18"))
    assert text[mention.start : mention.end] == "5:34 am GMT (2:34 am GMT)"
    assert mention.time == "2021-09-17T05:34:00Z"
    assert mention.time_precision == "minute"
    assert mention.readings == ("2021-09-17T05:34:00Z", "2021-09-17T02:34:00Z")
    assert (correction.original, correction.replacement) == ("GMT", "Brasília time")
    assert text[correction.start - 8 : correction.start] == "2:34 am "
    assert correction.applied
    assert Span(text.index("this"), text.index(". It")) in correction.evidence


async def test_the_order_of_the_two_proves_nothing(terms: Terms) -> None:
    text = "The ship landed this Friday (17) at 2:34 am GMT (5:34 am GMT)."
    mention, [correction] = await read(terms, Document(id="a", text=text, published="2021-09-18"))
    assert mention.time == "2021-09-17T05:34:00Z"
    assert text[correction.start - 8 : correction.start] == "2:34 am "


async def test_the_home_of_the_language_goes_before_the_agency(terms: Terms) -> None:
    text = "Roscosmos said that the ship landed this Friday (17) at 5:34 am GMT (2:34 am GMT)."
    _, [correction] = await read(terms, Document(id="a", text=text, published="2021-09-18"))
    assert correction.replacement == "Brasília time"


async def test_without_the_manner_the_agency_makes_the_larger_one_moscow(terms: Terms) -> None:
    text = "Roscosmos said that the ship landed on September 17 at 5:34 am GMT (2:34 am GMT)."
    mention, [correction] = await read(terms, Document(id="a", text=text, published="2021-09-18"))
    assert mention.time == "2021-09-17T02:34:00Z"
    assert correction.replacement == "Moscow time"
    assert text[correction.start - 8 : correction.start] == "5:34 am "
    assert correction.evidence[0] == Span(0, 9)


async def test_the_agency_may_be_named_by_a_mention_alone(terms: Terms) -> None:
    text = "The Chinese crew left on June 5, 2022 at 10:44 GMT (2:44 GMT)."
    agency = AgencyMention(start=4, end=11, name="CMSA", id="cmsa")
    mention, [correction] = await read(terms, Document(id="a", text=text, mentions=(agency,)))
    assert mention.time == "2022-06-05T02:44:00Z"
    assert correction.replacement == "Beijing time"


async def test_without_a_home_both_are_kept_and_the_zones_only_flagged(terms: Terms) -> None:
    text = "The ship landed on September 17, 2021 at 5:34 am GMT (2:34 am GMT)."
    mention, corrections = await read(terms, Document(id="a", text=text))
    assert mention.time is None
    assert mention.readings == ("2021-09-17T05:34:00Z", "2021-09-17T02:34:00Z")
    assert {c.replacement for c in corrections} == {"Brasília time", "Moscow time"}
    assert not any(c.applied for c in corrections)


async def test_a_difference_that_no_zone_explains_is_only_flagged(terms: Terms) -> None:
    text = "Roscosmos said that the ship landed this Friday (17) at 5:34 am GMT (2:11 am GMT)."
    mention, corrections = await read(terms, Document(id="a", text=text, published="2021-09-18"))
    assert mention.time is None
    assert corrections == []


async def test_one_wrong_zone_of_two_is_mended(terms: Terms) -> None:
    text = "The ship landed this Friday (17) at 5:34 am GMT (2:34 am Moscow time)."
    mention, [correction] = await read(terms, Document(id="a", text=text, published="2021-09-18"))
    assert mention.time == "2021-09-17T05:34:00Z"
    assert (correction.original, correction.replacement) == ("Moscow time", "Brasília time")


async def test_midnight_between_the_two_moves_the_date(terms: Terms) -> None:
    text = "The ship landed this Friday (17) at 10:34 pm GMT (1:34 am GMT)."
    mention, [correction] = await read(terms, Document(id="a", text=text, published="2021-09-18"))
    assert mention.time == "2021-09-18T01:34:00Z"
    assert text[correction.start - 9 : correction.start] == "10:34 pm "


async def test_without_a_day_the_zone_is_mended_and_no_time_given(terms: Terms) -> None:
    text = "It landed at 5:34 am GMT (2:34 am GMT). Much later, Roscosmos showed it."
    mention, [correction] = await read(terms, Document(id="a", text=text))
    assert (mention.time, mention.readings) == (None, ())
    assert correction.applied


async def test_clocks_of_two_things_are_no_contradiction(terms: Terms) -> None:
    text = "It undocked at 01:14 GMT (landing was at 04:36 GMT), on 17 October 2021, and was opened at 05:10 GMT."
    mentions = await terms.annotate(Document(id="a", text=text))
    assert not [m for m in mentions if isinstance(m, TimeMention) and m.contradiction]
    assert not list(await terms.repair(Document(id="a", text=text)))


async def test_the_address_tells_the_home_before_all_else(terms: Terms) -> None:
    text = "The ship landed this Friday (17) at 9:34 am GMT (7:34 am GMT)."
    spanish = Document(id="a", text=text, published="2021-09-18", url="https://diario.example.es/nave")
    mention, [correction] = await read(terms, spanish)
    assert mention.time == "2021-09-17T07:34:00Z"
    assert correction.replacement == "CEST"
    assert text[correction.start - 8 : correction.start] == "9:34 am "


async def test_a_word_that_a_translation_left_tells_the_home(terms: Terms) -> None:
    text = "The amerizaje of the capsule took place on September 17 at 9:34 am GMT (7:34 am GMT)."
    _, [correction] = await read(terms, Document(id="a", text=text, published="2021-09-18"))
    assert correction.replacement == "CEST"


async def test_of_two_clocks_of_one_home_the_earlier_is_that_of_greenwich(terms: Terms) -> None:
    text = "The ship docked on September 17 at 03:58 MSK (00:58 MSK)."
    mention, [correction] = await read(terms, Document(id="a", text=text, published="2021-09-18"))
    assert mention.time == "2021-09-17T00:58:00Z"
    assert correction.replacement == "GMT"
    assert text[correction.start - 6 : correction.start] == "00:58 "


async def test_a_clock_beside_one_with_a_zone_has_that_zone_though_another_pair_disagrees(terms: Terms) -> None:
    text = (
        "Shenzhou-22 rose on November 25, 2025, at 12:11 pm GMT (4:11 am GMT). Shenzhou-21 had left at 11:14 am on "
        "November 14, 2025, Beijing time, and at 4:40 pm the capsule stood in the sand."
    )
    document = Document(id="a", text=text, published="2025-11-25")
    times = {text[m.start : m.end]: m.time for m in await terms.annotate(document) if isinstance(m, TimeMention)}
    assert times["4:40 pm"] == "2025-11-14T08:40:00Z"


async def test_the_clock_that_the_text_tells_elsewhere_makes_the_zone(terms: Terms) -> None:
    text = "The launch was today at 11:31 am GMT (6:31 am GMT).\n\nThe hatch was opened at 2:37 pm, Montreal time."
    mention, [correction] = await read(terms, Document(id="a", text=text, published="2018-12-03"))
    assert mention.time == "2018-12-03T11:31:00Z"
    assert (correction.replacement, correction.applied) == ("Montreal time", True)


async def test_two_clocks_told_elsewhere_make_no_zone(terms: Terms) -> None:
    text = (
        "The launch was today at 11:31 am GMT (8:31 am GMT).\n\n"
        "The hatch was opened at 2:37 pm, Brasília time, and closed at 11:50 pm, Moscow time."
    )
    mention, corrections = await read(terms, Document(id="a", text=text, published="2021-12-03"))
    assert mention.time is None
    assert not any(correction.applied for correction in corrections)


SUMMER, WINTER = "2024-06-06", "2024-01-18"


@pytest.mark.parametrize(
    ("clocks", "published", "zone", "wrong"),
    [
        ("7:34 pm GMT (5:34 pm GMT)", SUMMER, "CEST", 0),
        ("5:34 pm GMT (7:34 pm GMT)", SUMMER, "CEST", 1),
        ("9:49 pm GMT (10:49 pm GMT)", WINTER, "CET", 1),
        ("12:20 am GMT (11:20 pm GMT)", WINTER, "CET", 0),
        ("1:34 pm UTC (5:34 pm UTC)", SUMMER, "Eastern time", 0),
        ("5:34 pm GMT (12:34 pm GMT)", WINTER, "Eastern time", 1),
        ("2:30 pm GMT (9 am GMT)", SUMMER, "Indian time", 0),
    ],
)
async def test_a_difference_that_only_one_newsroom_has_makes_the_zone(
    terms: Terms, clocks: str, published: str, zone: str, wrong: int
) -> None:
    text = f"The ship docked on Thursday at {clocks}."
    _, [correction] = await read(terms, Document(id="a", text=text, published=published))
    assert (correction.replacement, correction.applied) == (zone, True)
    assert (correction.start > text.index("(")) is bool(wrong)


@pytest.mark.parametrize(
    ("who", "clocks", "published", "zone"),
    [
        ("The Chinese ship", "1:34 am GMT (5:34 pm GMT)", WINTER, "Beijing time"),
        ("The Japanese ship", "2:34 am GMT (5:34 pm GMT)", SUMMER, "Japan time"),
        ("The Korean ship", "2:34 am GMT (5:34 pm GMT)", SUMMER, "Korean time"),
        ("The Canadian and his ship", "1:47 pm GMT (5:47 pm GMT)", "2009-07-17", "Eastern time"),
        ("The Portuguese ship", "6:34 pm GMT (5:34 pm GMT)", SUMMER, "Lisbon time"),
    ],
)
async def test_of_newsrooms_with_one_difference_the_one_whose_country_is_told_of_makes_the_zone(
    terms: Terms, who: str, clocks: str, published: str, zone: str
) -> None:
    document = Document(id="a", text=f"{who} docked on Thursday at {clocks}.", published=published)
    _, [correction] = await read(terms, document)
    assert (correction.replacement, correction.applied) == (zone, True)
    plain = Document(id="a", text=f"The ship docked on Thursday at {clocks}.", published=published)
    _, corrections = await read(terms, plain)
    assert not any(correction.applied for correction in corrections)


@pytest.mark.parametrize(
    ("clocks", "published"),
    [
        ("7:34 pm GMT (5:34 pm GMT)", None),  # no day: two hours are central Europe's in summer alone
        ("5:34 pm GMT (12:34 pm GMT)", SUMMER),
        ("7:34 pm GMT (3:34 pm GMT)", WINTER),
        ("5:34 pm GMT (2:34 pm GMT)", SUMMER),
        ("7:34 pm CET (5:34 pm GMT)", SUMMER),
    ],
)
async def test_a_difference_that_no_newsroom_has_alone_makes_no_zone(
    terms: Terms, clocks: str, published: str | None
) -> None:
    document = Document(id="a", text=f"The ship docked at {clocks}.", published=published)
    _, corrections = await read(terms, document)
    assert not any(correction.applied for correction in corrections)


async def test_local_time_is_right_where_home_explains_the_clock_beside_it(terms: Terms) -> None:
    text = "The take-off from Van Horn was today at 8:30 am local time (3:30 pm GMT)."
    paper = "https://paper.example.es/x"
    mention, [correction] = await read(terms, Document(id="a", text=text, published="2025-04-14", url=paper))
    assert mention.time == "2025-04-14T13:30:00Z"
    assert (correction.replacement, correction.applied) == ("CEST", True)


async def test_local_time_is_left_where_no_home_explains_the_clock_beside_it(terms: Terms) -> None:
    text = "The take-off from Van Horn was today at 8:30 am local time (2:00 pm GMT)."
    document = Document(id="a", text=text, published="2025-04-14", url="https://paper.example.es/x")
    told = [
        m for m in await terms.annotate(document) if isinstance(m, TimeMention) and "local" in text[m.start : m.end]
    ]
    assert [(m.time, m.contradiction) for m in told] == [("2025-04-14T14:00:00Z", False)]
    assert not any(await terms.repair(document))


async def test_a_news_agency_tells_the_clock_of_its_country(terms: Terms) -> None:
    text = "The docking was on Sunday at 19:37 GMT (16:37 GMT), TASS reported."
    mention, [correction] = await read(terms, Document(id="a", text=text, published="1978-08-28"))
    assert mention.time == "1978-08-27T16:37:00Z"
    assert correction.replacement == "Moscow time"


async def test_a_zone_that_the_text_tells_in_words_is_named_as_usual(terms: Terms) -> None:
    text = "The launch was today at 1 pm GMT (4 pm GMT).\n\nThe hatch was opened at 2:37 pm in the time of Brasília."
    _, [correction] = await read(terms, Document(id="a", text=text, published="2022-10-05"))
    assert (correction.replacement, correction.applied) == ("Brasília time", True)


async def test_a_clock_told_about_in_brackets_is_the_other_of_the_two(terms: Terms) -> None:
    text = "The ship docked on Thursday at about 7:34 pm GMT (about 5:34 pm GMT)."
    _, [correction] = await read(terms, Document(id="a", text=text, published=SUMMER))
    assert (correction.replacement, correction.applied) == ("CEST", True)
