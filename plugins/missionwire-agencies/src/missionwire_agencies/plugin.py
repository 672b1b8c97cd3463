"""The plugin: annotates documents with agencies, and tags events with those that take part in them."""

from collections.abc import Sequence
from typing import Final

from missionwire.plugin import AgencyMention, Config, Document, Event, Health, Patch, Plugin, hookimpl
from missionwire_agencies.contexts import Given
from missionwire_agencies.reader import Named, Reader
from missionwire_agencies.register import Register, load
from missionwire_agencies.tags import tag

_EVENT_TYPES: Final = "missionwire."


MOST_TOLD: Final = 20_000
"""So many places of a document are told, the first ones: the host takes no more in one answer."""


class Settings(Config):
    """`agencies_file`: a TOML file with agencies, and aliases for those that are known, in the form of the own one."""

    agencies_file: str | None = None


class Agencies(Plugin[Settings]):
    """Tags space agencies, companies and broadcasters with id, name and the role that they play in the event."""

    writes = frozenset({"agencies"})

    _register: Register
    _reader: Reader

    @hookimpl
    def startup(self) -> None:
        """Read the agencies and build the matcher.

        Raises:
            RegisterError: the operator's file cannot be used; the message names file and key.
        """
        self._register = load(self.config.agencies_file)
        self._reader = Reader(self._register)

    @hookimpl
    async def annotate(self, document: Document) -> list[AgencyMention]:
        """Give each place where the text or the title names an agency, with its role in the sentence."""
        given = _given(document.event)
        mentions = _mentions(document.text, self._reader.read(document.text, "text", given))
        if document.title:
            mentions += _mentions(document.title, self._reader.read(document.title, "title", given))
        return mentions[:MOST_TOLD]

    @hookimpl
    async def enrich(self, event: Event) -> Patch | None:
        """Resolve the agencies that were sent, and add those that the event's own words name."""
        given = _given(event)
        named = [*self._reader.read(event.original_text, "text", given)]
        if title := _own_title(event):
            named += self._reader.read(title, "title", given)
        if not named and not event.data.agencies:
            return None
        agencies = tag(event.data.agencies, named, self._reader.matcher)
        return Patch(agencies=agencies) if agencies else None

    @hookimpl
    async def health(self) -> Health:
        """Say how many agencies are known."""
        return Health(is_ok=True, detail=f"{len(self._register.agencies)} agencies are known")


def _given(event: Event | None) -> Given | None:
    """An event of a missionwire type is about a mission: acronyms need no other word that says so."""
    return "event" if event is not None and event.type.startswith(_EVENT_TYPES) else None


def _own_title(event: Event) -> str | None:
    """Give the title of an event that was sent; out of an article, it may be the article's."""
    if event.data.article is not None:
        return None
    as_sent = event.data.original.get("title")
    return as_sent if isinstance(as_sent, str) else event.data.title


def _mentions(text: str, named: Sequence[Named]) -> list[AgencyMention]:
    """Give a mention for each name; those of an apposition share the role."""
    return [
        AgencyMention(
            start=start,
            end=end,
            name=text[start:end],
            id=one.found.agency.id,
            role=one.verdict.role,
            field=one.field,
        )
        for one in named
        for start, end in one.found.names
    ]
