"""`missionwire explain` as a user runs it, with the plugins that are installed, and with a running service."""

import json
import os
import pty
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import webpages
from tests.service import Service
from tests.unit.cli.commands import COMMAND, environment, run

pytestmark = pytest.mark.slow

TEXT = (
    "On Thursday the Soyuz TMA-15M capsule landed in Kazakhstan at 13:44 GMT. Samantha Cristoforetti left the device "
    "last, and smiled when he saw the steppe."
)


@pytest.fixture
def article(tmp_path: Path) -> str:
    file = tmp_path / "article.txt"
    file.write_text(TEXT)
    return str(file)


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings and plugins of whoever runs the tests out of it."""
    monkeypatch.setenv("MISSIONWIRE_DATA_DIR", str(tmp_path / "data"))


def test_a_text_is_shown_with_what_was_mended_and_why_without_a_service(article: str) -> None:
    ran = run("explain", article, "--published", "2015-06-12", "--title", "The last one out")

    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "The last one out"
    assert "left the [-device-]{+capsule+}¹ last, and smiled when [-he-]{+she+}² saw" in " ".join(ran.out.split())
    assert "●1 11 Jun 2015, 13:44 UTC  Landing  Soyuz TMA-15M" in ran.lines
    assert "People (1) found by crew" in ran.lines
    assert "Craft and sites (1) found by articles" in ran.lines
    assert not [line for line in ran.lines if line != line.rstrip()]


def test_json_is_the_article_document_and_nothing_else(article: str) -> None:
    ran = run("explain", article, "--json", "--language", "en", "--article-url", "https://a.example/1")

    document = json.loads(ran.out)
    assert (document["language"], document["url"]) == ("en", "https://a.example/1")
    assert document["original"]["text"] == TEXT
    assert {each["replacement"] for each in document["corrections"]} == {"capsule", "she"}
    assert len(ran.lines) == 1


def test_a_running_service_gives_the_same_document(service: Service, article: str) -> None:
    about = ("--json", "--published", "2015-06-12")

    here, there = run("explain", article, *about), run("explain", article, *about, "--url", service.url)

    assert (there.code, there.err) == (0, "")
    assert json.loads(there.out) == json.loads(here.out)
    id_ = json.loads(here.out)["id"]
    assert service.get(f"/v1/articles/{id_}").status_code == 404, "nothing is published"


@pytest.mark.parametrize("asked", ["here", "a service"])
def test_a_page_is_reduced_to_its_article(service: Service, tmp_path: Path, asked: str) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(webpages.newsroom(charset="windows-1251").encode("windows-1251"))
    where = () if asked == "here" else ("--url", service.url)

    ran = run("explain", str(page), *where)

    assert ran.code == 0, ran.err
    assert ran.lines[0] == webpages.TITLE
    assert ran.lines[1].startswith("published 2023-02-11 · language en · ")
    assert "Progress MS-22 docked with the International Space Station" in " ".join(ran.out.split())
    assert "toothbrush" not in ran.out


@pytest.mark.parametrize(
    "given",
    [
        TEXT.encode(),
        json.dumps({"text": TEXT, "published": "2015-06-12"}).encode(),
        f"<!DOCTYPE html><html><body><article><p>{TEXT}</p></article></body></html>".encode(),
    ],
    ids=["text", "JSON", "page"],
)
def test_stdin_may_be_a_text_json_or_a_page(given: bytes) -> None:
    ran = run("explain", "-", "--json", stdin=given)

    document = json.loads(ran.out)
    assert document["original"]["text"] == TEXT


def test_what_the_command_line_says_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "article.json"
    file.write_text(json.dumps({"text": TEXT, "published": "2014-01-01", "source": "urn:file"}))

    document = json.loads(run("explain", str(file), "--json", "--published", "2015-06-12").out)

    assert (document["published"], document["source"]) == ("2015-06-12", "urn:file")


def test_a_single_file_plugin_takes_part(tmp_path: Path, article: str) -> None:
    folder = tmp_path / "plugins"
    folder.mkdir()
    (folder / "steppes.py").write_text(
        "# /// script\n# dependencies = []\n# [tool.missionwire]\n# api = 1\n# ///\n"
        "from missionwire.plugin import CraftMention, Plugin, hookimpl\n\n\n"
        "class Steppes(Plugin):\n"
        '    """Knows the steppe."""\n\n'
        "    @hookimpl\n"
        "    def annotate(self, document):\n"
        '        start = document.text.index("steppe")\n'
        '        return [CraftMention(start=start, end=start + 6, name="The steppe", what="site", id="steppe")]\n'
    )
    (folder / "broken.py").write_text("# /// script\n# [tool.missionwire]\n# api = 1\n# ///\nraise ValueError('no')\n")

    ran = run("explain", article, "--plugins-dir", str(folder))

    assert ran.code == 0
    assert "Craft and sites (2) found by articles, steppes" in ran.lines
    assert ran.err.startswith("Note: broken is ")


@pytest.mark.parametrize(
    ("args", "stdin", "code", "message"),
    [
        (("nowhere.txt",), b"", 2, "nowhere.txt: No such file or directory"),
        (("-",), b"", 1, "stdin:1: is empty; an article needs a text"),
        (("-",), b"\xff", 1, "stdin:1: is not UTF-8"),
        (("-",), b'{"specversion": "1.0", "id": "1"}', 1, "stdin holds an event; `missionwire plugins trace`"),
        (("-",), b'{"title": 5}', 1, "stdin holds no article: one has a `text`, or a page as `html`"),
        (("-",), b'{"text": "x"}\n{"text": "y"}\n', 1, "stdin holds several articles; give one"),
        (("-",), b'{"text": "x", "titel": "y"}', 1, "stdin: Object contains unknown field `titel`"),
        (("-",), b'{"text": "x", "html": "y"}', 1, "stdin: needs the member `text`, or `html`"),
        (("-", "--published", "today"), b"x", 1, "stdin: published: 'today' is no RFC 3339 time"),
        (("-",), b"<!doctype html><title>x</title>", 1, "stdin: No article was found in that page."),
        (("-", "--url", "nowhere"), b"x", 2, "'nowhere' is no address of a service"),
        (("-", "--url", "http://127.0.0.1:1"), b"x", 3, "Cannot reach http://127.0.0.1:1"),
        (("-", "--url", "http://127.0.0.1:1", "--config", "x"), b"x", 2, "--url asks a service"),
        (("-", "--config", "nowhere.toml"), b"x", 2, "nowhere.toml: there is no such file"),
    ],
)
def test_what_cannot_be_explained_is_told_in_a_sentence(
    args: tuple[str, ...], stdin: bytes, code: int, message: str
) -> None:
    ran = run("explain", *args, stdin=stdin)

    assert (ran.code, ran.out) == (code, "")
    assert message in " ".join(ran.err.replace("│", " ").split())


def test_what_a_service_refuses_is_told_in_its_words(service: Service) -> None:
    ran = run("explain", "-", "--published", "today", "--url", service.url, stdin=b"x")

    assert (ran.code, ran.out) == (1, "")
    assert "'today' is no RFC 3339 time" in ran.err


def test_without_the_packages_for_pages_it_says_what_to_run(tmp_path: Path) -> None:
    package = tmp_path / "missing" / "trafilatura"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ModuleNotFoundError(name='trafilatura')")

    ran = run("explain", "-", stdin=webpages.newsroom().encode(), PYTHONPATH=str(package.parent))

    assert (ran.code, ran.out) == (1, "")
    assert "pip install 'missionwire[html]'" in ran.err


def in_a_terminal(*args: str, **more: str) -> str:
    """Run a command in a terminal of 100 columns; give what it writes there."""
    main, other = pty.openpty()
    around = environment(**{"TERM": "xterm-256color", **more})
    with subprocess.Popen([*COMMAND, *args], stdin=other, stdout=other, stderr=other, env=around) as process:
        os.close(other)
        out = b""
        while True:
            try:
                chunk = os.read(main, 65536)
            except OSError:  # so a terminal says on Linux that nobody writes to it any more
                break
            if not chunk:
                break
            out += chunk
        assert process.wait(30) == 0, out.decode()
    os.close(main)
    return out.decode()


def test_in_a_terminal_colours_say_what_signs_say_elsewhere(article: str) -> None:
    shown = in_a_terminal("explain", article, "--published", "2015-06-12")

    assert "\x1b[9;31mdevice\x1b[0m \x1b[1;32mcapsule\x1b[0m" in shown
    assert "\x1b[36mSamantha Cristoforetti\x1b[0m" in shown
    assert "[-device-]" not in shown


@pytest.mark.parametrize("more", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_shall_have_no_colour_gets_signs(article: str, more: dict[str, Any]) -> None:
    shown = in_a_terminal("explain", article, **more)

    assert "[-device-]{+capsule+}" in shown
    assert "\x1b[31m" not in shown
    assert "\x1b[9;31m" not in shown


def test_in_a_terminal_what_takes_long_says_so(tmp_path: Path, article: str) -> None:
    folder = tmp_path / "plugins"
    folder.mkdir()
    (folder / "sleepy.py").write_text(
        "# /// script\n# dependencies = []\n# [tool.missionwire]\n# api = 1\n# ///\nimport time\n"
        "from missionwire.plugin import Plugin, hookimpl\n\n\n"
        "class Sleepy(Plugin):\n"
        '    """Takes its time."""\n\n'
        "    @hookimpl\n"
        "    def annotate(self, document):\n"
        "        time.sleep(3)\n"
        "        return []\n"
    )

    shown = in_a_terminal("explain", article, "--plugins-dir", str(folder))

    assert "reading the article" in shown
    assert "capsule" in shown.rpartition("reading the article")[2]
