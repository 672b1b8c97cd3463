"""The process that reduces web pages to their articles: `python -m missionwire.web.reduction SECONDS`.

It says when it is ready. Then orders come in on standard input and answers go out on standard output, one for one,
each after its length in four bytes. It ends with its standard input, and by itself where a page takes it longer than
so many seconds: whoever asked is gone then, or ends it anyway.
"""

import contextlib
import logging
import os
import signal
import sys
from typing import Any, BinaryIO, Final, Literal, TypeAlias

import msgspec
from msgspec import Struct

from missionwire.domain.errors import said_by
from missionwire.domain.webpage import Reduced

READY: Final = b"ready"
LENGTH_BYTES: Final = 4
MAX_MEMORY_BYTES: Final = 2 << 30
"""A page of 5 MB takes about 200 MB; one that takes this much is given up."""

MIN_PROSE_CHARS: Final = 50
"""A page with fewer characters of prose, in lines that end as sentences do, has no article: a list of links, a form."""

_SENTENCE_ENDS: Final = (".", "!", "?", "…", "。", "！", "？", "．")
_CLOSERS: Final = "\"'”’»“)]」』 "

_NO_PROSE: Final = (
    *("ad", "ads", "ad-container", "ad-slot", "ad-unit", "ad-wrapper", "adsbygoogle", "advert", "advertisement"),
    *("advertising", "banner-ad", "sponsor", "sponsored", "promo", "newsletter", "newsletter-signup"),
    *("cookie-banner", "cookie-consent", "read-more", "related", "related-articles"),
)
"""Names of classes by which newsrooms mark what stands inside an article and is none of it."""

_PRUNED: Final = [
    *(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]" for name in _NO_PROSE),
    "//*[@role='complementary' or @role='dialog' or @aria-hidden='true']",
    "//article//aside",
    "//figcaption",
]

_LANGUAGE_CHARS: Final = (2, 3)


class Order(Struct, frozen=True, kw_only=True):
    """A page to reduce; its `url`, where known, may tell its date."""

    html: str
    url: str | None = None


class Failed(Struct, frozen=True, kw_only=True, tag=True):
    """Why there is no article: the packages are missing, the page has none, or it broke the reading of it."""

    reason: Literal["missing", "no-article", "fault"]
    told: str = ""


class Done(Struct, frozen=True, kw_only=True, tag=True):
    """What a page was reduced to."""

    reduced: Reduced


Answer: TypeAlias = Done | Failed


def main() -> None:
    """Answer orders until standard input ends."""
    limit_s = int(sys.argv[1])
    given, taken = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, whose end is the end of standard input
    logging.disable(logging.CRITICAL)  # what it complains of is in the answers
    _bound_memory()
    with contextlib.suppress(ModuleNotFoundError):  # told when a page comes; it may be installed by then
        import trafilatura  # noqa: F401, PLC0415  # takes longer than most pages do
    taken.write(READY)
    taken.flush()
    while order := _read(given):
        signal.alarm(limit_s)  # ends the process, wherever it is
        answer = _answer(order)
        signal.alarm(0)
        body = msgspec.msgpack.encode(answer)
        taken.write(len(body).to_bytes(LENGTH_BYTES) + body)
        taken.flush()


def _bound_memory() -> None:
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


def _read(given: BinaryIO) -> Order | None:
    length = given.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    return msgspec.msgpack.decode(given.read(int.from_bytes(length)), type=Order)


def _answer(order: Order) -> Answer:
    try:
        reduced = reduce(order.html, order.url)
    except ModuleNotFoundError as error:
        return Failed(reason="missing", told=said_by(error))
    except Exception as error:  # whatever a page makes the libraries do
        return Failed(reason="fault", told=said_by(error))
    return Failed(reason="no-article") if reduced is None else Done(reduced=reduced)


def reduce(html: str, url: str | None) -> Reduced | None:
    """Give the article of a page, None where there is none.

    A date is taken where the page marks it as one (meta, JSON-LD, `time`, its url), a language where all that the page
    says of it agrees; neither is guessed from the text.

    Raises:
        ModuleNotFoundError: the extra `html` is not installed.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415  # optional, and heavy
    from trafilatura.settings import Document  # noqa: PLC0415  # same
    from trafilatura.utils import load_html  # noqa: PLC0415  # same

    tree = load_html(html)
    if tree is None:
        return None
    language = _language(tree)  # before the extraction, which changes the tree
    found = bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        prune_xpath=_PRUNED,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(found, Document):
        return None
    paragraphs = _paragraphs(found.text or "", found.title or "")
    if sum(len(each) for each in paragraphs if _is_prose(each)) < MIN_PROSE_CHARS:
        return None
    return Reduced(text="\n\n".join(paragraphs), title=found.title, published=found.date, language=language)


def _paragraphs(text: str, title: str) -> list[str]:
    """Give the paragraphs of a text without the title at its head, which has a member of its own."""
    paragraphs = [line for each in text.splitlines() if (line := each.strip())]
    return paragraphs[1:] if paragraphs and paragraphs[0].casefold() == title.strip().casefold() else paragraphs


def _is_prose(line: str) -> bool:
    return line.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


def _language(tree: Any) -> str | None:  # noqa: ANN401  # an element of lxml, which has no types
    """Give the language that a page says it is in, None where it says nothing, or two things."""
    said = [
        *tree.xpath("/html/@lang | /html/@*[name()='xml:lang']"),
        *tree.xpath("//head/meta[@property='og:locale']/@content"),
    ]
    codes = {str(each).strip().replace("_", "-").partition("-")[0].lower() for each in said}
    codes = {code for code in codes if len(code) in _LANGUAGE_CHARS and code.isascii() and code.isalpha()}
    return codes.pop() if len(codes) == 1 else None


if __name__ == "__main__":
    main()
