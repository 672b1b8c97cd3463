"""Whether what is said beside a name can be true of somebody."""

from typing import Final

from missionwire_crew.roles import Label
from missionwire_crew.roster import Human

_CHINESE: Final = "China"
_EMPIRE: Final = frozenset({"Russia", "Soviet Union"})
"""Texts say one for the other."""


def fits(human: Human, label: Label, year: int | None) -> bool:
    """Tell whether a noun beside a name, with the country and agency that it is said of, is true of somebody."""
    noun = label.noun
    if noun is None or not _is_of_country(human, label):
        return False
    if noun.kind == "office":
        return any(term.agency == label.agency and term.holds(year) for term in human.offices)
    if label.agency and human.agency(year) not in (None, label.agency):
        return False
    if noun.kind == "trade":
        return human.occupation == noun.occupation and noun.gender in (None, human.gender)
    if human.active is None:
        return False
    return {"soyuz": human.is_soyuz_flyer, "china": human.nationality == _CHINESE}.get(noun.kind, True)


def contradicts(human: Human, label: Label, year: int | None) -> bool:
    """Tell whether what is said cannot be true of somebody, so that a bearer of the same name is meant.

    Offices and the work of a director are open to everybody; an agency may be that of another time.
    """
    if not _is_of_country(human, label):
        return True
    if label.noun is None or label.noun.kind == "office" or label.noun.role == "director":
        return False
    return not fits(human, label._replace(agency=None), year)


def _is_of_country(human: Human, label: Label) -> bool:
    if label.nationality is None or human.nationality is None:
        return True
    return label.nationality in human.nationality or {label.nationality, human.nationality} <= _EMPIRE
