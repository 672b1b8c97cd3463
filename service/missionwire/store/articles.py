"""Articles as they are kept: as sent, and the document that tells what became of each."""

from typing import Final, NamedTuple

from missionwire.store.log import Log
from missionwire.store.server import named_errors

_MEMBERS: Final = ("sent", "document", "state")


class KeptArticle(NamedTuple):
    """One article: JSON as sent, JSON of its document (None while it was never read), and its state."""

    sent: bytes
    document: bytes | None
    state: str


async def find_article(log: Log, article: str) -> KeptArticle | None:
    """Give an article, None where there is none by that id."""
    with named_errors():
        sent, document, state = await log.server.pool.hmget(log.keys.article(article), list(_MEMBERS))
    return KeptArticle(sent, document, state.decode()) if sent is not None else None
