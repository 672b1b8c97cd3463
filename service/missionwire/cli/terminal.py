"""What may reach a terminal: texts of events without the characters that drive it."""

from typing import Final

_PICTURES: Final = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
"""C0 controls and DEL as their pictures: an escape becomes ␛, and can start nothing."""

_UNSEEN: Final = dict.fromkeys(
    [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029], 0xFFFD
)
"""C1 controls drive a terminal as an escape does; those that turn the writing direction make a text read as another."""

_SPACES: Final = dict.fromkeys([0x09, 0x0A, 0x0D], 0x20)

_LINE: Final = _PICTURES | _UNSEEN | _SPACES
_TEXT: Final = _LINE | {0x0A: 0x0A}

_ESCAPES: Final = {code: f"\\u{code:04x}" for code in (0x7F, *_UNSEEN)}


def line(words: str) -> str:
    """Make a text safe to print within one line. As many code points come out as went in."""
    return words.translate(_LINE)


def text(words: str) -> str:
    """Make a text safe to print, with its line breaks. As many code points come out as went in."""
    return words.translate(_TEXT)


def json_line(json: str) -> str:
    """Escape what a terminal would obey in a JSON text that is one line.

    It stays the same JSON: such characters stand only inside strings, where JSON allows them raw from DEL on.
    """
    return json.translate(_ESCAPES)
