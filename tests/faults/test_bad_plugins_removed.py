"""Removing each bad plugin while all of them, and the good ones, are installed and broken: in one environment."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.faults.bad_plugins import CALLED, CODES, GOOD, LEVELS, SETTINGS, TARGETS, TWINS
from tests.faults.plugin_files import write_code
from tests.following import Follower, until
from tests.journeys.test_plugin_install import FOUND_UV, Home, make_environment
from tests.plugin_projects import SOUND, write_file, write_wheel
from tests.service import Service, an_event

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(FOUND_UV is None, reason="there is no uv here: `make setup` brings it"),
]

SEEN_S = 30.0
"""The running service has seen a removal by then: at once, unless it is trying an import that hangs."""

HAND, SPOILED, SPOILED_FILE = "hand-file", "spoiled", "spoiled-file"
"""Broken ones beside those of the table: a file put there by hand, a wheel and a file that were installed sound."""

BAD = tuple(name for name in CODES if name not in GOOD)


def distribution_of(name: str) -> str:
    return f"bad-{name}"


def plugin_of(name: str) -> str:
    return "twice" if name in TWINS else name


class Beset:
    """An environment in which all are installed and broken: those of the table as another installer would do it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        (self.site,) = home.python.parents[1].glob("lib/*/site-packages")
        self.config = home.data.parent / "missionwire.toml"
        self.config.write_text(SETTINGS, encoding="utf-8")
        home.env["MISSIONWIRE_CONFIG"] = str(self.config)
        home.without_registry()
        self._wheels = {name: self._wheel(name, home.data.parent / "wheels") for name in CODES}
        self.own = home.listing()
        self._install_sound_and_spoil()
        for name in CODES:
            self.put(name)
        write_code(home.data / "plugins", HAND, CODES["raises"])

    @staticmethod
    def _wheel(name: str, folder: Path) -> Path:
        distribution = distribution_of(name)
        return write_wheel(
            folder,
            distribution,
            plugin=plugin_of(name),
            code=CODES[name],
            target=TARGETS.get(name, f"{distribution.replace('-', '_')}:Made"),
            level=LEVELS.get(name, 1),
            requires=["no-such-distribution>=7"] if name == "lacks-a-dependency" else (),
        )

    def _install_sound_and_spoil(self) -> None:
        folder = self.home.data.parent
        self.home.run("install", write_wheel(folder, f"missionwire-{SPOILED}", plugin=SPOILED))
        self.home.run("install", write_file(folder / "spoiled_file.py", code=SOUND))
        (self.site / f"missionwire_{SPOILED}" / "__init__.py").write_text("import time\ntime.sleep(600)")
        file = self.home.data / "plugins" / "spoiled_file.py"
        file.write_text(file.read_text(encoding="utf-8") + "\n1 / 0\n", encoding="utf-8")

    def put(self, name: str) -> None:
        """Put one of the table there, as its wheel has it."""
        with ZipFile(self._wheels[name]) as wheel:
            wheel.extractall(self.site)

    def rows(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Give what `plugins list` shows, by plugin and distribution."""
        listed = json.loads(self.home.run("list", "--json"))
        return {(row["name"], row["distribution"]): row for row in listed}

    def files(self) -> set[Path]:
        """Give every file of the environment, less what Python compiled."""
        found = (path for path in self.site.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(self.site) for path in found}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_environment(tmp_path_factory.mktemp("environment"))


@pytest.fixture
def beset(environment: Path, tmp_path: Path) -> Iterator[Beset]:
    """All of them in a copy-free environment: what a test leaves is taken out of it."""
    home = Home(environment, tmp_path)
    beset = Beset(home)
    yield beset
    for leftover in beset.site.iterdir():
        if leftover.name.startswith(("bad_", f"missionwire_{SPOILED}")):
            shutil.rmtree(leftover)


def test_each_can_be_removed_while_all_are_there_and_nothing_else_is_touched(beset: Beset) -> None:
    whole, files = beset.rows(), beset.files()
    assert len(whole) == len(CODES) + len({HAND, SPOILED, SPOILED_FILE})
    for name in CODES:
        distribution = distribution_of(name)
        said = beset.home.run("remove", distribution)
        left = beset.rows()
        module = distribution.replace("-", "_")
        gone = {path for path in files if path.parts[0] in (module, f"{module}-0.1.0.dist-info")}

        assert f"Removed {plugin_of(name)} ({distribution})." in said
        assert whole.keys() - left.keys() == {(plugin_of(name), distribution)}
        assert all(row == whole[key] for key, row in left.items() if key[0] != "twice"), name
        assert gone
        assert beset.files() == files - gone
        beset.put(name)
    assert beset.rows() == whole


# --- while a service runs them ----------------------------------------------------------------------------------------


class Scene:
    """The service that runs them all, with a feed that is open from the first removal to the last."""

    def __init__(self, beset: Beset, service: Service) -> None:
        self.beset = beset
        self.service = service

    def states(self) -> dict[tuple[str, str], str]:
        told = self.service.get("/v1/plugins").json()
        return {(each["name"], each["distribution"]): each["state"] for each in told}

    def published(self, **data: Any) -> dict[str, Any]:
        """Publish an event of a mission of its own; gives it as it came out."""
        event = an_event(data=data)
        assert self.service.post(event).status_code == 202
        return self.service.wait_for(event["source"], event["id"], timeout_s=60)

    def break_all(self) -> None:
        """Let each one misbehave once."""
        for name in CALLED:
            assert self.published(bad=name)["data"]["ext"]["good"] == {"ok": True}

    def check(self, gone: str) -> None:
        """The events carry what the good add, and nothing of the one that is gone, no fault of it either."""
        data = self.published(bad=gone)["data"]
        for good in GOOD:
            assert data["ext"][good] == {"ok": True}, good
        assert gone not in data["ext"]
        assert gone not in {each["plugin"] for each in data.get("errors", ())}

    def wait_until_gone(self, key: tuple[str, str]) -> None:
        until(lambda: key not in self.states(), SEEN_S, lambda: self.service.lines[-5:])


def test_each_can_be_removed_under_a_running_service_which_goes_on_with_the_others(beset: Beset) -> None:
    service = Service(beset.home.data, env=beset.home.env, python=beset.home.python)
    with service, Follower(service) as follower:
        scene = Scene(beset, service)
        until(lambda: ("good", "bad-good") in scene.states(), SEEN_S)
        scene.break_all()
        for name in BAD:
            beset.home.run("remove", distribution_of(name))
            scene.wait_until_gone((plugin_of(name), distribution_of(name)))
            if name == TWINS[0]:  # now the other one has the name to itself
                key = ("twice", distribution_of(TWINS[1]))
                until(lambda key=key: scene.states()[key] == "running", SEEN_S)  # type: ignore[misc]  # bound now
            else:
                scene.check(plugin_of(name))
        for name in (SPOILED, SPOILED_FILE):
            beset.home.run("remove", name)
            scene.wait_until_gone((name, "spoiled_file.py" if name == SPOILED_FILE else f"missionwire-{name}"))
        _remove_what_was_put_there_by_hand(scene)

        assert {name for name, _ in scene.states()} == {*GOOD, HAND}
        assert not {"gap", "end", "goodbye", "busy"} & set(follower.named)
        assert not [line for line in service.lines if "hangs" in line and ("worker" in line or "http" in line)]
    with service:  # what is left is what a start finds
        until(lambda: {name for name, _ in scene.states()} == set(GOOD), SEEN_S)
        scene.check(HAND)
    left = {(name, distribution_of(name)) for name in GOOD}
    assert beset.rows().keys() == left
    assert {each.partition("==")[0] for each in beset.home.listing()["installed"]} == {
        *(each.partition("==")[0] for each in beset.own["installed"]),
        *(distribution_of(name) for name in GOOD),
    }


def _remove_what_was_put_there_by_hand(scene: Scene) -> None:
    """Its file is the person's: the command says so, and switches it off; then whoever put it there deletes it."""
    told = scene.beset.home.run("remove", HAND, code=1)
    assert "was put there by hand; delete it, or switch it off" in told
    scene.beset.home.run("disable", HAND)
    until(lambda: scene.states()[HAND, "hand_file.py"] == "disabled", SEEN_S)
    scene.check(HAND)
    (scene.beset.home.data / "plugins" / "hand_file.py").unlink()
    assert HAND not in {name for name, _ in scene.beset.rows()}
