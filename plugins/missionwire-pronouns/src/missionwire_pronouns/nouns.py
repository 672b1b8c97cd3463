"""Nouns for people: `the actress`, `her husband`, `a doctor`, and whom of those named they belong to."""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final

from missionwire_pronouns.forms import Sex
from missionwire_pronouns.indefinite import indefinite, is_asked_for, may_stand_alone, stands_alone
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.phrase import REACH, Phrase, head_of, is_present, person_noun
from missionwire_pronouns.predication import is_fronted_predicate, is_predicative, is_second_predicate
from missionwire_pronouns.tokens import Token, Tokens
from missionwire_pronouns.vocabulary import load_vocabulary

_SHORTEST: Final = 3
_MOST_KEPT: Final = 8192
"""For how many words it is kept in mind whether they may call somebody: most words of a text come again in others."""
_GROUPS: Final = frozenset({"family", "delegation"})
"""Groups of which one may be told of, unless they are somebody's."""
_THINGS_TOO: Final = frozenset(
    {"predecessor", "successor", "competitor", "rival", "neighbour", "neighbor", "forerunner"}
)
"""What a thing that something has may be, too: `its predecessor landed on Monday`."""
_BASE_AFTER: Final = frozenset(
    {"and", "or", "nor", "that", "do", "does", "did", "can", "could", "will", "would", "may", "might", "must", "should"}
    | {"shall", "help", "helps", "helped", "let", "lets", "letting", "make", "makes", "made", "making", "saw", "see"}
    | {"sees", "heard", "hears", "hear", "watched", "watches", "felt", "feels"}
)
"""What may stand before somebody where a verb without an ending follows."""
_HAVING: Final = frozenset({"had", "has", "have", "having"})
_AROUND: Final = frozenset({"around", "over", "above", "on", "behind", "round"})
"""Where something is by a part of the body: `his hair floating around the head`."""
_WHO: Final = frozenset({"who", "whose", "whom"})
_EVERY: Final = frozenset({"every", "each"})
_SEXES: Final[dict[str, Sex]] = {"female": "f", "woman": "f", "women": "f", "girl": "f", "male": "m", "man": "m"}


def find_phrases(tokens: Tokens, lexicon: Lexicon, named: frozenset[int]) -> Iterator[Phrase]:
    """Give the noun phrases for one person, in the order of the text; `named` tokens belong to names."""
    perhaps = {index for word in filter(_callings(lexicon), tokens.places) for index in tokens.places[word]}
    perhaps.update(tokens.places.get("who", ()))
    perhaps -= {index + 1 for index in tokens.places.get("its", ()) if _is_of_thing(tokens, index + 1)}
    for index in sorted(perhaps | _told_to_be_somebody(tokens)):
        token = tokens.at(index)
        if token is None or index in named or not (token.is_word or token.lower.endswith("-year-old")):
            continue
        if phrase := _phrase(tokens, lexicon, token, named):
            yield phrase


def _is_of_thing(tokens: Tokens, index: int) -> bool:
    """Tell whether what something has may be a thing, too: `its predecessor`."""
    token = tokens.at(index)
    return token is not None and token.lower in _THINGS_TOO


@cache
def _callings(lexicon: Lexicon) -> Callable[[str], bool]:
    """Give what tells whether a word may call somebody, and keeps it in mind."""
    return lru_cache(maxsize=_MOST_KEPT)(lexicon.may_call_somebody)


def _told_to_be_somebody(tokens: Tokens) -> set[int]:
    """Give the words before each `who`, and after each `every`: they may be people without a noun of any list."""
    told = {token.index - back for token in tokens.which(_WHO) for back in (1, 2)}
    return told | {token.index + 1 for token in tokens.which(_EVERY)}


def _phrase(tokens: Tokens, lexicon: Lexicon, token: Token, named: frozenset[int]) -> Phrase | None:
    noun = person_noun(token.lower, lexicon)
    if noun:
        is_name = token.is_capital and noun not in lexicon.people and tokens.all[token.index - 1].is_capital
        if is_name or _is_modifier(tokens, lexicon, token) or _is_body(tokens, lexicon, token):
            return None  # `Northrop Grumman` is nobody
    elif _ends_like_one(tokens, lexicon, token) or _has_relative(tokens, lexicon, token):
        noun = token.lower
    elif (sex := lexicon.many_gender(token.lower)) is not False:
        return _many(tokens, lexicon, token, sex)
    elif token.lower in lexicon.indefinite or is_asked_for(tokens, lexicon, token):
        return indefinite(tokens, lexicon, token)
    elif may_stand_alone(token, lexicon):
        if not stands_alone(tokens, lexicon, token, named):
            return None
        noun = token.lower
    elif _is_everyone(tokens, lexicon, token):
        noun = "everyone"
    else:
        return None
    first, determiner = head_of(tokens, lexicon, token)
    modifiers = [t.lower for t in tokens.all[first : token.index]]
    return Phrase(
        first=first,
        last=token.index,
        noun=noun,
        determiner=determiner,
        gender=lexicon.noun_gender(noun) or _gender_by_others(tokens, lexicon, token, modifiers),
        is_predicate=determiner != "'s"
        and (
            is_predicative(tokens, lexicon, first, token.index)
            or is_second_predicate(tokens, lexicon, first, token)
            or is_fronted_predicate(tokens, lexicon, first, token.index)
        ),
        has_modifier=token.index - first > 1,
        is_other=any(word in lexicon.others for word in modifiers),
    )


def _gender_by_others(tokens: Tokens, lexicon: Lexicon, token: Token, modifiers: list[str]) -> Sex | None:
    """Give the gender that other words of a phrase tell: `a woman pilot`, `the youngest of the three brothers`."""
    gender = next((_SEXES[word] for word in modifiers if word in _SEXES), None)
    if gender is None and "turned" in modifiers:  # `the stewardess turned tourist`
        return next((sex for word in modifiers if (sex := lexicon.noun_gender(word))), None)
    if gender is None and token.lower in lexicon.alone:
        return _gender_of_many(tokens, lexicon, token)
    return gender


def _gender_of_many(tokens: Tokens, lexicon: Lexicon, one: Token) -> Sex | None:
    """Give the gender of those of whom somebody is one: `the youngest of the three brothers`."""
    words = tokens.after(one, REACH)
    if not words or words[0].lower != "of":
        return None
    many = next((word.lower for word in words if lexicon.many_gender(word.lower) is not False), "")
    return lexicon.many_gender(many) or None


def _is_modifier(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a noun only describes the next one: `test pilot`, `the astronaut corps`; `a pole` is no Pole."""
    before = tokens.at(token.index - 1)
    if token.lower in lexicon.peoples and (not token.is_capital or (before and before.lower in {"north", "south"})):
        return True
    after = tokens.at(token.index + 1)
    if after is not None and after.is_capital and token.is_capital and after.lower == "city":
        return True
    if after is None or not after.is_word or after.is_capital or after.sentence != token.sentence:
        return False
    if person_noun(after.lower, lexicon) or person_noun(after.lower.removesuffix("s"), lexicon):
        return True
    return after.lower in lexicon.compound or _is_plain_noun(tokens, lexicon, token, after)


def _is_plain_noun(tokens: Tokens, lexicon: Lexicon, token: Token, after: Token) -> bool:
    """Tell whether a word can only be a noun after a noun for one person: `the official statement`, `the fan page`.

    A verb would have an ending, unless it tells of two (`Lind and her brother run it`) or stands behind another verb
    (`did the pilot call`, `saw the pilot jump`).
    """
    word = after.lower
    if len(word) < _SHORTEST or word.endswith(("s", "ed", "ing", "ly", "ble")) or word in lexicon.states:
        return False
    if lexicon.is_function_word(word) or word in lexicon.adverbs or lexicon.is_verb(word):
        return False
    first, determiner = head_of(tokens, lexicon, token)
    if token.lower.endswith("s") or not determiner or word not in load_vocabulary():
        return False
    before = tokens.at(first - 1)
    if determiner == "'s":  # `Lind and Kral's brother run the workshop`
        return not any(t.lower == "and" for t in tokens.all[max(0, first - REACH) : first])
    if before is not None and before.lower in _HAVING:  # `had an assistant carry it`, not `had an engineer friend`
        return not _takes_object(tokens, lexicon, after)
    return before is None or before.lower not in _BASE_AFTER


def _takes_object(tokens: Tokens, lexicon: Lexicon, verb: Token) -> bool:
    following = tokens.at(verb.index + 1)
    return following is not None and (
        following.lower in lexicon.determiners or following.lower in {"him", "it", "them"}
    )


def _is_body(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell `his head` from `the head of the agency`."""
    before, ahead, after = tokens.at(token.index - 1), tokens.at(token.index - 2), tokens.at(token.index + 1)
    if token.lower not in lexicon.body or before is None:
        return False
    is_there = before.lower == "the" and ahead is not None and ahead.lower in _AROUND
    return before.lower in {"his", "her", "my", "their"} or (is_there and (after is None or after.lower != "of"))


def _ends_like_one(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether an unlisted word ends like a noun for somebody and ends its phrase: `a ghostwriter said`."""
    if token.lower in lexicon.organisation:  # `the broadcaster`
        return False
    if token.is_capital or not lexicon.may_be_person_noun(token.lower.rpartition("-")[2]):
        return False
    after = tokens.at(token.index + 1)
    is_last = (
        after is None
        or not after.is_word
        or lexicon.is_function_word(after.lower)
        or lexicon.is_verb(after.lower)
        or is_present(tokens, lexicon, after)
    )
    is_plain = token.lower in lexicon.adverbs or lexicon.is_function_word(token.lower) or token.lower in lexicon.titles
    return is_last and not is_plain and head_of(tokens, lexicon, token)[1] != ""


def _many(tokens: Tokens, lexicon: Lexicon, token: Token, sex: Sex | None) -> Phrase | None:
    """Give `two sons`, `a couple` as people of whom one may be meant next."""
    first, determiner = head_of(tokens, lexicon, token)
    if token.lower in _GROUPS and determiner != "the":
        return None
    is_predicate = determiner != "'s" and is_predicative(tokens, lexicon, first, token.index)
    return Phrase(
        first, token.index, token.lower, determiner, sex, is_predicate=is_predicate, has_modifier=False, is_many=True
    )


def _has_relative(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether `who` says of an unlisted noun that it is a person: `her compatriot, who flew`, not `those who`."""
    after = tokens.at(token.index + 1)
    if after is not None and after.text == ",":
        after = tokens.at(after.index + 1)
    if after is None or after.lower not in _WHO or after.sentence != token.sentence:
        return False
    if token.is_capital or lexicon.is_function_word(token.lower) or token.lower in lexicon.groups:
        return False
    is_plural = token.lower.endswith("s") and not token.lower.endswith("ss")
    if _is_of_somebody(tokens, lexicon, token):  # `the winner of an auction, who`
        return False
    return not is_plural and head_of(tokens, lexicon, token)[1] != ""


def _is_of_somebody(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a noun only says of what somebody is something: `the owner of a bakery`."""
    of = tokens.at(head_of(tokens, lexicon, token)[0] - 1)
    owner = tokens.at(of.index - 1) if of is not None and of.lower == "of" else None
    return owner is not None and person_noun(owner.lower, lexicon) is not None


def _is_everyone(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether an unlisted noun may mean whoever it may be: `advises every examinee to trust his doctor`."""
    before = tokens.at(token.index - 1)
    if before is None or before.lower not in _EVERY:
        return False
    after = tokens.at(token.index + 1)
    return after is not None and (after.lower in {"to", "who", "whose"} or after.lower in lexicon.auxiliary)
