"""The terms that translations put wrong: the rows of `terms.toml`, and how one of them is found and mended."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from missionwire.plugin import Correction, Span
from missionwire_terms.backwards import backwards
from missionwire_terms.conditions import CONDITIONS, Condition
from missionwire_terms.lexicon import Lexicon
from missionwire_terms.scene import Scene
from missionwire_terms.signposts import Signposts
from missionwire_terms.tables import read_table
from missionwire_terms.wording import in_case_of, with_article

REACH: Final = 180
BACK: Final = 80
"""How many characters behind a word, and before it, its shape is looked for."""


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of `terms.toml`; its head says what each member means."""

    row: str
    confidence: float
    context: str
    why: str
    forms: Mapping[str, str]
    before: str | None = None
    after: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    suggests: bool = False
    exact: bool = False
    as_one: bool = False
    name_prone: bool = False
    in_names: bool = False
    needs_fault: bool = False
    is_quiet: bool = False


class Table(Struct, frozen=True):
    """The whole of `terms.toml`."""

    term: tuple[Row, ...]


class Term:
    """A row with its patterns compiled: finds its words in a scene and says what each should be."""

    def __init__(self, row: Row, lexicon: Lexicon) -> None:
        """Compile the patterns of a row; an unknown condition or kind raises KeyError."""
        self.row = row
        self.condition: Condition = CONDITIONS[row.context]
        self.forms = {
            _plain(found): replacement for family, replacement in row.forms.items() for found in _family(family)
        }
        self._shapes = tuple(
            _Shape(pattern, is_behind=is_behind, is_wanted=is_wanted, lexicon=lexicon)
            for pattern, is_behind, is_wanted in (
                (row.after, False, True),
                (row.not_after, False, False),
                (row.before, True, True),
                (row.not_before, True, False),
            )
            if pattern
        )

    def correct(self, scene: Scene, word: "_Word") -> Correction | None:
        """Give the correction of one of this row's words at its place, applied where the condition holds."""
        row, found = self.row, word.found
        if (row.exact and found != found.lower()) or (row.as_one and " " in found):
            return None
        for shape in self._shapes:
            if not shape.fits(word):
                return None
        if not row.in_names and _is_in_a_name(scene, word.span, is_prone=self.row.name_prone):
            return None
        return self._decide(scene, word)

    def _decide(self, scene: Scene, word: "_Word") -> Correction | None:
        span, found = word.span, word.found
        bars = self.condition.bars
        if bars and (scene.nearest(bars, span, scene.stretch(span, 0)) or scene.is_told_beyond(bars, span, 0)):
            return None
        evidence = self.condition.holds(scene, span)
        if evidence is None and not self.row.suggests:
            return None
        replacement = in_case_of(found, self.forms[word.form])
        edit, text = with_article(scene.text, span, replacement)
        return Correction(
            start=edit.start,
            end=edit.end,
            original=scene.text[edit.start : edit.end],
            replacement=text,
            reason=self._reason(found, replacement, is_sure=evidence is not None),
            confidence=self.row.confidence if evidence is not None else round(self.row.confidence / 2, 2),
            evidence=evidence or (),
            field=scene.field,
            applied=evidence is not None,
            kind="term",
        )

    def _reason(self, found: str, replacement: str, *, is_sure: bool) -> str:
        if is_sure:
            return f"‘{found}’ is ‘{replacement}’ here: {self.row.why}."
        return f"‘{found}’ may be ‘{replacement}’, if {self.row.why}; the text near it does not say so."


class Terminology:
    """All terms of the table, less those that were switched off."""

    def __init__(self, lexicon: Lexicon, signposts: Signposts, off: Iterable[str] = ()) -> None:
        """Load the table without the rows named in `off`; a name that is no row raises ValueError."""
        rows = read_table("terms", Table).term
        unknown = sorted(set(off) - {row.row for row in rows})
        if unknown:
            message = (
                f"no such row of terms: {', '.join(unknown)}; there are {', '.join(sorted({r.row for r in rows}))}"
            )
            raise ValueError(message)
        self._terms: dict[str, list[Term]] = {}
        for row in rows:
            if row.row not in set(off):
                term = Term(row, lexicon)
                for form in term.forms:
                    self._terms.setdefault(form, []).append(term)
        by_head: dict[str, list[str]] = {}
        for form in self._terms:
            for head in _heads(form):
                by_head.setdefault(head, []).append(form)
        self._forms = {signposts.number(head): re.compile(_any_of(forms)) for head, forms in by_head.items()}

    def corrections(self, scenes: Sequence[Scene], *, is_faulty: bool = False) -> list[Correction]:
        """Give the corrections of the scenes of one document, of each in its order, no two of which overlap.

        Of two that do, an applied one wins, then the longer one, then the one whose row stands higher in the table.
        `is_faulty`: something else than its words shows that it was translated.
        """
        told = [
            each
            for scene in scenes
            if scene.is_about_spaceflight()
            for word in self._words(scene)
            for each in self._of_word(scene, word)
        ]
        is_open = any(row.needs_fault for row, _ in told)
        is_open = is_open and not any(c.applied and not row.needs_fault for row, c in told)
        is_open = is_open and not (is_faulty or scenes[0].is_translated)
        told = [(row, c) for row, c in told if not (is_open and row.is_quiet)]
        found = [_unsure(c) if is_open and row.needs_fault else c for row, c in told]
        found.sort(key=lambda c: (not c.applied, c.start - c.end))
        return [c for scene in scenes for c in _without_overlaps(c for c in found if c.field == scene.field)]

    def _of_word(self, scene: Scene, word: "_Word") -> Iterator[tuple[Row, Correction]]:
        """Give the corrections of a word, those of higher rows first; behind one that is sure, no other one counts."""
        for term in self._terms[word.form]:
            if correction := term.correct(scene, word):
                yield term.row, correction
                if correction.applied and not term.row.needs_fault:
                    return

    def _words(self, scene: Scene) -> list["_Word"]:
        """Find the words of all rows, with their places; of those that begin at one place, the longest."""
        found, small = scene.passage.found, scene.small
        places = [
            match.span()
            for number in self._forms.keys() & found.keys()
            for place in found[number]
            if (match := self._forms[number].match(small, place))
        ]
        return [_Word(scene, Span(start, end), _plain(small[start:end])) for start, end in sorted(places)]


_START: Final = attrgetter("start")


def _without_overlaps(found: Iterable[Correction]) -> list[Correction]:
    """Leave out what shares a place with one before it; give the others in the order of the text."""
    kept: list[Correction] = []
    for correction in found:
        number = bisect_right(kept, correction.start, key=_START)
        is_behind = number == 0 or kept[number - 1].end <= correction.start
        if is_behind and (number == len(kept) or correction.end <= kept[number].start):
            kept.insert(number, correction)
    return kept


def _unsure(correction: Correction) -> Correction:
    """Only suggest what good English says, too, where nothing else shows that the text was translated."""
    return replace(
        correction,
        applied=False,
        confidence=round(correction.confidence / 2, 2),
        reason=f"{correction.reason.rstrip('.')}; but nothing else shows that the text was translated.",
    )


_CAPITAL: Final = re.compile(r"(?<!\\)[A-Z]")
"""What makes a pattern one that needs the text as it is written; others are looked for in small letters alone."""


class _Shape:
    """What must, or must not, stand right before or right after a word; what stands before it is read backwards."""

    def __init__(self, pattern: str, *, is_behind: bool, is_wanted: bool, lexicon: Lexicon) -> None:
        filled = lexicon.fill(pattern)
        self._look = re.compile(rf"\n?(?:{backwards(filled)})" if is_behind else filled).match
        self._knows_capitals = _CAPITAL.search(filled) is not None
        self._is_behind = is_behind
        self._is_wanted = is_wanted

    def fits(self, word: "_Word") -> bool:
        """Tell whether the text around a word has this shape, or lacks it where it is not wanted."""
        written, in_small = word.behind() if self._is_behind else word.ahead()
        is_there = self._look(in_small) or (self._knows_capitals and written != in_small and self._look(written))
        return bool(is_there) is self._is_wanted


class _Word:
    """A word that may be wrong: its place, as it is found there and in its plain form, and the text on both sides.

    That is told as it is and in small letters: sentences begin, and headlines are written, with capitals that shapes do
    not care about. What stands `behind` the word, before it in the text, is read from there on, backwards.
    """

    def __init__(self, scene: Scene, span: Span, form: str) -> None:
        self._scene = scene
        self.span = span
        self.found = scene.text[span.start : span.end]
        self.form = form
        self._behind: tuple[str, str] | None = None
        self._ahead: tuple[str, str] | None = None

    def behind(self) -> tuple[str, str]:
        """Give what stands before the word, from there on."""
        if self._behind is None:
            before = self._scene.text[max(0, self.span.start - BACK) : self.span.start][::-1]
            self._behind = before, before.lower()
        return self._behind

    def ahead(self) -> tuple[str, str]:
        """Give what stands after the word."""
        if self._ahead is None:
            after = self._scene.text[self.span.end : self.span.end + REACH]
            self._ahead = after, after.lower()
        return self._ahead


def _plain(found: str) -> str:
    return " ".join(found.replace("-", " ").lower().split())


_CHOICE: Final = re.compile(r"\{([^{}]*)\}")


def _family(forms: str) -> list[str]:
    """Give all that `exit {to,into} {,the }space` stands for."""
    choice = _CHOICE.search(forms)
    if not choice:
        return [forms]
    head, tail = forms[: choice.start()], forms[choice.end() :]
    return [form for each in choice[1].split(",") for form in _family(head + each + tail)]


_SHORTEST: Final = 3


def _heads(form: str) -> list[str]:
    """Give what a form is looked for by: its first word, of a short one that stands inside of many the second, too."""
    first, *others = form.split()
    return [first] if len(first) >= _SHORTEST else [f"{first}{gap}{others[0]}" for gap in (" ", "-")]


def _any_of(forms: Iterable[str]) -> str:
    branches = (r"[\s-]+".join(map(re.escape, _plain(form).split())) for form in sorted(forms, key=len, reverse=True))
    return rf"(?<![\w-])(?:{'|'.join(branches)})(?!\w|-\w)"


_WORD_BEFORE: Final = re.compile(r"(\S+)[ \t]+$")
_OPENING: Final = 4
"""How many quotation marks, brackets and blanks may stand before the first word of a sentence."""
_WORD_AFTER: Final = re.compile(r"[ \t]+([A-Z]\w+)")


def _is_in_a_name(scene: Scene, span: Span, *, is_prone: bool) -> bool:
    """Tell whether the word, written with a capital, is part of a name: a neighbour has a capital, too."""
    found = scene.text[span.start : span.end]
    if not found[0].isupper() or found.isupper():
        return False
    if scene.is_title_case:
        return is_prone
    after = bool(_WORD_AFTER.match(scene.text, span.end))
    if _starts_a_sentence(scene, span):
        return is_prone and after
    before = _WORD_BEFORE.search(scene.text[max(0, span.start - 40) : span.start])
    return after or bool(before and before[1][:1].isupper())


def _starts_a_sentence(scene: Scene, span: Span) -> bool:
    start = scene.sentence(span.start).start
    return span.start - start <= _OPENING and not scene.text[start : span.start].strip(" \t\n\"'“‘«([")
