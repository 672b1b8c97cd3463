"""The matcher: where a text names an agency."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from missionwire_agencies.contexts import Contexts, Given, Surroundings
from missionwire_agencies.definitions import definition
from missionwire_agencies.folding import Folded, fold
from missionwire_agencies.register import Agency, Alias, Register
from missionwire_agencies.sentences import Sentences

_WORD: Final = re.compile(r"[^\W\d_]+")
_BRACKETED: Final = re.compile(r"([^()]*[^()\s])\s*\(([^()]+)\)")
_MAIL: Final = re.compile(r"\w@\w")
_OWNERS: Final = frozenset({"her", "his", "their", "its", "our", "my", "your"})
"""Words before which a name made of ordinary words is none: "her Space Adventures"."""

_LONG_WORD_LETTERS: Final = 4
_TITLE_REACH: Final = 80
_QUOTES: Final = '"“”„«»'
_OPEN_QUOTE: Final = re.compile(rf"[{_QUOTES}][^{_QUOTES}.!?\n]*+\Z")
_TITLE_OPENS: Final = re.compile(
    rf"\b(?:film|movie|series|serie|série|documentary|documentário|documental|book|novel|livro|libro|livre|roman|song|game|titled"
    rf"|entitled|called|filme|película|фильм\w*|сериал\w*|книг\w*),? [{_QUOTES}][^{_QUOTES}.!?\n]*\Z",
    re.IGNORECASE,
)
_TITLE_ENDS: Final = re.compile(rf"[^{_QUOTES}\n]*[{_QUOTES}]")
_TOKEN_REACH: Final = 100


class Found(NamedTuple):
    """A place in the original text where an agency is named."""

    start: int
    end: int
    agency: Agency
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def names(self) -> tuple[tuple[int, int], ...]:
        """The spans of the single names in it: two in "European Space Agency (ESA)"."""
        return self.parts or ((self.start, self.end),)


class _Candidate(NamedTuple):
    start: int
    end: int
    alias: Alias
    agency: Agency


class Matcher:
    """Finds the names of a register in texts: whole words, the longest name, each by the care that it asks for."""

    def __init__(self, register: Register) -> None:
        """Build the searchers; a few milliseconds."""
        exact = {written: owned for (written, is_exact), owned in register.aliases.items() if is_exact}
        folded = {written: owned for (written, is_exact), owned in register.aliases.items() if not is_exact}
        self._exact, self._exact_owners = AhoCorasick(list(exact)), list(exact.values())
        self._folded = AhoCorasick(list(folded), implementation=Implementation.DFA)
        self._folded_owners = list(folded.values())
        self._contexts = Contexts(register.contexts)
        self._members: dict[str, Agency] = {agency.id: agency for agency in register.agencies.values()}
        for (written, _), (alias, agency) in register.aliases.items():
            if alias.needs is None or "member" in register.contexts[alias.needs].given:
                self._members.setdefault(fold(written), agency)

    def find(self, text: str, sentences: Sentences, given: Given | None = None) -> list[Found]:
        """Give all places in the order of the text; none overlap, and an apposition is one ("space agency Roscosmos").

        `given` is "event" for the text of an event about a mission: what an acronym's context would have to show.
        """
        folded = Folded(text)
        written = [c for c in self._candidates(folded) if _is_as_written(c, text, sentences)]
        if not written:
            return []
        unmistakable = {candidate.agency.id for candidate in written if candidate.alias.needs is None}
        surroundings = Surroundings(self._contexts, folded.text, given)
        told = [
            candidate
            for candidate in written
            if (needs := candidate.alias.needs) is None
            or (candidate.agency.id in unmistakable and surroundings.is_of_text(needs))
            or surroundings.holds(needs, text[slice(*sentences.around(candidate.start))])
        ]
        return _joined(text, _without_redefined(text, _longest(told)))

    def member(self, name: str) -> Agency | None:
        """Give the agency of a name that was sent as one, in any case: `"esa"`, `"European Space Agency (ESA)"`."""
        written = fold(name).strip(" \n")
        if found := self._members.get(written):
            return found
        if parts := _BRACKETED.fullmatch(written):
            long, short = self._members.get(parts[1]), self._members.get(parts[2])
            return long if long is short else None
        return None

    def _candidates(self, folded: Folded) -> list[_Candidate]:
        """Give every place where an alias stands as whole words, whatever else it needs."""
        found = []
        for index, start, end in self._exact.find_matches_as_indexes(folded.original, overlapping=True):
            if _is_whole(folded.original, start, end):
                found.append(_Candidate(start, end, *self._exact_owners[index]))
        for index, start, end in self._folded.find_matches_as_indexes(folded.text, overlapping=True):
            if _is_whole(folded.text, start, end):
                found.append(_Candidate(*folded.span(start, end), *self._folded_owners[index]))
        return found


def _is_as_written(candidate: _Candidate, text: str, sentences: Sentences) -> bool:
    """Tell whether a name is written as its alias asks, and not in an address."""
    alias = candidate.alias
    if _is_in_address(text, candidate.start, candidate.end) or _is_in_title(text, candidate.start, candidate.end):
        return False
    if alias.not_before and text[candidate.end : candidate.end + _TITLE_REACH].lstrip(" ").casefold().startswith(
        alias.not_before
    ):
        return False
    if alias.case == "capitals" and not _has_capitals(text, candidate):
        return False
    return not alias.is_word or _do_capitals_tell(text, candidate, sentences.around(candidate.start))


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")


def _is_in_address(text: str, start: int, end: int) -> bool:
    """Tell whether a place is part of a web or mail address."""
    if text[end : end + 1] == "." and text[end + 1 : end + 2].islower():
        return True
    before = ""
    if start and text[start - 1] not in " \n":
        before = text[max(0, start - _TOKEN_REACH) : start].rpartition(" ")[2].rpartition("\n")[2].lower()
        if "://" in before or before.startswith("www."):
            return True
    after = text[end : end + _TOKEN_REACH]
    if "@" not in before and "@" not in after:
        return False
    return _MAIL.search(before + text[start:end] + after.partition(" ")[0].partition("\n")[0]) is not None


def _is_in_title(text: str, start: int, end: int) -> bool:
    """Tell whether a place is inside the quoted title of a work: the film “NASA, the Untold Story”."""
    first = max(0, start - _TITLE_REACH)
    if _OPEN_QUOTE.search(text, first, start) is None or _TITLE_OPENS.search(text[first:start]) is None:
        return False
    return _TITLE_ENDS.match(text[end : end + _TITLE_REACH]) is not None


def _has_capitals(text: str, candidate: _Candidate) -> bool:
    """Tell whether each word with a capital in the alias has one in the text, and no owner makes it a common noun."""
    written = _WORD.findall(text[candidate.start : candidate.end])
    asked = _WORD.findall(candidate.alias.name)
    if len(written) != len(asked):
        return False
    before = text[max(0, candidate.start - _LONG_WORD_LETTERS - 2) : candidate.start].split()
    if before and before[-1].lower() in _OWNERS:
        return False
    return all(here[0].isupper() for here, there in zip(written, asked, strict=True) if there[0].isupper())


def _do_capitals_tell(text: str, candidate: _Candidate, sentence: tuple[int, int]) -> bool:
    """Tell whether capitals say anything in a sentence: some other word of it does without them.

    For an acronym any other word in small letters will do, for a capitalised name a word long enough to have a
    capital in a headline.
    """
    start, end = sentence
    before, after = text[start : candidate.start], text[candidate.end : end]
    if candidate.alias.case == "exact":
        return before != before.upper() or after != after.upper()
    others = _WORD.findall(before) + _WORD.findall(after)
    return any(word[0].islower() and len(word) >= _LONG_WORD_LETTERS for word in others)


def _longest(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Give the candidates that stand when of those that overlap the first and longest wins, in order of the text."""
    standing: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end)):
        if not standing or candidate.start >= standing[-1].end:
            standing.append(candidate)
    return standing


def _without_redefined(text: str, candidates: Sequence[_Candidate]) -> Sequence[_Candidate]:
    """Leave out acronyms that the text defines as something else."""
    beside = [c for c in candidates if c.alias.case == "exact" and "(" in text[max(0, c.start - 2) : c.end + 2]]
    if not beside:
        return candidates
    owned = {(c.agency.id, c.start) for c in candidates} | {(c.agency.id, c.end) for c in candidates}
    redefined = set()
    for candidate in beside:
        agency, start, end = candidate.agency.id, candidate.start, candidate.end
        if (agency, start - len(" (")) in owned and _is_in_brackets(text, start, end):
            continue  # its own name defines it, as mostly
        if (defined := definition(text, start, end)) and not any((agency, place) in owned for place in defined):
            redefined.add(candidate.alias.name)
    if not redefined:
        return candidates
    return [c for c in candidates if c.alias.case != "exact" or c.alias.name not in redefined]


def _is_in_brackets(text: str, start: int, end: int) -> bool:
    return text[start - 2 : start] in (" (", "\n(") and text[end : end + 1] == ")"


def _joined(text: str, candidates: Sequence[_Candidate]) -> list[Found]:
    """Join neighbouring names of one agency: "the space agency Roscosmos", "European Space Agency (ESA)"."""
    joined: list[Found] = []
    for start, end, _, agency in candidates:
        last = joined[-1] if joined else None
        if last and last.agency is agency and start - last.end <= len(" ("):
            gap = text[last.end : start].replace("\n", " ")
            is_bracketed = len(gap) > 1 and _is_in_brackets(text, start, end)
            if gap == " " or is_bracketed:
                parts = (*last.names, (start, end))
                joined[-1] = Found(last.start, end + is_bracketed, agency, parts)
                continue
        joined.append(Found(start, end, agency))
    return joined
