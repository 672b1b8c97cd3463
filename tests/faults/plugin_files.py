"""Plugins in single files, as an operator drops them into a folder, each with one way to misbehave."""

from pathlib import Path

_FILE = """\
# /// script
# [tool.missionwire]
# api = 1
# ///
import asyncio
import os
import sys
import threading
import time

from missionwire.plugin import AgencyTag, Config, Drop, Event, Patch, Person, Plugin, Retry, hookimpl


class Made(Plugin[Config]):
    \"\"\"Misbehaves for events that name it.\"\"\"

{members}

    def is_meant(self, event: Event) -> bool:
        return event.data.extra.get("bad") == self.name
"""

_ENRICH = """\
    @hookimpl
    {how} enrich(self, event: Event) -> Patch | None:
        if self.is_meant(event):
{body}
        return Patch(ext={{"ok": True}})
"""


def plugin_code(members: str) -> str:
    """Give the code of a plugin, the class `Made`, with these class members, indented by four spaces."""
    return _FILE.format(members=members)


def enricher_code(body: str, *, how: str = "async def") -> str:
    """Give the code of one whose `enrich` runs `body` for an event with `data.bad` = its name, and marks all others."""
    lines = "\n".join(f"            {line}" for line in body.splitlines())
    return plugin_code(_ENRICH.format(how=how, body=lines))


def write_code(folder: Path, name: str, code: str) -> Path:
    """Write a plugin as a single file; gives its path."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name.replace('-', '_')}.py"
    path.write_text(code, encoding="utf-8")
    return path


def write_plugin(folder: Path, name: str, members: str) -> None:
    """Write a plugin with these class members, indented by four spaces."""
    write_code(folder, name, plugin_code(members))


def write_enricher(folder: Path, name: str, body: str, *, how: str = "async def") -> None:
    """Write a plugin whose `enrich` runs `body` for an event with `data.bad` = its name, and marks all others."""
    write_code(folder, name, enricher_code(body, how=how))
