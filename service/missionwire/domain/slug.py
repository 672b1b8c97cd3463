"""Slugs: the lower-case ASCII ids of missions, people and agencies, `[a-z0-9]+(-[a-z0-9]+)*`."""

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii

_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
_ROMAN: Final = re.compile(r"^(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})$")

_REMEMBERED_CHARS: Final = 100
"""Names come again and again, and are remembered; longer texts are none, and would take too much room."""

_PROGRAMMES: Final = frozenset(
    {
        "apollo",
        "artemis",
        "axiom",
        "chandrayaan",
        "crew",
        "expedition",
        "gaganyaan",
        "gemini",
        "polaris",
        "salyut",
        "shenzhou",
        "skylab",
        "soyuz",
        "tiangong",
        "voskhod",
        "vostok",
    }
)
"""First words of designations after which a Roman number is a number (VOCABULARY, section 3)."""

_COMPANIES: Final = ("spacex-", "nasa-spacex-", "nasas-spacex-", "boeing-", "northrop-grumman-", "roscosmos-")
_KNOWN_AFTER_COMPANY: Final = re.compile(r"^(crew|cargo|crs|ng|axiom|ax|soyuz|progress|cygnus)-")

_RENAMED: Final = (
    (re.compile(r"^(?:soiuz|sojus|soyouz|sojuz|soyus)(?=-|$)"), "soyuz"),
    (re.compile(r"^(?:shen-zhou|shenzhu|shenchzhou|shenchou)(?=-|$)"), "shenzhou"),
    (re.compile(r"^(?:axiom-mission|ax|axiom-space-mission|axiom-space-ax)-(?=\d|[xvi]+(?:-|$))"), "axiom-"),
    (re.compile(r"^sts(?=\d)"), "sts-"),
    (re.compile(r"^(soyuz)-(ms|tma|tm|t)(?=\d)"), r"\1-\2-"),
    (re.compile(r"^(apollo|gemini|shenzhou|expedition|vostok|voskhod|crew|artemis)(?=\d)"), r"\1-"),
)
"""Spellings of one designation, mended after transliteration. Aliases only grow."""


def slug(text: str) -> str:
    """Fold any script to a slug: `'Юлия Пересильд'` is `'yuliya-peresild'`. Empty when nothing of the text is left."""
    return _remembered_slug(text) if len(text) <= _REMEMBERED_CHARS else _slug(text)


def _slug(text: str) -> str:
    folded = anyascii(text).lower().replace("'", "").replace("`", "").replace('"', "")
    return _NOT_SLUG.sub("-", folded).strip("-")


_remembered_slug = lru_cache(maxsize=16_384)(_slug)


def mission_slug(designation: str) -> str:
    """Give the slug of a mission's designation, by the rules of VOCABULARY, section 3.

    `'Soyuz MS-18'` and `'Союз МС-18'` are `soyuz-ms-18`, `'Artemis I'` is `artemis-1`, `'SpaceX Crew-1'` is `crew-1`,
    `'Axiom Mission 1'` and `'Ax-1'` are `axiom-1`. A slug is its own slug. Empty when nothing of the text is left.
    """
    short = len(designation) <= _REMEMBERED_CHARS
    return _remembered_mission(designation) if short else _mission_slug(designation)


def _mission_slug(designation: str) -> str:
    name = _slug(designation)
    for company in _COMPANIES:
        if name.startswith(company) and _KNOWN_AFTER_COMPANY.match(rest := name.removeprefix(company)):
            name = rest
            break
    for pattern, replacement in _RENAMED:
        name = pattern.sub(replacement, name)
    words = name.split("-")
    if words[0] in _PROGRAMMES and len(words) > 1:
        words[1:] = [_arabic(word) for word in words[1:]]
    return "-".join(words)


_remembered_mission = lru_cache(maxsize=4096)(_mission_slug)


def _arabic(word: str) -> str:
    """Give the digits of a Roman number up to 39, or the word as it is."""
    found = _ROMAN.match(word)
    if not found:
        return word
    ones = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
    return str(len(found[1]) * 10 + ones[found[2]])
