import pytest

from missionwire.plugin import Document
from missionwire_articles import Articles


async def named(articles: Articles, text: str) -> list[tuple[str, str, str | None]]:
    found = await articles.annotate(Document(id="a", text=text))
    return [(text[mention.start : mention.end], mention.what, mention.id) for mention in found]


@pytest.mark.parametrize(
    ("written", "mission"),
    [
        ("Soyuz MS-18", "soyuz-ms-18"),
        ("Союз МС-18", "soyuz-ms-18"),
        ("Soyuz TMA-06M", "soyuz-tma-06m"),
        ("Союзе ТМА-06М", "soyuz-tma-06m"),
        ("Soyuz 11", "soyuz-11"),
        ("Sojus MS-24", "soyuz-ms-24"),
        ("Crew-1", "crew-1"),
        ("STS-135", "sts-135"),
        ("STS-51-L", "sts-51-l"),
        ("Shenzhou-13", "shenzhou-13"),
        ("Shenzhou XIII", "shenzhou-13"),
        ("神舟十三", "shenzhou-13"),
        ("神舟二十", "shenzhou-20"),
        ("Шэньчжоу-13", "shenzhou-13"),
        ("Apollo 11", "apollo-11"),
        ("Аполлон-11", "apollo-11"),
        ("Expedition 65", "expedition-65"),
        ("Artemis I", "artemis-1"),
        ("Artemis III", "artemis-3"),
        ("Axiom Mission 1", "axiom-1"),
        ("Ax-1", "axiom-1"),
        ("Progress MS-18", "progress-ms-18"),
        ("Progress 81", "progress-81"),
        ("Gemini 8", "gemini-8"),
        ("Friendship 7", "mercury-atlas-6"),
        ("Demo-2", "crew-dragon-demo-2"),
        ("Crew Flight Test", "boeing-crew-flight-test"),
        ("NS-18", "blue-origin-ns-18"),
        ("Inspiration4", "inspiration4"),
    ],
)
async def test_a_mission_is_known_by_its_designation(articles: Articles, written: str, mission: str) -> None:
    assert (written, "mission", mission) in await named(articles, f"They flew on {written}, it was said.")


async def test_the_company_is_no_part_of_a_designation(articles: Articles) -> None:
    found = await named(articles, "NASA's SpaceX Crew-2 and SpaceX Crew 3")
    assert found == [("Crew-2", "mission", "crew-2"), ("Crew 3", "mission", "crew-3")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aboard the International Space Station (ISS)", ["iss", "iss"]),
        ("a bordo da Estação Espacial Internacional", ["iss"]),
        ("экипаж МКС стартовал с Байконура", ["iss", "baikonur"]),
        ("near Dzhezkazgan, Kazakhstan", ["kazakh-steppe"]),
        ("a Soyuz-2.1a rocket", ["soyuz-2"]),
        ("a Long March-2F from Jiuquan", ["long-march-2f", "jiuquan"]),
        ("from Launch Complex 39A at Kennedy Space Center", ["kennedy", "kennedy"]),
        ("docked with the Tianhe module", ["tiangong"]),
        ("aboard Salyut 7 and then the Mir space station", ["salyut-7", "mir"]),
        ("the space shuttle Atlantis", ["space-shuttle"]),
        ("国际空间站", ["iss"]),
    ],
)
async def test_craft_stations_and_sites_are_known_by_their_aliases(
    articles: Articles, text: str, expected: list[str]
) -> None:
    assert [found[2] for found in await named(articles, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The issue was not a miss; iss is no word.",
        "Mir Osman Ali Khan ruled Hyderabad.",
        "Mir geht es gut.",
        "The Gateway Arch stands in St. Louis.",
        "The Orion Nebula is 1,344 light years away.",
        "Mercury is the smallest planet.",
        "The Starship Enterprise is a ship of fiction.",
        "Apollo was a Greek god, Gemini is a sign.",
        "We made progress. Progress was slow: 7 percent.",
        "An electron has a charge. The Atlantis hotel opened.",
        "The Cygnus constellation and Cygnus X-1",
        "Sloyuz MS-18x9 and xSoyuz MS-1",
        "Crew 3 of the bus went home.",
        "Google released Gemini 2.5 and Gemini 1 Pro.",
        "Союз писателей собрался в Москве.",
        "Dragon boats raced on the river.",
    ],
)
async def test_words_that_mean_something_else_are_no_craft(articles: Articles, text: str) -> None:
    assert await named(articles, text) == []


async def test_a_careful_name_counts_where_its_context_holds(articles: Articles) -> None:
    assert ("Orion", "spacecraft", "orion") in await named(articles, "NASA's Orion splashed down.")
    assert ("Mir", "station", "mir") in await named(articles, "He lived aboard Mir with two cosmonauts.")
    assert ("Gateway", "station", "gateway") in await named(articles, "A module for the Gateway in lunar orbit.")
    assert ("Starship", "spacecraft", "starship") in await named(articles, "SpaceX flew Starship again.")


async def test_a_soyuz_rocket_is_no_mission(articles: Articles) -> None:
    assert await named(articles, "a Soyuz-2 rocket and a Soyuz 5 rocket") == [
        ("Soyuz-2 rocket", "vehicle", "soyuz-2"),
        ("Soyuz", "spacecraft", "soyuz"),
    ]


async def test_an_orbiter_is_known_by_its_name_alone_once_it_was_called_a_shuttle(articles: Articles) -> None:
    found = await named(articles, "The space shuttle Atlantis flew. Atlantis landed. Columbia is a river.")
    assert found == [
        ("space shuttle Atlantis", "spacecraft", "space-shuttle"),
        ("Atlantis", "spacecraft", "space-shuttle"),
    ]
    assert await named(articles, "Atlantis is a myth. The space shuttle flew.") == [
        ("space shuttle", "spacecraft", "space-shuttle")
    ]


@pytest.mark.parametrize(
    ("text", "mission"),
    [
        ("The Japanese lander SLIM is on the Moon.", "slim"),
        ("Hayabusa2 is back.", "hayabusa2"),
        ("The first Hayabusa came back in 2010.", "hayabusa"),
        ("Chang’e-6 has landed.", "chang-e-6"),
        ("Chang'e 4 has landed.", "chang-e-4"),
        ("Aditya-L1 looks at the Sun.", "aditya-l1"),
        ("Galactic 01 went up from New Mexico.", "galactic-01"),
        ("The probe Juno flew past Jupiter.", "juno"),
    ],
)
async def test_probes_are_missions_by_their_names(articles: Articles, text: str, mission: str) -> None:
    assert mission in [id_ for _, what, id_ in await named(articles, text) if what == "mission"]


async def test_a_probe_is_known_by_the_name_that_the_text_gives_it(articles: Articles) -> None:
    found = await named(articles, "Zaria is on its way. The probe Zaria has left.")
    assert [each for each in found if each[1] == "mission"] == [("Zaria", "mission", "zaria")] * 2


@pytest.mark.parametrize(
    "text", ["A probe NASA sent.", "The shop Juno sells shoes.", "SLIM fit jeans", "Lucy Reed ran."]
)
async def test_what_is_no_probe_is_none(articles: Articles, text: str) -> None:
    assert not [each for each in await named(articles, text) if each[1] == "mission"]
