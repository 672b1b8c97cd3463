"""Plugins come and go in an environment that is used as a user's: installed, broken, removed, restored."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.plugin_projects import SOUND, write_file, write_project, write_wheel
from tests.service import Service, an_event

ROOT = Path(__file__).parents[2]
FOUND_UV = shutil.which("uv", path=os.pathsep.join([str(ROOT / ".tools" / "bin"), os.environ.get("PATH", "")]))
RUN_S = 120.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(FOUND_UV is None, reason="there is no uv here: `make setup` brings it"),
]

LISTING = """
import json, sys
from importlib import metadata
from pathlib import Path
print(json.dumps({
    "installed": sorted(f"{d.metadata['Name']}=={d.version}" for d in metadata.distributions()),
    "files": sorted(
        str(p) for p in Path(metadata.distribution("msgspec").locate_file("")).rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    ),
}))
"""


class Home:
    """One environment with the service in it, and a data folder: what a user has."""

    def __init__(self, environment: Path, folder: Path, tool: str = "uv") -> None:
        self.python = environment / "bin" / "python"
        self.data = folder / "data"
        self.packages = folder / "packages"
        self.packages.mkdir(parents=True, exist_ok=True)
        (folder / "home").mkdir(exist_ok=True)
        path = [str(Path(FOUND_UV or "uv").parent)] if tool == "uv" else []
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("MISSIONWIRE_", "UV_", "PIP_", "PYTHON"))},
            "VIRTUAL_ENV": "",
            "PATH": os.pathsep.join([*path, "/usr/bin", "/bin"]),
            "MISSIONWIRE_DATA_DIR": str(self.data),
            "UV_FIND_LINKS": str(self.packages),
            "PIP_FIND_LINKS": str(self.packages),
        }

    def without_registry(self) -> None:
        """Let packages come from the folder alone, and nobody be asked for them; nothing can be built then."""
        index = self.packages / "index"
        index.mkdir(exist_ok=True)
        self.env |= {"UV_OFFLINE": "1", "UV_DEFAULT_INDEX": index.as_uri(), "PIP_NO_INDEX": "1"}

    def run(self, *words: str | Path, code: int = 0) -> str:
        """Run `missionwire plugins …` and give what it says."""
        done = subprocess.run(
            [self.python, "-m", "missionwire", "plugins", *words],
            env=self.env,
            cwd=self.data.parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=RUN_S,
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert "Traceback" not in said
        return said

    def listed(self) -> dict[str, dict[str, Any]]:
        """Give what `plugins list` shows, by name."""
        return {row["name"]: row for row in json.loads(self.run("list", "--json"))}

    def listing(self) -> dict[str, list[str]]:
        """Give every distribution and every file of the environment."""
        done = subprocess.run([self.python, "-I", "-c", LISTING], capture_output=True, text=True, check=True)
        found: dict[str, list[str]] = json.loads(done.stdout)
        return found

    def manifest(self) -> dict[str, Any] | None:
        path = self.data / "plugins.json"
        return json.loads(path.read_text()) if path.exists() else None

    def refused(self, *words: str | Path, told: str) -> None:
        """Install what must be refused: it is told, and nothing has changed."""
        before, recorded = self.listing(), self.manifest()
        said = self.run("install", *words, code=1)
        assert told in said
        assert "Nothing was changed." in said
        assert len(said.splitlines()) == 1
        assert self.listing() == before
        assert self.manifest() == recorded


def make_environment(folder: Path, *, has_pip: bool = False) -> Path:
    """An environment with the service, as `make setup` would make it, from the cache if that has all."""
    environment = folder / "venv"
    subprocess.run(
        [sys.executable, "-m", "venv", *([] if has_pip else ["--without-pip"]), environment], check=True, timeout=RUN_S
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"VIRTUAL_ENV": str(environment)}
    for words in (["--require-hashes", "-r", str(ROOT / "lock.txt")], ["--no-deps", "-e", str(ROOT)]):
        command = [FOUND_UV or "uv", "pip", "install", "--quiet", *words]
        if subprocess.run([*command, "--offline"], env=env, check=False, capture_output=True).returncode:
            subprocess.run(command, env=env, check=True, timeout=600)
    return environment


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_environment(tmp_path_factory.mktemp("environment"))


@pytest.fixture(scope="module")
def pristine(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return Home(environment, tmp_path_factory.mktemp("pristine")).listing()["installed"]


@pytest.fixture
def home(environment: Path, pristine: list[str], tmp_path: Path) -> Iterator[Home]:
    """A home with an empty data folder; what a test leaves in the environment is taken out."""
    home = Home(environment, tmp_path)
    yield home
    extra = [each.partition("==")[0] for each in set(home.listing()["installed"]) - set(pristine)]
    if extra:
        command = [FOUND_UV or "uv", "pip", "uninstall", "--quiet", "--python", str(home.python), *extra]
        subprocess.run(command, check=True, timeout=RUN_S)


# --- what works -------------------------------------------------------------------------------------------------------


def test_a_folder_is_installed_listed_switched_checked_and_removed(home: Home, tmp_path: Path) -> None:
    before = home.listing()
    project = write_project(tmp_path / "missionwire-readtime")
    assert "Installed readtime 0.1.0 (missionwire-readtime)." in home.run("install", project)
    row = home.listed()["readtime"]
    assert (row["state"], row["installed"]["kind"], row["installed"]["requirement"]) == (
        "ready",
        "folder",
        str(project),
    )
    assert "readtime is off." in home.run("disable", "readtime")
    assert home.listed()["readtime"]["state"] == "disabled"
    assert "readtime was off already." in home.run("disable", "readtime")
    assert "readtime is on." in home.run("enable", "readtime")
    assert "✓ readtime  import: fine" in home.run("doctor", "readtime")
    assert "Removed readtime (missionwire-readtime)." in home.run("remove", "readtime")
    assert home.listing() == before
    assert home.listed() == {}


def test_an_installed_plugin_adds_its_field_to_an_event(home: Home, tmp_path: Path) -> None:
    home.run("install", write_project(tmp_path / "missionwire-readtime"))
    with Service(home.data, env=home.env, python=home.python) as service:
        event = an_event(data={"text": "one two three"})
        service.post(event)
        assert service.wait_for(event["source"], event["id"])["data"]["ext"]["readtime"] == {"minutes": 0.0}


def test_a_change_in_a_folder_counts_once_it_is_installed_again(home: Home, tmp_path: Path) -> None:
    project = write_project(tmp_path / "readtime")
    home.run("install", project)
    write_project(tmp_path / "readtime", code=SOUND.replace("enrich", "classify"))
    home.run("install", project)
    told = subprocess.run(
        [home.python, "-c", "import missionwire_readtime as m; print(hasattr(m.Readtime, 'classify'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "True"


def test_a_change_in_an_editable_folder_counts_at_once(home: Home, tmp_path: Path) -> None:
    project = write_project(tmp_path / "readtime")
    home.run("install", "-e", project)
    assert home.listed()["readtime"]["installed"]["kind"] == "editable"
    write_project(project, code="1 / 0")
    assert "ZeroDivisionError" in home.run("doctor", "readtime", code=1)
    home.run("remove", "readtime")
    assert home.listed() == {}


def test_a_wheel_brings_what_it_needs_and_takes_it_away_again(home: Home, tmp_path: Path) -> None:
    home.without_registry()
    before = home.listing()
    write_wheel(
        home.packages,
        "missionwire-lantern",
        plugin=None,
        code="LIGHT = 1",
        version="2.1",
        requires=["missionwire-wick"],
    )
    write_wheel(home.packages, "missionwire-wick", plugin=None, code="", requires=[])
    wheel = write_wheel(
        tmp_path, requires=["missionwire", "missionwire-lantern>=2"], code="import missionwire_lantern\n" + SOUND
    )
    assert "With it came missionwire-lantern==2.1, missionwire-wick==0.1.0." in home.run("install", wheel)
    assert "With it went missionwire-lantern, missionwire-wick." in home.run("remove", "missionwire-readtime")
    assert home.listing() == before


def test_what_two_plugins_need_stays_until_both_are_gone(home: Home, tmp_path: Path) -> None:
    home.without_registry()
    write_wheel(home.packages, "missionwire-lantern", plugin=None, code="", requires=[])
    for name in ("one", "two"):
        home.run("install", write_wheel(tmp_path, f"missionwire-{name}", plugin=name, requires=["missionwire-lantern"]))
    assert "missionwire-lantern" not in home.run("remove", "one")
    assert "missionwire-lantern==0.1.0" in home.listing()["installed"]


def test_a_name_is_installed_and_brought_up_to_date(home: Home) -> None:
    home.without_registry()
    write_wheel(home.packages, version="0.1.0")
    home.run("install", "missionwire-readtime")
    assert home.listed()["readtime"]["installed"]["requirement"] == "missionwire-readtime==0.1.0"
    write_wheel(home.packages, version="0.2.0")
    assert "0.2.0 (missionwire-readtime), in place of 0.1.0" in home.run("install", "missionwire-readtime")
    home.run("install", "missionwire-readtime==0.1.0")
    assert home.listed()["readtime"]["version"] == "0.1.0"


def test_a_newer_version_may_change_what_only_the_plugin_needs(home: Home, tmp_path: Path) -> None:
    home.without_registry()
    for version in ("1.0", "2.0"):
        write_wheel(home.packages, "missionwire-lantern", plugin=None, code="", version=version, requires=[])
    home.run("install", write_wheel(tmp_path, requires=["missionwire-lantern<2"]))
    home.run("install", write_wheel(tmp_path, requires=["missionwire-lantern>=2"], version="0.2.0"))
    assert "missionwire-lantern==2.0" in home.listing()["installed"]
    home.refused(
        write_wheel(tmp_path, requires=["missionwire-lantern<2"], version="0.3.0", code="1 / 0"),
        told="ZeroDivisionError",
    )


def test_a_single_file_brings_what_its_block_names(home: Home, tmp_path: Path) -> None:
    home.without_registry()
    write_wheel(home.packages, "missionwire-lantern", plugin=None, code="", requires=[])
    block = 'dependencies = ["missionwire-lantern"]\n[tool.missionwire]\napi = 1\n'
    file = write_file(tmp_path / "readtime.py", block=block, code="import missionwire_lantern\n" + SOUND)
    home.run("install", file)
    assert home.listed()["readtime"]["installed"]["kind"] == "file"
    home.run("remove", "readtime")
    assert "missionwire-lantern==0.1.0" not in home.listing()["installed"]


def test_without_uv_pip_does_the_same(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = Home(make_environment(tmp_path_factory.mktemp("pip"), has_pip=True), tmp_path, tool="pip")
    home.without_registry()
    before = home.listing()
    write_wheel(home.packages, "missionwire-lantern", plugin=None, code="", version="2.1", requires=[])
    home.run("install", write_wheel(tmp_path, requires=["missionwire", "missionwire-lantern>=2"]))
    assert "missionwire-lantern==2.1" in home.listing()["installed"]
    home.refused(
        write_wheel(tmp_path, "missionwire-a", plugin="a", requires=["missionwire-keel"]), told="needs missionwire-keel"
    )
    home.refused(write_wheel(tmp_path, version="0.2.0", code="1 / 0"), told="ZeroDivisionError")
    home.run("remove", "readtime")
    assert home.listing() == before


def test_without_uv_and_pip_it_says_what_to_do(environment: Path, tmp_path: Path) -> None:
    home = Home(environment, tmp_path, tool="none")
    home.refused(write_wheel(tmp_path), told="put uv on the PATH, or run")


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wheel", "told"),
    [
        ({"code": "1 / 0"}, "plugin readtime cannot be imported: ZeroDivisionError"),
        ({"code": "import time; time.sleep(600)"}, "takes longer than 15 s"),
        ({"code": "import nowhere"}, "name it in its dependencies"),
        ({"level": 2}, "written for API level 2, this service has level 1"),
        (
            {"requires": ["missionwire-keel"]},
            "missionwire-readtime needs missionwire-keel, which cannot be installed here",
        ),
        ({"requires": ["msgspec<0.20"]}, "needs msgspec<0.20, the service runs with msgspec"),
        ({"requires": ["missionwire-lantern"]}, "needs missionwire-lantern, which cannot be installed here"),
        ({"plugin": None}, "names none in its entry points"),
        ({"more": {"missionwire/plugin.py": ""}}, "would overwrite missionwire, which is not its own"),
        ({"more": {"msgspec/json.py": ""}}, "would overwrite msgspec/json.py, which is not its own"),
    ],
    ids=[
        "import error",
        "hang",
        "undeclared",
        "level",
        "missing",
        "conflict",
        "conflict further on",
        "no plugin",
        "hides the service",
        "overwrites",
    ],
)
def test_a_wheel_that_cannot_serve_leaves_no_trace(
    home: Home, tmp_path: Path, wheel: dict[str, Any], told: str
) -> None:
    home.without_registry()
    write_wheel(home.packages, "missionwire-lantern", plugin=None, code="", requires=["msgspec<0.20"])
    home.refused(write_wheel(tmp_path, **wheel), told=told)


def test_a_broken_folder_and_one_that_cannot_be_built_leave_no_trace(home: Home, tmp_path: Path) -> None:
    project = write_project(tmp_path / "readtime", code="1 / 0")
    home.refused(project, told="ZeroDivisionError")
    home.refused("-e", project, told="ZeroDivisionError")
    pyproject = project / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace('version = "0.1.0"', 'version = "zero"'))
    home.refused(project, told="cannot be built")


def test_a_plugin_that_fails_only_in_the_real_environment_is_rolled_back_to_the_version_before(
    home: Home, tmp_path: Path
) -> None:
    home.without_registry()
    home.run("install", write_wheel(tmp_path))
    code = f"import sys\nassert not __file__.startswith({str(home.python.parents[1])!r})\n{SOUND}"
    home.refused(write_wheel(tmp_path, version="0.2.0", code=code), told="AssertionError")
    assert home.listed()["readtime"]["version"] == "0.1.0"
    assert "✓ readtime  import: fine" in home.run("doctor")


def test_a_name_that_is_taken_leaves_no_trace(home: Home, tmp_path: Path) -> None:
    home.run("install", write_wheel(tmp_path))
    home.refused(write_wheel(tmp_path, "missionwire-other"), told="a plugin called readtime is there already")


def test_an_installation_that_is_stopped_leaves_no_trace(home: Home, tmp_path: Path) -> None:
    before = home.listing()
    wheel = write_wheel(tmp_path, code=f"open({str(tmp_path / 'imported')!r}, 'w')\nimport time; time.sleep(600)")
    process = subprocess.Popen([home.python, "-m", "missionwire", "plugins", "install", wheel], env=home.env)
    give_up_s = time.monotonic() + RUN_S
    while not (tmp_path / "imported").exists():
        assert time.monotonic() < give_up_s
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(RUN_S) == 130
    assert home.listing() == before


@pytest.mark.parametrize("words", [(), ("./a", "./b"), ("-e", "./a", "./b")])
def test_wrong_use_is_told_with_exit_code_2(home: Home, words: tuple[str, ...]) -> None:
    assert "Error" in home.run("install", *words, code=2)


# --- removing what is broken ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["1 / 0", "import time; time.sleep(600)", "import sys; sys.exit(1)", "import nowhere"])
def test_removing_works_while_a_plugin_is_broken(home: Home, tmp_path: Path, code: str) -> None:
    before = home.listing()
    home.run("install", write_wheel(tmp_path))
    (module,) = home.python.parents[1].glob("lib/*/site-packages/missionwire_readtime/__init__.py")
    module.write_text(code)
    started_s = time.monotonic()
    home.run("list")
    home.run("disable", "readtime")
    home.run("remove", "readtime")
    assert time.monotonic() - started_s < 15
    assert home.listing() == before


def test_what_was_installed_by_other_means_is_removed_however_unfit(home: Home, tmp_path: Path) -> None:
    before = home.listing()
    wheels = [
        write_wheel(
            tmp_path, "missionwire-future", plugin="future", level=9, requires=["missionwire-keel", "msgspec<0.1"]
        ),
        write_wheel(tmp_path, "missionwire-one", plugin="same"),
        write_wheel(tmp_path, "missionwire-two", plugin="same"),
    ]
    install = [FOUND_UV or "uv", "pip", "install", "--quiet", "--no-deps", "--python", str(home.python)]
    subprocess.run([*install, *wheels], check=True, timeout=RUN_S)
    assert {row["state"] for row in home.listed().values()} == {"incompatible", "failed"}
    told = home.run("doctor", code=1)
    assert "written for API level 9" in told
    assert "it needs missionwire-keel (not installed), msgspec<0.1 (" in told
    home.run("remove", "future")
    assert "both have a plugin called same; say which" in home.run("remove", "same", code=1)
    home.run("remove", "missionwire-one")
    home.run("remove", "same")
    assert home.listing() == before


# --- restoring --------------------------------------------------------------------------------------------------------


def test_a_fresh_environment_gets_back_what_the_manifest_says(
    home: Home, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home.without_registry()
    write_wheel(home.packages, "missionwire-lantern", plugin=None, code="", requires=[])
    write_wheel(home.packages, "missionwire-named", plugin="named")
    wheel = write_wheel(tmp_path, requires=["missionwire-lantern"])
    home.run("install", wheel)
    home.run("install", "missionwire-named")
    home.run("install", write_file(tmp_path / "single.py"))
    home.run("disable", "named")
    listed, recorded = home.listed(), home.manifest()
    wheel.unlink()  # the copy that was kept is enough
    fresh = Home(make_environment(tmp_path_factory.mktemp("fresh")), tmp_path)
    fresh.without_registry()
    assert fresh.listed()["readtime"]["state"] == "missing"
    assert "`missionwire plugins restore` brings it back" in fresh.run("doctor", code=1)
    assert "Restored readtime 0.1.0 (missionwire-readtime)." in fresh.run("restore")
    assert fresh.listed() == {
        name: {**row, "installed": fresh.listed()[name]["installed"]} for name, row in listed.items()
    }
    assert recorded is not None
    again = fresh.manifest()
    assert again is not None
    assert again["disabled"] == ["named"]
    assert "missionwire-lantern==0.1.0" in fresh.listing()["installed"]
    assert fresh.run("restore", "--quiet") == ""


def test_one_that_cannot_be_restored_keeps_no_other_from_it(home: Home, tmp_path: Path) -> None:
    home.without_registry()
    write_wheel(home.packages, "missionwire-gone", plugin="gone")
    home.run("install", "missionwire-gone")
    home.run("install", write_wheel(tmp_path))
    uninstall = [FOUND_UV or "uv", "pip", "uninstall", "--quiet", "--python", str(home.python)]
    subprocess.run([*uninstall, "missionwire-gone", "missionwire-readtime"], check=True, timeout=RUN_S)
    for wheel in home.packages.glob("*.whl"):
        wheel.unlink()
    told = home.run("restore", code=1)
    assert "Error: gone was not restored." in told
    assert "Restored readtime" in told


def test_where_there_is_nothing_to_restore_it_is_silent_and_makes_nothing(home: Home) -> None:
    assert home.run("restore", "--quiet") == ""
    assert not home.data.exists()
