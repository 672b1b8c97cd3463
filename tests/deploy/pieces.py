"""What several tests of `deploy/` read."""

import sys
from pathlib import Path

from missionwire.cli import load

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def tool(name: str) -> str:
    """Give the path of a tool that is installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def parsed(words: list[str]) -> dict[str, object]:
    """Give the options of a `missionwire` command line as click reads them; raises where click refuses it."""
    command = load(words[0])
    with command.make_context(words[0], words[1:]) as context:
        return dict(context.params)


def seconds(duration: str) -> float:
    """Give the seconds of a duration as compose and systemd write it."""
    return float(duration.removesuffix("s"))
