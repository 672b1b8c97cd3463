"""Who is named in a text, and what is said of them."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Data, Event, Person, PersonMention
from missionwire_crew import Crew
from missionwire_crew.flights import load_flights
from missionwire_crew.roster import load_roster

Find = Callable[..., Awaitable[list[PersonMention]]]


def ids(mentions: list[PersonMention]) -> list[tuple[str, str | None]]:
    return [(mention.name, mention.id) for mention in mentions]


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Sergey Ryzhikov", "sergey-ryzhikov"),
        ("Sergei Ryzhikov", "sergey-ryzhikov"),
        ("Сергей Рыжиков", "sergey-ryzhikov"),
        ("Sergueï Ryjikov", "sergey-ryzhikov"),
        ("Kate Rubins", "kathleen-rubins"),
        ("Jim Lovell", "james-lovell"),
        ("James A. Lovell", "james-lovell"),
        ('Barry "Butch" Wilmore', "barry-wilmore"),
        ("Yelena Olegovna Serova", "yelena-serova"),
        ("Yaping Wang", "wang-yaping"),
        ("Wakata Koichi", "koichi-wakata"),
        ("Kapu Tibor", "tibor-kapu"),
        ("Yi So-yeon", "yi-so-yeon"),
        ("Yi Soyeon", "yi-so-yeon"),
        ("Hazza al-Mansouri", "hazza-al-mansouri"),
        ("Mark Vande Hei", "mark-vande-hei"),
        ("Frank de Winne", "frank-de-winne"),
        ("Loral O’Hara", "loral-ohara"),
        ("MICHAEL LÓPEZ-ALEGRÍA", "michael-lopez-alegria"),
        ("Samantha\nCristoforetti", "samantha-cristoforetti"),
        ("Andre\u0301 Kuipers", "andre-kuipers"),
    ],
)
async def test_a_whole_name_decides_however_it_is_spelled(find: Find, written: str, person: str) -> None:
    found = await find(f"In orbit, {written} fixed the pump.")
    assert ids(found) == [(written, person)]


async def test_a_family_name_counts_beside_the_whole_name_of_somebody_of_that_crew_at_that_time(find: Find) -> None:
    text = "The damaged spacecraft was to bring home Prokopyev, Petelin and Francisco Rubio."
    assert [m.id for m in await find(text, published="2023-02-12")] == [
        "sergey-prokopyev",
        "dmitry-petelin",
        "francisco-rubio",
    ]
    assert [m.id for m in await find(text, published="2035-02-12")] == ["francisco-rubio"]


async def test_two_of_a_crew_bring_the_third_to_mind_whatever_the_year(find: Find) -> None:
    text = "In orbit, Armstrong spoke of Buzz Aldrin and Michael Collins."
    assert [m.id for m in await find(text, published="2019-07-16")] == [
        "neil-armstrong",
        "edwin-aldrin",
        "michael-collins",
    ]


async def test_who_flew_with_whom_the_text_names_is_the_bearer_that_is_meant(find: Find) -> None:
    text = "In orbit, Scott Altman, Megan McArthur and Greg Johnson waited."
    assert [m.id for m in await find(text)] == ["scott-altman", "megan-mcarthur", "gregory-c-johnson"]


async def test_one_of_a_crew_is_no_proof_for_a_name_of_many(find: Find) -> None:
    found = await find("Astronaut Shannon Walker returned from orbit. Glover waved.", published="2021-05-02")
    assert [m.id for m in found] == ["shannon-walker"]


async def test_a_family_name_counts_after_the_whole_name(find: Find) -> None:
    found = await find("Tim Peake ran a marathon in orbit. Peake's legs hurt, Peake wrote.")
    assert ids(found) == [("Tim Peake", "tim-peake"), ("Peake", "tim-peake"), ("Peake", "tim-peake")]


async def test_a_family_name_does_not_count_before_the_whole_name(find: Find) -> None:
    assert ids(await find("Peake waved. It was Tim Peake.")) == [("Tim Peake", "tim-peake")]


async def test_a_whole_name_in_the_title_counts_as_said_before(find: Find) -> None:
    assert ids(await find("Parmitano waved.", title="Luca Parmitano is back")) == [("Parmitano", "luca-parmitano")]


async def test_another_spelling_of_the_family_name_counts_too(find: Find) -> None:
    found = await find("Oleg Artemyev came out first, then Artemiev waved; Артемьев smiled.")
    assert {mention.id for mention in found} == {"oleg-artemyev"}
    assert len(found) == 3


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("The cosmonaut Prokopyev came out first.", "sergey-prokopyev"),
        ("Russian cosmonaut Petelin smiled.", "dmitry-petelin"),
        ("L'astronaute Pesquet a parlé.", "thomas-pesquet"),
        ("O cosmonauta Kononenko sorriu.", "oleg-kononenko"),
        ("Космонавт Кононенко улыбнулся.", "oleg-kononenko"),
        ("Station commander Hoshide spoke.", "akihiko-hoshide"),
        ("NASA Administrator Bridenstine spoke.", "jim-bridenstine"),
        ("Roscosmos chief Borisov spoke.", "yuri-borisov"),
    ],
)
async def test_a_noun_before_a_family_name_decides(find: Find, text: str, person: str) -> None:
    assert [mention.id for mention in await find(text)] == [person]


@pytest.mark.parametrize(
    "text",
    [
        "Prokopyev came out first.",
        "The taikonaut Prokopyev spoke.",  # he is none
        "The French astronaut Parmitano spoke.",  # he is Italian
        "The actress Kikina spoke.",
        "The NASA chief Rogozin spoke.",  # of another agency
        "Chief Rogozin spoke.",
    ],
)
async def test_without_a_second_fact_that_fits_nobody_is_meant(find: Find, text: str) -> None:
    assert [mention.id for mention in await find(text) if mention.id] == []


async def test_of_several_bearers_none_is_taken(find: Find) -> None:
    (found,) = await find("The cosmonaut Volkov spoke.")
    assert found.id is None
    assert found.candidates == ("aleksandr-volkov", "sergey-volkov", "vladislav-volkov")


async def test_the_time_decides_between_bearers(find: Find) -> None:
    (found,) = await find("The cosmonaut Volkov spoke.", published="2016-03-02")
    assert found.id == "sergey-volkov"


async def test_a_mission_in_the_text_decides_between_bearers(find: Find) -> None:
    (found,) = await find("The cosmonaut Volkov spoke.", missions=("soyuz-tm-7",))
    assert found.id == "aleksandr-volkov"


async def test_a_mission_in_the_text_is_a_second_fact_by_itself(find: Find) -> None:
    assert ids(await find("On Soyuz MS-22, Petelin sat left.", missions=("soyuz-ms-22",))) == [
        ("Petelin", "dmitry-petelin")
    ]


async def test_the_crew_of_the_event_is_a_second_fact(find: Find) -> None:
    event = Event(id="1", source="s", type="missionwire.crew.examined", data=Data(crew=(Person(name="Anne McClain"),)))
    assert [m.id for m in await find("McClain felt well.", event=event)] == ["anne-mcclain"]


async def test_two_of_one_family_name_leave_it_open(find: Find) -> None:
    found = await find("Astronauts Scott Kelly and Mark Kelly are twins. Kelly laughed.")
    assert [mention.id for mention in found] == ["scott-kelly", "mark-kelly", None]
    assert found[2].candidates == ("mark-kelly", "scott-kelly")
    assert found[2].gender is None


async def test_a_middle_initial_tells_two_apart(find: Find) -> None:
    found = await find("Astronauts Gregory C. Johnson and Gregory H. Johnson met Gregory Johnson.")
    assert [mention.id for mention in found] == ["gregory-c-johnson", "gregory-h-johnson", None]


async def test_what_is_known_and_said_of_somebody(find: Find) -> None:
    (found,) = await find("The Russian commander Anna Kikina smiled.")
    assert (found.gender, found.nationality, found.agency, found.role) == ("female", "Russia", "roscosmos", "commander")


async def test_a_flyer_has_no_role_that_the_text_does_not_give(find: Find) -> None:
    (found,) = await find("Anna Kikina smiled in orbit.")
    assert found.role is None


async def test_a_list_shares_its_noun(find: Find) -> None:
    found = await find("Taikonauts Jing Haipeng, Zhu Yangzhu and Gui Haichao landed.")
    assert [(m.id, m.role) for m in found] == [
        ("jing-haipeng", "taikonaut"),
        ("zhu-yangzhu", "taikonaut"),
        ("gui-haichao", "taikonaut"),
    ]


async def test_an_apposition_gives_the_role(find: Find) -> None:
    (found,) = await find("Pamela Melroy, the shuttle commander, spoke.", published="2007-11-01")
    assert found.role == "commander"


async def test_an_office_holds_only_in_its_years(find: Find) -> None:
    (then,) = await find("Anatoly Perminov spoke about the station.", published="2009-05-01")
    (later,) = await find("Anatoly Perminov spoke about the station.", published="2020-05-01")
    assert (then.role, then.agency) == ("agency-head", "roscosmos")
    assert (later.role, later.agency) == (None, None)


async def test_an_actor_of_the_roster_has_the_trade(find: Find) -> None:
    (found,) = await find("The actress Julia Peressild sang in orbit.")
    assert (found.id, found.role, found.occupation) == ("yulia-peresild", "actor", "actor")


async def test_russian_cases_are_read(find: Find) -> None:
    found = await find("Врачи осмотрели Анну Кикину и Сергея Рыжикова. Кикиной помогли.")
    assert [mention.id for mention in found] == ["anna-kikina", "sergey-ryzhikov", "anna-kikina"]


@pytest.mark.parametrize(
    ("text", "name", "person"),
    [
        ("عاد رائد الفضاء هزاع المنصوري إلى NASA", "هزاع المنصوري", "hazza-al-mansouri"),
        ("التقى وسلطان النيادي في NASA", "سلطان النيادي", "sultan-al-neyadi"),
        ("航天员聂海胜和汤洪波", "聂海胜", "nie-haisheng"),
        ("宇宙飛行士の土井隆雄さん", "土井隆雄", "takao-doi"),
        ("우주인 이소연 씨", "이소연", "yi-so-yeon"),
        ("Космонавту Андрею Борисенко вручили орден", "Андрею Борисенко", "andrei-borisenko"),
    ],
)
async def test_a_name_is_found_in_its_own_script(find: Find, text: str, name: str, person: str) -> None:
    assert (name, person) in ids(await find(text))


async def test_a_name_inside_an_arabic_word_is_none(find: Find) -> None:
    assert await find("NASA: سلطان النياديون") == []


async def test_the_text_says_of_what_agency_somebody_is_where_the_data_do_not(find: Find) -> None:
    (now,) = await find("NASA astronaut Suni Williams spoke.", published="2035-01-01")
    (then,) = await find("Former NASA astronaut Suni Williams spoke.", published="2035-01-01")
    assert (now.agency, then.agency) == ("nasa", None)


async def test_german_and_french_spellings_of_russian_names_are_read(find: Find) -> None:
    found = await find("Im Orbit: Pjotr Dubrow, Fjodor Jurtschichin, Oleg Artemjew, Sergueï Prokopiev.")
    assert [m.id for m in found] == ["pyotr-dubrov", "fyodor-yurchikhin", "oleg-artemyev", "sergey-prokopyev"]


async def test_names_without_gaps_between_words_are_found(find: Find) -> None:
    (found,) = await find("航天员景海鹏出舱。")
    assert (found.id, found.start, found.end) == ("jing-haipeng", 3, 6)


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Edwin E. “Buzz” Aldrin", "edwin-aldrin"),
        ("Mark T. Vande Hei", "mark-vande-hei"),
        ("Jean-Loup J. M. Chrétien", "jean-loup-chretien"),
        ("Tracy C. Dyson", "tracy-caldwell-dyson"),
        ("T.J. Creamer", "timothy-creamer"),
        ("K. Sivan", "k-sivan"),
        ("Aleksandr Pavlovich Aleksandrov", "aleksandr-pavlovich-aleksandrov"),
    ],
)
async def test_middle_names_and_initials_are_read_over(find: Find, written: str, person: str) -> None:
    assert ids(await find(f"In orbit, {written} fixed the pump.")) == [(written, person)]


async def test_everybody_is_found_by_the_name_of_the_roster(crew: Crew, find: Find) -> None:
    for human in load_roster(load_flights()):
        name = human.name.removesuffix(".")
        assert ids(await find(f"The spacecraft carried {human.name} into orbit.")) == [(name, human.id)]


@pytest.mark.parametrize(
    ("piece", "people_each"),
    [
        ("A ", []),
        ("O. ", []),
        ("Oleg ", []),
        ('Oleg "', []),
        ("Ka'", []),
        ("Oleg Kotov slept. Kotov ate. ", ["oleg-kotov", "oleg-kotov"]),
    ],
)
async def test_a_long_text_is_read_to_its_end(find: Find, piece: str, people_each: list[str]) -> None:
    times = 20_000 // len(piece)
    assert [mention.id for mention in await find(piece * times)] == people_each * times
