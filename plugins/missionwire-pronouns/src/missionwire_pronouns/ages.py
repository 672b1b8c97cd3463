"""Ages: how old a text says that somebody is, by which a `57-year-old` calls them again."""

from typing import Final

from msgspec import Struct

from missionwire_pronouns.tokens import Tokens

_OLD: Final = "-year-old"
_OLDEST: Final = 130
_BEING: Final = frozenset({"is", "was", "turns"})


class AgeReader(Struct, frozen=True):
    """Reads the ages that stand behind names and nouns, and those by which a noun calls somebody."""

    tokens: Tokens

    def told(self, last: int) -> int | None:
        """Give the age that is told behind a mention: `Lind, 57,`, `Lind (57)`, `Lind, aged 57`, `Lind, who is 57`."""
        mark = self.tokens.at(last + 1)
        if mark is None or mark.text not in {",", "("}:
            return None
        number, after = self.tokens.at(last + 2), self.tokens.at(last + 3)
        if number is not None and after is not None and number.lower == "aged":
            number, after = after, self.tokens.at(last + 4)
        elif number is not None and after is not None and number.lower == "who" and after.lower in _BEING:
            number, after = self.tokens.at(last + 4), self.tokens.at(last + 5)
        if number is None or after is None:
            return None
        is_closed = after.text in {",", ")", "."} or after.lower in {"years", "and"}
        return _age(number.text) if is_closed else None

    def called(self, first: int, last: int) -> int | None:
        """Give the age in a phrase: `the 57-year-old`, `the 57-year-old astronaut`."""
        for token in self.tokens.all[first : last + 1]:
            if token.lower.endswith(_OLD):
                return _age(token.lower.removesuffix(_OLD))
        return None


def _age(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 4 and int(text) < _OLDEST else None  # noqa: PLR2004  # nobody lives to be a thousand
