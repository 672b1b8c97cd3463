"""What a telling refers back to: "the capsule" a craft named before, "the three" a crew, "six hours later" a flight."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from missionwire.plugin import Person
from missionwire_articles import participants
from missionwire_articles.flights import Flights, SpacecraftOf
from missionwire_articles.narrative import Narrative
from missionwire_articles.rules import MARKS
from missionwire_articles.sentences import Sentence
from missionwire_articles.telling import Telling

LESS_SURE: Final = 0.9
"""A craft or crew known from a sentence before makes a telling so much less sure."""

_OPENING: Final = r"^(?:(?:at|on|in|about|some|around|roughly)\s[^,]{1,60},\s)?"
_ADVERBS: Final = (
    r"(?:\s(?:had|have|has|then|later|safely|finally|successfully|both|all|were|was|also|is|are|will|due|set|scheduled"
    r"|expected|planned|to|now))*\s?$"
)
_ASIDE: Final = r"(?:,[^,;]{1,60},|\s(?:with|carrying)\s[^,;]{1,60})?"
_SPACECRAFT: Final = MARKS["spacecraft"] + "+"
_CRAFT_NOUN: Final = r"(?:spacecraft|space ?ship|capsule|ship|craft|shuttle|freighter|descent module)"
_CRAFT_OR_IT: Final = re.compile(rf"{_OPENING}(?:the|its|it)\s?(?:[\w-]+\s){{0,2}}?{_CRAFT_NOUN}?{_ADVERBS}")
_CRAFT: Final = re.compile(
    rf"{_OPENING}(?:the|their)\s(?:(?!other|second|new|next|two|three|old|another)[\w-]+\s){{0,2}}?"
    rf"(?:{_SPACECRAFT}\s)?(?:{_CRAFT_NOUN}|mission|probe|(?<={MARKS['spacecraft']}\s)){_ASIDE}{_ADVERBS}",
)
_DEED: Final = re.compile(
    rf"{_OPENING}(?:the|their|its|this)\s(?:launch|lift-?off|docking|undocking|landing|touchdown|splashdown|spacewalk|leak)"
    rf"(?:\s(?:of|from|to|with|at)\s[^,;]{{1,40}}?)?{_ADVERBS}",
)
_ANOTHER: Final = re.compile(
    r"\b(?:an?|another|other|second|next|new|replacement|rescue)\s(?:(?!(?:the|their|its)\s)[\w-]+\s){0,3}"
    rf"(?:{_CRAFT_NOUN}|probe|lander|rover|station|satellite)\b",
    re.IGNORECASE,
)
"""A subject that is another craft than the one told of."""

_NAMED_CRAFT: Final = re.compile(
    r"\b(?:rover|lander|probe|orbiter|spacecraft|satellite|telescope)\s(?!I\b)[A-Z][\w-]+\s(?:(?:had|has|was|is|will)\s)?$"
)
"""A subject that is a craft by a name of its own, which is no known mission's."""

_STATION: Final = re.compile(
    rf"(?<!with )(?<!to )(?<!from )(?<!at )(?<!the )(?<!station )(?<!module )(?<!complex )"
    rf"(?<!{MARKS['station']}){MARKS['station']}+,?\s"
    rf"(?:(?:was|were|had|has|is)\s)*$|(?:^|,\s|{MARKS['time']}\s|\b(?:and|that|as|while|when|because)\s)the\s(?:station|{MARKS['station']}+)\s(?:(?:was|were|had|has|is|itself)\s)*$"
)
"""A subject that is a station: what it does is of no flight."""

_WHOSE: Final = re.compile(r"\bwhose\s[^,;]*$", re.IGNORECASE)
"""What is somebody's own is of their flight, not of the one that the text tells of."""

_WHICH: Final = re.compile(
    r"(?<!spacecraft)(?<!spaceship)(?<!capsule)(?<!ship)(?<!craft)(?<!shuttle)(?<!freighter)(?<=\w),\s(?:which|that)\s[^,]*$"
)
"""A relative clause about something that is no craft."""

_OF_PEOPLE: Final = frozenset({"subject", "clause", "author", "of"})

LONGEST_PARAGRAPH: Final = 8
"""How many sentences of a paragraph are looked at for those whom "the two" may mean."""

FAR: Final = 60
"""How many sentences back a group may have been named at all."""

BACK: Final = 3
"""How many sentences back "they" may have been named."""

_COUNTS: Final[Mapping[str, int]] = {
    "two": 2, "duo": 2, "pair": 2, "three": 3, "trio": 3, "four": 4, "quartet": 4, "five": 5, "six": 6, "seven": 7,
}  # fmt: skip
_BEGINS: Final = (
    rf"(?:^(?:(?:after|in|within|during|at|for|throughout|since|by)\s[^,;]{{1,50}}?\s)?|,\s|{MARKS['time']}\s"
    r"|\b(?:and|but|then|as|when|while|after|before|because|so)\s)"
)
_GROUP: Final = re.compile(
    rf"(?:{_BEGINS}|\bof\s(?=their\b))(?:(?:the|all|these|those)\s(?P<count>{'|'.join(_COUNTS)})"
    r"(?:\s(?:of them|men|women|people|astronauts|cosmonauts|taikonauts|crew ?members|crewmates|spacefarers"
    r"|travell?ers|film ?makers|tourists|colleagues|spacewalkers))?|(?P<they>they|both|their\s(?:[\w-]+\s){0,2}?"
    rf"(?:{_SPACECRAFT}|{_CRAFT_NOUN}|expedition|mission|flight|stay|launch|landing|docking|spacewalk)|their\s$))(?=\s|$)[^,;]*$",
)
_OF_GROUP: Final = re.compile(
    rf"\s(?:of|for)\s(?:(?:the|all|these|those)\s(?P<count>{'|'.join(_COUNTS)})\b|(?P<both>both\b))"
)
_COLLEAGUES: Final = re.compile(
    r"\b(?:his|her|their)\s(?:(?:two|three|other|crew)\s)?(?:colleagues|companions|crewmates|comrades)\b"
)
"""Those whom "they" goes on from are not all named."""

_WITH: Final = re.compile(
    rf"\b(?:with|alongside|accompanied by|followed by|joined by)\s[^;.]{{0,60}}?{MARKS['person']}"
)
_OBJECT: Final = re.compile(
    r"[\w-]+(?:\s\w+)?\s(?:(?P<one>him|her(?=\s(?:out|from|up|into|onto|down|away|off|aboard|to|back|for|on)\b|[,.;]))"
    r"|them|both|(?P<whose>his|her)\s(?:blood|pulse|heart|health|condition|temperature|vital|state|eyes|balance))\b"
)
"""A verb with its object: "lifted her out of"."""

NEAR: Final = 4
"""So many sentences on, "they" may still be those of whom was told."""

_ONE: Final = re.compile(
    rf"(?:{_OPENING}|^(?:(?:at|on|in|since)\s)?{MARKS['time']}+,?\s|^[^,;{MARKS['person']}]{{1,40}}?\s)(?:and\s|but\s)?(?:he|she)\s[^,;]*$",
    re.IGNORECASE,
)
_ONE_NOUN: Final = re.compile(
    rf"(?:^|,\s|{MARKS['time']}\s|\band\s)[“\"]?the\s(?:(?:{MARKS['agency']}+|[\w-]+)\s){{0,2}}?"
    r"(?:astronaut|cosmonaut|taikonaut|engineer|scientist|biologist|physician|geologist|billionaire|actor|veteran"
    r"|\d\d-year-old)(?:,\s[^;]{1,120}?,)?\s(?:(?:had|has|was|then|also|will|is|to)\s)*$",
    re.IGNORECASE,
)
"""A subject that is one person by what they are: "the NASA astronaut, who grew up in …,"."""

_SAID_BY: Final = re.compile(
    rf"[”\"»]\s(?:said|told|wrote|\w+ed)\s(?:the\s)?(?:[\w-]+\s){{0,3}}?(?P<who>{MARKS['person']}+)"
)
"""After a quote: who says it."""

_SUBJECT: Final = re.compile(
    rf"(?:[\w-]+\s){{0,3}}?{MARKS['person']}+(?:,[^,;{MARKS['person']}]{{1,80}},)?\s(?!and\b)\w"
)
"""A sentence that opens with one person as its subject."""

_NATIONALS: Final[Mapping[str, str]] = {
    "american": "United States", "russian": "Russia", "chinese": "China", "japanese": "Japan", "italian": "Italy",
    "german": "Germany", "frenchman": "France", "frenchwoman": "France", "canadian": "Canada", "indian": "India",
    "dane": "Denmark", "pole": "Poland", "swede": "Sweden", "briton": "United Kingdom",
    "emirati": "United Arab Emirates",
    "israeli": "Israel", "turk": "Turkey", "brazilian": "Brazil", "hungarian": "Hungary", "saudi": "Saudi Arabia",
    "cuban": "Cuba", "mongolian": "Mongolia", "romanian": "Romania", "bulgarian": "Bulgaria", "syrian": "Syria",
    "afghan": "Afghanistan", "slovak": "Slovakia", "mexican": "Mexico", "ukrainian": "Ukraine", "malaysian": "Malaysia",
    "austrian": "Austria", "swiss": "Switzerland", "norwegian": "Norway", "finn": "Finland", "korean": "South Korea",
    "iranian": "Iran", "portuguese": "Portugal", "australian": "Australia", "peruvian": "Peru", "kazakh": "Kazakhstan",
    "englishwoman": "United Kingdom", "englishman": "United Kingdom", "czech": "Czechoslovakia",
    "vietnamese": "Vietnam", "belarusian": "Belarus",
    "spaniard": "Spain", "belgian": "Belgium", "dutchman": "Netherlands",
}  # fmt: skip
"""Words for a person by their country, and that country as mentions have it."""

_PLURALS: Final[Mapping[str, str]] = {
    **{f"{word}s": country for word, country in _NATIONALS.items()},
    "chinese": "China", "japanese": "Japan", "frenchwomen": "France", "frenchmen": "France", "portuguese": "Portugal",
}  # fmt: skip
"""Words for several people by their country."""

OPENING: Final = 3
"""So many sentences open a text; those of whom it is are named in the next ones."""

DEED: Final = 5
"""So many sentences on, "it was the first time" is still said of what was done."""

_DEEDS: Final = ("eva.", "launch.lifted-off", "landing.", "splashdown.", "docking.", "flyby.", "undocking.")
_THAT_DEED: Final = re.compile(
    r"[“\"]?(?:it|this|that(?:\s(?:outing|spacewalk|sortie|flight|landing|launch|docking|feat))?)"
    r"\s(?:(?:was|is|also|thus|had|has)\s)*$",
    re.IGNORECASE,
)
_OLD_RECORD: Final = re.compile(r"(?:the|his|her|their)\s(?:previous|former|old|last)\s", re.IGNORECASE)
_NO_OTHER: Final = re.compile(r"(?:no|never|nobody)\s(?:[\w-]+\s){0,3}?(?:before|had|has|ever)\s", re.IGNORECASE)
_HOLDER: Final = re.compile(r"[\w-]+\s(?:[\w-]+\s)?(?:his|her)\s(?:\w+\s)?(?:total|career|tally|record|time)\b")
_SO_MANY: Final = re.compile(
    rf"(?:^|[—–]\s|,\s|\.\s|{MARKS['time']}\s)(?:all\s)?(?P<count>{'|'.join(_COUNTS)})\s(?:[\w-]+\s){{0,2}}?(?:astronauts|cosmonauts|taikonauts"
    r"|people|women|men|civilians|travell?ers|tourists|spacefarers|crew members)\b",
    re.IGNORECASE,
)
"""People who are counted before anybody is named: "Four astronauts returned …"."""

_AMONG_THEM: Final = re.compile(r",\s(?:among them|among whom|including|one of them)\b")

_NATIONALS_TOGETHER: Final = re.compile(
    rf"\b(?:the|all)\s(?P<count>{'|'.join(_COUNTS)})\s(?P<who>{'|'.join(_PLURALS)})\s[^,;]*$", re.IGNORECASE
)
"""Several by their country: "the two Russians"."""

_NATIONAL: Final = re.compile(
    rf"(?:^|[,;]\s|\band\s|{MARKS['time']}\s)the\s(?:\d\d-year-old\s)?(?P<who>{'|'.join(_NATIONALS)})"
    r"(?:\s(?:himself|herself))?(?=\s)[^,;]*$",
    re.IGNORECASE,
)
_NATIONAL_FIRST: Final = re.compile(rf"[“\"]?the\s(?P<who>{'|'.join(_NATIONALS)})(?=[\s,])")
"""Whom a sentence opens with: "the Brazilian … his blood pressure"."""

_AND_NAME: Final = re.compile(
    rf"\bthe\s(?P<who>{'|'.join(_NATIONALS)})\s(?:and|with)\s(?:(?!and\b)[\w-]+\s){{0,4}}?{MARKS['person']}",
    re.IGNORECASE,
)
"""Half of a subject is named: "the Cuban and commander NAME"."""

_COMPANION: Final = r"(?:and|with|alongside|beside|by|together with|along with|in the company of)"
_ONE_AND_NAME: Final = re.compile(
    rf"\b(?:he|she)\s{_COMPANION}\s(?:(?!and\b)[\w-]+\s){{0,4}}?{MARKS['person']}"
    rf"|\b{_COMPANION}\s(?!the\s(?:help|aid|support)\b)[^;.]*{MARKS['person']}(?:,[^,;]*)?,?\s(?:he|she)\s(?:(?:had|has|was|then|also|both|is|will)\s)*$",
    re.IGNORECASE,
)
"""A subject of which a pronoun is one and a name another: "she and NAME had", "Together with NAME she"."""

_WITH_NATIONAL: Final = re.compile(
    rf"\b(?:with|carrying|alongside)\s(?:[^;.]{{0,80}}?\s)?the\s(?P<who>{'|'.join(_NATIONALS)})(?=,|\sand\b|\.|$)",
    re.IGNORECASE,
)
"""Among those who came along one is named by the country alone: "with the Frenchwoman, NAME and NAME"."""

_NEXT_STEP: Final[Mapping[str, str]] = {
    "docking.completed": "launch.lifted-off",
    "orbit.inserted": "launch.lifted-off",
    "crew.arrived": "docking.completed",
    "hatch.opened": "docking.completed",
    "landing.completed": "undocking.completed",
    "splashdown.completed": "undocking.completed",
}
"""What follows in a flight, and from what: "six hours later" after the launch it is the same craft that docks."""


def is_craft_or_it(head: str) -> bool:
    """Tell whether the subject before a verb is "it" or a craft named before; `head` is masked, in small letters."""
    return bool(_CRAFT_OR_IT.match(head))


def is_craft(head: str) -> bool:
    """Tell whether the subject before a verb is a craft that was named before: "the capsule"."""
    return bool(_CRAFT.match(head))


def is_deed(head: str) -> bool:
    """Tell whether the subject before a verb is what happened itself: "the docking", "the leak"."""
    return bool(_DEED.match(head))


def is_one(head: str) -> bool:
    """Tell whether the subject before a verb is "he" or "she"."""
    return bool(_ONE.match(head))


def group_size(head: str) -> int | None:
    """Give how many people the subject before a verb is: 3 for "the three had", 0 for "they"; None for no group."""
    found = _GROUP.search(head)
    if not found:
        return None
    if found["count"]:
        return _COUNTS[found["count"]]
    return _COUNTS["two"] if found["they"] == "both" else 0


def group_after(tail: str) -> int | None:
    """Give how many people a noun is of: 3 for "of the three"; None for no group."""
    found = _OF_GROUP.match(tail)
    if not found:
        return None
    return _COUNTS["two"] if found["both"] else _COUNTS[found["count"]]


def resolved(narrative: Narrative, tellings: Sequence[Telling], spacecraft_of: SpacecraftOf) -> list[Telling]:
    """Give the tellings with what they refer back to, where just one thing may be meant."""
    flights = Flights(narrative, tellings, spacecraft_of)
    known: list[Telling] = []
    for telling in tellings:
        with_people = _with_people(narrative, telling, known)
        of_deed = _of_deed(narrative, with_people, known)
        known.append(_of_flight(narrative, of_deed, known, flights, spacecraft_of))
    return [_with_all(narrative, telling, known) for telling in known]


def _of_deed(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> Telling:
    """Give a record what was done just before it: "It was the first spacewalk …", "That outing took her total …"."""
    if telling.type != "milestone.reached" or telling.crew or _OLD_RECORD.match(telling.head):
        return telling
    if _NO_OTHER.match(narrative.masked, telling.start) or _HOLDER.search(narrative.small, telling.verb, telling.end):
        return replace(telling, crew=_one_before(narrative, telling) or _opening_one(narrative))
    far = DEED if _THAT_DEED.match(telling.head) else 0
    paragraph = narrative.sentences[telling.sentence].paragraph
    for one in reversed(known):
        if telling.sentence - one.sentence > far or narrative.sentences[one.sentence].paragraph != paragraph:
            break
        if one.type.startswith(_DEEDS) and one.narration == telling.narration:
            return replace(
                telling,
                crew=one.crew,
                mission=telling.mission or one.mission,
                mission_name=telling.mission_name or one.mission_name,
                moment=telling.moment or one.moment,
            )
    return telling


def _opening_one(narrative: Narrative) -> tuple[Person, ...]:
    """Give the only one whom the first sentence names: the text is about them."""
    first = narrative.sentences[0]
    people = participants.named(narrative, first.start, first.end)
    return people if len(people) == 1 else ()


def _with_all(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> Telling:
    """Give the opening's "four astronauts", or "four, among them NAME", all whom the text names later."""
    if telling.who not in _OF_PEOPLE and telling.type != "milestone.reached":
        return telling
    head = narrative.masked[telling.start : telling.end] if telling.type == "milestone.reached" else telling.head
    found = _SO_MANY.search(head) if telling.sentence < OPENING else None
    size = _COUNTS[found["count"].lower()] if found else 0
    is_part = bool(telling.crew) and bool(_AMONG_THEM.search(narrative.small, telling.start, telling.end))
    if not size or len(telling.crew) >= size or (telling.crew and not is_part):
        return telling
    sentences = narrative.sentences[telling.sentence + 1 : telling.sentence + 1 + OPENING]
    named = [participants.named(narrative, each.start, each.end) for each in sentences]
    told = [one.crew for one in known] if is_part else []
    crews = [each for each in (*named, *told) if len(each) == size]
    crews = [crew for crew in crews if len(participants.joined([crew, telling.crew])) == size]
    return replace(telling, crew=crews[0]) if crews else telling


def _of_flight(
    narrative: Narrative, telling: Telling, known: Sequence[Telling], flights: Flights, spacecraft_of: SpacecraftOf
) -> Telling:
    """Give a telling the flight that it goes on from, or the one that the article tells of."""
    if telling.mission:
        return telling
    last = known[-1] if known else None
    if last and _is_next_step(narrative, telling, last):
        narration = last.narration if telling.moment is None else telling.narration
        moment = telling.moment or (last.moment.later(telling.after) if last.moment else None)
        return _of_craft(replace(telling, narration=narration, moment=moment), last, crew=telling.crew or last.crew)
    if last and _is_of_craft(narrative, telling, last):
        return _of_craft(telling, last)
    flight = flights.of(telling)
    if flight is None or _is_of_other(telling):
        return telling
    spacecraft = spacecraft_of(flight.id or "")
    is_named = telling.is_of_craft or telling.is_deed
    return replace(
        telling,
        mission=flight.id,
        mission_name=flight.name,
        is_inferred=not (is_named or telling.follows),
        confidence=round(telling.confidence * LESS_SURE, 2),
        data=({"spacecraft": spacecraft} if spacecraft else {}) | dict(telling.data),
    )


def _is_of_other(telling: Telling) -> bool:
    """Tell whether the subject is somebody's or something's own, or another craft; news opens with "A capsule …"."""
    if telling.type.startswith("stage."):
        return False  # "a Falcon 9, whose first stage landed"
    others = (_ANOTHER, _NAMED_CRAFT) if telling.sentence else ()
    return any(pattern.search(telling.head) for pattern in (*others, _STATION, _WHICH, _WHOSE))


def _is_next_step(narrative: Narrative, telling: Telling, last: Telling) -> bool:
    """Tell whether "the docking took place six hours later" goes on from what was told just before it."""
    paragraphs = {narrative.sentences[index].paragraph for index in (last.sentence, telling.sentence)}
    return (
        telling.is_later
        and not telling.crew
        and telling.sentence - 1 <= last.sentence
        and len(paragraphs) == 1
        and _NEXT_STEP.get(telling.type) == last.type
    )


def _is_of_craft(narrative: Narrative, telling: Telling, last: Telling) -> bool:
    """Tell whether "it landed …" goes on from the sentence just before it, and that one tells of one craft alone."""
    if not telling.is_of_craft_or_it or not last.mission or last.sentence != telling.sentence - 1:
        return False
    if participants.craft_before(narrative, telling.start, telling.verb):
        return False
    before = narrative.sentences[last.sentence]
    named = participants.missions(narrative, before.start, before.end)
    return last.narration == telling.narration == "main" and [mention.id for mention in named] == [last.mission]


def _with_people(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> Telling:
    """Give "the three", "they", "their ship", "her" the people whom the text named before, where the count is right."""
    if telling.who not in {*_OF_PEOPLE, "object"}:
        return telling
    along = _WITH_NATIONAL.search(narrative.small, telling.verb, telling.end) if telling.crew else None
    if along:
        one = _of_country(narrative, _NATIONALS[along["who"].lower()], telling)
        telling = replace(telling, crew=participants.joined([one, telling.crew]))
    is_half = bool(telling.crew) and bool(_AND_NAME.search(telling.head) or _ONE_AND_NAME.search(telling.head))
    is_half = is_half or (telling.type == "crew.rotated" and is_one(telling.head))  # "she handed over to NAME"
    if telling.crew and not is_half and not _has_company(narrative, telling):
        return telling
    crew = _meant(narrative, telling, known)
    if not crew:
        return telling
    crew = participants.joined([crew, telling.crew])
    return replace(telling, crew=crew, confidence=round(telling.confidence * LESS_SURE, 2))


def _has_company(narrative: Narrative, telling: Telling) -> bool:
    """Tell whether those whom it names only came along with its subject: "he flew with NAME"."""
    is_named = MARKS["person"] in telling.head
    return not is_named and bool(_WITH.search(narrative.small, telling.verb, telling.end))


def _meant(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> tuple[Person, ...]:
    """Give whom the words mean that stand for the people of a telling."""
    found = None if telling.crew else _OBJECT.match(narrative.small, telling.verb, telling.end)
    if found and (found["one"] or found["whose"]):
        who = _NATIONAL_FIRST.match(narrative.small, telling.start, telling.verb)
        return _of_country(narrative, _NATIONALS[who["who"]], telling) if who else _one_before(narrative, telling)
    if telling.who == "object" and not found:
        return ()
    if is_one(telling.head) or _ONE_AND_NAME.search(telling.head) or _ONE_NOUN.search(telling.head):
        return _one_before(narrative, telling)
    national = _AND_NAME.search(telling.head) or _NATIONAL.search(telling.head)
    if national:
        return _of_country(narrative, _NATIONALS[national["who"].lower()], telling)
    if several := _NATIONALS_TOGETHER.search(telling.head):
        return _of_one_country(narrative, several, telling)
    size = 0 if found else telling.group
    return () if size is None else _of_group(narrative, telling, known, size)


def _of_group(narrative: Narrative, telling: Telling, known: Sequence[Telling], size: int) -> tuple[Person, ...]:
    """Give those whom "the three" means, or "they", which is of any number."""
    own = _of_sentence(narrative, telling, size)
    if own or telling.head.endswith("their "):
        return own
    before = narrative.sentences[max(0, telling.sentence - 1)].start
    if size == 0 and _COLLEAGUES.search(narrative.small, before, telling.start):
        return ()
    return (
        _named_before(narrative, telling, size)
        or _of_paragraph(narrative, size, telling.sentence)
        or _only_crew(size, known, _named_in(narrative, telling.sentence))
        or _only_group(narrative, size, telling.sentence)
        or _all_named(narrative, size, telling.start)
        or _crew_before(telling, size, known)
    )


def _of_sentence(narrative: Narrative, telling: Telling, size: int) -> tuple[Person, ...]:
    """Give those whom the sentence has named before: "A and B had set out, and the docking of their ship …"."""
    people = participants.named(narrative, telling.start, telling.verb)
    return people if len(people) == size or (size == 0 and len(people) > 1) else ()


def _crew_before(telling: Telling, size: int, known: Sequence[Telling]) -> tuple[Person, ...]:
    """Give those of whom the text has told together before, where it has told of no others so."""
    if size:
        return ()
    crews = [one.crew for one in known if len(one.crew) > 1 and one.type != "statement.made"]
    distinct = {frozenset(person.id or person.name for person in crew) for crew in crews}
    is_near = crews and any(one.crew == crews[-1] and telling.sentence - one.sentence <= NEAR for one in known)
    return crews[-1] if len(distinct) == 1 or is_near else ()


def _of_country(narrative: Narrative, country: str, telling: Telling) -> tuple[Person, ...]:
    """Give the only one of a country who flies and was named before; "the Dane" is nobody where two may be meant."""
    first = max(0, telling.sentence - FAR)
    for start in (telling.start, narrative.sentences[first].start):
        people = participants.named(narrative, start, telling.verb)
        known = [person for person in people if person.nationality == country]
        if known:
            return (known[0],) if len(known) == 1 else ()
    return ()


def _of_one_country(narrative: Narrative, several: re.Match[str], telling: Telling) -> tuple[Person, ...]:
    """Give the first so many of a country whom a sentence before names together: "the two Russians"."""
    country, count = _PLURALS[several["who"].lower()], _COUNTS[several["count"].lower()]
    for sentence in narrative.sentences[max(0, telling.sentence - FAR) : telling.sentence + 1]:
        people = participants.named(narrative, sentence.start, min(sentence.end, telling.verb))
        known = tuple(person for person in people if person.nationality == country)
        if len(known) == count:
            return known
    return ()


def _one_before(narrative: Narrative, telling: Telling) -> tuple[Person, ...]:
    """Give whom "he" or "she" is: the only one named before it in its sentence, else in the nearest that names anybody.

    One that names several tells of the one with whom it opens, a paragraph before only of the one alone whom it names.
    """
    sentences = narrative.sentences
    paragraph = sentences[telling.sentence].paragraph
    named = participants.named(narrative, sentences[telling.sentence].start, telling.verb)
    own = tuple(one for one in named if not any(participants.same_person(one, other) for other in telling.crew))
    if own:
        return own if len(own) == 1 else ()
    for index in range(telling.sentence - 1, max(-1, telling.sentence - 1 - BACK), -1):
        if sentences[index].is_caption:
            continue
        if sentences[index].paragraph != paragraph:
            return _only_one(narrative, sentences[index].paragraph)
        people = participants.named(narrative, sentences[index].start, sentences[index].end)
        if people:
            return people[:1] if len(people) == 1 or _opens(narrative, index) else _speaker(narrative, index)
    return ()


def _speaker(narrative: Narrative, index: int) -> tuple[Person, ...]:
    """Give the one whose words a sentence gives: "“…,” said NAME to …"."""
    sentence = narrative.sentences[index]
    said = _SAID_BY.search(narrative.small, sentence.start, sentence.end)
    return participants.named(narrative, *said.span("who")) if said else ()


def _only_one(narrative: Narrative, paragraph: int) -> tuple[Person, ...]:
    """Give the only one whom a paragraph names."""
    inside = [sentence for sentence in narrative.sentences if sentence.paragraph == paragraph]
    people = participants.named(narrative, inside[0].start, inside[-1].end)
    return people if len(people) == 1 else ()


def _opens(narrative: Narrative, index: int) -> bool:
    """Tell whether a sentence opens with a person alone: what follows goes on about them."""
    sentence = narrative.sentences[index]
    return bool(_SUBJECT.match(narrative.small, sentence.start, sentence.end))


def _named_before(narrative: Narrative, telling: Telling, size: int) -> tuple[Person, ...]:
    """Give the people of the nearest sentence before that names people: so many, or if 0, more than one."""
    sentences = narrative.sentences
    paragraph = sentences[telling.sentence].paragraph - (0 if size else 1)
    for index in range(telling.sentence - 1, max(-1, telling.sentence - 1 - BACK), -1):
        if sentences[index].paragraph < paragraph or sentences[index].is_caption:
            break
        people = participants.named(narrative, sentences[index].start, sentences[index].end)
        if people:
            return people if len(people) == size or (size == 0 and len(people) > 1) else ()
    return ()


def _of_paragraph(narrative: Narrative, size: int, before: int) -> tuple[Person, ...]:
    """Give all whom the paragraph named before a sentence, else all of the paragraph before it, if they are so many."""
    for back in (0, 1):
        people = _named_in(narrative, before, back=back)
        people = _acting(narrative, before, back=back) or people
        if people:
            return people if len(people) == size > 1 else ()
    return ()


def _named_in(narrative: Narrative, before: int, *, back: int = 0) -> tuple[Person, ...]:
    """Give all whom the paragraph of a sentence, or the one so far back, named before it."""
    inside = _before(narrative, before, back=back)
    return participants.named(narrative, inside[0].start, inside[-1].end) if inside else ()


def _before(narrative: Narrative, before: int, *, back: int) -> list[Sentence]:
    """Give the sentences of a sentence's paragraph before it, or of the paragraph so far back."""
    sentences = narrative.sentences
    paragraph = sentences[before].paragraph - back
    return [s for s in sentences[max(0, before - LONGEST_PARAGRAPH) : before] if s.paragraph == paragraph]


def _acting(narrative: Narrative, before: int, *, back: int) -> tuple[Person, ...]:
    """Give those whom a paragraph names before a sentence for more than for what they said."""
    inside = _before(narrative, before, back=back)
    people = [participants.people(narrative, [(sentence.start, sentence.end)]) for sentence in inside]
    return participants.joined(people)


def _with_one_of(crews: Iterable[tuple[Person, ...]], people: Sequence[Person]) -> list[tuple[Person, ...]]:
    """Give the crews in which somebody is of whom the paragraph has told, where it has of anybody."""
    return [
        crew
        for crew in crews
        if not people or any(participants.same_person(one, other) for one in crew for other in people)
    ]


def _all_named(narrative: Narrative, size: int, before: int) -> tuple[Person, ...]:
    """Give all who fly and were named before, if they are so many."""
    first = max(0, (narrative.sentence_at(before) or 0) - FAR)
    people = participants.named(narrative, narrative.sentences[first].start, before)
    return people if len(people) == size > 1 else ()


def _only_group(narrative: Narrative, size: int, before: int) -> tuple[Person, ...]:
    """Give the only so many people whom a sentence before named together; none where two sentences name others."""
    inside = narrative.sentences[max(0, before - FAR) : before]
    groups = [participants.named(narrative, sentence.start, sentence.end) for sentence in inside]
    fitting = _with_one_of((group for group in groups if len(group) == size > 1), _named_in(narrative, before))
    distinct = {frozenset(person.id or person.name for person in group) for group in fitting}
    return fitting[0] if len(distinct) == 1 else ()


def _only_crew(size: int, known: Sequence[Telling], people: Sequence[Person]) -> tuple[Person, ...]:
    """Give the one crew of so many that was told of before; none where there were two, or none."""
    if not size:
        return ()
    told = (telling.crew for telling in known if telling.per == "craft" and len(telling.crew) == size)
    crews = _with_one_of(told, people)
    distinct = {frozenset(person.id or person.name for person in crew) for crew in crews}
    return crews[0] if len(distinct) == 1 else ()


def _of_craft(telling: Telling, last: Telling, crew: tuple[Person, ...] | None = None) -> Telling:
    spacecraft = {"spacecraft": last.data["spacecraft"]} if "spacecraft" in last.data else {}
    return replace(
        telling,
        mission=last.mission,
        mission_name=last.mission_name,
        crew=telling.crew if crew is None else crew,
        data=spacecraft | dict(telling.data),
        confidence=round(telling.confidence * LESS_SURE, 2),
    )
