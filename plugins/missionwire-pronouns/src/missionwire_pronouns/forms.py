"""The forms of the pronouns: which gender and case each has, and what the same case is in another gender."""

import re
from typing import Final, Literal, NamedTuple, TypeAlias

Sex: TypeAlias = Literal["f", "m"]
Case: TypeAlias = Literal["subject", "object", "possessive", "absolute", "reflexive", "unclear"]
"""`absolute` stands alone (`hers`); `unclear` is a `her` that may be `him` or `his`."""


class Form(NamedTuple):
    """What a written pronoun may be."""

    gender: Sex
    cases: tuple[Case, ...]


FORMS: Final = {
    "he": Form("m", ("subject",)),
    "she": Form("f", ("subject",)),
    "him": Form("m", ("object",)),
    "her": Form("f", ("object", "possessive")),
    "his": Form("m", ("possessive", "absolute")),
    "hers": Form("f", ("absolute",)),
    "himself": Form("m", ("reflexive",)),
    "herself": Form("f", ("reflexive",)),
}

_LETTER: Final = r"[^\W\d_]"
_BEHIND_H: Final = "|".join(form[1:] for form in FORMS if form[0] == "h")
_ANY: Final = re.compile(rf"[HhSs](?<!{_LETTER}.)(?i:(?<=h)(?:{_BEHIND_H})|(?<=s)he)(?!{_LETTER})")
"""Any form. What must not stand before comes second, so that the search leaps from one first letter to the next."""

_WORDS: Final[dict[tuple[str, str], str]] = {
    ("f", "subject"): "she",
    ("f", "object"): "her",
    ("f", "possessive"): "her",
    ("f", "absolute"): "hers",
    ("f", "reflexive"): "herself",
    ("m", "subject"): "he",
    ("m", "object"): "him",
    ("m", "possessive"): "his",
    ("m", "absolute"): "his",
    ("m", "reflexive"): "himself",
    ("n", "subject"): "it",
    ("n", "possessive"): "its",
    ("x", "possessive"): "their",
    ("x", "reflexive"): "themselves",
}


def may_hold_pronouns(text: str) -> bool:
    """Tell whether one of the forms stands anywhere in a text, be it in a name or a word with a hyphen."""
    return _ANY.search(text) is not None


def other(gender: Sex) -> Sex:
    """Give the other of the two genders."""
    return "m" if gender == "f" else "f"


def word(gender: str, case: Case, like: str) -> str | None:
    """Give the pronoun of a gender and case, with the capitals of `like`; None where the case is unclear."""
    found = _WORDS.get((gender, case))
    if found is None:
        return None
    if len(like) > 1 and like.isupper():
        return found.upper()
    return found.capitalize() if like[0].isupper() else found
