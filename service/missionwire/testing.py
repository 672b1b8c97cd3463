"""All that a plugin's tests may import: make a plugin as the host does, and run texts and events through plugins."""

import inspect
import logging
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from missionwire.domain.article import DEFAULT_SOURCE, SentArticle
from missionwire.domain.cloudevents import STRUCTURED, read_body
from missionwire.domain.document import Document
from missionwire.pipeline.calls import Caller
from missionwire.pipeline.participant import Hook, Participant
from missionwire.pipeline.pipeline import Pipeline
from missionwire.pipeline.plan import make_plan
from missionwire.plugin import Context, Plugin
from missionwire.plugins.loading import make_config
from missionwire.plugins.registry import implementations

__all__ = ["ArticleResult", "Workbench", "make"]

P = TypeVar("P", bound=Plugin[Any])


def make(plugin: type[P], *, name: str | None = None, **settings: object) -> P:
    """Make a plugin as the host would, with the given settings checked against its `Config`. `startup` is not called.

    Raises:
        missionwire.plugins.loading.ConfigError: a setting is unknown or of the wrong type; the message names it.
    """
    name = name or plugin.__name__.lower()
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
    """

    def __init__(self, *plugins: type[Plugin[Any]] | Plugin[Any]) -> None:
        self._plugins = [plugin if isinstance(plugin, Plugin) else make(plugin) for plugin in plugins]
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
