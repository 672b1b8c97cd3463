"""What is shipped: wheels that hold all they need, and run where there is nothing but them."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from email.parser import Parser
from fnmatch import fnmatch
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from tests.service import Service, an_event

ROOT = Path(__file__).parents[2]
SERVICE = ROOT / "service" / "missionwire"
PLUGINS = sorted(path for path in (ROOT / "plugins").iterdir() if (path / "pyproject.toml").exists())
FOUND_UV = shutil.which("uv", path=os.pathsep.join([str(ROOT / ".tools" / "bin"), os.environ.get("PATH", "")]))
UV = FOUND_UV or "uv"
LOCKS = ROOT / "deploy"
INSTALL_S = 300.0
LEFT_BY_TOOLS = ("__pycache__", ".*_cache", "*.egg-info")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(FOUND_UV is None, reason="there is no uv here: `make setup` brings it"),
]


def run_uv(*words: str | Path, environment: Path | None = None) -> None:
    env = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    if environment is not None:
        env["VIRTUAL_ENV"] = str(environment)
    done = subprocess.run([UV, *words], capture_output=True, text=True, check=False, timeout=INSTALL_S, env=env)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A wheel of the service and of each plugin, by the name of the distribution, each built from a copy.

    A copy, because a build in place would take along what a developer left lying about.
    """
    copy, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheels")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, copy / name)
    for name in ("service", "plugins"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns(*LEFT_BY_TOOLS))
    for project in (copy, *(copy / "plugins" / plugin.name for plugin in PLUGINS)):
        run_uv(
            "build", "--quiet", "--wheel", "--out-dir", made, "--build-constraint", LOCKS / "lock-build.txt", project
        )
    return {path.name.split("-")[0].replace("_", "-"): path for path in made.glob("*.whl")}


def names_in(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_of(package: Path) -> set[str]:
    """All files of a package, as its wheel should name them."""
    return {
        str(path.relative_to(package.parent))
        for path in package.rglob("*")
        if path.is_file() and not any(fnmatch(part, left) for part in path.parts for left in LEFT_BY_TOOLS)
    }


def metadata_of(wheel: Path) -> dict[str, list[str]]:
    with ZipFile(wheel) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        told = Parser().parsestr(archive.read(name).decode())
    return {key: told.get_all(key, []) for key in set(told.keys())}


def test_the_wheel_of_the_service_holds_every_file_of_the_package(wheels: dict[str, Path]) -> None:
    held = names_in(wheels["missionwire"])
    assert files_of(SERVICE) - held == set()
    of_each_kind = ("py.typed", "store/lua/commit.lua", "web/pages/index.html", "web/pages/vendor/swagger-ui/NOTICE")
    assert {f"missionwire/{name}" for name in of_each_kind} <= held


def test_the_wheel_of_the_service_holds_nothing_else_but_its_metadata(wheels: dict[str, Path]) -> None:
    others = {name for name in names_in(wheels["missionwire"]) - files_of(SERVICE) if ".dist-info/" not in name}
    assert others == set()


def test_the_wheel_of_the_service_holds_its_licence(wheels: dict[str, Path]) -> None:
    assert metadata_of(wheels["missionwire"])["License-File"] == ["LICENSE"]
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names_in(wheels["missionwire"]))


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_the_wheel_of_a_plugin_holds_its_data_and_says_whose_they_are(plugin: Path, wheels: dict[str, Path]) -> None:
    package = plugin.name.replace("-", "_")
    held = names_in(wheels[plugin.name])
    assert files_of(plugin / "src" / package) - held == set()
    assert {f"{package}/py.typed", f"{package}/data/NOTICE"} <= held
    assert not [name for name in held if "tests" in name.split("/")]


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_the_wheel_of_a_plugin_says_that_it_is_one(plugin: Path, wheels: dict[str, Path]) -> None:
    with ZipFile(wheels[plugin.name]) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(".dist-info/entry_points.txt")]
        told = archive.read(name).decode()
    project = tomllib.loads((plugin / "pyproject.toml").read_text())["project"]
    assert "[missionwire.v1]" in told
    for entry, where in project["entry-points"]["missionwire.v1"].items():
        assert f"{entry} = {where}" in told
    assert any(line.startswith("missionwire") for line in metadata_of(wheels[plugin.name])["Requires-Dist"])


# --- run from wheels alone --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def python(wheels: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment in which the service and the crew plugin are installed from wheels."""
    environment = tmp_path_factory.mktemp("environment") / "venv"
    run_uv("venv", "--quiet", "--python", sys.executable, environment)
    run_uv("pip", "install", "--quiet", "--require-hashes", "-r", LOCKS / "lock-runtime.txt", environment=environment)
    run_uv(
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--offline",
        wheels["missionwire"],
        wheels["missionwire-crew"],
        environment=environment,
    )
    run_uv("pip", "check", "--quiet", environment=environment)
    return environment / "bin" / "python"


@pytest.fixture(scope="session")
def installed(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The installed service, run in an empty home."""
    home = tmp_path_factory.mktemp("home")
    env = {"HOME": str(home), "PYTHONPATH": "", "PYTHONSAFEPATH": "1"}
    with Service(home / "data", env=env, python=python) as running:
        yield running


def test_what_is_installed_is_what_the_wheel_held(python: Path) -> None:
    where = subprocess.run(
        [python, "-c", "import missionwire, missionwire_crew as c; print(missionwire.__file__); print(c.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=python.parent,
    )
    assert all(Path(line).is_relative_to(python.parents[1]) for line in where.stdout.splitlines())


def test_the_installed_service_publishes_and_its_plugin_says_who_flew(installed: Service) -> None:
    assert [each["name"] for each in installed.get("/v1/plugins").json()] == ["crew"]
    with installed.frames(since="all") as feed:
        event = an_event(
            type="missionwire.landing.landed",
            subject="soyuz-ms-18",
            data={"crew": ["Oleg Novitskiy"], "text": "Oleg Novitskiy landed in Kazakhstan."},
        )
        assert installed.post(event).status_code == httpx.codes.ACCEPTED
        frame = next(each for each in feed if event["id"] in each.get("data", ""))
    (person,) = json.loads(frame["data"])["data"]["crew"]
    assert person["id"]
    assert person["agency"] == "roscosmos"


def test_the_installed_service_shows_its_pages(installed: Service) -> None:
    for path in ("/", "/docs"):
        answer = installed.get(path)
        assert answer.status_code == httpx.codes.OK
        assert answer.headers["Content-Type"].startswith("text/html")
