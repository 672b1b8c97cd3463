"""The other forms of a verb that a rule gives in the past: its participles for what happened, its plain form for plans.

A rule writes "rose from"; texts have "had risen from", "rising from", "will rise from" as well. Only the words that an
alternative of the pattern begins with are put into other forms; all that follows them stays. Regular verbs go by the
ending, the others by the language's table.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from missionwire_articles.syntax import end_of_group, split

_LEADING: Final = re.compile(r"[a-z]+(?![a-z*?+-])")
"""The word that an alternative begins with."""

_REGULAR: Final = re.compile(r"[a-z-]{2,}[^e\W]ed")
_NO_VERBS: Final = frozenset({"crewed", "uncrewed", "named", "red", "need", "speed", "sped", "indeed", "hundred"})
_BEING: Final = frozenset({"was", "were", "been"})

_Form: TypeAlias = Callable[[str], str | None]


class Forms(NamedTuple):
    """The forms of a verb whose past is not regular."""

    participle: str
    gerund: str
    plain: str


class Conjugation:
    """Puts the patterns of a language's rules into other forms."""

    def __init__(self, irregular: Mapping[str, Sequence[str]]) -> None:
        """Take the table: past form to participle, gerund and plain form."""
        self._irregular = {past: Forms(*forms) for past, forms in irregular.items()}

    def done(self, pattern: str) -> str:
        """Give a pattern that takes in participles: "(?:flew|flown|flying) to"."""
        return _alternatives(
            self._with(alternative, self._done, is_kept=True) or alternative for alternative in split(pattern)
        )

    def plain(self, pattern: str) -> str:
        """Give a pattern of the plain forms, without the alternatives that begin with no verb; empty if all do."""
        found = [told for alternative in split(pattern) if (told := self._with(alternative, self._plain))]
        return _alternatives(found) if found else ""

    def _with(self, alternative: str, form: _Form, *, is_kept: bool = False) -> str | None:
        """Put the first word of an alternative into another form, or the first words of the group that it begins with.

        `is_kept`: what has no such form stays in the group as it is.
        """
        if alternative.startswith("(?:"):
            end = end_of_group(alternative)
            kept = (
                self._with(inner, form, is_kept=is_kept) or (inner if is_kept else None)
                for inner in split(alternative[:end])
            )
            told = [each for each in kept if each]
            return _alternatives(told) + alternative[end:] if told else None
        leading = _LEADING.match(alternative)
        told_word = form(leading[0]) if leading else None
        return f"(?:{told_word})" + alternative[leading.end() :] if leading and told_word else None

    def _done(self, word: str) -> str | None:
        known = self._irregular.get(word)
        if known:
            return "|".join(dict.fromkeys((word, known.participle, known.gerund)))
        return f"{word}|{_stem(word)}ing" if _is_regular(word) else word

    def _plain(self, word: str) -> str | None:
        known = self._irregular.get(word)
        if known:
            return f"{known.plain}(?:e?s)?"
        if word in _BEING:
            return "be|is|are"
        if not _is_regular(word):
            return None
        stem = _stem(word)
        if word.endswith("ied"):
            return f"{stem[:-1]}(?:y|ies)"
        is_double = len(stem) > len("add") and stem[-1] == stem[-2] and stem[-1] not in "sl"
        return f"{stem[:-1]}{stem[-1]}?e?s?" if is_double else f"{stem}e?s?"


def _stem(word: str) -> str:
    """Give what "-ing" is added to: "arriv" of "arrived", "carry" of "carried"."""
    return word[:-3] + "y" if word.endswith("ied") else word[:-2]


def _is_regular(word: str) -> bool:
    return word not in _NO_VERBS and bool(_REGULAR.fullmatch(word))


def _alternatives(found: Iterable[str]) -> str:
    return f"(?:{'|'.join(dict.fromkeys(found))})"  # "was" and "were" have the same plain form
