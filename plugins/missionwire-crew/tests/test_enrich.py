"""Completing the crews of events."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from missionwire.plugin import Data, Event, Patch, Person
from missionwire_crew import Crew

Enrich = Callable[..., Awaitable[Patch | None]]


@pytest.fixture
def enrich(crew: Crew) -> Enrich:
    async def run(
        what: str,
        *people: str | Person,
        time: str | None = None,
        mission: str | None = None,
        **data: Any,  # the members of Data
    ) -> Patch | None:
        (patch,) = await crew.enrich_batch([told(what, *people, time=time, mission=mission, **data)])
        return patch

    return run


def told(
    what: str,
    *people: str | Person,
    time: str | None = None,
    mission: str | None = None,
    **data: Any,  # the members of Data
) -> Event:
    sent = tuple(Person(name=person) if isinstance(person, str) else person for person in people)
    return Event(
        id="1",
        source="urn:test",
        type=f"missionwire.{what}",
        time=time,
        subject=mission,
        mission=mission,
        data=Data(crew=sent, **data),
    )


def ids(patch: Patch | None) -> list[str | None]:
    return [person.id for person in patch.crew] if patch else []


async def test_names_as_sent_are_resolved_and_kept(enrich: Enrich) -> None:
    patch = await enrich("statement.made", "Сергей Рыжиков", Person(name="Rubins, Kate"), "Cosmonaut Ivan Wagner")
    assert patch is not None
    assert [(person.name, person.id) for person in patch.crew] == [
        ("Сергей Рыжиков", "sergey-ryzhikov"),
        ("Rubins, Kate", "kathleen-rubins"),
        ("Cosmonaut Ivan Wagner", "ivan-vagner"),
    ]


async def test_who_is_not_known_is_not_added(enrich: Enrich) -> None:
    assert await enrich("statement.made", "Jane Doe", "Novitski", Person(name="X", id="nobody")) is None


async def test_a_family_name_is_resolved_by_the_mission(enrich: Enrich) -> None:
    assert ids(await enrich("crew.examined", "Johnson", mission="sts-134")) == ["gregory-h-johnson"]
    assert ids(await enrich("crew.examined", "Greg Johnson", mission="sts-125")) == ["gregory-c-johnson"]


async def test_an_id_as_sent_is_filled(enrich: Enrich) -> None:
    patch = await enrich(
        "statement.made", Person(name="The commander", id="peggy-whitson"), time="2008-01-01T00:00:00Z"
    )
    assert patch is not None
    assert patch.crew[0].agency == "nasa"
    assert patch.crew[0].nationality == "United States"


async def test_a_mission_brings_up_its_crew(enrich: Enrich) -> None:
    patch = await enrich("launch.lifted-off", mission="soyuz-ms-24")
    assert ids(patch) == ["oleg-kononenko", "nikolai-chub", "loral-ohara"]
    assert patch is not None
    assert [person.role for person in patch.crew] == ["commander", "cosmonaut", "astronaut"]
    assert patch.fields == {}


async def test_a_mission_brings_down_whom_it_brought_down(enrich: Enrich) -> None:
    patch = await enrich("landing.completed", mission="soyuz-ms-24", time="2024-04-06T07:17:00Z")
    assert ids(patch) == ["oleg-novitskiy", "marina-vasilevskaya", "loral-ohara"]
    assert patch is not None
    assert (patch.crew[1].role, patch.crew[1].occupation) == ("spaceflight-participant", "flight attendant")


@pytest.mark.parametrize(
    ("what", "mission", "more"),
    [
        ("launch.lifted-off", "progress-ms-10", {}),  # nobody aboard
        ("landing.completed", "soyuz-ms-22", {}),  # came down empty
        ("landing.completed", "apollo-12", {"extra": {"body": "moon"}}),  # not all of them
        ("landing.completed", "soyuz-ms-24", {"time": "2023-10-06T07:17:00Z"}),  # not its day
        ("launch.scheduled", "crew-8", {}),  # crews change until they fly
        ("landing.completed", "crew-8", {"narration": "planned"}),
        ("crew.boarded", "crew-8", {}),  # before which way?
        ("anomaly.occurred", "crew-8", {}),
    ],
)
async def test_nobody_is_brought_where_it_is_not_sure(
    enrich: Enrich, what: str, mission: str, more: dict[str, Any]
) -> None:
    assert await enrich(what, mission=mission, **more) is None


async def test_the_date_tells_which_way_a_crew_departs(enrich: Enrich) -> None:
    up = await enrich("crew.departed", mission="soyuz-ms-25", time="2024-03-23T12:36:00Z")
    down = await enrich("crew.departed", mission="soyuz-ms-25", time="2024-09-23T08:36:00Z")
    assert "marina-vasilevskaya" in ids(up)
    assert "oleg-kononenko" in ids(down)


async def test_who_was_sent_is_not_joined_by_the_rest(enrich: Enrich) -> None:
    assert ids(await enrich("splashdown.completed", "Raja Chari", mission="crew-3")) == ["raja-chari"]


async def test_an_official_in_the_text_is_added_with_the_office(enrich: Enrich) -> None:
    patch = await enrich(
        "statement.made", text="NASA chief Charles Bolden praised the team in orbit.", time="2012-05-25T00:00:00Z"
    )
    assert patch is not None
    assert [(p.id, p.role, p.agency) for p in patch.crew] == [("charles-bolden", "agency-head", "nasa")]


async def test_history_in_the_text_takes_no_part_in_a_landing(enrich: Enrich) -> None:
    patch = await enrich(
        "landing.completed",
        mission="soyuz-ms-16",
        text="Chris Cassidy landed, 60 years after Yuri Gagarin was chosen, as Anatoly Ivanishin smiled.",
    )
    assert sorted(map(str, ids(patch))) == ["anatoli-ivanishin", "christopher-cassidy", "ivan-vagner"]


@pytest.mark.parametrize(
    ("what", "people", "more", "mission"),
    [
        # type, crew and date fit one flight
        ("splashdown.completed", ["Shannon Walker"], {"time": "2021-05-02T06:56:00Z"}, "crew-1"),
        ("launch.lifted-off", ["Anil Menon"], {"time": "2026-07-14T00:00:00Z", "time_precision": "day"}, "soyuz-ms-29"),
        ("crew.departed", ["Scott Kelly"], {"time": "2015-03-28T01:00:00Z"}, "soyuz-tma-16m"),  # a day for time zones
        ("undocking.completed", ["Scott Kelly"], {"time": "2016-03-02T00:00:00Z"}, "soyuz-tma-18m"),
        # no date, and yet just one flight ever
        ("launch.lifted-off", ["Klim Shipenko", "Юлия Пересильд"], {}, "soyuz-ms-19"),
        ("landing.completed", ["Klim Shipenko", "Юлия Пересильд"], {"time_precision": "unknown"}, "soyuz-ms-18"),
        (
            "splashdown.completed",
            ["Suni Williams"],
            {"time": "2025-03-01T00:00:00Z", "time_precision": "month"},
            "crew-9",
        ),
        # an attempt that came to nothing
        ("launch.scrubbed", ["Stephen Bowen"], {"time": "2023-02-27T00:00:00Z", "time_precision": "day"}, "crew-6"),
        ("crew.boarded", ["Stephen Bowen"], {"time": "2023-02-27T00:00:00Z", "time_precision": "day"}, "crew-6"),
        # an official who stands by is not aboard
        ("splashdown.completed", ["Shannon Walker", "Gwynne Shotwell"], {"time": "2021-05-02T06:56:00Z"}, "crew-1"),
    ],
)
async def test_a_mission_is_inferred_where_exactly_one_fits(
    enrich: Enrich, what: str, people: list[str], more: dict[str, Any], mission: str
) -> None:
    patch = await enrich(what, *people, **more)
    assert patch is not None
    assert patch.fields == {"subject": mission, "mission_inferred": True}


@pytest.mark.parametrize(
    ("what", "people", "more"),
    [
        ("splashdown.completed", ["Shannon Walker"], {"time": "2021-05-05T06:56:00Z"}),  # three days late
        ("launch.lifted-off", ["Shannon Walker"], {"time": "2021-05-02T06:56:00Z"}),  # the other way
        ("splashdown.completed", ["Shannon Walker", "Jane Doe"], {"time": "2021-05-02T06:56:00Z"}),  # a stranger
        ("splashdown.completed", ["Shannon Walker", "Raja Chari"], {"time": "2021-05-02T06:56:00Z"}),  # not together
        ("splashdown.completed", ["Shannon Walker"], {}),  # one alone, no date
        ("landing.completed", ["Oleg Kononenko", "Sergey Volkov"], {"narration": "planned"}),
        ("statement.made", ["Shannon Walker"], {"time": "2021-05-02T06:56:00Z"}),  # tells of nobody in flight
        ("docking.completed", ["Shannon Walker"], {"time": "2020-11-17T04:01:00Z", "station": "mir"}),
        ("docking.completed", ["Shannon Walker"], {"time": "2020-11-17T04:01:00Z", "spacecraft": "Soyuz"}),
    ],
)
async def test_a_mission_is_never_guessed(enrich: Enrich, what: str, people: list[str], more: dict[str, Any]) -> None:
    patch = await enrich(what, *people, **more)
    assert patch is not None
    assert patch.fields == {}


async def test_a_mission_as_sent_is_not_inferred_anew(enrich: Enrich) -> None:
    patch = await enrich("splashdown.completed", "Shannon Walker", mission="crew-2", time="2021-05-02T06:56:00Z")
    assert patch is not None
    assert patch.fields == {}


async def test_the_data_version_is_told_only_where_something_was_found(enrich: Enrich) -> None:
    patch = await enrich("statement.made", "Shannon Walker")
    assert patch is not None
    assert patch.ext == {"data_version": "2026-10-08"}
    assert await enrich("statement.made", text="Nothing happened.") is None


async def test_the_text_gives_the_role_of_somebody_sent_without_one(enrich: Enrich) -> None:
    patch = await enrich("filming.performed", "Klim Shipenko", text="Director Klim Shipenko filmed a tree.")
    assert patch is not None
    assert patch.crew[0].role == "director"


async def test_a_role_as_sent_stays(enrich: Enrich) -> None:
    patch = await enrich("launch.lifted-off", Person(name="Raja Chari", role="pilot"), mission="crew-3")
    assert patch is not None
    assert patch.crew[0].role == "pilot"


async def test_an_event_of_an_article_gets_nobody_whom_its_text_only_names(enrich: Enrich) -> None:
    text = "NASA unveiled the project with Elon Musk's SpaceX. Scott Kelly held the record before."
    patch = await enrich("project.announced", time="2021-01-01T00:00:00Z", text=text, article="a")
    assert ids(patch) == []
    assert "elon-musk" in ids(await enrich("project.announced", time="2021-01-01T00:00:00Z", text=text))


async def test_an_event_of_an_article_gets_ids_and_the_crew_of_its_mission(enrich: Enrich) -> None:
    patch = await enrich(
        "splashdown.completed", mission="crew-1", text="Elon Musk watched as Crew-1 splashed down.", article="a"
    )
    assert set(ids(patch)) == {"michael-hopkins", "victor-glover", "soichi-noguchi", "shannon-walker"}
    patch = await enrich("crew.egressed", "Mike Hopkins", mission="crew-1", text="He met Elon Musk.", article="a")
    assert ids(patch) == ["michael-hopkins"]


async def test_a_stranger_whom_an_article_names_does_not_keep_the_crew_of_the_mission_out(enrich: Enrich) -> None:
    doctor = Person(name="Jane Quill", id="jane-quill")
    patch = await enrich("landing.completed", doctor, mission="soyuz-ms-24", time="2024-04-06T07:17:00Z", article="a")
    assert ids(patch) == ["oleg-novitskiy", "marina-vasilevskaya", "loral-ohara"]


async def test_no_mission_is_inferred_from_people_whom_an_articles_sentence_only_names(enrich: Enrich) -> None:
    text = "Raja Chari and Tom Marshburn watched a capsule splash down."
    time = "2022-05-06T04:43:00Z"
    assert ids(await enrich("splashdown.completed", time=time, text=text, article="a")) == []


LAUNCH = told("launch.lifted-off", "Raja Chari", "Kayla Barron", time="2021-11-11T02:03:00Z", article="a")


async def test_an_event_is_of_the_flight_that_another_one_of_its_article_tells_of(crew: Crew) -> None:
    docking = told("docking.completed", "Raja Chari", article="a")
    launch, found = await crew.enrich_batch([LAUNCH, docking])
    assert launch is not None
    assert found is not None
    assert launch.fields == found.fields == {"subject": "crew-3", "mission_inferred": True}


async def test_where_nobody_is_named_the_time_tells_which_flight_of_the_article_it_is(crew: Crew) -> None:
    docking = told("docking.completed", time="2021-11-11T23:32:00Z", article="a")
    patches = await crew.enrich_batch([LAUNCH, docking])
    assert [patch.fields.get("subject") if patch else None for patch in patches] == ["crew-3", "crew-3"]


@pytest.mark.parametrize(
    ("type_", "people"), [("stage.landed", ()), ("launch.held", ()), ("milestone.reached", ("Raja Chari",))]
)
async def test_what_happens_beside_the_people_is_of_the_flight_on_whose_day_it_was(
    crew: Crew, type_: str, people: tuple[str, ...]
) -> None:
    beside = told(type_, *people, time="2021-11-11T00:00:00Z", article="a")
    beside = msgspec.structs.replace(beside, data=msgspec.structs.replace(beside.data, time_precision="day"))
    _, found = await crew.enrich_batch([LAUNCH, beside])
    assert found is not None
    assert found.fields["subject"] == "crew-3"
    assert [person.name for person in found.crew] == list(people)
    undated, other = told(type_, *people, article="a"), told(type_, *people, time="2021-12-24T00:00:00Z", article="a")
    patches = await crew.enrich_batch([LAUNCH, undated, other])
    assert all(patch is None or "subject" not in patch.fields for patch in patches[1:])


async def test_what_stopped_an_attempt_is_of_its_flight_where_one_sentence_tells_both(crew: Crew) -> None:
    why = "The first attempt failed because of a leak."
    scrubbed = told("launch.scrubbed", time="2021-11-09T00:00:00Z", text=why, article="a")
    leak = told("anomaly.occurred", time="2021-11-09T00:00:00Z", text=why, article="a")
    elsewhere = told("anomaly.occurred", text="Another ship leaked in May.", article="a")
    later = told("anomaly.occurred", text=why, article="a", narration="background")
    patches = await crew.enrich_batch([LAUNCH, scrubbed, leak, elsewhere, later])
    subjects = [patch.fields.get("subject") if patch else None for patch in patches]
    assert subjects == ["crew-3", "crew-3", "crew-3", None, None]


@pytest.mark.parametrize(
    "told_of",
    [
        {"spacecraft": "htv"},
        {"extra": {"vehicle": "h-iib"}},
        {"text": "The cargo ship lifted off on the same day."},
        {"text": "A weather satellite went up from the pad next door."},
    ],
)
async def test_what_another_craft_or_rocket_did_that_day_is_not_of_the_crew_s_flight(
    crew: Crew, told_of: dict[str, Any]
) -> None:
    other = told("launch.lifted-off", time="2021-11-11T05:00:00Z", article="a", **told_of)
    own = told("launch.lifted-off", time="2021-11-11T02:03:00Z", article="a", extra={"vehicle": "falcon-9"})
    patches = await crew.enrich_batch([LAUNCH, other, own])
    assert [patch.fields.get("subject") if patch else None for patch in patches] == ["crew-3", None, "crew-3"]


@pytest.mark.parametrize(
    "other",
    [
        told("docking.completed", "Raja Chari", article="b"),
        told("docking.completed", "Raja Chari"),
        told("docking.completed", "Shannon Walker", article="a"),
        told("docking.completed", "Raja Chari", time="2026-11-11T23:32:00Z", article="a"),
        told("docking.completed", "Raja Chari", narration="planned", article="a"),
        told("docking.completed", article="a"),
        told("statement.made", "Raja Chari", article="a"),
    ],
    ids=["of another article", "of none", "by others", "of another time", "a plan", "of nobody", "on the ground"],
)
async def test_a_flight_of_the_article_is_not_that_of(crew: Crew, other: Event) -> None:
    _, found = await crew.enrich_batch([LAUNCH, other])
    assert found is None or "subject" not in found.fields


@pytest.mark.parametrize(
    "text",
    [
        "Thomas Pesquet and his three crewmates splashed down off Florida.",
        "Thomas Pesquet splashed down with his crew mates.",
        "Shane Kimbrough and Thomas Pesquet came back, with their two colleagues.",
        "Thomas Pesquet and three others splashed down.",
    ],
)
async def test_who_is_named_with_all_the_others_brings_the_whole_crew(enrich: Enrich, text: str) -> None:
    named = [name for name in ("Shane Kimbrough", "Thomas Pesquet") if name in text]
    patch = await enrich("splashdown.completed", *named, time="2021-11-09T03:33:00Z", mission="crew-2", text=text)
    assert {"akihiko-hoshide", "megan-mcarthur", "robert-kimbrough", "thomas-pesquet"} == set(ids(patch))


@pytest.mark.parametrize(
    "text",
    [
        "Thomas Pesquet and two others were the first to leave.",
        "Thomas Pesquet splashed down and spoke with his colleagues.",
        "Thomas Pesquet and his wife met after the splashdown.",
    ],
)
async def test_who_is_named_with_some_others_brings_nobody_along(enrich: Enrich, text: str) -> None:
    patch = await enrich(
        "splashdown.completed", "Thomas Pesquet", time="2021-11-09T03:33:00Z", mission="crew-2", text=text
    )
    assert ids(patch) == ["thomas-pesquet"]


@pytest.mark.parametrize(
    ("day", "subject"), [("2021-11-11T00:00:00Z", "crew-3"), ("2021-11-20T00:00:00Z", None), (None, None)]
)
async def test_a_plan_for_the_day_on_which_the_flight_of_the_article_did_so_is_its(
    crew: Crew, day: str | None, subject: str | None
) -> None:
    net = {"net": day, "net_precision": "day"} if day else {}
    plan = told("docking.scheduled", narration="planned", article="a", extra=net)
    _, found = await crew.enrich_batch([LAUNCH, plan])
    assert (found.fields.get("subject") if found else None) == subject


@pytest.mark.parametrize(
    ("type_", "article", "subject"),
    [("launch.rescheduled", "a", "crew-3"), ("docking.rescheduled", "a", None), ("launch.rescheduled", "b", None)],
)
async def test_a_step_that_was_put_off_is_of_the_flight_of_which_the_article_tells_that_it_came(
    crew: Crew, type_: str, article: str, subject: str | None
) -> None:
    _, found = await crew.enrich_batch([LAUNCH, told(type_, article=article)])
    assert (found.fields.get("subject") if found else None) == subject


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Raja Chari was the first to float in.", 4),
        ("The first to enter was Raja Chari.", 4),
        ("Raja Chari floated in.", 1),
    ],
)
async def test_with_the_first_who_enters_the_whole_crew_arrives(enrich: Enrich, text: str, count: int) -> None:
    patch = await enrich("crew.arrived", "Raja Chari", time="2021-11-12T00:00:00Z", mission="crew-3", text=text)
    assert len(ids(patch)) == count
