"""A given name alone, a nickname, a short form, one family name for two: who is meant, and where nobody is."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import PersonMention

Find = Callable[..., Awaitable[list[PersonMention]]]


def ids(mentions: list[PersonMention]) -> list[tuple[str, str | None]]:
    return [(mention.name, mention.id) for mention in mentions]


@pytest.mark.parametrize(
    "text",
    [
        "Luca Parmitano is back from orbit. “Luca is fine,” he heard.",
        "“Luca is fine,” they heard in orbit. It was Luca Parmitano.",
        "Luca Parmitano is back from orbit. A nurse caught Luca.",
        "Luca Parmitano is back from orbit. Luca's helmet leaked.",
        "Luca Parmitano is back from orbit. Then the astronaut Luca slept.",
    ],
)
async def test_a_given_name_alone_is_the_only_one_who_bears_it(find: Find, text: str) -> None:
    found = await find(text)
    assert [mention.name for mention in found if mention.name == "Luca"] == ["Luca"]
    assert {mention.id for mention in found} == {"luca-parmitano"}
    assert {mention.gender for mention in found} == {"male"}


@pytest.mark.parametrize(
    "words",
    [
        "The San Luca church is old.",
        "The Luca bridge is old.",
        "A picture of Luca Street hung there.",
        "They hung it in Luca Hall.",
        "They saw Luca station.",
        "It was called Luca 2.",
        "#Luca and @Luca spoke.",
        "Nobody read luca and LUCA.",
        "King Luca the Great ruled.",
        "The ferry Luca sank; Luca is lost.",
        "Luca Bianchi, a nurse, came, and Luca laughed.",
        "His son Luca came, and Luca laughed.",
    ],
)
async def test_a_given_name_that_is_a_thing_or_that_two_bear_is_nobody(find: Find, words: str) -> None:
    found = await find(f"Luca Parmitano is back from orbit. {words}")
    assert "luca-parmitano" not in {mention.id for mention in found[1:]}


async def test_a_given_name_without_the_whole_name_is_nobody(find: Find) -> None:
    assert await find("Luca is back from orbit. Samantha laughed.") == []


async def test_a_given_name_that_is_a_word_needs_a_verb(find: Find) -> None:
    found = await find("Mark Kelly flew in space. Mark the date. Mark said so. They left Paris on Mark.")
    assert ids(found) == [("Mark Kelly", "mark-kelly"), ("Mark", "mark-kelly")]


async def test_a_written_given_name_goes_before_the_short_form_of_another(find: Find) -> None:
    found = await find("Walter Cunningham and Wally Schirra were in orbit. Walter cursed, Wally sneezed.")
    assert [mention.id for mention in found[2:]] == ["walter-cunningham", "walter-schirra"]


async def test_a_given_name_in_two_parts_stays_together(find: Find) -> None:
    found = await find("Jean-Loup Chrétien flew in space. Jean-Loup waved. Jean and Loup left.")
    assert [mention.name for mention in found] == ["Jean-Loup Chrétien", "Jean-Loup"]


async def test_a_chinese_family_name_is_no_given_name_and_stands_alone(find: Find) -> None:
    found = await find(
        "Tang Hongbo commands the spacecraft. Tang, Tang Shengjie and Jiang Xinlin took off. Tang poems!"
    )
    assert [mention.id for mention in found] == ["tang-hongbo", "tang-hongbo", "tang-shengjie", "jiang-xinlin"]


@pytest.mark.parametrize(
    "written", ["Michaela Benthaus", "Michaela (Michi) Benthaus", "Michaela “Michi” Benthaus", "Michi Benthaus"]
)
async def test_a_nickname_of_the_roster_is_there_or_not_and_stands_alone(find: Find, written: str) -> None:
    found = await find(f"The engineer {written} flew on New Shepard. Michi laughed. Benthaus did, too.")
    assert ids(found) == [
        (written, "michaela-michi-benthaus"),
        ("Michi", "michaela-michi-benthaus"),
        ("Benthaus", "michaela-michi-benthaus"),
    ]


async def test_who_made_a_short_hop_is_open_beside_another_trade_where_no_hop_is_told_of(find: Find) -> None:
    found = await find("The engineer Michaela Benthaus looks at satellites in orbit.")
    assert [mention.id for mention in found] == [None]


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Gopi Thotakura", "gopichand-thotakura"),
        ("Cady Coleman", "catherine-coleman"),
        ("Suni Williams", "sunita-williams"),
        ("Sasha Volkov", "aleksandr-volkov"),
        ("Kate Rubins", "kathleen-rubins"),
        ("Lena Serova", "yelena-serova"),
    ],
)
async def test_short_forms_of_many_languages_are_given_names(find: Find, written: str, person: str) -> None:
    assert [mention.id for mention in await find(f"On New Shepard or in orbit, {written} slept.")] == [person]


async def test_one_family_name_may_be_said_for_two(find: Find) -> None:
    found = await find("Mark and Scott Kelly flew in space; the singer Tom and Scott Kelly did not.")
    assert ids(found)[:2] == [("Mark", "mark-kelly"), ("Scott Kelly", "scott-kelly")]
    assert "Tom" not in {mention.name for mention in found}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rosa, the astronaut’s sister, saw the orbit. Rosa cried.", ["Rosa", "Rosa"]),
        ("His daughter, Tatyana, saw the orbit.", ["Tatyana"]),
        ("Her mother, Colleen, saw the orbit. Colleen cried.", ["Colleen", "Colleen"]),
        ("His sons Oleg and Ivan saw the orbit.", ["Oleg", "Ivan"]),
        ("The orbit was seen by his brother Zbyszko.", ["Zbyszko"]),
    ],
)
async def test_a_relative_needs_no_family_name(find: Find, text: str, names: list[str]) -> None:
    assert ids(await find(text)) == [(name, name.lower()) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "Rosa, the nearest village, saw the orbit.",
        "The orbit of Mother Earth, and the Sister Ships.",
        "In orbit, brother Tuesday is near.",
        "The mother ship, Eve, is in orbit.",
    ],
)
async def test_a_capital_beside_the_word_for_a_relative_is_no_proof(find: Find, text: str) -> None:
    assert await find(text) == []


async def test_whose_family_name_was_used_keeps_it_after_a_relative_comes(find: Find) -> None:
    found = await find("Eileen Collins was in orbit. Collins slept. Rose Marie Collins, 71, cheered. Collins smiled.")
    assert [mention.id for mention in found] == [
        "eileen-collins",
        "eileen-collins",
        "rose-marie-collins",
        "eileen-collins",
    ]


async def test_where_the_text_tells_of_two_of_a_family_name_it_is_open(find: Find) -> None:
    found = await find("Yuri Borisov left Roscosmos. Borisov met Ivan Borisov. The two Borisovs spoke. Borisov left.")
    assert [mention.id for mention in found] == ["yuri-borisov", "yuri-borisov", "ivan-borisov", None]


async def test_the_family_name_of_the_roster_is_not_a_relatives_given_name(find: Find) -> None:
    found = await find("Rosa, the astronaut’s wife, saw the orbit.")
    assert [mention.id for mention in found] == ["rosa"]


async def test_a_nickname_in_brackets_stands_alone(find: Find) -> None:
    found = await find("Barry (Butch) Wilmore was in orbit. Butch waved; Butch Cassidy did not.")
    assert ids(found)[:2] == [("Barry (Butch) Wilmore", "barry-wilmore"), ("Butch", "barry-wilmore")]
