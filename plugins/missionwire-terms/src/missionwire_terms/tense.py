"""Whether a text tells of a time as gone or as to come, by the words before it in its sentence."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Final

from missionwire_terms.letters import led_by


class Tense(Enum):
    """Which way a relative time lies from the publication."""

    GONE = "gone"
    TO_COME = "to come"
    AIMED = "aimed at"
    UNCLEAR = "unclear"

    @property
    def is_known(self) -> bool:
        """Whether the side of the publication is known; a day aimed at is on neither for sure, but near."""
        return self is GONE or self is TO_COME


GONE, TO_COME, AIMED, UNCLEAR = Tense  # to look one up in its class takes as long as a call


def _not_behind(others: str, words: str, follows: str) -> Iterator[tuple[str, str]]:
    """Give words with what follows them, for `led_by`: where none of some other words stands right before them."""
    for word in words.split():
        yield word, "".join(rf"(?<!{other} {word})" for other in others.split()) + follows


_REPORTED: Final = re.compile(
    r"\b(?:said|says|announced|reported|confirmed|added|tweeted|wrote|stated|revealed|declared|told\s+\w+|unveiled)"
    r"\s+(?:\w+\s+){0,2}$"
)
"""Said on a day: the day is gone, whatever is said of the future."""

_MOVED: Final = re.compile(
    r"\b(?P<earlier>(?:had|originally|initially|first|previously|earlier)\s+(?:been\s+)?)?"
    r"(?:postponed|delayed|moved|shifted|rescheduled|pushed|slipped|put\s+off|brought\s+forward)\s+(?:[^\s.;]+\s+){0,12}?"
    r"(?:to|until|till|for)\s+(?:no\s+earlier\s+than\s+|at\s+least\s+|about\s+|early\s+|late\s+|the\s+)?$"
)
"""A day to which something was put off lies ahead, unless that was put off in its turn."""

_SET_FOR: Final = (
    r"(?:scheduled|planned|expected|due|set|supposed|foreseen|fixed|programmed|slated|targeted|pencill?ed\s+in)"
)
_HAVE_BEEN: Final = (
    r"\s+(?:\w+\s+)?have\s+(?:been\s+)?(?:\w+(?:ed|en|wn|ne)|left|begun|come|met|made|sent)(?:\s+\w+){1,4}\s+$"
)
_WHO_MAY_SAY_NO: Final = (
    "team teams Team Teams manager managers Manager Managers controller controllers Controller Controllers "
    "officials Officials engineers Engineers crew crews Crew Crews NASA SpaceX they They"
)
_AIMED_AT: Final = led_by(
    ("was were been", rf"\s+(?:\w+\s+)?{_SET_FOR}(?:\s+\w+){{0,5}}\s+$"),
    ("postponed delayed moved rescheduled pushed slipped", r"(?:\s+(?!on\b)\w+){0,3}\s+$"),
    ("by until till", r"\s+$"),
    ("should would could", _HAVE_BEEN),
    ("was were", rf"\s+to{_HAVE_BEEN}"),
    *_not_behind(
        "had is are be now",
        "planned intended hoped wanted expected aimed meant",
        r"\s+to(?:\s+\w+){2,6}\s+$",
    ),
    (
        _WHO_MAY_SAY_NO,
        r"\s+(?:had\s+)?passed\s+on\s+$",
    ),
    ("skipped waived", r"\s+$"),
    ("ruled", r"\s+out\s+$"),
)
"""A day that was aimed at may lie before or after the publication."""

_PLANNED_FOR: Final = led_by(
    *_not_behind(
        "is are be",
        "scheduled Scheduled planned Planned slated Slated foreseen Foreseen set fixed",
        r"\s+for\s+(?:the\s+)?$",
    ),
    *_not_behind("is are be", "penciled pencilled", r"\s+in\s+for\s+(?:the\s+)?$"),
)
"""An aim told beside what it is of: "a first attempt, planned for …"."""
_MOVED_FROM: Final = re.compile(
    r"\b(?:postponed|delayed|moved|shifted|rescheduled|pushed|slipped|brought\s+forward)\s+(?:[^\s.;]+\s+){0,8}?from\s+$"
)
"""A day from which something was moved may lie before or after the publication, as an aim does."""

_FELL_THROUGH: Final = re.compile(
    r"\b(?:postponed|delayed|moved|rescheduled|pushed|scrubbed|cancell?ed|called\s+off|put\s+off|gave\s+up|scrapped|shelved|dropped|skipped|missed)\s+"
    r"(?:(?!(?:because|that|which|when|after|is|are|until|to)\s)[^\s.;]+\s+){1,10}?(?:set|planned|scheduled|foreseen|due|expected|slated|fixed|targeted)\s+(?:for|on|in)\s+(?:early\s+|late\s+|the\s+)?$"
)
"""The day of a plan that came to nothing: "put off the arrival set for Wednesday"."""

_HAD_BEEN: Final = re.compile(r"\bhad\s+(?:\w+\s+)?been\b")

_STAYS: Final = re.compile(
    r"\b(?:(?:will|shall|is\s+to|are\s+to)\b[^,;]{0,60}\b(?:until|till|by)"
    r"|(?:remains?|stays?|lasts|continues?|runs)\b[^,;]{0,60}\b(?:until|till))\s+$"
)
"""A day up to which something will be so lies ahead."""

_TO_COME: Final = led_by(
    ("will would should must may might shall upcoming coming due Due", r"\b"),
    ("could", r"(?!\s+(?:not|only|see|hear|feel))\b"),
    ("won", r"['’]t\b"),
    ("going", r"\s+to\b"),
    ("plan plans", r"\s+(?:to|an?|two|three|four|five|six|several|more|another|its|for)\b"),
    ("want wants intend intends aim aims mean means hope hopes expect expects need needs", r"\s+to\b"),
    ("has have", r"\s+(?:still\s+)?to\b"),
    ("no", r"\s+earlier\s+than\b"),
    *_not_behind(
        "was were",
        "the The",
        r"\s+next\s+(?:\w+\s+)?to\s+(?:leave|fly|go|launch|arrive|come|land|depart|dock|take)\b",
    ),
    (
        "is are be",
        r"\s+(?:\w+\s+)?(?:scheduled|expected|due|set|planned|slated|targeted|programmed|foreseen|fixed|projected|to)\b",
    ),
    ("remain remains stay stays", r"\s+(?:\w+\s+)?(?:set|fixed|foreseen|expected|targeted|programmed|due)\b"),
    ("scheduled Scheduled planned Planned slated Slated foreseen Foreseen", r"\s+for\b"),
    ("prepare prepares preparing", r"\s+(?:for|to)\b"),
    ("get gets getting is are", r"\s+ready\s+(?:for|to)\b"),
    ("on", r"\s+(?:track|course)\s+(?:for|to)\b"),
    ("is are", r"\s+(?:aiming|targeting|eyeing)\b"),
    ("opportunity attempt try window chance", r"\s+(?:comes|opens|is)\b"),
    ("weather Weather", r"\s+permitting\b"),
    ("if If", r"\s+(?:all|everything)\s+goes\b"),
    ("ll", r"(?<=['’]ll)\b"),
)
_COMES: Final = re.compile(
    r"\b(?:goes|comes|flies|leaves|departs|arrives|returns|follows|starts|begins|ends|opens|resumes|(?:takes|hands)\s+(?:place|over)"
    r"|(?:[Tt]hey|[Ww]e|two|three|four|six|trio|and\s+[A-Z][\w’-]+|(?:astro|cosmo|taiko)nauts)\s+(?:return|leave|depart|arrive|go|come|fly|start)"
    r"|\bnext\s+(?:[\w’-]+\s+){1,6}?(?:(?:takes|lifts|blasts|sets|heads)\s+off|launches|lands|(?:un)?docks|(?:goes|travels)\s+up|splashes\s+down|travels|rises))\b"
    r"[^;“”]*\b(?:in\s+(?:early\s+|late\s+|mid-)?|on\s+)$"
)
"""A present that tells of what is to come: "it goes to California in September", "the test begins on Friday"."""
_SAID_BY: Final = re.compile(
    r",[”\"]?\s+(?:said|affirmed|announced|reported|confirmed|added|wrote|stated|declared|informed|explained|assured)\s+"
    r"(?P<who>[^;.“”]{2,120})\b(?:on|this|last)\s+$"
)
"""Said behind what is said: "…, affirmed the head of ESA at an air show on Wednesday"."""
_OF_ANOTHER: Final = re.compile(
    r"\b(?:that|those|the\s+ones?|the\s+(?:flight|launch|landing|attempt|accident|failure|crash|fire|leak|explosion|abort|loss|disaster|breakdown|mishap|incident)s?|since\s+(?:\S+\s+){1,2}\S+)\s+(?:of|on)\s+$"
)
"""A day by which something that was is named: "the second flight after that of July 20"."""
_GIVEN_UP: Final = re.compile(
    r"(?:[^.;]{0,40}?\b(?:but|and|until)\s+(?:[\w’']+\s+){0,4}?|[^.;,]{1,30}?,?\s+(?:the\s+(?:\w+\s+){1,3}?)?)"
    r"(?:(?P<now>will|(?:is|are)\s+now|now)\b|(?:slipped|took\s+place|happened|occurred|succeeded|went\s+ahead)\b|(?:was|were|had\s+to\s+be|has\s+been|(?P<had>had(?:\s+been)?(?=\s+(?:postponed|delayed|scrubbed|moved|shifted|pushed|cancell?ed|put))))"
    r"\s+(?:\w+\s+)?(?:put\s+off|postponed|delayed|scrubbed|moved|shifted|called\s+off|broken\s+off|pushed|cancell?ed|stopped))"
)
"""What became of an aim, behind its day: it "was put off by a day", or "will now wait"."""
_OPEN_QUOTE: Final = re.compile(r"[“\"][^”\"]*$")
"""Words of a quotation that is not closed yet: "We launch Sunday" tells of no Sunday gone."""

_DID_SO: Final = (
    "was were had did came went flew saw took left got made sent began met lost found knew thought spoke said told "
    "wrote gave held rose fell brought kept stood became ran broke rode chose felt led sat won spent drove threw drew "
    "grew blew caught woke slept heard swung sank sang struck shook spun slid built paid fought taught tore bore shot "
    "swam underwent withdrew overcame undertook"
)
_PASTS: Final = frozenset(_DID_SO.split())
"""Verbs in the past that do not end in -ed."""
_PAST: Final = re.compile(rf"\b(?:\w++(?<=\wed)|{_DID_SO.replace(' ', '|')}|set\s+(?:off|out|sail|down|foot))\b")
_IN_ED: Final = re.compile(r"ed\b(?<=\wed)")
_DID_SO_OR_SET: Final = led_by((_DID_SO, r"\b"), ("set", r"\s+(?:off|out|sail|down|foot)\b"))


_STANDING: Final = re.compile(
    r"(?:^|[\s,;])[Tt]he\s+(?:\w+\s+){0,3}?(?:return|landing|launch|flight|spacewalk|docking|undocking|splashdown|mission)"
    r"(?:\s+of\s+(?:[^\s,;]+\s+){0,5}?[^\s,;]+)?,\s+(?:on|in)\s+$"
)
"""A day set beside what is to be, or was, on it: "the return of the three, on December 13, has not been moved"."""


_REMARK: Final = re.compile(
    r"(?:,\s+(?:who|whom|whose|which|where|when)|\s(?:who|which|(?<!\bsaid\s)that)(?=\s+(?:had|was|were|\w+ed|came|left|flew|went|took|began)\b))"
    r"\s+(?=(?:[^\s,]+\s+){1,8}$)"
)
"""A relative clause with few words before the time has a tense of its own: "will stay longer than X, who came on …"."""

_OF_SUBJECT: Final = re.compile(r"(?:^|[\s,])(?:that|which|who|whose\s+[\w’'-]+)\s+(?:[\w’'-]+\s+){0,4}$")
"""Before a word of what is to come: it is of a relative clause."""
_IS_SAID: Final = re.compile(
    r"\b(?:is|are|has|have|says?|hopes?|expects?|believes?|plans?|means?|knows?|thinks?|wants?|shows?|will|would|can)\b"
)
"""A verb in the present, so that a relative clause after it is of no subject."""
_DID: Final = re.compile(
    r"(?<!\band )(?<!\bor )(?<!\bbe )(?<!\bbeen )(?<!\bbeing )(?<!\bget )(?<!\bhave )"
    r"(?<!\bhas )(?<!ly )(?<!\bto )(?<![\w’'-])"
    r"(?P<verb>\w++(?<=\wed)|was|were|had|came|went|flew|left|took|got|made|began|fell|rose|set\s+(?:out|off)|broke|burst|reached)\s"
)

_THAT_DID: Final = re.compile(r" that (?:had|was|were|\w+ed|came|left|flew|went|took|began)\b")

_PARTICIPLE: Final = (
    r"(?!(?:scheduled|planned|expected|foreseen|supposed|targeted|slated|programmed|intended|aimed|need|needed|required|called|named|followed"
    r"|accompanied|assisted|based|dedicated|crewed|manned|uncrewed|unmanned|dubbed|joined|headed|timed|pencill?ed|projected|proposed|speed|feed|bed)\b)"
    r"(?:\w+ed|made|found|sent|begun|flown|seen|broken|lost|brought|taken|given|held|won|shown|built|cut|hit|struck|shot|torn"
    r"|came|left|flew|went|took|began|docked|arrived)"
)
_NO_NOUN: Final = (
    r"(?!(?:be|been|being|is|are|was|were|get|gets|got|has|have|had|having|not|then|also|and|or|to|will|would|should|must|may|might|could"
    r"|all|both|first|only|again|already|still|soon|finally|it|as|if|when|once|just|never|they|he|she|\w+ly)\s)"
)
_LED_BY_NOUN: Final = re.compile(
    rf"(?<![\w’'-]){_NO_NOUN}[\w’'-]+,?\s+{_PARTICIPLE}\s+(?:back\s+|down\s+|up\s+|off\s+|out\s+|away\s+|there\s+|earlier\s+|late\s+|early\s+)?(?:on\s+|in\s+|at\s+the\s+|early\s+|late\s+)+$"
)
"""A participle between a noun and the time: "will look at a hole discovered in"."""
_LED_BY_COMMA: Final = re.compile(
    rf",\s+(?:(?:recently|later|first|\w+ly)\s+)?{_PARTICIPLE}\s+(?!by\s+(?:the\s+)?end\b)(?:(?!(?:to|that|will|would|must|should|may|can|is|are|has|have|and|for)\s)[^\s,;]+\s+){{1,7}}?(?:on|in)\s+(?:early\s+|late\s+)?$"
)
"""A participle behind a comma: "will return in the ship, sent without a crew in"."""
_COUNTED: Final = re.compile(
    r"\b(?:first|second|third|\w+th|only|last|next|another|want\w*|sees?|have|get|need\w*|likes?|wish\w*)\s+(?:[^\s,;]+\s+){0,4}$"
)
"""What is to be counted among others may be one of the plan itself: "will be the second walk made in October"."""


class _Words:
    """The words before a time: as they are written, the last one of them, and each without the signs next to it.

    Most hold no word that any rule is about; that is told at once, and the rules are not asked.
    """

    def __init__(self, written: str) -> None:
        """Cut them."""
        self.written = written
        self.last = "".join(written.rsplit(maxsplit=1)[-1:])
        for sign in _SIGNS:
            written = written.replace(sign, " ")
        self._bare = written.split()

    def hold(self, words: AbstractSet[str]) -> bool:
        """Tell whether one of some words is among them."""
        return not words.isdisjoint(self._bare)

    def tell_past(self) -> bool:
        """Tell whether a verb in the past is among them."""
        return "ed " in self.written or self.hold(_PASTS) or is_past(self.written)

    def tell_aim(self) -> bool:
        """Tell whether they lead to a time that was aimed at."""
        return self.hold(_WORDS_OF_AIMS) and _AIMED_AT.search(f" {self.written}") is not None

    def tell_saying(self) -> bool:
        """Tell whether the last of them tell that something was said."""
        return self.hold(_WORDS_OF_SAYING) and _REPORTED.search(_tail(self.written)) is not None


def _tense_before(words: _Words) -> Tense:
    """Tell the tense of a time from the words of its sentence that stand before it."""
    written = words.written
    if "wh" in written or " that " in written:
        remark = _REMARK.search(written) if "wh" in written or _THAT_DID.search(written) else None
        if remark and is_past(written[remark.end() :]):
            words = _Words(written[remark.end() :])
            written = words.written
    if not words.hold(_TELLING) and "“" not in written and '"' not in written:
        return UNCLEAR if _is_standing(words) else GONE
    if words.tell_saying() or _is_reported(words):
        return GONE
    last = words.last  # what ends in one word is looked for only where that word stands
    is_no_more = words.hold(_WORDS_OF_CHANGES) and bool(_FELL_THROUGH.search(written))
    if not is_no_more and last in _LEADS_TO_AIMS and words.hold(_WORDS_OF_MOVES) and (moved := _MOVED.search(written)):
        return AIMED if moved["earlier"] else TO_COME
    if is_no_more or words.tell_aim() or (last == "from" and _MOVED_FROM.search(written)):
        return TO_COME if _STAYS.search(written) else AIMED
    is_to_come = words.hold(_WORDS_TO_COME) and _plan_in(written) is not None
    is_to_come = is_to_come and not (last in _LEADS_TO_PLANS and _is_aside(written)) and not _is_of_subject(written)
    if is_to_come or (last in _LEADS_TO_PLANS and not words.tell_past() and _COMES.search(written)):
        return TO_COME
    quoted = _OPEN_QUOTE.search(written) if "“" in written or '"' in written else None
    is_unclear = (quoted and not is_past(quoted[0])) or _is_standing(words)
    return UNCLEAR if is_unclear else GONE


def _is_standing(words: _Words) -> bool:
    """Tell whether a day is only set beside what is to be, or was, on it."""
    if words.last not in _LEADS_TO_STANDING:
        return False
    is_behind_comma = words.written.rstrip().removesuffix(words.last).rstrip().endswith(",")
    return is_behind_comma and _STANDING.search(words.written) is not None


def _is_of_subject(words: str) -> bool:
    """Tell whether what is to come is told of the subject alone: "the capsule that will take them home left on"."""
    if not any(f"{pronoun} " in words for pronoun in ("that", "which", "who", "whose")):
        return False
    plan = last = None
    for plan in _TO_COME.finditer(f" {words}"):
        last = plan
    if last is None or not (relative := _OF_SUBJECT.search(words, 0, last.start())):
        return False
    head = words[: relative.start()]
    did = _DID.search(words, last.end())
    return bool(did and not (is_past(head) or _IS_SAID.search(head) or _COMES.search(words, did.end())))


def _is_aside(words: str) -> bool:
    """Tell whether a participle of the past leads to a time in a sentence of plans."""
    if found := _LED_BY_NOUN.search(words, max(0, len(words) - _FAR)):
        return not _COUNTED.search(words[: found.start()] + found[0].split(maxsplit=1)[0] + " ")
    return bool(_LED_BY_COMMA.search(words))


def _tail(words: str) -> str:
    """Give the few words before the time, which some patterns look at alone."""
    return " ".join(words.rsplit(maxsplit=_TAIL)[-_TAIL:]) + words[-1:]


def _is_reported(words: _Words) -> bool:
    """Tell whether a day is that on which something was said, or one by which something that was is named."""
    if words.last not in _LEADS_TO_DAYS:
        return False
    if words.hold(_WORDS_OF_OTHERS) and _OF_ANOTHER.search(_tail(words.written)):
        return True
    said_by = _SAID_BY.search(words.written) if words.hold(_WORDS_OF_SAYING) else None
    return bool(said_by and not _plan_in(said_by["who"]))


_TAIL: Final = 4
"""So many words the longest pattern of the last ones has, "told reporters late yesterday"."""


_FAR: Final = 90
"""So many characters a noun, its participle and what leads to the time have at most."""


_AIMS: Final = (
    "scheduled planned expected due set supposed foreseen fixed programmed slated targeted penciled pencilled "
    "postponed delayed moved shifted rescheduled pushed slipped by until till have intended hoped wanted aimed meant "
    "passed skipped ruled waived"
)
_WORDS_OF_AIMS: Final = frozenset(_AIMS.split())
"""One of these stands in every aim."""
_CHANGES: Final = (
    "postponed delayed moved rescheduled pushed scrubbed canceled cancelled called put gave scrapped shelved dropped "
    "skipped missed"
)
_WORDS_OF_CHANGES: Final = frozenset(_CHANGES.split())
"""One of these stands where a plan came to nothing."""
_AHEAD: Final = (
    "will would should must may might could won shall going plan plans want wants intend intends aim aims mean "
    "means hope hopes expect expects has have need needs no upcoming coming is are be remain remains stay stays "
    "scheduled planned slated foreseen due Scheduled Planned Slated Foreseen Due ll next"
)
_WORDS_TO_COME: Final = frozenset(_AHEAD.split())
"""One of these stands where a time is told as to come."""
_MOVES: Final = "postponed delayed moved shifted rescheduled pushed slipped put brought"
_WORDS_OF_MOVES: Final = frozenset(_MOVES.split())
"""One of these stands where something was put off."""
_SAYING: Final = (
    "said says announced reported confirmed added tweeted wrote stated revealed declared told unveiled affirmed "
    "informed explained assured"
)
_WORDS_OF_SAYING: Final = frozenset(_SAYING.split())
"""One of these stands where something is said."""
_OTHERS: Final = (
    "that those one ones since flight launch landing attempt accident failure crash fire leak explosion abort loss "
    "disaster breakdown mishap incident flights launches landings attempts accidents failures crashes fires leaks "
    "explosions aborts losses disasters breakdowns mishaps incidents"
)
_WORDS_OF_OTHERS: Final = frozenset(_OTHERS.split())
"""One of these stands where something that was is named by its day."""
_COMING: Final = (
    "goes comes flies leaves departs arrives returns follows starts begins ends opens resumes takes hands "
    "return leave depart arrive go come fly start next"
)
_WORDS_OF_COMING: Final = frozenset(_COMING.split())
"""One of these stands where a present tells of what is to come."""
_TELLING: Final = (
    _WORDS_OF_SAYING | _WORDS_OF_OTHERS | _WORDS_OF_CHANGES | _WORDS_OF_MOVES | _WORDS_OF_AIMS | _WORDS_TO_COME
    | _WORDS_OF_COMING
)  # fmt: skip
"""Where none of these stands, no word is said of the side on which a time lies, but by a verb in the past."""
_SIGNS: Final = ",’'“(\"—–"
_LEADS_TO_DAYS: Final = frozenset({"of", "on", "this", "last"})
_LEADS_TO_AIMS: Final = frozenset({"to", "until", "till", "for", "than", "least", "about", "early", "late", "the"})
_LEADS_TO_PLANNED: Final = frozenset({"for", "the"})
_LEADS_TO_STANDING: Final = frozenset({"on", "in"})
_LEADS_TO_PLANS: Final = frozenset({"in", "on", "early", "late", "mid-"})


_THEN_HAD: Final = re.compile(
    r"\w+(?:\s+\d{1,2})?,?\s+(?:had|was|were|served|led|worked|lived|headed|commanded|held)\b"
)
"""What follows "who until October": had served."""


_WHO: Final = re.compile(r",\s+(?:who|which|where)\s+(?:(?:on|in|early|late)\s+)+$")
"""A relative clause that a time opens: "received by Mann, who on May 5 will …"."""


_OPENS_CLAUSE: Final = frozenset({"who", "which", "where", "and", "but"})
_UP_TO: Final = frozenset({"until", "till"})
_NEXT_CLAUSE: Final = re.compile(
    r"[,;]\s+(?:and|but)\s+(?:(?:then|finally|later)\s+)?(?:in|on)\s+(?:early\s+|late\s+)?$"
)
_NEXT_DID: Final = re.compile(
    r"[A-Z]\w+(?:\s+\d{1,2})?,?\s+(?:(?:the|an?|its|his|her|their)\s+)?(?:(?!who\b|which\b|that\b|will\b|would\b|is\b|are\b)[\w’-]+\s+){1,3}?"
    + _PAST.pattern
)
"""A clause of its own, which a time opens: "parts would hold, and in September NASA gave the go-ahead"."""


def _said(words: str) -> str:
    """Give the words behind a quotation where they tell of its saying: "…, she told reporters on Thursday"."""
    said = words.rpartition("”")[2]
    return said if said != words and is_past(said) else words


def tense_between(before: str, after: str) -> Tense:
    """Tell the tense of a time by the words before it; where no verb is among them, by the first one after it."""
    words = _Words(_said(before.rpartition(";")[2]))
    clause, last = words.written, words.last
    if last in _LEADS_TO_PLANS and words.hold(_OPENS_CLAUSE):
        if _WHO.search(clause):
            return tense_of_opening(after)
        if _NEXT_CLAUSE.search(clause) and _NEXT_DID.match(after):
            return GONE
    if last.endswith("since"):
        return GONE
    if last in _UP_TO and clause.endswith(" ") and _THEN_HAD.match(after) and not _plan_in(clause):
        return GONE
    tense = _tense_before(words)
    if tense is GONE:
        is_bare = not words.tell_past() and not words.tell_saying()
        return tense_of_opening(after) if is_bare else tense
    is_aim = words.tell_aim() or (last in _LEADS_TO_PLANNED and _PLANNED_FOR.search(f" {clause}"))
    if is_aim and (given_up := _GIVEN_UP.match(after)):
        if given_up["now"]:
            return TO_COME
        return GONE if _HAD_BEEN.search(clause) or given_up["had"] else AIMED
    return tense


def tense_of_opening(words: str) -> Tense:
    """Tell the tense of a time that opens a sentence from the words after it: "For March 30 the landing is planned"."""
    plan = _plan_in(words)
    return GONE if plan is None or is_past(words[: plan.start()]) else TO_COME


def is_past(words: str) -> bool:
    """Tell whether a verb in the past stands among some words."""
    return _IN_ED.search(words) is not None or _DID_SO_OR_SET.search(f" {words}") is not None


def _plan_in(words: str) -> re.Match[str] | None:
    """Give the first words that tell of what is to come."""
    return _TO_COME.search(f" {words}")
