"""The bad plugins that the contract names, each with its code, what becomes of it, and the good ones beside them."""

from tests.faults.plugin_files import enricher_code, plugin_code

LEAKS = """\
        self.left = [*getattr(self, "left", []), asyncio.create_task(asyncio.sleep(600))]"""

MUTATES = """\
    @hookimpl
    async def enrich(self, event):
        if self.is_meant(event):
            dict.update(event.data.extra, bad="changed", more=1)  # behind the back of what keeps it from being changed
            try:
                event.type = "missionwire.changed"
            except AttributeError:
                event.data = None
        return Patch(ext={"ok": True})
"""

TAKES_OTHERS = 'return Patch(ext={"ok": True}, fields={"ext": {"good": {"ok": False}}})'

# name: (body of enrich, how it is defined, kinds of faults that the event may tell; none is no fault)
CALLED: dict[str, tuple[str, str, set[str]]] = {
    "raises": ("raise ValueError(event.id)", "async def", {"raised"}),
    "hangs": ("await asyncio.sleep(600)", "async def", {"timeout"}),
    "hangs-in-thread": ("time.sleep(600)", "def", {"timeout"}),
    "blocks": ("time.sleep(1.5)", "async def", {"held"}),
    "gives-garbage": ('return ["crew", object()]', "async def", {"invalid"}),
    "gives-too-much": ('return Patch(ext={"x": "y" * 300_000})', "async def", {"invalid"}),
    "hits-undeclared": ('return Patch(fields={"station": "iss"})', "async def", {"undeclared"}),
    "takes-others": (TAKES_OTHERS, "async def", {"undeclared"}),
    "prints": ('print("noise " * 1000)\nsys.stdout.write("more\\n")\nsys.__stdout__.flush()', "async def", set()),
    "exits": ("sys.exit(3)", "async def", {"raised"}),
    "exits-in-thread": ("sys.exit(3)", "def", {"raised"}),
}

# name: (state, what the reason has)
UNLOADED: dict[str, tuple[str, str]] = {
    "broken-import": ("failed", "ZeroDivisionError"),
    "hanging-import": ("failed", "import took longer"),
    "lacks-a-dependency": ("failed", "no_such_module_anywhere"),
    "of-level-9": ("incompatible", "API level 9"),
    "file-of-level-2": ("incompatible", "API level 2"),
    "twice": ("failed", "two plugins are called twice"),
    "unknown-hook": ("failed", "did you mean enrich?"),
    "undecorated": ("failed", "@hookimpl"),
    "exits-at-import": ("failed", "SystemExit"),
    "exits-at-start": ("failed", "SystemExit"),
    "hanging-start": ("failed", "startup took longer"),
    "misset": ("needs-config", "wrds"),
    "gone-target": ("failed", "no_such_module_at_all"),
}

TWINS = ("one", "two")
"""The distributions that both have the plugin `twice`."""

GOOD = ("good", "good-in-thread", "good-distribution")

SOUND = """\
from missionwire.plugin import Config, Patch, Plugin, hookimpl


class Settings(Config):
    words: int = 220


class Made(Plugin[Settings]):
    @hookimpl
    async def enrich(self):
        return Patch(ext={"ok": True})
"""


def _hook(head: str, body: str) -> str:
    return plugin_code(f"    @hookimpl\n    {head}:\n        {body}")


def _codes() -> dict[str, str]:
    return {
        **{name: enricher_code(body, how=how) for name, (body, how, _) in CALLED.items()},
        "leaks": plugin_code(f"    @hookimpl\n    async def enrich(self, event):\n{LEAKS}"),
        "mutates": plugin_code(MUTATES),
        "unknown-hook": _hook("async def enrch(self, event)", "return None"),
        "undecorated": plugin_code("    async def enrich(self, event):\n        return None"),
        "exits-at-import": plugin_code("    sys.exit(1)"),
        "exits-at-start": _hook("def startup(self)", "sys.exit(1)"),
        "hanging-start": _hook("async def startup(self)", "await asyncio.sleep(600)"),
        "broken-import": "1 / 0",
        "hanging-import": "import time\ntime.sleep(600)",
        "lacks-a-dependency": "import no_such_module_anywhere\n" + SOUND,
        "file-of-level-2": "# /// script\n# [tool.missionwire]\n# api = 2\n# ///\n",
        **dict.fromkeys(("of-level-9", *TWINS, "misset", "gone-target", "good-distribution"), SOUND),
        "good": enricher_code("pass"),
        "good-in-thread": enricher_code("pass", how="def"),
    }


CODES = _codes()
"""The code of each, by the name of the plugin, of the twins by that of the distribution."""

TARGETS = {"gone-target": "no_such_module_at_all:Made"}
"""What entry points name where that is not the class of the code."""

LEVELS = {"of-level-9": 9, "file-of-level-2": 2}

SETTINGS = "\n".join(
    [*(f"[plugins.{name}]\ntimeout_s = 0.5" for name in CALLED), "[plugins.misset.config]\nwrds = 200"]
)
"""With these they fail sooner, or at all."""
