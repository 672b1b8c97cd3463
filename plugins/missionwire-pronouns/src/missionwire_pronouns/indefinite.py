"""Somebody without a noun: `one of them`, `the youngest`, `does not know who did it`."""

from itertools import pairwise
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import REACH, Phrase, head_of, person_noun
from missionwire_pronouns.predication import is_predicative
from missionwire_pronouns.tokens import Token, Tokens
from missionwire_pronouns.vocabulary import load_vocabulary

_LISTED: Final = 4
"""How many tokens lie between things and the `them` of which one is told of."""
_COUNTED: Final = 40
"""How many tokens before, of this sentence and the last, may count what a number means."""
_HEARSAY: Final = frozenset({"hears", "reads", "says", "sees", "knows", "learns", "thinks", "feels", "finds"})
_NOT_KNOWING: Final = frozenset(
    {"know", "knows", "knew", "known", "remember", "remembers", "remembered", "ask", "asked", "wonder", "wonders"}
    | {"wondered", "guess", "guessed", "unclear", "out", "say", "said"}
)
_OF_THINGS: Final = 4
_PERSONS: Final = frozenset(
    {
        "two",
        "three",
        "astronauts",
        "cosmonauts",
        "women",
        "men",
        "people",
        "crew",
        "pilots",
        "passengers",
        "them",
        "tourists",
    }
)
_PUTTING: Final = frozenset({"laid", "lays", "put", "puts", "placed", "wrapped", "threw", "pressed", "hung", "showed"})
_VERBS_OF_MANY: Final = frozenset({"are", "were", "have"})


def is_asked_for(tokens: Tokens, lexicon: Lexicon, who: Token) -> bool:
    """Tell whether it is not known who did something: `does not know who put it there`, not `knows who she is`."""
    verb, after = tokens.at(who.index - 1), tokens.at(who.index + 1)
    if who.lower != "who" or verb is None or after is None or verb.lower not in _NOT_KNOWING:
        return False
    return lexicon.is_verb(after.lower) and after.lower not in lexicon.copula


def indefinite(tokens: Tokens, lexicon: Lexicon, token: Token) -> Phrase | None:
    """Give `somebody`, `another`, `one of them` as somebody unknown, but not `another flight` nor `one day`."""
    after = tokens.at(token.index + 1)
    if token.lower in {"another", "one", "none", "neither", "either", "each"}:
        before = tokens.at(token.index - 1)
        if token.lower == "one" and after is not None and _is_anyone(lexicon, after.lower):
            return None
        if token.lower == "one" and after is not None and before is not None and _is_they(lexicon, before, after):
            return None
        is_thing = after is not None and after.lower not in {"of", "who"} and before is not None
        if token.lower == "one" and (_is_in_turn(tokens, token) or (is_thing and _is_had(lexicon, before))):
            return None
        if token.lower == "one" and before is not None and before.lower == "every":
            return Phrase(token.index - 1, token.index, "everyone", "", None, is_predicate=False, has_modifier=False)
        is_alone = after is None or not after.is_word or after.lower == "who" or lexicon.is_verb(after.lower)
        is_alone = is_alone or (after is not None and after.lower == "of" and _is_of_people(tokens, lexicon, after))
        is_led = before is not None and before.lower in lexicon.prepositions and before.lower != "by"
        if not is_alone or is_led or (before is not None and before.lower in {"no", "the", "this", "that", "only"}):
            return None
    if token.lower == "who":
        return Phrase(token.index, token.index, "somebody", "", None, is_predicate=False, has_modifier=False)
    first = head_of(tokens, lexicon, token)[0]  # `Lind is the quiet one`
    is_predicate = is_predicative(tokens, lexicon, first, token.index)
    return Phrase(token.index, token.index, token.lower, "", None, is_predicate=is_predicate, has_modifier=False)


def _is_had(lexicon: Lexicon, verb: Token | None) -> bool:
    """Tell whether `one` is what somebody has or gets: `Lind got one, too`."""
    return verb is not None and lexicon.is_verb(verb.lower) and verb.lower not in lexicon.copula


def _is_in_turn(tokens: Tokens, one: Token) -> bool:
    """Tell whether it is `one by one`, or one of things: `Of the four shields …, one slipped away`."""
    by = {tokens.all[i].lower for i in (one.index - 1, one.index + 1) if 0 <= i < len(tokens.all)}
    first = tokens.all[tokens.sentences[one.sentence]]
    words = [t.lower for t in tokens.after(first, _OF_THINGS)]
    is_of = first.lower == "of" and not any(word in _PERSONS for word in words)
    return ("by" in by and one.index > 1 and _is_doubled(tokens, one)) or (is_of and first.index < one.index)


def _is_doubled(tokens: Tokens, one: Token) -> bool:
    around = [t.lower for t in tokens.all[max(0, one.index - 2) : one.index + 3]]
    return around.count("one") > 1


def _is_they(lexicon: Lexicon, before: Token, after: Token) -> bool:
    """Tell whether `one` is whoever is there: `when one laid a blanket around her`, `as one handed her an apple`."""
    is_deed = after.lower in lexicon.attending or after.lower in lexicon.giving or after.lower in _PUTTING
    return before.lower in {"when", "as", "while", "where", "before", "until"} and is_deed


def _is_anyone(lexicon: Lexicon, verb: str) -> bool:
    """Tell whether `one` is whoever it may be by its verb: `one reads there`, `one must`, not `one landed`."""
    is_third = verb.endswith("s") and verb not in lexicon.auxiliary and lexicon.is_verb(verb)
    return is_third or verb in {"can", "may", "must", "should", "cannot"} or verb in _HEARSAY


def may_stand_alone(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether an adjective may be somebody by itself."""
    return token.lower in lexicon.alone or token.lower.endswith("-year-old") or token.lower in lexicon.demonyms


def stands_alone(tokens: Tokens, lexicon: Lexicon, token: Token, named: frozenset[int]) -> bool:
    """Tell whether an adjective is somebody: `the youngest slept`, `the American said`, not `the first orbit`."""
    before, after = tokens.at(token.index - 1), tokens.at(token.index + 1)
    if before is None or before.lower not in {"the", "a", "an"}:
        return False
    if after is None or token.index + 1 in named:
        return False
    ends = not after.is_word or lexicon.is_function_word(after.lower) or lexicon.is_verb(after.lower)
    if token.lower.endswith("-year-old") or token.lower in lexicon.demonyms:
        return ends
    if after.lower == "of":
        return _is_of_people(tokens, lexicon, after)
    ahead = tokens.at(before.index - 1)
    if ahead is not None and (
        ahead.lower in lexicon.copula or ahead.lower in {"at", "for", "in", "on", "from", "into", ","}
    ):
        return False
    if _has_counted_things(tokens, lexicon, token):
        return False
    return lexicon.is_verb(after.lower) or after.lower in {"who", "whose", "to", "'s"}


def _has_counted_things(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether things are counted before, one of which is meant: `Of the three notebooks … The third belonged`."""
    words = tokens.all[max(0, token.index - _COUNTED) : token.index]
    for number, noun in pairwise(word for word in words if word.sentence >= token.sentence - 1):
        is_plural = noun.is_word and noun.lower.endswith("s") and not noun.lower.endswith("ss") and not noun.is_capital
        if number.lower in lexicon.numbers and is_plural and noun.lower not in lexicon.numbers:
            return not _is_plural_person(noun.lower, lexicon) and lexicon.many_gender(noun.lower) is False
    return False


def _is_of_people(tokens: Tokens, lexicon: Lexicon, of: Token) -> bool:
    """Tell whether people follow: `one of them`, `the youngest of the engineers`, not `one of her notebooks`."""
    last: Token | None = None
    for token in tokens.all[of.index + 1 : of.index + 1 + REACH]:
        if token.sentence != of.sentence or not token.is_word:
            break
        if token.lower == "them":
            return not _tells_of_things(tokens, lexicon, token)
        if token.lower in {"us", "you", "whom", "those", "these"}:
            return True
        is_end = lexicon.is_function_word(token.lower) and token.lower not in lexicon.determiners
        if last is not None and token.is_capital and not last.is_capital and last.lower not in lexicon.determiners:
            break
        if is_end or (last is not None and lexicon.is_verb(token.lower)):
            break
        last = token
    if last is None:
        return True
    word = last.lower
    is_group = word in lexicon.groups or word in lexicon.numbers or last.is_capital
    return is_group or bool(person_noun(word, lexicon)) or _is_plural_person(word, lexicon)


def _tells_of_things(tokens: Tokens, lexicon: Lexicon, them: Token) -> bool:
    """Tell whether things or animals alone are told of in plural before: `Spiders bite. When one of them`.

    A second name would be of somebody of whom it may be told.
    """
    if _is_thing(tokens.all[max(0, them.index - _LISTED)], lexicon) or _has_counted(tokens, lexicon, them):
        return True  # `Nineteen experiments, one of them on pain, …`
    words = [t for t in tokens.all[max(0, them.index - _COUNTED) : them.index] if t.sentence >= them.sentence - 1]
    names = sum(t.is_capital and not before.is_capital and before.is_word for before, t in pairwise(words))
    has_people = any(
        (_is_plural_person(t.lower, lexicon) and t.lower.removesuffix("s") not in lexicon.beasts)
        or t.lower in lexicon.groups
        or lexicon.many_gender(t.lower) is not False
        for t in words
    )
    is_plural = any(
        noun.lower.endswith("s") and verb.lower in _VERBS_OF_MANY and noun.lower in load_vocabulary()
        for noun, verb in pairwise(words)
    )
    return is_plural and not has_people and not names


def _has_counted(tokens: Tokens, lexicon: Lexicon, them: Token) -> bool:
    """Tell whether what is counted last in a sentence are things: `made two spacewalks, and on the first of them`."""
    start = tokens.sentences[them.sentence]
    for index in range(them.index - 1, max(start, them.index - _COUNTED), -1):
        if tokens.all[index - 1].lower in lexicon.numbers and index - 1 >= start:
            return _is_thing(tokens.all[index], lexicon)
    return False


def _is_thing(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a word is a general one for more than one thing: `experiments`, not `pupils`, `two`."""
    word = token.lower
    is_many = word.endswith("s") and word not in lexicon.groups and lexicon.many_gender(word) is False
    return is_many and word in load_vocabulary() and not _is_plural_person(word, lexicon)


def _is_plural_person(word: str, lexicon: Lexicon) -> bool:
    one = word.removesuffix("es") if word.endswith(("sses", "ches")) else word.removesuffix("s")
    return one != word and (person_noun(one, lexicon) is not None or lexicon.may_be_person_noun(one))
