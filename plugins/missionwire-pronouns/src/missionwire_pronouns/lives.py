"""Lives: sentences that tell somebody's origin, and those that go on with childhood, school and training."""

from collections.abc import Sequence
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.tokens import Token, Tokens

_REACH: Final = 3
_LONGEST: Final = 60
"""How many tokens of the sentence before are read."""


def goes_on(tokens: Tokens, lexicon: Lexicon, pronoun: Token) -> bool:
    """Tell whether a sentence tells a life that the one before began: `Lind, 41, is from Bari. As a child she …`."""
    opening = [t for t in tokens.all[tokens.sentences[pronoun.sentence] : pronoun.index] if not t.is_quoted]
    is_stage = bool(opening) and _is_stage(opening, lexicon)
    after = tokens.after(pronoun, _REACH)
    if not is_stage and not any(t.lower in lexicon.upbringing or t.lower in lexicon.stages for t in after):
        return False
    before = [t for t in tokens.sentence(pronoun.sentence - 1)[-_LONGEST:] if not t.is_quoted]
    return bool(before) and before[0].paragraph == pronoun.paragraph and _is_origin(before, lexicon)


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
    for place, token in enumerate(words):
        if token.lower in lexicon.origins or token.lower.endswith("-year-old"):
            return True
        is_age = token.text.isdigit() and len(token.text) == 2  # noqa: PLR2004  # nobody of the news is under ten
        if is_age and 0 < place < len(words) - 1 and words[place - 1].text == words[place + 1].text == ",":
            return True
    return False
