"""Who takes part in what a clause tells, and which craft it happens to."""

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from missionwire.plugin import CraftMention, Person, PersonMention
from missionwire_articles.atoms import atoms
from missionwire_articles.narrative import Narrative, Placed, between
from missionwire_articles.remarks import is_in_relative
from missionwire_articles.rules import MARKS

ON_THE_GROUND: Final = frozenset(
    {
        "agency-head",
        "executive",
        "flight-director",
        "journalist",
        "launch-director",
        "official",
        "programme-manager",
        "spokesperson",
    }
)
"""Roles of VOCABULARY, section 4, that do not fly. Whoever has one is told of for what they say or see."""

TRADES: Final = frozenset({"actor", "director"})
"""Roles that are trades: of somebody who flies, the flight role wins, and the trade is the occupation."""

_REACH: Final = 80

_SAY: Final = (
    r"(?:said|says|told|added|explained|wrote|tweeted|noted|stated|announced|confirmed|reported|posted|recalled)"
)
_NAME: Final = MARKS["person"]
_SEEN_BY: Final = (
    r"(?:greeted|welcomed|met|congratulated|hugged|interviewed|watched|joined|seen off|announced|confirmed)\sby"
)
_NOT_OF_IT: Final = (
    rf"(?:according to|like|unlike|than(?!\s{MARKS['time']})|instead of|without|named after"
    r"|(?<!crew )(?<!crew, )(?:led|headed|commanded) by|owned by|directed by|written by"
    r"|founded by|replac\w+(?: by)?|family of|wife of|husband of|son of|daughter of|project of"
    r"|(?:for|before|until|awaiting|allow\w*|mak\w+ possible) the (?:return|arrival|rescue|relief|homecoming) of"
    r"|(?<!in the )company of|behind(?!\s(?:him|her|them),?\s(?:came|went|followed|floated|swam|climbed)\b))"
)
_NOT_HERE_BEFORE: Final = re.compile(
    rf"\b{_SEEN_BY}\s[^;.]{{0,{_REACH}}}$|\band\s(?:then\s|at\sonce\s)?(?:embraced|hugged|greeted|kissed)\s[^,;.]{{0,40}}$|\b{_NOT_OF_IT}\s[^,;.]{{0,40}}$",
)
_SAID_BEFORE: Final = re.compile(rf"\b{_SAY}(?:\s(?:to|by|on)?[^,;.“”\"]{{0,50}})?(?<!\bthat)\s$")
_ACTS: Final = re.compile(rf"\s(?:and\s{_NAME}++\s)?(?:was|were|had|has|have|is|are|will|would)\b")
"""After a name: it is the subject of what was said, "NASA said NAME was …", not the speaker or who was told."""

_TOLD_OF: Final = re.compile(r",\swho\s")
"""After a name: what follows tells of them, whatever they said."""

_TOLD_OF_ONE: Final = re.compile(rf"{_NAME},\swho\s")

_NOT_HERE_AFTER: Final = re.compile(
    rf"(?:[’']s?\b(?!\s{_NAME})|(?:,(?:[^,;“”\"]{{1,80}}+,)?)?\s(?:also\s|later\s|then\s)?{_SAY}\b"
    r"|,\s(?:who|whose)\s[^,]{0,60}\bnot\b)",
)
_OF_OTHERS: Final = re.compile(
    r"\b(?:with the crew of|(?:met|greeted|welcomed|received|hugged|embraced|relieved|replaced|congratulated"
    r"|awaited) by"
    r"|hand\w* over to|to the crew of|taking over from|took over from|relieving|replacing|where)\s[^.;]*$"
    r"|\b(?:first|second|third|\w+th)\s(?:[\w-]++\s){1,8}?to\s[^.;]{1,60}?\b(?:after|since|like|behind)\s(?:the\s)?(?:[\w-]++\s){0,3}$"
)
"""Before names of people who did not come along: "they were met by …", "the second woman to fly after …"."""

_LIKE_OTHERS: Final = atoms(_OF_OTHERS.pattern)
"""Of which it has one."""

_COMPANIONS: Final = re.compile(
    rf"(?:(?!\sand\s(?!(?:(?:in|on|one|another)\s){{0,2}}{MARKS['time']}))[^;.])*?"
    r"\b(?:with|accompanied by|along with|together with|alongside|beside|carrying|aboard were"
    r"|joined by|followed by|in the company of|side by side with|at the side of)"
    rf"\s(?:[^;.]{{0,60}}?{_NAME}+)+",
)
_IN_RELATIVE: Final = re.compile(r"\bwho\s[^,;]*$")
_MAIN_VERB: Final = re.compile(
    r",\s(?:(?:now|then|also|still|soon|both|all)\s)?(?!(?:accompanied|joined|followed|flanked)\b)(?:will|would|is|are|was|were|has|had|have|can|could"
    r"|may|must|do|does|did|remains?|stays?|returns?|goes|go|takes?|gets?|\w{2,}ed|went|came|left|took|made|said|gave|told"
    r"|got|met|flew|became)\s"
)
"""After a relative clause: the verb of its main clause."""

_LISTED: Final = re.compile(
    r"[^;:.]*\b(?:crewmates?|colleagues|companions?|comrades|passengers|others|people|women|men|astronauts|cosmonauts"
    rf"|taikonauts|travell?ers|tourists):\s(?:[^;.]{{0,60}}?{_NAME}+)+"
)
"""Those who came along, told one by one after a colon: "with her two crewmates: A and B"."""

_ONES: Final = rf"(?<!{_NAME}){_NAME}++(?:\s\(\d+\))?(?:,[^,;.{_NAME}]{{1,60}},(?=\s(?!and\b)))?"
_LIST: Final = rf"{_ONES}(?:(?:,|,?\sand|(?<=,))\s(?:(?!and\b)[\w-]++\s){{0,4}}?{_ONES})*"
"""Several names, each with a word or an apposition of its own."""

_IN_TURN: Final = (
    r"(?:followed|(?:(?:was|were|came|went|left|climbed|stepped|got|floated|swam|emerged|appeared)\s)?(?:out\s)?"
    r"(?:the\s)?(?:last|second|third|fourth|next|(?:right\s|soon\s|close\s|just\s)?(?:behind|after)(?:wards?)?\b))"
)
"""What tells that somebody did the same after the first."""

_FOLLOWERS: Final = re.compile(
    r"[^;.]{0,80}?(?:[,;]\s(?:and\s)?(?:then|followed by|after (?:him|her|them)|next|lastly|finally)(?:\scame)?,?\s"
    rf"(?:the\s)?(?:[\w-]++\s){{0,3}}?{_NAME}[^.;]*"
    rf"|\s(?:as\s)?(?:the\s)?(?:second|third|fourth|last|next)(?:\sone)?,?\s(?:after|behind)\s(?:(?!and\b)[\w-]++\s){{0,3}}?{_LIST}"
    r"|(?:[,;]\s|,?\s(?:and|with)\s)(?:(?:behind|after)\s(?:him|her|them),?\s(?:came|went|followed|floated|swam|climbed)\s"
    rf"(?:the\s)?(?:(?!and\b)[\w-]++\s){{0,3}}?{_LIST}|(?:the\s)?(?:(?!and\b)[\w-]++\s){{0,3}}?{_LIST},?\s{_IN_TURN}))"
)
"""Those who did the same one after the other: "A was the first to leave, then B and, at the end, C"."""

_SEATED: Final = (
    r"(?:was|were|sat|rested)\s(?:(?:already|also|soon|then)\s)?(?:(?:sitting|seated|resting|placed|settled|put|lying)\s)?(?:down\s)?"
    r"(?:in|into|on)\s(?:the|a)\s(?:next|second|third|other|neighbou?ring|adjacent|last)\s(?:\w++\s)?"
    r"(?:armchair|chair|seat|stretcher|recliner|sun ?bed|deckchair)\b"
)
_TAKEN_OUT: Final = (
    r"(?:was|were)\s(?:then\s)?(?:evacuated|extracted|removed|freed|taken|lifted|pulled|carried|helped|brought)(?:\s(?:out|off))?\s"
    r"(?:last|next|second|third|fourth|in turn)\b"
)
"""After a name: they are out, too, as those before them."""

_JUST_AFTER: Final = re.compile(
    r"[^,;.]{0,60}?\s(?:(?:just|right|shortly|soon|immediately|directly|moments|(?:[\w-]++\s){0,2}(?:minutes?|seconds))\s(?:after|behind)"
    rf"|behind)\s(?P<who>(?:the\s)?(?:(?!(?:and|an?|of|from|by|with|to|had|has|was|were)\b)[\w-]++\s){{0,3}}?{_LIST})(?=[.;,]|$|\s(?:and|at|on|in|with)\b)"
)
"""Those who did the same just before: "was lifted out just after NAME"."""

_NEXT: Final = re.compile(
    rf"(?:{_NAME}++\s(?:went|was|came|climbed|stepped)\s(?:out\s)?first\b"
    rf"|(?:after|behind)\s(?:him|her|them|{_NAME}+),?\s(?:came|followed|went|climbed|emerged|it was)\b"
    r"|(?:(?:then|next|finally|lastly|second|third)\s(?:came|followed|was|out was|it was the turn of)\b)"
    r"|(?:the\s)?(?:last|second|third|next|final)\s(?:one\s)?(?:(?:out|up|off|to\s(?:[\w-]++\s){1,5}?)\s?)?(?:was|were|came)\b"
    rf"|{_LIST},\s(?:the\s)?(?:last|second|third|next)(?:\sone)?\sto\s(?:leave|exit|come|climb|emerge|get|be|step|appear)\b"
    rf"|(?:he|she|they|{_NAME}+)\s(?:was|were)\s(?:then\s|soon\s|closely\s)?followed by\b"
    rf"|(?:the\s)?(?:(?!and\b)[\w-]++\s){{0,3}}?{_LIST}\s(?:then\s)?(?:{_IN_TURN}"
    rf"|(?:was|were|came|climbed|stepped|got|left|exited)\s(?:[\w-]++\s){{0,3}}?(?:after|behind)\s(?:him|her|them|{_NAME}+)))"
    rf"|(?:(?:[^,;{_NAME}]{{1,40}}\slater|soon(?:\safter(?:wards)?)?|then|a\slittle\slater|moments\safter),?\s)?(?:the\s)?{_LIST}\s(?:{_SEATED}|{_TAKEN_OUT})"
    r"[^;.]*"
)
"""A sentence that goes on with who did the same as the first one."""

ROW: Final = 5
"""So many sentences may tell who came after the first."""

_WISH: Final = re.compile(
    r",\s(?:an?|the)\s(?:[\w-]++\s)?(?:day|date|moment|trip|journey|flight|voyage|mission|adventure|feat|dream|record|step|result|success)\s(?:that\s|which\s)?$"
)
_HAD_DREAMT: Final = re.compile(r"\s(?:had|has|would|will|could|was|called|calls|once|spent|always)\b")
"""About a name: what it stands in tells of what was done, "a day NAME had spent years preparing for"."""

_WHO: Final = re.compile(
    rf"{_NAME}(?<!{_NAME}{_NAME}){_NAME}*+(?:(?:,\s(?!and\salso\b|as\swell\b)(?:and\s)?|\sand\s(?!also\b))(?:the\s)?(?:[\w-]++\s){{0,3}}{_NAME}++)*(?:,[^,;{_NAME}]{{1,60}})?,?\s"
    r"who(?:\s(?:had|has|have|was|were|will|would|should|is|are|due|set|expected|scheduled|to|also|both|all|then|later|\w+ly))*\s$"
)
"""Before a verb: those of whom its relative clause tells, "NAME, who left …"."""

_APPOSED: Final = re.compile(
    rf"(?P<who>{_NAME}+),\s(?:(?:an?|one of the|the)\s)[^,;{_NAME}]{{2,60}}?\b"
    r"(?:astronaut|cosmonaut|engineer|pilot|scientist|biologist"
    r"|physician|doctor|geologist|officer|physicist|teacher|woman|man|candidate|candidates|pilots|women|men)\s$"
)
"""Before a participle: whom its apposition calls so, "NAME, an engineer chosen from …"."""

_OBJECT_APPOSED: Final = re.compile(
    rf"\b(?:to|by|from|of|for|over to)\s(?:(?!and\b)[\w-]++\s){{0,3}}?(?P<who>{_NAME}+),\s$"
)
"""Before an apposition: of whom it is who is no subject, "to NAME, the first"."""

_OWNER: Final = re.compile(
    rf"(?P<who>{_NAME}+)(?:\s\(\d+\))?,\swhose\s(?!(?:wife|husband|son|daughter|family|mother|father|crew|colleague|companion"
    rf"|compatriot|friend|commander|captain|predecessor|successor|seat|place)s?\b)[^,;{_NAME}]*$"
)
"""Before a verb: whose own it is of which it tells, "NAME, whose stay ended"."""

_CRAFT_WHOSE: Final = re.compile(rf"{MARKS['mission']}+,\swhose\s(?!(?:crew|astronauts)\b)[^,;]*$")
"""Before a verb: it is of that craft, "CRAFT, whose launch is"."""

_LEADING: Final = re.compile(
    rf"[\"“]?(?:(?:[^\s,;{_NAME}]++\s){{0,6}}?[^\s,;{_NAME}]+,\s)?(?P<who>(?:he|she|the\s[\w-]+)|(?:[^\s,;{_NAME}]++\s){{0,4}}?{_LIST}),?\s(?:then\s|later\s)?"
    r"(?!(?:was|were|had|has|have|is|are)\b)(?:\w{2,}ed|met|went|gave|took|told|showed|saw|got|held|shook|sent|thanked|kissed|led|left|found|threw)\s"
    rf"(?:(?!\b(?:with|alongside|accompanied|joined|followed|beside)\b)[^;])*{_NAME}[^;]*?(?:\sand(?:\sthen)?|,?\sthen)?\s(?:(?:then|later|finally|also|soon|was|were|had|been|\w+ly)\s)*$"
)
"""A subject, its first verb with those to whom it was done, and "and": "the Italian hugged NAME and later"."""

_CUT: Final = re.compile(
    rf"(?:after|before|behind|with|alongside|together with)\s|(?:[^\s,;{_NAME}]++\s){{0,3}}?{_NAME}"
)
"""How a part of a sentence begins that may have its subject before it."""

_NAMES: Final = rf"{_NAME}+(?:\s\(\d+\))?(?:(?:,|,?\sand)\s(?:[^\s,;{_NAME}]++\s){{0,3}}?{_NAME}+(?:\s\(\d+\))?)*"
_REMARKED: Final = re.compile(
    rf"(?:[^{_NAME};]*?\s)?(?P<who>{_NAMES}),\s(?:who|whose|whom|(?:with|to|for|from|of|by)\swhom)\s"
    rf"(?:[^,;]*,\sand\s(?P<other>(?:[^\s,;{_NAME}]++\s){{0,3}}?{_NAMES})\s|[^;]*,\s(?!(?:an?|the|it|he|she|they|both)\s))"
    rf"(?![^,;]*\b(?:that|said|says|told)\s)[^,;{_NAME}]*$"
)
"""Before a verb: those of whom a remark tells before it, "NAME, who came out after NAME, waved and was"."""

_WHOM: Final = re.compile(rf"{_NAME}+,?\swhom\s[^,;]*$")
"""Before a verb: the one to whom it was done, "NAME, whom doctors examined"."""

_CRAFT_DUE: Final = re.compile(
    rf"{MARKS['mission']}+,\s(?:(?:now|currently|still|which is|which was)\s)?"
    r"(?:due|set|scheduled|expected|planned|slated|meant)\s(?:to\s|for\s)?(?:\w++\s)?$"
)
"""Before a verb: it is of the craft right before it, not of those named farther off."""

_TO_FLY: Final = re.compile(
    rf"(?:{_NAME}+(?:,\s(?:and\s)?|\sand\s)(?:[\w-]++\s){{0,3}}?)*{_NAME}++\s(?:was|were)\s(?:about\s|due\s|set\s|scheduled\s|supposed\s)?"
    r"to\s(?:ride|fly|lift off|take off|blast off|go up|go into|be launched|set off|launch|travel|soar)\b"
)
_HOSTS: Final = re.compile(
    r"\b(?:greeted|welcomed|embraced|hugged|received|awaited|met)\s(?:all\s)?(?:the|their|his|her|its)\s(?:(?:two|three|four|new)\s)?"
    r"(?:newcomers|new arrivals|arrivals|guests|visitors|new crew|replacements|colleagues)\b"
)
_WEARER: Final = re.compile(
    rf"{_NAME}+[’']s?\s(?:(?:own|right|left|space)\s)?(?:suit|spacesuit|helmet|glove|visor|seat)"
)

DOERS: Final = frozenset({"anomaly.resolved", "test.performed"})
"""Types of what a person may have done, and a machine as well."""

_DOER: Final = re.compile(
    r"(?<!\bof )(?<!\bfrom )(?<!\bby )(?<!\bwith )(?<!\bto )(?<!\bfor )(?<!\bon )(?<!\bin )(?<!\btold )"
    rf"{_LIST}(?:,?\s(?:(?:had|has|have|also|then|later|first|finally|both|\w+ly)\s)*)?$"
)
_TAKER: Final = re.compile(
    rf"\bcommand\b[^;.,]{{0,40}}?\s(?:from|to)\s(?:(?:the|a)\s)?(?:[\w-]++\s){{0,3}}?{_LIST}"
    rf"(?:\sto\s(?:(?:the|a)\s)?(?:[\w-]++\s){{0,3}}?{_LIST})?"
)
"""A noun for the handover, and between whom it was: "the handover of command to NAME"."""

_BY: Final = re.compile(
    r"[^;.]{0,60}?\bby\s(?:(?:the|its|an?)\s)?(?:[\w-]++\s){0,4}?"
    rf"{_NAME}+(?:(?:,|,? and)\s[^,;.]{{0,40}}?{_NAME}+)*"
)
_OF: Final = re.compile(
    rf"(?:\s(?:of|by|for)|[^;.]{{0,40}}?\b(?:with|in|on|aboard)\swhich)\s"
    rf"(?:[^,;.]{{0,60}}?{_NAME}+(?:(?:,|,? and)\s[^,;.]{{0,40}}?{_NAME}+)*)",
)
_OF_DEED: Final = re.compile(
    r"\b(?:launch|lift-?off|take-?off|start|departure|return|landing|splashdown|touchdown|docking|undocking|arrival|flight"
    r"|(?:space\s?)?walk|spacewalk|outing|sortie|excursion|exit|work\soutside)(?:\s(?:to|from|into|on)\s[^,;]{1,30}?)?"
    rf"(?:,?\s(?:of|by|for)|,\swith)\s(?:(?:the\s)?{MARKS['mission']}+,?\swith\s)?"
    rf"(?P<who>(?:(?!(?:and|of|in|on|with|to|from|crew|ship|family|words|view)\b)[\w-]++\s){{0,4}}?{_LIST})(?![’'])"
)
"""A deed, and who does it: "the next spacewalk, by NAME and NAME,"."""

_ABOARD: Final = re.compile(
    r"\b(?:aboard|on board|during|inside|in|by|of|on|atop|(?<!together )(?<!along )with|using|for)\s"
    rf"(?:(?:the|a|an|their|its|his|her|\w+[’']s|{MARKS['agency']}+(?:[’']s)?|{MARKS['spacecraft']}+|{MARKS['vehicle']}+"
    r"|device|apparatus|spatial|uncrewed|crewed|spacecraft|capsule|spaceship|mission|ship|russian|chinese|american|european|new)\s){0,4}$",
)
_WITH_ANOTHER: Final = re.compile(
    r"\b(?:hand\w*|over)\s(?:[\w-]++\s){0,4}to\s(?:the\s)?(?:crew|astronauts|people)?\s?(?:of\s)?$|"
    r"\b(?:docked|linked up|hooked up|moored)\s(?:\w++\s){0,3}(?:with|to)\s"
    r"|\b(?:than|like|unlike|together with|along with|alongside|after|before|from|replac\w+|following|ahead of|since)\s"
    r"(?:the\s)?(?:\w++\s){0,2}(?:(?:flight|launch|landing|crew|failure|accident|return|departure|arrival|docking|abort"
    r"|scrub|loss|mission|success|end|start|crash)\s(?:of|on|by)\s(?:the\s)?)?$",
)


MADE_OTHERS: Final = re.compile(
    r"(?:,[^,;.]{1,40},)?\s(?:had\s|has\s|also\s)?(?:forced|obliged|led|caused|compelled|prompted|pushed|persuaded|convinced)\s"
    r"(?:[^\s,;.]++\s){1,5}to\s"
)
"""After a flight: because of it others did something, "the loss of CRAFT forced the agencies to"."""

_JOINED: Final = re.compile(r"\b(?:after|before|since|until)\s(?:the\s)?(?:\w++\s){0,2}$")
_DIRECT: Final = re.compile(r"\s(?:(?:had|has|have|was|were|then|also|finally|\w+ly)\s)*")

_TAKEN_FROM: Final = re.compile(r"\b(?:from|off)\s(?:the\s)?(?:crew\sof\s)?(?:the\s)?$")

_COMPARED: Final = re.compile(
    r"\b(?:than|like|unlike|since|together with|along with|alongside|as well as)\s(?:the\s)?(?:\w++\s){0,3}$"
)


def people(narrative: Narrative, spans: Iterable[tuple[int, int]], *, is_author: bool = False) -> tuple[Person, ...]:
    """Give the people named in parts of a sentence who take part in what it tells, each once, in its order.

    `is_author`: those who did it at a desk, whatever their role.
    """
    found: dict[str, Person] = {}
    for start, end in spans:
        for placed in between(narrative.people, start, end):
            if is_author or not _is_elsewhere(narrative, placed, start, end):
                person = _in_flight(person_of(placed.mention))
                found.setdefault(person.id or person.name, person)
    return tuple(found.values())


def named(narrative: Narrative, start: int, end: int) -> tuple[Person, ...]:
    """Give everybody named in a part of the text who may have been there, for what they said, too."""
    found: dict[str, Person] = {}
    for place, _, mention in between(narrative.people, start, end):
        who = mention.id or mention.name
        if who not in found and mention.role not in ON_THE_GROUND and not _is_of_others(narrative.small, start, place):
            found[who] = _in_flight(person_of(mention))
    return tuple(found.values())


def _is_of_others(small: str, start: int, place: int) -> bool:
    """Tell whether somebody is named there as one of those who did not come along."""
    head = _before(small, start, place)
    return any(map(head.__contains__, _LIKE_OTHERS)) and _OF_OTHERS.search(head) is not None


def _before(small: str, start: int, place: int) -> str:
    """Give what stands not far before a name in its part of a sentence."""
    head = small[max(start, place - 2 * _REACH) : place]
    return head[max(head.rfind("."), head.rfind(";")) + 1 :]


def told_of_last(narrative: Narrative, start: int, end: int) -> tuple[int, int] | None:
    """Give the part of a head that names of whom its apposition tells: "handed over to NAME, the first"."""
    found = _OBJECT_APPOSED.search(narrative.small, start, end)
    return found.span("who") if found else None


def is_apposed(narrative: Narrative, start: int, end: int) -> bool:
    """Tell whether a head ends in an apposition, of which the verb is: "NAME, an engineer chosen from …"."""
    return _apposed(narrative, start, end) is not None


def _apposed(narrative: Narrative, start: int, end: int) -> re.Match[str] | None:
    small = narrative.small
    comma = small.rfind(", ", start, end)
    is_behind_name = comma > start and small[comma - 1] == _NAME
    return _APPOSED.search(small, max(start, comma - _REACH), end) if is_behind_name else None


def remark_end(narrative: Narrative, head: tuple[int, int], tail: tuple[int, int]) -> int:
    """Give where the relative clause of a verb ends: who follows is of another, "A, who came in May, stays with B"."""
    is_remark = narrative.small.find("who", *head) >= 0 and _IN_RELATIVE.search(narrative.small, *head)
    found = _MAIN_VERB.search(narrative.small, *tail) if is_remark else None
    return found.start() if found else tail[1]


def companions(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part of a clause after its verb that names who came along: "with …", "accompanied by …"."""
    found = _COMPANIONS.match(narrative.small, start, end) if narrative.small.find(_NAME, start, end) >= 0 else None
    return (found.start(), found.end()) if found else (start, start)


def listed(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part of a sentence after a verb that names after a colon who came along: "with two others: …"."""
    found = _LISTED.match(narrative.small, start, end) if narrative.small.find(":", start, end) > 0 else None
    return (found.start(), found.end()) if found else (start, start)


def row(narrative: Narrative, index: int, *, paragraphs: int = 1) -> list[tuple[int, int]]:
    """Give the sentences after one that tell who did the same next: "After her came …", "The last one out was …"."""
    sentences = narrative.sentences
    last = sentences[index].paragraph + paragraphs
    after = itertools.takewhile(lambda each: each.paragraph < last, sentences[index + 1 : index + 1 + ROW])
    return [(each.start, each.end) for each in after if _NEXT.match(narrative.small, each.start, each.end)]


def followers(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part after a verb that names who did the same after the first, or just before."""
    if narrative.small.find(_NAME, start, end) < 0:
        return start, start
    if before := _JUST_AFTER.match(narrative.small, start, end):
        return before.span("who")
    found = _FOLLOWERS.match(narrative.small, start, end)
    return (found.start(), found.end()) if found else (start, start)


def without_remark(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give a part up to where it tells something else of the last whom it names: "to NAME, who arrived with NAME"."""
    told = _TOLD_OF_ONE.search(narrative.small, start, end)
    return start, told.start() + 1 if told else end


def flyers(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part of a sentence that names who was to go up: "before A and B were to ride a Falcon 9"."""
    found = _TO_FLY.search(narrative.small, start, end)
    return (found.start(), found.end()) if found else (start, start)


def is_of_hosts(narrative: Narrative, start: int, end: int) -> bool:
    """Tell whether a sentence names those who received somebody, not those who came: "greeted the newcomers"."""
    return bool(_HOSTS.search(narrative.small, start, end))


def wearers(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part of a clause that names in whose suit something happened."""
    found = _WEARER.search(narrative.small, start, end)
    return (found.start(), found.start() + 1) if found else (start, start)


def leading(narrative: Narrative, start: int, end: int) -> tuple[int, int] | None:
    """Give the part of a clause that names its subject, where other verbs with their objects follow it.

    "NAME embraced NAME, waved and": whom the first verb names did not do what the last one tells.
    """
    if narrative.small.find(_NAME, start, end) < 0:
        return None
    found = _LEADING.match(narrative.small, start, end)
    return found.span("who") if found else None


def object_before(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part of a head that names to whom it was done: "NAME, whom"."""
    found = _WHOM.search(narrative.small, start, end)
    return (found.start(), found.start() + 1) if found else (start, start)


def subject_of(narrative: Narrative, start: int, end: int) -> tuple[int, int] | None:
    """Give the part of a head that names the subject, where only a part does: "…, who", "Crew-9, due to"."""
    small = narrative.small
    has_who = small.find("who", start, end) >= 0  # most heads have none
    if has_who and (found := _WHO.search(small, start, end)):
        return found.span()
    if has_who and (owner := _OWNER.search(small, start, end)):
        return owner.span("who")
    if apposed := _apposed(narrative, start, end):
        return apposed.span("who")
    return (end, end) if _CRAFT_DUE.search(small, start, end) else None


def subject_with_remark(narrative: Narrative, sentence: int, start: int, end: int) -> list[tuple[int, int]]:
    """Give the parts of a head, or of the sentence before it, that name a subject which a remark parts from its verb.

    Whom the remark names, "NAME, who flew with NAME, …", did not do it; who follows it did: "NAME, who …, and NAME".
    """
    small = narrative.small
    remark = small.rfind(", wh", sentence, end)  # in most sentences none
    begin = sentence if remark >= 0 and _CUT.match(small, start, end) else start
    found = _REMARKED.fullmatch(small, begin, end) if remark >= begin else None
    if found is None:
        return []
    return [found.span("who"), found.span("other")] if found["other"] else [found.span("who")]


def doers(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part of a head that names who did what the verb tells: the names right before it."""
    found = _DOER.search(narrative.small, max(start, end - 3 * _REACH), end)
    return (found.start(), found.end()) if found else (start, start)


def takers(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part of a clause that names between whom the command changed hands."""
    found = _TAKER.search(narrative.small, start, end)
    return (found.start(), found.end()) if found else (start, start)


def agents(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part of a clause after a passive verb that names by whom it was done."""
    found = _BY.match(narrative.small, start, end)
    return (found.start(), found.end()) if found else (start, start)


def named_of(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part after a noun that names whose it is: "the spacewalk of …"."""
    found = _OF.match(narrative.small, start, end)
    return (found.start(), found.end()) if found else (start, start)


def named_of_deed(narrative: Narrative, start: int, end: int) -> tuple[int, int]:
    """Give the part of a head that names whose deed it is of which the verb tells: "the return of NAME is planned"."""
    found = _OF_DEED.search(narrative.small, start, end)
    return found.span("who") if found else (start, start)


def craft_before(narrative: Narrative, start: int, end: int) -> list[CraftMention]:
    """Give the craft's missions that a clause names before its verb, where they may be what the verb speaks of."""
    return _distinct(
        placed
        for placed in between(narrative.flights, start, end)
        if (
            _is_subject_there(narrative, placed, start, end)
            or not _WITH_ANOTHER.search(narrative.small[start : placed.start])
        )
        and not MADE_OTHERS.match(narrative.small, placed.end, end)
        and not is_in_relative(narrative.small, start, (placed.start, placed.end), (end, end))
    )


def craft_whose(narrative: Narrative, start: int, end: int) -> CraftMention | None:
    """Give the mission whose own it is of which a verb tells: "Crew-9, whose splashdown is planned"."""
    is_whose = narrative.small.find("whose", start, end) > 0
    found = _CRAFT_WHOSE.search(narrative.small, start, end) if is_whose else None
    named = _distinct(between(narrative.flights, found.start(), found.end())) if found else []
    return named[0] if len(named) == 1 else None


def _is_subject_there(narrative: Narrative, placed: Placed[CraftMention], start: int, end: int) -> bool:
    """Tell whether a craft is itself what the verb speaks of: "two days after FLIGHT docked"."""
    is_joined = _JOINED.search(narrative.small[start : placed.start])
    return bool(is_joined and _DIRECT.fullmatch(narrative.small, placed.end, end))


def craft_after(narrative: Narrative, verb: int, start: int, end: int) -> list[CraftMention]:
    """Give the missions named after a verb as what people flew in: "aboard Soyuz …", "in their … capsule"."""
    return _distinct(
        placed
        for placed in between(narrative.flights, start, end)
        if _ABOARD.search(narrative.small[verb : placed.start])
        and not _WITH_ANOTHER.search(narrative.small[verb : placed.start])
    )


def left_missions(narrative: Narrative, start: int, end: int) -> list[CraftMention]:
    """Give the missions named as those from which somebody was taken: "removed from Crew-9"."""
    return _distinct(
        placed
        for placed in between(narrative.flights, start, end)
        if _TAKEN_FROM.search(narrative.small[start : placed.start])
    )


def missions(narrative: Narrative, start: int, end: int) -> list[CraftMention]:
    """Give the missions named in a part of the text, each once; stays on a station are left out."""
    return _distinct(between(narrative.flights, start, end))


def meant_missions(narrative: Narrative, start: int, end: int) -> list[CraftMention]:
    """Give the missions named in a part of the text, but for those that something is compared with."""
    return _distinct(
        placed
        for placed in between(narrative.flights, start, end)
        if not _COMPARED.search(narrative.small, max(start, placed.start - _REACH), placed.start)
        and not MADE_OTHERS.match(narrative.small, placed.end, end)
    )


def _distinct(placed: Iterable[Placed[CraftMention]]) -> list[CraftMention]:
    found: dict[str | None, CraftMention] = {}
    for _, _, mention in placed:
        found.setdefault(mention.id, mention)
    return list(found.values())


def person_of(mention: PersonMention) -> Person:
    """Give the person that a mention names, as an event carries them."""
    return Person(
        name=mention.name,
        id=mention.id,
        role=mention.role,
        occupation=mention.occupation,
        agency=mention.agency,
        nationality=mention.nationality,
    )


def _in_flight(person: Person) -> Person:
    if person.role not in TRADES:
        return person
    return replace(person, role=None, occupation=person.occupation or person.role)


def _is_elsewhere(narrative: Narrative, placed: Placed[PersonMention], start: int, end: int) -> bool:
    """Tell whether somebody is named for what they said, saw or own, not for having been there.

    What is told of them between their name and what they said they did: "NAME, who landed on Friday, said …".
    """
    if placed.mention.role in ON_THE_GROUND:
        return True
    if _HAD_DREAMT.match(narrative.small, placed.end, end) and _WISH.search(narrative.small, start, placed.start):
        return True
    quote = narrative.quote_at(placed.start)
    if quote and quote.start >= start and end > quote.end:
        return True
    before = _before(narrative.small, start, placed.start)
    after = narrative.small[placed.end : placed.end + _REACH]
    if _SAID_BEFORE.search(before) and not (_ACTS.match(after) or _TOLD_OF.match(narrative.small, placed.end, end)):
        return True
    if _NOT_HERE_BEFORE.search(before):
        return True
    other = _NOT_HERE_AFTER.match(after)
    return other is not None and placed.end + other.end() <= end


def same_person(one: Person, other: Person) -> bool:
    """Tell whether two are one: by id; who has none, by the family name at the end of the name."""
    if one.id and other.id:
        return one.id == other.id
    return one.name.split()[-1:] == other.name.split()[-1:]


def joined(crews: Sequence[tuple[Person, ...]]) -> tuple[Person, ...]:
    """Put the crews of several tellings together, each person once, the fuller name kept."""
    if not any(crews):
        return ()
    found: list[Person] = []
    for person in itertools.chain.from_iterable(crews):
        for place, known in enumerate(found):
            if same_person(known, person):
                if _weight(person) > _weight(known):
                    found[place] = person
                break
        else:
            found.append(person)
    return tuple(found)


def _weight(person: Person) -> tuple[bool, int]:
    return person.id is not None, len(person.name)
