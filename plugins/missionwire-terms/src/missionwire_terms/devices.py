"""Devices that a text introduces as such, after which "the device" may be one of them."""

import re
from collections.abc import Iterator
from typing import Final

_DEVICE: Final = re.compile(
    r"(?<!\w)(?:an?|another|one|two|three|each|every|some|these|this|that|[\w-]+(?:al|ic|ing|less|sound|pressure|X-ray))\s+"
    r"(?:(?!descent\b|landing\b|return)[\w’'-]+\s+){0,2}?(?:device|apparatus|appliance)s?\b|\b(?:device|apparatus|appliance)s?\s+(?:for|that\s+measures?)\b"
    r"|\b(?:devices|apparatuses|appliances)\b",
    re.IGNORECASE,
)
"""A device that a text introduces as one: "a medical device", not "the apparatus", nor "a space apparatus"."""

_BEGINNING: Final = re.compile(r"\b\w")
_NAMES: Final = ("device", "apparatus", "appliance")
_WORDS: Final = 3
"""So many words lead to a name at most."""
_LEAD: Final = 120
_BEHIND: Final = 40
"""So many characters those have, and so many behind a name are looked at."""


def first_device(text: str, small: str) -> int:
    """Give where the first device ends that a text, `small` in small letters, introduces; behind it if none is."""
    for place in sorted(place for name in _NAMES for place in _places(name, small)):
        head = text[max(0, place - _LEAD) : place]
        others = head.rsplit(maxsplit=_WORDS)
        first = place - len(head) + (len(others[0]) if len(others) > _WORDS else 0)
        for word in _BEGINNING.finditer(text, first, place + _BEHIND):  # quicker than to look at each letter
            if found := _DEVICE.match(text, word.start(), place + _BEHIND):
                return found.end()
    return len(text) + 1


def _places(name: str, small: str) -> Iterator[int]:
    place = small.find(name)
    while place >= 0:
        yield place
        place = small.find(name, place + len(name))
