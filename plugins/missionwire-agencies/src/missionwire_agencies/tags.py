"""Tags: what an event says of its agencies, those that were sent and those that its text names."""

from collections.abc import Iterable, Sequence
from typing import Final

from missionwire.plugin import AgencyTag, Span
from missionwire_agencies.matcher import Matcher
from missionwire_agencies.reader import Named
from missionwire_agencies.register import Agency
from missionwire_agencies.roles import STRONGEST_FIRST, Role

MAX_EVIDENCE: Final = 100
"""How many places a tag lists as evidence; the first ones."""


class _Gathered:
    """All that names one agency in an event."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.roles: set[Role] = set()
        self.evidence: list[Span] = []

    @property
    def role(self) -> Role:
        """The strongest role of all."""
        return min(self.roles, key=STRONGEST_FIRST.index)


def _id_of(name: str, matcher: Matcher) -> str | None:
    agency = matcher.member(name)
    return agency.id if agency else None


def tag(sent: Sequence[AgencyTag], named: Iterable[Named], matcher: Matcher) -> tuple[AgencyTag, ...]:
    """Join the agencies that were sent with those that were found: one tag each, the names as sent where they were.

    Names as sent that nobody bears are left as they are.
    """
    gathered: dict[str, _Gathered] = {}
    for found, verdict, field in named:
        group = gathered.setdefault(found.agency.id, _Gathered(found.agency))
        group.roles.add(verdict.role)
        if field == "text" and len(group.evidence) < MAX_EVIDENCE:
            group.evidence.append(Span(found.start, found.end))
    tags: list[AgencyTag] = []
    for one in sent:
        if agency_id := one.id or _id_of(one.name, matcher):
            here = gathered.pop(agency_id, None)
            role = one.role or (here.role if here else None)
            evidence = one.evidence or (tuple(here.evidence) if here else ())
            tags.append(AgencyTag(id=agency_id, name=one.name, role=role, evidence=evidence))
    tags += [
        AgencyTag(id=g.agency.id, name=g.agency.name, role=g.role, evidence=tuple(g.evidence))
        for g in gathered.values()
    ]
    return tuple(tags)
