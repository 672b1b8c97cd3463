"""Lives: sentences that tell somebody's origin, and those that go on with childhood, school and training."""

from collections.abc import Sequence
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import person_noun
from missionwire_pronouns.tokens import Token, Tokens

_REACH: Final = 3
_LONGEST: Final = 60
"""How many tokens of the sentence before are read."""


def goes_on(tokens: Tokens, lexicon: Lexicon, pronoun: Token) -> bool:
    """Tell whether a sentence tells a life that the one before began: `Lind, 41, is from Bari. As a child she …`."""
    before = [t for t in tokens.sentence(pronoun.sentence - 1)[-_LONGEST:] if not t.is_quoted]
    if not before or before[0].paragraph != pronoun.paragraph:
        return False
    opening = [t for t in tokens.all[tokens.sentences[pronoun.sentence] : pronoun.index] if not t.is_quoted]
    is_stage = bool(opening) and _is_stage(opening, lexicon)
    is_stage = is_stage or _was_something(tokens, lexicon, pronoun)
    after = tokens.after(pronoun, _REACH)
    if is_stage or any(t.lower in lexicon.upbringing or t.lower in lexicon.stages for t in after):
        return _is_origin(before, lexicon)
    return any(t.lower in lexicon.pursuits for t in after) and _has_age(before)


def _was_something(tokens: Tokens, lexicon: Lexicon, pronoun: Token) -> bool:
    """Tell whether it is said what somebody was: `Before that she was a researcher`."""
    words = tokens.after(pronoun, _REACH)
    if len(words) < _REACH or words[0].lower not in {"was", "is"} or words[1].lower not in {"a", "an"}:
        return False
    return any(person_noun(word.lower, lexicon) for word in tokens.after(words[1], _REACH))


def _is_stage(opening: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell whether the words before a pronoun say when in a life: `As a child`, `At nineteen`, `After school`."""
    words = [token.lower for token in opening]
    is_age = (
        words[0] == "at"
        and len(words) > 1
        and (words[1] in lexicon.numbers or words[1].isdigit() or words[1].endswith("teen"))
    )
    is_age = is_age or words[:3] == ["at", "the", "age"]
    return is_age or any(word in lexicon.stages for word in words)


def _is_origin(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell whether a sentence says where somebody is from or how old: `, 41,`, `a native of`, `was born`."""
    for token in words:
        if token.lower in lexicon.origins or token.lower.endswith("-year-old"):
            return True
    return _has_age(words)


def _has_age(words: Sequence[Token]) -> bool:
    """Tell whether a number between commas says how old somebody is: `Lind, 41, is a former pilot`."""
    for place, token in enumerate(words):
        is_age = token.text.isdigit() and len(token.text) == 2  # noqa: PLR2004  # nobody of the news is under ten
        if is_age and 0 < place < len(words) - 1 and words[place - 1].text == words[place + 1].text == ",":
            return True
    return False
