"""Whose words a sentence gives: the patterns of attribution, and whom they name.

They look at a blanked text: people and agencies are masked, and each letter of a quote is `QUOTE`.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from missionwire_articles.late import Late
from missionwire_articles.rules import MARKS
from missionwire_articles.sayings import (
    ACTS,
    ADVERB,
    AGENCY,
    BODY_ACTS,
    ENDING,
    EXPRESS,
    OF_ACTS,
    PERSON,
    QUOTE,
    SAID,
    SAYS,
    SPEAKS,
    SPOKE_OF,
    SPOKEN,
    STANDS_IN,
    STATES,
    TOLD,
    TOLD_BY_BODIES,
    VOICED,
    VOICES,
    Verbs,
)
from missionwire_articles.speakers import (
    AGED,
    ASIDE,
    BODY,
    CALLED,
    CORPORATE,
    CORPORATE_WORDS,
    KIN,
    NAME,
    TRADE,
    UNNAMED,
    WHO,
    WHO_LATER,
)

_NAMED: Final = Late(rf"{NAME}{ASIDE},?\s(?:who\s)?{ADVERB}(?P<said>{SAID})(?!\w)")
_REMARKED: Final = Late(
    rf"(?P<name>{PERSON}+)(?:\s\(\d+\))?,\s(?:who|whose|whom|(?:with|to|for|from|of)\swhom)\s[^;,{QUOTE}{PERSON}]*$"
)
"""Before a name with a comma behind it: it is in a remark on the one who speaks, "NAME, who flew with NAME, said"."""

_TITLE_STOP: Final = r"(?:(?<=\b[MD][rs])|(?<=\bMrs)|(?<=\bCol)|(?<=\bGen)|(?<=\bProf)|(?<=\bCapt))\.(?=\s)"
"""The full stop of a title before a name: "Ms."."""

_NAMED_AFTER: Final = Late(
    rf"(?:{QUOTE},?|,|[—–])\s{ADVERB}(?P<said>{SAID})\s(?!(?:him|her)self\b)(?!by\s(?!(?:radio|phone|telephone|video|letter|satellite)\b))(?P<gap>(?:(?!that\s)(?:[^.;{QUOTE}{PERSON}]|{_TITLE_STOP})){{0,90}}?)(?<=\s)(?P<name>{PERSON}+)"
)
_VOICED_AFTER: Final = Late(
    rf"{QUOTE},?\s(?:[—–]\s)?{ADVERB}(?P<said>{VOICED})\s(?P<gap>(?:(?!that\s)(?:[^.;{QUOTE}{PERSON}]|{_TITLE_STOP})){{0,90}}?)(?<=\s)(?P<name>{PERSON}+)"
)
_VOICED_BY: Final = Late(
    rf"{QUOTE}.*?{NAME}{ASIDE},?\s{ADVERB}(?P<said>{VOICED})(?!\w)|{NAME}{ASIDE},?\s{ADVERB}(?P<said_>{VOICED})(?!\w)[^.;]{{0,90}}?[,:]\s{QUOTE}".replace(
        "?P<name>", "?P<name_>", 1
    )
)
_AND_SAID: Final = Late(
    rf"{NAME}{ASIDE},?\s(?:who\s)?\w+(?:ed|ew|ook|aid|ent|ave|et|ot)(?:\s[^;.{QUOTE}]{{1,90}}?)?,?\s(?:and|but)\s"
    rf"{ADVERB}(?P<said>{SAID})(?!\w)(?!\s(?:goodbye|farewell|hello|nothing)\b)"
)
"""Said after something else was done: "NAME received the crew and promised that …"."""

_BESIDE: Final = Late(
    rf"{QUOTE},?\s(?:[—–]\s)?(?:[\w{AGENCY}’'-]++\s){{0,6}}?{NAME}{ASIDE},?\s(?!and\b|is\b|was\b|are\b|were\b)[a-z]"
)
"""A name right after a quote that its comma leaves open, whatever the verb: "…,” chief NAME honoured him"."""

_BEFORE: Final = Late(rf"{NAME}(?![’'])[^;{QUOTE}]{{0,200}}?:\s{QUOTE}")
_VERDICT: Final = Late(
    rf"{QUOTE},?\s(?:was|were|is|are|went|ran|came)\s(?:[\w-]++\s){{0,4}}?{NAME}[’']s?\s"
    rf"|^(?:For|To)\s(?:[\w{AGENCY}-]+,?\s){{0,4}}?(?P<name__>{PERSON}+){ASIDE},?\s[^.;]{{0,40}}?{QUOTE}"
    rf"|{NAME}[’']s?\s(?:\w++\s){{0,3}}?(?:words?|comments?|answer|reply|verdict|message|reaction|summary|explanation|response|remark)\s[^.;]{{0,40}}?{QUOTE}".replace(
        "?P<name>", "?P<name_>", 1
    )
)
_ACCORDING: Final = Late(
    rf"(?:\b(?:according\sto|in\sthe\swords\sof|in\sthe\sview\sof|in\sthe\sopinion\sof|(?:so|as)\s(?:it\s)?(?:was|were|is)\s(?:announced|stated|told|confirmed|reported|said)\sby)|{QUOTE},?\sso)\s(?:the\s(?:[\w{AGENCY}-]+,?\s){{1,7}}?|(?:[\w{AGENCY}-]++\s){{1,4}})?"
    rf"(?P<name>{PERSON}+)(?![’'\w])(?!\s(?:was|were|had|has|is|and|did|left|came|went|looked|watched))",
    re.IGNORECASE,
)
"""Words that stand with whose they are: "according to NAME"."""

_MEANT: Final = Late(
    rf"{QUOTE},?\s(?:[—–]\s)?(?:{WHO}{AGED}\s{ADVERB}{TOLD}|{ADVERB}{TOLD}\s{WHO_LATER})(?!\w)", re.IGNORECASE
)
_MEANT_BEFORE: Final = Late(
    rf"(?:^|[,;]\s|\b(?:and|but|then|afterwards?|later|whom|which)\s){WHO}\s{ADVERB}{TOLD}(?!\w)[^.;{QUOTE}]{{0,90}}{QUOTE}",
    re.IGNORECASE,
)
_MEANT_REPORTED: Final = Late(
    rf"(?:^|[,;]\s|\b(?:and|but|then|afterwards?|later|whom)\s){WHO}\s{ADVERB}{SAID}(?!\w)(?P<words>(?:\s(?!that\b)[\w\ue000-\ue00a’-]+){{0,6}}\sthat\b)",
    re.IGNORECASE,
)
_MEANT_AND_SAID: Final = Late(
    rf"(?:^|[,;]\s){WHO}\s\w+(?:ed|ew|ook|ent|ave|et|ot)(?:,\s|\s)[^;.{PERSON}{QUOTE}]{{1,80}}\s(?:and|but)\s"
    rf"{ADVERB}{SAID}(?P<words>\sthat\b)",
    re.IGNORECASE,
)
"""The same, after something else was done: "the American smiled and said that …"."""

_MEANT_ACTED: Final = Late(
    rf"(?:^|[,;]\s|\b(?:and|but|then)\s|^In\s(?:his|her)\s\w++\s|{MARKS['time']}\s)(?P<who>he|she|the\s(?:[a-z\d-]++\s){{0,2}}?(?:{TRADE}))\s{ADVERB}"
    rf"(?:(?:{'|'.join(OF_ACTS)}){ENDING}|joked|{SPOKE_OF})(?!\w)"
    rf"(?=\s(?:his|her|the|their|those|all|about|everybody|everyone|(?-i:[A-Z])|{PERSON}|{AGENCY}))",
    re.IGNORECASE,
)
"""Somebody without a name who thanked or praised somebody, or spoke of something."""

_ASKED: Final = Late(
    rf"(?:(?:when\s)?asked|to\sthe\squestion)\s[^;{QUOTE}]{{1,140}}?,\s(?:{WHO}|(?:[\w{AGENCY}-]++\s){{0,4}}?{NAME}{ASIDE})"
    rf",?\s{ADVERB}(?!was\b|is\b|had\b|has\b)[a-z]+",
    re.IGNORECASE,
)
"""An answer, whatever its verb: "Asked what they missed, NAME named a shower"."""

_TOLD_BY_SOMEBODY: Final = (
    rf"(?:{SAID}(?:\s(?!that\b)[\w\ue000-\ue00a’-]+){{0,5}}\sthat\b|(?:said|says|told\s\w+)\s(?:the|there|it|they|no|all|he|she)\b"
    rf"|{EXPRESS}"
    r"|den(?:ied|ies)(?!\w)|reject(?:s|ed)(?!\w)|apologi[sz]e[ds]|(?:declared|called|described)\s(?:him|her)self\b)"
)
_MAY_BE_TOLD: Final = Late(rf"(?<=\s){_TOLD_BY_SOMEBODY}")
"""What somebody without a name tells of: sooner looked for than who it is."""

_UNNAMED_BEFORE: Final = Late(
    rf"(?<!\w)(?:{UNNAMED}|(?P<unnamed_>(?<!the\s)(?<!The\s){CALLED})|(?P<called>(?<!the\s)(?<!The\s)(?<!In\s)(?<!At\s)(?<!From\s)(?<!\sin\s)[A-Z][\w’-]+))(?:\s(?:of|from|at)\s(?:the\s)?[A-Z{AGENCY}][^;.,{QUOTE}]{{1,50}})?(?:,[^;.{QUOTE}]{{1,120}}?,|\s\([^)]{{1,60}}\))?\s{ADVERB}"
    rf"{_TOLD_BY_SOMEBODY}"
)
_SOMEBODY: Final = Late(
    rf"(?<!\w)(?:[A-Z\d{PERSON}{AGENCY}]|(?:an?|the|one|two|three|several|some|many|other|his|her|their|its)\s"
    r"|someone|engineers|officials|controllers|mission\s)"
)
"""With what somebody without a name begins."""

_UNNAMED_BESIDE: Final = Late(
    rf"{QUOTE},?\s(?:[—–]\s)?(?:{ADVERB}{TOLD}\s(?P<unnamed_>[^,.;:{QUOTE}{PERSON}]{{1,90}}?)(?=(?!,\s{PERSON})[,.;:]|\s(?:on|in|at|from|after|when|as|while|during|to|about|before)\s|$)"
    rf"|(?P<unnamed>(?!and\s|but\s|which\s|that\s)[^.;:{QUOTE}{PERSON}]{{1,90}}?)\s{ADVERB}{TOLD}(?!\w))"
    rf"|(?<!\w)(?P<unnamed__>(?:{UNNAMED.replace('(?P<unnamed>', '(?:', 1)}|{CALLED}))"
    rf"(?:,[^;.{QUOTE}{PERSON}]{{1,80}}?,)?\s{ADVERB}{TOLD}(?!\w)[^.;{QUOTE}]{{0,90}}[,:]\s{QUOTE}"
)
_UNNAMED_COLON: Final = Late(
    rf"(?:^|[.;,]\s|\band\s)(?P<unnamed>[^.;:,{QUOTE}{PERSON}{AGENCY}]{{3,60}}?)\s{ADVERB}{TOLD}(?:\s[^.;:{QUOTE}]{{0,60}})?:\s{QUOTE}"
)
_INSCRIBED: Final = (
    r"(?:advertisements?|adverts?|ads?|signs?|posters?|slogans?|mottos?|banners?|headlines?|titles?|inscriptions?)"
)
_NOBODY_COLON: Final = Late(rf"^(?P<nobody>(?:(?!\b{_INSCRIBED}:)[^.;:{QUOTE}]){{8,120}}):\s{QUOTE}")
_UNNAMED_LATER: Final = Late(
    rf"[^;{QUOTE}]{{20,}},\s{ADVERB}{SAID}\s(?!(?:the|an?)\s(?:[\w-]++\s){{0,2}}(?:agency|company|firm|operator|ministry|manufacturer)\b)"
    rf"{UNNAMED}(?=[,.;]|$)"
)
"""Reported words, and after them who said them: "the launch was perfect, said the director of the centre"."""

_CLOSING: Final = r"(?:said|says|added|explained|stressed|told\s\w+)(?=[.]|\s(?:on|in|at)\s|$)"
_CLOSES: Final = Late(_CLOSING)
_CALLED_LATER: Final = Late(
    rf"[^;{QUOTE}]{{20,}},\s(?P<called>[\w{AGENCY}’'-]+(?:\s[\w{AGENCY}-]+){{0,4}}?\s{CALLED})\s{ADVERB}"
    rf"{_CLOSING}"
)
"""The same of somebody who is on no roster, with the trade before the name: "…, agency official NAME said"."""

_OF_BODY: Final = Late(r"\b(?:agency|company|firm|operator|manufacturer)$")
_OF_BODIES: Final = Late(rf"\b(?:agency|company|firm|operator|manufacturer|[A-Z]\w+\s{CORPORATE})\s")
_BODIES: Final = ("agency", "company", "firm", "operator", "manufacturer", *CORPORATE_WORDS)
"""Of which it has one."""

_BODY_SAYS: Final = Late(
    rf"{QUOTE},?\s(?:[—–]\s)?(?:(?:the\s)?{BODY}\s{ADVERB}{TOLD}(?!\w)"
    rf"|{ADVERB}{TOLD}\s(?:the\s)?{BODY.replace('?P<agency>', '?P<agency_>')})"
    rf"|{BODY.replace('?P<agency>', '?P<agency__>')}\s{ADVERB}{TOLD}(?!\w)[^.;{QUOTE}]{{0,90}}[,:]\s{QUOTE}"
    rf"|{BODY.replace('?P<agency>', '?P<agency___>')}\s{ADVERB}{BODY_ACTS}"
)
"""A body that speaks: in quotes, or to deny, to praise, to regret. That it reported an event is of the event."""

_ANY_BODY: Final = (
    rf"(?:(?:the\s)?{BODY}|(?P<unnamed>the\s(?:[\w{AGENCY}-]++\s){{0,2}}?(?:agency|company|firm|operator|manufacturer)"
    rf"|(?:the\s)?(?-i:(?:[A-Z][\w&-]++\s){{1,4}}{CORPORATE})))"
)
_BODY_REPORTS: Final = Late(
    rf",\s{_ANY_BODY}\s{ADVERB}{TOLD_BY_BODIES}(?=[,.;]|\s(?:on|in|at|to|later|after|last|this|earlier|late|early)\b|\s{MARKS['time']}|$)"
    rf"|(?:^|[,;]\s|\b(?:and|but)\s){_ANY_BODY.replace('>', '_>')}\s{ADVERB}{TOLD_BY_BODIES}"
    r"(?:\s(?:on|in)\s[\w\ue007]+)?"
    r"\s(?:that|the|it|there|no|they|he|she|all|both|its|this|everything|nothing|neither|nobody)\b"
    r"(?!\s(?:(?:it|they|he|she)\s)?(?:will|would)\s(?:answer|inform|publish|broadcast|release|report|update|hold)\b)",
    re.IGNORECASE,
)
_BODY_TELLS: Final = Late(rf"\b(?:according\sto|so|as)\s(?:the\s)?{_ANY_BODY}(?=[,.;:]|$)", re.IGNORECASE)
"""What a body is reported to have said: it says something of its own only where the sentence tells of no event."""

_FOLLOWING: Final = Late(
    rf"(?:{WHO}|(?:[\w{AGENCY}-]++\s){{0,5}}?{NAME}{ASIDE}),?\s{ADVERB}{TOLD}(?!\w)(?!\sthat\b)", re.IGNORECASE
)
"""What begins a sentence after a quote that closed with its own mark: "…!” NAME shouted"."""

_KIN_OF: Final = Late(rf"\b(?:{KIN}|spokes\w+)\s(?:of|to|for)\s(?:the\s)?(?:[\w-]++\s){{0,3}}$")
_REPORTED: Final = Late(
    r"\s(?:[“\"«„]|(?:[\w\ue000-\ue00a’-]++\s){0,6}?(?:that|him|them|himself|herself|the|it|he|she|they|there|his|her|its|this|all|everything|no|one|a|an|us"
    r"|me|how|why|reporters|journalists)\b|(?:[\w.,%\ue000-\ue00a’-]++\s){1,5}?(?:had|has|have|was|were|is|are|would|will|could)\b)"
)
_EXPRESSED: Final = Late(rf"{EXPRESS}")
_ACTED: Final = Late(rf"(?:{'|'.join(OF_ACTS)}){ENDING}|(?:spoke|speaks|talked)\s")
_AS: Final = Late(r"\b[Aa]s\s(?:[\w-]++\s){0,3}$")
"""Words that stand beside "as NAME said"."""

_AT_END: Final = Late(
    r"(?:\s(?:afterwards?|later|then|earlier|today|yesterday|there))?"
    r"(?:\s(?:on|in|at|to|during|after|from)\s(?:(?!that\s)[^,;]){1,60})?[.!]?\s*"
)
_WORDS_BEFORE: Final = Late(r"(?:\S+\s){3}[^;]*,\s(?:[\w-]++\s){0,6}$")
"""Words that somebody is said to have said stand before their name: "there was no danger, manager X said"."""


_SPOKEN: Final = Late(SPOKEN)
_THAT: Final = Late(r"\sthat\b")
_FURTHEST: Final = 70
"""So far before "that" the verb of saying stands."""

_CONFIRMED: Final = Late(r"\s(?:confirm|report|announc)(?:ed|s)\s")
"""Verbs of somebody without a name that tell of an event."""

_FOR_SOMEBODY: Final = (
    "said ",
    " said",
    "says ",
    "told ",
    "assured ",
    "explained ",
    "confirmed ",
    "stressed ",
    "added ",
    " deni",
    " reject",
    " apologi",
    " message of ",
    "ed himself ",
    "ed herself ",
)
"""One of these stands in a sentence in which somebody without a name is reported to have said something."""


class Attribution(NamedTuple):
    """Whose words they are: the place of a `name`, of an `agency`, of words that `mean` somebody, or of others.

    `end` is where the verb has been read; `words` where what is reported begins, None beside a quote; `is_before` tells
    that the words stand before the verb; `is_report` that a body says so, which of an event is no more than its source.
    """

    kind: str
    place: tuple[int, int]
    end: int
    words: int | None = None
    is_before: bool = False
    is_report: bool = False

    def shifted(self, by: int) -> "Attribution":
        """Give it with places in a text in which the sentence begins there."""
        place = (self.place[0] + by, self.place[1] + by)
        words = None if self.words is None else self.words + by
        return Attribution(self.kind, place, self.end + by, words, self.is_before, self.is_report)


def attribution(blanked: str, verbs: Verbs, *, is_beside_quote: bool) -> Attribution | None:
    """Tell whose words a sentence gives; None where it gives none.

    `verbs` are those that may stand in it. `is_beside_quote`: it goes on from a quote.
    """
    return next(_attributions(blanked, verbs, is_beside_quote=is_beside_quote), None)


def _attributions(blanked: str, verbs: Verbs, *, is_beside_quote: bool) -> Iterator[Attribution]:
    """Look for whose words they are, with the patterns of whose verbs there may be any."""
    is_quoted, has_person = QUOTE in blanked, PERSON in blanked
    kinds = verbs.kinds
    if has_person and kinds & SAYS:
        yield from _of_names(blanked, verbs, has_quote=is_quoted or is_beside_quote)
    if is_quoted:
        yield from _of_meant(blanked, kinds)
    if is_quoted and has_person:
        yield from _of_other_verbs(blanked, kinds)
    if is_quoted:
        yield from _named_or_meant(_NOBODY_COLON.match(blanked))
    if is_beside_quote and kinds & (SAYS | VOICES):
        yield from _named_or_meant(_FOLLOWING.match(blanked))
    if kinds:
        yield from _of_reports(blanked, verbs, kinds, has_person=has_person)
    if kinds and not is_quoted:
        yield from _of_bodies(blanked, verbs)


def _of_names(blanked: str, verbs: Verbs, *, has_quote: bool) -> Iterator[Attribution]:
    """Look for a name with a verb of saying."""
    says = [place for place, kinds in verbs.places if kinds & SAYS]
    before = (_NAMED, _AND_SAID) if blanked.find(PERSON) < says[-1] else ()
    after = (_NAMED_AFTER,) if blanked.rfind(PERSON) > says[0] else ()
    for pattern in (*before, *after):
        for named in pattern.finditer(blanked):
            is_after = named.start("said") < named.start("name")
            if is_after and _KIN_OF.search(named["gap"]):
                yield _of_kin(named)
            elif not is_after and _KIN_OF.search(blanked, max(0, named.start("name") - 60), named.start("name")):
                continue
            elif has_quote or is_after or _is_reported(blanked, named):
                is_before = is_after or bool(_AT_END.fullmatch(blanked, named.end()))
                place = named.span("name")
                remarked = None if is_after else _REMARKED.search(blanked, 0, place[0])
                if remarked and blanked.startswith(",", place[1]):
                    place = remarked.span("name")
                yield Attribution("name", place, named.end(), None if has_quote else named.end(), is_before)


def _of_other_verbs(blanked: str, kinds: int) -> Iterator[Attribution]:
    """Look for a name beside a quote, with a verb that else tells of no words, or with none."""
    for pattern in (_VOICED_AFTER, _VOICED_BY, _VERDICT) if kinds & VOICES else (_VERDICT,):
        named = pattern.search(blanked)
        if named:
            if "gap" in named.groupdict() and _KIN_OF.search(named["gap"]):
                yield _of_kin(named)
            else:
                yield from _named_or_meant(named)
    beside = _BESIDE.search(blanked)
    if beside:
        yield Attribution("beside", beside.span("name"), beside.end("name"))
    yield from _named_or_meant(_BEFORE.search(blanked))


def _of_meant(blanked: str, kinds: int) -> Iterator[Attribution]:
    """Look beside a quote for a pronoun, for words that mean somebody, for somebody without a name, for a body."""
    if kinds & (SAYS | VOICES):
        yield from _named_or_meant(_MEANT.search(blanked))
        yield from _named_or_meant(_MEANT_BEFORE.search(blanked))
    if kinds & (SAYS | VOICES | ACTS) and AGENCY in blanked:
        yield from _named_or_meant(_BODY_SAYS.search(blanked))
    if kinds & (SAYS | VOICES):
        yield from _named_or_meant(_UNNAMED_BESIDE.search(blanked))
        yield from _named_or_meant(_UNNAMED_COLON.search(blanked))


def _of_reports(blanked: str, verbs: Verbs, kinds: int, *, has_person: bool) -> Iterator[Attribution]:
    """Look for what is reported of somebody without a quote."""
    has_words = bool(kinds & SAYS) and _has_spoken(blanked)
    patterns = (_MEANT_REPORTED, _MEANT_AND_SAID) if has_words else ()
    meant = next((found for pattern in patterns if (found := pattern.search(blanked))), None)
    if meant:
        yield Attribution("who", meant.span("who"), meant.start("words"), meant.start("words"))
    elif kinds & SPEAKS and QUOTE not in blanked:
        yield from _named_or_meant(_MEANT_ACTED.search(blanked))
    if kinds & STANDS_IN:
        yield from _named_or_meant(_ASKED.match(blanked))
    told = _ACCORDING.search(blanked) if kinds & STANDS_IN and has_person else None
    if told:
        is_first = blanked.startswith(", ", told.end())  # what was said follows, with its times
        yield Attribution("name", told.span("name"), told.end(), told.end(), is_before=not is_first)
    if kinds & SAYS and (has_words or any(map(blanked.__contains__, _FOR_SOMEBODY))):
        yield from _of_somebody(blanked, verbs)


def _of_somebody(blanked: str, verbs: Verbs) -> Iterator[Attribution]:
    """Look for what somebody without a name is reported to have said."""
    says = [place for place, kinds in verbs.places if kinds & SAYS]
    told = [place for place in says if _MAY_BE_TOLD.match(blanked, place)]
    unnamed = _unnamed_before(blanked, told[-1]) if told else None
    if unnamed and not (_OF_BODY.search(unnamed["unnamed"] or "") and unnamed[0].endswith("that")):
        kind = unnamed.lastgroup or "unnamed"
        is_report = bool(_CONFIRMED.search(unnamed[0]))
        yield Attribution(
            kind.rstrip("_"), unnamed.span(kind), unnamed.end(kind), unnamed.end(kind), is_report=is_report
        )
    if blanked.find(", ", 0, says[-1]) > 0:
        yield from _named_or_meant(_UNNAMED_LATER.match(blanked))
    if any(_CLOSES.match(blanked, place) for place in says):
        yield from _named_or_meant(_CALLED_LATER.match(blanked))


def _unnamed_before(blanked: str, verb: int) -> re.Match[str] | None:
    """Give the first one without a name who stands before a verb, with the verb and what is said."""
    found = (_UNNAMED_BEFORE.match(blanked, begun.start()) for begun in _SOMEBODY.finditer(blanked, 0, verb))
    return next(filter(None, found), None)


def _of_bodies(blanked: str, verbs: Verbs) -> Iterator[Attribution]:
    """Look for what a body did by its words, or is reported to have said."""
    kinds, is_named = verbs.kinds, AGENCY in blanked
    body = _BODY_SAYS.search(blanked) if is_named and kinds & ACTS else None
    if body:
        yield from _named_or_meant(body)
    elif kinds & (STATES | STANDS_IN) and (is_named or _has_body(blanked)):
        reports = _BODY_REPORTS.search(blanked) if kinds & STATES else None
        tells = _first(_BODY_TELLS, blanked, verbs, STANDS_IN)
        first = min(filter(None, (reports, tells)), key=re.Match.start, default=None)
        for said in _named_or_meant(first):
            yield said._replace(is_report=True)


def _has_body(blanked: str) -> bool:
    """Tell whether a body stands in a sentence that is no known agency."""
    return any(map(blanked.__contains__, _BODIES)) and _OF_BODIES.search(blanked) is not None


def _first(pattern: Late, blanked: str, verbs: Verbs, kind: int) -> re.Match[str] | None:
    """Give the first match of a pattern that begins with a verb of a kind."""
    found = (pattern.match(blanked, place) for place, kinds in verbs.places if kinds & kind)
    return next(filter(None, found), None)


def _has_spoken(part: str) -> bool:
    """Tell whether a verb of saying stands not far before "that"."""
    return "that" in part and any(
        _SPOKEN.match(word)
        for that in _THAT.finditer(part)
        for word in part[max(0, that.start() - _FURTHEST) : that.start()].split()
    )


def _of_kin(named: re.Match[str]) -> Attribution:
    """Give the relative, or the spokesman, of somebody whose name stands after a verb: "said the mother of NAME"."""
    called, comma, _ = named["gap"].partition(",")
    end = named.start("gap") + len(called) if comma else named.end("name")
    return Attribution("unnamed", (named.start("gap"), end), named.end(), is_before=True)


def _named_or_meant(found: re.Match[str] | None) -> Iterator[Attribution]:
    """Give the first group of a match that tells who speaks."""
    if found is None:
        return
    for name, told in found.groupdict().items():
        kind = name.rstrip("_")
        if told and kind in {"name", "who", "unnamed", "called", "agency", "nobody"}:
            is_before = name.endswith("_") or found[0].startswith(QUOTE)
            yield Attribution(kind, found.span(name), found.end(), is_before=is_before)
            return


def _is_reported(blanked: str, named: re.Match[str]) -> bool:
    """Tell whether a sentence without a quote reports words: "X said that …", "…, said X"."""
    is_at_end = _AT_END.fullmatch(blanked, named.end()) and _WORDS_BEFORE.search(blanked, 0, named.start())
    is_in_between = blanked[named.start("name") - 2 : named.start("name")] == ", " and blanked.startswith(
        ", ", named.end()
    )
    is_as = _AS.search(blanked, max(0, named.start("name") - _FURTHEST), named.start("name"))
    return (
        is_in_between
        or bool(is_as and "," in blanked[named.end() :])
        or named["said"].startswith("put")
        or blanked.startswith(": ", named.end())
        or bool(
            _ACTED.match(blanked, named.start("said"))
            or _EXPRESSED.match(blanked, named.start("said"))
            or _REPORTED.match(blanked, named.end())
            or is_at_end
        )
    )
