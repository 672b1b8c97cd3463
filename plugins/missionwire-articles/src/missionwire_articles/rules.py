"""The rules that say which words tell of which event: the rows of `data/rules/en.toml` and its like, compiled."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final, NamedTuple, TypeAlias

from msgspec import Struct, convert, field

MARKS: Final[Mapping[str, str]] = {
    "person": "\ue000",
    "agency": "\ue001",
    "mission": "\ue002",
    "spacecraft": "\ue003",
    "vehicle": "\ue004",
    "station": "\ue005",
    "site": "\ue006",
    "time": "\ue007",
    "region": "\ue008",
    "sea": "\ue009",
    "body": "\ue00a",
}
"""The character that stands for each letter of a masked mention, by what it names; all are for private use."""

_MACRO: Final = re.compile(r"\{([a-z_]+)\}")


class Member(Struct, frozen=True, kw_only=True):
    """A member of `data` that the text gives: the first group of the pattern, or `value` where it matches."""

    member: str
    pattern: str
    value: str | int | bool | None = None


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the table as it is written; `data/rules/en.toml` says what each member means."""

    name: str
    type: str
    verb: str
    confidence: float
    base: str = ""
    subject: str = ""
    object: str = ""
    near: str = ""
    veto: str = ""
    veto_head: str = ""
    veto_tail: str = ""
    aside: str = ""
    who: str = "none"
    planned: str = ""
    per: str = "craft"
    is_wide: bool = False
    follows: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    data: Mapping[str, str | int | bool] = field(default_factory=dict)
    take: tuple[Member, ...] = ()


class _Context(NamedTuple):
    subject: re.Pattern[str] | None
    object: re.Pattern[str] | None
    near: re.Pattern[str] | None
    veto: re.Pattern[str] | None
    veto_head: re.Pattern[str] | None
    veto_tail: re.Pattern[str] | None
    aside: re.Pattern[str] | None


Taken: TypeAlias = tuple[str, re.Pattern[str], str | int | bool | None]


class Rule:
    """A row with its patterns compiled, macros and marks filled in."""

    def __init__(self, row: Row, macros: Mapping[str, str]) -> None:
        """Compile the row.

        Raises:
            ValueError: the row names a macro that the table does not have.
        """
        self.row = row
        self.name = row.name
        self.type = row.type
        self._macros = macros
        forms = ((row.verb, False), (row.base, True))
        self.verbs: Sequence[tuple[re.Pattern[str], bool]] = tuple(
            (self._of_lowered(pattern), is_base) for pattern, is_base in forms if pattern
        )
        """Patterns of the verb, for a masked text in small letters, and whether they are of its plain form."""

    @cached_property
    def takes(self) -> tuple[Taken, ...]:
        """What the text may give: member, pattern, and the value that a match stands for (None: its first group)."""
        return tuple((taken.member, self._compiled(taken.pattern), taken.value) for taken in self.row.take)

    def fits(self, *, head: str, found: str, tail: str, sentence: str) -> bool:
        """Tell whether the clause `head + found + tail`, around the verb that was found, tells of the event."""
        row = self._context
        clause = head + found + tail
        needs = ((row.subject, head), (row.object, tail), (row.near, sentence))
        vetoes = ((row.veto, clause), (row.veto_head, head))
        return (
            all(pattern is None or pattern.search(text) for pattern, text in needs)
            and not any(pattern is not None and pattern.search(text) for pattern, text in vetoes)
            and not (row.veto_tail is not None and row.veto_tail.match(tail))
        )

    def is_aside(self, head: str) -> bool:
        """Tell whether what stands before the verb makes it a remark about somebody, not news."""
        return self._context.aside is not None and bool(self._context.aside.search(head))

    @cached_property
    def _context(self) -> "_Context":
        """What must and may not stand around the verb; compiled when the verb is first met."""
        row = self.row
        patterns = (row.subject, row.object, row.near, row.veto, row.veto_head, row.veto_tail, row.aside)
        return _Context(*(self._compiled(pattern) if pattern else None for pattern in patterns))

    def _of_lowered(self, pattern: str) -> re.Pattern[str]:
        """Compile a pattern for text in small letters: twice as fast as one that ignores case."""
        return re.compile(rf"(?:{self._filled(pattern).lower()})(?!\w)")

    def _compiled(self, pattern: str) -> re.Pattern[str]:
        return re.compile(self._filled(pattern), re.IGNORECASE)

    def _filled(self, pattern: str) -> str:
        def filled(macro: re.Match[str]) -> str:
            if macro[1] in MARKS:
                return MARKS[macro[1]] + "+"
            return _MACRO.sub(filled, self._macros[macro[1]])

        try:
            return _MACRO.sub(filled, pattern)
        except KeyError as error:
            message = f"rule {self.name}: no macro {error}"
            raise ValueError(message) from error


def languages() -> tuple[str, ...]:
    """Give the languages of which the plugin has rules: each file of `data/rules` is one, named by its code."""
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in files(__package__).joinpath("data/rules").iterdir())
    )


def load_words(language: str) -> frozenset[str]:
    """Read the common words by which a text is known to be in a language."""
    found: frozenset[str] = frozenset(_table(language)["words"])
    return found


def load_rules(language: str = "en") -> tuple[Rule, ...]:
    """Read the rules for a language, in the order of its table."""
    table = _table(language)
    macros: Mapping[str, str] = table["macros"]
    return tuple(Rule(row, macros) for row in convert(table["rule"], list[Row]))


@cache
def _table(language: str) -> Mapping[str, Any]:
    source = files(__package__).joinpath(f"data/rules/{language}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
