"""Whom the words mean that stand for the people of a telling: "she", "the Dane", "the two Russians"."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from missionwire.plugin import Person
from missionwire_articles import participants
from missionwire_articles.cues import Cued
from missionwire_articles.groups import BACK, FAR, of_group
from missionwire_articles.narrative import Narrative, between
from missionwire_articles.rules import MARKS
from missionwire_articles.subjects import COUNTS, before_row, is_one
from missionwire_articles.telling import Telling

_LESS_SURE: Final = 0.9
"""A craft or crew known from a sentence before makes a telling so much less sure."""

OF_PEOPLE: Final = frozenset({"subject", "clause", "author", "of"})
_WHO: Final = OF_PEOPLE | {"object"}

_WITH: Final = re.compile(
    rf"\b(?:with|alongside|accompanied by|followed by|joined by)\s[^;.]{{0,60}}?{MARKS['person']}"
)

_OBJECT: Final = Cued(
    r"[\w-]+(?:\s\w+)?\s(?:(?P<one>him|her(?=\s(?:out|from|up|into|onto|down|away|off|aboard|to|back|for|on|in)\b|[,.;]))"
    rf"|them|both|(?:all|the)\s(?P<count>{'|'.join(COUNTS)})"
    r"|(?P<whose>his|her)\s(?:(?:[\w-]++\s)?(?:stay|mission|flight|expedition|tour|time)|blood|pulse|heart|health|condition|temperature|vital|state|eyes|balance))\b"
)
"""A verb with its object: "lifted her out of", "helped the three out", "prolonged his stay"."""

_THAT_ONE: Final = re.compile(r"[\w-]+(?:\s(?:in|on|last|this)\s\S+|\s\ue007+)?(?:\sthat)?\s(?:he|she)\s")
"""A verb, and what somebody is to do: "decided in April that she would"."""

_ONE_NOUNS: Final = (
    "astronaut|cosmonaut|taikonaut|engineer|scientist|biologist|physician|geologist|billionaire|actor|veteran"
    "|researcher|chemist|biochemist|physicist|geophysicist|mathematician|astronomer|pilot|tourist|entrepreneur|actress"
    "|newcomer|rookie"
)
_ONE_NOUN: Final = re.compile(
    rf"(?:^|,\s|{MARKS['time']}\s|\band\s)[“\"]?the\s(?:(?:{MARKS['agency']}+|[\w-]+)\s){{0,2}}?"
    rf"(?:{_ONE_NOUNS}|\d\d-year-old)(?:,\s[^;]{{1,120}}?,|,(?=\s$))?\s(?:(?:had|has|was|then|also|will|is|(?:plan|hope|want|intend|wish)(?:s|es|ed)?|to)\s)*$",
    re.IGNORECASE,
)
"""A subject that is one person by what they are: "the NASA astronaut, who grew up in …,"."""

_SAID_BY: Final = re.compile(
    rf"[”\"»]\s(?:said|told|wrote|\w+ed)\s(?:the\s)?(?:[\w-]++\s){{0,3}}?(?P<who>{MARKS['person']}+)"
)
"""After a quote: who says it."""

_SUBJECT: Final = re.compile(
    r"(?:(?:with|after|in|at|on|during|for|before|by|from|as|thanks to|\w+(?:ed|ing|one|orn|ent))\s"
    rf"[^,;{MARKS['person']}]{{1,60}},\s)?"
    rf"(?:[\w-]++\s){{0,3}}?{MARKS['person']}+(?:,[^,;{MARKS['person']}]{{1,80}},)?\s(?!and\b)\w"
)
"""A sentence that opens with one person as its subject."""

_PRONOUN: Final = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_GENDERS: Final[Mapping[str, str]] = {"he": "male", "she": "female"}

NATIONALS: Final[Mapping[str, str]] = {
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
    **{f"{word}s": country for word, country in NATIONALS.items()},
    "chinese": "China", "japanese": "Japan", "frenchwomen": "France", "frenchmen": "France", "portuguese": "Portugal",
}  # fmt: skip
"""Words for several people by their country."""

_NATIONALS_TOGETHER: Final = re.compile(
    rf"\b(?:the|all)\s(?P<count>{'|'.join(COUNTS)})\s(?P<who>{'|'.join(_PLURALS)})\s[^,;]*$", re.IGNORECASE
)
"""Several by their country: "the two Russians"."""

_NATIONALS_FIRST: Final = re.compile(
    rf"[“\"]?(?:the|all)\s(?P<count>{'|'.join(COUNTS)})\s(?P<who>{'|'.join(_PLURALS)})\s"
)
"""The same where "they" goes on from them: "The two Russians came late: they replaced …"."""

_NATIONAL: Final = re.compile(
    rf"(?:^|[,;]\s|\band\s|{MARKS['time']}\s)the\s(?:\d\d-year-old\s)?(?P<who>{'|'.join(NATIONALS)})"
    rf"(?:\s(?:himself|herself))?(?:,(?!\s(?:and|but)\b)[^,;{MARKS['person']}]{{1,60}},)?(?=\s)[^,;]*$",
    re.IGNORECASE,
)

_NATIONAL_FIRST: Final = re.compile(rf"[“\"]?the\s(?P<who>{'|'.join(NATIONALS)})(?=[\s,])")
"""Whom a sentence opens with: "the Brazilian … his blood pressure"."""

_AND_NAME: Final = re.compile(
    rf"\bthe\s(?P<who>{'|'.join(NATIONALS)})\s(?:and|with)\s(?:(?!and\b)[\w-]++\s){{0,4}}?{MARKS['person']}",
    re.IGNORECASE,
)
"""Half of a subject is named: "the Cuban and commander NAME"."""

_STAND_INS: Final = frozenset({"he", "she", "his", "her", "year", *_ONE_NOUNS.split("|"), *NATIONALS})
"""Words of which one stands before a verb whose subject is somebody without a name; "year" is of an age."""

_WORD: Final = re.compile("[a-z]+")
"""A word that may be one of these, or of those for people by their country: they have no other letters."""

_COMPANION: Final = r"(?:and|with|alongside|beside|by|together with|along with|in the company of)"

_OWN: Final = re.compile(
    r"(?:^|,\s|\band\s)(?:his|her)\s(?:[\w-]++\s){0,2}?(?:stay|mission|flight|expedition|tour|return|launch|landing|journey|trip|space\s?walk|outing|sortie|walk)"
    r"(?:\s(?:to|from|on|in|into|aboard)\s(?:the\s)?[\w-]+)?(?:,\s[^,;]{1,40},)?\s(?:(?:has|had|was|is|will|be|been|just|then|also|\w+ly)\s)*$",
    re.IGNORECASE,
)
"""A subject that is somebody's own: "her third mission has just been"."""

_ONE_AND_NAME: Final = re.compile(
    rf"\b(?:he|she)\s{_COMPANION}\s(?:(?!and\b)[\w-]++\s){{0,4}}?{MARKS['person']}"
    rf"|\b{_COMPANION}\s(?!the\s(?:help|aid|support)\b)[^;.]*{MARKS['person']}(?:,[^,;]*)?,?\s(?:he|she)\s(?:[\w-]++\s){{0,4}}$",
    re.IGNORECASE,
)
"""A subject of which a pronoun is one and a name another: "she and NAME had", "Together with NAME she"."""

_AND_MATE: Final = re.compile(
    rf"\b(?:the\s(?P<who>{'|'.join(NATIONALS)})|he|she)\sand\s(?:his|her)\s(?:[\w-]++\s){{0,2}}?"
    r"(?:captain|commander|companion|crewmate|colleague|comrade|compatriot|partner|pilot)\s(?:(?:had|also|then|both|were)\s)*$",
    re.IGNORECASE,
)
"""Two of whom one is known by the other: "the Cuban and his captain"."""

_THEM: Final = re.compile(r"[^,;.]{0,40}?\bwith\s(?:them|both|him|her)\b")

_WITH_MATES: Final = re.compile(
    rf"{MARKS['person']},?\s(?:and|(?:together\s|along\s)?with)\s(?:his|her|the|their)\s(?:other\s)?"
    rf"(?:(?P<count>{'|'.join(COUNTS)})\s)?(?:[\w-]++\s){{0,2}}?"
    r"(?:colleagues|companions|crew-?\s?mates|comrades|partners)(?:,|\s)"
)
"""One of a crew is named for all of it: "NAME and his two crewmates"."""

_BROUGHT: Final = re.compile(
    r"\b(?:(?:which|that)\s(?:had\s|has\s|also\s)*(?:transport|carri|ferri|deliver|hous|shelter|bor|brought|took|flew|held|launch|lift|tak|"
    r"bring|fl)\w*|carrying|bearing|bringing|transporting|ferrying|with)\s(?P<one>him|her)"
    rf"(?:,?\s(?:along\s|together\s)?(?:with|and|alongside)|,)\s[^;]{{0,60}}?{MARKS['person']}"
)
"""A craft by whom it took along, of whom one is a pronoun: "the ship which carried her, along with NAME"."""

_WITH_SOME: Final = re.compile(
    rf"[^,;.]{{0,60}}?\b(?:with|alongside|beside)\s(?:the|those|these)\s(?:other\s)?(?P<count>{'|'.join(COUNTS)})"
    r"(?:\s(?:other\s)?(?:men|women|others|astronauts|cosmonauts|taikonauts|colleagues|companions|crew-?\s?mates|comrades"
    r"|crew members))?(?=[,.;]|\s(?:on|in|at|from|aboard|last|early|late|to|and)\b|\s\ue007)"
)
"""After a verb: others who are counted, "was launched with the two men"."""

_A_NATIONAL: Final = re.compile(rf"the\s(?P<who>{'|'.join(NATIONALS)})(?=,|\sand\b|\.|$)")
_WITH_NATIONAL: Final = re.compile(rf"\b(?:with|carrying|alongside)\s(?:[^;.]{{0,80}}?\s)?{_A_NATIONAL.pattern}")
"""Among those who came along one is named by the country alone: "with the Frenchwoman, NAME and NAME"."""


def with_people(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> Telling:
    """Give "the three", "they", "their ship", "her" the people whom the text named before, where the count is right."""
    if telling.who not in _WHO and not (
        telling.type in participants.DOERS and (telling.group is not None or is_one(telling.head))
    ):
        return telling
    tail = (narrative.small, telling.verb, telling.end)
    along = _WITH_NATIONAL.search(*tail) if telling.crew and _A_NATIONAL.search(*tail) else None
    if along:
        one = _of_country(narrative, NATIONALS[along["who"]], telling)
        telling = replace(telling, crew=participants.joined([one, telling.crew]))
    if telling.crew and (_is_brought(telling.head) or _WITH_SOME.match(*tail)):
        return _with_others(narrative, telling, known)
    if mates := _WITH_MATES.search(telling.head) if len(telling.crew) == 1 else None:
        return replace(telling, crew=_crew_of(narrative, telling, COUNTS.get(mates["count"] or "", 0)))
    found = _object(narrative, telling)
    is_extended = telling.type == "mission.extended"
    is_to_stay = is_extended and _THAT_ONE.match(narrative.small, telling.verb, telling.end)
    is_own = is_to_stay or (is_extended and found and found["whose"])
    if is_own and (one := one_before(narrative, replace(telling, crew=()))):
        return replace(telling, crew=one)
    if (row := _with_them(narrative, telling, known)) is not None:
        return replace(telling, crew=row)
    is_with_others = bool(telling.crew) and _is_with_others(narrative, telling, found)
    if telling.crew and not (is_with_others or _is_half(telling) or _has_company(narrative, telling)):
        return telling
    crew = _meant(narrative, telling, known, found if is_with_others or not telling.crew else None)
    if not crew:
        return telling
    crew = participants.joined([crew, telling.crew])
    return replace(telling, crew=crew, confidence=less_sure(telling.confidence))


@lru_cache(maxsize=256)
def less_sure(confidence: float) -> float:
    """Give how sure a telling is whose craft or crew is known from a sentence before; rules have few confidences."""
    return round(confidence * _LESS_SURE, 2)


def _is_brought(head: str) -> bool:
    """Tell whether a subject is a craft by whom it took along, of whom one is a pronoun."""
    return ("him" in head or "her" in head) and _BROUGHT.search(head) is not None


def _is_half(telling: Telling) -> bool:
    """Tell whether those whom it names are only some of whom it is: "she handed over to NAME"."""
    head, has_name = telling.head, MARKS["person"] in telling.head
    if telling.type == "crew.replaced" and not has_name and (telling.group is not None or is_one(head)):
        return True
    if telling.type == "crew.rotated" and is_one(head):
        return True
    words = _WORD.findall(head.lower()) if has_name else ()
    is_one_with = not _GENDERS.keys().isdisjoint(words) and _ONE_AND_NAME.search(head)  # most heads have none
    return bool(is_one_with or (not NATIONALS.keys().isdisjoint(words) and _AND_NAME.search(head)))


def _object(narrative: Narrative, telling: Telling) -> re.Match[str] | None:
    """Give the verb with its object, where that is somebody without a name."""
    may_be_told = narrative.cues[telling.sentence] & _OBJECT.cue
    return _OBJECT.match(narrative.small, telling.verb, telling.end) if may_be_told else None


def _with_others(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> Telling:
    """Give those who are named with others, whom a pronoun or a count stands for, the others too."""
    some = _WITH_SOME.match(narrative.small, telling.verb, telling.end)
    alone = replace(telling, crew=(), head="")
    others = of_group(narrative, alone, known, COUNTS[some["count"]]) if some else one_before(narrative, telling)
    is_new = not any(participants.same_person(one, other) for one in others for other in telling.crew)
    return replace(telling, crew=participants.joined([telling.crew, others])) if is_new else telling


def _with_them(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> tuple[Person, ...] | None:
    """Give those of whom its sentence has told before, where it goes on "with them"."""
    last = known[-1] if known and known[-1].sentence == telling.sentence else None
    if (
        last is None
        or len(last.crew) <= len(telling.crew)
        or not _THEM.match(narrative.small, telling.verb, telling.end)
    ):
        return None
    return (
        last.crew
        if all(any(participants.same_person(one, other) for other in last.crew) for one in telling.crew)
        else None
    )


def _crew_of(narrative: Narrative, telling: Telling, others: int) -> tuple[Person, ...]:
    """Give somebody with so many others, 0 for any number, where the text has named them together before."""
    first = max(0, telling.sentence - FAR)
    inside = [sentence for sentence in narrative.sentences[first : telling.sentence] if not sentence.is_caption]
    named = [participants.named(narrative, sentence.start, sentence.end) for sentence in inside]
    theirs = [
        people
        for people in named
        if len(people) == others + 1 or (not others and len(people) > 1 + 1)
        if any(participants.same_person(one, telling.crew[0]) for one in people)
    ]
    distinct = {frozenset(person.id or person.name for person in people) for people in theirs}
    return participants.joined([telling.crew, theirs[0]]) if len(distinct) == 1 else telling.crew


def _has_company(narrative: Narrative, telling: Telling) -> bool:
    """Tell whether those whom it names only came along with its subject: "he flew with NAME"."""
    is_named = MARKS["person"] in telling.head
    return not is_named and bool(_WITH.search(narrative.small, telling.verb, telling.end))


def _is_with_others(narrative: Narrative, telling: Telling, found: re.Match[str] | None) -> bool:
    """Tell whether it is done to one whom a pronoun names, and to others: "brings her back together with NAME"."""
    return bool(found and found["one"]) and bool(_WITH.search(narrative.small, telling.verb, telling.end))


def _meant(
    narrative: Narrative, telling: Telling, known: Sequence[Telling], found: re.Match[str] | None
) -> tuple[Person, ...]:
    """Give whom the words mean that stand for the people of a telling, or for whom its verb was done to."""
    if found and (found["one"] or found["whose"]):
        who = _NATIONAL_FIRST.match(narrative.small, telling.start, telling.verb)
        return _of_country(narrative, NATIONALS[who["who"]], telling) if who else one_before(narrative, telling)
    if telling.who == "object" and not found:
        return ()
    words = _WORD.findall(telling.head.lower())
    if not _STAND_INS.isdisjoint(words):  # most heads have none
        meant = _of_head(narrative, telling, known)
        if meant is not None:
            return meant
    several = None if COUNTS.keys().isdisjoint(words) else _NATIONALS_TOGETHER.search(telling.head)
    if not several and telling.head.startswith("they ") and telling.group == 0:
        several = _NATIONALS_FIRST.match(narrative.small, telling.start, telling.verb)
    if several:
        return _of_one_country(narrative, several, telling)
    size = COUNTS.get(found["count"] or "", 0) if found else telling.group
    return () if size is None else of_group(narrative, telling, known, size)


def _of_head(narrative: Narrative, telling: Telling, known: Sequence[Telling]) -> tuple[Person, ...] | None:
    """Give the one for whom a word stands before the verb, or two with one called so; None where none stands."""
    head = telling.head
    has_name = MARKS["person"] in head
    if mate := _AND_MATE.search(head):
        first = _of_country(narrative, NATIONALS[mate["who"].lower()], telling) if mate["who"] else ()
        both = of_group(narrative, telling, known, 2)
        return both if len(participants.joined([both, first])) == len(both) else ()
    last = known[-1] if known and known[-1].sentence == telling.sentence and len(known[-1].crew) == 1 else None
    if _OWN.search(head):
        return last.crew if last else one_before(narrative, telling)
    if is_one(head) or (has_name and _ONE_AND_NAME.search(head)) or _ONE_NOUN.search(before_row(head)):
        return one_before(narrative, telling)
    national = (has_name and _AND_NAME.search(head)) or _NATIONAL.search(before_row(head))
    return _of_country(narrative, NATIONALS[national["who"].lower()], telling) if national else None


def _of_country(narrative: Narrative, country: str, telling: Telling) -> tuple[Person, ...]:
    """Give the only one of a country who flies and was named before; "the Dane" is nobody where two may be meant."""
    first = max(0, telling.sentence - FAR)
    for start in (telling.start, narrative.sentences[first].start):
        people = participants.named(narrative, start, telling.verb)
        known = [person for person in people if person.nationality == country]
        if known:
            return (known[0],) if len(known) == 1 else ()
    return _host_of(narrative, country, narrative.sentences[first].start, telling.verb)


def _host_of(narrative: Narrative, country: str, start: int, end: int) -> tuple[Person, ...]:
    """Give the only one of a country whom a part of the text names at all, if only as who received others."""
    placed = between(narrative.people, start, end)
    people = [participants.person_of(one.mention) for one in placed if one.mention.nationality == country]
    known = participants.joined([(person,) for person in people])
    return known if len(known) == 1 else ()


def _of_one_country(narrative: Narrative, several: re.Match[str], telling: Telling) -> tuple[Person, ...]:
    """Give the first so many of a country whom a sentence before names together: "the two Russians"."""
    country, count = _PLURALS[several["who"].lower()], COUNTS[several["count"].lower()]
    for sentence in narrative.sentences[max(0, telling.sentence - FAR) : telling.sentence + 1]:
        people = participants.named(narrative, sentence.start, min(sentence.end, telling.verb))
        known = tuple(person for person in people if person.nationality == country)
        if len(known) == count:
            return known
    return ()


def one_before(narrative: Narrative, telling: Telling) -> tuple[Person, ...]:
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
            return _only_one(narrative, sentences[index].paragraph) or _subject_alone(narrative, index, telling.head)
        people = participants.named(narrative, sentences[index].start, sentences[index].end)
        if not people and (national := _NATIONAL_FIRST.match(narrative.small, sentences[index].start)):
            return _of_country(narrative, NATIONALS[national["who"]], replace(telling, start=sentences[index].start))
        if people:
            is_sure = len(people) == 1 or _opens(narrative, index)
            return people[:1] if is_sure else _speaker(narrative, index) or _of_gender(narrative, index, telling)
    return ()


def _of_gender(narrative: Narrative, index: int, telling: Telling) -> tuple[Person, ...]:
    """Give the only one of several in a sentence whom the pronoun before the verb may mean."""
    pronoun = _PRONOUN.search(telling.head)
    sentence = narrative.sentences[index]
    placed = between(narrative.people, sentence.start, sentence.end)
    other = {"he": "female", "she": "male"}[pronoun[0].lower()] if pronoun else ""
    known = {one.mention.id or one.mention.name: one.mention.gender for one in placed}
    may_be = [
        person
        for person in participants.named(narrative, sentence.start, sentence.end)
        if known.get(person.id or person.name) != other
    ]
    return tuple(may_be) if pronoun and len(may_be) == 1 and None not in known.values() else ()


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


def _subject_alone(narrative: Narrative, index: int, head: str) -> tuple[Person, ...]:
    """Give the one with whom the last sentence of a paragraph opens, where it names nobody else, and the words fit."""
    sentence = narrative.sentences[index]
    placed = between(narrative.people, sentence.start, sentence.end)
    known = {one.mention.gender for one in placed if one.mention.id}
    pronoun = _PRONOUN.search(head)
    is_fitting = pronoun and known == {_GENDERS[pronoun[0].lower()]}
    people = participants.named(narrative, sentence.start, sentence.end)
    return people if is_fitting and len(people) == 1 and _opens(narrative, index) else ()


def _opens(narrative: Narrative, index: int) -> bool:
    """Tell whether a sentence opens with a person alone: what follows goes on about them."""
    sentence = narrative.sentences[index]
    return bool(_SUBJECT.match(narrative.small, sentence.start, sentence.end))
