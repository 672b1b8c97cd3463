"""The calls below /v1/x/crew/."""

from collections.abc import Iterator

import pytest
from litestar import Litestar, Router
from litestar.testing import TestClient

from missionwire_crew import Crew


@pytest.fixture(scope="module")
def client(crew: Crew) -> Iterator[TestClient[Litestar]]:
    with TestClient(Litestar([Router("/v1/x/crew", route_handlers=crew.routes())])) as client:
        yield client


def test_a_person_by_id(client: TestClient[Litestar]) -> None:
    found = client.get("/v1/x/crew/people/anna-kikina").json()
    assert found["name"] == "Anna Kikina"
    assert found["missions"] == ["crew-5", "soyuz-ms-29"]


def test_a_wrong_id_is_answered_with_likely_ones(client: TestClient[Litestar]) -> None:
    answer = client.get("/v1/x/crew/people/ana-kikina")
    assert answer.status_code == 404
    assert "anna-kikina" in answer.json()["detail"]


@pytest.mark.parametrize("query", ["Анна Кикина", "kikina", "KIKINA ANNA", "kiki"])
def test_people_by_name(client: TestClient[Litestar], query: str) -> None:
    found = client.get("/v1/x/crew/people", params={"q": query}).json()
    assert [person["id"] for person in found["people"]] == ["anna-kikina"]


def test_a_name_that_nobody_bears_is_answered_with_likely_ones(client: TestClient[Litestar]) -> None:
    found = client.get("/v1/x/crew/people", params={"q": "Thomas Pesket"}).json()
    assert found["people"] == []
    assert found["did_you_mean"][0] == "thomas-pesquet"


@pytest.mark.parametrize("query", ["", "x" * 101])
def test_a_query_is_bounded(client: TestClient[Litestar], query: str) -> None:
    assert client.get("/v1/x/crew/people", params={"q": query}).status_code == 400


def test_who_was_in_space(client: TestClient[Litestar]) -> None:
    found = client.get("/v1/x/crew/in-space", params={"at": "1969-07-20T20:17:00Z"}).json()
    assert {person["id"] for person in found["people"]} == {"neil-armstrong", "edwin-aldrin", "michael-collins"}
    assert found["data_version"] == "2026-10-08"
    assert (found["number"], found["is_beyond_data"]) == (3, False)
    assert found["people"][0] == {
        "id": "edwin-aldrin",
        "name": "Edwin Aldrin",
        "gender": "male",
        "nationality": "United States",
        "agency": "nasa",
        "mission": "apollo-11",
        "spacecraft": "apollo",
        "since": "1969-07-16T13:32:00Z",
    }


def test_who_is_in_space_now_needs_no_time(client: TestClient[Litestar]) -> None:
    assert client.get("/v1/x/crew/in-space").status_code == 200


def test_a_time_after_the_data_is_told_as_such(client: TestClient[Litestar]) -> None:
    found = client.get("/v1/x/crew/in-space", params={"at": "2031-01-01"}).json()
    assert found["is_beyond_data"] is True


def test_up_and_down_are_two_facts_each_with_craft_role_and_source(client: TestClient[Litestar]) -> None:
    flights = client.get("/v1/x/crew/people/marina-vasilevskaya").json()["flights"]
    assert [(leg["mission"], leg["way"], leg["spacecraft"], leg["role"]) for leg in flights] == [
        ("soyuz-ms-25", "up", "soyuz", "spaceflight-participant"),
        ("soyuz-ms-24", "down", "soyuz", "spaceflight-participant"),
    ]
    assert all(leg["source"] and leg["time"] for leg in flights)


def test_agencies_offices_and_spellings_have_their_years_and_sources(client: TestClient[Litestar]) -> None:
    found = client.get("/v1/x/crew/people/peggy-whitson").json()
    assert "agency" not in found
    assert found["agencies"] == [
        {"agency": "nasa", "since": 1996, "to": 2018, "source": "knowledge"},
        {"agency": "axiom-space", "since": 2021, "source": "knowledge"},
    ]
    assert {"name": "Пегги Уитсон", "language": "ru", "source": "knowledge"} in found["aliases"]
    bolden = client.get("/v1/x/crew/people/charles-bolden").json()
    assert bolden["offices"] == [
        {"agency": "nasa", "role": "agency-head", "since": 2009, "to": 2017, "source": "knowledge"}
    ]


def test_a_wrong_time_is_refused(client: TestClient[Litestar]) -> None:
    refused = client.get("/v1/x/crew/in-space", params={"at": "yesterday"})
    assert (refused.status_code, "2021-10-17" in refused.text) == (400, True)
