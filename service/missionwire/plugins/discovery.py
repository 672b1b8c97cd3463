"""Discovery: which plugins are installed, from metadata alone. Nothing of a plugin is imported here."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from missionwire.plugin import API_LEVEL

GROUP: Final = "missionwire.v"
"""What an entry point group begins with; the API level follows."""

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BLOCK: Final = re.compile(r"(?m)^# /// script\s*$\n(?P<body>(^#(| .*)$\n)+?)^# ///\s*$")


class Found(Struct, frozen=True, kw_only=True):
    """One plugin that is there. `reason` says why it cannot be loaded, None when it can.

    `target` is the entry point's value, or the path of a single file.
    """

    name: str
    version: str
    distribution: str
    api_level: int
    target: str
    is_file: bool = False
    reason: str | None = None
    state: Literal["ready", "incompatible", "failed"] = "ready"


def discover(folder: Path | None = None) -> tuple[Found, ...]:
    """Find the plugins of all entry point groups and of a folder of single files, in the order of their names."""
    found = [*_installed(), *(_files(folder) if folder is not None else ())]
    counts = Counter(each.name for each in found)
    checked = (judged(each, is_double=counts[each.name] > 1) for each in found)
    return tuple(sorted(checked, key=lambda each: (each.name, each.distribution)))


def judged(found: Found, *, is_double: bool) -> Found:
    """Give a plugin with the reason why it cannot be loaded, where its metadata show one."""
    if found.reason is not None:
        return found
    if is_double:
        return replace(found, state="failed", reason=f"two plugins are called {found.name}; remove one of them")
    if not _NAME.fullmatch(found.name):
        return replace(found, state="failed", reason=f"{found.name!r} is no plugin name; use a-z, 0-9 and hyphens")
    if found.api_level != API_LEVEL:
        return replace(
            found,
            state="incompatible",
            reason=f"it is written for API level {found.api_level}, this service has level {API_LEVEL}",
        )
    return found


def _installed() -> Iterable[Found]:
    seen: set[tuple[str, str, int]] = set()
    for distribution in metadata.distributions():
        for found in plugins_of(distribution):
            if (key := (found.distribution, found.name, found.api_level)) in seen:
                continue  # one distribution may be on the path twice, as an editable install is
            seen.add(key)
            yield found


def plugins_of(distribution: metadata.Distribution) -> Iterable[Found]:
    """Give the plugins that a distribution's entry points name, not yet checked."""
    for point in distribution.entry_points:
        level = point.group.removeprefix(GROUP)
        if point.group.startswith(GROUP) and level.isdigit():
            yield Found(
                name=point.name,
                version=distribution.version,
                distribution=distribution.metadata["Name"],
                api_level=int(level),
                target=point.value,
            )


def _files(folder: Path) -> Iterable[Found]:
    for path in sorted(folder.glob("*.py")):
        name = path.stem.replace("_", "-")
        common = {"name": name, "distribution": path.name, "target": str(path), "is_file": True}
        try:
            block = script_block(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            yield Found(**common, version="", api_level=0, state="failed", reason=f"cannot be read: {error}")  # type: ignore[arg-type]  # the members are as typed above
            continue
        tool = _table(_table(block, "tool"), "missionwire")
        level = tool.get("api")
        if not isinstance(level, int) or isinstance(level, bool):
            reason = "it does not say its API level; add a PEP 723 block with [tool.missionwire] api = 1"
            yield Found(**common, version="", api_level=0, state="incompatible", reason=reason)  # type: ignore[arg-type]  # same
            continue
        yield Found(**common, version=str(tool.get("version", "0")), api_level=level)  # type: ignore[arg-type]  # same


def _table(of: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = of.get(name)
    return found if isinstance(found, dict) else {}


def script_block(text: str) -> Mapping[str, object]:
    """Give the PEP 723 block of a single file, empty where there is none.

    Raises:
        tomllib.TOMLDecodeError: what stands in it is not TOML.
    """
    found = _BLOCK.search(text)
    if not found:
        return {}
    lines = (line[2:] if line.startswith("# ") else line[1:] for line in found["body"].splitlines())
    return tomllib.loads("\n".join(lines))
