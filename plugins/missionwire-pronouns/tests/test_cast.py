"""Who is mentioned: names, nouns, and which of them are one person."""

import pytest

from missionwire_pronouns.lexicon import load_lexicon
from missionwire_pronouns.mention import Mention
from missionwire_pronouns.names import Listed
from missionwire_pronouns.scene import set_scene

LEXICON = load_lexicon()


def cast(text: str, *names: str) -> list[Mention]:
    listed = [Listed(text.index(n), text.index(n) + len(n), n, n, "f" if n == "Moe" else "m") for n in names]
    return list(set_scene(text, LEXICON, listed).mentions)


@pytest.mark.parametrize(
    "text",
    [
        "Commander Moe landed. The commander slept.",
        "Moe, the commander, landed. The commander slept.",
        "Moe, 41, a test pilot, landed. The pilot slept.",
        "The commander, Moe, landed. The commander slept.",
        "The head of the crew, Moe, landed. The head slept.",
        "Moe is the commander. The commander slept.",
        "Moe, who was the commander, landed. The commander slept.",
        "The engineer who mended it was Moe. The engineer slept.",
        "Moe landed. The astronaut slept.",
        "Moe landed. The 46-year-old slept.",
        "The oldest on board is the commander, Moe. The commander slept.",
        "Moe is a nurse and a pilot. The pilot slept.",
        "Moe, then a student, landed. The student slept.",
        "Moe landed. The physicist slept.",
        "Moe is 29 and the youngest pilot on board. The pilot slept.",
        "Moe, a physicist born in Kiel, landed. The physicist slept.",
        "Moe becomes with this flight the oldest woman there. The woman slept.",
        "Moe, who became in August the first person to dive there, landed.\nThe first person slept.",
        "Moe was, at 61, the oldest doctor on board. The doctor slept.",
        "The captain of the station, the Dane Moe, landed. The captain slept.",
        "Moe, 57, landed. The 57-year-old doctor slept.",
    ],
)
def test_a_noun_that_is_tied_to_a_name_means_that_person(text: str) -> None:
    mentions = cast(text, "Moe")
    assert {m.entity for m in mentions} == {mentions[0].entity}
    assert mentions[-1].sentence == 1


@pytest.mark.parametrize(
    "text",
    [
        "Commander Moe landed. The new commander slept.",
        "Moe met a doctor. The doctor slept.",
        "Moe, the doctor and two pilots landed. The doctor slept.",
        "Moe landed. The astronaut she had replaced slept.",
        "Moe landed. The psychologist slept.",
        "Moe's instructor landed.",
        "Moe lay in the tent the doctor had pitched.",
        "Moe, 57, landed. The 39-year-old astronaut slept.",
        "The wife of little Moe slept.",
        "Moe was in the hut with the doctor.",
        "Moe, her husband, and a friend landed.",
        "“Come home,” said Moe. The pilot replied.",
    ],
)
def test_other_nouns_mean_somebody_else(text: str) -> None:
    mentions = cast(text, "Moe")
    assert len({m.entity for m in mentions}) > 1


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Ms Lebed landed.", "f"),
        ("Mr. Lebed landed.", "m"),
        ("Actress Vera Lebed landed.", "f"),
        ("Lebed, a spokesman, landed.", "m"),
        ("Sasha Lebed landed.", None),
        ("Actor Sasha Lebed landed.", None),
        ("Anne Lebed landed.", "f"),
        ("Jean-Luc Lebed landed.", "m"),
        ("Andrea Lebed landed.", None),
        ("Lebed Anne landed.", None),
        ("Chairman Anne Lebed landed.", "f"),
        ("Actor Anne Lebed landed.", "f"),
        ("Actress Joel Lebed landed.", "f"),
    ],
)
def test_the_text_may_tell_the_gender_of_a_stranger(text: str, gender: str | None) -> None:
    assert [m.gender for m in cast(text)] == [gender]


@pytest.mark.parametrize(
    "text",
    [
        "It landed in Bari.",
        "The crew moved to Bari.",
        "NASA and SpaceX agreed.",
        "The Soyuz landed on Friday.",
        "Doctors arrived. Quietly the hatch opened. Water leaked.",
        "The European Space Agency was informed.",
        "The computer failed, and the water froze.",
        "The astronaut corps trains at the pilot school.",
        "The robot arm moved.",
        "(Wire) - The hatch opened.",
        "Photo: the hatch.",
        "Accompanied by music, the hatch opened.",
        "Seats on the flight are free.",
        "It is nicknamed Bari.",
        "It hangs in the House of Culture.",
        "One of the notebooks was lost.",
        "It took all of April.",
        "It landed on the grassland of Inner Mongolia.",
        "It crossed the province, Sichuan.",
        "“Overload is normal,” it said. “Spaceflight is full of small steps.”",
        "Wrapped in blankets against the cold, it slept.",
        "Helicopters flew to the place. Days later, it rained.",
        "It came down off San Diego. Hurricane Helene came ashore.",
        "Its predecessor landed.",
        "The Indian agency said that India waited.",
    ],
)
def test_places_things_and_groups_are_nobody(text: str) -> None:
    assert cast(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Moe landed.", "subject"),
        ("They thanked Moe.", "object"),
        ("They waited for Moe.", "oblique"),
        ("Moe's seat was cold.", "possessor"),
        ("“It is cold,” said Moe.", "subject"),
        ("When Moe landed, it rained.", "subject"),
        ("Kral and Moe landed.", "subject"),
        ("“It is cold,” commented Moe, of the agency.", "subject"),
        ("For Moe, 34, it was the first flight.", "subject"),
        ("For Moe it rained.", "oblique"),
    ],
)
def test_the_words_around_tell_the_role(text: str, role: str) -> None:
    names = [name for name in ("Kral", "Moe") if name in text]
    assert cast(text, *names)[-1].role == role


FROM = {"Moe": "Norway", "Bianchi": "Italy", "Conti": "Italy", "Kral": "Slovakia"}


def of_peoples(text: str) -> list[Mention]:
    """Give the mentions of a text whose people are known to come from somewhere."""
    listed = [
        Listed(text.index(name), text.index(name) + len(name), name, name, None, peoples=LEXICON.callings[country])
        for name, country in FROM.items()
        if name in text
    ]
    return list(set_scene(text, LEXICON, listed).mentions)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Kral left, Bianchi came last. The Italian smiled.", "Bianchi"),
        ("Bianchi left, Kral came last. The Italian smiled.", "Bianchi"),
        ("Kral and Moe work there. The Slovak and the Norwegian landed.", "Moe"),
        ("Kral met Bianchi when a journalist came. The Italian smiled.", "Bianchi"),
        ("Kral saw Bianchi, and Moe waited for the Italian and hugged him.", "Bianchi"),
        ("Conti stays.\n\nA week passed.\n\nIt snowed. It rained. Kral met Bianchi. The Italian smiled.", "Bianchi"),
    ],
)
def test_a_peoples_noun_calls_the_one_who_comes_from_there(text: str, called: str) -> None:
    assert of_peoples(text)[-1].label == called


@pytest.mark.parametrize(
    "text",
    [
        "Bianchi and Conti landed. The Italian smiled.",
        "Kral and Moe landed. The Italian smiled.",
        "A man from Bari met Bianchi. The Italian smiled.",
        "Bianchi met Rossini. The Italian smiled.",
        "The Italian smiled. Bianchi did not.",
    ],
)
def test_a_peoples_noun_that_may_call_another_calls_nobody_known(text: str) -> None:
    assert all(mention.label not in FROM for mention in of_peoples(text) if mention.kind == "noun")


def test_a_surname_that_is_a_plain_word_calls_who_was_named_in_full() -> None:
    text = "Gayle King flew. King told that she was glad. Young people cheered for the king."
    mentions = cast(text, "Gayle King")
    assert [m.label for m in mentions if m.kind == "name"] == ["Gayle King", "Gayle King"]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("Moe, 57, met Kral, 39. It rained. The 57-year-old astronaut slept.", "Moe"),
        ("Moe (57) met Kral. It rained. The 57-year-old slept.", "Moe"),
        ("Moe, who is 57 and flies, met Kral, aged 39. It rained. The 39-year-old pilot slept.", "Kral"),
        ("Moe, 57, met Kral, 57. It rained. The 57-year-old pilot slept.", "the pilot"),
        ("Moe, 57, met Kral. It rained. The 40-year-old pilot slept.", "the pilot"),
    ],
)
def test_an_age_calls_who_is_that_old(text: str, calls: str) -> None:
    assert cast(text, "Moe", "Kral")[-1].label == calls
