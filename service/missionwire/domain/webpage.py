"""Web pages that carry an article: their bytes as text, and what one is reduced to."""

import codecs
import re
from typing import Final

from msgspec import Struct

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT_BYTES: Final = 2048
"""A page that names its charset does so within its first 1,024 bytes (HTML standard); some are late."""
_NAMED: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)

_UNNAMED: Final = "windows-1252"
"""What the HTML standard takes where nothing is named, and for the names of its subset."""
_SUBSETS: Final = frozenset({"iso8859-1", "ascii"})
_ON_THE_WEB: Final = re.compile(
    r"utf-(8|16(-[bl]e)?)|iso8859-\d+|iso2022_jp|cp(125\d|866|874|932|949)|koi8-[ru]|mac-(roman|cyrillic)"
    r"|gb(2312|k|18030)|big5(hkscs)?|euc_(jp|kr)|shift_jis|tis-620"
)
"""The charsets of the Encoding Standard, as Python names them; its other codecs are for other things."""


_HEAD: Final = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<!--.{0,500}?-->\s*)?<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


class Reduced(Struct, frozen=True, kw_only=True):
    """The article of a page. Its `published` is a date, its `language` a code of two or three letters."""

    text: str
    title: str | None = None
    published: str | None = None
    language: str | None = None


def is_html(content: bytes) -> bool:
    """Whether something begins as a page does."""
    return _HEAD.match(content) is not None


def decode_html(page: bytes, charset: str | None = None) -> str:
    """Give a page as text, by the charset that it is in rather than by the one that it claims.

    A byte order mark decides; then UTF-8 where all bytes are, which no other charset is by chance; then `charset` (of
    the HTTP header), then the page's own `meta`. Bytes that are none of it become U+FFFD.
    """
    for mark, codec in _MARKS:
        if page.startswith(mark):
            return page.decode(codec, errors="replace")
    found = _NAMED.search(page, 0, _LOOKED_AT_BYTES)
    named = _codec_of(charset) or _codec_of(found[1].decode() if found else None)
    if named is None or not _looks_like_utf8(named):
        try:
            return page.decode()
        except UnicodeDecodeError:
            pass
    return page.decode(named or _UNNAMED, errors="replace")


def _codec_of(charset: str | None) -> str | None:
    """Give Python's name of a charset that pages are written in, None for any other."""
    try:
        name = codecs.lookup(charset or "").name
    except (LookupError, ValueError):
        return None
    if name in _SUBSETS:
        return _UNNAMED
    return name if _ON_THE_WEB.fullmatch(name) else None


def _looks_like_utf8(codec: str) -> bool:
    """Whether a charset writes other letters with the bytes of ASCII, so that its texts are UTF-8 by chance."""
    return codec.startswith(("iso2022", "utf-16"))
