"""The locks of the image: all that runs, nothing else, at the versions that are tested here."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.deploy.pieces import DEPLOY, ROOT

PLUGINS = sorted(path for path in (ROOT / "plugins").iterdir() if (path / "pyproject.toml").exists())
STALE = "deploy/lock-runtime.txt is stale: `make lock` renews it"

_BLOCK = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;]+)(?: ; (?P<marker>.+?))? \\$", re.MULTILINE)


def blocks(text: str) -> dict[str, tuple[str, frozenset[str]]]:
    """The version and hashes of each package in a lock."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    starts = list(_BLOCK.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=True):
        hashes = frozenset(re.findall(r"--hash=(sha256:\w+)", text[start.start() : end]))
        found[canonicalize_name(start["name"])] = (start["version"], hashes)
    return found


def needed() -> set[str]:
    """What the service and the plugins need here, as their installed metadata say."""
    seen: set[str] = set()
    extras: dict[str, set[str]] = {}
    queue = [Requirement("missionwire"), *(Requirement(path.name) for path in PLUGINS)]
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        if name in seen and requirement.extras <= extras[name]:
            continue
        seen.add(name)
        extras.setdefault(name, set()).update(requirement.extras)
        queue += _requirements(name, extras[name])
    return {name for name in seen if not name.startswith("missionwire")}


def _requirements(name: str, extras: set[str]) -> Iterator[Requirement]:
    for line in requires(name) or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


RUNTIME = blocks((DEPLOY / "lock-runtime.txt").read_text())
BUILD = blocks((DEPLOY / "lock-build.txt").read_text())
WHOLE = blocks((ROOT / "lock.txt").read_text())


def test_the_runtime_lock_holds_what_is_needed_to_run() -> None:
    assert needed() - set(RUNTIME) == set(), STALE


def test_the_runtime_lock_is_a_part_of_the_whole_lock() -> None:
    differing = {name for name, block in RUNTIME.items() if WHOLE.get(name) != block}
    assert differing == set(), STALE


def test_the_runtime_lock_holds_no_tool_of_the_developers() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["dev"]
    tools = {canonicalize_name(Requirement(line).name) for line in groups}
    assert tools & set(RUNTIME) - needed() == set(), STALE


def test_what_is_tested_here_is_what_the_image_gets() -> None:
    assert {name: version(name) for name in needed()} == {name: RUNTIME[name][0] for name in needed()}


def test_the_build_lock_has_the_version_that_every_project_builds_with() -> None:
    for project in (ROOT, *PLUGINS):
        built_with = tomllib.loads((project / "pyproject.toml").read_text())["build-system"]["requires"]
        assert built_with == [f"hatchling=={BUILD['hatchling'][0]}"], project.name


def test_every_package_has_its_hashes() -> None:
    for lock in (RUNTIME, BUILD):
        assert all(hashes for _, hashes in lock.values())
