"""The case of `her` and `his`: which of `him`, `his`, `hers` they stand for is told by the words that follow."""

from typing import Final

from missionwire_pronouns.forms import Case
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import person_noun
from missionwire_pronouns.tokens import Token, Tokens

_NOUNS_TOO: Final = frozenset(
    {"past", "inside", "back", "home", "best", "right", "future", "last", "first", "free", "like", "near"}
)
"""Function words that may be what somebody owns: `in her past`, `at his best`."""
_NOUNS_IN_LY: Final = frozenset(
    {"family", "reply", "ally", "supply", "belly", "assembly", "rally", "anomaly", "fly", "jelly", "bully"}
)
_ONLY_WITH_TIME: Final = frozenset({"take", "takes", "took", "taken", "cost", "costs"})
_OWNING: Final = frozenset({"on", "in", "at", "of", "behind", "under", "inside"})
"""After these and `her`, a function word that may be a noun is one: `on her back`."""
_MAKING: Final = frozenset({"make", "makes", "made", "making"})
_WISHING: Final = frozenset({"wish", "wishes", "wished", "wishing"})
"""Whoever wishes wishes somebody something: `wished her luck`."""
_PARTICLES: Final = frozenset({"down", "off", "up", "away", "aside", "over", "out"})
"""What goes with a verb and its object: `turned her down four times`."""
_REACHING: Final = frozenset({"went", "goes", "came", "comes", "fell", "falls", "belonged", "belongs", "stood", "sat"})
"""What something does that reaches somebody: `to her went the brushes`."""
_OWN: Final = frozenset({"his", "her", "their", "its"})
_LONGEST_PHRASE: Final = 5


def case_of(tokens: Tokens, lexicon: Lexicon, index: int) -> Case:
    """Give the case of the `her` or `his` at an index; `unclear` where the words allow two readings."""
    is_his = tokens.all[index].lower == "his"
    owns = _owns(tokens, lexicon, index, is_his=is_his)
    if owns is None:
        return "possessive" if is_his else "unclear"
    if owns:
        return "possessive"
    return "absolute" if is_his else "object"


def _owns(tokens: Tokens, lexicon: Lexicon, index: int, *, is_his: bool) -> bool | None:
    """Tell whether a noun follows that the pronoun may own; None where that cannot be told."""
    after = _same_sentence(tokens, index, index + 1)
    if after is None or not (after.is_word or after.text[0].isdigit()):
        return after is not None and after.text in {"“", '"', "‘", "«", "``", "'"}
    if after.lower == "own":
        return True
    further = _same_sentence(tokens, index, index + 2)
    has_content = further is not None and further.is_word and _is_content(further, lexicon)
    if not is_his and after.lower in _REACHING and _is_reached(tokens, index):
        return False
    if not is_his and after.lower in _PARTICLES and _is_verb_before(tokens, lexicon, index):
        return False
    if after.lower in lexicon.adverbs or after.lower in _NOUNS_TOO:
        return _owns_adverb(tokens, lexicon, index, after, has_content=has_content, is_his=is_his)
    if lexicon.is_function_word(after.lower):
        return False
    if after.lower.endswith("ly") and after.lower not in _NOUNS_IN_LY:
        return has_content or is_his
    return True if is_his else _owns_noun(tokens, lexicon, index, after, further)


def _is_reached(tokens: Tokens, index: int) -> bool:
    before = tokens.at(index - 1)
    return before is not None and before.lower in {"to", "from", "with", "behind", "beside"}


def _is_verb_before(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    before = tokens.at(index - 1)
    return before is not None and lexicon.is_verb(before.lower) and before.lower not in lexicon.auxiliary


def _same_sentence(tokens: Tokens, index: int, ahead: int) -> Token | None:
    token = tokens.at(ahead)
    return token if token is not None and token.sentence == tokens.all[index].sentence else None


def _is_content(token: Token, lexicon: Lexicon) -> bool:
    return not lexicon.is_function_word(token.lower) and token.lower not in lexicon.adverbs


def _owns_adverb(
    tokens: Tokens, lexicon: Lexicon, index: int, after: Token, *, has_content: bool, is_his: bool
) -> bool | None:
    if has_content or (is_his and after.lower in _NOUNS_TOO):
        return True
    if after.lower in {"past", "future", "best"}:
        return True
    before = tokens.at(index - 1)
    if before is not None and before.lower in _OWNING and after.lower in _NOUNS_TOO:
        return True
    is_governed = before is not None and before.lower in lexicon.prepositions
    return None if is_governed and after.lower in _NOUNS_TOO else False


def _owns_noun(tokens: Tokens, lexicon: Lexicon, index: int, after: Token, further: Token | None) -> bool | None:
    """Decide for `her` before a word that may be a noun: the verb before it may want somebody and something."""
    before = tokens.at(index - 1)
    verb = before.lower if before is not None and before.sentence == after.sentence else ""
    if after.is_capital and verb in lexicon.naming and (further is None or not further.is_capital):
        return False  # `called him Uncle`
    if verb in lexicon.letting:
        found = _owns_after_letting(lexicon, verb, after, further)
        if found is not True:
            return found
    if verb in lexicon.giving:
        return _owns_after_giving(tokens, lexicon, verb, after)
    return True


def _owns_after_letting(lexicon: Lexicon, verb: str, after: Token, further: Token | None) -> bool | None:
    """`let her climb`, `saw her floating`, `made her happy` are somebody; `heard her laugh` may be either."""
    if after.lower in lexicon.states:
        return False
    if verb in _MAKING and (further is None or not further.is_word or lexicon.is_function_word(further.lower)):
        return True if after.lower in lexicon.made else None  # `made her rich` may be of anybody
    if further is not None and further.lower in _OWN:  # `heard her raise his voice`
        return False
    if after.lower in lexicon.base_forms:
        return False if verb in lexicon.causing else None
    if after.lower.endswith("ing"):
        return None if further is None or not further.is_word else False
    return True


def _owns_after_giving(tokens: Tokens, lexicon: Lexicon, verb: str, after: Token) -> bool | None:
    """`gave her a map` is somebody, `gave her speech` something; a plural without article may be either."""
    if verb in _ONLY_WITH_TIME:
        return None if after.text[0].isdigit() or after.lower in lexicon.numbers else True
    if verb in _WISHING and after.lower not in lexicon.kin:
        return False
    last = _last_of_phrase(tokens, lexicon, after)
    if last.lower in lexicon.body or last.lower in lexicon.kin:
        return True
    is_plural = last.lower.endswith("s") and not last.lower.endswith("ss")
    to, receiver = tokens.at(last.index + 1), tokens.at(last.index + 2)
    if to is not None and receiver is not None and to.lower == "to" and receiver.lower in lexicon.determiners:
        return True  # `gave her overalls to a museum`
    if is_plural or last.lower in lexicon.mass or last.lower in lexicon.states or person_noun(last.lower, lexicon):
        return None
    return None if after.is_capital or after.text[0].isdigit() else True


def _last_of_phrase(tokens: Tokens, lexicon: Lexicon, first: Token) -> Token:
    last = first
    for index in range(first.index + 1, first.index + _LONGEST_PHRASE):
        token = tokens.at(index)
        if token is None or not token.is_word or token.sentence != first.sentence or not _is_content(token, lexicon):
            break
        last = token
    return last
