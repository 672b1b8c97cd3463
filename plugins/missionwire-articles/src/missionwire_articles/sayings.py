"""The verbs that tell of somebody's words, and where in a text one of them may stand.

They are looked for in a blanked text: people and agencies are masked, and each letter of a quote is `QUOTE`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from missionwire_articles.beginnings import LENGTH, beginnings
from missionwire_articles.rules import MARKS

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

_WORD: Final = re.compile(r"[^\W\d_]+")


class Sayings:
    """The places of a blanked text where a verb that tells of words may stand, or what stands for one.

    A sentence without a quote that has none of them gives nobody's words: most have none.
    """

    def __init__(self, blanked: str) -> None:
        """Look each word of the text up once."""
        words = set(_WORD.findall(" ".join(set(blanked.split()))))
        found = (_places(blanked, word) for word in words if _may_tell(word))
        self._places = sorted(chain.from_iterable(found))

    def may_be_in(self, start: int, end: int) -> bool:
        """Tell whether there may be one in a part of the text."""
        first = bisect_left(self._places, start)
        return first < len(self._places) and self._places[first] < end


def _places(text: str, word: str) -> Iterator[int]:
    """Give where a word stands that is no part of another."""
    place = text.find(word)
    while place >= 0:
        end = place + len(word)
        if not (text[place - 1 : place].isalpha() or text[end : end + 1].isalpha()):
            yield place
        place = text.find(word, end)


@lru_cache(maxsize=4096)
def _may_tell(word: str) -> bool:
    """Tell whether a verb that tells of words may begin with a word."""
    small = word.lower()
    whole, openings = _verbs()
    return small in whole or any(small[:length] in openings for length in range(1, LENGTH + 1))


@cache
def _verbs() -> tuple[AbstractSet[str], AbstractSet[str]]:
    """Give the words with which verbs begin: whole ones, and beginnings of words."""
    told = beginnings(f"{SPOKEN}|{TOLD_BY_BODIES}|{BODY_ACTS}|{_LIKE_VERBS}")
    return {each.letters for each in told if not each.is_open}, {each.letters for each in told if each.is_open}
