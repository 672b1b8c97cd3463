"""Who said what: in quotes with a name or a pronoun beside them, and as it is reported."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Draft

Tell = Callable[..., Awaitable[list[Draft]]]

LIMA = "[[Ana Lima|p:ana-lima|astronaut]]"
HEAD = "[[Igor Head|p:igor-head|agency-head]]"


NASA = "[[NASA|a:nasa]]"


def speakers(drafts: list[Draft]) -> list[str | None]:
    return [draft.data.get("speaker") for draft in drafts if draft.type == "missionwire.statement.made"]


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
        f"“We are home,” {LIMA} radioed.",
        f"“It was a quiet flight for all of us!” {LIMA} shouted from the ladder.",
        f"“It was a quiet flight for all of us,” station resident {LIMA} honoured the crew.",
        f"The commander, {LIMA}, spoke on the radio: “It was a quiet flight for all of us.”",
        f"{LIMA}: “It was a quiet flight for all of us.”",
        f"“It was a quiet flight for all of us,” was {LIMA}’s verdict.",
        f"— It was a quiet flight for all of us, — said {LIMA}.",
        f"‘It was a quiet flight, and it’s good to be back,’ said {LIMA}.",
        f"{LIMA} wept. “It was a quiet flight for all of us.”",
        f"{LIMA} landed. Later she told the control centre that the flight had been quiet.",
        f"The flight, {LIMA} stressed, had been quiet.",
        f"For {LIMA}, “it was the quiet flight of a lifetime.”",
        f"{LIMA} congratulated {HEAD}.",
        f"{LIMA} was met by the head of the agency, {HEAD}, to whom she said, “It went well!”",
        f"{LIMA}, who had slept, wrote to this newspaper that she thought of {HEAD}.",
        f"{LIMA} cried. “It was a quiet flight for all of us,” she told {HEAD}.",
        f"The husband of {HEAD}, {LIMA}, wept.\n\n“It was a quiet flight for all of us,” said the astronaut.",
        f"{HEAD} waved.\n\n“It was a quiet flight,” laughed the commander of the ship, {LIMA}, who had slept.",
        f"{HEAD} waved.\n\n“It was a quiet flight,” beamed the director general of NASA, {LIMA}.",
        f"{HEAD} waved.\n\n“It was a quiet flight,” laughed the American {LIMA}.",
        f"Colonel {LIMA} landed. {HEAD} waved. They left.\n\n“It was a quiet flight,” says the colonel.",
    ],
)
async def test_somebody_is_said_to_have_said_it(tell: Tell, text: str) -> None:
    assert speakers(await tell(text)) == ["ana-lima"]


@pytest.mark.parametrize(
    "text",
    [
        f"{LIMA} said goodbye.",
        f"The film “All is well” is about {LIMA}.",
        f"{LIMA} did not say that the flight had been quiet.",
    ],
)
async def test_nobody_is_said_to_have_said_it(tell: Tell, text: str) -> None:
    assert speakers(await tell(text)) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"{NASA} denied that the capsule leaked.", "nasa"),
        (f"“There was no danger to the crew at any time,” {NASA} said in a statement.", "nasa"),
        ("“There was no danger to the crew at any time,” a spokesman said.", "a spokesman"),
        ("A spokeswoman denies that there is a leak.", "A spokeswoman"),
        (f"“I saw it from the beach,” said the mother of {LIMA}.", "the mother of Ana Lima"),
        (f"The mother of {LIMA} told the paper that she had not slept.", "The mother of Ana Lima"),
        ("“I saw it from the beach,” commentator Rob Test said.", "Rob Test"),
        ("The launch had been perfect from the start, said the director of the centre.", "the director of the centre"),
        ("Houston answered: “Welcome home to all of you!”", "Houston"),
        (f"“I saw it from the beach,” said Lima, the sister of {HEAD}.", "Lima"),
        (f"{LIMA} and {HEAD} waved.\n\n“It was a quiet flight for all of us,” he said.", None),
    ],
)
async def test_who_is_not_known_says_it(tell: Tell, text: str, speaker: str | None) -> None:
    assert speakers(await tell(text)) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        f"{LIMA} observed the aurora and repeated the manoeuvre.",
        f"{LIMA} asked for water.",
        f"{LIMA} spoke with the crew.",
        f"{LIMA} saw the film “Mir,” then slept.",
    ],
)
async def test_what_is_done_is_no_statement(tell: Tell, text: str) -> None:
    assert speakers(await tell(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{LIMA} told reporters [[on May 4|t:2021-05-04T00:00:00Z|day]] that the flight had been quiet.",
        f"The flight had been quiet, affirmed {LIMA} [[on May 4|t:2021-05-04T00:00:00Z|day]].",
        f"[[9:10|t:2021-05-04T00:00:00Z|minute]] – The hatch is open. “It was a quiet flight,” says {LIMA}.",
    ],
)
async def test_a_statement_has_the_time_at_which_it_was_made(tell: Tell, text: str) -> None:
    (draft,) = [draft for draft in await tell(text) if draft.type == "missionwire.statement.made"]
    assert draft.time == "2021-05-04T00:00:00Z"


async def test_a_time_of_what_was_said_is_not_when_it_was_said(tell: Tell) -> None:
    for said in ("said", "confirmed to a newspaper"):
        (draft,) = await tell(f"{LIMA} {said} that she had not slept [[on May 4|t:2021-05-04T00:00:00Z|day]].")
        assert draft.time is None


async def test_what_one_says_in_sentences_side_by_side_is_one_statement(tell: Tell) -> None:
    text = f"{LIMA} admitted that a valve was stuck. “Nobody was in danger at all,” she said."
    (draft,) = [draft for draft in await tell(text) if draft.type == "missionwire.statement.made"]
    assert draft.data["quote"] == "Nobody was in danger at all"
    assert len(draft.evidence) == 2


async def test_a_statement_has_the_day_on_which_it_was_made(tell: Tell) -> None:
    (draft,) = await tell(f"“It was a quiet flight for all,” {LIMA} said [[on May 4|t:2021-05-04T00:00:00Z|day]].")
    assert (draft.time, draft.time_precision) == ("2021-05-04T00:00:00Z", "day")


@pytest.mark.parametrize(
    "said",
    [
        "[[On Friday|t:2021-10-15T00:00:00Z|day]] [[Ana Lima|p:ana-lima|official]] announced that it would fly.",
        "“All are well,” explained [[on Friday|t:2021-10-15T00:00:00Z|day]] chief [[Ana Lima|p:ana-lima|official]].",
        "[[Ana Lima|p:ana-lima|official]] congratulated the team by letter [[on Friday|t:2021-10-15T00:00:00Z|day]].",
    ],
)
async def test_a_time_before_who_speaks_is_when_it_was_said(tell: Tell, said: str) -> None:
    (statement,) = [d for d in await tell(said) if d.type == "missionwire.statement.made"]
    assert statement.time == "2021-10-15T00:00:00Z"


async def test_a_time_of_what_is_reported_is_not_when_it_was_said(tell: Tell) -> None:
    said = "[[Ana Lima|p:ana-lima|official]] said the capsule would fly [[on Friday|t:2021-10-22T00:00:00Z|day]]."
    (statement,) = [d for d in await tell(said) if d.type == "missionwire.statement.made"]
    assert statement.time is None


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("As [[Ana Lima|p:ana-lima]] explained [[on Friday|t:2021-10-15|day]], the ship is well.", "2021-10-15"),
        ("[[Ana Lima|p:ana-lima]] explained that [[on Friday|t:2021-10-15|day]], the ship was well.", None),
    ],
)
async def test_a_time_right_after_the_verb_is_when_it_was_said(tell: Tell, words: str, time: str | None) -> None:
    (said,) = [draft for draft in await tell(words) if draft.type == "missionwire.statement.made"]
    assert (said.time or "")[: len("2021-10-15")] == (time or "")


@pytest.mark.parametrize(
    ("text", "title", "who"),
    [
        (f"{LIMA} waved, and so did [[Jo Reed|p:jo-reed]].\n\n“We are all home now,” joked the veteran.", None, None),
        (f"{LIMA} is home.\n\n“We are all home now,” the astronaut, 39, told reporters.", None, "ana-lima"),
        ("Pavel Novak, head of the search, said that the capsule was found.", None, "Pavel Novak"),
        (f"In Rome, Rita Sanna, the minister of science, declared herself proud of {LIMA}.", None, "Rita Sanna"),
    ],
)
async def test_who_speaks_may_be_called_by_age_or_office(
    tell: Tell, text: str, title: str | None, who: str | None
) -> None:
    assert [name for name in speakers(await tell(text, title=title)) if name != "the veteran"] == ([who] if who else [])


@pytest.mark.parametrize(
    ("told", "speaker", "people"),
    [
        ("“All is well,” the [[China Manned Space Agency|a:cmsa]] said in a notice.", "cmsa", []),
        ("“All is well,” the Nagoya Space Institute wrote.", "the Nagoya Space Institute", []),
        ("“All is well,” said the Smithsonian Observatory.", "the Smithsonian Observatory", []),
        ("A valve was the cause, Oriental Heavy Industries explained last week.", "Oriental Heavy Industries", []),
        ("“All is well,” said Marta Reis of the Smithsonian Observatory.", "Marta Reis", ["Marta Reis"]),
        ("“All is well,” wrote the former secretary of State Marta Reis.", "Marta Reis", ["Marta Reis"]),
        ("“All is well,” joked the former minister Marta Reis.", "Marta Reis", ["Marta Reis"]),
    ],
)
async def test_a_body_that_speaks_is_no_person(tell: Tell, told: str, speaker: str, people: list[str]) -> None:
    drafts = [draft for draft in await tell(told) if draft.type == "missionwire.statement.made"]
    assert speakers(drafts) == [speaker]
    assert [person.name for draft in drafts for person in draft.crew] == people


@pytest.mark.parametrize(
    ("before", "time"),
    [
        ("{} {} gave a press conference from orbit.", "2021-10-15T00:00:00Z"),
        ("{} {} handed over the key, and in a broadcast that evening thanked the teams.", "2021-10-15T00:00:00Z"),
        ("{} {} ate an apple.", None),
    ],
)
async def test_what_is_said_on_an_occasion_is_said_on_its_day(tell: Tell, before: str, time: str | None) -> None:
    friday = "[[On Friday|t:2021-10-15T00:00:00Z|day]]"
    text = f"{before.format(friday, LIMA)} “We are packed and ready,” she said."
    (said,) = [draft for draft in await tell(text) if draft.type == "missionwire.statement.made"]
    assert said.time == time
