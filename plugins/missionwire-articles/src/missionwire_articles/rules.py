"""The rules that say which words tell of which event: the rows of `data/rules/en.toml` and its like, compiled."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from msgspec import Struct, convert, field
from msgspec.structs import replace

from missionwire_articles.anywhere import anywhere
from missionwire_articles.atoms import Atoms, atoms
from missionwire_articles.conjugation import Conjugation
from missionwire_articles.kept import Kept
from missionwire_articles.syntax import phrases

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

_LETTER: Final = re.compile(r"\\.|[A-Z]")
_MACRO: Final = re.compile(r"\{([a-z_]+)\}")
_RUN: Final = re.compile(r"([\ue000-\ue00a]|(?:\\w|\[\\w(?:\\u....|\\x..|[^\]\\ ])*\])(?=\+ (?![?+*{])))\+(?![?+*{])")
"""A mention, or a word before a blank: it is taken whole, for less of it is never what is meant."""

_ANY_TEXT: Final = frozenset({""})
"""What every text holds."""


class Form(Enum):
    """In which form a rule's word stands: as what happened, plain ("land", "lands"), or as a noun ("the landing")."""

    PAST = "past"
    PLAIN = "plain"
    NOUN = "noun"


class Member(Struct, frozen=True, kw_only=True):
    """A member of `data` that the text gives: the first group of the pattern, or `value` where it matches."""

    member: str
    pattern: str
    value: str | int | bool | None = None


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the table as it is written; `data/rules/en.toml` says what each member means."""

    name: str
    type: str
    confidence: float
    verb: str = ""
    base: str = ""
    noun: str = ""
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
    is_plan: bool = False
    follows: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    data: Mapping[str, str | int | bool] = field(default_factory=dict)
    take: tuple[Member, ...] = ()


class Family(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A deed that news tells by its noun: each row of `template`, filled in for it, is a way in which it does."""

    name: str
    noun: str
    veto: str = "(?!)"
    type: str = ""
    scheduled: str = ""
    rescheduled: str = ""
    follows: tuple[str, ...] = ()
    data: Mapping[str, str | int | bool] = field(default_factory=dict)
    take: tuple[Member, ...] = ()


class _Sought:
    """A pattern of which it is asked whether it stands in a text.

    Each of its alternatives is only asked for where the text holds what it needs, and compiled then: most never are.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def is_in(self, text: str) -> bool:
        """Tell whether it matches somewhere."""
        for atom, phrase in self._phrases:  # noqa: SIM110  # what `any` would be given costs more than most answers
            if atom in text and anywhere(phrase).search(text):
                return True
        return False

    @Kept
    def _phrases(self) -> Sequence[tuple[str, str]]:
        """Its alternatives, each behind what may stand there of it."""
        return [(atom, phrase) for phrase in phrases(self._pattern) for atom in atoms(phrase) or _ANY_TEXT]


class _Context(NamedTuple):
    subject: _Sought | None
    object: _Sought | None
    near: _Sought | None
    veto: _Sought | None
    veto_head: _Sought | None
    veto_tail: re.Pattern[str] | None
    aside: _Sought | None


Taken: TypeAlias = tuple[str, re.Pattern[str], str | int | bool | None]


class Around(Protocol):
    """What stands around a verb, in small letters: its clause is head, verb and tail."""

    small_head: str
    small_verb: str
    small_tail: str
    small_sentence: str

    @property
    def own_tail(self) -> str:
        """The tail up to a remark that tells of something else."""

    @property
    def subject(self) -> str:
        """The head without what makes it a plan."""

    @property
    def subject_as_craft(self) -> str | None:
        """The same with an unknown name that is its subject masked as a craft; None where there is none."""


class Rule:
    """A row with its patterns compiled, macros and marks filled in."""

    def __init__(self, row: Row, macros: Mapping[str, str], conjugation: Conjugation, family: str = "") -> None:
        """Take the row; `family` is whose template it is.

        Raises:
            ValueError: the row names a macro that the table does not have.
        """
        self.row = row
        self.name = row.name
        self.type = row.type
        self.family = family
        self._macros = macros
        plain = "|".join(pattern for pattern in (row.base, conjugation.plain(row.verb) if row.verb else "") if pattern)
        done = conjugation.done(row.verb) if row.verb else ""
        forms = ((done, Form.PAST), (plain, Form.PLAIN), (row.noun, Form.NOUN))
        self.verbs: Sequence[tuple[str, Form]] = tuple(
            (self._in_small(pattern), form) for pattern, form in forms if pattern
        )
        """Patterns of its words, for a masked text in small letters, and the form in which they are.

        Where one matches the word must end.
        """

    @cached_property
    def takes(self) -> tuple[Taken, ...]:
        """What the text may give: member, pattern, and the value that a match stands for (None: its first group)."""
        return tuple((taken.member, re.compile(self._in_small(taken.pattern)), taken.value) for taken in self.row.take)

    @property
    def needs(self) -> Sequence[Atoms]:
        """Atoms of which one each must stand in a masked sentence in small letters, or the rule fits no verb of it.

        A subject that may be a craft is not asked: an unknown name is taken for one.
        """
        row = self.row
        told = [atoms(self._in_small(pattern)) for pattern in (row.object, row.near, row.subject) if pattern]
        is_craft_subject = bool(row.subject) and MARKS["spacecraft"] in told[-1]
        return [each for each in (told[:-1] if is_craft_subject else told) if each]

    def fits(self, around: Around) -> bool:
        """Tell whether the clause around a verb that was found tells of the event."""
        row = self._context
        tail = around.small_tail
        if (row.object and not row.object.is_in(tail)) or (row.veto_tail and row.veto_tail.match(tail)):
            return False  # most rules differ in what comes after the verb
        if row.subject and not row.subject.is_in(around.subject):
            unknown = around.subject_as_craft
            if not unknown or not row.subject.is_in(unknown):
                return False
        if row.near and not row.near.is_in(around.small_sentence):
            return False
        head = around.small_head
        is_vetoed = row.veto_head and row.veto_head.is_in(head)
        return not (is_vetoed or (row.veto and row.veto.is_in(head + around.small_verb + around.own_tail)))

    def is_aside(self, head: str) -> bool:
        """Tell whether what stands before the verb makes it a remark about somebody, not news."""
        return self._context.aside is not None and self._context.aside.is_in(head)

    @cached_property
    def _context(self) -> "_Context":
        """What must and may not stand around the verb; made when the verb is first met."""
        row = self.row
        return _Context(
            subject=self._searched(row.subject),
            object=self._searched(row.object),
            near=self._searched(row.near),
            veto=self._searched(row.veto),
            veto_head=self._searched(row.veto_head),
            veto_tail=re.compile(self._in_small(row.veto_tail)) if row.veto_tail else None,
            aside=self._searched(row.aside),
        )

    def _searched(self, pattern: str) -> _Sought | None:
        return _Sought(self._in_small(pattern)) if pattern else None

    def _in_small(self, pattern: str) -> str:
        """Give a pattern for text in small letters: it is twice as fast as one that ignores case."""
        filled = _RUN.sub(r"\1++", self._filled(pattern))
        return _LETTER.sub(lambda found: found[0] if found[0].startswith("\\") else found[0].lower(), filled)

    def _filled(self, pattern: str) -> str:
        try:
            return _MACRO.sub(lambda macro: self._macros[macro[1]], pattern)
        except KeyError as error:
            message = f"rule {self.name}: no macro {error}"
            raise ValueError(message) from error


def whole_macros(macros: Mapping[str, str]) -> Mapping[str, str]:
    """Give the macros with those inside them filled in, and the marks beside them."""
    whole = {name: f"{mark}+" for name, mark in MARKS.items()}
    for name, pattern in macros.items():  # each uses only those that stand above it in the table
        whole[name] = _MACRO.sub(lambda macro: whole[macro[1]], pattern)
    return whole


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
    macros = whole_macros(table["macros"])
    conjugation = Conjugation(table["irregular"])
    rules = [Rule(row, macros, conjugation) for row in convert(_rows(table["type"]), list[Row])]
    return (*rules, *_of_families(table, macros, conjugation))


def _rows(types: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give the rules of each type with what they share, where they say nothing else."""
    rows = []
    for type_ in types:
        shared = {name: value for name, value in type_.items() if name not in {"name", "rule"}}
        rows += [{"type": type_["name"], **shared, **rule} for rule in type_["rule"]]
    return rows


def _of_families(table: Mapping[str, Any], macros: Mapping[str, str], conjugation: Conjugation) -> Iterator[Rule]:
    """Give each template filled in for each family, but for those whose type the family does not have."""
    templates = convert(table["template"], list[Row])
    for family in convert(table["family"], list[Family]):
        types = {"done": family.type, "scheduled": family.scheduled, "rescheduled": family.rescheduled}
        own = {**macros, "noun": _MACRO.sub(lambda macro: macros[macro[1]], family.noun), "unlike": ""}
        own["unlike"] = _MACRO.sub(lambda macro: macros[macro[1]], family.veto)
        for template in templates:
            is_done = template.type == "done"
            is_plan = template.type == "scheduled" and not family.scheduled  # a plan of what has no schedule of its own
            type_ = family.type if is_plan else types[template.type]
            if type_:
                row = replace(
                    template,
                    name=f"{family.name}-{template.name}",
                    type=type_,
                    is_plan=is_plan,
                    planned=("scheduled" if family.scheduled else "") if is_done else template.planned,
                    follows=family.follows,
                    data=family.data if is_done else {},
                    take=family.take if is_done else template.take,
                )
                yield Rule(row, own, conjugation, family.name)


@cache
def _table(language: str) -> Mapping[str, Any]:
    source = files(__package__).joinpath(f"data/rules/{language}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
