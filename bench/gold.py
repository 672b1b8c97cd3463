"""Articles with gold, as the files of bench/articles hold them. What each member means: bench/articles/README.md."""

from typing import Any, TypeAlias

from msgspec import Struct, field

Bounds: TypeAlias = tuple[int, int]
When: TypeAlias = tuple[str | None, str]


class May(Struct, frozen=True, forbid_unknown_fields=True):
    """What is also right, by member; of people, who may be there as well."""

    type: tuple[str, ...] = ()
    time: tuple[When, ...] = ()
    mission: tuple[str | None, ...] = ()
    people: tuple[str, ...] = ()
    narration: tuple[str, ...] = ()


class GoldEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """An event that the article tells."""

    type: str
    time: str | None
    time_precision: str
    mission: str | None
    mission_inferred: bool
    people: tuple[str, ...]
    narration: str
    evidence: tuple[Bounds, ...]
    optional: bool = False
    may: May = May()


class GoldCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """An edit that an editor would make (`must`) or accept."""

    field: str
    start: int
    end: int
    original: str
    replacement: str
    kind: str
    must: bool


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody, or an agency, and where they are named."""

    id: str | None
    mentions: tuple[Bounds, ...]
    name: str = ""


class GoldTime(Struct, frozen=True, forbid_unknown_fields=True):
    """A time that the text tells."""

    start: int
    end: int
    original: str
    time: str | None
    time_precision: str
    contradiction: bool = False
    optional: bool = False


class Gold(Struct, frozen=True, forbid_unknown_fields=True):
    """All that a careful reader finds in an article. What is None nobody has looked for, and it is not judged."""

    corrections: tuple[GoldCorrection, ...]
    events: tuple[GoldEvent, ...] | None = None
    people: tuple[Named, ...] | None = None
    agencies: tuple[Named, ...] | None = None
    times: tuple[GoldTime, ...] | None = None


class Article(Struct, frozen=True):
    """An article as it is sent, with its gold."""

    id: str
    text: str
    source: str
    gold: Gold
    title: str | None = None
    url: str | None = None
    published: str | None = None
    language_of_origin: str = "en"
    note: Any = field(default=None)
