"""Secret settings stay secret: canaries are planted in every way there is, and nothing that can be read has one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from missionwire.plugin import Config, Plugin, Secret, hookimpl
from missionwire.testing import make
from tests.faults.plugin_files import write_plugin
from tests.following import until
from tests.service import Service, an_event
from tests.unit.cli.commands import Ran, run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

CANARIES = {
    "literal": "canary-literal-5b0c4e",
    "env": "canary-env-9d21aa",
    "file": "canary-file-77e0f3",
    "spills": "canary-spills-1f6cbd",
    "builds": "canary-builds-c3a958",
    "misset": "canary-misset-40d7e2",
    "default": "canary-default-e8b316",
}

SETTINGS = """\
class Secrets(Config):
    literal: Secret = Secret("")
    env: Secret = Secret("")
    file: Secret | None = None
    unset: Secret = Secret("{default}")
    deep: dict[str, Secret] = {{}}
"""

KEEPS = """\
    @hookimpl
    async def startup(self):
        self.log.warning("set as %r, %s, %s", self.config, self.config.literal, self.config.env)
        self.log.warning("given in the clear: %s", " ".join(self.all()))
        try:
            raise ValueError(self.all()[0])
        except ValueError:
            self.log.exception("with its trace")

    def all(self):
        config = self.config
        found = [config.literal, config.env, config.file, config.unset, *config.deep.values()]
        return [each.get() for each in found if each is not None]

    @hookimpl
    async def enrich(self, event):
        if self.is_meant(event):
            raise ValueError(f"https://example.org/?key={'&key='.join(self.all())}")
        return Patch(ext={"shown": f"{self.config!r} {self.config.literal}", "is_set": bool(self.config.env)})

    @hookimpl
    def classify(self, event):
        if event.data.extra.get("bad") == "drop":
            raise Drop(f"no use: {self.all()}")

    @hookimpl
    async def health(self):
        return Health(is_ok=False, detail=f"cannot sign in with {self.all()}")
"""

SPILLS = """\
    @hookimpl
    async def startup(self):
        raise ConnectionError("refused: " + self.config.literal.get())
"""

BUILDS = """\
    def __init__(self, context):
        super().__init__(context)
        raise RuntimeError(f"{context.config.literal.get()} is no key")

    @hookimpl
    async def enrich(self, event):
        return None
"""


class Planted(NamedTuple):
    """A service with canaries in it, and what its commands are told."""

    service: Service
    flags: tuple[str, ...]
    env: dict[str, str]

    def run(self, *words: str, stdin: bytes = b"") -> Ran:
        return run(*words, stdin=stdin, timeout_s=60, **self.env)


def _write(folder: Path, name: str, members: str) -> None:
    write_plugin(folder, name, members)
    file = folder / f"{name}.py"
    text = file.read_text(encoding="utf-8").replace("import AgencyTag", "import Health, Secret, AgencyTag")
    settings = SETTINGS.format(default=CANARIES["default"])
    text = text.replace("class Made(Plugin[Config])", f"{settings}\n\nclass Made(Plugin[Secrets])")
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    folder = tmp_path_factory.mktemp("secrets")
    plugins = folder / "plugins"
    for name, members in (("keeps", KEEPS), ("spills", SPILLS), ("builds", BUILDS), ("misset", KEEPS)):
        _write(plugins, name, members)
    (folder / "secret").write_text(CANARIES["file"] + "\n", encoding="utf-8")
    (folder / "missionwire.toml").write_text(
        f"""\
[plugins.keeps]
on_error = "dead-letter"
[plugins.keeps.config]
literal = "{CANARIES["literal"]}"
env = "env:CANARY"
file = "file:{folder / "secret"}"
deep = {{ one = "{CANARIES["literal"]}", two = "env:CANARY" }}
[plugins.spills.config]
literal = "{CANARIES["spills"]}"
[plugins.builds.config]
literal = "{CANARIES["builds"]}"
[plugins.misset.config]
litteral = "{CANARIES["misset"]}"
env = ["{CANARIES["misset"]}"]
""",
        encoding="utf-8",
    )
    flags = ("--plugins-dir", str(plugins), "--config", str(folder / "missionwire.toml"))
    env = {"CANARY": CANARIES["env"]}
    with Service(folder / "data", flags=flags, env=env) as service:
        yield Planted(service, (*flags, "--data-dir", str(folder / "data")), env)


def seen_in(told: str) -> list[str]:
    return [name for name, canary in CANARIES.items() if canary in told or canary[7:] in told]


def of_plugin(planted: Planted, name: str) -> dict[str, Any]:
    found: dict[str, Any] = planted.service.get(f"/v1/plugins/{name}").json()
    return found


@pytest.fixture(scope="module")
def letter(planted: Planted) -> dict[str, Any]:
    """The dead letter of an event for which the plugin raised an error with all its secrets in it."""
    event = an_event(data={"bad": "keeps"})
    planted.service.post(event)

    def dead() -> dict[str, Any] | None:
        found = planted.service.get("/v1/events", source=event["source"], id=event["id"]).json()
        return found if found.get("state") == "dead" else None

    found: dict[str, Any] = planted.service.get(until(dead, 20)["dead_letter"]).json()
    return found


def test_the_plugin_gets_what_was_set(planted: Planted) -> None:
    """Or all that follows would prove nothing: the plugin runs, and the others fail for the reasons meant."""
    event = an_event()
    planted.service.post(event)
    ext = planted.service.wait_for(event["source"], event["id"])["data"]["ext"]["keeps"]

    assert ext["is_set"]
    assert "***" in ext["shown"]
    assert not seen_in(ext["shown"])
    assert {name: of_plugin(planted, name)["state"] for name in ("keeps", "spills", "builds", "misset")} == {
        "keeps": "running",
        "spills": "failed",
        "builds": "failed",
        "misset": "needs-config",
    }


def test_no_reason_tells_a_secret(planted: Planted) -> None:
    reasons = {name: of_plugin(planted, name)["reason"] for name in ("spills", "builds", "misset")}

    assert "refused: " in reasons["spills"]
    assert "is no key" in reasons["builds"]
    assert "litteral" in reasons["misset"] or "env" in reasons["misset"]
    assert not seen_in(json.dumps(reasons))


def test_a_dead_letter_tells_the_error_without_its_secrets(letter: dict[str, Any]) -> None:
    assert "https://example.org/?key=" in letter["error"]["message"]
    assert not seen_in(json.dumps(letter))


def test_the_reason_of_a_drop_tells_none(planted: Planted) -> None:
    event = an_event(data={"bad": "drop"})
    planted.service.post(event)

    def dropped() -> dict[str, Any] | None:
        found: dict[str, Any] = planted.service.get("/v1/events", source=event["source"], id=event["id"]).json()
        return found if found.get("state") == "dropped" else None

    found = until(dropped, 20)
    assert found["reason"].startswith("no use: ")
    assert not seen_in(json.dumps(found))


@pytest.mark.parametrize(
    "path",
    [
        "/v1/plugins",
        "/v1/plugins/keeps",
        "/v1/plugins/spills",
        "/v1/plugins/builds",
        "/v1/plugins/misset",
        "/v1/events",
        "/v1/dead-letters",
        "/metrics",
        "/health/ready",
        "/openapi.json",
        "/docs",
    ],
)
def test_no_answer_has_a_secret(planted: Planted, letter: dict[str, Any], path: str) -> None:
    answer = planted.service.get(path)

    assert answer.is_success
    assert not seen_in(answer.text + str(answer.headers))


def test_the_health_that_a_plugin_tells_has_none(planted: Planted) -> None:
    detail = until(lambda: (of_plugin(planted, "keeps").get("health") or {}).get("detail"), 20)

    assert "cannot sign in with" in detail
    assert not seen_in(detail)


def test_no_line_of_the_log_has_a_secret(planted: Planted, letter: dict[str, Any]) -> None:
    lines = "\n".join(planted.service.lines)

    assert "given in the clear" in lines
    assert "with its trace" in lines
    assert letter["error"]["plugin"] in lines
    assert not seen_in(lines)


TRACED = json.dumps(an_event(data={"bad": "keeps"})).encode()
SOUND = json.dumps(an_event()).encode()


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (("plugins", "list", "--json"), b""),
        (("plugins", "list"), b""),
        (("plugins", "show", "keeps", "--json"), b""),
        (("plugins", "show", "spills"), b""),
        (("plugins", "doctor", "--json"), b""),
        (("plugins", "doctor"), b""),
        (("plugins", "trace", "--json", "--event", "-"), TRACED),
        (("plugins", "trace", "--event", "-"), TRACED),
        (("plugins", "trace", "keeps", "--json", "--event", "-"), SOUND),
        (("config", "schema"), b""),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_no_command_tells_a_secret(planted: Planted, words: tuple[str, ...], stdin: bytes) -> None:
    flags = planted.flags[:4] if words[1] == "trace" else planted.flags
    asks = ("--url", planted.service.url) if words[1] in ("list", "show") else ()
    done = planted.run(*words, *flags, *asks, stdin=stdin)

    assert "keeps" in done.out or "spills" in done.out
    assert not seen_in(done.out + done.err)


def test_a_file_with_a_wrong_setting_is_told_without_its_secrets(planted: Planted) -> None:
    done = planted.run("config", "check", planted.flags[3], *planted.flags[:2])

    assert done.code == 1
    assert "misset" in done.err
    assert not seen_in(done.out + done.err)


class Settings(Config):
    """A secret, and something that is none."""

    token: Secret = Secret("")
    word: str = "word"


class Signs(Plugin[Settings]):
    """Has a secret."""

    @hookimpl
    async def enrich(self) -> None: ...


def test_settings_can_be_shown_and_formatted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CANARY", CANARIES["env"])
    (tmp_path / "secret").write_text(CANARIES["file"] + "\r\n", encoding="utf-8")
    ways = {"literal": CANARIES["literal"], "env": "env:CANARY", "file": f"file:{tmp_path / 'secret'}"}

    for name, way in ways.items():
        plugin = make(Signs, token=way)
        config = plugin.config
        shown = f"{config} {config!r} {config.token} {config.token!r} {[config]} {vars(plugin)}"
        assert config.token.get() == CANARIES[name]
        assert "***" in shown
        assert not seen_in(shown)
