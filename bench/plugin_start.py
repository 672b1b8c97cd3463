"""How soon the service is there although plugins hang: one in its import, one in its `startup`.

`python bench/plugin_start.py`. How to read it: bench/README.md.
"""

import json
import tempfile
import time
import urllib.request
from pathlib import Path

import machine
import parts

_HEAD = """\
# /// script
# [tool.missionwire]
# api = 1
# ///
import asyncio
import time

from missionwire.plugin import Config, Patch, Plugin, hookimpl

"""

_BODY = """\


class Made(Plugin[Config]):
    @hookimpl
    async def startup(self):
        await asyncio.sleep({start_s})

    @hookimpl
    async def enrich(self):
        return Patch(ext={{"ok": True}})
"""

PLUGINS = {
    "good": _HEAD + _BODY.format(start_s=0),
    "hangs_at_import": _HEAD + "time.sleep(600)\n" + _BODY.format(start_s=0),
    "hangs_at_start": _HEAD + _BODY.format(start_s=600),
}
"""Single files: how they are called, and what stands in them."""


def measure(*names: str) -> tuple[float, float, float]:
    """Give the seconds until HTTP answers, until an event is acknowledged, and until it is on the wire."""
    with tempfile.TemporaryDirectory(prefix="mw-bench-") as scratch:
        folder = Path(scratch)
        (folder / "plugins").mkdir()
        for name in names:
            (folder / "plugins" / f"{name}.py").write_text(PLUGINS[name], encoding="utf-8")
        flags = ("--data-dir", str(folder / "data"), "--plugins-dir", str(folder / "plugins"))
        began_s = time.monotonic()
        with parts.serving(folder, *flags, awaits_workers=False) as part:
            answers_s = time.monotonic() - began_s
            _post(part.port)
            accepted_s = time.monotonic() - began_s
            published_s = parts.wait_until_published(part.port, 1, timeout_s=120) - began_s
            return answers_s, accepted_s, published_s


def _post(port: int) -> None:
    event = {"specversion": "1.0", "id": "1", "source": "urn:bench", "type": "missionwire.landing.completed"}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/events",
        data=json.dumps(event).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  # our own service
        assert answer.status == 202


def main() -> None:
    """Run it all, and print the table."""
    print(*(f"{name}: {value}" for name, value in machine.describe().items()), sep="\n")
    print(f"\n{'':42}{'answers':>10}{'accepts':>10}{'publishes':>10}")
    for names in (("good",), ("good", "hangs_at_import"), ("good", "hangs_at_start"), tuple(PLUGINS)):
        told = " + ".join(name.replace("_", " ") for name in names)
        print(f"{told:42}" + "".join(f"{seconds:8.1f} s" for seconds in measure(*names)), flush=True)


if __name__ == "__main__":
    main()
