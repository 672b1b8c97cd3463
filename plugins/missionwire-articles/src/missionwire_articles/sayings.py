"""The verbs that tell of somebody's words, and where in a text one of them may stand.

They are looked for in a blanked text: people and agencies are masked, and each letter of a quote is `QUOTE`.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, reduce
from operator import or_
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from missionwire_articles.beginnings import beginnings
from missionwire_articles.late import Late
from missionwire_articles.rules import MARKS
from missionwire_articles.sentences import Sentence

QUOTE: Final = "\ue00b"
"""Stands for each letter of a quote."""

PERSON: Final = MARKS["person"]
AGENCY: Final = MARKS["agency"]

_REGULAR: Final = [
    "explain",
    "recall",
    "remark",
    "comment",
    "confess",
    "assur",
    "insist",
    "stress",
    "jok",
    "radio",
    "repl",
    "answer(?!(?:ed|s)\\s(?:the|an?|his|her|all|some|many)\\s(?:\\w+\\s)?(?:phones?|calls?|doors?|questions?))",
    "exclaim",
    "specif",
    "warn",
    "promis",
    "confirm",
    "acknowledg",
    "affirm",
    "assert",
    "indicat",
    "underlin",
    "underscor",
    "emphasi[sz]",
    "maintain",
    "claim",
    "reveal",
    "suggest",
    "report",
    "announc",
    "argu",
    "predict",
    "describ",
    "declar",
    "stat",
    "tweet",
    "admit",
    "contradict",
    "regret",
    "estimat",
    "caution",
    "pledg",
    "vow",
    "guarante",
    "reassur",
    "conced",
    "mention",
    "recount",
    "narrat",
    "point(?=(?:ed|s)\\sout)",
    "summ",
    "summari[sz]",
    "clarif",
    "inform",
    "proclaim",
    "communicat",
    "precis(?=ed)",
    "disclos",
    "relat",
    "elaborat",
    "lament",
    "deplor",
    "boast",
    "reckon",
    "disagree",
    "object",
    "believ",
    "ponder",
    "counter",
    "illustrat",
    "telegraph",
    "messag",
    "confid",
    "contend",
    "testif",
    "signal",
    "explicat",
    "remember",
    "recogni[sz]",
    "consider(?=(?:ed|s)\\sthat)",
    "agre(?=e[ds]\\sthat)",
    "reiterat",
    "volunteer",
    "complain",
    "hint",
    "fear(?=(?:ed|s)\\sthat)",
    "hop(?=e[ds]\\sthat)",
    "advis",
]
OF_ACTS: Final = [
    "congratulat",
    "prais",
    "thank",
    "apologi[sz]",
    "salut",
    "hono(?:u)?r",
    "applaud",
    "criticis",
    "criticiz",
    "blam",
    "den",
    "den(?=ies|ied)",
    "reject",
    "refut",
    "dismiss",
    "welcom(?=e[ds]\\sthe\\s(?:decision|news|agreement|success|result))",
    "commend",
    "hail",
    "credit(?=(?:ed|s)\\s)",
]
EXPRESS: Final = (
    r"(?:sent|offered|extended|conveyed|expressed|addressed|voiced|gave|made|issued|passed\son|sends|expresses|delivered|read\sout|reads\sout)"
    r"(?=\s(?:[\w-]+\s){0,5}?(?:congratulations|thanks|condolences|greetings|message|wishes|apolog(?:y|ies)|regrets?|gratitude"
    r"|satisfaction|confidence|concerns?|doubts?|hopes?|joy|relief|sympath(?:y|ies)|praise|pride|statement|tribute)(?!\w))"
)
LIKE_DEEDS: Final = [
    "observ",
    "repeat",
    "not",
    "post",
    "demand",
    "urg",
    "continu",
    "request",
    "propos",
    "begg",
]
ENDING: Final = r"(?:ed|d|es|s|ied|ies|ted|ting)"

SPOKE_OF: Final = (
    r"(?:spoke|speaks|talked)\s(?:[\w\ue007-]+\s){0,6}?of(?=\s(?:an?|the|his|her|their|its)\s|\s[“\"\ue00b])"
)
"""What tells of what somebody spoke."""

SAID: Final = (
    rf"(?:said|says|(?:told|tells)(?!\s(?:him|her|them|us|me|the\s\w+|{PERSON}+)\s(?:not\s)?to\s)|wrote|writes|added|adds|swore|made\s(?:it\s)?(?:clear|known)|let\sit\sbe\sknown|let\sknow|paid\stribute"
    r"|gave\sassurances|did\snot\s(?:rule\sout|exclude|deny|hide|conceal)|(?:ruled|rules)\sout|qualified(?=\s[^.;]{1,60}\sas\s)"
    rf"|{SPOKE_OF}"
    r"|confesses|thinks\sthat|thought\sthat|felt\sthat|wished|puts?\sit(?=[,.]|\s(?:on|in|at|this|to|during)\b(?!\s(?:his|her|the|its|their|a)\s(?:\w+\s)?(?:bag|pocket|suit|hands?|case|box|place|module|station)\b)|$)"
    r"|called(?=\s(?:it|the|this|his|her|their)\b)|calls(?=\s(?:it|the|this|his|her|their)\b)"
    rf"|{EXPRESS}|(?:{'|'.join(_REGULAR + OF_ACTS)}){ENDING}"
    rf"|(?:{'|'.join(LIKE_DEEDS)}){ENDING}(?=\sthat\b|\s?{QUOTE}|,|\s{PERSON}))"
)
"""Verbs that tell of words with a quote, and without one where what follows is what was said."""

VOICED: Final = (
    r"(?:launched|launches|blurted\sout|threw\sin|let\sslip|shouted|shouts|cried|cries|laughed|laughs|celebrated|celebrates|rejoiced|quipped|quips|whispered|whispers|asked|asks|began|begins|went\son|mused"
    r"|muses|marvelled|marveled|sighed|sighs|murmured|greeted|greets|read\sout|ordered|called|calls|responded|responds"
    r"|finds|judged|judges|smiled|smiles|enthused|gushed|summed\sup|sums\sup|opined|thinks|thought|signed\soff|yelled|screamed|grinned|beamed"
    r"|chuckled|sang|put\sit|puts\sit|spoke|speaks|talked|tweeted|radioed|crackled|came\sback|interjected|retorted"
    r"|rejoined|reads|read|ran|runs|reflected|echoed|chimed\sin|offered|allowed|gasped|exulted|cheered|burst\sout|texted"
    r"|noted|notes|observed|observes|concluded|concludes|continued|continues|posted|posts|repeated|repeats|hailed|urged"
    r"|demanded)"
)
"""Verbs that tell of words only beside a quote."""

TOLD: Final = rf"(?:{SAID}|{VOICED})"
TOLD_BY_BODIES: Final = (
    r"(?:said|says|stressed|assured|insisted|explained|added|underlined|emphasi[sz]ed|stated|declared|affirmed"
    r"|maintained|noted|answered|replied|responded|countered|objected)"
)
"""Verbs of what a body says of a matter; what it reports or confirms is the event."""

ADVERB: Final = r"(?:(?:had|has|have|also|later|then|simply|only|still|again|now|just|once|even|\w+ly)\s){0,2}"
BODY_ACTS: Final = (
    rf"(?:{EXPRESS}|(?:{'|'.join(OF_ACTS)}|contradict|assur|admit|regret|defend|insist|acknowledg|ridicul|condemn)"
    rf"{ENDING})(?!\w)"
)

SPOKEN: Final = rf"(?:{SAID}|said|told|(?:hop|fear|agre|consider|{'|'.join(LIKE_DEEDS)}){ENDING})(?!\w)"
"""Verbs before "that": what follows is what was said."""

_LIKE_VERBS: Final = "according|words|view|opinion|so|as|asked|question"
"""Words that stand for a verb: "according to NAME", "as NAME said", "asked what they missed"."""

SAYS: Final = 1
"""A verb that may be followed by "that"."""

VOICES: Final = 2
"""A verb that tells of words only beside a quote."""

STATES: Final = 4
"""A verb of what a body says of a matter."""

ACTS: Final = 8
"""A verb of what a body does by its words."""

SPEAKS: Final = 16
"""A verb of somebody's thanks or praise, or of what they spoke of."""

STANDS_IN: Final = 32
"""A word that stands for a verb."""

_KINDS: Final = {
    SAYS: Late(rf"{SPOKEN}|called\s(?:him|her)self"),
    VOICES: Late(VOICED),
    STATES: Late(TOLD_BY_BODIES),
    ACTS: Late(BODY_ACTS),
    SPEAKS: Late(rf"(?:{'|'.join(OF_ACTS)}){ENDING}|{SPOKE_OF}"),
    STANDS_IN: Late(_LIKE_VERBS),
}


class Verbs(NamedTuple):
    """Where in a sentence verbs may stand, and of which kinds each may be; and all those `kinds`: 0 for none."""

    places: Sequence[tuple[int, int]] = ()
    kinds: int = 0


NO_VERBS: Final = Verbs()


def verbs_by_sentence(blanked: str, sentences: Sequence[Sentence]) -> Mapping[int, Verbs]:
    """Give the verbs that may stand in each sentence of a blanked text in small letters, or what stands for one.

    A sentence without a quote that has none gives nobody's words: most have none.
    """
    starts = [sentence.start for sentence in sentences]
    verbs: dict[int, list[tuple[int, int]]] = {}
    for place, (sure, may_be) in sorted(_verbs_in(blanked).items()):
        index = bisect_right(starts, place) - 1
        unsure = may_be & ~sure
        kinds = sure | _seen(blanked, place, sentences[index].end, unsure) if unsure else sure
        if kinds:
            verbs.setdefault(index, []).append((place - starts[index], kinds))
    return {index: Verbs(places, reduce(or_, (kinds for _, kinds in places))) for index, places in verbs.items()}


def _verbs_in(blanked: str) -> Mapping[int, tuple[int, int]]:
    """Give where words stand that are verbs, or may be: the kinds that they are, and those that they begin like."""
    known, finder = _finder()
    found: dict[int, tuple[int, int]] = {}
    for number, start, end in finder.find_matches_as_indexes(blanked, overlapping=True):
        if blanked[start - 1 : start].isalpha():
            continue  # within a word
        whole, begun = known[number]
        sure, may_be = found.get(start, (0, 0))
        found[start] = (sure if blanked[end : end + 1].isalpha() else sure | whole), may_be | begun
    return found


def _seen(blanked: str, place: int, end: int, kinds: int) -> int:
    """Give of which of some kinds the verb at a place is, as its sentence shows."""
    return sum(kind for kind, verb in _KINDS.items() if kinds & kind and verb.match(blanked, place, end))


@cache
def _finder() -> tuple[Sequence[tuple[int, int]], AhoCorasick]:
    """Give what finds the beginnings of verbs, and of each the kinds of which it is all of a verb, or begins one."""
    told: dict[str, tuple[int, int]] = {}
    for kind, verbs in _KINDS.items():
        for letters, is_open in beginnings(verbs.pattern):
            whole, begun = told.get(letters, (0, 0))
            told[letters] = (whole, begun | kind) if is_open else (whole | kind, begun)
    return list(told.values()), AhoCorasick(list(told), implementation=Implementation.DFA)
