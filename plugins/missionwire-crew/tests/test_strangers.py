"""Texts in which a name of the roster is somebody else's, or no name at all."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import AgencyMention, Document, PersonMention
from missionwire_crew import Crew

Find = Callable[..., Awaitable[list[PersonMention]]]


@pytest.mark.parametrize(
    "text",
    [
        "John Young painted the town hall. Young people liked it.",
        "Michael Collins opened a bakery with Mark Brown.",
        "Russell Wilson threw the ball to Steve Young.",
        "The Yuri Gagarin Cosmonaut Training Center hired cosmonauts.",
        "The freighter S.S. Kalpana Chawla left the station.",
        "NASA Glenn tests engines. The Glenn Research Center hired an astronaut.",
        "A film with Robert downey will be shot in orbit.",
        "The White House and young Bean counters read about space.",
        "See https://space.example/wiki/Zhang_Lu for more.",
        "The spacecraft landed in Siziwang Banner, Inner Mongolia, carrying astronauts of three countries.",
        "Dr. Sverdlov, a cosmonaut doctor, spoke of orbit.",
        "oleg and novitskiy",
        "",
    ],
)
async def test_nobody_is_found(find: Find, text: str) -> None:
    assert await find(text) == []


async def test_another_given_name_is_somebody_else(find: Find) -> None:
    found = await find("Astronaut Scott Kelly landed. Megyn Kelly asked him.")
    assert [mention.name for mention in found] == ["Scott Kelly"]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Steve Stich, who manages the programme, spoke of the spacecraft.", "Steve Stich", None),
        ("The astronauts met Prime Minister Narendra Modi.", "Narendra Modi", None),
        ("“The orbit is good,” said Aroha Ngata.", "Aroha Ngata", None),
        ("Zyta Gorecka, a physicist, looked at the orbit.", "Zyta Gorecka", None),
        ("Sui Qisheng, in charge of the search, saw the spacecraft.", "Sui Qisheng", None),
        ("The governor, Wikus Venter, saw the spacecraft.", "Wikus Venter", None),
        ("NASA Flight Director Zebulon Pratt watched the orbit.", "Zebulon Pratt", "flight-director"),
        ("In Houston Glynn Lunney watched the orbit.", "Glynn Lunney", None),
        ("The cosmonaut Zakhar Nechayev trains for space.", "Zakhar Nechayev", "cosmonaut"),
        ("The president of the space agency, Zoltar Gaudenti, spoke.", "Zoltar Gaudenti", None),
        ("Among them was Rose Marie Quill, near the orbit.", "Rose Marie Quill", None),
        ("The astronauts met President Lula.", "Lula", None),
        ("The astronauts met Prime Minister Mishustin.", "Mishustin", None),
        ("The astronauts met President Xi.", "Xi", None),
    ],
)
async def test_whom_the_text_presents_is_found_with_an_id_of_the_name(
    find: Find, text: str, name: str, role: str | None
) -> None:
    (found,) = await find(text)
    assert (found.name, found.id, found.role) == (name, name.lower().replace(" ", "-"), role)
    assert (found.gender, found.nationality, found.agency) == (None, None, None)


async def test_the_family_name_of_a_stranger_counts_after_the_whole_name(find: Find) -> None:
    found = await find(
        "Ngata waited. The engineer Aroha Ngata built the spacecraft. Ngata’s team cheered; the Ngata won."
    )
    assert [(mention.name, mention.id) for mention in found] == [
        ("Aroha Ngata", "aroha-ngata"),
        ("Ngata", "aroha-ngata"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The USS John P. Quark took the capsule aboard after its orbit.",
        "The James Webb telescope is in orbit.",
        "The spacecraft left Cape Canaveral for Virginia Beach.",
        "Mission Control said that the spacecraft is well.",
        "The orbit is known, said White House officials.",
        "It was Mrs James Lovell who waited for the spacecraft.",  # nobody of the roster, and no id of his for her
    ],
)
async def test_what_is_no_person_has_no_id_of_a_name(find: Find, text: str) -> None:
    assert await find(text) == []


async def test_what_others_have_named_is_no_stranger(crew: Crew) -> None:
    text = "The engineer Rocket Labs flew to space. The minister Jane Quill spoke."
    agency = AgencyMention(start=13, end=24, name="Rocket Labs", id="rocket-lab")
    found = await crew.annotate(Document(id="a", text=text, mentions=(agency,)))
    assert [mention.name for mention in found or () if isinstance(mention, PersonMention)] == ["Jane Quill"]


async def test_a_text_of_something_else_has_no_strangers(find: Find) -> None:
    assert await find("The minister Jane Quill opened a bakery.") == []


async def test_after_somebody_else_of_that_family_name_it_is_open(find: Find) -> None:
    found = await find("Astronaut Scott Kelly landed. Megyn Kelly asked. Then Kelly laughed.")
    assert [(mention.name, mention.id) for mention in found] == [("Scott Kelly", "scott-kelly"), ("Kelly", None)]
    assert found[1].candidates == ("scott-kelly",)


async def test_a_family_name_first_stranger_counts_as_one(find: Find) -> None:
    found = await find("Taikonaut Wang Haoze waved. The speaker, Wang Wenbin, spoke. He and Wang left.")
    assert [mention.id for mention in found] == ["wang-haoze", "wang-wenbin", None]


async def test_an_ordinary_word_at_the_head_of_a_sentence_needs_a_verb(find: Find) -> None:
    found = await find("Astronaut Alan Bean painted. Bean counters laughed. Bean said so.")
    assert [mention.start for mention in found] == [10, 52]


@pytest.mark.parametrize(
    "text", ["The singer John Young praised the space programme.", "British astronaut Mark Brown is an invention."]
)
async def test_another_trade_or_country_leaves_a_name_of_many_open(find: Find, text: str) -> None:
    assert [mention.id for mention in await find(text)] == [None]


@pytest.mark.parametrize("rest", ["Mann, a marine, flew in space.", "Mann, the first, flew.", "Mann, now 47, rests."])
async def test_a_word_that_opens_a_sentence_is_a_name_before_an_apposition(find: Find, rest: str) -> None:
    found = await find(f"The astronaut Nicole Mann came home from orbit. {rest}")
    assert [mention.name for mention in found] == ["Nicole Mann", "Mann"]


async def test_an_article_makes_a_thing_of_a_name(find: Find) -> None:
    found = await find("Yuri Gagarin flew in space. He got the Gagarin medal.")
    assert [mention.name for mention in found] == ["Yuri Gagarin"]


async def test_a_wrong_initial_is_somebody_else(find: Find) -> None:
    found = await find("Cosmonaut Oleg Kotov landed. V. Kotov filmed it.")
    assert [mention.name for mention in found] == ["Oleg Kotov"]


async def test_half_of_a_double_name_is_somebody_else(find: Find) -> None:
    found = await find("Astronaut Anna Lee-Fisher-Smith is invented; so is Sally Ride-Jones.")
    assert [mention.id for mention in found] == ["anna-lee-fisher-smith", "sally-ride-jones"]


async def test_a_name_does_not_cross_a_full_stop_or_a_paragraph(find: Find) -> None:
    assert await find("In space with Oleg. Kotov left.\n\nAnna\n\nKikina") == []


@pytest.mark.parametrize(
    "text",
    [
        "Astronaut James Lovell flew. Mrs. Lovell waited.",
        "Astronaut James Lovell flew. Ms Lovell waited.",
        "Astronaut James Lovell flew. It was Mrs James Lovell who waited.",
    ],
)
async def test_a_form_of_address_of_another_gender_is_somebody_else(find: Find, text: str) -> None:
    assert [mention.name for mention in await find(text)] == ["James Lovell"]


@pytest.mark.parametrize(
    "words", ["the singer Kelly", "the Russian cosmonaut Kelly", "the actress Kelly", "the Canadian astronaut Kelly"]
)
async def test_what_cannot_be_true_of_somebody_named_before_is_somebody_else(find: Find, words: str) -> None:
    found = await find(f"Astronaut Scott Kelly flew. Then {words} spoke.")
    assert [(mention.name, mention.id) for mention in found] == [("Scott Kelly", "scott-kelly"), ("Kelly", None)]


async def test_a_stranger_undoes_the_proof_by_the_mission(find: Find) -> None:
    found = await find("Andrew Young spoke of Gemini 10. Then Young left.", missions=("gemini-10",))
    assert [(mention.id, mention.candidates) for mention in found] == [("andrew-young", ()), (None, ("john-young",))]


async def test_a_list_beside_whole_names_is_of_people(find: Find) -> None:
    found = await find(
        "Walter Villadei flew in space with Zorro Landolfi, Pantaleo Carluccio and Thomas Pesquet. "
        "Thomas Pesquet and Kwento Ablo-Quist spoke."
    )
    assert [mention.id for mention in found] == [
        "walter-villadei",
        "pantaleo-carluccio",
        "thomas-pesquet",
        "thomas-pesquet",
        "kwento-ablo-quist",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "In orbit, Thomas Pesquet and Mission Control spoke.",
        "From orbit, Thomas Pesquet saw Monte Rosso, Villa Bianca and Rome.",
        "From orbit, Thomas Pesquet, Cape Canaveral and Houston spoke.",
        "Speaking to the Palazzo Chigi, she greeted the minister and Thomas Pesquet in orbit.",
        "Thomas Pesquet saw orbit, Palazzo Chigi, and Rome.",
    ],
)
async def test_what_stands_near_a_person_is_not_one(find: Find, text: str) -> None:
    assert [mention.id for mention in await find(text)] == ["thomas-pesquet"]


@pytest.mark.parametrize(
    "words",
    [
        "King Air planes flew.",
        "The president Tuesday left.",
        "President NASA is no one.",
        "President Lines sails.",
        "The minister left; Brasilia slept.",
    ],
)
async def test_a_title_makes_nobody_of_what_is_no_name(find: Find, words: str) -> None:
    assert await find(f"The spacecraft is in orbit. {words}") == []
