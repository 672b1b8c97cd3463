"""What translators leave behind in a text with other faults: who is repaired there, and who may be another."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from missionwire.plugin import Correction

Repair = Callable[..., Awaitable[Any]]

REPAIRED = {
    "who is stressed by a right reflexive": (
        "Die Kral slept. It was the turn of Moe, who did what he herself had taught others.",
        "Die Kral slept. It was the turn of Moe, who did what she herself had taught others.",
    ),
    "who it was that proposed it": (
        "Die Kral slept. The show was presented by Moe. It was he herself who had proposed it.",
        "Die Kral slept. The show was presented by Moe. It was she herself who had proposed it.",
    ),
    "whom a wrong reflexive stresses": (
        "Die Kral waved. Moe said that she himself would go.",
        "Die Kral waved. Moe said that she herself would go.",
    ),
    "who does it alone, says somebody": (
        "Die Kral waved.\n\nMoe, according to Kral, slept badly. She floats by himself now.",
        "Die Kral waved.\n\nMoe, according to Kral, slept badly. She floats by herself now.",
    ),
    "how long after what": (
        "Die Serrano came.\n\nHalf a year before her departure, Kral learned Italian.",
        "Die Serrano came.\n\nHalf a year before his departure, Kral learned Italian.",
    ),
    "who carried something with him": (
        "Die Moe slept. Then Kral opened a jar that she had carried up with him in the ship.",
        "Die Moe slept. Then Kral opened a jar that he had carried up with him in the ship.",
    ),
    "who has something behind him": (
        "Die Moe slept.\n\nKral rose to prove what a person can bear: she had behind him 400 days.",
        "Die Moe slept.\n\nKral rose to prove what a person can bear: he had behind him 400 days.",
    ),
    "who is the first among women": (
        "Die Kral slept. Moe was third. In May he was the record-holder among women, and she asked for his boots.",
        "Die Kral slept. Moe was third. In May she was the record-holder among women, and she asked for her boots.",
    ),
    "a parent, and the children": (
        "Die Kral felt cold. Moe, mother of two, read a story to his children.",
        "Die Kral felt cold. Moe, mother of two, read a story to her children.",
    ),
    "who was beside somebody": (
        "Die Serrano waved.\n\nMoe was in the middle seat. With him flew the Dane Pavol Kral and Haddou.",
        "Die Serrano waved.\n\nMoe was in the middle seat. With her flew the Dane Pavol Kral and Haddou.",
    ),
    "who stood at somebody's side": (
        "Die Serrano waved.\n\nKral left first. At her side stood Moe.",
        "Die Serrano waved.\n\nKral left first. At his side stood Moe.",
    ),
    "two things told of somebody": (
        "Die Serrano slept.\n\nMoe, an engineer and a pianist, will stay; from there he will steer the arm.",
        "Die Serrano slept.\n\nMoe, an engineer and a pianist, will stay; from there she will steer the arm.",
    ),
    "who was a pilot once": (
        "Die Moe and her two companions are back.\n\nThe former test pilot came out third, and doctors took him away.",
        "Die Moe and her two companions are back.\n\nThe former test pilot came out third, and doctors took her away.",
    ),
    "whose husband speaks": (
        "Die Moe flew.\n\nSerrano, the husband of the traveler and a former spaceman, saw it. “I see her,” she said.",
        "Die Moe flew.\n\nSerrano, the husband of the traveler and a former spaceman, saw it. “I see her,” he said.",
    ),
    "who paid for the flight, by another noun": (
        "Die Kral and the tourist Ingrid Moe flew. Rain fell.\n\nThe passenger, who had been ill, rubbed his eyes.",
        "Die Kral and the tourist Ingrid Moe flew. Rain fell.\n\nThe passenger, who had been ill, rubbed her eyes.",
    ),
    "whose place it was": (
        "Die Kral sang.\n\nMoe lost his place in the crew in August.",
        "Die Kral sang.\n\nMoe lost her place in the crew in August.",
    ),
    "who has two callings and a wife": (
        "Die Moe sang.\n\nKral, a doctor and father of four, said in a call with her wife that it rained.",
        "Die Moe sang.\n\nKral, a doctor and father of four, said in a call with his wife that it rained.",
    ),
    "for whom a husband will do it": (
        "Die Kral sang.\n\nMoe slept. Her husband, Diego Serrano, who was in Bari, said that he would cook for him.",
        "Die Kral sang.\n\nMoe slept. Her husband, Diego Serrano, who was in Bari, said that he would cook for her.",
    ),
    "whose mother speaks": (
        "Die Kral sang.\n\nMoe's mother fainted. “I was afraid,” he told a broadcaster.",
        "Die Kral sang.\n\nMoe's mother fainted. “I was afraid,” she told a broadcaster.",
    ),
    "the only woman": (
        "Die crew sat still, Haddou beside Kral. Moe called out. As the only woman there, she sent his greetings.",
        "Die crew sat still, Haddou beside Kral. Moe called out. As the only woman there, she sent her greetings.",
    ),
    "which walk it is": (
        "Die Moe was out for the first time. Kral was on her fifth.",
        "Die Moe was out for the first time. Kral was on his fifth.",
    ),
    "who wants to go on with it": (
        "Die Moe sang.\n\nThe hatch is open. Kral said in May that she wanted to go on with his research.",
        "Die Moe sang.\n\nThe hatch is open. Kral said in May that he wanted to go on with his research.",
    ),
    "one person in two clauses": (
        "Die Moe sang.\n\nKral wept. Within minutes he no longer saw, and she found the door by his own rope.",
        "Die Moe sang.\n\nKral wept. Within minutes he no longer saw, and he found the door by his own rope.",
    ),
    "whose turn it was": (
        "Die Moe sang.\n\nRain fell. Kral took her turn in May.",
        "Die Moe sang.\n\nRain fell. Kral took his turn in May.",
    ),
    "beside two others": (
        "Die Moe sang. The ship in which she flew with his compatriot Virtanen and the Slovak Pavol Kral has landed.",
        "Die Moe sang. The ship in which she flew with her compatriot Virtanen and the Slovak Pavol Kral has landed.",
    ),
}

LEFT_ALONE = {
    "who is named together with another": "Die Kral waved. He smiled. The agency thanked her and him.",
    "who is measured by another": "Die Kral slept.\n\nMoe, who leads them, said that he learned faster than she had.",
    "by whom somebody is measured": "Die Moe slept.\n\nSerrano, who leads, said that he learned faster than she had.",
    "what two have": "Die Kral waved. He smiled. The agency praised her and him, and his and her work.",
    "whom a right reflexive stresses": "Die Moe told Kral that he himself had done it.",
    "a reflexive of somebody else": "Die Moe thanked Kral. She saw him, himself a father, weep.",
    "a year after another left": "Die Kral has retired.\n\nA year after his departure, Moe leads the team.",
    "with whom somebody wrote": "Die Moe slept. Then Kral found the letter that she had written with him.",
    "a man among women": "Die Moe said of Kral: he was the only man among women.",
    "the child of a mother's son": "Die Kral felt cold. Moe, the mother of Haddou, thanked his children.",
    "beside whom another was, of whom it is told": "Die Moe spoke of Kral. With him flew Haddou.",
    "beside whom another came before her": "Die Kral left the capsule first. Moe waved. With him came Haddou.",
    "a former pilot who meets her": "Die Moe is in orbit. The former test pilot called her at noon. He laughed.",
    "a wife who waves back": "Die Moe is in orbit.\n\nSerrano, the husband of the traveler, waved. She waved back.",
    "who were called, with a son": "Die Kral sang. They called Moe, an engineer and his son, who had come. He laughed.",
    "whose sister is helped": "Die Kral praised Moe, and said that she helped her sister until the last day.",
    "two people in two clauses": "Die Moe sang.\n\nKral wept. He could not see, and she found her own rope.",
    "who wipes the brow of another": "Die Moe sang.\n\nKral wept. He no longer saw, and she wiped his brow.",
    "whose eighth and whose fourth": "Die Moe and Kral trained all day.\n\nIt will be her eighth and his fourth.",
    "the new passenger": "Die Moe flew. The new passenger waved. He is a dentist.",
}


@pytest.mark.parametrize("case", REPAIRED)
async def test_what_a_translator_left_wrong_is_repaired(repair: Repair, term: Correction, case: str) -> None:
    text, expected = REPAIRED[case]
    assert (await repair(text, mended=(term,))).text == expected
    assert (await repair(expected, mended=(term,))).text == expected


@pytest.mark.parametrize("case", LEFT_ALONE)
async def test_who_may_be_another_stays(repair: Repair, term: Correction, case: str) -> None:
    text = LEFT_ALONE[case]
    assert (await repair(text, mended=(term,))).text == text
