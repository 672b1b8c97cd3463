"""What is likely wrong is repaired in a text with other faults of translation, and left alone in any other."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec.structs import replace

from missionwire.plugin import Correction

Repair = Callable[..., Awaitable[Any]]

TERM = Correction(
    start=0, end=3, original="Die", replacement="The", reason="a term", confidence=0.99, kind="term", plugin="terms"
)

LIKELY = {
    "a participle before who was told of last": (
        "Die Kral came first, and Serrano waved. Moe was the last. Wrapped in a blanket, he asked for tea.",
        "Die Kral came first, and Serrano waved. Moe was the last. Wrapped in a blanket, she asked for tea.",
    ),
    "two deeds of one sentence": (
        "Die Kral came first. Moe followed; he put on sunglasses and waved with both his hands.",
        "Die Kral came first. Moe followed; she put on sunglasses and waved with both her hands.",
    ),
    "what the subject has": (
        "Die Moe slept.\n\nAt the door Serrano embraced his parents and gave her guitar to a friend.",
        "Die Moe slept.\n\nAt the door Serrano embraced his parents and gave his guitar to a friend.",
    ),
    "a life that goes on": (
        "Die Kral gave way to Serrano in the hatch. Moe kissed them all. It is his third stay in orbit.",
        "Die Kral gave way to Serrano in the hatch. Moe kissed them all. It is her third stay in orbit.",
    ),
    "what somebody took along": (
        "Die Serrano slept.\n\nMoe took with him a shell from a beach.",
        "Die Serrano slept.\n\nMoe took with her a shell from a beach.",
    ),
}

OTHERS = {
    "the face of another": "Die Serrano could not see. Moe shielded his face from the sun.",
    "the helmet of another": "Die Serrano came in. He was wet. Moe took off his helmet.",
    "what is beside somebody": "Die Moe steered. Serrano was at her side.",
    "words about another": "Die Moe laughed. Serrano came closer. “I miss him,” she said.",
    "the words of another": "Die Serrano saw it.\n\nMoe, he says, laughed.",
    "something at the same time": "Die Serrano had a day off. Moe slept while he drove.",
    "one of two": "Die Serrano joined in March, Moe in April. He brought a guitar.",
    "who is told of beside the subject": "Die Moe follows Serrano, whom she had taught. He moves to Chile.",
}


@pytest.mark.parametrize("case", LIKELY)
async def test_a_text_with_a_mended_term_is_read_with_less_doubt(repair: Repair, case: str) -> None:
    text, expected = LIKELY[case]
    repaired = await repair(text, mended=(TERM,))
    assert repaired.text == expected
    assert "other faults of translation" in " ".join(c.reason for c in repaired.applied)
    assert (await repair(expected, mended=(TERM,))).text == expected  # and it is done once


@pytest.mark.parametrize("case", LIKELY)
async def test_the_same_is_left_alone_where_nothing_else_is_wrong(repair: Repair, case: str) -> None:
    text, expected = LIKELY[case]
    only_suggested = replace(TERM, applied=False)
    assert (await repair(text)).text != expected
    assert (await repair(text, mended=(only_suggested,))).text != expected


@pytest.mark.parametrize("case", OTHERS)
async def test_who_may_be_another_stays_in_a_text_with_faults(repair: Repair, case: str) -> None:
    text = OTHERS[case]
    assert (await repair(text, mended=(TERM,))).text == text


async def test_one_wrong_pronoun_tells_that_others_are(repair: Repair) -> None:
    likely = "Serrano waved. Moe was the last. Wrapped in a blanket, he asked for tea."
    assert (await repair(f"Moe waited.\n\n{likely}")).text == f"Moe waited.\n\n{likely}"
    assert (await repair(f"Moe brushed his teeth.\n\n{likely}")).text == (
        "Moe brushed her teeth.\n\nSerrano waved. Moe was the last. Wrapped in a blanket, she asked for tea."
    )
