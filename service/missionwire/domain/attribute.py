"""Attributes: the short texts that name and describe an event or an article. One rule for all of them."""

import re
from typing import Final

MAX_ATTRIBUTE_CHARS: Final = 2048
"""At most so many characters in one attribute."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def fault_of(value: str) -> str | None:
    """Say what is wrong with a text as an attribute, None where nothing is.

    Attributes go into log lines, header lines and keys, so they hold no control character.
    """
    if len(value) > MAX_ATTRIBUTE_CHARS:
        return f"is longer than {MAX_ATTRIBUTE_CHARS} characters"
    if value.isprintable():  # most are
        return None
    if found := _CONTROL.search(value):
        return f"holds the control character U+{ord(found[0]):04X} at offset {found.start()}"
    return None
