"""Speech: what is told right before a quotation, which tells whose it is."""

from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.mention import Introduction
from missionwire_pronouns.tokens import Quotation, Token, Tokens

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
    is_attribution = any(token.is_quoted and token.text in _SPEECH_ENDS for token in sentence)
    has_speech = not is_attribution and any(token.lower in lexicon.speech | lexicon.talks for token in words)
    return Introduction(words[0].index, last, has_speech)


def _quotation_of(tokens: Tokens, lexicon: Lexicon, speaker: Token) -> Quotation | None:
    index = speaker.index
    before = tokens.at(index - 1)
    if before is not None and before.lower in lexicon.speech:  # `“…”, said he`
        index -= 1
        before = tokens.at(index - 1)
    if before is not None and before.text == ",":
        index -= 1
    return tokens.quotation_before(index)
