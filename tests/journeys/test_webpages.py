"""The page of a newsroom goes in as it is; what comes out is the article in it."""

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests import webpages
from tests.following import until
from tests.problems import problem_of
from tests.service import PLAIN, Service
from tests.unit.cli.commands import run
from tests.webpages import newsroom


def send(service: Service, page: str | bytes, charset: str | None = None, **params: str) -> httpx.Response:
    """Send a page as `curl --data-binary @page.html` does."""
    media_type = "text/html" + (f"; charset={charset}" if charset else "")
    content = page if isinstance(page, bytes) else page.encode()
    return httpx.post(
        f"{service.url}/v1/articles",
        content=content,
        headers={"Content-Type": media_type},
        params=params,
        timeout=60,
        verify=PLAIN,
    )


def send_json(service: Service, article: dict[str, Any], **params: str) -> httpx.Response:
    return httpx.post(f"{service.url}/v1/articles", json=article, params=params, timeout=60, verify=PLAIN)


def address() -> str:
    return f"https://gazette.example/{uuid4().hex}"


def original(document: dict[str, Any]) -> str:
    text: str = {"text": document["text"], **document["original"]}["text"]
    return text


def test_the_events_of_a_page_come_onto_the_wire(service: Service) -> None:
    url = address()
    answer = send(service, newsroom(), url=url, source="urn:gazette")
    assert answer.status_code == httpx.codes.ACCEPTED
    id_ = answer.json()["id"]
    assert answer.headers["location"] == f"/v1/articles/{id_}"

    def look() -> dict[str, Any] | None:
        document: dict[str, Any] = service.get(f"/v1/articles/{id_}").json()
        return document if document["state"] == "published" else None

    document = until(look, 20)

    assert (document["title"], document["published"], document["language"]) == (webpages.TITLE, webpages.DATE, "en")
    assert (document["url"], document["source"]) == (url, "urn:gazette")
    assert original(document) == webpages.TEXT
    docking = next(each for each in document["events"] if each["type"] == "missionwire.docking.completed")
    (span, *_) = docking["data"]["evidence"]
    assert webpages.TEXT[span["start"] : span["end"]] in webpages.PARAGRAPHS[0]
    assert docking["time"] == "2023-02-11T08:45:00Z", "Saturday is the day that the page was published on"


def test_html_as_a_member_is_read_as_a_page_is_and_what_is_given_wins(service: Service) -> None:
    given = {"html": newsroom(), "title": "Mine", "published": "2023-02-12", "language": "en", "url": address()}

    document = send_json(service, given, dry_run="true").json()

    assert original(document) == webpages.TEXT
    assert (document["title"], document["published"]) == ("Mine", "2023-02-12")


def test_the_query_of_a_raw_page_wins_over_what_it_says(service: Service) -> None:
    document = send(service, newsroom(), dry_run="true", title="Mine", published="2023-02-12", language="fr").json()

    assert (document["title"], document["published"], document["language"]) == ("Mine", "2023-02-12", "fr")


@pytest.mark.parametrize("where", ["by its url", "by its text"])
def test_a_page_saved_again_with_other_ads_is_a_duplicate(service: Service, where: str) -> None:
    about = {"url": address()} if where == "by its url" else {"source": f"urn:{uuid4()}"}
    first = send(service, newsroom(), **about).json()
    again = send(service, newsroom(ad="Fly to Mars for a day. Call us at once!"), **about).json()
    revised = newsroom().replace("He did not have to.", "He had to.")

    assert again == {"id": first["id"], "status": "duplicate"}
    told = send(service, revised, **about).json()
    assert (told["status"] == "revised") is (where == "by its url")
    assert (told["id"] == first["id"]) is (where == "by its url")


def test_a_page_is_read_in_the_charset_that_it_is_in(service: Service) -> None:
    page = newsroom().replace("He did not have to.", "Он не вмешивался.")

    by_header = send(service, page.encode("windows-1251", "xmlcharrefreplace"), "windows-1251", dry_run="true")
    by_meta = send(service, page.replace("utf-8", "koi8-r").encode("koi8-r", "xmlcharrefreplace"), dry_run="true")
    wrongly_named = send(service, page.replace("utf-8", "iso-8859-1").encode(), dry_run="true")

    for answer in (by_header, by_meta, wrongly_named):
        assert "Он не вмешивался." in original(answer.json())


def test_saved_pages_are_published_from_a_folder(service: Service, tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text(newsroom().replace("MS-22", "MS-21"))
    (tmp_path / "front.html").write_text(webpages.LINKS)

    ran = run("publish", str(tmp_path), "--source", f"urn:{uuid4()}", "--url", service.url)

    assert (ran.code, ran.out.partition(" in ")[0]) == (1, "1 accepted, 1 faulty")
    assert "front.html:1: No article was found in that page." in ran.err


def test_a_malformed_page_gives_what_is_in_it(service: Service) -> None:
    document = send(service, webpages.BROKEN, dry_run="true").json()

    assert original(document).startswith(webpages.PARAGRAPHS[0])


@pytest.mark.parametrize("page", [webpages.LINKS, webpages.LOG_IN, "<html></html>", "x"])
def test_a_page_without_an_article_is_refused_by_name(service: Service, page: str) -> None:
    problem = problem_of(send(service, page), 422, "no-article")

    assert "No article was found in that page" in problem["detail"]


def test_a_page_over_the_limit_is_refused_and_one_just_under_it_is_read(service: Service) -> None:
    def padded(size: int) -> str:
        return newsroom(head=f"{webpages.LD}<script>{'x' * size}</script>")

    problem_of(send(service, padded(5 << 20)), 413, "body-too-large")
    assert original(send(service, padded(4_150_000), dry_run="true").json()) == webpages.TEXT


@pytest.mark.parametrize(
    ("article", "message"),
    [
        ({"html": newsroom(), "text": "x"}, "not both"),
        ({"title": "x"}, "needs the member `text`, or `html`"),
        ({"html": ""}, "is empty"),
        ({"html": newsroom(), "published": "today"}, "no RFC 3339 time"),
    ],
)
def test_what_is_no_article_is_refused_before_any_page_is_read(
    service: Service, article: dict[str, Any], message: str
) -> None:
    problem = problem_of(send_json(service, article), 422, "faulty-items")

    assert message in problem["detail"]


def test_a_faulty_query_is_refused_by_name(service: Service) -> None:
    assert problem_of(send_json(service, {"text": "x"}, url="u"), 400, "faulty-parameter")["parameter"] == "url"
    assert problem_of(send(service, newsroom(), titel="x"), 400, "faulty-parameter")["parameter"] == "titel"
    problem_of(send(service, newsroom(), published="today"), 422, "faulty-items")


def test_another_media_type_is_refused_with_those_that_are_taken(service: Service) -> None:
    answer = httpx.post(
        f"{service.url}/v1/articles", content=b"x", headers={"Content-Type": "text/plain"}, verify=PLAIN
    )

    assert problem_of(answer, 415, "unsupported-media-type")["taken"] == ["application/json", "text/html"]


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that gives a page one second."""
    env = {"MISSIONWIRE_INTAKE_WEBPAGE_TIMEOUT_S": "1"}
    with Service(tmp_path_factory.mktemp("hasty"), env=env) as running:
        yield running


@pytest.mark.slow
def test_a_page_that_hangs_the_parser_is_given_up_and_holds_up_nobody(hasty: Service) -> None:
    answers: list[httpx.Response] = []
    sender = threading.Thread(target=lambda: answers.append(send(hasty, webpages.NESTED)))
    sender.start()
    served = 0
    while sender.is_alive():
        served += hasty.get("/health/live").is_success and not answers

    assert "longer than 1 s" in problem_of(answers[0], 422, "unreadable-webpage")["detail"]
    assert served > 5, "others are served while it is read"
    assert send(hasty, newsroom()).status_code == httpx.codes.ACCEPTED


@pytest.mark.slow
def test_more_pages_than_may_wait_get_503_and_can_be_sent_again(hasty: Service) -> None:
    answers: list[httpx.Response] = []
    senders = [threading.Thread(target=lambda: answers.append(send(hasty, webpages.NESTED))) for _ in range(20)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(90)

    full = [answer for answer in answers if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE]
    assert 4 <= len(full) < 20
    problem_of(full[0], 503, "webpages-full")
    assert int(full[0].headers["retry-after"]) > 0


@pytest.mark.slow
def test_without_the_packages_a_page_is_refused_with_what_to_run(tmp_path: Path) -> None:
    missing = tmp_path / "missing" / "trafilatura"
    missing.mkdir(parents=True)
    package = missing / "__init__.py"
    package.write_text("raise ModuleNotFoundError(\"No module named 'trafilatura'\", name='trafilatura')")

    with Service(tmp_path / "data", env={"PYTHONPATH": str(missing.parent)}) as service:
        problem = problem_of(send(service, newsroom()), 501, "html-missing")
        assert "pip install 'missionwire[html]'" in problem["detail"]
        assert send_json(service, {"text": json.dumps(webpages.TEXT)}).status_code == httpx.codes.ACCEPTED

        shutil.rmtree(missing)
        assert send(service, newsroom()).status_code == httpx.codes.ACCEPTED, "it is there without a restart"
