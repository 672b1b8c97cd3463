"""All that a plugin's tests may import: make a plugin as the host does, and run texts and events through plugins.

With `pytest -p missionwire.testing` the fixtures `bench` and `a_wire` are there as well:

    def test_a_text_gets_its_minutes(bench: MakeBench) -> None:
        event = bench(Readtime).event(an_event(text="word " * 440))
        assert event["data"]["ext"]["readtime"] == {"minutes": 2.0}
"""

import asyncio
import inspect
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias, TypeVar

import msgspec

from missionwire.domain.article import DEFAULT_SOURCE, SentArticle
from missionwire.domain.cloudevents import STRUCTURED, check_event, normalised, read_body
from missionwire.domain.document import Document
from missionwire.domain.event import ATTRIBUTES, Event, view
from missionwire.domain.filter import mission_of
from missionwire.pipeline.calls import Caller
from missionwire.pipeline.participant import Hook, Participant
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.plan import make_plan
from missionwire.plugin import API_LEVEL, Context, Plugin
from missionwire.plugins.discovery import GROUP, discover
from missionwire.plugins.loading import make_config
from missionwire.plugins.registry import implementations
from missionwire.store.temporary import TemporaryKeys

__all__ = [
    "ArticleResult",
    "Bench",
    "MakeBench",
    "MakeWire",
    "Wire",
    "Workbench",
    "a_document",
    "an_event",
    "make",
    "name_of",
    "seen",
]

START_S: Final = 60.0
"""A wire may take so long until it answers."""

ARRIVAL_S: Final = 20.0
"""An event may take so long until it is on the wire."""

P = TypeVar("P", bound=Plugin[Any])

_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SERVES: Final = re.compile(r"missionwire serves (http://\S+) ")
_POLL_S: Final = 0.02


def name_of(plugin: type[Plugin[Any]]) -> str:
    """Give the name that a plugin has where none is given: `docking-delay` for the class `DockingDelay`."""
    return _WORD.sub("-", plugin.__name__).lower()


def an_event(**members: object) -> dict[str, Any]:
    """Make an event as it is sent; give what matters. Attributes of CloudEvents go to its top, all else into `data`."""
    sent: dict[str, Any] = {"specversion": "1.0", "id": "1", "source": "urn:test", "type": "missionwire.test.sent"}
    given = members.pop("data", None)
    data = dict(given) if isinstance(given, Mapping) else {}
    for name, value in members.items():
        (sent if name in ATTRIBUTES else data)[name] = value
    return {**sent, "data": data} if data else sent


def seen(sent: Mapping[str, Any]) -> Event:
    """Give an event, as it is sent, in the frozen form in which a hook gets it.

    Raises:
        ValueError: it is no valid event.
    """
    check_event(sent)
    event = normalised(sent)
    return view(event, mission_of(event))


def a_document(text: str = "", **members: Any) -> Document:  # noqa: ANN401  # those of Document
    """Make a document as a document hook gets it; give what matters beside the text, such as `title` or `mentions`."""
    return Document(**{"id": "a", "text": text, **members})


def make(plugin: type[P], *, name: str | None = None, **settings: object) -> P:
    """Make a plugin as the host would, with the given settings checked against its `Config`. `startup` is not called.

    Raises:
        missionwire.plugins.loading.ConfigError: a setting is unknown or of the wrong type; the message names it.
    """
    name = name or name_of(plugin)
    config = make_config(name, plugin, settings)
    return plugin(Context(name=name, config=config, log=logging.getLogger(f"missionwire.plugins.{name}")))


class ArticleResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an article: `text` as repaired, the document with mentions and corrections, its CloudEvents."""

    text: str
    document: Document
    events: tuple[dict[str, Any], ...]
    errors: tuple[dict[str, Any], ...]


class Workbench:
    """Runs articles and events through the real pipeline with just the given plugins, without a server.

        async with Workbench(Readtime) as bench:
            event = await bench.event({"specversion": "1.0", "id": "1", "source": "urn:t", "type": "missionwire.x.y"})

    Takes classes (made with default settings) or instances from `make`. Faults of plugins are in `errors`, as in life.
    `self.store` is there for them: keys on a real server of the bench's own, started only if one of them asks for it.
    """

    def __init__(self, *plugins: type[Plugin[Any]] | Plugin[Any]) -> None:
        self._plugins = [plugin if isinstance(plugin, Plugin) else make(plugin) for plugin in plugins]
        self._keys = TemporaryKeys()
        for plugin in self._plugins:
            if plugin._store is None:  # noqa: SLF001  # the host gives it when it makes a plugin; the bench is later
                plugin._store = self._keys.of(plugin.name)  # noqa: SLF001  # same
        self._caller = Caller()
        self._hooks = {plugin.name: implementations(plugin.name, plugin) for plugin in self._plugins}
        participants = [
            Participant(
                plugin.name,
                "0",
                {hook: Hook(*found) for hook, found in self._hooks[plugin.name].items()},
                writes=plugin.writes,
                before=plugin.before,
                after=plugin.after,
            )
            for plugin in self._plugins
        ]
        self._pipeline = Pipeline(make_plan(participants), self._caller)
        self._is_started = False

    async def _run_all(self, hook: str) -> None:
        for hooks in self._hooks.values():
            if hook in hooks:
                answer = hooks[hook].function()
                if inspect.isawaitable(answer):
                    await answer

    async def __aenter__(self) -> Self:
        await self._run_all("startup")
        self._is_started = True
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._run_all("shutdown")
        self._caller.close()
        await self._keys.aclose()

    async def _started(self) -> None:
        if not self._is_started:
            await self.__aenter__()

    async def article(
        self,
        text: str,
        *,
        title: str | None = None,
        url: str | None = None,
        source: str = DEFAULT_SOURCE,
        published: str | None = None,
        language: str | None = None,
    ) -> ArticleResult:
        """Run an article through all stages."""
        await self._started()
        article = SentArticle(text=text, title=title, url=url, source=source, published=published, language=language)
        done = await self._pipeline.article(article)
        return ArticleResult(
            text=done.document.text,
            document=done.reading,
            events=done.document.events,
            errors=done.document.errors,
        )

    async def event(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Run one CloudEvent through all stages; gives it as it would be published.

        Raises:
            missionwire.domain.errors.FaultyItems: it is no valid event.
            AssertionError: a plugin dropped it.
        """
        await self._started()
        (accepted,) = read_body(STRUCTURED[0], {}, msgspec.json.encode(event))
        done = await self._pipeline.event(msgspec.json.decode(accepted.payload))
        if done.dropped is not None:
            message = f"the event was dropped: {done.dropped}"
            raise AssertionError(message)
        return done.event


class Bench:
    """A `Workbench` for tests that are no coroutines: it has an event loop of its own, ended by `close`."""

    def __init__(self, *plugins: type[Plugin[Any]] | Plugin[Any]) -> None:
        self._runner = asyncio.Runner()
        self._workbench = Workbench(*plugins)

    def event(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Run one CloudEvent through all stages; gives it as it would be published. See `Workbench.event`."""
        return self._runner.run(self._workbench.event(event))

    def article(self, text: str, **members: str) -> ArticleResult:
        """Run an article through all stages; `title`, `published` and others as in `Workbench.article`."""
        return self._runner.run(self._workbench.article(text, **members))

    def close(self) -> None:
        """Stop the plugins."""
        self._runner.run(self._workbench.__aexit__(None, None, None))
        self._runner.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Wire:
    """The real service in a folder of its own, on a free port, with just the given plugins. A context manager.

    A plugin need not be installed: its class is enough. `settings` are the lines of a settings file (TOML), such as
    `[plugins.readtime.config]`.
    """

    def __init__(self, *plugins: type[Plugin[Any]], settings: str = "") -> None:
        self.url = ""
        self._plugins = plugins
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._cleanup = ExitStack()

    def __enter__(self) -> Self:
        folder = Path(self._cleanup.enter_context(tempfile.TemporaryDirectory(prefix="missionwire-")))
        names = {_installed_as(plugin) or self._announce(plugin, folder / "plugins") for plugin in self._plugins}
        others = [found.name for found in discover() if found.name not in names]
        (folder / "settings.toml").write_text(
            "\n".join([self._settings, *(f"[plugins.{name}]\nenabled = false" for name in others)]), encoding="utf-8"
        )
        words = ["serve", "--port", "0", "--data-dir", str(folder / "data"), "--config", str(folder / "settings.toml")]
        own = {name: value for name, value in os.environ.items() if not name.startswith("MISSIONWIRE_")}
        told = self._cleanup.enter_context((folder / "told").open("wb"))
        self._process = subprocess.Popen(  # noqa: S603  # our own module, in our own Python
            [sys.executable, "-m", "missionwire", *words],
            env={**own, "PYTHONPATH": os.pathsep.join([str(folder / "plugins"), *filter(None, sys.path)])},
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
        )
        self._cleanup.callback(self._end)
        try:
            self._wait_until_it_answers(folder / "told")
        except BaseException:
            self._cleanup.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._cleanup.close()

    @staticmethod
    def _announce(plugin: type[Plugin[Any]], folder: Path) -> str:
        """Write the metadata by which the service finds a plugin that is not installed."""
        name = name_of(plugin)
        info = folder / f"missionwire_{name.replace('-', '_')}-0.dist-info"
        info.mkdir(parents=True)
        written = {
            "METADATA": f"Metadata-Version: 2.1\nName: missionwire-{name}\nVersion: 0\n",
            "entry_points.txt": f"[{GROUP}{API_LEVEL}]\n{name} = {_target_of(plugin)}\n",
        }
        for file, text in written.items():
            (info / file).write_text(text, encoding="utf-8")
        return name

    def _wait_until_it_answers(self, told: Path) -> None:
        import httpx  # noqa: PLC0415  # heavy, and only for a wire

        give_up_s = time.monotonic() + START_S
        while True:
            said = told.read_text(encoding="utf-8", errors="replace")
            if found := _SERVES.search(said):
                self.url = found[1]
                try:
                    answer = httpx.get(f"{self.url}/health/ready", timeout=2, trust_env=False)
                    if answer.is_success and answer.json()["workers"] > 0:
                        return
                except httpx.HTTPError:
                    pass
            if time.monotonic() > give_up_s or (self._process is not None and self._process.poll() is not None):
                message = f"the wire did not start:\n{said}"
                raise AssertionError(message)
            time.sleep(_POLL_S)

    def _end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(START_S)
            finally:
                self._process.kill()
                self._process.wait()

    def publish(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Send an event, and wait until it is on the wire; gives it as it was published.

        Raises:
            AssertionError: it was refused, or did not come onto the wire; the message has the service's own words.
        """
        import httpx  # noqa: PLC0415  # heavy, and only for a wire

        with httpx.Client(base_url=self.url, timeout=START_S, trust_env=False) as client:
            answer = client.post("/v1/events", json=dict(event))
            if not answer.is_success:
                raise AssertionError(answer.text)
            give_up_s = time.monotonic() + ARRIVAL_S
            while True:
                answer = client.get("/v1/events", params={"source": event["source"], "id": event["id"]})
                if answer.is_success:
                    published: dict[str, Any] = answer.json()
                    return published
                if time.monotonic() > give_up_s:
                    raise AssertionError(answer.text)
                time.sleep(_POLL_S)


def _target_of(plugin: type[Plugin[Any]]) -> str:
    return f"{plugin.__module__}:{plugin.__qualname__}"


def _installed_as(plugin: type[Plugin[Any]]) -> str | None:
    """Give the name of the entry point that leads to this very class, None where there is none."""
    for point in metadata.entry_points(group=f"{GROUP}{API_LEVEL}"):
        if point.module.split(".")[0] == plugin.__module__.split(".")[0] and point.load() is plugin:
            return point.name
    return None


MakeBench: TypeAlias = Callable[..., Bench]
"""The fixture `bench`: takes plugin classes, or instances from `make`, and gives a `Bench` with them."""

MakeWire: TypeAlias = Callable[..., Wire]
"""The fixture `a_wire`: takes plugin classes, and `settings=`, and gives a running `Wire`; it takes a second or two."""

try:
    import pytest
except ImportError:  # without pytest there are no fixtures, and all else is there
    pass
else:

    @pytest.fixture
    def bench() -> Iterator[MakeBench]:
        """Make benches, and end them with the test."""
        with ExitStack() as stack:
            yield lambda *plugins: stack.enter_context(Bench(*plugins))

    @pytest.fixture
    def a_wire() -> Iterator[MakeWire]:
        """Make wires, and end them with the test."""
        with ExitStack() as stack:
            yield lambda *plugins, settings="": stack.enter_context(Wire(*plugins, settings=settings))
