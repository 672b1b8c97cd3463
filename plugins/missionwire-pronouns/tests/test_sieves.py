"""Each sieve repairs what it is for, says so, and leaves the repaired text alone."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

Repair = Callable[..., Awaitable[Any]]

SIEVES = [
    (
        "Predicate",
        "Moe welcomed Serrano. He was the first woman on board.",
        "Moe welcomed Serrano. She was the first woman on board.",
    ),
    (
        "Binding",
        "Serrano waited while Moe taught himself to steer.",
        "Serrano waited while Moe taught herself to steer.",
    ),
    ("Binding", "While Serrano slept, Moe brushed his teeth.", "While Serrano slept, Moe brushed her teeth."),
    ("Binding", "Moe spoke first. Serrano did it on her own.", "Moe spoke first. Serrano did it on his own."),
    (
        "Predicate",
        "Serrano led. Moe followed, and he thereby became the first woman outside.",
        "Serrano led. Moe followed, and she thereby became the first woman outside.",
    ),
    (
        "Binding",
        "Moe landed on Sunday.\n\nThe weather was fair. Snow fell.\n\nSerrano asked that her colleague rest.",
        "Moe landed on Sunday.\n\nThe weather was fair. Snow fell.\n\nSerrano asked that his colleague rest.",
    ),
    (
        "Binding",
        "Serrano had left. Moe said in his speech that it was late.",
        "Serrano had left. Moe said in her speech that it was late.",
    ),
    (
        "Binding",
        "Serrano waited. Moe, a pilot, held his breath.",
        "Serrano waited. Moe, a pilot, held her breath.",
    ),
    (
        "Share",
        "Serrano waited. For Moe, 45, it was the first walk of his career.",
        "Serrano waited. For Moe, 45, it was the first walk of her career.",
    ),
    (
        "Share",
        "Serrano waited. Moe, for whom it will be his first flight, trains.",
        "Serrano waited. Moe, for whom it will be her first flight, trains.",
    ),
    ("Exclusion", "Moe landed at dawn. He slept all day.", "Moe landed at dawn. She slept all day."),
    (
        "Exclusion",
        "The actress will play a role. In May he leaves.",
        "The actress will play a role. In May she leaves.",
    ),
    ("Exclusion", "Moe praised Serrano, who thanked him.", "Moe praised Serrano, who thanked her."),
    ("Exclusion", "Before she could speak, Serrano lost the line.", "Before he could speak, Serrano lost the line."),
    ("Exclusion", "Until she met a recruiter, Serrano was a cook.", "Until he met a recruiter, Serrano was a cook."),
    ("Exclusion", "Thanks to his long arms, Moe reached it.", "Thanks to her long arms, Moe reached it."),
    ("Exclusion", "Shortly before she fell asleep, Serrano waved.", "Shortly before he fell asleep, Serrano waved."),
    (
        "Quotation",
        "Asked by a pupil what she misses, Moe did not hesitate. “Rain,” he said.",
        "Asked by a pupil what she misses, Moe did not hesitate. “Rain,” she said.",
    ),
    (
        "Quotation",
        "Serrano waited outside. Moe laughed. “I was never afraid,” he said.",
        "Serrano waited outside. Moe laughed. “I was never afraid,” she said.",
    ),
    (
        "Quotation",
        "Serrano landed.\n\nThe spokeswoman said all was well.\n\n“We are glad,” he told reporters.",
        "Serrano landed.\n\nThe spokeswoman said all was well.\n\n“We are glad,” she told reporters.",
    ),
    (
        "Echo",
        "Moe flew in May. Serrano began training in June. The end of her training was filmed, and Moe saw it.",
        "Moe flew in May. Serrano began training in June. The end of his training was filmed, and Moe saw it.",
    ),
    (
        "Focus",
        "Serrano cooked for all. It was a feast. Nobody slept.\n\nMoe kept the log. His notes are long.",
        "Serrano cooked for all. It was a feast. Nobody slept.\n\nMoe kept the log. Her notes are long.",
    ),
    (
        "Neuter",
        "The company says that it will publish her figures.",
        "The company says that it will publish its figures.",
    ),
    ("Neuter", "The company sold her first rocket. It hopes.", "The company sold its first rocket. It hopes."),
    ("Neuter", "The institute builds his own rocket.", "The institute builds its own rocket."),
]


@pytest.mark.parametrize(("rule", "text", "repaired"), SIEVES, ids=[f"{n}-{s[0]}" for n, s in enumerate(SIEVES)])
async def test_a_sieve_repairs_what_it_is_for(repair: Repair, rule: str, text: str, repaired: str) -> None:
    result = await repair(text)
    assert result.text == repaired
    assert [c.reason.partition(":")[0] for c in result.applied] == [rule]
    assert all(c.confidence >= 0.95 and c.evidence for c in result.applied)


@pytest.mark.parametrize("text", [repaired for _, _, repaired in SIEVES])
async def test_a_repaired_text_comes_back_unchanged(repair: Repair, text: str) -> None:
    assert (await repair(text)).applied == []


async def test_the_same_pronoun_goes_along_with_a_repaired_one(repair: Repair) -> None:
    result = await repair("Moe waited. Serrano laughed. “I was never afraid,” she said before she left.")
    assert result.text == "Moe waited. Serrano laughed. “I was never afraid,” he said before he left."
    assert [c.reason.partition(":")[0] for c in result.applied] == ["Quotation", "Chain"]


async def test_a_chain_is_repaired_whole(repair: Repair) -> None:
    text = "Virtanen grew up in Oulu. He left school early, but his teacher remembers him well. He never forgot it."
    assert (await repair(text)).text.startswith(
        "Virtanen grew up in Oulu. She left school early, but her teacher remembers her well."
    )


async def test_what_would_stay_torn_is_not_repaired(repair: Repair) -> None:
    text = "Serrano flew home. She waved, and they lent her old maps."
    result = await repair(text)
    assert result.applied == []
    assert [c.reason.rpartition("for ")[2] for c in result.corrections] == [
        "another “she” of the sentence would stay.",
        "“her” may be “him” or “his” here.",
    ]


async def test_the_reason_names_rule_person_and_why(repair: Repair) -> None:
    (correction,) = (await repair("Moe landed at dawn. He slept all day.")).corrections
    assert correction.reason == (
        "Exclusion: nobody mentioned so far can be “he” here, Ingrid Moe is the nearest person, "
        "and Ingrid Moe is known as a woman."
    )


async def test_the_evidence_is_the_person_and_what_tells_the_gender(repair: Repair) -> None:
    text = "The actress Vera Lind arrived. Lind waved. Then he left."
    (correction,) = (await repair(text)).corrections
    assert [text[span.start : span.end] for span in correction.evidence] == ["Lind", "actress"]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Moe landed. He slept.", "She"),
        ("MOE LANDED. HE SLEPT.", "SHE"),
        ("Moe said he slept.", "she"),
        ("Kral slept. Her tea was cold.", "His"),
        ("After the flight Kral was tired. The doctors let her sleep.", "him"),
        ("Moe won. The prize was his.", "hers"),
    ],
)
async def test_the_case_and_the_capitals_are_kept(repair: Repair, written: str, right: str) -> None:
    assert [c.replacement for c in (await repair(written)).applied] == [right]


async def test_the_thresholds_are_settings(repair: Repair) -> None:
    text = "Moe landed at dawn. He slept all day."
    assert [c.applied for c in (await repair(text, apply_at=0.99)).corrections] == [False]
    assert (await repair(text, apply_at=0.99, suggest_at=0.98)).corrections == []


@pytest.mark.parametrize(
    "text",
    [
        "Moe met Kral.\n\nThe mother of three, he was chosen in May.",
        "Kral met Moe.\n\nA woman of few words, he rose last.",
    ],
)
async def test_what_a_sentence_begins_with_tells_what_a_pronoun_is(repair: Repair, text: str) -> None:
    assert [c.replacement for c in (await repair(text)).applied] == ["she"]


@pytest.mark.parametrize(
    "text",
    [
        "Kral met Moe.\n\nThe commander, a mother of three, slept when he was called.",
        "Moe met Kral.\n\nThe coach of the woman, he was chosen in May.",
        "Kral landed. Moe stood at his side.",
        "Moe landed. Kral was by her side.",
    ],
)
async def test_who_is_said_or_stands_beside_another_is_left(repair: Repair, text: str) -> None:
    assert (await repair(text)).applied == []


async def test_a_given_name_tells_the_gender_of_a_stranger(repair: Repair) -> None:
    text = "Anne Lebed, the minister, declared himself proud."
    (correction,) = (await repair(text)).corrections
    assert (correction.replacement, correction.applied) == ("herself", True)
    assert text[correction.evidence[-1].start : correction.evidence[-1].end] == "Anne"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Kral spoke.\n\nMoe pressed the flowers to his chest.", ["her"]),
        ("Kral spoke.\n\nMoe pressed a sensor to his chest.", []),
        ("Kral spoke.\n\nThen the doctor Moe pressed a coat to his chest.", []),
        ("Kral spoke.\n\nMoe waved his hand.", ["her"]),
        ("Kral spoke.\n\nMoe took his hand.", []),
        ("Kral met Moe. “Moe worked for two,” she said of Moe.", ["he"]),
        ("Kral met Moe. “It is fine,” she said of Kral.", []),
    ],
)
async def test_a_deed_tells_whose_something_is(repair: Repair, text: str, right: list[str]) -> None:
    assert [c.replacement for c in (await repair(text)).applied] == right
