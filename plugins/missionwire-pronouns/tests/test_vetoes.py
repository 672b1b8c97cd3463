"""Texts that must stay as they are: each tells of a reason to leave a pronoun alone."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from missionwire.plugin import PersonMention

Repair = Callable[..., Awaitable[Any]]

LEFT_ALONE = {
    "somebody's words": "“He was the best of us,” said Moe.",
    "words after a dash": "— He was the best of us, said Moe.",
    "a stranger by name": "Moe was taught by Sasha Lebed. He shouted a lot.",
    "a stranger by name at the head of a sentence": "Moe was honoured. Marlow spoke, and his speech was long.",
    "a stranger by noun": "Moe went to the doctor. He found nothing.",
    "a stranger by an unlisted noun": "Moe wrote it with a ghostwriter. His name is not told.",
    "a stranger without a noun": "Moe was the younger. The other said that he was tired.",
    "a ship": "The research vessel left with Serrano aboard. She returns in June.",
    "a country": "The country is proud of Serrano. She has waited long.",
    "a country by name": "Portugal congratulated Serrano. Her president sent a letter.",
    "whoever it may be": "Every candidate writes to Moe before he is chosen.",
    "he or she": "Moe will train the winner. He or she flies in May.",
    "his or her": "Moe asked that each bring his or her own cup.",
    "they": "Robin Yates met Moe. He smiled.",
    "one of two": "Moe and Virtanen were welcomed. He praised their courage.",
    "what somebody said besides": "After Moe, who went out in May, she is the second to walk. Serrano, the "
    "commander, said that she carried the tools and that his own work was made easier by that.",
    "what somebody said, but of themselves": "After Moe, who went out in May, she is the second to walk. Serrano, the "
    "commander, said that she carried the tools, but that his own gloves were wet.",
    "two people in one clause": "Moe was tired. She said that he helped her.",
    "somebody helped by whose age is told": "Kral waved to Moe. “A while,” he told them. "
    "Serrano, 61, who commands the flight, helped her out.",
    "two people side by side": "Serrano lost the line. “Do you hear me?” she asked, and he did not.",
    "a husband": "Moe was away. Her husband cooked, and he did not burn it.",
    "a stranger whose name is a place's, too": "Serrano met Jordan. She shouted a lot.",
    "a stranger whose name is a month's, too": "Serrano handed over to April. She slept.",
    "a stranger whose name is a thing's, too": "Moe was taught by Robert Hall. He shouted a lot.",
    "a stranger with a title and such a name": "Serrano met Dr. Park. She shouted a lot.",
    "a stranger after a verb that wants a person": "Moe sat near Lebed. He shouted a lot.",
    "somebody by an unlisted noun": "Moe greeted her fellow-sufferer, who had lost his cap.",
    "somebody by their age": "The 34-year-old from Bari met Moe. He shouted a lot.",
    "one of some": "The youngest of the engineers met Moe. He shouted a lot.",
    "who did it first": "Moe signed. The first to sign had lost his pen.",
    "somebody named after the verb": "Moe came late. Among the guests was a governor. He waited.",
    "somebody of the family who does something": "They called Moe, her agent answered. She slept, he said.",
    "one of two sons": "Moe has two sons. When it rained, he ran.",
    "one of her parents": "Moe's parents parted. He left.",
    "whoever did it": "Whoever wakes Moe is brave. He is shown out.",
    "he who": "Moe is ill. He who knows it is silent.",
    "who he is": "Moe has a guest. Her friends ask who he is.",
    "who he is, of somebody unknown": "Moe was sent flowers. She knows who he is.",
    "himself beside him": "The minister pinned it on Moe himself.",
    "every one of them": "Moe tells every sufferer to trust his doctor.",
    "somebody asked for": "“Who is the boss?” asked Serrano. She waved.",
    "somebody found by it": "It was a roadworker who found Moe. He waved.",
    "something that was built": "Serrano left on the Hope. She had been built in May.",
    "what the sentence calls a ship": "Serrano left on the Hope. She was once a frigate.",
    "a storm": "Serrano is named after a hurricane. She came in May.",
    "something loved": "Serrano loves the old capsule. She is slow.",
    "who answers": "Moe asked how long it takes. “An hour,” he said.",
    "who interrupts": "Serrano spoke of fear. “Of boredom,” she interrupted.",
    "another's colleague": "Moe fell ill. Serrano asked her colleague to help.",
    "another's fault": "Moe resigned. For Serrano it was the result of her pride.",
    "a woman with a man's title": "She was chairman when Serrano came.",
    "an animal": "Moe has a dog. He barks.",
    "somebody of the same gender": "Serrano taught Moe. He shouted.",
    "the sentence says it": "Moe opened the door. He was the first man to enter.",
    "a name that is a pronoun": "Moe met He Jian. The two talked.",
    "an honour": "Serrano bowed to Her Majesty.",
    "an object of two": "Serrano asked Moe to lend him her pen.",
    "a wish of two": "Serrano took Moe's seat, and she took his.",
    "taking turns": "Serrano and Moe sat. “We never quarrelled,” he said. “Once,” she said.",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
async def test_it_is_left_alone(repair: Repair, text: str) -> None:
    assert (await repair(text)).applied == []


async def test_somebody_whom_the_text_calls_otherwise_is_left_alone(repair: Repair) -> None:
    assert (await repair("Spokesman Moe came. Then he left. He waved.")).applied == []


async def test_somebody_who_may_be_one_of_two_is_left_alone(repair: Repair) -> None:
    either = PersonMention(start=0, end=5, name="Tanaka", candidates=("jiro-tanaka", "aya-tanaka"), gender="female")
    assert (await repair("Tanaka landed. He slept.", either)).corrections == []


async def test_somebody_with_a_trade_is_meant_by_it(repair: Repair) -> None:
    actress = PersonMention(start=0, end=5, name="Arden", id="kay-arden", gender="female", occupation="actor")
    result = await repair("Arden flew with Serrano.\n\nThe actress laughed. “It was short,” he said.", actress)
    assert [c.replacement for c in result.applied] == ["she"]


async def test_a_refused_repair_is_told_with_the_reason_why_not(repair: Repair) -> None:
    (correction,) = (await repair("The country is proud of Serrano. She has waited long.")).corrections
    assert not correction.applied
    assert correction.confidence == 0.6
    assert correction.reason.endswith("not applied, for what is called “country” may be “she”, too.")


async def test_a_her_that_may_be_two_words_is_only_suggested(repair: Repair) -> None:
    (correction,) = (await repair("Kral moved. A neighbour lent her old maps.")).corrections
    assert not correction.applied
    assert "may be “him” or “his”" in correction.reason


@pytest.mark.parametrize("text", ["", " ", "\n\n", "He.", "“", "'", "her", "Moe", "he" * 3, "Lebe\u0301d he"])
async def test_odd_texts_give_nothing(repair: Repair, text: str) -> None:
    assert (await repair(text)).applied == []


async def test_somebody_whom_only_the_title_names_may_be_meant(repair: Repair) -> None:
    text = "Moe landed at dawn. He slept all day."
    assert (await repair(text, title="Moe is back")).applied
    assert (await repair(text, title="Kral is back")).applied == []
