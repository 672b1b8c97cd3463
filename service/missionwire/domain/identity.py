"""What makes two sendings the same event: hashes of who sent it, and of what it says."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final, Literal

import msgspec

_CANONICAL: Final = msgspec.json.Encoder(order="deterministic")


def ident(kind: Literal["event", "article"], source: str, id_: str) -> bytes:
    """Give the 16 bytes that stand for (`source`, `id`)."""
    return blake2b(f"{kind}\0{source}\0{id_}".encode(), digest_size=16).digest()


def digest(item: Mapping[str, Any]) -> bytes:
    """Give the 8 bytes that stand for the content: decoded, keys sorted, before any default, of any media type."""
    return blake2b(_CANONICAL.encode(item), digest_size=8).digest()


def article_id(source: str, url: str | None, text: str) -> str:
    """Give the id of an article: it hangs on `source` and `url`, without a url on the text."""
    key = f"url\0{url}" if url else f"text\0{text}"
    return "a-" + blake2b(f"{source}\0{key}".encode(), digest_size=10).hexdigest()


@lru_cache(maxsize=4096)
def partition(lane: str, partitions: int) -> int:
    """Give the inbox stream of a lane, the same in every process."""
    return int.from_bytes(blake2b(lane.encode(), digest_size=4).digest()) % partitions
