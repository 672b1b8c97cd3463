"""Adds to each event how many minutes its text takes to read."""

from missionwire.plugin import Config, Event, Patch, Plugin, hookimpl

__all__ = ["Readtime", "Settings"]


class Settings(Config):
    """The members of `[plugins.readtime.config]`; each needs a default."""

    words_per_minute: int = 220


class Readtime(Plugin[Settings]):
    """Adds how many minutes a text takes to read."""

    @hookimpl
    async def enrich(self, event: Event) -> Patch | None:
        """Give the minutes, for an event that has a text."""
        if not event.data.text:
            return None
        minutes = len(event.data.text.split()) / self.config.words_per_minute
        return Patch(ext={"minutes": round(minutes, 1)})
