"""Who said what: in quotes with a name or a pronoun beside them, and as it is reported."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
HEAD = "[[Igor Head|p:igor-head|agency-head]]"


def speakers(drafts: list[Draft]) -> list[str]:
    return [draft.data["speaker"] for draft in drafts if draft.type == "missionwire.statement.made"]


@pytest.mark.parametrize(
    "text",
    [
        f"“It was a quiet flight for all of us,” {LIMA} said.",
        f"“It was a quiet flight for all of us,” said {LIMA}, who was tired.",
        f"“It was a quiet flight for all of us,” confessed the commander of the flight, {LIMA}.",
        f"“We slept. It was a quiet flight for all of us,” {LIMA} told reporters.",
        f"{LIMA} waved. “It was a quiet flight for all of us,” she said.",
        f"{LIMA} waved.\n\n“It was a quiet flight for all of us,” said the astronaut.",
        f"“All is well!” said {LIMA}.",
        f"{LIMA}, who led the crew, said that the flight had been quiet.",
        f"The flight had been quiet and nobody was ill, said {LIMA}.",
        f"The flight had been quiet from its first day on, commander {LIMA} said.",
        f"{LIMA} called the flight a good start.",
    ],
)
async def test_somebody_is_said_to_have_said_it(tell: Tell, text: str) -> None:
    assert speakers(await tell(text)) == ["ana-lima"]


@pytest.mark.parametrize(
    "text",
    [
        f"{LIMA} and {HEAD} waved.\n\n“It was a quiet flight for all of us,” he said.",
        f"{LIMA} said goodbye.",
        f"The film “All is well” is about {LIMA}.",
        f"{LIMA} did not say that the flight had been quiet.",
    ],
)
async def test_nobody_is_said_to_have_said_it(tell: Tell, text: str) -> None:
    assert speakers(await tell(text)) == []


async def test_what_one_says_in_sentences_side_by_side_is_one_statement(tell: Tell) -> None:
    text = f"{LIMA} admitted that a valve was stuck. “Nobody was in danger at all,” she said."
    (draft,) = [draft for draft in await tell(text) if draft.type == "missionwire.statement.made"]
    assert draft.data["quote"] == "Nobody was in danger at all"
    assert len(draft.evidence) == 2


async def test_a_statement_has_the_day_on_which_it_was_made(tell: Tell) -> None:
    (draft,) = await tell(f"“It was a quiet flight for all,” {LIMA} said [[on May 4|t:2021-05-04T00:00:00Z|day]].")
    assert (draft.time, draft.time_precision) == ("2021-05-04T00:00:00Z", "day")
