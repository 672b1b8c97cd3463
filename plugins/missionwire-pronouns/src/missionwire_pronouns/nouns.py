"""Nouns for people: `the actress`, `her husband`, `a doctor`, and whom of those named they belong to."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct

from missionwire_pronouns.forms import Sex
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.tokens import Token, Tokens
from missionwire_pronouns.vocabulary import load_vocabulary

_SHORTEST: Final = 3
_COUNTED: Final = 40
"""How many tokens before, of this sentence and the last, may count what a number means."""
_REACH: Final = 6
"""How many words a noun phrase may have before its noun."""
_FRONT: Final = 10
"""How many words may stand before a verb that its subject follows."""
_ELECTING: Final = frozenset({"voted", "elected", "named", "appointed", "declared", "crowned", "considered", "called"})
"""What somebody is made with these is what they are: `was voted the best teacher`."""
_HEARSAY: Final = frozenset({"hears", "reads", "says", "sees", "knows", "learns", "thinks", "feels", "finds"})
_GROUPS: Final = frozenset({"family", "delegation"})
"""Groups of which one may be told of, unless they are somebody's."""
_BASE_AFTER: Final = frozenset(
    {"and", "or", "nor", "that", "do", "does", "did", "can", "could", "will", "would", "may", "might", "must", "should"}
    | {"shall", "help", "helps", "helped", "let", "lets", "letting", "make", "makes", "made", "making", "saw", "see"}
    | {"sees", "heard", "hears", "hear", "watched", "watches", "felt", "feels"}
)
"""What may stand before somebody where a verb without an ending follows."""
_WHO: Final = frozenset({"who", "whose", "whom"})
_EVERY: Final = frozenset({"every", "each"})
_SEXES: Final[dict[str, Sex]] = {"female": "f", "woman": "f", "women": "f", "girl": "f", "male": "m", "man": "m"}


class Phrase(Struct, frozen=True):
    """A noun phrase about one person: the indices of its first token and of its noun, the determiner, what it says.

    `determiner` is lower-case, `'s` after a possessor, and empty where there is none.
    """

    first: int
    last: int
    noun: str
    determiner: str
    gender: Sex | None
    is_predicate: bool
    has_modifier: bool
    is_other: bool = False
    is_many: bool = False

    @property
    def is_definite(self) -> bool:
        """Whether it speaks of somebody known already."""
        return self.determiner in {"the", "this", "that"}


def find_phrases(tokens: Tokens, lexicon: Lexicon, named: frozenset[int]) -> Iterator[Phrase]:
    """Give the noun phrases for one person, in the order of the text; `named` tokens belong to names."""
    calling = (word for word in tokens.places if lexicon.may_call_somebody(word))
    perhaps = {index for word in calling for index in tokens.places[word]}
    for index in sorted(perhaps | _told_to_be_somebody(tokens)):
        token = tokens.at(index)
        if token is None or index in named or not (token.is_word or token.lower.endswith("-year-old")):
            continue
        if phrase := _phrase(tokens, lexicon, token, named):
            yield phrase


def _told_to_be_somebody(tokens: Tokens) -> set[int]:
    """Give the words before each `who`, and after each `every`: they may be people without a noun of any list."""
    told = {token.index - back for token in tokens.which(_WHO) for back in (1, 2)}
    return told | {token.index + 1 for token in tokens.which(_EVERY)}


def _phrase(tokens: Tokens, lexicon: Lexicon, token: Token, named: frozenset[int]) -> Phrase | None:
    noun = person_noun(token.lower, lexicon)
    if noun:
        if _is_modifier(tokens, lexicon, token) or _is_body(tokens, lexicon, token):
            return None
    elif _ends_like_one(tokens, lexicon, token) or _has_relative(tokens, lexicon, token):
        noun = token.lower
    elif (sex := lexicon.many_gender(token.lower)) is not False:
        return _many(tokens, lexicon, token, sex)
    elif token.lower in lexicon.indefinite:
        return _indefinite(tokens, lexicon, token)
    elif _may_stand_alone(token, lexicon):
        if not _stands_alone(tokens, lexicon, token, named):
            return None
        noun = token.lower
    elif _is_everyone(tokens, lexicon, token):
        noun = "everyone"
    else:
        return None
    first, determiner = _head(tokens, lexicon, token)
    modifiers = [t.lower for t in tokens.all[first : token.index]]
    return Phrase(
        first=first,
        last=token.index,
        noun=noun,
        determiner=determiner,
        gender=lexicon.noun_gender(noun) or _gender_by_others(tokens, lexicon, token, modifiers),
        is_predicate=determiner != "'s"
        and (_is_predicate(tokens, lexicon, first, token.index) or _is_second_predicate(tokens, lexicon, first, token)),
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
    words = tokens.after(one, _REACH)
    if not words or words[0].lower != "of":
        return None
    many = next((word.lower for word in words if lexicon.many_gender(word.lower) is not False), "")
    return lexicon.many_gender(many) or None


def person_noun(word: str, lexicon: Lexicon) -> str | None:
    """Give the noun for a person that a word is, also as the last part of a compound (`ex-commander`)."""
    if lexicon.is_person_noun(word):
        return word
    if "-" not in word:
        return None
    last = word.rpartition("-")[2]
    return last if lexicon.is_person_noun(last) else None


def _is_modifier(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a noun only describes the next one: `test pilot`, `the astronaut corps`; `a pole` is no Pole."""
    if token.lower in lexicon.peoples and not token.is_capital:
        return True
    after = tokens.at(token.index + 1)
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
    first, determiner = _head(tokens, lexicon, token)
    if token.lower.endswith("s") or not determiner or word not in load_vocabulary():
        return False
    before = tokens.at(first - 1)
    if determiner == "'s":  # `Lind and Kral's brother run the workshop`
        return not any(t.lower == "and" for t in tokens.all[max(0, first - _REACH) : first])
    return before is None or before.lower not in _BASE_AFTER


def _is_body(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell `his head` from `the head of the agency`."""
    before = tokens.at(token.index - 1)
    return token.lower in lexicon.body and before is not None and before.lower in {"his", "her", "my", "their"}


def _ends_like_one(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether an unlisted word ends like a noun for somebody and ends its phrase: `a ghostwriter said`."""
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
    return is_last and not is_plain and _head(tokens, lexicon, token)[1] != ""


def _many(tokens: Tokens, lexicon: Lexicon, token: Token, sex: Sex | None) -> Phrase | None:
    """Give `two sons`, `a couple` as people of whom one may be meant next."""
    first, determiner = _head(tokens, lexicon, token)
    if token.lower in _GROUPS and determiner != "the":
        return None
    is_predicate = determiner != "'s" and _is_predicate(tokens, lexicon, first, token.index)
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
    return not is_plural and _head(tokens, lexicon, token)[1] != ""


def is_present(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a word in `-s` is a verb by what follows: `accuses Lind`, `takes the keys`."""
    after = tokens.at(token.index + 1)
    is_third = token.lower.endswith("s") and not token.lower.endswith("ss")
    return is_third and after is not None and (after.is_capital or lexicon.is_function_word(after.lower))


def _is_everyone(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether an unlisted noun may mean whoever it may be: `advises every examinee to trust his doctor`."""
    before = tokens.at(token.index - 1)
    if before is None or before.lower not in _EVERY:
        return False
    after = tokens.at(token.index + 1)
    return after is not None and (after.lower in {"to", "who", "whose"} or after.lower in lexicon.auxiliary)


def _indefinite(tokens: Tokens, lexicon: Lexicon, token: Token) -> Phrase | None:
    """Give `somebody`, `another`, `one of them` as somebody unknown, but not `another flight` nor `one day`."""
    after = tokens.at(token.index + 1)
    if token.lower in {"another", "one", "none", "neither", "either", "each"}:
        before = tokens.at(token.index - 1)
        if token.lower == "one" and after is not None and _is_anyone(lexicon, after.lower):
            return None
        is_alone = after is None or not after.is_word or after.lower == "who" or lexicon.is_verb(after.lower)
        is_alone = is_alone or (after is not None and after.lower == "of" and _is_of_people(tokens, lexicon, after))
        if not is_alone or (
            before is not None and before.lower in lexicon.prepositions | {"no", "the", "this", "that", "only"}
        ):
            return None
    first = _head(tokens, lexicon, token)[0]  # `Lind is the quiet one`
    is_predicate = _is_predicate(tokens, lexicon, first, token.index)
    return Phrase(token.index, token.index, token.lower, "", None, is_predicate=is_predicate, has_modifier=False)


def _is_anyone(lexicon: Lexicon, verb: str) -> bool:
    """Tell whether `one` is whoever it may be by its verb: `one reads there`, `one must`, not `one landed`."""
    is_third = verb.endswith("s") and verb not in lexicon.auxiliary and lexicon.is_verb(verb)
    return is_third or verb in {"can", "may", "must", "should", "cannot"} or verb in _HEARSAY


def _may_stand_alone(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.alone or token.lower.endswith("-year-old") or token.lower in lexicon.demonyms


def _stands_alone(tokens: Tokens, lexicon: Lexicon, token: Token, named: frozenset[int]) -> bool:
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
    for token in tokens.all[of.index + 1 : of.index + 1 + _REACH]:
        if token.sentence != of.sentence or not token.is_word:
            break
        if token.lower in {"them", "us", "you", "whom", "those", "these"}:
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


def _is_plural_person(word: str, lexicon: Lexicon) -> bool:
    one = word.removesuffix("es") if word.endswith(("sses", "ches")) else word.removesuffix("s")
    return one != word and (person_noun(one, lexicon) is not None or lexicon.may_be_person_noun(one))


def _head(tokens: Tokens, lexicon: Lexicon, token: Token) -> tuple[int, str]:
    """Walk back from a noun to the determiner of its phrase."""
    first = token.index
    for index in range(token.index - 1, max(-1, token.index - 1 - _REACH), -1):
        before = tokens.all[index]
        if before.sentence != token.sentence:
            break
        if before.lower in lexicon.determiners or before.lower == "'s":
            return (first if before.lower == "'s" else index), before.lower
        if before.lower == "one" and index < token.index:  # `only one voter`
            return index, "a"
        if before.text in "'’" and before.start == tokens.all[index - 1].end:
            return first, "'s"
        if not _may_modify(before, lexicon):
            break
        first = index
    return token.index, ""


def _may_modify(token: Token, lexicon: Lexicon) -> bool:
    if not token.is_word:
        return token.text[0].isdigit() or token.text == '"'
    if token.lower in lexicon.adverbs:
        return token.lower in {
            "first",
            "last",
            "late",
            "most",
            "least",
            "longer",
            "best",
            "very",
            "early",
            "once",
            "then",
        }
    return not lexicon.is_function_word(token.lower) and token.lower not in lexicon.verbs


def _is_reporting(tokens: Tokens, lexicon: Lexicon, as_: Token, last: int) -> bool:
    """Tell whether `as` begins a clause of its own: `as her trainer later reported`, not `as a child`."""
    index = last + 1
    while (after := tokens.at(index)) and after.lower in lexicon.adverbs and index < last + _REACH:
        index += 1
    return as_.lower == "as" and after is not None and after.lower in lexicon.speech


def _is_predicate(tokens: Tokens, lexicon: Lexicon, first: int, last: int) -> bool:
    """Tell whether a phrase says what somebody is: `is an engineer`, `as a child`, `like a father`."""
    index = first - 1
    while (before := tokens.at(index)) and (before.lower in lexicon.adverbs or before.lower == "not"):
        index -= 1
    if before is None or before.lower in {"as", "like", "than"}:
        return before is not None and not _is_reporting(tokens, lexicon, before, last)
    if before.lower in _ELECTING:
        passive = tokens.at(before.index - 1)
        return passive is not None and passive.lower in lexicon.copula
    if before.lower not in lexicon.copula or _is_inverted(tokens, lexicon, before):
        return False
    subject = tokens.at(before.index - 1)  # `It was a doctor who …` tells of somebody new
    if subject is not None and subject.lower == "who":  # so does `Who is the boss?`, not `Lind, who is the boss`
        ahead = tokens.at(subject.index - 1)
        return ahead is not None and ahead.sentence == subject.sentence and (ahead.is_word or ahead.text == ",")
    return subject is None or subject.lower not in {"it", "this", "that"}


def _is_second_predicate(tokens: Tokens, lexicon: Lexicon, first: int, noun: Token) -> bool:
    """Tell whether a phrase is the second thing that is said of somebody: `is a prince and a pilot`."""
    joint, after = tokens.at(first - 1), tokens.at(noun.index + 1)
    if joint is None or joint.lower not in {"and", "or", "but"} or (after is not None and lexicon.is_verb(after.lower)):
        return False
    for index in range(joint.index - 1, max(-1, joint.index - _FRONT), -1):
        before = tokens.all[index]
        is_number = before.text[0].isdigit()
        if before.sentence != joint.sentence or not (before.is_word or is_number) or before.is_capital:
            return False
        if before.lower in lexicon.copula:
            told = tokens.all[index + 1]
            return told.lower in lexicon.determiners or told.text[0].isdigit()
        if lexicon.is_verb(before.lower) or before.lower in lexicon.pronouns:
            return False
    return False


def _is_inverted(tokens: Tokens, lexicon: Lexicon, copula: Token) -> bool:
    """Tell whether somebody comes after the verb because a place comes first: `Among them was a doctor`."""
    index = copula.index
    while (
        (before := tokens.at(index - 1)) and before.sentence == copula.sentence and before.text not in {",", ";", ":"}
    ):
        if (
            before.is_quoted != copula.is_quoted
            or before.lower in lexicon.conjunctions
            or copula.index - index > _FRONT
        ):
            break
        index -= 1
    first = tokens.all[index]
    if first.index == copula.index:
        return False
    is_place = (first.lower in lexicon.prepositions - {"to"} and first.lower not in lexicon.subordinators) or (
        first.lower in {"there", "here", "present"}
    )
    pronouns = lexicon.pronouns - {"them", "us"}
    words = tokens.all[index : copula.index]
    return is_place and not any(lexicon.is_verb(t.lower) or t.lower in pronouns for t in words)
