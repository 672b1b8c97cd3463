"""The register: which agencies there are, and by which names a text may call them."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Final, Literal

import msgspec

from missionwire_agencies.folding import fold
from missionwire_agencies.forms import forms, translated

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Case = Literal["any", "capitals", "exact"]


class RegisterError(ValueError):
    """An agencies file that cannot be used: names the file, the key in it, and what is wrong there."""

    def __init__(self, file: str, key: str, fault: str) -> None:
        super().__init__(f"agencies file {file}: {key}: {fault}" if key else f"agencies file {file}: {fault}")
        self.file = file
        self.key = key
        self.fault = fault


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must be told of for an ambiguous name to count: a word in the sentence, or anywhere in the text."""

    scope: Literal["sentence", "text"]
    words: tuple[str, ...]
    given: tuple[Literal["event", "member"], ...] = ()


class Alias(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to write an agency's name; see the head of `agencies.toml`."""

    name: str
    case: Case = "any"
    needs: str | None = None
    is_word: bool = False
    not_before: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agency as a file has it; all but `id` and new aliases may be left out for an agency that is known."""

    id: str
    name: str | None = None
    country: str | None = None
    kind: Literal["agency", "company", "broadcaster"] | None = None
    names: Mapping[str, tuple[str | Alias, ...]] = {}
    acronyms: tuple[str | Alias, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    agency: tuple[Entry, ...] = ()
    context: Mapping[str, Context] = {}


class Agency(msgspec.Struct, frozen=True):
    """An agency, company or broadcaster: `kind` says which."""

    id: str
    name: str
    country: str
    kind: str


class Register:
    """All agencies and the names that lead to them."""

    def __init__(self) -> None:
        """Make an empty register; `add` fills it."""
        self.agencies: dict[str, Agency] = {}
        self.contexts: dict[str, Context] = {}
        self.aliases: dict[tuple[str, bool], tuple[Alias, Agency]] = {}

    def add(self, text: str, file: str) -> None:
        """Take in the entries of a TOML text; those of a known id add aliases to it.

        Raises:
            RegisterError: the text is no TOML, a key is unknown, missing or of the wrong type, an id is no slug or
                stands twice, an alias is empty or another agency's, or a context is not there.
        """
        content = _read(text, file)
        self.contexts.update(content.context)
        seen: set[str] = set()
        mine: set[tuple[str, bool]] = set()
        for index, entry in enumerate(content.agency):
            key = f"agency[{index}]"
            if entry.id in seen:
                raise RegisterError(file, f"{key}.id", f"{entry.id!r} stands twice in this file")
            seen.add(entry.id)
            agency = self._agency(entry, file, key)
            self.agencies[agency.id] = agency
            for place, alias in _aliases(entry, is_new=bool(entry.name)):
                for written, form in self._spelled(alias, file, f"{key}{place}"):
                    self._own(written, form, agency, file, f"{key}{place}", is_first=written not in mine)
                    mine.add(written)

    def _agency(self, entry: Entry, file: str, key: str) -> Agency:
        if not _ID.fullmatch(entry.id):
            raise RegisterError(
                file, f"{key}.id", f"{entry.id!r} is no slug: lower-case letters, digits, single hyphens"
            )
        if known := self.agencies.get(entry.id):
            return known
        if not entry.name or not entry.kind:
            missing = "name" if not entry.name else "kind"
            raise RegisterError(file, f"{key}.{missing}", f"{entry.id!r} is a new agency and needs one")
        return Agency(id=entry.id, name=entry.name, country=entry.country or "", kind=entry.kind)

    def _spelled(self, alias: Alias, file: str, key: str) -> Iterator[tuple[tuple[str, bool], Alias]]:
        """Give each form of an alias, with what a text must hold for it."""
        if alias.needs is not None and alias.needs not in self.contexts:
            raise RegisterError(file, key, f"there is no context {alias.needs!r}")
        try:
            spelled = forms(alias.name)
        except ValueError as error:
            raise RegisterError(file, key, str(error)) from error
        for form in dict.fromkeys((*spelled, *map(translated, spelled))):
            is_exact = alias.case == "exact"
            written = form if is_exact else fold(form)
            if not any(map(str.isalnum, written)):
                raise RegisterError(file, key, "an alias needs a letter or digit")
            yield (written, is_exact), msgspec.structs.replace(alias, name=form)

    def _own(
        self, written: tuple[str, bool], form: Alias, agency: Agency, file: str, key: str, *, is_first: bool
    ) -> None:
        """Give a form to an agency; within a file the first word on it counts, a later file has the last one."""
        known = self.aliases.get(written)
        if known and known[1].id != agency.id:
            raise RegisterError(file, key, f"{form.name!r} is already an alias of {known[1].id!r}")
        if is_first:
            self.aliases[written] = (form, agency)


def _read(text: str, file: str) -> _File:
    try:
        return msgspec.convert(tomllib.loads(text), _File)
    except tomllib.TOMLDecodeError as error:
        raise RegisterError(file, "", f"is no TOML: {error}") from error
    except msgspec.ValidationError as error:
        fault, _, path = str(error).partition(" - at `$")
        raise RegisterError(file, path.strip("`.") or "top level", fault) from error


def _aliases(entry: Entry, *, is_new: bool) -> Iterator[tuple[str, Alias]]:
    """Give the aliases of an entry with their keys: the names as listed, the acronyms, and at last the name itself."""
    for language, names in entry.names.items():
        yield from _listed(names, f".names.{language}", "any")
    yield from _listed(entry.acronyms, ".acronyms", "exact")
    if is_new and entry.name:
        yield ".name", Alias(name=entry.name)


def _listed(aliases: Sequence[str | Alias], key: str, case: Case) -> Iterator[tuple[str, Alias]]:
    for index, alias in enumerate(aliases):
        if isinstance(alias, str):
            yield f"{key}[{index}]", Alias(name=alias, case=case)
        elif case == "exact":
            yield f"{key}[{index}]", msgspec.structs.replace(alias, case="exact")
        else:
            yield f"{key}[{index}]", alias


def load(agencies_file: str | None = None) -> Register:
    """Read the plugin's own agencies and then, if given, an operator's file.

    Raises:
        RegisterError: the operator's file cannot be read or used.
    """
    register = Register()
    own = resources.files("missionwire_agencies") / "data" / "agencies.toml"
    register.add(own.read_text(encoding="utf-8"), "agencies.toml")
    if agencies_file is not None:
        try:
            text = Path(agencies_file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RegisterError(agencies_file, "", f"cannot be read: {error}") from error
        register.add(text, agencies_file)
    return register
