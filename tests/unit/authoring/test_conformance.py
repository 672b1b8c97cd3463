"""The conformance suite: a good plugin passes each point, one that was made to break it fails it."""

import textwrap
from pathlib import Path

import pytest

from missionwire.authoring.examination import examine
from missionwire.authoring.points import POINTS
from missionwire.authoring.samples import documents, events
from missionwire.authoring.scaffold import make_distribution
from missionwire.authoring.target import NoPluginError, targets_of
from missionwire.authoring.verdict import Point, Report

HEAD = """\
# /// script
# requires-python = ">=3.11"
# [tool.missionwire]
# api = 1
# ///
import asyncio, itertools, os, re, socket, subprocess, sys, threading, time
from missionwire.plugin import *
"""


def examined(folder: Path, name: str, body: str) -> Report:
    file = folder / f"{name}.py"
    file.write_text(HEAD + textwrap.dedent(body), encoding="utf-8")
    (target,) = targets_of(str(file))
    return examine(target, runs_tests=False)


def point(report: Report, name: str) -> Point:
    return next(each for each in report.points if each.name == name)


# --- a good one -------------------------------------------------------------------------------------------------------

GOOD = """
    class Settings(Config):
        limit: int = 3

    class Good(Plugin[Settings]):
        writes = frozenset({"station"})
        hosts = ("example.org",)
        after = ("crew",)

        @hookimpl
        async def startup(self):
            self.going = asyncio.create_task(asyncio.sleep(3600))
            await self.store.set("started", b"yes")

        @hookimpl
        async def annotate(self, document):
            await asyncio.sleep(0.01)
            at = document.text.find("Zhezkazgan")
            return [CraftMention(start=at, end=at + 10, name="Zhezkazgan", what="site")] if at >= 0 else []

        @hookimpl
        def repair(self, document):
            for found in re.finditer("device", document.text):
                made = {"start": found.start(), "end": found.end(), "original": "device", "replacement": "capsule"}
                yield Correction(**made, reason="known", confidence=0.9)

        @hookimpl
        def enrich_batch(self, events):
            return [Patch(fields={"station": "ISS"}) if event.data.text else None for event in events]

        @hookimpl
        async def enrich(self, event):
            await self.http.get("https://example.org/of-no-use")

        @hookimpl
        async def classify(self, event):
            assert await self.store.get("started") == b"yes"
            return Patch(ext={"words": sorted({*(event.data.text or "").split()[:9]})})

        @hookimpl
        def keep(self, event):
            return Drop("empty") if event.data.text == "" else None

        @hookimpl
        async def health(self):
            return Health(is_ok=True)

        @hookimpl
        async def shutdown(self):
            self.going.cancel()
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return examined(tmp_path_factory.mktemp("good"), "good", GOOD)


@pytest.mark.parametrize("name", [name for name in POINTS if name not in ("cases", "tests", "fast-import")])
def test_a_good_plugin_passes_each_point(good: Report, name: str) -> None:
    found = point(good, name)

    assert found.verdict == "pass", found
    assert not found.advice


def test_a_good_plugin_without_cases_is_warned_of_that_alone(good: Report) -> None:
    assert point(good, "cases").verdict == "warn"
    assert good.grade == "B"
    assert good.is_good


def test_what_needs_the_network_is_not_judged(good: Report) -> None:
    assert "enrich" in point(good, "answers").detail


# --- one that breaks every point that does not keep it from running ---------------------------------------------------

BAD = """
    print("loaded")
    open(os.path.join(os.path.dirname(__file__), "made-on-import"), "w").close()
    threading.Thread(target=time.sleep, args=(0.1,)).start()
    try:
        socket.create_connection(("127.0.0.1", 9), 0.1)
    except OSError:
        pass
    subprocess.run([sys.executable, "-c", ""])
    time.sleep(0.25)
    count = itertools.count()

    class Bad(Plugin[Config]):
        before = ("crew",)
        after = ("crew",)

        @hookimpl
        def startup(self):
            threading.Thread(target=time.sleep, args=(60,), daemon=True, name="for ever").start()

        @hookimpl
        def annotate(self, document):
            return [AgencyMention(start=0, end=10**9, name="x")]

        @hookimpl
        async def repair(self, document):
            at = document.text.find("the")
            made = {"start": at, "end": at + 3, "original": "the", "replacement": "the the"}
            return [Correction(**made, reason="x", confidence=1)] if at >= 0 else []

        @hookimpl
        async def enrich(self, event):
            print("at work")
            self.left = asyncio.create_task(asyncio.sleep(60))
            dict.update(event.data.extra, mine=1)  # behind the back of what keeps it from being changed
            try:
                await asyncio.sleep(0)
            except BaseException:
                pass
            try:
                await self.http.get("http://example.org/x")
            except Exception:
                pass
            return Patch(ext={"count": next(count)})

        @hookimpl
        async def classify(self, event):
            time.sleep(0.06)
            return Patch(fields={"station": "ISS"})

        @hookimpl
        def keep(self, event):
            if event.data.text and len(event.data.text) > 100_000:
                time.sleep(2.5)

        @hookimpl
        async def health(self):
            return "well"

        @hookimpl
        async def shutdown(self):
            assert not hasattr(self, "is_down")
            self.is_down = True
"""


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return examined(tmp_path_factory.mktemp("bad"), "bad", BAD)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("quiet-import", "made-on-import"),
        ("quiet-import", "started a thread"),
        ("quiet-import", "opened a connection to ('127.0.0.1', 9)"),
        ("quiet-import", "started a process"),
        ("quiet-import", "printed"),
        ("answers", "lies outside the text"),
        ("deadline", "keep with the event 'huge': no answer in 2 s"),
        ("writes", "wrote station without declaring it"),
        ("input", "it changed what it was given"),
        ("same-answer", "asked twice, it gave two answers"),
        ("settled", "it would then make 'the the' of 'the'"),
        ("cancel", "it kept the cancellation to itself"),
        ("loop", "classify with the event 'bare': held the event loop for"),
        ("tasks", "left running sleep"),
        ("stdout", "enrich with the event 'bare': printed"),
        ("hosts", "it asked for example.org"),
        ("order", "make a ring with crew"),
        ("asides", "health: it gave str"),
        ("shutdown", "the second time: AssertionError"),
    ],
)
def test_a_point_fails_for_a_plugin_that_breaks_it(bad: Report, name: str, told: str) -> None:
    found = point(bad, name)

    assert found.verdict == "fail", found
    assert told in found.detail
    assert found.advice, "each failed point says what to do"


@pytest.mark.parametrize("kind", ["async def", "def"])
def test_who_tries_to_change_the_input_is_told_so(tmp_path: Path, kind: str) -> None:
    body = f"""
    class Changes(Plugin[Config]):
        @hookimpl
        {kind} enrich(self, event):
            event.data.ext["mine"] = 1
    """

    found = point(examined(tmp_path, "changes", body), "input")

    assert found.verdict == "fail"
    assert "FrozenError: what a hook is given cannot be changed" in found.detail


@pytest.mark.slow
def test_a_slow_import_is_a_warning(bad: Report) -> None:
    assert point(bad, "fast-import").verdict == "warn"
    assert "over 200 ms" in point(bad, "fast-import").detail


@pytest.mark.slow
def test_a_plugin_that_breaks_something_gets_a_c(bad: Report) -> None:
    assert bad.grade == "C"
    assert not bad.is_good


# --- those that do not even run ---------------------------------------------------------------------------------------

HOOK = """
        @hookimpl
        async def enrich(self, event):
            return None
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("import", "import no_such_module_anywhere", "No module named 'no_such_module_anywhere'"),
        ("import", "sys.exit(3)", "SystemExit"),
        ("import", "os._exit(3)", "took the process down in import"),
        ("import", "x = 1", "must define one class derived from Plugin"),
        (
            "hooks",
            "class P(Plugin[Config]):\n    @hookimpl\n    async def enrch(self, event): ...",
            "did you mean enrich?",
        ),
        ("hooks", "class P(Plugin[Config]):\n    async def enrich(self, event): ...", "put @hookimpl above it"),
        ("config", f"class S(Config):\n    key: str\n\nclass P(Plugin[S]):{HOOK}", "missing required field `key`"),
        (
            "config",
            f"class S(Config):\n    n: int = 'x'\n\nclass P(Plugin[S]):{HOOK}",
            "a default does not fit its type",
        ),
        (
            "config",
            f"class S(Config, forbid_unknown_fields=False):\n    n: int = 1\n\nclass P(Plugin[S]):{HOOK}",
            "unknown keys are not refused",
        ),
        (
            "startup",
            f"class P(Plugin[Config]):{HOOK}\n        @hookimpl\n        def startup(self):\n            1 / 0",
            "ZeroDivisionError",
        ),
    ],
)
def test_a_plugin_that_cannot_run_is_told_why(name: str, body: str, told: str, tmp_path: Path) -> None:
    report = examined(tmp_path, "dud", body)

    assert point(report, name).verdict == "fail"
    assert told in point(report, name).detail.replace("Object ", "")
    assert point(report, name).advice
    assert report.grade == "D"
    assert point(report, "answers").verdict == "skip"


def test_another_api_level_is_told_before_anything_is_imported(tmp_path: Path) -> None:
    file = tmp_path / "future.py"
    file.write_text(HEAD.replace("api = 1", "api = 7") + "raise SystemExit", encoding="utf-8")
    (target,) = targets_of(str(file))

    report = examine(target, runs_tests=False)

    assert report.grade == "D"
    assert "API level 7" in point(report, "level").detail


@pytest.mark.slow
def test_an_answer_that_follows_the_order_of_a_set_is_not_the_same_everywhere(tmp_path: Path) -> None:
    body = """
        class P(Plugin[Config]):
            @hookimpl
            async def enrich(self, event):
                return Patch(ext={"words": list(set((event.data.text or "").split()))})
    """

    found = point(examined(tmp_path, "sets", body), "same-answer")

    assert found.verdict == "fail"
    assert "in another process" in found.detail


ENRICH = "class P(Plugin[Config]):\n        @hookimpl\n        async def enrich(self, event):\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "name", "told"),
    [
        ("time.sleep(3600)", "import", "never came back from import"),
        (
            ENRICH + "            while True: pass",
            "deadline",
            "never came back from enrich with the event 'bare'",
        ),
        (
            ENRICH + "            await asyncio.sleep(3600)",
            "deadline",
            "no answer in 2 s",
        ),
    ],
)
def test_a_plugin_that_hangs_is_named(body: str, name: str, told: str, tmp_path: Path) -> None:
    report = examined(tmp_path, "hangs", body)

    assert point(report, name).verdict == "fail"
    assert told in point(report, name).detail


# --- targets, tests and samples ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_distribution_need_not_be_installed(tmp_path: Path) -> None:
    make_distribution("not-installed", tmp_path)
    (target,) = targets_of(str(tmp_path / "missionwire-not-installed"))

    report = examine(target)

    assert report.plugin == "not-installed"
    assert report.grade == "A", report
    assert point(report, "tests").detail.startswith("1 passed")


@pytest.mark.slow
def test_its_own_failing_tests_are_shown(tmp_path: Path) -> None:
    make_distribution("failing", tmp_path)
    folder = tmp_path / "missionwire-failing"
    (folder / "tests" / "test_failing.py").write_text("def test_it() -> None:\n    assert 'this' == 'that'\n")
    (target,) = targets_of(str(folder))

    report = examine(target)

    assert point(report, "tests").verdict == "fail"
    assert "assert 'this' == 'that'" in report.tests_output
    assert report.grade == "C"


@pytest.mark.parametrize("given", ["no-such-plugin", "./no-such-folder", "/"])
def test_what_is_no_plugin_is_told(given: str) -> None:
    with pytest.raises(NoPluginError):
        targets_of(given)


def test_a_project_without_entry_points_is_told_what_to_add(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1"\n')

    with pytest.raises(NoPluginError, match="entry-points"):
        targets_of(str(tmp_path))


def test_the_samples_are_fresh_each_time_and_valid() -> None:
    assert [sample.name for sample in events()] == [sample.name for sample in events()]
    assert events()[2].event == events()[2].event
    assert events()[2].event.data.extra is not events()[2].event.data.extra
    for sample in documents():
        for mention in sample.document.mentions:
            assert 0 <= mention.start < mention.end <= len(sample.document.text)
