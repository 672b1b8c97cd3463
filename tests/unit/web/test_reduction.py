import pytest

from missionwire.web.reduction import reduce
from tests import webpages
from tests.webpages import newsroom


def test_a_page_is_reduced_to_its_article() -> None:
    reduced = reduce(newsroom(), None)

    assert reduced is not None
    assert reduced.text == webpages.TEXT
    assert (reduced.title, reduced.published, reduced.language) == (webpages.TITLE, webpages.DATE, "en")


@pytest.mark.parametrize(
    ("head", "visible", "url"),
    [
        (webpages.LD, "", None),
        (webpages.META, "", None),
        ("", webpages.VISIBLE, None),
        ("", "", "https://gazette.example/2023/02/11/progress"),
    ],
    ids=["JSON-LD", "meta", "time", "url"],
)
def test_the_date_is_the_one_that_the_page_marks_as_its_own(head: str, visible: str, url: str | None) -> None:
    reduced = reduce(newsroom(head=head, visible=visible), url)

    assert reduced is not None
    assert reduced.published == webpages.DATE


def test_a_date_that_only_stands_somewhere_is_not_taken() -> None:
    reduced = reduce(newsroom(head=""), None)

    assert reduced is not None
    assert reduced.published is None


@pytest.mark.parametrize(
    ("language", "head", "expected"),
    [
        (' lang="pt-BR"', "", "pt"),
        ("", '<meta property="og:locale" content="es_ES">', "es"),
        (' lang="en"', '<meta property="og:locale" content="fr_FR">', None),
        ("", "", None),
        (' lang="<?php lang ?>"', "", None),
    ],
)
def test_a_language_is_taken_where_all_that_the_page_says_agrees(
    language: str, head: str, expected: str | None
) -> None:
    reduced = reduce(newsroom(language=language, head=head), None)

    assert reduced is not None
    assert reduced.language == expected


def test_another_ad_leaves_the_text_as_it_was() -> None:
    one, other = reduce(newsroom(), None), reduce(newsroom(ad="Fly to Mars for a day. Call us at once!"), None)

    assert one == other


def test_a_malformed_page_gives_what_is_in_it() -> None:
    reduced = reduce(webpages.BROKEN, None)

    assert reduced is not None
    assert reduced.text.startswith(webpages.PARAGRAPHS[0])
    assert "He did not have to." in reduced.text


@pytest.mark.parametrize(
    "page",
    [webpages.LINKS, webpages.LOG_IN, "<html></html>", "x", "<" * 10_000, "<div>" * 20_000, "\x00<html>\ud800"],
    ids=["links", "log in", "empty", "no page", "signs", "deep", "no text"],
)
def test_where_there_is_no_article_none_is_made_up(page: str) -> None:
    assert reduce(page, None) is None
