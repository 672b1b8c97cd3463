"""A stray dateline at the head gives the publication and leaves the text."""

import pytest

from missionwire.plugin import Document, TimeMention
from missionwire_terms import Terms

TEXT = "date 2023-04-21 The rocket blew up on Thursday (20)."


async def mended(terms: Terms, document: Document) -> str:
    corrections = tuple(await terms.repair(document))
    return Document(id="a", text=document.text, corrections=corrections).reading().text


async def test_a_dateline_is_a_mention_and_dates_the_text(terms: Terms) -> None:
    line, told = [m for m in await terms.annotate(Document(id="a", text=TEXT)) if isinstance(m, TimeMention)]
    assert (line.start, line.end, line.is_dateline) == (0, 15, True)
    assert (line.time, line.time_precision) == ("2023-04-21T00:00:00Z", "day")
    assert (told.time, told.is_dateline) == ("2023-04-20T00:00:00Z", False)


async def test_a_dateline_leaves_the_text_with_its_blanks(terms: Terms) -> None:
    assert await mended(terms, Document(id="a", text=TEXT)) == "The rocket blew up on Thursday (20)."
    assert await mended(terms, Document(id="a", text=" " + TEXT)) == "The rocket blew up on Thursday (20)."


async def test_a_month_is_a_dateline_too(terms: Terms) -> None:
    document = Document(id="a", text="date 2022-11 Three taikonauts arrived this Wednesday (30).")
    line, told = [m for m in await terms.annotate(document) if isinstance(m, TimeMention)]
    assert (line.time, line.time_precision) == ("2022-11-01T00:00:00Z", "month")
    assert told.time == "2022-11-30T00:00:00Z"
    assert await mended(terms, document) == "Three taikonauts arrived this Wednesday (30)."


async def test_what_the_sender_gave_goes_before_the_dateline(terms: Terms) -> None:
    document = Document(id="a", text=TEXT, published="2023-05-02")
    _, told = [m for m in await terms.annotate(document) if isinstance(m, TimeMention)]
    assert told.time == "2023-04-20T00:00:00Z"
    [deletion] = await terms.repair(document)
    assert not deletion.applied


@pytest.mark.parametrize("published", ["2023-04-21", "2023-04-21T09:00:00Z", "2023-04"])
async def test_a_dateline_that_repeats_the_publication_leaves_the_text(terms: Terms, published: str) -> None:
    document = Document(id="a", text=TEXT, published=published)
    assert await mended(terms, document) == "The rocket blew up on Thursday (20)."


async def test_a_mended_text_has_no_dateline(terms: Terms) -> None:
    once = await mended(terms, Document(id="a", text=TEXT))
    assert await mended(terms, Document(id="a", text=once)) == once


@pytest.mark.parametrize(
    "text",
    [
        "date 2023-04-21 is when the rocket flew.",
        "The date 2023-04-21 was set long ago.",
        "2023-04-21 was the day.",
        "date 2023-13-41 The rocket flew.",
        "dates 2023-04-21 The rocket flew.",
        "date 2023 The rocket flew.",
    ],
)
async def test_a_date_that_belongs_to_the_text_stays(terms: Terms, text: str) -> None:
    assert await mended(terms, Document(id="a", text=text)) == text
    assert not any(
        m.is_dateline for m in await terms.annotate(Document(id="a", text=text)) if isinstance(m, TimeMention)
    )


async def test_a_dateline_before_the_sign_of_a_picture_leaves_the_text(terms: Terms) -> None:
    text = "date 2022-10-06 📷 The crew waves. The rocket left this Wednesday (5)."
    assert await mended(terms, Document(id="a", text=text)) == text.removeprefix("date 2022-10-06 ")
