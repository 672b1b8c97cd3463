import contextlib
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.article import (
    SentArticle,
    SentWebpage,
    agencies_found,
    people_found,
    queued,
    read_article,
    read_sent,
    times_found,
)
from missionwire.domain.document import AgencyMention, Document, PersonMention, TimeMention
from missionwire.domain.errors import FaultyItems, RequestError, UnreadableBody


def _read(**members: Any) -> Any:
    return read_article(json.dumps(members).encode())


@given(
    st.binary(max_size=100)
    | st.dictionaries(st.text(max_size=6), st.text(max_size=6)).map(lambda d: json.dumps(d).encode())
)
def test_any_bytes_are_read_or_refused_by_name(body: bytes) -> None:
    with contextlib.suppress(RequestError):
        assert read_article(body).article.text.strip()


@pytest.mark.parametrize(
    "published", ["2021", "2021-10", "2021-10-18", "2021-10-18T10:00:00Z", "2021-10-18T10:00:00+03:00"]
)
def test_a_date_or_a_moment_may_say_when_it_was_published(published: str) -> None:
    assert _read(text="x", published=published).article.published == published


@pytest.mark.parametrize(
    "published", ["21", "2021-1", "2021-13", "2021-02-30", "2021-10-18T10:00", "today", "20211018"]
)
def test_any_other_text_is_refused(published: str) -> None:
    with pytest.raises(FaultyItems) as found:
        _read(text="x", published=published)

    assert found.value.faults[0].path == "$.published"


def test_a_misspelt_member_is_refused() -> None:
    with pytest.raises(FaultyItems, match="titel"):
        _read(text="x", titel="y")


def test_a_broken_text_is_unreadable() -> None:
    with pytest.raises(UnreadableBody):
        read_article(b'{"text": "')


def test_an_article_is_sent_as_its_text_or_as_its_page() -> None:
    assert read_sent(b'{"text": "x", "url": "u"}') == SentArticle(text="x", url="u")
    assert read_sent(b'{"html": "<p>x", "title": "t"}') == SentWebpage(html="<p>x", title="t")


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        (b"{}", "$", "needs the member `text`, or `html`"),
        (b'{"text": "x", "html": "<p>x"}', "$", "not both"),
        (b'{"html": " "}', "$.html", "is empty; an article needs a page"),
        (b'{"html": null}', "$.html", "got `null`"),
        (b'{"html": "<p>x", "published": "today"}', "$.published", "'today'"),
        (b'{"html": "<p>x", "text_": "x"}', "$", "text_"),
    ],
)
def test_what_is_neither_or_both_is_refused_with_its_place(body: bytes, path: str, message: str) -> None:
    with pytest.raises(FaultyItems, match=re.escape(message)) as found:
        read_sent(body)

    assert found.value.faults[0].path == path


def test_what_waits_tells_what_was_sent() -> None:
    accepted = _read(text="x", title="t", url="u")

    document = queued(accepted.article)

    assert (document.state, document.id, document.text, document.title) == ("queued", accepted.id, "x", "t")


def test_people_are_gathered_by_id_else_by_name_with_the_longest_name() -> None:
    text = "Novitskiy, Oleg Novitskiy, Somebody"
    document = Document(
        id="a",
        text=text,
        mentions=(
            PersonMention(start=0, end=9, name="Novitskiy", id="oleg-novitskiy"),
            PersonMention(start=11, end=25, name="Oleg Novitskiy", id="oleg-novitskiy", role="commander"),
            PersonMention(start=27, end=35, name="Somebody"),
            PersonMention(start=0, end=3, name="Oleg Novitskiy", id="oleg-novitskiy", field="title"),
        ),
    )

    found = people_found(document)

    assert [(each.name, each.id, each.role, len(each.mentions)) for each in found] == [
        ("Oleg Novitskiy", "oleg-novitskiy", "commander", 2),
        ("Somebody", None, None, 1),
    ]


def test_an_agency_has_the_role_that_says_most() -> None:
    document = Document(
        id="a",
        text="NASA NASA",
        mentions=(
            AgencyMention(start=0, end=4, name="NASA", id="nasa", role="mentioned"),
            AgencyMention(start=5, end=9, name="NASA", id="nasa", role="operator"),
        ),
    )

    assert [(each.role, len(each.mentions)) for each in agencies_found(document)] == [("operator", 2)]


def test_times_are_told_as_they_stand_in_the_text() -> None:
    mention = TimeMention(start=3, end=7, time="2021-01-01T00:00:00Z", time_precision="year")
    document = Document(id="a", text="in 2021", mentions=(mention,))

    assert [(each.original, each.time) for each in times_found(document)] == [("2021", "2021-01-01T00:00:00Z")]
