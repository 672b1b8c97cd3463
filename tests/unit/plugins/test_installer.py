"""What is decided before an environment is touched, trials, and single files, which need no installer."""

import sys
import threading
import time
from pathlib import Path

import pytest

from missionwire.plugins import candidate as candidates
from missionwire.plugins import removal
from missionwire.plugins.candidate import Asked, read_asked
from missionwire.plugins.checkup import check_up
from missionwire.plugins.discovery import Found, discover
from missionwire.plugins.environment import InstallError
from missionwire.plugins.installer import Done, install, missing, restore
from missionwire.plugins.manifest import ManifestError, change_manifest, read_manifest
from missionwire.plugins.premises import Premises
from missionwire.plugins.programs import MAX_KEPT_BYTES, run_bounded
from missionwire.plugins.requirements import has_extras, takes_python, unmet, versions
from missionwire.plugins.trial import Probed, try_out
from tests.plugin_projects import SOUND, write_file, write_project, write_wheel

NO_OTHERS: tuple[Found, ...] = ()


def quiet(_: str) -> None:
    """Nobody listens."""


@pytest.fixture
def premises(tmp_path: Path) -> Premises:
    return Premises(data_folder=tmp_path / "data", plugins_folder=tmp_path / "data" / "plugins")


def install_file(path: Path, premises: Premises) -> Done:
    return install(read_asked(str(path)), premises, quiet)


# --- what is asked for ------------------------------------------------------------------------------------------------


def test_a_folder_a_wheel_a_file_and_a_name_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, wheel = write_project(tmp_path / "readtime"), write_wheel(tmp_path / "wheels")
    file = write_file(tmp_path / "readtime.py")
    monkeypatch.chdir(tmp_path)
    assert read_asked("readtime") == read_asked("./readtime") == Asked(kind="folder", requirement=str(project))
    assert read_asked("readtime", is_editable=True) == Asked(kind="editable", requirement=str(project))
    assert read_asked(str(wheel)) == Asked(kind="wheel", requirement=str(wheel))
    assert read_asked("readtime.py") == Asked(kind="file", requirement=str(file))
    assert read_asked("missionwire-x") == Asked(kind="name", requirement="missionwire-x")
    assert read_asked("missionwire-x[y] == 1.2") == Asked(kind="name", requirement="missionwire-x[y]==1.2")


@pytest.mark.parametrize(
    ("given", "is_editable", "told"),
    [
        ("./nowhere", False, "nothing to install at /.*/nowhere: give a folder, a wheel, a .py file or a name"),
        ("nowhere.whl", False, "there is no file /.*/nowhere.whl"),
        ("nowhere.py", False, "there is no file"),
        ("no name!", False, "is no folder, wheel, .py file or name"),
        (".", False, "it has no pyproject.toml"),
        ("missionwire-x", True, "is no folder, and only a folder can be installed with -e"),
    ],
)
def test_what_is_none_of_them_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, told: str, *, is_editable: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InstallError, match=told):
        read_asked(given, is_editable=is_editable)


# --- what metadata say ------------------------------------------------------------------------------------------------


def test_a_folder_and_a_wheel_say_the_same_of_a_plugin(tmp_path: Path) -> None:
    project = candidates.of_project(write_project(tmp_path / "readtime"))
    wheel = candidates.of_wheel(write_wheel(tmp_path))
    assert project is not None
    assert [each.name for each in project.plugins] == ["readtime"]
    assert (project.distribution, project.version, project.plugins, project.requires) == (
        wheel.distribution,
        wheel.version,
        wheel.plugins,
        wheel.requires,
    )


def test_a_folder_that_leaves_its_metadata_to_the_build_is_looked_at_after_it(tmp_path: Path) -> None:
    project = write_project(tmp_path / "readtime")
    path = project / "pyproject.toml"
    path.write_text(path.read_text().replace('version = "0.1.0"', 'dynamic = ["entry-points"]'))
    assert candidates.of_project(project) is None


def test_a_file_says_what_it_needs(tmp_path: Path) -> None:
    block = 'requires-python = ">=3.11"\ndependencies = ["lantern>=2"]\n[tool.missionwire]\napi = 1\nversion = "3"\n'
    found = candidates.of_file(write_file(tmp_path / "read_time.py", block=block))
    assert found.requires == ("lantern>=2",)
    assert (found.version, found.plugins[0].name, found.distribution) == ("3", "read-time", "read_time.py")


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("", "does not say its API level"),
        ("[tool.missionwire]\napi = 1\nx\n", "cannot be read"),
        ("[tool.missionwire]\napi = 2\n", "written for API level 2, this service has level 1"),
        ('requires-python = ">=4"\n[tool.missionwire]\napi = 1\n', "needs Python >=4, the service runs on 3"),
        ('dependencies = ["a b"]\n[tool.missionwire]\napi = 1\n', "a requirement that cannot be read"),
        ('dependencies = ["msgspec<0.1"]\n[tool.missionwire]\napi = 1\n', "needs msgspec<0.1, the service runs with"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_before_any_of_its_code_runs(
    tmp_path: Path, premises: Premises, block: str, told: str
) -> None:
    path = write_file(tmp_path / "late.py", block=block, code=f"open({str(tmp_path / 'ran')!r}, 'w')\n{SOUND}")
    with pytest.raises(InstallError, match=told):
        install_file(path, premises)
    assert not (tmp_path / "ran").exists()
    assert not premises.data_folder.exists()


@pytest.mark.parametrize(
    ("wheel", "told"),
    [
        ({"level": 2}, r"written for API level 2.*takes a version of missionwire-readtime for level 1"),
        ({"plugin": None}, r'names none in its entry points.*\[project.entry-points."missionwire.v1"\]'),
        ({"plugin": "Read Time"}, "is no plugin name"),
        ({"distribution": "missionwire"}, "missionwire itself is no plugin"),
        ({"requires": ["missionwire>=9"]}, "needs missionwire>=9, this is missionwire"),
        ({"requires": ["msgspec<0.10"]}, "needs msgspec<0.10, the service runs with msgspec"),
        ({"requires": ["a b"]}, "a requirement that cannot be read"),
    ],
)
def test_a_wheel_that_does_not_fit_is_refused_from_its_metadata(
    tmp_path: Path, wheel: dict[str, str], told: str
) -> None:
    found = candidates.of_wheel(write_wheel(tmp_path, **wheel))  # type: ignore[arg-type]  # one argument of several
    with pytest.raises(InstallError, match=told):
        candidates.check(found, NO_OTHERS)


def test_a_name_that_another_distribution_has_is_refused_and_a_newer_version_of_the_same_is_not(tmp_path: Path) -> None:
    other = Found(name="readtime", version="1", distribution="missionwire-other", api_level=1, target="o:O")
    same = Found(name="readtime", version="0", distribution="Missionwire_Readtime", api_level=1, target="r:R")
    found = candidates.of_wheel(write_wheel(tmp_path))
    candidates.check(found, [same])
    with pytest.raises(InstallError, match=r"from missionwire-other; .*`missionwire plugins remove readtime`"):
        candidates.check(found, [other])


@pytest.mark.parametrize("content", [b"no zip", b""])
def test_what_is_no_wheel_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a-1-py3-none-any.whl"
    path.write_bytes(content)
    with pytest.raises(InstallError, match="is no wheel"):
        candidates.of_wheel(path)


# --- requirements -----------------------------------------------------------------------------------------------------


def test_what_is_lacking_is_told_with_what_is_there() -> None:
    installed = {"lantern": "1.0", "mast": "2.0rc1"}
    lines = ["Lantern>=2", "mast<3", "keel", 'anchor; sys_platform == "amiga"', 'oar; extra == "rowing"']
    assert [(each.requirement, each.found) for each in unmet(lines, installed)] == [
        ("Lantern>=2", "1.0"),
        ("keel", None),
    ]


def test_small_questions_about_requirements() -> None:
    assert has_extras(["a[b]>1"])
    assert not has_extras(["a>1"])
    assert takes_python(">=3.11")
    assert takes_python(None)
    assert takes_python("nonsense")
    assert not takes_python("<3")
    assert versions()["msgspec"]


# --- trials -----------------------------------------------------------------------------------------------------------

HEAD = "from missionwire.plugin import Config, Plugin, hookimpl\n"
BODY = "class P(Plugin[Config]):\n    @hookimpl\n    async def enrich(self, event): ...\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "import nowhere_at_all\n" + SOUND,
            "cannot be imported: ModuleNotFoundError: No module named 'nowhere_at_all'",
        ),
        ("1 / 0", "cannot be imported: ZeroDivisionError: division by zero"),
        ("def (", "cannot be imported: SyntaxError"),
        ("import sys; sys.exit(3)", "cannot be imported: SystemExit: 3"),
        ("import os; os._exit(3)", r"cannot be imported: it ended the process with code 3"),
        (HEAD, "the file must define one class derived from Plugin, it has 0"),
        (HEAD + "class P(Plugin[Config]): ...", "it implements no hook"),
        (HEAD + BODY.replace("enrich", "enrichs"), "there is no hook enrichs; did you mean enrich?"),
        (HEAD + BODY.replace("    @hookimpl\n", ""), "put @hookimpl above it"),
        (HEAD + BODY.replace("event", "evnt"), "evnt"),
        (HEAD + BODY + "    def __init__(self, context): 1 / 0", "cannot be made: ZeroDivisionError"),
        (
            HEAD + "class S(Config):\n    key: str\n" + BODY.replace("Config]", "S]"),
            "cannot be made with its default settings, give each a default: [plugins.odd.config]: Object missing",
        ),
    ],
)
def test_a_trial_says_what_is_wrong_and_nothing_of_it_happens_here(tmp_path: Path, code: str, told: str) -> None:
    before = set(sys.modules)
    (found,) = (each for each in discover(write_file(tmp_path / "odd.py", code=code).parent) if each.is_file)
    sentence = try_out(found).sentence("odd")
    assert sentence is not None
    assert told in sentence
    assert "missionwire_file_odd" not in set(sys.modules) - before


@pytest.mark.slow
def test_a_trial_of_a_plugin_that_hangs_is_over_in_time_with_all_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = (
        "import subprocess, sys, time\n"
        f'late = "import time; time.sleep(4); open({str(mark)!r}, chr(119))"\n'
        "subprocess.Popen([sys.executable, '-c', late])\n"
        "time.sleep(600)\n"
    )
    (found,) = (each for each in discover(write_file(tmp_path / "slow.py", code=code).parent) if each.is_file)
    started_s = time.monotonic()
    probed = try_out(found, timeout_s=1.5)
    assert time.monotonic() - started_s < 4
    assert (
        probed.sentence("slow")
        == "plugin slow cannot be imported: it takes longer than 1.5 s; import should only define"
    )
    assert not mark.exists()


def test_what_a_plugin_prints_or_leaves_running_disturbs_no_trial(tmp_path: Path) -> None:
    code = (
        "import sys, threading, time\n"
        "print('{}' * 100_000); print('x' * 1_000_000, file=sys.stderr)\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()\n"
    )
    (found,) = (each for each in discover(write_file(tmp_path / "loud.py", code=code + SOUND).parent) if each.is_file)
    assert try_out(found).hooks == ("enrich",)


def test_a_trial_gives_the_schema_and_all_faults_of_the_settings(tmp_path: Path) -> None:
    (found,) = (each for each in discover(write_file(tmp_path / "readtime.py").parent) if each.is_file)
    probed = try_out(found, config={"words_per_minuet": 3, "words_per_minute": "many"})
    assert probed.reason is None
    assert probed.config_schema is not None
    assert probed.config_schema["$defs"]["Settings"]["properties"]["words_per_minute"]["default"] == 220
    first, second = probed.config_faults
    assert "words_per_minuet" in first
    assert "id you mean words_per_minute" in first
    assert "words_per_minute" in second
    assert "int" in second


def test_the_output_of_a_program_is_bounded_and_its_end_is_kept() -> None:
    code, told = run_bounded([sys.executable, "-c", "import sys; sys.stderr.write('x' * 10**7 + 'end')"], 20)
    assert (code, told[-4:], len(told)) == (0, "xend", MAX_KEPT_BYTES)


# --- single files: the whole way --------------------------------------------------------------------------------------


def test_a_file_is_installed_found_recorded_and_removed(tmp_path: Path, premises: Premises) -> None:
    source = write_file(tmp_path / "readtime.py")
    done = install_file(source, premises)
    assert done.record.plugins == ("readtime",)
    assert read_manifest(premises.data_folder).installed == (done.record,)
    assert "readtime" in {found.name for found in discover(premises.plugins_folder)}
    gone = removal.remove("readtime", premises, quiet)
    assert (gone.plugins, gone.kept) == (("readtime",), None)
    assert list(premises.plugins_folder.iterdir()) == []
    assert read_manifest(premises.data_folder).installed == ()


@pytest.mark.slow
def test_a_file_whose_settings_do_not_fit_is_installed_with_a_warning(tmp_path: Path, premises: Premises) -> None:
    configs = {"readtime": {"speed": 3}}
    wrong = Premises(data_folder=premises.data_folder, plugins_folder=premises.plugins_folder, configs=configs)
    (warning,) = install_file(write_file(tmp_path / "readtime.py"), wrong).warnings
    assert "[plugins.readtime.config]" in warning
    assert "speed" in warning


@pytest.mark.slow
def test_a_newer_file_that_is_broken_leaves_the_older_one_in_place(tmp_path: Path, premises: Premises) -> None:
    source = write_file(tmp_path / "readtime.py")
    record = install_file(source, premises).record
    before = (premises.plugins_folder / "readtime.py").read_bytes()
    source.write_text(source.read_text() + "\n1 / 0\n")
    with pytest.raises(InstallError, match="ZeroDivisionError"):
        install_file(source, premises)
    assert (premises.plugins_folder / "readtime.py").read_bytes() == before
    assert read_manifest(premises.data_folder).installed == (record,)


@pytest.mark.slow
def test_a_file_that_fails_only_in_its_place_is_taken_out_again(tmp_path: Path, premises: Premises) -> None:
    code = f"import pathlib\nassert pathlib.Path(__file__).parent == pathlib.Path({str(tmp_path)!r})\n{SOUND}"
    with pytest.raises(InstallError, match="AssertionError"):
        install_file(write_file(tmp_path / "homesick.py", code=code), premises)
    assert list(premises.plugins_folder.iterdir()) == []
    assert read_manifest(premises.data_folder).installed == ()


def test_a_file_that_was_put_there_by_hand_is_neither_overwritten_nor_deleted(
    tmp_path: Path, premises: Premises
) -> None:
    own = write_file(premises.plugins_folder / "readtime.py", code="# mine\n" + SOUND)
    with pytest.raises(InstallError, match="was put there by hand; move it away first"):
        install_file(write_file(tmp_path / "readtime.py"), premises)
    with pytest.raises(
        InstallError, match=r"put there by hand; delete it, or .*`missionwire plugins disable readtime`"
    ):
        removal.remove("readtime", premises, quiet)
    assert "# mine" in own.read_text()


@pytest.mark.slow
def test_the_only_copy_of_a_file_is_kept(tmp_path: Path, premises: Premises) -> None:
    source = write_file(tmp_path / "readtime.py")
    install_file(source, premises)
    source.unlink()
    kept = removal.remove("readtime", premises, quiet).kept
    assert kept is not None
    assert Path(kept).read_text().startswith("# /// script")
    assert "readtime" not in {found.name for found in discover(premises.plugins_folder)}


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"1 / 0", b"import time; time.sleep(600)", b"\xff\xfe", b"def ("])
def test_removing_works_however_broken_a_file_has_become(tmp_path: Path, premises: Premises, content: bytes) -> None:
    install_file(write_file(tmp_path / "readtime.py"), premises)
    (premises.plugins_folder / "readtime.py").write_bytes(content)
    assert removal.remove("readtime", premises, quiet).plugins == ("readtime",)
    assert "readtime" not in {found.name for found in discover(premises.plugins_folder)}


@pytest.mark.slow
def test_a_file_that_was_deleted_by_hand_can_be_restored_or_removed(tmp_path: Path, premises: Premises) -> None:
    record = install_file(write_file(tmp_path / "readtime.py"), premises).record
    assert missing(premises) == []
    (premises.plugins_folder / "readtime.py").unlink()
    assert missing(premises) == [record]
    restore(record, premises, quiet)
    assert missing(premises) == []
    (premises.plugins_folder / "readtime.py").unlink()
    assert removal.remove("readtime", premises, quiet).plugins == ("readtime",)
    assert read_manifest(premises.data_folder).installed == ()


@pytest.mark.slow
def test_what_is_not_there_cannot_be_removed_and_the_nearest_name_is_told(tmp_path: Path, premises: Premises) -> None:
    install_file(write_file(tmp_path / "readtime.py"), premises)
    with pytest.raises(InstallError, match=r"no plugin called readtme; did you mean readtime\?"):
        removal.remove("readtme", premises, quiet)


def test_a_damaged_manifest_is_told_before_anything_is_done(tmp_path: Path, premises: Premises) -> None:
    premises.data_folder.mkdir()
    (premises.data_folder / "plugins.json").write_text("{")
    with pytest.raises(ManifestError, match="is damaged"):
        install_file(write_file(tmp_path / "readtime.py"), premises)
    assert not premises.plugins_folder.exists()


@pytest.mark.slow
def test_two_installations_at_once_are_both_recorded(tmp_path: Path, premises: Premises) -> None:
    files = [write_file(tmp_path / f"{name}.py") for name in ("one", "two")]
    threads = [threading.Thread(target=install_file, args=(file, premises)) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [record.plugins for record in read_manifest(premises.data_folder).installed] == [("one",), ("two",)]


# --- the check-up -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_check_up_names_each_fault_with_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "plugins"
    write_file(folder / "sound.py")
    write_file(folder / "broken.py", code="1 / 0")
    write_file(folder / "future.py", block="[tool.missionwire]\napi = 9\n")
    write_file(folder / "hungry.py", block='dependencies = ["lantern>=2"]\n[tool.missionwire]\napi = 1\n')
    premises = Premises(data_folder=tmp_path / "data", plugins_folder=folder, configs={"sound": {"speed": 1}})
    change_manifest(premises.data_folder, lambda it: it.switched("sound", is_enabled=False))
    found = {(each.plugin, each.what): (each.state, each.told) for each in check_up(premises)}
    assert found["broken", "import"] == (
        "wrong",
        "plugin broken cannot be imported: ZeroDivisionError: division by zero",
    )
    assert found["future", "level"][0] == "wrong"
    assert "`missionwire plugins remove future.py` takes it out" in found["future", "level"][1]
    assert found["hungry", "requirements"][0] == "wrong"
    assert "it needs lantern>=2 (not installed)" in found["hungry", "requirements"][1]
    assert found["sound", "import"] == ("ok", "fine")
    assert found["sound", "config"][0] == "wrong"
    assert "speed" in found["sound", "config"][1]
    assert found["sound", "manifest"] == (
        "warning",
        "it is off; `missionwire plugins enable sound` switches it on",
    )


def test_a_probe_without_a_fault_has_no_sentence() -> None:
    assert Probed().sentence("x") is None
