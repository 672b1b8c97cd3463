"""People whom the operator adds, in a TOML file."""

import re
from pathlib import Path
from typing import Final

import msgspec

from missionwire_crew.roster import Alias, Gender, Human, Term

_SOURCE: Final = "operator"
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class PeopleFileError(Exception):
    """The file of people cannot be used: names the file, the key in it, and what is wrong."""

    def __init__(self, path: str, key: str, fault: str) -> None:
        super().__init__(f"{path}: {key}: {fault}" if key else f"{path}: {fault}")
        self.path = path
        self.key = key
        self.fault = fault


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[[people]]` of the file. `family` is needed where the family name is not the last word of the name."""

    id: str
    name: str
    family: str | None = None
    gender: Gender | None = None
    nationality: str | None = None
    agency: str | None = None
    occupation: str | None = None
    aliases: tuple[str, ...] = ()


class PeopleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    people: tuple[Entry, ...] = ()


def load_people(path: str) -> tuple[Human, ...]:
    """Read people from a TOML file.

    Raises:
        PeopleFileError: the file cannot be read, is no TOML, or a key is unknown, missing or of the wrong kind.
    """
    try:
        file = msgspec.toml.decode(Path(path).read_bytes(), type=PeopleFile)
    except OSError as error:
        raise PeopleFileError(path, "", error.strerror or str(error)) from error
    except msgspec.ValidationError as error:
        fault, _, place = str(error).partition(" - at ")
        raise PeopleFileError(path, place.strip("`").removeprefix("$."), fault) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PeopleFileError(path, "", f"this is no TOML: {error}") from error
    seen: set[str] = set()
    return tuple(_human(path, index, entry, seen) for index, entry in enumerate(file.people))


def _human(path: str, index: int, entry: Entry, seen: set[str]) -> Human:
    if not _ID.fullmatch(entry.id):
        raise PeopleFileError(path, f"people[{index}].id", f"{entry.id!r} is no slug (a-z, 0-9 and single hyphens)")
    if entry.id in seen:
        raise PeopleFileError(path, f"people[{index}].id", f"{entry.id!r} stands twice")
    if len(entry.name.split()) < 2:  # noqa: PLR2004  # a given and a family name
        raise PeopleFileError(path, f"people[{index}].name", f"{entry.name!r} is not a whole name")
    seen.add(entry.id)
    return Human(
        id=entry.id,
        name=entry.name,
        family=(entry.family or entry.name.split()[-1],),
        gender=entry.gender,
        nationality=entry.nationality,
        aliases=tuple(Alias(alias, source=_SOURCE) for alias in entry.aliases),
        agencies=(Term(entry.agency, source=_SOURCE),) if entry.agency else (),
        occupation=entry.occupation,
        source=_SOURCE,
    )
