"""Receivers: whether a verb before `her` wants somebody (`gave her advice`) or something (`gave her speech`)."""

from typing import Final

from missionwire_pronouns.forms import Case
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import person_noun
from missionwire_pronouns.surroundings import Surroundings, is_content
from missionwire_pronouns.tokens import Token

_MAKING: Final = frozenset({"make", "makes", "made", "making"})
_WISHING: Final = frozenset({"wish", "wishes", "wished", "wishing"})
"""Whoever wishes wishes somebody something: `wished her luck`."""
ONLY_WITH_TIME: Final = frozenset({"take", "takes", "took", "taken", "cost", "costs"})
_ELECTING: Final = frozenset(
    {"elected", "elects", "appointed", "appoints", "voted", "crowned", "declared", "proclaimed", "promoted", "took"}
)
"""What makes somebody something: `elected her president`, `took her prisoner`."""
_HELPERS: Final = frozenset({"successor", "assistant", "aide", "secretary", "representative"})
_JUDGING: Final = frozenset({"considered", "considers", "thought", "deemed", "judged", "guessed", "reckoned", "thinks"})
"""After these may follow what somebody is taken for, or whose opinion it is: `thought her mad`."""
_AROUND: Final = frozenset({"behind", "beside", "around", "near", "past", "with", "at"})
"""After these and `her` it may be told what people do: `stood behind her holding flags`."""
_OWN: Final = frozenset({"his", "her", "their", "its"})
_OBJECTS: Final = frozenset({"it", "him", "them", "us", "me"})
_DENYING: Final = frozenset(
    {"deny", "denies", "denied", "refused", "refuses", "taught", "teaches", "teach", "caused", "causes", "granted"}
)
"""After these follows what somebody gets or does not get: `denied her entry`, `taught her chess`."""
_HANDING: Final = frozenset(
    {"gave", "give", "gives", "handed", "hands", "brought", "offered", "offers", "poured", "served"}
)
_LONGEST_PHRASE: Final = 5


def case_before_noun(around: Surroundings) -> Case:
    """Decide for `her` before a word that may be a noun: the verb before it may want somebody and something."""
    verb, after, further, lexicon = around.before, around.after, around.further, around.lexicon
    if after.is_capital and verb in lexicon.naming and (further is None or not further.is_capital):
        return "object"  # `called him Uncle`
    if verb in _AROUND and after.lower.endswith("ing"):
        return "unclear" if further is not None and further.is_word and verb != "with" else "possessive"
    if verb in _JUDGING and not (further and further.lower in lexicon.auxiliary):
        return "object" if after.lower in lexicon.states else "unclear"
    if verb in _ELECTING and person_noun(_last_of_phrase(around).lower, lexicon) is not None:
        last = _last_of_phrase(around).lower  # `appointed her deputy` is somebody's, `elected her president` is her
        is_owned = any(last in words for words in (lexicon.kin, lexicon.mutual, lexicon.others, _HELPERS))
        return "possessive" if is_owned else "unclear" if verb == "took" else "object"
    if verb in lexicon.letting:
        found = _after_letting(lexicon, verb, after, further)
        if found != "possessive":
            return found
    if verb in lexicon.giving:
        return _after_giving(around)
    return "possessive"


def _after_letting(lexicon: Lexicon, verb: str, after: Token, further: Token | None) -> Case:
    """`let her climb`, `saw her floating`, `made her happy` are somebody; `heard her laugh` may be either."""
    if after.lower in lexicon.states:
        return "object"
    is_last = further is None or not further.is_word or lexicon.is_function_word(further.lower)
    if verb in _MAKING and is_last:
        return "possessive" if after.lower in lexicon.made else "unclear"  # `made her rich` may be of anybody
    if further is not None and further.lower in _OWN:  # `heard her raise his voice`
        return "object"
    if further is not None and further.lower in _OBJECTS and verb in lexicon.causing:  # `had her repeat it`
        return "object"
    if after.lower in lexicon.base_forms:
        return "object" if verb in lexicon.causing else "unclear"
    if is_last and after.lower.endswith("ed"):  # `left her shattered`
        return "unclear"
    if after.lower.endswith("ing"):  # `found her sitting there`, but `found her missing glove`
        return "unclear" if further is None or not further.is_word or is_content(further, lexicon) else "object"
    return "possessive"


def _after_giving(around: Surroundings) -> Case:
    """`gave her a map` is somebody, `gave her speech` something; a plural without article may be either."""
    verb, after, tokens, lexicon = around.before, around.after, around.tokens, around.lexicon
    if verb in ONLY_WITH_TIME:
        return "unclear" if after.text[0].isdigit() or after.lower in lexicon.numbers else "possessive"
    if verb in _WISHING and after.lower not in lexicon.kin:
        return "object"
    last = _last_of_phrase(around)
    if last.lower in lexicon.body or last.lower in lexicon.kin:
        return "possessive"
    is_plural = last.lower.endswith("s") and not last.lower.endswith("ss")
    to, receiver = tokens.at(last.index + 1), tokens.at(last.index + 2)
    if to is not None and receiver is not None and to.lower == "to" and receiver.lower in lexicon.determiners:
        return "possessive"  # `gave her overalls to a museum`
    joint = tokens.at(last.index + 1)
    is_handed = verb in _HANDING and last is after and last.lower in lexicon.mass
    if is_handed and (joint is None or joint.lower in {"and", "in", "with"} or joint.text in {".", ",", ";"}):
        return "object"  # `gave her bread and salt`
    is_bare = verb in _DENYING or last.lower in lexicon.mass or last.lower in lexicon.states
    if is_plural or is_bare or person_noun(last.lower, lexicon):
        return "unclear"
    return "unclear" if after.is_capital or after.text[0].isdigit() else "possessive"


def _last_of_phrase(around: Surroundings) -> Token:
    first, last = around.after, around.after
    for index in range(first.index + 1, first.index + _LONGEST_PHRASE):
        token = around.tokens.at(index)
        is_part = token is not None and token.is_word and token.sentence == first.sentence
        if token is None or not is_part or not is_content(token, around.lexicon):
            break
        last = token
    return last
