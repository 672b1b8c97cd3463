"""The page for operators: what it names, there is."""

import re
import shlex

from missionwire.cli import COMMANDS
from missionwire.settings import environment_names
from tests.deploy.pieces import DEPLOY, ROOT

PAGE = (DEPLOY / "README.md").read_text()
WEB = ROOT / "service" / "missionwire" / "web"
METRICS = (WEB / "metrics.py").read_text() + (WEB / "figures.py").read_text()


def test_every_metric_is_one_that_the_service_gives() -> None:
    named = set(re.findall(r"missionwire_(\w+)", PAGE))
    assert named
    unknown = {name for name in named if f'"{name.removesuffix("_total")}"' not in METRICS}
    unknown -= {"plugin_errors_total"} if '"missionwire_plugin_errors"' in METRICS else set()
    assert unknown == set()


def test_every_command_is_one_of_ours() -> None:
    named = {shlex.split(line)[1] for line in re.findall(r"`(missionwire [^`]+)`", PAGE)}
    assert named
    assert named <= set(COMMANDS)


def test_every_setting_is_one_of_ours() -> None:
    known = {".".join(path) for path in environment_names().values()}
    named = set(re.findall(r"`((?:feed|keep|intake)\.\w+)`", PAGE))
    assert named
    assert named <= known


def test_every_file_is_there() -> None:
    named = set(re.findall(r"deploy/[\w.-]+", PAGE))
    assert named
    assert all((ROOT / name.rstrip(".")).exists() for name in named)
