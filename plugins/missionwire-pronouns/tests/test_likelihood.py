"""What is likely wrong is repaired in a text with other faults of translation, and left alone in any other."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec.structs import replace

from missionwire.plugin import Correction

Repair = Callable[..., Awaitable[Any]]

LIKELY = {
    "who is stronger than another": (
        "Die Kral slept.\n\nIn contrast to Serrano, Moe still had strength; he joked with the nurses.",
        "Die Kral slept.\n\nIn contrast to Serrano, Moe still had strength; she joked with the nurses.",
    ),
    "who is unlike another": (
        "Die Kral slept.\n\nUnlike Kral, Moe had no trouble; he ate two plates.",
        "Die Kral slept.\n\nUnlike Kral, Moe had no trouble; she ate two plates.",
    ),
    "who gets one, too": (
        "Die Moe got a medal. Serrano got one, too, but she left it in the taxi.",
        "Die Moe got a medal. Serrano got one, too, but he left it in the taxi.",
    ),
    "whom many carry": (
        "Die Serrano slept.\n\nMoe could not walk, so that two rescuers carried him to the tent.",
        "Die Serrano slept.\n\nMoe could not walk, so that two rescuers carried her to the tent.",
    ),
    "whom nobody equals": (
        "Die Serrano slept.\n\nMoe has now spent 400 days in orbit, more than any woman before him.",
        "Die Serrano slept.\n\nMoe has now spent 400 days in orbit, more than any woman before her.",
    ),
    "who promises": (
        "Die Serrano slept.\n\nMoe had promised her daughter that he would bring her a stone.",
        "Die Serrano slept.\n\nMoe had promised her daughter that she would bring her a stone.",
    ),
    "what another is followed with": (
        "Die Serrano was the first to get out. Moe followed him with a flag in his hand.",
        "Die Serrano was the first to get out. Moe followed him with a flag in her hand.",
    ),
    "who sits beside another": (
        "Die Serrano sat on the deck. Beside him Moe wiped his visor and laughed.",
        "Die Serrano sat on the deck. Beside him Moe wiped her visor and laughed.",
    ),
    "whom a child asks": (
        "Die Moe slept.\n\nA girl asked Serrano what she ate.",
        "Die Moe slept.\n\nA girl asked Serrano what he ate.",
    ),
    "who has something behind them": (
        "Die Serrano slept.\n\nMoe had a hard flight behind him.",
        "Die Serrano slept.\n\nMoe had a hard flight behind her.",
    ),
    "who is given tea": (
        "Die Moe slept.\n\nThe rescuers wrapped Serrano in a blanket and gave her tea.",
        "Die Moe slept.\n\nThe rescuers wrapped Serrano in a blanket and gave him tea.",
    ),
    "who was helped and makes a gesture": (
        "Die Serrano slept.\n\nMoe was helped out of the capsule. He raised both thumbs, and the crowd cheered.",
        "Die Serrano slept.\n\nMoe was helped out of the capsule. She raised both thumbs, and the crowd cheered.",
    ),
    "who was carried and asks for something": (
        "Die Serrano slept.\n\nMoe was carried to a chair. He asked for an apple and laughed.",
        "Die Serrano slept.\n\nMoe was carried to a chair. She asked for an apple and laughed.",
    ),
    "who is supported by many": (
        "Die Moe waved.\n\nSerrano was the third. Supported by two men of the ship, she smiled and shook her head.",
        "Die Moe waved.\n\nSerrano was the third. Supported by two men of the ship, he smiled and shook his head.",
    ),
    "who is helped by somebody": (
        "Die Moe waved.\n\nSerrano came last. Helped by a doctor, she sat down.",
        "Die Moe waved.\n\nSerrano came last. Helped by a doctor, he sat down.",
    ),
    "from whom it is known": (
        "Die Serrano asked for an apple. Moe followed. According to him, the landing was soft.",
        "Die Serrano asked for an apple. Moe followed. According to her, the landing was soft.",
    ),
    "who shares something with another written alike": (
        (
            "Die Serrano, who flew up with Moe in May, held the camera. Since then she has shared with her every "
            "dinner on board."
        ),
        (
            "Die Serrano, who flew up with Moe in May, held the camera. Since then he has shared with her every "
            "dinner on board."
        ),
    ),
    "who does it to both men": (
        (
            "Die Serrano and Kral worked outside. On board they were helped by Moe: she held the suits. Before "
            "closing the hatch, he wished the men luck; it is an old joke of his."
        ),
        (
            "Die Serrano and Kral worked outside. On board they were helped by Moe: she held the suits. Before "
            "closing the hatch, she wished the men luck; it is an old joke of hers."
        ),
    ),
    "who hands on what they had": (
        "Die Moe handed Serrano the key. He had held the command for two weeks.",
        "Die Moe handed Serrano the key. She had held the command for two weeks.",
    ),
    "who says what they want": (
        "Die Serrano slept.\n\nMoe came last. Then he sat down and told the doctors that she felt dizzy.",
        "Die Serrano slept.\n\nMoe came last. Then she sat down and told the doctors that she felt dizzy.",
    ),
    "what somebody became": (
        "Die Serrano waved.\n\nAfter becoming the youngest woman outside, Moe called his mother.",
        "Die Serrano waved.\n\nAfter becoming the youngest woman outside, Moe called her mother.",
    ),
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
    "whom another helps": (
        "Die Serrano slept.\n\nMoe gave a lesson from orbit. Kral helped him with the spinning tops.",
        "Die Serrano slept.\n\nMoe gave a lesson from orbit. Kral helped her with the spinning tops.",
    ),
    "for whom another was waiting": (
        "Die Serrano slept.\n\nMoe hugged Kral, who was waiting for him with open arms.",
        "Die Serrano slept.\n\nMoe hugged Kral, who was waiting for her with open arms.",
    ),
    "for whose return a husband waits": (
        "Die Serrano slept.\n\nMoe waved. Her husband, the painter Pavol Kral, was waiting for his return in Bari.",
        "Die Serrano slept.\n\nMoe waved. Her husband, the painter Pavol Kral, was waiting for her return in Bari.",
    ),
    "what a mother had given": (
        "Die Serrano slept.\n\nMoe wore a ring that her mother had given him in May.",
        "Die Serrano slept.\n\nMoe wore a ring that her mother had given her in May.",
    ),
    "what leads up to somebody": (
        "Die Serrano praised Kral. Asked about his first wish, Moe named a shower.",
        "Die Serrano praised Kral. Asked about her first wish, Moe named a shower.",
    ),
    "a pocket before who carries it": (
        "Die Kral slept.\n\nMoe spoke to the crew. In his pocket she carried a letter.",
        "Die Kral slept.\n\nMoe spoke to the crew. In her pocket she carried a letter.",
    ),
    "whoever is told something": (
        "Die “You worked well,” Kral told Moe. “I feel fine,” he answered.",
        "Die “You worked well,” Kral told Moe. “I feel fine,” she answered.",
    ),
    "to which somebody replies": (
        "Die “Welcome back,” Kral told Moe, to which he replied that it was a fine ride.",
        "Die “Welcome back,” Kral told Moe, to which she replied that it was a fine ride.",
    ),
    "who was learning, by another's word": (
        "Die crew slept. According to Kral, Moe learnt fast: in training he never failed.",
        "Die crew slept. According to Kral, Moe learnt fast: in training she never failed.",
    ),
    "who did more beside another": (
        "Die Moe went out with Kral. From the station he also gave two lessons.",
        "Die Moe went out with Kral. From the station she also gave two lessons.",
    ),
    "who would miss another": (
        "Die Moe embraced Kral and told the others that he would miss his jokes.",
        "Die Moe embraced Kral and told the others that she would miss his jokes.",
    ),
    "with whom somebody worked": (
        "Die Serrano slept.\n\nMoe thanked Kral, with whom he had shared the work.",
        "Die Serrano slept.\n\nMoe thanked Kral, with whom she had shared the work.",
    ),
    "a life in a paragraph of one": (
        "Die Serrano slept.\n\nIt was the second flight of Moe. In August he had been to Bari.",
        "Die Serrano slept.\n\nIt was the second flight of Moe. In August she had been to Bari.",
    ),
    "whose parents somebody waves to": (
        "Die Serrano came first. Moe waved to his parents.",
        "Die Serrano came first. Moe waved to her parents.",
    ),
    "a day before who is told of": (
        "Die Serrano slept.\n\nMoe met Kral. Moe opened her arms. Since Tuesday he is the oldest one, before Kral.",
        "Die Serrano slept.\n\nMoe met Kral. Moe opened her arms. Since Tuesday she is the oldest one, before Kral.",
    ),
    "who speaks after thanking many": (
        "Die Serrano came.\n\nMoe thanked her parents. “I carry a city with me,” he said.",
        "Die Serrano came.\n\nMoe thanked her parents. “I carry a city with me,” she said.",
    ),
    "who tells many something": (
        "Die Serrano came.\n\nMoe thanked the technicians. “Good things take a while,” he told them.",
        "Die Serrano came.\n\nMoe thanked the technicians. “Good things take a while,” she told them.",
    ),
    "whose husband it must be": (
        "Die Serrano praised Moe. She thanked him and said that his husband was watching.",
        "Die Serrano praised Moe. She thanked him and said that her husband was watching.",
    ),
    "for whose wife a letter is": (
        "Die Moe came last. Serrano had entrusted to Moe a letter for her wife, who lives in Bari.",
        "Die Moe came last. Serrano had entrusted to Moe a letter for his wife, who lives in Bari.",
    ),
    "an astronaut beside another": (
        "Die Moe flies for the first time. Sitting next to Kral, the astronaut told that he had dreamed of this day.",
        "Die Moe flies for the first time. Sitting next to Kral, the astronaut told that she had dreamed of this day.",
    ),
    "what a pronoun is before it": (
        "Die Serrano slept. For Moe, 36, it is the first flight. A fighter pilot, he was chosen in 2021.",
        "Die Serrano slept. For Moe, 36, it is the first flight. A fighter pilot, she was chosen in 2021.",
    ),
    "who follows another": (
        "Die Serrano came first. Moe followed him; wrapped in a blanket, he smiled and waved.",
        "Die Serrano came first. Moe followed him; wrapped in a blanket, she smiled and waved.",
    ),
    "beside whom somebody writes": (
        "Die Kral came.\n\nMoe slept. Beside the cheerful Serrano, he wrote a poem.",
        "Die Kral came.\n\nMoe slept. Beside the cheerful Serrano, she wrote a poem.",
    ),
    "who is named with colleagues": (
        "Die Kral laughed. Moe spoke of the toilet, because of which she and his colleagues had slept badly.",
        "Die Kral laughed. Moe spoke of the toilet, because of which she and her colleagues had slept badly.",
    ),
    "a paragraph that goes on with the last one": (
        "Die Serrano praised Moe.\n\nMoe went outside twice in May.\n\nHe was launched again in October.",
        "Die Serrano praised Moe.\n\nMoe went outside twice in May.\n\nShe was launched again in October.",
    ),
    "whose flight somebody is making": (
        "Die Moe came in. Serrano, who is making her second trip, slept.",
        "Die Moe came in. Serrano, who is making his second trip, slept.",
    ),
    "one of many who leave": (
        "Die Kral, Moe, Serrano and Haddou will leave. Moe said that his dogs were waiting.",
        "Die Kral, Moe, Serrano and Haddou will leave. Moe said that her dogs were waiting.",
    ),
    "with whose colleagues somebody returns": (
        "Die Serrano flew to Bari, where doctors will see him. Moe returns to Rome with his colleagues.",
        "Die Serrano flew to Bari, where doctors will see him. Moe returns to Rome with her colleagues.",
    ),
}

PARDONED = {
    "the family of who speaks": (
        "Die Moe slept.\n\n“I am glad,” said Serrano. She thanked his family and the team.",
        "Die Moe slept.\n\n“I am glad,” said Serrano. He thanked his family and the team.",
    ),
    "a first call from a ship": (
        "Die Moe and Serrano steered the ship by hand. In her first call from orbit, Serrano told Houston about it.",
        "Die Moe and Serrano steered the ship by hand. In his first call from orbit, Serrano told Houston about it.",
    ),
    "a flight of their own": (
        "Die Moe went out in May.\n\nSerrano stayed inside. She is to make a flight of his own.",
        "Die Moe went out in May.\n\nSerrano stayed inside. He is to make a flight of his own.",
    ),
    "a ship beside who commanded it": (
        "Die Serrano commanded the ship and said that she was tired.",
        "Die Serrano commanded the ship and said that he was tired.",
    ),
    "a right pronoun beside a wrong one": (
        "Die Kral slept.\n\nThe last one out was Moe. He beamed and hid her face.",
        "Die Kral slept.\n\nThe last one out was Moe. She beamed and hid her face.",
    ),
}
"""Against these a veto speaks elsewhere."""

OTHERS = {
    "whom doctors examine": "Die Serrano fell ill. Moe called the doctors, who examined him.",
    "without whom another left": "Die Serrano slept.\n\nMoe said that the crew had left to repair it without him.",
    "who may sit down": "Die Moe slept.\n\nA girl asked Serrano whether she might touch the suit.",
    "who flies as promised": "Die Serrano is ill.\n\nMoe promised Kral that he would fly in May.",
    "whose letters are read": "Die Serrano was ill. Next to him Moe read his letters.",
    "behind whom another closes the hatch": "Die Serrano was the first. Moe closed the hatch behind him.",
    "who helps": "Die Moe was helped out of the capsule. He took the arm of the pilot.",
    "who asks for words": "Die Moe was met by the press. He asked for a comment.",
    "who comes up with others": "Die Moe waved.\n\nSerrano came last. When two women came up, she smiled.",
    "who told of another": "Die Serrano praised Moe. According to him, the landing was soft.",
    "from whom it is known of somebody": "Die Serrano had tea. Moe slept. According to him, Moe was tired.",
    "one of two women": "Die Moe was there. Sakamoto spoke. Serrano listened. She gave her tea.",
    "a sister who does it": "Die Moe spoke of her sister. Serrano listened. She gave her tea.",
    "who has something on them": "Die Moe asked Serrano for a signature. He had no pen on him, so she lent him hers.",
    "who took something along": "Die Serrano, who knows Moe, held the camera. She had with her a shell.",
    "who waited for what is handed on": "Die Moe handed Serrano the key. He had waited for it.",
    "who hugs her": "Die Serrano slept.\n\nMoe came last. He hugged her and said that she was a star.",
    "who says it between dreams": "Die Serrano waved.\n\nMoe had trained hard; her dreams, he said, had come true.",
    "the face of another": "Die Serrano could not see. Moe shielded his face from the sun.",
    "the helmet of another": "Die Serrano came in. He was wet. Moe took off his helmet.",
    "what is beside somebody": "Die Moe steered. Serrano was at her side.",
    "words about another": "Die Moe laughed. Serrano came closer. “I miss him,” she said.",
    "the words of another": "Die Serrano saw it.\n\nMoe, he says, laughed.",
    "something at the same time": "Die Serrano had a day off. Moe slept while he drove.",
    "one of two": "Die Serrano joined in March, Moe in April. He brought a guitar.",
    "who is set against another": "Die Kral was glad. Moe was not. Serrano was glad. She was not.",
    "the hatch behind another": "Die Kral slept.\n\nMoe went out. Serrano shut the hatch behind him.",
    "who is awaited by the kin of another": "Die Kral slept in a tent. Moe's mother was waiting for him outside.",
    "the name of a grandfather": "Die Moe came home. Her grandfather had built the school; his name is on the door.",
    "what leads up to another's birthday": "Die Kral slept.\n\nSerrano trained Moe. After his return, Moe sang.",
    "who flew with somebody": "Die Moe flew with Kral. In the evening he cooked for both.",
    "who flew with somebody before": "Die Serrano had a day off.\n\nMoe, who had flown with him, sat in Rome.",
    "who says it in between": "Die Moe was pleased. The mother of three, he said, was chosen.",
    "who knows it in between": "Die The mother slept, he knew. Then the bell rang.",
    "a ship that is told of": "Die Serrano bought the ship in May and loved her. She sank in 2011.",
    "the owner of a cabin": "Die Norway kept the ship and loved her. Serrano wrote a book in her smallest cabin.",
    "whom somebody taught": "Die Serrano watched Moe, whom he had taught.",
    "who is praised and may answer": "Die Serrano came.\n\nMoe praised Kral for his patience. “We slept,” he said.",
    "who answers a complaint": "Die Serrano came.\n\nMoe complained about the heat. “It is not so bad,” he said.",
    "of whom parents speak": "Die Serrano came.\n\nMoe thanked her parents. “We miss her,” he said.",
    "one of two who may be the veteran": "Die Moe slept.\n\nSerrano greeted Moe. The veteran thanked her country.",
    "a veteran who is new": "Die Serrano slept.\n\nKral spoke at noon. A veteran thanked her country.",
    "who is followed": "Die Serrano came first. Moe followed him. He smiled and waved.",
    "whose seat is free": "Die Serrano is ill. Moe has his seat.",
    "who tells of another": "Die Serrano waved. A doctor from Bari, he said, was there.",
    "whom the text is about": (
        "Die Serrano praised Moe. Serrano flew. Serrano ate. Serrano sang.\n\nMoe waved.\n\nHe was launched in October."
    ),
    "who was spoken to": "Die Moe thanked Serrano.\n\nHe was launched again in October.",
    "who was found with flowers": "Die Moe found Serrano with a bouquet of flowers in his hands.",
    "whose report another finished": "Die Serrano was ill. Moe finished his second trip report.",
    "whose dogs wait": "Die Serrano called. Moe said that his dogs were waiting.",
    "who is told of beside the subject": "Die Moe follows Serrano, whom she had taught. He moves to Chile.",
}


@pytest.mark.parametrize("case", LIKELY)
async def test_a_text_with_a_mended_term_is_read_with_less_doubt(repair: Repair, term: Correction, case: str) -> None:
    text, expected = LIKELY[case]
    repaired = await repair(text, mended=(term,))
    assert repaired.text == expected
    assert "other faults of translation" in " ".join(c.reason for c in repaired.applied)
    assert (await repair(expected, mended=(term,))).text == expected  # and it is done once


@pytest.mark.parametrize("case", LIKELY)
async def test_the_same_is_left_alone_where_nothing_else_is_wrong(repair: Repair, term: Correction, case: str) -> None:
    text, expected = LIKELY[case]
    only_suggested = replace(term, applied=False)
    assert (await repair(text)).text != expected
    assert (await repair(text, mended=(only_suggested,))).text != expected


@pytest.mark.parametrize("case", PARDONED)
async def test_some_vetoes_do_not_count_beside_a_mended_term(repair: Repair, term: Correction, case: str) -> None:
    text, expected = PARDONED[case]
    assert (await repair(text, mended=(term,))).text == expected
    assert (await repair(text)).text == text


@pytest.mark.parametrize("case", OTHERS)
async def test_who_may_be_another_stays_in_a_text_with_faults(repair: Repair, term: Correction, case: str) -> None:
    text = OTHERS[case]
    assert (await repair(text, mended=(term,))).text == text


async def test_one_wrong_pronoun_tells_that_others_are(repair: Repair) -> None:
    likely = "Serrano waved. Moe was the last. Wrapped in a blanket, he asked for tea."
    assert (await repair(f"Moe waited.\n\n{likely}")).text == f"Moe waited.\n\n{likely}"
    assert (await repair(f"Moe brushed his teeth.\n\n{likely}")).text == (
        "Moe brushed her teeth.\n\nSerrano waved. Moe was the last. Wrapped in a blanket, she asked for tea."
    )
