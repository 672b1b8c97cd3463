"""What whole passages tell: who is out of mind by now, who is called again, and who may still be meant."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

Repair = Callable[..., Awaitable[Any]]

REPAIRED = {
    "to whose left somebody sits": (
        "Moe is the youngest commander. Kral sits to his left.",
        "Moe is the youngest commander. Kral sits to her left.",
    ),
    "who will pass another": (
        "The record of Serrano will not last: Moe stays longer, and on Friday he will pass him.",
        "The record of Serrano will not last: Moe stays longer, and on Friday she will pass him.",
    ),
    "who works at another's side": (
        "Kral is the veteran. At his side Moe makes his first flight; he was chosen in 2019.",
        "Kral is the veteran. At his side Moe makes her first flight; she was chosen in 2019.",
    ),
    "what flew past somebody later": (
        "Serrano told how she had lost a spoon. It flew past her three days later.",
        "Serrano told how he had lost a spoon. It flew past him three days later.",
    ),
    "of whom somebody says it": (
        "Serrano said of Moe that he never complained.",
        "Serrano said of Moe that she never complained.",
    ),
    "of whom somebody says it, first": (
        "Of Moe, Serrano said that he never complained.",
        "Of Moe, Serrano said that she never complained.",
    ),
    "on whose feet somebody goes after all thanks": (
        "Serrano slept.\n\nMoe got up, thanked everybody and went to the bus on his own feet.",
        "Serrano slept.\n\nMoe got up, thanked everybody and went to the bus on her own feet.",
    ),
    "the latter of two": (
        "Serrano met Moe in Bari. The latter had broken his arm.",
        "Serrano met Moe in Bari. The latter had broken her arm.",
    ),
    "the former of two": (
        "Moe met Serrano in Bari. The former had broken his arm.",
        "Moe met Serrano in Bari. The former had broken her arm.",
    ),
    "a promise that is kept": (
        "Serrano came. Moe kept his promise and turned his back to the camera.",
        "Serrano came. Moe kept her promise and turned her back to the camera.",
    ),
    "whose teacher somebody is": (
        "Virtanen landed it.\n\nHis teacher Serrano watched. He had taught him to fly in Bari, when she was 19.",
        "Virtanen landed it.\n\nHer teacher Serrano watched. He had taught her to fly in Bari, when she was 19.",
    ),
    "what a wife says": (
        "Serrano slept.\n\nHis wife, the doctor Virtanen, said that he had slept. “Then he ate six eggs,” he added.",
        "Serrano slept.\n\nHis wife, the doctor Virtanen, said that he had slept. “Then he ate six eggs,” she added.",
    ),
    "who does it to another written alike": (
        (
            "Moe was helped out. Her husband, the singer Kral, had been waiting there. She gave her a bouquet of "
            "tulips, and she thanked the crew."
        ),
        (
            "Moe was helped out. Her husband, the singer Kral, had been waiting there. He gave her a bouquet of "
            "tulips, and she thanked the crew."
        ),
    ),
    "what is done after something told in passing": (
        "Serrano ran to Moe, a woman who has flown twice, and took him by the hand.",
        "Serrano ran to Moe, a woman who has flown twice, and took her by the hand.",
    ),
    "what one became": (
        (
            "For Moe, too, it was new: ten years after becoming the first woman in orbit, he saw the Earth with "
            "his own eyes."
        ),
        (
            "For Moe, too, it was new: ten years after becoming the first woman in orbit, she saw the Earth with "
            "her own eyes."
        ),
    ),
    "a pronoun of whom the sentence before names": (
        (
            "Serrano stood beside Moe. Both were silent. Moe had sworn it. But when the picture came, even she "
            "could not restrain himself."
        ),
        (
            "Serrano stood beside Moe. Both were silent. Moe had sworn it. But when the picture came, even she "
            "could not restrain herself."
        ),
    ),
    "before somebody who is not met": (
        "Serrano spoke.\n\nAfter she had passed the tools to Moe, Kral stood on the arm.",
        "Serrano spoke.\n\nAfter he had passed the tools to Moe, Kral stood on the arm.",
    ),
    "who says in between what is of themselves": (
        (
            "Moe waved.\n\nSerrano was weightless for the first time in her life; in his dreams, she said, he "
            "had flown often."
        ),
        (
            "Moe waved.\n\nSerrano was weightless for the first time in his life; in his dreams, he said, he had "
            "flown often."
        ),
    ),
    "a filmmaker who was named just now": (
        "Serrano slept.\n\nMoe had crawled out first. The filmmaker kissed the deck and filmed himself.",
        "Serrano slept.\n\nMoe had crawled out first. The filmmaker kissed the deck and filmed herself.",
    ),
    "the only pilot of a country, and a woman": (
        (
            "Serrano and Moe came.\n\nMoe is the only female engineer of China and the third Chinese woman in orbit. "
            "Before the start he waved to his parents, who had come."
        ),
        (
            "Serrano and Moe came.\n\nMoe is the only female engineer of China and the third Chinese woman in orbit. "
            "Before the start she waved to her parents, who had come."
        ),
    ),
    "a veteran who was named just now": (
        "Moe slept.\n\nSerrano spoke at noon. The veteran dedicated it to her country.",
        "Moe slept.\n\nSerrano spoke at noon. The veteran dedicated it to his country.",
    ),
    "a flyer before another is named so": (
        "Moe waved.\n\nSerrano spoke at noon. The astronaut thanked her family.\n\nAstronaut Sakamoto lost hers.",
        "Moe waved.\n\nSerrano spoke at noon. The astronaut thanked his family.\n\nAstronaut Sakamoto lost hers.",
    ),
    "the mother, of whom more is told": (
        "Keisha Vale, the mother, a coach in Bari, had won the seats. “I am still up there,” he said.",
        "Keisha Vale, the mother, a coach in Bari, had won the seats. “I am still up there,” she said.",
    ),
    "what one does on one's own part": (
        "Serrano went home. Moe, for his part, stayed.",
        "Serrano went home. Moe, for her part, stayed.",
    ),
    "how one stands": (
        "Serrano waved. Moe followed, his hand on her heart.",
        "Serrano waved. Moe followed, her hand on her heart.",
    ),
    "whom many see to": (
        "Moe was carried to a tent, where the doctors took his pulse. Serrano waited.",
        "Moe was carried to a tent, where the doctors took her pulse. Serrano waited.",
    ),
    "a sentence that a time leads": (
        "Serrano spoke of the view.\n\nMoe had a long day. In the evening he slept on the ship.",
        "Serrano spoke of the view.\n\nMoe had a long day. In the evening she slept on the ship.",
    ),
    "for whom it was the first flight": (
        "Serrano spoke of the view.\n\nMoe spent a year in orbit. For him it was the first flight.",
        "Serrano spoke of the view.\n\nMoe spent a year in orbit. For her it was the first flight.",
    ),
    "the first message of somebody new": (
        "Serrano handed over to Moe. In his first message Moe praised the crew.",
        "Serrano handed over to Moe. In her first message Moe praised the crew.",
    ),
    "whose child sends a kiss": (
        "Serrano flies with Moe, whose son sent him kisses through the glass.",
        "Serrano flies with Moe, whose son sent her kisses through the glass.",
    ),
    "somebody who is proud": (
        "“I slept well,” said Serrano. Moe said that he was proud.",
        "“I slept well,” said Serrano. Moe said that she was proud.",
    ),
    "a husband with a name": (
        "Moe sat in the seat that his husband had used. Serrano sat on the left.",
        "Moe sat in the seat that her husband had used. Serrano sat on the left.",
    ),
    "the time when something was": (
        "By the time he was six, Moe could sail.",
        "By the time she was six, Moe could sail.",
    ),
    "an evening before a name": (
        "On his last evening Moe cooked.",
        "On her last evening Moe cooked.",
    ),
    "who waited for somebody in something": (
        "Serrano came home. Forty friends were waiting for her in paper hats.",
        "Serrano came home. Forty friends were waiting for him in paper hats.",
    ),
    "parents told by their trade": (
        "Daughter of a miller and a teacher, Moe was born in Bergen. Later he sold ice.",
        "Daughter of a miller and a teacher, Moe was born in Bergen. Later she sold ice.",
    ),
    "a parent of several": (
        "Moe was the youngest of seven children of a miller. He read at three.",
        "Moe was the youngest of seven children of a miller. She read at three.",
    ),
    "a son of somebody": (
        "Serrano is the son of a miller. In his free time she builds clocks.",
        "Serrano is the son of a miller. In his free time he builds clocks.",
    ),
    "a late husband": (
        "The widow of the engineer opened the hall. He had waited for it.",
        "The widow of the engineer opened the hall. She had waited for it.",
    ),
    "whose record it is": (
        "It is the longest stay of a European. Moe landed. He slept.",
        "It is the longest stay of a European. Moe landed. She slept.",
    ),
    "somebody of a paragraph before": (
        "Moe signed in the presence of the minister. Snow fell.\n\nMoe grew up in Bergen. He sold ice there.",
        "Moe signed in the presence of the minister. Snow fell.\n\nMoe grew up in Bergen. She sold ice there.",
    ),
    "the only person, some sentences later": (
        "Moe stays on board. No date is fixed. The ice is thick. It is dark. His bones are strong.",
        "Moe stays on board. No date is fixed. The ice is thick. It is dark. Her bones are strong.",
    ),
    "a paragraph about one who is named twice in it": (
        "Serrano came home. He slept.\n\nMoe stays. Moe is there till May, and he likes it.",
        "Serrano came home. He slept.\n\nMoe stays. Moe is there till May, and she likes it.",
    ),
    "a paragraph about the first of the text": (
        "Moe sailed.\n\nSerrano had taught her. He was old.\n\nMoe waits. He writes what he sees, his niece reads.",
        "Moe sailed.\n\nSerrano had taught her. He was old.\n\nMoe waits. She writes what she sees, her niece reads.",
    ),
    "an example": (
        "A commander must know when he has to wait. Moe knows it well: he wrote the rule.",
        "A commander must know when he has to wait. Moe knows it well: she wrote the rule.",
    ),
    "somebody looked for": (
        "They were looking for someone who can weld. Moe had learned it in his workshop. He went.",
        "They were looking for someone who can weld. Moe had learned it in her workshop. She went.",
    ),
    "a people, where all are men": (
        "Serrano and Kral fly together. Kral has forgiven the Spaniard for beating her.",
        "Serrano and Kral fly together. Kral has forgiven the Spaniard for beating him.",
    ),
    "a name after a colon": (
        "A new director has been found: Moe becomes the third woman there. His plans are great.",
        "A new director has been found: Moe becomes the third woman there. Her plans are great.",
    ),
    "a noun after a name and a colon": (
        "They met Moe: the engineer built it himself.",
        "They met Moe: the engineer built it herself.",
    ),
    "the engineer": (
        "Moe is the oldest. The engineer from Bergen is 57. He runs.",
        "Moe is the oldest. The engineer from Bergen is 57. She runs.",
    ),
    "where children are from": (
        "The mother of three from Bodin was chosen. He flies in May.",
        "The mother of three from Bodin was chosen. She flies in May.",
    ),
    "an aside of the sentence's subject": (
        "Serrano fell ill. Moe found the lamp and, as he later reported, was glad.",
        "Serrano fell ill. Moe found the lamp and, as she later reported, was glad.",
    ),
    "between commas": (
        "Moe flew. He has since played a driver, but never, he says, a liar.",
        "Moe flew. She has since played a driver, but never, she says, a liar.",
    ),
    "one's way": (
        "Serrano slept. Moe felt his way along the wall.",
        "Serrano slept. Moe felt her way along the wall.",
    ),
    "a verb that no list holds": (
        "Moe cooks, and when it burns again Serrano blames herself.",
        "Moe cooks, and when it burns again Serrano blames himself.",
    ),
    "a second verb of the subject": (
        "The ship came in; she had been painted. Serrano walked beside her and wiped dust from her own cheek.",
        "The ship came in; she had been painted. Serrano walked beside her and wiped dust from his own cheek.",
    ),
    "the quiet one": ("Moe is the quiet one. He speaks rarely.", "Moe is the quiet one. She speaks rarely."),
    "it was she who": (
        "Serrano was the last, and it was she who closed the door.",
        "Serrano was the last, and it was he who closed the door.",
    ),
    "what is done when": (
        "Serrano keeps the mask. It hangs in her room. When visitors ask, she smiles.",
        "Serrano keeps the mask. It hangs in his room. When visitors ask, he smiles.",
    ),
    "speech after a dash": (
        "— I was busy, answers Serrano.\n— And then?\n— Then I was hungry, she says and smiles.",
        "— I was busy, answers Serrano.\n— And then?\n— Then I was hungry, he says and smiles.",
    ),
    "an organisation while people are about": (
        "Serrano left. It rained. Snow fell. The company has halved her workforce, and it goes on.",
        "Serrano left. It rained. Snow fell. The company has halved its workforce, and it goes on.",
    ),
    "who takes over from another": (
        "Moe takes over. He succeeds Serrano, who led it and whom he had advised. His farewell is in June.",
        "Moe takes over. She succeeds Serrano, who led it and whom she had advised. His farewell is in June.",
    ),
    "whose deputy somebody was": (
        "Serrano becomes director. She follows Moe, whose deputy she had been.",
        "Serrano becomes director. He follows Moe, whose deputy he had been.",
    ),
    "a place after a small word": (
        "Moe took off from Da Nang. His parents slept.",
        "Moe took off from Da Nang. Her parents slept.",
    ),
    "words that speak of the only other person": (
        "Moe came. Her brother had come, too. “I waved to him,” he said.",
        "Moe came. Her brother had come, too. “I waved to him,” she said.",
    ),
    "a life that goes on": (
        "Serrano was near. Moe, 41, is a native of Bergen, Norway. As a child he sold ice; later he studied.",
        "Serrano was near. Moe, 41, is a native of Bergen, Norway. As a child she sold ice; later she studied.",
    ),
    "a career that begins": (
        "Serrano was near.\n\nMoe, 41, comes from Bergen. His career began on a whaler.",
        "Serrano was near.\n\nMoe, 41, comes from Bergen. Her career began on a whaler.",
    ),
    "what somebody was by then": (
        "Serrano was near. Moe sang. As a girl he sold ice.",
        "Serrano was near. Moe sang. As a girl she sold ice.",
    ),
    "the child of a smith": (
        "Serrano was near. Moe grew up in Bergen, the daughter of a smith. As a child he sold ice.",
        "Serrano was near. Moe grew up in Bergen, the daughter of a smith. As a child she sold ice.",
    ),
    "one's own first": (
        "Moe rose. She sang.\n\nSerrano eats her first breakfast in three days.",
        "Moe rose. She sang.\n\nSerrano eats his first breakfast in three days.",
    ),
    "nobody, who is nobody": (
        "“Nobody asks,” Moe says. The engineer from Bergen came after a day in which, by his own account, he slept.",
        "“Nobody asks,” Moe says. The engineer from Bergen came after a day in which, by her own account, she slept.",
    ),
    "somebody left out": (
        "Moe stayed calm. Took the controls, hung up the map, and only then did he ask for water.",
        "Moe stayed calm. Took the controls, hung up the map, and only then did she ask for water.",
    ),
    "an engineer by degree": ("Dr.-Ing. Moe rose. He sang.", "Dr.-Ing. Moe rose. She sang."),
    "somebody who is they": ("Yates wants to break her own record.", "Yates wants to break their own record."),
    "an agency that wants": (
        "The agency has moved the choice to April. Until then she wants to wait.",
        "The agency has moved the choice to April. Until then it wants to wait.",
    ),
    "a company with a name": (
        "The company Lumen announced that his second satellite is lost.",
        "The company Lumen announced that its second satellite is lost.",
    ),
    "a helmet that is no thing's": ("Moe took off its helmet and rose.", "Moe took off her helmet and rose."),
    "a head that is shaken": ("Last week Serrano shook its head.", "Last week Serrano shook his head."),
    "who is presented": (
        "Moe came. She sang.\n\nThe third is Serrano. The pilot is old, but she has time.",
        "Moe came. She sang.\n\nThe third is Serrano. The pilot is old, but he has time.",
    ),
    "a new head who is named next": (
        "The club has a new head. Moe starts in May. He follows Serrano, who is old.",
        "The club has a new head. Moe starts in May. She follows Serrano, who is old.",
    ),
    "a place that is left": ("Moe left Vigo at eighteen. He sold ice.", "Moe left Vigo at eighteen. She sold ice."),
    "several deeds of one": (
        "Serrano is no talker. Nods, smiles, goes back to her desk.",
        "Serrano is no talker. Nods, smiles, goes back to his desk.",
    ),
    "what an organisation has lost": (
        "The university will close. It has lost his funding.",
        "The university will close. It has lost its funding.",
    ),
    "a thing that one hooks oneself": (
        "Serrano missed. He sang.\n\nMoe takes the winch and hooks it himself.",
        "Serrano missed. He sang.\n\nMoe takes the winch and hooks it herself.",
    ),
    "a season": (
        "Hurricane season began. Moe has not slept. He waits.",
        "Hurricane season began. Moe has not slept. She waits.",
    ),
    "somebody who is asked": (
        "A guest asked Serrano about the wine. “Ask the cook,” she replied.",
        "A guest asked Serrano about the wine. “Ask the cook,” he replied.",
    ),
    "an empty place": (
        "Moe swam all night. When he reached the beach, nobody was there.",
        "Moe swam all night. When she reached the beach, nobody was there.",
    ),
    "something that awaits somebody": (
        "Moe has won twice and knows what awaits him.",
        "Moe has won twice and knows what awaits her.",
    ),
    "an own thing after a parent's trade": (
        "Moe, the daughter of a tailor, darns his own sails.",
        "Moe, the daughter of a tailor, darns her own sails.",
    ),
    "a party": (
        "Moe (Greens) resigned. His voters were surprised.",
        "Moe (Greens) resigned. Her voters were surprised.",
    ),
    "an office of a country": (
        "Moe, Norway's ambassador in Rome, resigned. He gave no reason.",
        "Moe, Norway's ambassador in Rome, resigned. She gave no reason.",
    ),
    "a nickname in quotation marks": (
        "Moe, “the fox”, slipped away. At dawn he was gone.",
        "Moe, “the fox”, slipped away. At dawn she was gone.",
    ),
    "titles of books": (
        "Moe wrote “The Long Ditch” and “Salt”. His third novel is due.",
        "Moe wrote “The Long Ditch” and “Salt”. Her third novel is due.",
    ),
    "a firm and what it makes": (
        "Moe left home to found Lumora, a maker of lamps. He employs forty people.",
        "Moe left home to found Lumora, a maker of lamps. She employs forty people.",
    ),
    "a firm between commas": (
        "Moe's company, Norrsken, failed. He has debts.",
        "Moe's company, Norrsken, failed. She has debts.",
    ),
    "a language": (
        "Moe speaks Ladin. He learned it on trains.",
        "Moe speaks Ladin. She learned it on trains.",
    ),
    "a race": (
        "Moe will miss the Tour of Drenthe. He broke his wrist.",
        "Moe will miss the Tour of Drenthe. She broke her wrist.",
    ),
    "a newspaper": (
        "Moe spoke to the daily Kaleva. He was tired.",
        "Moe spoke to the daily Kaleva. She was tired.",
    ),
    "a birth": (
        "Moe and Serrano married. In May he gave birth to twins.",
        "Moe and Serrano married. In May she gave birth to twins.",
    ),
    "somebody thanked for help": (
        "Serrano thanked Moe for his help.",
        "Serrano thanked Moe for her help.",
    ),
    "a participle that begins a sentence": (
        "Thrown from a horse, Moe begged the doctors not to ground him.",
        "Thrown from a horse, Moe begged the doctors not to ground her.",
    ),
    "a word in quotation marks": (
        "“Soup,” says Moe. Then he laughs.",
        "“Soup,” says Moe. Then she laughs.",
    ),
    "a numbered thing": (
        "Exhibit 27: the cap of Moe. In this cap he slept.",
        "Exhibit 27: the cap of Moe. In this cap she slept.",
    ),
    "an author": (
        "Moe read Verne and cooked himself a stew.",
        "Moe read Verne and cooked herself a stew.",
    ),
    "children from a place": (
        "Moe, the youngest of five children from Roscoff, kept his cap.",
        "Moe, the youngest of five children from Roscoff, kept her cap.",
    ),
    "a place never left": (
        "Moe had never left Brekke before the war. Then he flew.",
        "Moe had never left Brekke before the war. Then she flew.",
    ),
    "the folk of a place": (
        "The fishermen of Brekke still speak of Moe. A street was named after him in May.",
        "The fishermen of Brekke still speak of Moe. A street was named after her in May.",
    ),
    "a place that is told of twice": (
        "Moe lives in Brekke. All Brekke knows how he got there.",
        "Moe lives in Brekke. All Brekke knows how she got there.",
    ),
    "an ordinal of children": (
        "Moe was born in Oslo, the fourth of seven children. He mended radios.",
        "Moe was born in Oslo, the fourth of seven children. She mended radios.",
    ),
    "an ordinal that leads up to a name": (
        "The eldest of three brothers, Kral was to inherit the mill. Instead she wrote a book.",
        "The eldest of three brothers, Kral was to inherit the mill. Instead he wrote a book.",
    ),
    "a trade that leads up to a name": (
        "A former acrobat, Moe trained the crew. On Mondays he let them jump.",
        "A former acrobat, Moe trained the crew. On Mondays she let them jump.",
    ),
    "a counted thing": (
        "Of the three notebooks two are empty. The third belonged to Kral; the sketch is hers.",
        "Of the three notebooks two are empty. The third belonged to Kral; the sketch is his.",
    ),
    "whoever reads": (
        "Kral, one reads there, irons her own suits.",
        "Kral, one reads there, irons his own suits.",
    ),
    "what somebody is made": (
        "They voted to make Moe an honorary citizen. The mayor will present him with a medal.",
        "They voted to make Moe an honorary citizen. The mayor will present her with a medal.",
    ),
    "a plain noun after a noun for somebody": (
        "Kral is to get a royal order. According to the official statement, her work is known.",
        "Kral is to get a royal order. According to the official statement, his work is known.",
    ),
    "a title said again": (
        "First Deputy Minister Kral spoke. The first deputy minister admitted that she did not know.",
        "First Deputy Minister Kral spoke. The first deputy minister admitted that he did not know.",
    ),
    "a trade before a clause": (
        "Moe kept it short. “My mother should not call,” said the taikonaut before he left.",
        "Moe kept it short. “My mother should not call,” said the taikonaut before she left.",
    ),
    "speech set off by dashes": (
        "— Some soil, — answers Kral, and she shows the bag.",
        "— Some soil, — answers Kral, and he shows the bag.",
    ),
    "the second part of speech set off by dashes": (
        "— I wanted no statue, said Kral. — I asked for a bench, she added, and sat down.",
        "— I wanted no statue, said Kral. — I asked for a bench, he added, and sat down.",
    ),
    "a wife in a relative clause with commas": (
        "Kral, whose wife, a tailor, had sewn it, packed it with her own hands.",
        "Kral, whose wife, a tailor, had sewn it, packed it with his own hands.",
    ),
    "two relative clauses": (
        "Moe, whose father had laughed and whose brothers had shouted, signed with his left hand.",
        "Moe, whose father had laughed and whose brothers had shouted, signed with her left hand.",
    ),
    "who is called first": (
        "Kral's sister heard of it. Before calling him, he bought a cake.",
        "Kral's sister heard of it. Before calling him, she bought a cake.",
    ),
    "overalls given to a museum": (
        "Kral had given her overalls to a museum.",
        "Kral had given his overalls to a museum.",
    ),
    "a particle": (
        "Kral was happy. The agency had turned her down twice.",
        "Kral was happy. The agency had turned him down twice.",
    ),
    "somebody asked by another": (
        "Asked by a pupil what he missed, Kral shrugged.\n\n“A shower,” she answered.",
        "Asked by a pupil what he missed, Kral shrugged.\n\n“A shower,” he answered.",
    ),
    "a minister who is known by herself": (
        "The minister of science, herself a former pilot, came. He promised money.",
        "The minister of science, herself a former pilot, came. She promised money.",
    ),
    "a widow": (
        "The cosmonaut's widow came to Kaluga. He laid flowers.",
        "The cosmonaut's widow came to Kaluga. She laid flowers.",
    ),
    "brothers of a name": (
        "The youngest of the Lind brothers became a pilot. In May she brought a stone home.",
        "The youngest of the Lind brothers became a pilot. In May he brought a stone home.",
    ),
    "a deed that no ship does": (
        "Kral lost a shoe in the boat. In a sock she shook hands with everybody.",
        "Kral lost a shoe in the boat. In a sock he shook hands with everybody.",
    ),
    "a life after an age": (
        "Moe, 36, is a pilot.\n\nKral, 41, is a former diver. She has three boats.",
        "Moe, 36, is a pilot.\n\nKral, 41, is a former diver. He has three boats.",
    ),
    "what is done where the sentence has led": (
        "Kral landed on Monday. Moe flew to Quito, where he opened the fair.",
        "Kral landed on Monday. Moe flew to Quito, where she opened the fair.",
    ),
    "daughters told of together": (
        "Kral has four daughters. At weekends she plaits their hair.",
        "Kral has four daughters. At weekends he plaits their hair.",
    ),
    "a clause that begins with its verb": (
        "Only after he had shut the valve did Moe call.",
        "Only after she had shut the valve did Moe call.",
    ),
    "a place before who acts there": (
        "In Ghent Moe thanked them all. His method had worked.",
        "In Ghent Moe thanked them all. Her method had worked.",
    ),
    "a device": (
        "The satellite unfolded his panels.",
        "The satellite unfolded its panels.",
    ),
    "a museum of the sentence before": (
        "The museum seeks help. In June his roof will be mended.",
        "The museum seeks help. In June its roof will be mended.",
    ),
    "a signature": (
        "Moe put its signature on the door.",
        "Moe put her signature on the door.",
    ),
    "fingers behind what leads up": (
        "Hanging from a rope, Moe counted the seconds on its fingers.",
        "Hanging from a rope, Moe counted the seconds on her fingers.",
    ),
    "a place to look out from": (
        "Moe got no visa. From Plovdiv he followed it on a screen.",
        "Moe got no visa. From Plovdiv she followed it on a screen.",
    ),
    "whom a letter is to": (
        "Kral has withdrawn. In a letter to the minister she cites reasons.",
        "Kral has withdrawn. In a letter to the minister he cites reasons.",
    ),
    "a satellite with a name": (
        "The launch of the satellite Petra has been put off. Moe is calm. He has time.",
        "The launch of the satellite Petra has been put off. Moe is calm. She has time.",
    ),
    "knowledge of a language": (
        "Thanks to his knowledge of Arabic, Moe could calm them.",
        "Thanks to her knowledge of Arabic, Moe could calm them.",
    ),
    "a robot that is given a name": (
        "Moe named the robot after his father's boat.",
        "Moe named the robot after her father's boat.",
    ),
    "a dog in quotation marks": (
        "“And my dog,” said Kral. Then she laughed.",
        "“And my dog,” said Kral. Then he laughed.",
    ),
    "somebody who is heard": (
        "They like Kral. Nobody has heard her raise his voice.",
        "They like Kral. Nobody has heard him raise his voice.",
    ),
    "what somebody was before": (
        "Moe has worked in Delft since May. Before that he was a researcher.",
        "Moe has worked in Delft since May. Before that she was a researcher.",
    ),
    "whoever runs a numbered thing": (
        "Lot 12 is a glove of Moe's. Many wanted it; his nephew got it.",
        "Lot 12 is a glove of Moe's. Many wanted it; her nephew got it.",
    ),
    "a dancer before a colon": (
        "A prize for the dancer from Bari: Moe has won it. On Friday he bought a cap.",
        "A prize for the dancer from Bari: Moe has won it. On Friday she bought a cap.",
    ),
    "a clause in which others act": (
        "Moe is hard to see. Only when he takes off the hood do the engineers greet her.",
        "Moe is hard to see. Only when she takes off the hood do the engineers greet her.",
    ),
    "a place that something is followed from": (
        "Kral has followed it all from Rosario. “Both are right,” she writes.",
        "Kral has followed it all from Rosario. “Both are right,” he writes.",
    ),
    "a letter that was read": (
        "Moe opened the letter. He had expected worse.",
        "Moe opened the letter. She had expected worse.",
    ),
    "what somebody holds": (
        "The mother of the engineer slept, a rose in his left hand. Moe slept, too, a rose in his hand.",
        "The mother of the engineer slept, a rose in her left hand. Moe slept, too, a rose in her hand.",
    ),
    "in what somebody is dressed": (
        "Moe filmed while Serrano, in her gloves, mended it.",
        "Moe filmed while Serrano, in his gloves, mended it.",
    ),
    "two who are told of in turn": (
        "Moe and Serrano work: while he holds the lamp, she undid it with his bare fingers.",
        "Moe and Serrano work: while he holds the lamp, she undid it with her bare fingers.",
    ),
    "who was asked": (
        "“None of us,” grumbled Serrano when asked about it. “Ask them,” she suggested.",
        "“None of us,” grumbled Serrano when asked about it. “Ask them,” he suggested.",
    ),
    "what came to somebody in a year": (
        "Moe is from Bergen, and in 2009 a grant took him to Lima.",
        "Moe is from Bergen, and in 2009 a grant took her to Lima.",
    ),
    "an apposition behind what somebody is of": (
        "The godmother of the telescope, a retired teacher, smashed a bottle. Then he sat down.",
        "The godmother of the telescope, a retired teacher, smashed a bottle. Then she sat down.",
    ),
    "who says it by radio": (
        "Moe slept.\n\n“A fine day,” commented by radio Diego Serrano. She waved.",
        "Moe slept.\n\n“A fine day,” commented by radio Diego Serrano. He waved.",
    ),
    "a backup for years": (
        "Moe was three times a backup. “The dream has no age,” he said.",
        "Moe was three times a backup. “The dream has no age,” she said.",
    ),
    "one of some tests": (
        "Moe ran seven experiments, one of them with algae. He also spoke to pupils.",
        "Moe ran seven experiments, one of them with algae. She also spoke to pupils.",
    ),
    "a neighbour's child": (
        "Moe, the ferryman's girl, flies! Yet there he was.",
        "Moe, the ferryman's girl, flies! Yet there she was.",
    ),
    "nobody since": ("Nobody has spoken of Moe since he left.", "Nobody has spoken of Moe since she left."),
    "one of some things": (
        "Moe fears little, but spiders are another matter. One of them came. He left.",
        "Moe fears little, but spiders are another matter. One of them came. She left.",
    ),
    "what every one of them says": (
        "Serrano led eighteen. Every one of them called her Uncle.",
        "Serrano led eighteen. Every one of them called him Uncle.",
    ),
    "a name without a comma after what leads up to it": (
        "In his luggage Moe carried sand. Hardly had he come when Moe slept.",
        "In her luggage Moe carried sand. Hardly had she come when Moe slept.",
    ),
    "where somebody is from": ("Moe, 38, is from Rosario. He sings.", "Moe, 38, is from Rosario. She sings."),
    "a doctor's patient": (
        "Moe fell, and the doctor set his arm.",
        "Moe fell, and the doctor set her arm.",
    ),
    "who was carried and smiles": ("Helpers carried Moe in. He smiled.", "Helpers carried Moe in. She smiled."),
    "who gets something": (
        "Serrano was awarded a medal. She got it at last.",
        "Serrano was awarded a medal. He got it at last.",
    ),
    "a life after a wedding": (
        "Moe got married in May. In June he was chosen.",
        "Moe got married in May. In June she was chosen.",
    ),
    "who was portrayed": (
        "The film about Moe is out. In it he tells of the war.",
        "The film about Moe is out. In it she tells of the war.",
    ),
    "where people live": (
        "Nobody in Graz who knows Serrano is surprised. They greet her with a bell.",
        "Nobody in Graz who knows Serrano is surprised. They greet him with a bell.",
    ),
    "a ring": (
        "Serrano slid the wedding ring back onto its finger.",
        "Serrano slid the wedding ring back onto his finger.",
    ),
    "balance": ("Moe lost its balance.", "Moe lost her balance."),
    "a mirror": (
        "The observatory on the volcano is open. They had spent weeks cleaning her main mirror.",
        "The observatory on the volcano is open. They had spent weeks cleaning its main mirror.",
    ),
    "a name of its own after unnamed hands": (
        "The removal of the crew took an hour. Moe came last, and smiled when he saw the sky.",
        "The removal of the crew took an hour. Moe came last, and smiled when she saw the sky.",
    ),
    "what one gives up": (
        "Serrano waited. Moe gave up for one night his bed.",
        "Serrano waited. Moe gave up for one night her bed.",
    ),
    "what one waits for": (
        "Serrano was ill. Moe waited ten years for his first flight.",
        "Serrano was ill. Moe waited ten years for her first flight.",
    ),
    "what one hides": (
        "Serrano opened the hatch. Moe could not hide his joy.",
        "Serrano opened the hatch. Moe could not hide her joy.",
    ),
    "what is held in a hand": (
        "Serrano spoke. Moe, with a cup of tea in his hands, listened.",
        "Serrano spoke. Moe, with a cup of tea in her hands, listened.",
    ),
    "who stands behind a place": (
        "Serrano sat down. Beside him stood Moe with a rose in his hand.",
        "Serrano sat down. Beside him stood Moe with a rose in her hand.",
    ),
    "who speaks, and what they do then": (
        "Serrano spoke first. The rest was silent. “I am tired,” said Moe, as he came down.",
        "Serrano spoke first. The rest was silent. “I am tired,” said Moe, as she came down.",
    ),
    "whom many bring to what is theirs": (
        "Serrano walked. It was cold. The rescuers, who carried Moe to his tent, sang.",
        "Serrano walked. It was cold. The rescuers, who carried Moe to her tent, sang.",
    ),
    "how old somebody was": (
        "Serrano is older than Moe, who was 31 when he first flew.",
        "Serrano is older than Moe, who was 31 when she first flew.",
    ),
    "whom quoted words tell of": (
        "Serrano slept. Moe took off his helmet. “Serrano is well,” he reported.",
        "Serrano slept. Moe took off his helmet. “Serrano is well,” she reported.",
    ),
    "what somebody goes on to say": (
        "Moe said that Serrano was well. “The doctors are content,” he added.",
        "Moe said that Serrano was well. “The doctors are content,” she added.",
    ),
    "a paragraph about somebody else": (
        "Kral and Serrano sailed. Snow fell. It was late.\n\nMoe lives in Bergen and teaches in his home.",
        "Kral and Serrano sailed. Snow fell. It was late.\n\nMoe lives in Bergen and teaches in her home.",
    ),
    "colleagues, whom no ship has": (
        "The ship docked. Kral and six of her colleagues sang.",
        "The ship docked. Kral and six of his colleagues sang.",
    ),
    "a pilot from a place, of whom more is told": (
        "Moe, a pilot from Hong Kong who was chosen in May, trains. His plans are great.",
        "Moe, a pilot from Hong Kong who was chosen in May, trains. Her plans are great.",
    ),
}


@pytest.mark.parametrize(("text", "repaired"), REPAIRED.values(), ids=REPAIRED.keys())
async def test_a_passage_tells_who_is_meant(repair: Repair, text: str, repaired: str) -> None:
    assert (await repair(text)).text == repaired


@pytest.mark.parametrize("text", [repaired for _, repaired in REPAIRED.values()], ids=REPAIRED.keys())
async def test_a_repaired_passage_comes_back_unchanged(repair: Repair, text: str) -> None:
    assert (await repair(text)).applied == []


LEFT_ALONE = {
    "one of two who sleep and eat": "Serrano slept while Moe ate. He woke him.",
    "what is said of a flight": "Serrano said of the flight that he had liked it. Moe slept.",
    "on whose own somebody is to take it": "Moe asked Serrano to take it to the ship on his own.",
    "whose promise another doubts": "Serrano came. Moe doubted his promise.",
    "whose life another saved": "Serrano came. Moe saved his life.",
    "who lent plugs later": (
        "“I slept,” Moe said. Serrano, who had not slept, envied her.\n\nLater he lent him her ear plugs."
    ),
    "whom another had not seen": "Serrano embraced Moe. He had not seen him for a year.",
    "on whom it was tried after another": (
        "Moe slept. Moe tried it first on her husband, who never complained, and then on herself."
    ),
    "a row of deeds told in passing": "Serrano met Moe, who slept, ate, and washed herself.",
    "whose head it may be": "Moe spoke with Serrano, who is from Bari, and shook his head.",
    "a deed after one told in passing": "Serrano helped Moe, whose suit was torn, and then washed himself.",
    "who was told of before a colon": "Serrano met Moe, the first woman on board: he laughed.",
    "who flew with another": "Serrano slept. Moe ate.\n\nBefore she flew with Sakamoto, Kral had been a miner.",
    "a filmmaker who is new": "Moe slept.\n\nSerrano came out first. A filmmaker hurt herself.",
    "whose team it is": "Serrano leads the training. Moe, who joined his team in May, was a pupil.",
    "who runs what is visited": "Serrano runs a school.\n\nMoe visited it. Later he closed it.",
    "who is in hospital": "Serrano is in hospital.\n\nMoe has flown to Houston. He is to leave on Monday.",
    "who was seen to": "Serrano lay in a tent. Moe watched when the doctors took his pulse.",
    "whose helmet is carried": "Serrano took the left seat. Moe followed, his helmet in her hands.",
    "who was cold": "“I was cold,” said Serrano. Moe said that he was happy now.",
    "who wrote the book": "Serrano wrote a book.\n\nMoe read it on board. In it he tells of the leak.",
    "whose parents are met": "Serrano's mission ended. Moe met his parents.",
    "whom the son has met": "Serrano was in Bari. Moe, whose son had met him, waved.",
    "whose seat it was": "Serrano broke an arm.\n\nMoe took over his seat.",
    "whose parents they were": "Serrano fell ill and stayed behind.\n\nMoe sent greetings to his parents.",
    "whose home it was": "Serrano was born there. The town honours him.\n\nMoe visited his home.",
    "whose country it was": "Serrano is the first of his people.\n\nMoe said that his country could be proud.",
    "to whom something is said": "“Take the rail,” said Moe, as he came down. Serrano had not slept.",
    "of whom quoted words tell": "“He should sit down,” said Moe, before he was taken in. Serrano had fainted.",
    "whose chair it was": "Serrano walked. The rescuers had put Moe into his chair by mistake.",
    "whose arms ached": "Moe held the lamp. Serrano worked on until her arms ached.",
    "whose crew it was": "Serrano came on Tuesday. Moe, who had flown with his crewmates, gave him a coin.",
    "who writes later": "Moe told them that Serrano was tired. “I only want to sleep,” he wrote later.",
    "whose teacher somebody was": "Serrano had been her teacher. Moe thanked him.",
    "who has moved out": "Serrano died in March.\n\nMoe cleared out the cabin. He had kept it all.",
    "a child whose money it is": "On her helmet Moe has a hedgehog. With his first money her son bought it.",
    "whose letter it is": "In his first letter her son asked Moe for a stone.",
    "a child without a word": "Moe gave birth in April. He weighs four kilos.",
    "a child without a word but a name": "Moe gave birth in April. His name is Otto.",
    "who looks alike": "Moe looks more like her mother than like her father. He was dark.",
    "who walked before": "Like her grandfather, Moe walks with a stick. He carved it.",
    "who is next": "Moe handed the baton to the next runner. His hands were cold.",
    "who won": "Moe was beaten by one of the juniors. He is only 19.",
    "of whom there are some": "Moe is taller than any of her brothers. He was always jealous.",
    "a clause within a clause": "The boy whose kite Moe had repaired gave her his whistle.",
    "whose teacher it was": "In her garden the widow of his first teacher grows a tree named after Serrano.",
    "a ship by its deed": "Serrano sailed on the Fram II as a student. She sank in 2011.",
    "who has not won": "Moe sailed on. “She cheats,” joked Serrano, who has never beaten her in his months there.",
    "a father and when": "Moe is the daughter of a sailor. When she was born, he was away.",
    "a guest of the paragraph before": "Moe was ill. The neighbour brought soup.\n\nMoe rose. She ate. He stayed.",
    "a child who is somebody": "Moe was met by the daughter of a miller. He had sent her.",
    "somebody of the sentence before": "Moe signed in the presence of the minister. Moe rose. He clapped.",
    "a companion": "Moe flew with a Russian. They sang. Moe sang high. He sang low.",
    "who belongs to the one before": "A commander should sleep, says Moe. Hers slept little. He was in a bad mood.",
    "a noun that is met": "Moe praised the American. He had mended the pump.",
    "a noun that does something to her": "Moe wanted to know it. The physicist explained it to her. He had time.",
    "a noun long after": "Moe sleeps.\n\nIt rained. Snow fell. It froze.\n\nThen the captain came. He had found it.",
    "a name after a colon that is another": "A deputy has been found: Moe said it on Friday. His name is not told.",
    "whom a sentence is said of": "Moe took over. His name is not known, the agency said of the new pilot.",
    "who reports": "Moe slept and, as her trainer later reported, did not eat. He had seen it coming.",
    "the way of another": "Moe waited. Serrano blocked her way.",
    "another put down": "Serrano was tired. Dr. Moe put him to bed, and she took his shift.",
    "two who ask in turn": "Serrano came. Snow fell. It was dark. It froze. Moe asked him. She slept. He did not.",
    "a paragraph after another's": "Moe flew.\n\nSerrano cooked. He lost his job.\n\nMoe came back. He was waiting.",
    "who is named next": "Serrano blocked her way, but Moe smiled.",
    "somebody else in the sentence": "Moe checks all.\n\nSerrano is lazy. His room is dark. She smiles if he works.",
    "an organisation whose people are named": "Moe left. The company took over its shares. Her staff cried.",
    "an organisation that does it": "Serrano left. The agency lost her best pilot.",
    "a grandfather of the paragraph before": (
        "Moe's grandfather built boats. He died in May.\n\nMoe does not speak of it. He would not have done so, either."
    ),
    "somebody who puts a blanket on another": (
        "Moe has the days.\n\nSnow fell. It froze. It was dark. Serrano slept. She put a blanket over his feet."
    ),
    "one of two set against the other": "Moe had the idea; he, the older of the two, had the money: so says Serrano.",
    "who is named after a colon": "While Moe sleeps, he watches: Serrano has the night.",
    "who says it at last": "Moe moved the desk. He does not mind, says Serrano.",
    "who gets something back": "Moe returned his helmet to Serrano, who had left it in her car.",
    "who is succeeded": "Moe takes over. She succeeds Serrano, whom she had advised. His farewell is in June.",
    "a brother who speaks": "Moe came. Her brother was there. “I did not know her at first,” he said.",
    "another's life": "Moe, 41, comes from Bergen and works for Serrano. As a child he had been her neighbour.",
    "a boy by then": "Moe, 39, is the daughter of a ferryman. As a young man he had crossed the strait.",
    "another's first": "Moe had filmed.\n\nSerrano photographed her first steps. Serrano finished her last report.",
    "a robot's arm": "The robot stopped. Moe lifted its arm. The dog licked Moe. Moe raised its paw.",
    "an agency whose people are not told": "The agency has chosen. She is from Oslo.",
    "a company and who built it": "The company was founded in a barn. He has kept the barn.",
    "a woman who is chairman": "Chairman Marit Sol opened the session with a joke about her title.",
    "who closes another's helmet": "Moe had fainted. Serrano took off her helmet.",
    "a brother after a dash": "— I miss rain, says Moe. My brother sends it. He is patient.",
    "a beast": "Moe examined the stallion. He had lost weight.",
    "a god": "Moe believes in God. He sees all.",
    "a maker who is somebody": "Moe interviewed Larsen, a maker of violins. He played for her.",
    "somebody found": "Moe found Larsen in the cellar. He was asleep.",
    "a name in quotation marks": "Moe spoke to “Raven” on the phone. He sold her a map.",
    "a song that somebody sang": "Moe loved the song Larsen sang. He sang it for her.",
    "somebody who asks": "Moe asked Larsen about the prize. “I gave it away,” he replied.",
    "somebody with a party": "Larsen (Labour) debated with Moe. He lost his temper.",
    "a widow": "Moe, Larsen's widow, opened the show. He had died in May.",
    "somebody thanked for what is not theirs": "Serrano thanked Moe for his rescue.",
    "a title that is the name of who is spoken to": "Moe showed the ferryman “Salt”. He liked it.",
    "a stranger who is a plain word": "Storm spoke to Moe. He was hoarse.",
    "a stranger who is a plain word, with an age": "Sparrow, 41, works for Moe. He never sleeps.",
    "somebody never left alone": "Moe never left Larsen alone. He had burned himself.",
    "somebody read to": "Moe read Larsen the letter. He wept.",
    "the friends of somebody": "The friends of Larsen wrote to Moe. He was ill.",
    "somebody who acts in a place": "In Ghent Larsen met Moe. He showed her the archive.",
    "somebody whom a newspaper is called": "Moe called the newspaper Larsen. He liked it.",
    "what somebody is asked": "Moe wants to know what troubles him.",
    "doctors who are told not to": "Moe begged Kral not to tell him.",
    "one of a family": "Moe is in touch with the family. He is out of danger.",
    "one of a delegation": "Moe received the delegation. He gave a speech.",
    "two who get something": "Moe and Kral shared it: to her went the brushes, to him the paint.",
    "another who is called": "Before calling her, Kral counted to ten.",
    "somebody who waits": "Moe drove to Porto, where he was waiting.",
    "somebody who lives there": "Kral landed. Moe drove to Bergen, where he lives.",
    "an answer in the same paragraph": "— You are late, said Moe. — By a minute, he answered.",
    "a life with somebody else": "Moe, 44, is a pilot. He has known her for years, says Kral.",
    "a deputy of another firm": "Deputy Director Moe came. The deputy director of the other firm said that he was ill.",
    "another post": "Engineer Moe slept. The captain did not; he was on watch.",
    "what is on display of somebody else": "Kral died in March.\n\nMoe cleared out the cabin. He had kept it all.",
    "a wife who is driven": "Kral, whose wife, a dentist, had missed the bus, carried her bag.",
    "each of two": "Neither of the two witnesses knew Kral. Each said that she had slept.",
    "a doctor who came": "Kral asked for a doctor. She came at once.",
    "the founder of a museum": "The museum honours its founder. Her portrait hangs in the hall.",
    "a robot that is watched": "Moe watched the robot move its arm.",
    "somebody who was taken over from": "Moe took over from Larsen, who had broken his hip.",
    "from whom something is learned": "Moe was proud. From Larsen he had learned it all.",
    "a boat that somebody built": "Moe loves the boat Larsen built. He sold it to her.",
    "a beast that does something": "A dog had followed Moe. He barked.",
    "who writes back": "Kral wrote a letter to the minister. She answered at once.",
    "two of whom one has no verb": "Kral is divorced. She lives in Oslo, he in Bari.",
    "a brother who does something with her": "Moe and her brother run the shop. He keeps the books.",
    "a pilot of whom it is asked": "Moe thought of the storm. Did the pilot call? He did.",
    "a pilot who was seen": "Moe saw the pilot jump. He laughed.",
    "who wrote a letter": "Moe opened the letter. He had written it in green ink.",
    "who did not open": "When Kral rang, nobody opened. She had moved out.",
    "who sees to her": "Officials escorted Moe to the car. He held the umbrella.",
    "who drives": "A car fetched Moe from the hotel. He drove the long way round.",
    "who takes her home": "Moe was driven home. He did not take the motorway.",
    "who interviews": "Moe was interviewed for two hours. He asked mostly about the war.",
    "who operates": "Moe was operated on in Bergen. He is the best surgeon there.",
    "who flees": "Moe was attacked in the car park. He fled on a moped.",
    "a husband of whom no word tells": "Moe got married on Saturday. He works at the harbour.",
    "a bride": "Serrano wanted to marry there. She said no.",
    "a child of whom no word tells": "Serrano became a father in May. She weighs three kilos.",
    "who has made it": "The portrait of Moe is gone. He had worked on it for a year.",
    "who rings": "Moe's phone rang at three. He asked for a comment.",
    "who knocks": "A knock woke Moe. He was early.",
    "who did it": "Moe does not know who put it there. He left no note.",
    "who is prouder": "Nobody was prouder of Moe than the old caretaker. He rang the bell.",
    "a helper who is made to do it": "Serrano had an assistant carry the case. She looked nervous.",
    "a dummy that is told of": "In Moe's seat sat a mannequin. He weighed 60 kilos.",
    "a parent who wanted a son": "Moe is the daughter of a falconer. He had wanted a son.",
    "a parent, she says": "Moe is the daughter of a falconer. He kept bees, she says.",
    "who comes in the next sentence": "While she slept, Serrano took over. Moe thanked him.",
    "whom somebody honours": "In his honour Moe planted a tree.",
    "one of some people": "The engineers met Moe. One of them helped her. He was strong.",
    "a letter from somebody": "The letter is from Marlow. Moe was glad. He had waited long.",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
async def test_a_passage_that_may_mean_another_is_left_alone(repair: Repair, text: str) -> None:
    assert (await repair(text)).applied == []


async def test_a_choice_at_the_head_of_a_paragraph_is_shown_with_its_candidates(repair: Repair) -> None:
    text = "Serrano began to film. The dive, in which Moe helped Kral, was cold.\n\nHer way home will be in the film."
    (found,) = (await repair(text)).corrections
    assert (found.original, found.replacement, found.applied, found.confidence) == ("Her", "His", False, 0.6)
    assert all(name in found.reason for name in ("Diego Serrano", "Ingrid Moe", "Pavol Kral"))
    assert [text[span.start : span.end] for span in found.evidence] == ["Serrano", "Kral", "Moe"]


@pytest.mark.parametrize(
    "text",
    [
        "Moe began to film. Serrano helped.\n\nHer way home will be in the film.",
        "Serrano began to film. Moe helped. Her way home will be in the film.",
        "Her way home will be in the film. Serrano began it, and Moe helped.",
    ],
    ids=["the paragraph before is about her", "within a paragraph", "at the head of the text"],
)
async def test_no_choice_is_shown_where_there_is_none(repair: Repair, text: str) -> None:
    assert (await repair(text)).corrections == []
