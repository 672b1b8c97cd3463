"""The handler: from one inbox entry, through the pipeline, to what is committed."""

import logging
from typing import Final

import msgspec

from missionwire.domain.article import SentArticle
from missionwire.domain.errors import said_by
from missionwire.pipeline import outcome
from missionwire.pipeline.pipeline import Pipeline
from missionwire.store.commit import Result
from missionwire.store.dead_letters import Failure
from missionwire.store.inbox import Entry

_LOG: Final = logging.getLogger("missionwire.worker")


class Handler:
    """Makes the result of an entry; there is always one, for what cannot be handled becomes a dead letter."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    async def result(self, entry: Entry) -> Result:
        """Give what has to be committed for an entry."""
        try:
            return await (self._of_article(entry) if entry.kind == "a" else self._of_event(entry))
        except Exception as error:  # a fault of our own: plugins' are contained where they are called
            _LOG.exception("could not handle the entry %s of the inbox stream %d", entry.id.decode(), entry.partition)
            return outcome.of_failure(entry, Failure(kind="internal", message=said_by(error)))

    async def _of_article(self, entry: Entry) -> Result:
        plan = self._pipeline.plan
        article = msgspec.json.decode(entry.payload, type=SentArticle)
        read = await self._pipeline.article(article)
        if read.dead is not None:
            return outcome.of_failure(entry, outcome.failure_of(read.dead, plan), read.document)
        return outcome.of_article(entry, article, read, plan)

    async def _of_event(self, entry: Entry) -> Result:
        plan = self._pipeline.plan
        sent = msgspec.json.decode(entry.payload)
        done = await (self._pipeline.event(sent) if entry.kind == "e" else self._pipeline.extracted(sent))
        return outcome.of_event(entry, sent, done, plan)
