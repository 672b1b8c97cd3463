"""What the subject before a verb stands for: a craft named before, what happened itself, one person, or so many."""

import re
from collections.abc import Mapping
from typing import Final

from missionwire_articles.atoms import atoms
from missionwire_articles.rules import MARKS
from missionwire_articles.telling import Telling

OPENING_TIME: Final = r"^(?:(?:at|on|in|about|some|around|roughly)\s[^,]{1,60},\s)?"

_ADVERBS: Final = (
    r"(?:\s(?:had|have|has|been|then|later|safely|finally|successfully|both|all|were|was|also|is|are|will|due|set|scheduled"
    r"|expected|planned|to|now))*\s?$"
)

_ASIDE: Final = r"(?:,[^,;]{1,60},|\s(?:with|carrying)\s[^,;]{1,60})?"

SPACECRAFT: Final = MARKS["spacecraft"] + "+"

CRAFT_NOUN: Final = r"(?:spacecraft|space ?ship|capsule|ship|craft|shuttle|freighter|descent module)"

_CRAFT_OR_IT: Final = re.compile(
    rf"{OPENING_TIME}(?:(?:the|its)\s(?:[\w.-]++\s){{0,2}}?(?:{CRAFT_NOUN}|probe|lander|rover|orbiter|satellite|rocket|mission)|it){_ADVERBS}"
)

_CRAFT: Final = re.compile(
    rf"{OPENING_TIME}(?:the|their)\s(?:(?!other|second|new|next|two|three|old|another)[\w-]++\s){{0,2}}?"
    rf"(?:{SPACECRAFT}\s)?(?:{CRAFT_NOUN}|mission|probe|(?<={MARKS['spacecraft']}\s)){_ASIDE}{_ADVERBS}",
)

_CRAFT_WORDS: Final = (
    "craft", "ship", "capsule", "shuttle", "freighter", "descent module", "mission", "probe", MARKS["spacecraft"],
)  # fmt: skip
"""Of which it has one."""

_DEED: Final = re.compile(
    rf"{OPENING_TIME}(?:the|their|its|this)\s(?:launch|lift-?off|docking|undocking|landing|touchdown|splashdown|spacewalk|leak)"
    rf"(?:\s(?:of|from|to|with|at)\s[^,;]{{1,40}}?)?{_ADVERBS}",
)

_DEEDS: Final = atoms(_DEED.pattern)
"""Of which it has one."""

_ANOTHER: Final = re.compile(
    r"\b(?:an?|another|other|second|next|new|replacement|rescue)\s(?:(?!(?:the|their|its)\s)[^\s,;.]++\s){0,3}"
    rf"(?:{CRAFT_NOUN}|probe|lander|rover|station|satellite)\b",
    re.IGNORECASE,
)
"""A subject that is another craft than the one told of."""

_NAMED_CRAFT: Final = re.compile(
    r"\b(?:rover|lander|probe|orbiter|spacecraft|satellite|telescope)\s(?!I\b)[A-Z][\w-]++\s(?:(?:had|has|was|is|will)\s)?$"
)
"""A subject that is a craft by a name of its own, which is no known mission's."""

_CRAFT_NOUNS: Final = atoms(_ANOTHER.pattern) | atoms(_NAMED_CRAFT.pattern)
"""Of which one of them has one."""

_BEARING: Final = re.compile(r"\b(?:carrying|bearing|loaded with|topped (?:by|with)|with [^,;]{1,60} on board)\s")
"""What follows is the load of the subject, not the subject."""

_STATION: Final = re.compile(
    rf"(?<!with )(?<!to )(?<!from )(?<!at )(?<!the )(?<!station )(?<!module )(?<!complex )"
    rf"(?<!{MARKS['station']}){MARKS['station']}+,?\s"
    rf"(?:(?:was|were|had|has|is|will|to|be|due|set|expected|planned|scheduled)\s)*$|(?:^|,\s|{MARKS['time']}\s|\b(?:and|that|as|while|when|because)\s)the\s(?:station|{MARKS['station']}+)\s(?:(?:was|were|had|has|is|itself)\s)*$"
)
"""A subject that is a station: what it does is of no flight."""

_WHOSE: Final = re.compile(r"\bwhose\s[^,;]*$", re.IGNORECASE)
"""What is somebody's own is of their flight, not of the one that the text tells of."""

_WHICH: Final = re.compile(
    r"(?<!spacecraft)(?<!spaceship)(?<!capsule)(?<!ship)(?<!craft)(?<!shuttle)(?<!freighter)(?<=\w),\s(?:which|that)\s[^,]*$"
)
"""A relative clause about something that is no craft."""

COUNTS: Final[Mapping[str, int]] = {
    "two": 2, "duo": 2, "pair": 2, "three": 3, "trio": 3, "four": 4, "quartet": 4, "five": 5, "six": 6, "seven": 7,
}  # fmt: skip

_BEGINS: Final = (
    rf"(?:^(?:(?:after|in|within|during|at|for|throughout|since|by)\s[^,;]{{1,50}}?\s)?|,\s|{MARKS['time']}\s"
    r"|\b(?:and|but|then|as|when|while|after|before|because|so)\s)"
)

_GROUP: Final = re.compile(
    rf"(?:{_BEGINS}|\bof\s(?=their\b))(?:(?:the|all|these|those)\s(?P<count>{'|'.join(COUNTS)})"
    r"(?:\s(?:of them|men|women|people|astronauts|cosmonauts|taikonauts|crew ?members|crewmates|spacefarers"
    r"|travell?ers|film ?makers|tourists|colleagues|spacewalkers))?"
    rf"(?!\s(?:[\w-]++\s)?(?:of|from)\s(?:the\s)?{MARKS['mission']})|(?P<they>they|both|their\s(?:[\w-]++\s){{0,2}}?"
    rf"(?:{SPACECRAFT}|{CRAFT_NOUN}|expedition|mission|flight|stay|launch|ascent|attempt|landing|docking|spacewalk)|their\s$))(?=\s|$)[^,;]*$",
)

_GROUPED: Final = frozenset({*COUNTS, "they", "both", "their"})
"""Of which a group has one: most subjects have none, which is sooner seen."""

_OF_GROUP: Final = re.compile(
    rf"\s(?:of|for)\s(?:(?:the|all|these|those)\s(?P<count>{'|'.join(COUNTS)})\b|(?P<both>both\b))"
)

_ONE: Final = re.compile(
    rf"(?:{OPENING_TIME}|^(?:(?:at|on|in|since)\s)?{MARKS['time']}+,?\s|^[^,;{MARKS['person']}]{{1,40}}?\s)(?:and\s|but\s)?(?:he|she)\s[^,;]*$",
    re.IGNORECASE,
)


_ROW: Final = re.compile(
    r"(?P<first>[^,;]+)(?:,\s(?:then\s)?(?:\w\w+ed|gave|took|sat|shook|got|stood|drank|ate|put|had|was|were|came|went|held|spoke"
    r"|made|said|rose|threw|blew|lit|flew|left)\b[^,;]*)+,?\sand\s(?P<last>(?:(?:then|later|finally|was|were|had|been|also)\s)*)$"
)
"""A subject with a row of verbs, of which the last is asked about: "she smiled, waved with both hands and was"."""

_ENDS_ROW: Final = ("and", "then", "later", "finally", "was", "were", "had", "been", "also")
"""With which it ends, before one blank: most heads with a comma do not."""


_AND_THEN: Final = re.compile(r"(?:^|[”\"]\s)(?P<first>he|she)\s[^;]*\sand then\s$", re.IGNORECASE)


_PEOPLE: Final = re.compile(
    r"\b(?:crew|crewmates|members|relief|replacements?|successors?|quartet|trio|duo|astronauts|cosmonauts|taikonauts"
    r"|newcomers|colleagues)\b",
    re.IGNORECASE,
)
"""Words for people, as the subject of what a craft may do, too: "their relief, the Crew-11, arrived"."""


_MAY_BEGIN: Final = ("the ", "it", "their ", "this ", "at ", "on ", "in ", "about ", "some ", "around ", "roughly ")
"""How a head begins that is "it", a craft that was named before, or what happened: with one, or with a time."""


def is_of_people(head: str) -> bool:
    """Tell whether the subject before a verb is people by a word for them."""
    return bool(_PEOPLE.search(head))


def before_row(head: str) -> str:
    """Give a head without the verbs that stand in a row before its own: "she smiled, waved and was" is "she was"."""
    if head.endswith("and then ") and (one := _AND_THEN.search(head)):
        return f"{one['first']} "
    row = _ROW.fullmatch(head) if ", " in head and head.endswith(_ENDS_ROW, 0, -1) else None
    return f"{row['first']} and {row['last']}" if row else head


def is_craft_or_it(head: str) -> bool:
    """Tell whether the subject before a verb is "it" or a craft named before; `head` is masked, in small letters."""
    return head.startswith(_MAY_BEGIN) and bool(_CRAFT_OR_IT.match(head))


def is_craft(head: str) -> bool:
    """Tell whether the subject before a verb is a craft that was named before: "the capsule"."""
    return head.startswith(_MAY_BEGIN) and any(map(head.__contains__, _CRAFT_WORDS)) and bool(_CRAFT.match(head))


def is_deed(head: str) -> bool:
    """Tell whether the subject before a verb is what happened itself: "the docking", "the leak"."""
    return head.startswith(_MAY_BEGIN) and any(map(head.__contains__, _DEEDS)) and bool(_DEED.match(head))


def is_one(head: str) -> bool:
    """Tell whether the subject before a verb is "he" or "she"."""
    return bool(_ONE.match(before_row(head)))


def group_size(head: str) -> int | None:
    """Give how many people the subject before a verb is: 3 for "the three had", 0 for "they"; None for no group."""
    subject = before_row(head)
    found = None if _GROUPED.isdisjoint(subject.split()) else _GROUP.search(subject)
    if not found:
        return None
    if found["count"]:
        return COUNTS[found["count"]]
    return COUNTS["two"] if found["they"] == "both" else 0


def group_after(tail: str) -> int | None:
    """Give how many people a noun is of: 3 for "of the three"; None for no group."""
    found = _OF_GROUP.match(tail)
    if not found:
        return None
    return COUNTS["two"] if found["both"] else COUNTS[found["count"]]


def is_of_other(telling: Telling) -> bool:
    """Tell whether the subject is somebody's or something's own, or another craft; news opens with "A capsule …"."""
    if telling.type.startswith("stage."):
        return False  # "a Falcon 9, whose first stage landed"
    is_other = telling.sentence > 0 and _is_another(telling.head)
    is_other = is_other or _is_of_station(telling.head) or _is_own(telling.head)
    return is_other or (not telling.type.startswith("anomaly.") and _is_remark(telling.head))


def _is_another(head: str) -> bool:
    small = head.lower()
    if not any(map(small.__contains__, _CRAFT_NOUNS)):
        return False  # as most heads
    subject = _BEARING.split(head, 1)[0]
    return any(pattern.search(subject) for pattern in (_ANOTHER, _NAMED_CRAFT))


def _is_own(head: str) -> bool:
    return "whose" in head.lower() and _WHOSE.search(head) is not None


def _is_of_station(head: str) -> bool:
    is_named = "station" in head or MARKS["station"] in head  # in most heads none is
    return is_named and bool(_STATION.search(head))


def _is_remark(head: str) -> bool:
    return ("which" in head or "that" in head) and bool(_WHICH.search(head))
