from pathlib import Path

import pytest

from missionwire.domain.errors import SettingsError
from missionwire.settings import Settings, environment_names, load_settings


def _file(folder: Path, text: str) -> Path:
    file = folder / "missionwire.toml"
    file.write_text(text, encoding="utf-8")
    return file


def _faults(file: Path | None = None, environment: dict[str, str] | None = None, **flags: object) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as found:
        load_settings(file, environment or {}, flags)
    return found.value.faults


def test_without_anything_there_are_defaults() -> None:
    assert load_settings(None, {}) == Settings()


def test_flags_go_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    file = _file(tmp_path, 'name = "of-file"\nport = 1\nworkers = 1\n[feed]\nretry_ms = 1\ndrain_s = 1\n')
    environment = {"MISSIONWIRE_PORT": "2", "MISSIONWIRE_WORKERS": "2", "MISSIONWIRE_FEED_DRAIN_S": "2"}

    settings = load_settings(file, environment, {"port": 3, "host": None})

    assert (settings.name, settings.port, settings.workers) == ("of-file", 3, 2)
    assert (settings.feed.retry_ms, settings.feed.drain_s) == (1, 2)
    assert settings.host == "127.0.0.1", "a flag that was not given says nothing"


def test_all_faults_are_told_together_each_with_its_place(tmp_path: Path) -> None:
    file = _file(
        tmp_path,
        'prot = 1\nworkers = "many"\n[intake]\nmax_bodybytes = 5\n[keep]\nwire_bytes = 5\n'
        '[plugins]\ncrew = 3\n[plugins.terms]\non_error = "shout"\ntimeout = 5\n',
    )

    faults = _faults(file, {"MISSIONWIRE_PROT": "1", "MISSIONWIRE_FEED_RETRY_MS": "soon"}, port=70_000)

    for place, told in (
        ("prot", "did you mean 'port'"),
        ("workers", "int"),
        ("intake.max_bodybytes", "did you mean 'max_body_bytes'"),
        ("plugins.crew", "table"),
        ("plugins.terms.on_error", "shout"),
        ("plugins.terms.timeout", "did you mean 'timeout_s'"),
        ("MISSIONWIRE_PROT", "did you mean 'MISSIONWIRE_PORT'"),
        ("MISSIONWIRE_FEED_RETRY_MS", "soon"),
        ("keep.wire_bytes", "65536"),
        ("port", "65535"),
    ):
        assert any(place in fault and told in fault for fault in faults), (place, faults)
    assert len(faults) == 10


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("port = ", "TOML"),
        ("intake = 5", "intake"),
        ("plugins = 5", "plugins"),
        ("port = -1", "port"),
        ("port = true", "port"),
        ("worker_hang_s = nan", "worker_hang_s"),
        ("worker_hang_s = inf", "worker_hang_s"),
        ('log_level = "loud"', "log_level"),
        ('redis_url = "http://user:secret@host"', "redis_url"),
        ('name = "a b"', "name"),
        ('name = ""', "name"),
        ('plugins_dir = "/nowhere/at/all"', "plugins_dir"),
        ("[plugins.crew]\ntimeout_s = 0", "plugins.crew.timeout_s"),
        ("[plugins.crew]\ntimeout_s = nan", "plugins.crew.timeout_s"),
    ],
)
def test_what_cannot_be_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    faults = _faults(_file(tmp_path, text))

    assert len(faults) == 1
    assert told in faults[0]
    assert "secret" not in faults[0]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert _faults(tmp_path / "absent.toml") == (f"{tmp_path / 'absent.toml'}: there is no such file",)


def test_every_setting_but_those_of_plugins_has_a_variable() -> None:
    names = environment_names()

    assert names["MISSIONWIRE_KEEP_WIRE_BYTES"] == ("keep", "wire_bytes")
    assert names["MISSIONWIRE_PLUGINS_DIR"] == ("plugins_dir",)
    assert "MISSIONWIRE_PLUGINS" not in names


def test_lists_stand_in_the_environment_with_commas() -> None:
    settings = load_settings(None, {"MISSIONWIRE_PLUGIN_ORDER": "crew,terms"})

    assert settings.plugin_order == ["crew", "terms"]


def test_variables_of_others_with_our_prefix_are_let_be() -> None:
    assert load_settings(None, {"MISSIONWIRE_URL": "x", "MISSIONWIRE_CONFIG": "y"}) == Settings()


def test_what_kubernetes_sets_for_a_service_of_our_name_is_no_setting() -> None:
    links = {
        "MISSIONWIRE_SERVICE_HOST": "10.0.0.1",
        "MISSIONWIRE_SERVICE_PORT": "8000",
        "MISSIONWIRE_SERVICE_PORT_HTTP": "8000",
        "MISSIONWIRE_PORT": "tcp://10.0.0.1:8000",
        "MISSIONWIRE_PORT_8000_TCP": "tcp://10.0.0.1:8000",
        "MISSIONWIRE_PORT_8000_TCP_ADDR": "10.0.0.1",
        "MISSIONWIRE_VALKEY_SERVICE_HOST": "10.0.0.2",
        "MISSIONWIRE_VALKEY_PORT": "tcp://10.0.0.2:6379",
    }

    assert load_settings(None, links) == Settings()


def test_a_plugins_own_settings_are_kept_for_its_own_check(tmp_path: Path) -> None:
    settings = load_settings(_file(tmp_path, "[plugins.crew.config]\nanything = [1]\n"), {})

    assert settings.plugins["crew"].config == {"anything": [1]}
