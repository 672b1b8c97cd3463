"""Documents: the text of an article, or of an event that has one, with what plugins found in it."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Final, Literal, TypeAlias, TypeVar

from msgspec import Struct
from msgspec import field as member

from missionwire.domain.correction import Correction, Reading
from missionwire.domain.event import AgencyTag, Event, Person
from missionwire.domain.span import Span
from missionwire.domain.vocabulary import Narration, TimePrecision

Gender: TypeAlias = Literal["female", "male", "other"]
"""`other`: somebody who is not spoken of as she or he; unknown is None."""


class PersonMention(Struct, frozen=True, kw_only=True, tag="person", tag_field="kind", omit_defaults=True):
    """A place where a person is named. `id` is None while it is not sure who; `candidates` then says who it may be."""

    start: int
    end: int
    name: str
    id: str | None = None
    gender: Gender | None = None
    nationality: str | None = None
    agency: str | None = None
    role: str | None = None
    occupation: str | None = None
    candidates: tuple[str, ...] = ()
    field: str = "text"


class AgencyMention(Struct, frozen=True, kw_only=True, tag="agency", tag_field="kind", omit_defaults=True):
    """A place where an agency or company is named; `role` is its role in the sentence."""

    start: int
    end: int
    name: str
    id: str | None = None
    role: str | None = None
    field: str = "text"


class CraftMention(Struct, frozen=True, kw_only=True, tag="craft", tag_field="kind", omit_defaults=True):
    """A place where a mission, spacecraft, launch vehicle, station or site is named; `what` says which of them."""

    start: int
    end: int
    name: str
    what: Literal["mission", "spacecraft", "vehicle", "station", "site"]
    id: str | None = None
    field: str = "text"


class TimeMention(Struct, frozen=True, kw_only=True, tag="time", tag_field="kind", omit_defaults=True):
    """A place where a time is told.

    `time` is RFC 3339 in UTC, the start of what the text tells, None where it cannot be resolved; `time_precision`
    how much of it the text gives. `contradiction`: the text gives two readings that disagree, both kept in
    `readings`. `is_dateline`: a stray date line at the head; it gives the document's `published`.
    """

    start: int
    end: int
    time: str | None = None
    time_precision: TimePrecision = "unknown"
    contradiction: bool = False
    readings: tuple[str, ...] = ()
    is_dateline: bool = False
    field: str = "text"


Mention: TypeAlias = PersonMention | AgencyMention | CraftMention | TimeMention

M = TypeVar("M", PersonMention, AgencyMention, CraftMention, TimeMention)

_START: Final = attrgetter("start")


def _in_order(mentions: list[M]) -> tuple[M, ...]:
    mentions.sort(key=_START)
    return tuple(mentions)


class Document(Struct, frozen=True, kw_only=True):
    """What the document hooks get: always the original text, with the mentions and corrections found so far.

    `published` is RFC 3339 or a date (`2021-10-18`, `2022-11`), as the sender or a dateline gave it. `event` is there
    when the document is the text of an event that was sent, None for an article.
    """

    id: str
    text: str
    source: str = ""
    title: str | None = None
    language: str | None = None
    url: str | None = None
    published: str | None = None
    event: Event | None = None
    mentions: tuple[Mention, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def reading(self, field: str = "text") -> Reading:
        """Give the text of a field as it reads with the corrections that stand, with the way back to its offsets."""
        return Reading((self.title or "") if field == "title" else self.text, self.corrections, field)

    def people(self, field: str = "text") -> tuple[PersonMention, ...]:
        """Give the mentions of people in a field, in its order."""
        return _in_order([m for m in self.mentions if type(m) is PersonMention and m.field == field])

    def agencies(self, field: str = "text") -> tuple[AgencyMention, ...]:
        """Give the mentions of agencies in a field, in its order."""
        return _in_order([m for m in self.mentions if type(m) is AgencyMention and m.field == field])

    def craft(self, field: str = "text") -> tuple[CraftMention, ...]:
        """Give the mentions of missions, craft, stations and sites in a field, in its order."""
        return _in_order([m for m in self.mentions if type(m) is CraftMention and m.field == field])

    def times(self, field: str = "text") -> tuple[TimeMention, ...]:
        """Give the mentions of times in a field, in its order."""
        return _in_order([m for m in self.mentions if type(m) is TimeMention and m.field == field])


class Draft(Struct, frozen=True, kw_only=True):
    """An event that a plugin found in an article.

    `type` is the whole type (`missionwire.landing.completed`), `sentence` the span that becomes the event's text,
    `evidence` all spans that tell of it, offsets in the article's original text. `time` is RFC 3339 in UTC. `data`
    holds the type's own members (`target`, `mode`, `station` …), `ext` what goes to `ext.<plugin>`. Source and id
    are the host's to give; `key` tells apart drafts of one type and subject where their order alone would not do.
    """

    type: str
    sentence: Span
    evidence: tuple[Span, ...] = ()
    subject: str | None = None
    mission_inferred: bool = False
    time: str | None = None
    time_precision: TimePrecision = "unknown"
    narration: Narration = "main"
    title: str | None = None
    crew: tuple[Person, ...] = ()
    agencies: tuple[AgencyTag, ...] = ()
    data: Mapping[str, Any] = member(default_factory=dict)
    ext: Mapping[str, Any] = member(default_factory=dict)
    key: str = ""
