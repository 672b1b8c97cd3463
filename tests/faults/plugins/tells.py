# /// script
# [tool.missionwire]
# api = 1
# ///
"""Finds events in articles."""

from missionwire.plugin import Config, Document, Draft, Plugin, Span, hookimpl


class Tells(Plugin[Config]):
    """Finds two events in each article, and a third in one that was revised."""

    @hookimpl
    async def extract(self, document: Document) -> list[Draft]:
        whole = Span(0, len(document.text))
        keys = "abr" if "revised" in document.text else "ab"
        return [Draft(type="missionwire.docking", subject="soyuz-ms-24", sentence=whole, key=key) for key in keys]
