"""A trial: loads one plugin in a process of its own, so that whatever it does harms nobody, and bounds its time."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import msgspec
from msgspec import Struct

from missionwire.plugins.discovery import Found
from missionwire.plugins.programs import run_bounded

TRIAL_TIMEOUT_S: Final = 15.0
"""The import, the constructor and the start of the process together."""

MAX_SAID_CHARS: Final = 300

Step: TypeAlias = Literal["metadata", "import", "config", "constructor", "hooks", "done"]

_SAYS: Final = {
    "metadata": "{name}: {reason}",
    "import": "{name} cannot be imported: {reason}",
    "config": "{name} cannot be made with its default settings, give each a default: {reason}",
    "constructor": "{name} cannot be made: {reason}",
    "hooks": "{reason}",
}


class Order(Struct, frozen=True, kw_only=True):
    """What a trial's process is to do. `site` comes first on its path; `answer` is the file for what it finds."""

    found: Found
    answer: str
    site: str | None = None
    is_installed: bool = False
    config: dict[str, Any] = {}


class Probed(Struct, frozen=True, kw_only=True):
    """What a trial found. `reason` is None for a plugin that loads; `config_faults` are those of the settings."""

    step: Step = "done"
    reason: str | None = None
    hooks: tuple[str, ...] = ()
    import_s: float = 0.0
    config_schema: dict[str, Any] | None = None
    config_faults: tuple[str, ...] = ()

    def sentence(self, name: str) -> str | None:
        """Say what keeps the plugin from being loaded."""
        if self.reason is None:
            return None
        return _SAYS[self.step].format(name=f"plugin {name}", reason=self.reason)


def try_out(
    found: Found,
    *,
    site: Path | None = None,
    is_installed: bool = False,
    config: dict[str, Any] | None = None,
    timeout_s: float = TRIAL_TIMEOUT_S,
) -> Probed:
    """Load a plugin in a process of its own and say what was found. Nothing of it is imported here.

    With `site`, that folder comes before what is installed; with `is_installed`, the plugin must be found by its name.
    `config` are settings to check.
    """
    with tempfile.TemporaryDirectory(prefix="missionwire-trial-", ignore_cleanup_errors=True) as folder:
        answer = Path(folder) / "answer.json"
        order = Order(
            found=found,
            answer=str(answer),
            site=None if site is None else str(site),
            is_installed=is_installed,
            config=config or {},
        )
        code, told = run_bounded(
            [sys.executable, "-P", "-m", "missionwire.plugins.probe"],
            timeout_s,
            environment={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            work_dir=Path(folder),
            given=msgspec.json.encode(order),
        )
        if answer.exists():
            return msgspec.json.decode(answer.read_bytes(), type=Probed)
    if code is None:
        return Probed(step="import", reason=f"it takes longer than {timeout_s:g} s; import should only define")
    last = " ".join(told.split())[-MAX_SAID_CHARS:]
    return Probed(step="import", reason=f"it ended the process with code {code}" + (f" ({last})" if last else ""))
