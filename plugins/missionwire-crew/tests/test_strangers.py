"""Texts in which a name of the roster is somebody else's, or no name at all."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import PersonMention

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
        "A film with Robert Downey will be shot in orbit.",
        "The White House and young Bean counters read about space.",
        "See https://space.example/wiki/Zhang_Lu for more.",
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


async def test_after_somebody_else_of_that_family_name_it_is_open(find: Find) -> None:
    found = await find("Astronaut Scott Kelly landed. Megyn Kelly asked. Then Kelly laughed.")
    assert [(mention.name, mention.id) for mention in found] == [("Scott Kelly", "scott-kelly"), ("Kelly", None)]
    assert found[1].candidates == ("scott-kelly",)


async def test_a_family_name_first_stranger_counts_as_one(find: Find) -> None:
    found = await find("Taikonaut Wang Haoze waved. The speaker, Wang Wenbin, spoke. He and Wang left.")
    assert [mention.id for mention in found] == ["wang-haoze", None]


async def test_an_ordinary_word_at_the_head_of_a_sentence_needs_a_verb(find: Find) -> None:
    found = await find("Astronaut Alan Bean painted. Bean counters laughed. Bean said so.")
    assert [mention.start for mention in found] == [10, 52]


@pytest.mark.parametrize(
    "text", ["The singer John Young praised the space programme.", "British astronaut Mark Brown is an invention."]
)
async def test_another_trade_or_country_leaves_a_name_of_many_open(find: Find, text: str) -> None:
    assert [mention.id for mention in await find(text)] == [None]


async def test_an_article_makes_a_thing_of_a_name(find: Find) -> None:
    found = await find("Yuri Gagarin flew in space. He got the Gagarin medal.")
    assert [mention.name for mention in found] == ["Yuri Gagarin"]


async def test_a_wrong_initial_is_somebody_else(find: Find) -> None:
    found = await find("Cosmonaut Oleg Kotov landed. V. Kotov filmed it.")
    assert [mention.name for mention in found] == ["Oleg Kotov"]


async def test_half_of_a_double_name_is_somebody_else(find: Find) -> None:
    assert await find("Astronaut Anna Lee-Fisher-Smith is invented; so is Sally Ride-Jones.") == []


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
    assert [mention.id for mention in found] == [None]
