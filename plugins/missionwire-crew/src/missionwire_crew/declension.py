"""The cases of Russian names: a text says `Олега Новицкого`, the roster `Олег Новицкий`."""

from typing import Final

_Cases = tuple[str, str, str, str, str]
"""Genitive, dative, accusative, instrumental, prepositional."""

# Endings that are replaced, and by what; the first that fits holds. A name that fits none is not declined.
_MALE_GIVEN: Final[tuple[tuple[str, str, _Cases], ...]] = (
    ("Павел", "Павл", ("а", "у", "а", "ом", "е")),
    ("Лев", "Льв", ("а", "у", "а", "ом", "е")),
    ("ий", "и", ("я", "ю", "я", "ем", "и")),
    ("ей", "е", ("я", "ю", "я", "ем", "е")),
    ("ай", "а", ("я", "ю", "я", "ем", "е")),
    ("ь", "", ("я", "ю", "я", "ем", "е")),
    ("", "", ("а", "у", "а", "ом", "е")),
)
_FEMALE_GIVEN: Final[tuple[tuple[str, str, _Cases], ...]] = (
    ("ия", "и", ("и", "и", "ю", "ей", "и")),
    ("я", "", ("и", "е", "ю", "ей", "е")),
    ("а", "", ("ы", "е", "у", "ой", "е")),
)
_MALE_FAMILY: Final[tuple[tuple[str, str, _Cases], ...]] = (
    *((ending, ending, ("а", "у", "а", "ым", "е")) for ending in ("ов", "ев", "ёв", "ин", "ын")),
    ("ский", "ск", ("ого", "ому", "ого", "им", "ом")),
    ("цкий", "цк", ("ого", "ому", "ого", "им", "ом")),
    ("", "", ("а", "у", "а", "ом", "е")),
)
_FEMALE_FAMILY: Final[tuple[tuple[str, str, _Cases], ...]] = (
    *((ending, ending[:-1], ("ой", "ой", "у", "ой", "ой")) for ending in ("ова", "ева", "ёва", "ина", "ына")),
    ("ская", "ск", ("ой", "ой", "ую", "ой", "ой")),
    ("цкая", "цк", ("ой", "ой", "ую", "ой", "ой")),
)
_VOWELS: Final = "аеёиоуыэюяй"


def decline(name: str, *, is_female: bool) -> list[str]:
    """Give the five oblique cases of a name of two words in Cyrillic; empty where it has no such cases to give."""
    words = name.split()
    if len(words) != 2 or "-" in name:  # noqa: PLR2004  # a given and a family name
        return []
    given = _cases(words[0], _FEMALE_GIVEN if is_female else _MALE_GIVEN)
    family = _cases(words[1], _FEMALE_FAMILY if is_female else _MALE_FAMILY)
    if given is None:
        return []
    return [f"{first} {last}" for first, last in zip(given, family or [words[1]] * 5, strict=True)]


def _cases(word: str, table: tuple[tuple[str, str, _Cases], ...]) -> list[str] | None:
    for ending, stem, cases in table:
        if word.endswith(ending) and (ending or word[-1] not in _VOWELS):
            return [word[: len(word) - len(ending)] + stem + case for case in cases]
    return None
