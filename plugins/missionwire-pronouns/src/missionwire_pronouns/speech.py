"""Speech: what is told right before a quotation, which tells whose it is."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from missionwire_pronouns.forms import FORMS, Sex
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Introduction
from missionwire_pronouns.tokens import Quotation, Token, Tokens

_FIRST: Final = frozenset({"i", "me", "my", "we", "us", "our"})
_YOU: Final = frozenset({"you", "your", "yours", "yourself", "yourselves"})
_SELF: Final = frozenset({"i", "me", "my", "myself"})
_THIRD: Final = frozenset({"he", "she"})
_SPEECH_ENDS: Final = frozenset(",.!?…")


def is_speaker(tokens: Tokens, lexicon: Lexicon, pronoun: Token) -> bool:
    """Tell whether quoted words go on with a pronoun (`“…,” he began`), small as in the middle of a sentence."""
    return not pronoun.is_capital and _quotation_of(tokens, lexicon, pronoun) is not None


def introduction_of(tokens: Tokens, lexicon: Lexicon, speaker: Token) -> Introduction | None:
    """Give what is told right before the quotation that a pronoun is the speaker of, None where it is none.

    That is the sentence before it, or the part of its own, also across the end of a paragraph. The words that go with
    another quotation tell of nobody speaking next: speakers may take turns.
    """
    quotation = _quotation_of(tokens, lexicon, speaker)
    if quotation is None:
        return None
    last = quotation.first - 1
    while last >= 0 and tokens.all[last].is_quoted:  # said before, without a word of who said it
        last -= 1
    if last < 0 or tokens.all[quotation.first].paragraph - tokens.all[last].paragraph > 1:
        return None
    sentence = tokens.sentence(tokens.all[last].sentence)
    words = [token for token in sentence if token.index <= last and not token.is_quoted]
    first = _behind_asker(words)
    is_asked = first > words[0].index
    words = [token for token in words if token.index >= first]
    is_attribution = any(token.is_quoted and token.text in _SPEECH_ENDS for token in sentence)
    is_prompt = any(token.lower in lexicon.prompting for token in words)  # the other one may answer
    is_telling = is_asked or any(token.lower in lexicon.speech or token.lower in lexicon.talks for token in words)
    has_speech = is_telling and not is_attribution and not is_prompt
    said = [token.lower for token in tokens.all[quotation.first + 1 : quotation.last]]
    return Introduction(
        first,
        last,
        has_speech,
        is_prompt,
        _question(words, lexicon),
        is_asked,
        is_attribution,
        next((token.index for token in words if token.lower in lexicon.speech), None),
        (0, -1) if "am" in said else (quotation.first, quotation.last),  # `“I am Moe,” she said`
        is_said_to(said, lexicon) or tokens.all[quotation.last - 1].text in {"!", "?"},
        bool(_SELF.intersection(said)),
        any(owner in {"my", "our"} and noun in lexicon.kin for owner, noun in pairwise(said)),
        _another(said),
    )


def is_said_to(said: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether quoted words are said to another, who may be told of next: `Take the rail`, `You are late`."""
    return bool(_YOU.intersection(said)) or (bool(said) and said[0] in lexicon.base_forms)


def _another(said: Sequence[str]) -> Sex | None:
    """Give the gender of the one person of whom quoted words tell, where they tell nothing of who says them."""
    told = {FORMS[word].gender for word in said if word in _THIRD}
    return told.pop() if len(told) == 1 and not _FIRST.intersection(said) else None


def _question(words: Sequence[Token], lexicon: Lexicon) -> int | None:
    """Give the verb with which somebody asks something, None where nobody does, or where somebody is asked."""
    for before, verb in pairwise(words):
        kinds = (lexicon.copula, lexicon.auxiliary, lexicon.subordinators)  # `is asked`, `when asked`
        is_passive = any(before.lower in words for words in kinds)
        if verb.lower in {"asked", "asks", "inquired", "enquired"} and before.is_word and not is_passive:
            return verb.index
    return None


def _behind_asker(words: Sequence[Token]) -> int:
    """Give the first token that may tell of the speaker: who asks (`Asked by a pupil what …, Lind`) does not answer."""
    if words[0].lower in {"asked", "questioned", "pressed"} and len(words) > 1 and words[1].lower == "by":
        return next((token.index for token in words if token.text == ","), words[0].index)
    return words[0].index


def speaks_of_same(tokens: Tokens, lexicon: Lexicon, speaker: Token) -> bool:
    """Tell whether a speaker's pronoun is also in what they say of themselves: `“I waved to him,” he said`."""
    quotation = _quotation_of(tokens, lexicon, speaker)
    if quotation is None:
        return False
    words = {token.lower for token in tokens.all[quotation.first : quotation.last]}
    gender = FORMS[speaker.lower].gender
    return bool(words & _FIRST) and any(word in FORMS and FORMS[word].gender == gender for word in words)


def _quotation_of(tokens: Tokens, lexicon: Lexicon, speaker: Token) -> Quotation | None:
    index = speaker.index
    before = tokens.at(index - 1)
    if before is not None and before.lower in lexicon.speech:  # `“…”, said he`
        index -= 1
        before = tokens.at(index - 1)
    if before is not None and before.text == "," and not before.is_quoted:
        index -= 1
    return tokens.quotation_before(index)
