"""Equal keys for the spellings of one name: case, accents, script and manner of transliteration are folded away."""

import re
from functools import lru_cache
from typing import Final

from missionwire.plugin import slug

_SOUNDS: Final = {
    # one sound, written by English, French, German, Polish and Czech eyes (VOCABULARY, section 4)
    **dict.fromkeys(("shch", "schtsch", "chtch", "tsch", "tch", "sch", "sh", "ch"), "s"),
    **dict.fromkeys(("dzh", "dsch", "dj"), "dz"),
    **dict.fromkeys(("kh", "ks", "x"), "h"),
    **dict.fromkeys(("ts", "tz"), "c"),
    "zh": "z",
    "gh": "g",
    "gue": "ge",
    "gui": "gi",
    "ou": "u",
    "ct": "kt",
    "w": "v",
    "y": "i",
}
_SOUND: Final = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))

_SOFT_J: Final = re.compile(r"(?<!d)j(?=[uae])|(?<=[bcfghklmnprstvwxz])j(?=o)|(?<=[aeiou])j|j$")
"""A j that is read as y (Julia, Pjotr, Dmitrij); any other stands for zh."""

_ENDING: Final = re.compile(r"(?<=[^aeiou])(?:er|re)$|(?<=[aeo])ff$|ine$")
_SHORTER: Final = {"er": "r", "re": "r", "ff": "v", "ine": "in"}
"""Alexander, Alexandre, Aleksandr; Romanoff; Gagarine."""

_ENDINGS: Final = tuple(_SHORTER)

_IOTA: Final = re.compile(r"i+([eo]?)")
"""Yelena, Pyotr, Krikalyov, Solovyev: with e or o after it, i says nothing."""

_UMLAUT: Final = re.compile(r"([aou])e")
"""Jaehn, Viehboeck, Mueller."""

_TWICE: Final = re.compile(r"(.)\1+")


class _Latin(dict[int, str]):
    """A memo of single characters in Latin letters, filled as characters are met; signs are none."""

    def __missing__(self, code: int) -> str:
        self[code] = letters = slug(chr(code)).replace("-", "")
        return letters


_LATIN: Final = _Latin()


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Give the key of one word of a name: `Novitski`, `Novitskiy`, `Nowitzkij` and `Новицкий` are `novicki`.

    Empty when nothing of the word is left. Equal keys suggest that two spellings are one name; they never prove it.
    """
    key = word.lower() if word.isascii() and word.isalpha() else word.translate(_LATIN)
    if "j" in key:
        key = _SOFT_J.sub("i", key)
    key = _SOUND.sub(lambda found: _SOUNDS[found[0]], key).replace("j", "z")
    if "i" in key:
        key = _IOTA.sub(lambda found: "e" if found[1] else "i", key)
    if "e" in key:
        key = _UMLAUT.sub(_first, key)
    if key.endswith(_ENDINGS):
        key = _ENDING.sub(lambda found: _SHORTER[found[0]], key)
    return _TWICE.sub(_first, key)


def _first(found: re.Match[str]) -> str:
    """Give the first group: as a template, Python would read it anew each time."""
    return found[1]
