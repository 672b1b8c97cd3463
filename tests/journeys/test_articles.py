"""An article goes in as text; what it narrates comes out of the feed, and the article says what became of it."""

from typing import Any
from uuid import uuid4

import httpx

from tests.following import Follower, until
from tests.problems import problem_of
from tests.service import PLAIN, Service

TEXT = (
    "On April 9, 2021, the Soyuz MS-18 spacecraft lifted off from Baikonur with Oleg Novitsky, Pyotr Dubrov and "
    "Mark Vande Hei on board. Later the ship docked with the International Space Station. The coupling of the Soyuz "
    "to the station took place automatically."
)


def _article(**members: Any) -> dict[str, Any]:
    return {
        "text": TEXT,
        "title": "Soyuz MS-18 reaches the station",
        "url": f"https://example.org/{uuid4().hex}",
        "published": "2021-04-10",
        **members,
    }


def _post(service: Service, article: dict[str, Any], **params: Any) -> httpx.Response:
    return httpx.post(f"{service.url}/v1/articles", json=article, params=params or None, timeout=40, verify=PLAIN)


def _settled(service: Service, id_: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        document: dict[str, Any] = service.get(f"/v1/articles/{id_}").json()
        return document if document["state"] == "published" else None

    return until(look, 20)


def test_the_events_of_an_article_come_out_of_the_feed_and_name_it(service: Service) -> None:
    article = _article()
    with Follower(service) as follower:
        answer = _post(service, article)
        assert answer.status_code == httpx.codes.ACCEPTED
        id_ = answer.json()["id"]
        assert answer.json() == {"id": id_, "status": "accepted"}
        assert answer.headers["location"] == f"/v1/articles/{id_}"
        document = _settled(service, id_)
        for event in document["events"]:
            follower.wait_for(event["id"])

    served = [event for event in follower.events if event["data"].get("article") == id_]
    assert [event["id"] for event in served] == [event["id"] for event in document["events"]]
    assert "missionwire.launch.lifted-off" in [event["type"] for event in served]
    for event in served:
        assert event["source"] == "urn:missionwire:articles"
        original = event["data"].get("original", {}).get("text", event["data"]["text"])
        assert original in TEXT
        assert all(0 <= each["start"] < each["end"] <= len(TEXT) for each in event["data"]["evidence"])


def test_an_article_tells_its_repaired_text_and_keeps_the_original(service: Service) -> None:
    id_ = _post(service, _article()).json()["id"]

    document = _settled(service, id_)

    assert document["original"]["text"] == TEXT
    assert "The docking of the Soyuz" in document["text"]
    correction = next(each for each in document["corrections"] if each["original"] == "coupling")
    assert TEXT[correction["start"] : correction["end"]] == "coupling"
    assert correction["applied"]
    assert "Oleg Novitsky" in [person["name"] for person in document["people"]]
    assert document["errors"] == []


def test_the_same_article_again_is_a_duplicate_and_another_text_a_revision(service: Service) -> None:
    article = _article()
    id_ = _post(service, article).json()["id"]
    first = _settled(service, id_)

    assert _post(service, article).json() == {"id": id_, "status": "duplicate"}
    revised = article | {"text": TEXT + " On board the station the hatches were opened."}
    assert _post(service, revised).json() == {"id": id_, "status": "revised"}

    def has_new_text() -> bool:
        document = service.get(f"/v1/articles/{id_}").json()
        return document["state"] == "published" and "hatches" in document["text"]

    until(has_new_text, 20)
    page = service.get("/v1/events", source="urn:missionwire:articles", limit=1000).json()
    ids = [event["id"] for event in page if event["data"].get("article") == id_]
    assert len(ids) == len(set(ids)), "an event that is on the wire is not published again"
    assert {event["id"] for event in first["events"]} <= set(ids)


def test_a_dry_run_tells_what_would_become_of_an_article_and_stores_nothing(service: Service) -> None:
    article = _article()

    answer = _post(service, article, dry_run="true")

    assert answer.status_code == httpx.codes.OK
    document = answer.json()
    assert document["original"]["text"] == TEXT
    assert document["events"]
    problem_of(service.get(f"/v1/articles/{document['id']}"), 404, "article-not-found")
    for event in document["events"]:
        answer = service.get("/v1/events", source=event["source"], id=event["id"])
        assert answer.json()["state"] == "unknown"


def test_an_article_without_url_is_known_by_its_text(service: Service) -> None:
    article = {"text": f"{TEXT} {uuid4().hex}"}
    id_ = _post(service, article).json()["id"]
    _settled(service, id_)

    assert _post(service, article).json() == {"id": id_, "status": "duplicate"}
    assert _post(service, {"text": article["text"] + "."}).json()["id"] != id_
