"""Cuts a sentence into clauses, so that what one says is not laid at another's door."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from missionwire_articles.rules import MARKS
from missionwire_articles.seams import NP, Seams

_AT: Final = "(?:(?:(?:at|on|in)\\s)?\ue007+,?\\s)?"
"""A time that a clause opens with: ", and at 8:59 am it came down"."""

_SPAN: Final = (
    r"(?:dawn|daybreak|noon|midnight|midday|sunrise|sunset|dusk|\d{1,2}[:.]\d\d"
    r"|(?:(?:at least|about|around|early|late|mid|the\s(?:end|middle|beginning|start)\sof)[\s-])?\ue007)"
    r"|(?:[\w-]+\s){1,4}?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b(?!\s(?:of|since))"
)
"""What makes "before dawn", "after six months" no clause of its own: it has no verb."""

_NTH: Final = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+(?:teenth|tieth|dredth)|\d+(?:st|nd|rd|th)"
    r"|youngest|oldest|only|very|last)"
)
_ROLE: Final = (
    r"an?\s(?:[\w-]+\s){0,3}?(?:candidate|commander|captain|pilot|engineer|member|specialist|tourist|astronaut|cosmonaut"
    r"|taikonaut|trainee|reserve|backup|participant|scientist|guest|replacement)"
    r"(?=[.,;]|\s(?:in|on|for|at|by|from|with|of|aboard|and)\s)"
)
"""What somebody was taken as: "selected as an astronaut candidate in 2010" has no second verb."""

_BREAK: Final = re.compile(
    r"[;:]\s+|(?<=\s)(?<![;:—–]\s)[—–]\s"
    r"|(?<=\s)(?:(?=(?:while|after|before|when|since|until|because(?!\sof\s[^;.]{1,120},\s(?:is|are|was|were|has|had|will|would)\s)|although|though|whereas|once(?!\s(?:with|in|on|at|by|for|and|more|again|a)\b)|following"
    rf"|and then|where)\s(?!{_SPAN}))|(?=as\s(?!the\s{_NTH}\b|{_ROLE})"
    rf"(?:he|she|they|it|the|its|{NP}))"
    rf"|(?P<joined>but|and)\s+(?={_AT}(?:{NP}|(?:he|she|they|it)\s)))"
)
"""Where a clause begins, in small letters, at a seam: before its word, or behind its sign, or a comma with "and"."""

_DASHED: Final = re.compile(rf"—\s(?P<inside>[^—;:]*{MARKS['person']}[^—;:]*)\s—\s")
"""Names between dashes."""

_VERB: Final = re.compile(
    r"\b(?:was|were|is|are|has|had|have|will|would|did|does|can|could|may|might|\w{2,}ed|went|came|left|took|made|said"
    r"|flew|rose|began|gave|told|saw|set|put|got|met|spent|sent|found|broke|became|felt|kept|led|lost|ran)\b",
)
"""Without a verb before it, ", and" joins people, not clauses: "X, of ESA, and the cosmonaut Y landed"."""

_OPENERS: Final = frozenset(
    {"as", "while", "after", "before", "when", "since", "once"}
    | {"although", "though", "because", "upon", "following", "having"}
)
_OPENING: Final = re.compile(rf"^[\"“]?(?:(?:\w+\s){{0,3}}(?:{'|'.join(sorted(_OPENERS))}))\s")
_GERUND: Final = re.compile(
    r"^(?:(?:\w+\s){0,3}(?:after|before|while|since|upon|when|once|following)\s)?(?:\w+ly\s)?"
    r"(?:being|having|(?!(?:br|sw|spr|r|s|k|th|cl|fl|sl|str|dur)ings?\b)\w+ing)\b",
)
_PRONOUN: Final = re.compile(r"^(?:\w+\s)?(?:as|while|after|before|when|once|though|although)\s(?:he|she|they|it)\b")
_PARTICIPLE: Final = re.compile(r"(?!(?:br|sw|spr|r|s|k|th|cl|fl|sl|str)ing\b)\w+ing\s")
_TOGETHER: Final = re.compile(r"^(?:as|while|when|during)\s")
_AND_THEN: Final = re.compile(
    rf"^and then\s(?!{NP}|(?:he|she|they|it)\s)(?:was|were|had|\w{{2,}}(?:ed|ent|ame|ook|ot|ave|old|ew))\s"
)
"""What the subject of the clause before did next."""

_DATED: Final = re.compile(",\\s(?:(?:at|on|in|early|late|about|around|just)\\s){0,2}\ue007+(?=,\\s)")
"""A time between commas after the verb of a clause that opens with "when": it is of that verb."""

_WITH_TITLE: Final = re.compile(rf"(?:{MARKS['agency']}+\s|the\s)(?:[\w-]+\s){{0,2}}?{MARKS['person']}")
"""A name with what stands before it: "the cosmonaut NAME"."""

_BETWEEN: Final = re.compile(
    r"\b(?:between|(?:union|meeting|junction|coupling|rendezvous|separation|contact)\sof)\s[^,;]*$"
)
"""What "and" joins to it is no other clause: "the agreement between A and B was signed"."""


class Clause(NamedTuple):
    """A half-open part of the text.

    `owner` is the index of the clause whose subject this one shares, because it has none of its own ("before being
    taken …") or only a pronoun that looks forward ("As he left …, NAME …"); `is_together` says that it tells of the
    time at which the next clause happens ("As they were testing …,"), `trails` that it happens with its owner
    ("…, landing in …").
    """

    start: int
    end: int
    owner: int | None = None
    is_together: bool = False
    trails: bool = False


class Cuts(NamedTuple):
    """Where a sentence is cut, whatever its verbs are.

    `opens` says that a clause stands before its main one, `is_joined` that a word may join what two verbs tell.
    """

    places: tuple[int, ...]
    opens: bool
    is_joined: bool


_NO_CUTS: Final = Cuts((), opens=False, is_joined=False)


def cuts(seams: Seams, start: int, end: int) -> Cuts:
    """Give where the words of a sentence begin a clause."""
    places = seams.within(start, end)
    if not places:
        return _NO_CUTS  # as in about every second sentence
    sentence = seams.small[start:end]
    is_opened = not _OPENERS.isdisjoint(sentence.lstrip('"“').split(None, 4)[:4])  # most have no such word there
    opens = is_opened and bool(_OPENING.match(sentence))
    found = tuple(_breaks(seams.small, start, end, places, opens=opens))
    return Cuts(found, opens, seams.are_joined(start, end))


def clauses(
    masked: str, seams: Seams, start: int, end: int, verbs: Sequence[tuple[int, int]] = (), known: Cuts | None = None
) -> list[Clause]:
    """Give the clauses of a sentence in order.

    `verbs` are where something is told: "A docked and B landed" is two. `known` are its cuts, where they were found.
    """
    places, opens, is_joined = known or cuts(seams, start, end)
    trailing = [  # ", landing in …" at the end of a sentence: it has the subject of the main clause
        verb
        for verb, _ in verbs
        if start + 1 < verb < end and masked.startswith(", ", verb - 2) and _PARTICIPLE.match(masked, verb)
    ]
    joined = list(_coordinations(seams, start, end, verbs)) if is_joined else []
    if not (places or joined or trailing):
        return [Clause(start, end)]  # as most sentences
    small = seams.small
    bounds = sorted({start, end, *places, *joined, *trailing})
    inside = (  # but for those that would hold no word
        bound for bound, then in pairwise(bounds[1:]) if then - bound > len("  ") or small[bound:then].strip()
    )
    parts = list(pairwise([start, *inside, end]))
    opens = opens and len(parts) > 1
    return [
        _clause(small, parts, index, opens=opens, trails=parts[index][0] in trailing) for index in range(len(parts))
    ]


def _breaks(small: str, start: int, end: int, seams: Iterable[int], *, opens: bool) -> Iterator[int]:
    if opens and (comma := small.find(", ", start, end)) > 0:
        dated = _DATED.match(small, comma, end) if _TOGETHER.match(small[start:comma].lstrip('"“ ')) else None
        yield (dated.end() if dated else comma) + 1
    dashed = set(_dashed(small, start, end)) if small.count("—", start, end) > 1 else ()
    for seam in seams:
        found = _BREAK.match(small, seam, end)
        if found and found.end() not in dashed and _may_break(small[start:seam].rstrip(), found["joined"]):
            yield found.end()


def _may_break(before: str, joined: str | None) -> bool:
    """Tell whether a clause may begin behind what stands in its sentence before it.

    Behind ", and" or ", but" alone, and where the comma is of no list: it has a verb.
    """
    if not joined:
        return before not in {"", ",", ";", ":"}
    return len(before) > 1 and before.endswith(",") and (joined != "and" or bool(_VERB.search(before)))


def _dashed(small: str, start: int, end: int) -> Iterator[int]:
    """Give where dashes end that only set names apart from their verb: "the crew — A, B and C — docked"."""
    for found in _DASHED.finditer(small, start, end):
        if not _VERB.search(found["inside"]):
            yield from (found.start("inside"), found.end())


def _coordinations(seams: Seams, start: int, end: int, verbs: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Cut at "and" between two verbs, where what follows it may be the second one's subject, not half of it."""
    small = seams.small
    for (_, left), (right, _) in pairwise(verbs):
        cut = seams.last_joint(left, right) if start <= left <= right <= end else None
        if not cut or "," in small[cut[1] : right] or _BETWEEN.search(small, start, cut[0]):
            continue
        before, after = small[cut[0] - 1], small[cut[1]]
        is_person = before == MARKS["person"] and _WITH_TITLE.match(small, cut[1], right)
        if before != after and not is_person:  # "A and B landed": two of a kind go together
            yield cut[1]


def _clause(small: str, parts: list[tuple[int, int]], index: int, *, opens: bool, trails: bool) -> Clause:
    start, end = parts[index]
    if trails:
        return Clause(start, end, int(opens), trails=True)
    if index == 0 and not opens:
        return Clause(start, end)
    words = small[start:end].lstrip('"“ ')
    if index:
        return Clause(start, end, index - 1 if _opens_with_gerund(words) or _AND_THEN.match(words) else None)
    owner = 1 if _opens_with_gerund(words) or _PRONOUN.match(words) else None
    return Clause(start, end, owner, is_together=bool(_TOGETHER.match(words)))


def _opens_with_gerund(words: str) -> bool:
    return "ing" in words and bool(_GERUND.match(words))
