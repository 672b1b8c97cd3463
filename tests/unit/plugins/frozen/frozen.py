# /// script
# requires-python = ">=3.11"
# [tool.missionwire]
# api = 1
# version = "1.0"
# ///
"""A plugin of API level 1 as it was written when the level was frozen: every hook, every argument. Never changed.

Somebody out there has a plugin like this one. If a change of the service breaks it, the change is wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from missionwire.plugin import (
    AgencyMention,
    AgencyTag,
    Config,
    Correction,
    CraftMention,
    Document,
    Draft,
    Drop,
    Event,
    Health,
    Mention,
    Patch,
    Person,
    PersonMention,
    Plugin,
    Retry,
    Span,
    TimeMention,
    hookimpl,
    slug,
)


class Settings(Config):
    """What can be set."""

    mark: str = "frozen"
    drop_word: str = "rumour"


class Frozen(Plugin[Settings]):
    """Uses all that API level 1 promises."""

    writes = frozenset({"crew", "agencies", "station", "subject"})
    hosts = ("example.org",)
    before = ("zz-absent",)
    after = ("aa-absent",)

    @hookimpl
    async def startup(self) -> None:
        self.calls: dict[str, int] = {}
        self.asked_again = False
        self.log.info("%s starts with %r", self.name, self.config.mark)

    @hookimpl
    def annotate(self, document: Document) -> Iterable[Mention] | None:
        self._count("annotate")
        found: list[Mention] = []
        text = document.text
        if (at := text.find("Irina Velikova")) >= 0:
            found.append(
                PersonMention(
                    start=at,
                    end=at + 14,
                    name="Irina Velikova",
                    id=slug("Irina Velikova"),
                    gender="female",
                    nationality="Russia",
                    agency="roscosmos",
                    role="commander",
                    occupation=None,
                    candidates=(),
                    field="text",
                )
            )
        if (at := text.find("Roscosmos")) >= 0:
            found.append(AgencyMention(start=at, end=at + 9, name="Roscosmos", id="roscosmos", role="source"))
        if (at := text.find("Soyuz MS-99")) >= 0:
            found.append(CraftMention(start=at, end=at + 11, name="Soyuz MS-99", what="mission", id="soyuz-ms-99"))
        if (at := text.find("4 March 2031")) >= 0:
            found.append(TimeMention(start=at, end=at + 12, time="2031-03-04T00:00:00Z", time_precision="day"))
        return found

    @hookimpl
    async def repair(self, document: Document) -> Iterable[Correction] | None:
        self._count("repair")
        at = document.text.find("descent device")
        if at < 0 or not document.people():
            return None
        return [
            Correction(
                start=at + 8,
                end=at + 14,
                original="device",
                replacement="capsule",
                reason="a crew comes down in a capsule",
                evidence=(Span(document.people()[0].start, document.people()[0].end),),
                confidence=0.9,
                applied=True,
                field="text",
            )
        ]

    @hookimpl
    def extract(self, document: Document) -> Iterable[Draft] | None:
        self._count("extract")
        reading = document.reading()
        if "landed" not in reading.text:
            return None
        whole = Span(0, len(document.text))
        crew = tuple(Person(name=each.name, id=each.id, role=each.role) for each in document.people())
        return [
            Draft(
                type="missionwire.landing.completed",
                sentence=whole,
                evidence=(whole,),
                subject=document.craft()[0].id if document.craft() else None,
                time=document.times()[0].time if document.times() else None,
                time_precision="day",
                narration="main",
                title="Landing",
                crew=crew,
                agencies=tuple(AgencyTag(name=each.name, id=each.id) for each in document.agencies()),
                data={"body": "earth"},
                ext={"words": len(reading.text.split())},
                key="landing",
            )
        ]

    @hookimpl
    async def enrich(self, event: Event) -> Patch | None:
        self._count("enrich")
        if event.data.extra.get("wait") and not self.asked_again:
            self.asked_again = True
            raise Retry(0.05, "once more")
        return Patch(
            ext={"mark": self.config.mark, "mission": event.mission, "letters": len(event.original_text)},
            crew=(Person(name="Irina Velikova", id="irina-velikova", role="commander"),),
            agencies=(AgencyTag(name="Roscosmos", id="roscosmos", role="operator", evidence=(Span(0, 0),)),),
            fields={"station": "iss"},
        )

    @hookimpl
    async def enrich_batch(self, events: Sequence[Event]) -> Sequence[Patch | None] | None:
        self._count("enrich_batch")
        return [Patch(ext={"batch": event.id}) if event.data.title else None for event in events]

    @hookimpl
    def classify(self, event: Event) -> Patch | None:
        self._count("classify")
        return Patch(ext={"label": f"{event.type.rpartition('.')[2]}, {len(event.data.crew)} aboard"})

    @hookimpl
    async def keep(self, event: Event) -> Drop | None:
        self._count("keep")
        return Drop("a rumour") if self.config.drop_word in (event.data.title or "") else None

    @hookimpl
    def routes(self) -> Sequence[Any] | None:
        from litestar import get  # noqa: PLC0415  # as the contract says

        @get("mark", sync_to_thread=False)
        def mark() -> dict[str, str]:
            """Give the mark."""
            return {"mark": self.config.mark}

        return [mark]

    @hookimpl
    def commands(self) -> Mapping[str, Any] | None:
        import click  # noqa: PLC0415  # only for the command line

        @click.command()
        def mark() -> None:
            """Print the mark."""
            click.echo(self.config.mark)

        return {"mark": mark}

    @hookimpl
    async def health(self) -> Health | None:
        return Health(is_ok=True, detail=f"{sum(self.calls.values())} calls")

    @hookimpl
    async def shutdown(self) -> None:
        self.calls.clear()

    def _count(self, hook: str) -> None:
        self.calls[hook] = self.calls.get(hook, 0) + 1
