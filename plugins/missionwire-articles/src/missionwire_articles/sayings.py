"""The verbs that tell of somebody's words, and where in a text one of them may stand.

They are looked for in a blanked text: people and agencies are masked, and each letter of a quote is `QUOTE`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache, reduce
from itertools import chain
from operator import or_
from typing import Final, TypeAlias

from missionwire_articles.beginnings import LENGTH, beginnings
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
    SAYS: Late(rf"{SPOKEN}|called\s(?:him|her)self", re.IGNORECASE),
    VOICES: Late(VOICED, re.IGNORECASE),
    STATES: Late(TOLD_BY_BODIES, re.IGNORECASE),
    ACTS: Late(BODY_ACTS, re.IGNORECASE),
    SPEAKS: Late(rf"(?:{'|'.join(OF_ACTS)}){ENDING}|{SPOKE_OF}", re.IGNORECASE),
    STANDS_IN: Late(_LIKE_VERBS, re.IGNORECASE),
}

_WORD: Final = re.compile(r"[^\W\d_]+")

Verbs: TypeAlias = Sequence[tuple[int, int]]
"""Where in a sentence verbs may stand, and of which kinds each may be."""


def verbs_by_sentence(blanked: str, sentences: Sequence[Sentence]) -> Mapping[int, Verbs]:
    """Give the verbs that may stand in each sentence of a blanked text, by its index, or what stands for one.

    A sentence without a quote that has none gives nobody's words: most have none. Each word is looked up once.
    """
    told = set(chain.from_iterable(map(_verbs_in, set(blanked.split()))))
    found = sorted((place, sure, may_be) for word, sure, may_be in told for place in _places(blanked, word))
    starts = [sentence.start for sentence in sentences]
    verbs: dict[int, list[tuple[int, int]]] = {}
    for place, sure, may_be in found:
        index = bisect_right(starts, place) - 1
        kinds = sure | _seen(blanked, place, sentences[index].end, may_be) if may_be else sure
        if kinds:
            verbs.setdefault(index, []).append((place - starts[index], kinds))
    return verbs


def _seen(blanked: str, place: int, end: int, kinds: int) -> int:
    """Give of which of some kinds the verb at a place is, as its sentence shows."""
    return sum(kind for kind, verb in _KINDS.items() if kinds & kind and verb.match(blanked, place, end))


def kinds_of(verbs: Verbs) -> int:
    """Give all kinds of which verbs may be: 0 for none."""
    return reduce(or_, (kinds for _, kinds in verbs), 0)


def _places(text: str, word: str) -> Iterator[int]:
    """Give where a word stands that is no part of another."""
    place = text.find(word)
    while place >= 0:
        end = place + len(word)
        if not (text[place - 1 : place].isalpha() or text[end : end + 1].isalpha()):
            yield place
        place = text.find(word, end)


@lru_cache(maxsize=4096)
def _verbs_in(piece: str) -> Sequence[tuple[str, int, int]]:
    """Give the verbs that may begin within what stands between two spaces: most such pieces have none.

    With each come the kinds of verbs that the word is, and those that may begin with it, as what follows shows.
    """
    return [(word, sure, may_be) for word in _WORD.findall(piece) for sure, may_be in (_kinds(word),) if sure or may_be]


def _kinds(word: str) -> tuple[int, int]:
    small = word.lower()
    begun = [small[:length] for length in range(1, LENGTH + 1)]
    sure = sum(kind for kind, (whole, _) in _verbs().items() if small in whole)
    may_be = sum(kind for kind, (_, openings) in _verbs().items() if not openings.isdisjoint(begun))
    return sure, may_be & ~sure


@cache
def _verbs() -> Mapping[int, tuple[AbstractSet[str], AbstractSet[str]]]:
    """Give the words with which the verbs of each kind begin: whole ones, and beginnings of words."""
    told = {kind: beginnings(verbs.pattern) for kind, verbs in _KINDS.items()}
    return {
        kind: ({each.letters for each in begun if not each.is_open}, {each.letters for each in begun if each.is_open})
        for kind, begun in told.items()
    }
