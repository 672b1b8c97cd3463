"""Predication: nouns that only say what somebody is."""

from itertools import pairwise
from typing import Final

from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.tokens import Token, Tokens

_REACH: Final = 6
"""How many adverbs may stand before a verb of speech."""
_FRONT: Final = 10
"""How many words may stand before a verb that its subject follows."""
_ADDITION: Final = 6
"""How many tokens what is added between a verb and what it says of somebody may take."""
_ADDING: Final = frozenset({"in", "on", "at", "with", "by", "since", "after", "for", "from", "during"})
_PLACES: Final = frozenset({"first", "second", "third", "last", "only", "youngest", "oldest"})
"""What somebody may be among others: `is the second Indian in orbit, and the first to live there`."""
_ARTICLES: Final = frozenset({"a", "an", "the"})
_COMPARED: Final = {"than": {"the", "his", "her", "their"}, "like": {"his", "her", "their"}}
"""Who is told of when somebody is compared: `prouder than the coach`, `looks like her father`, not `like a father`."""
_ELECTING: Final = frozenset({"voted", "elected", "named", "appointed", "declared", "crowned", "considered", "called"})
"""What somebody is made with these is what they are: `was voted the best teacher`."""


def _is_reporting(tokens: Tokens, lexicon: Lexicon, as_: Token, last: int) -> bool:
    """Tell whether `as` begins a clause of its own: `as her trainer later reported`, not `as a child`."""
    index = last + 1
    while (after := tokens.at(index)) and after.lower in lexicon.adverbs and index < last + _REACH:
        index += 1
    return as_.lower == "as" and after is not None and after.lower in lexicon.speech


def before_addition(tokens: Tokens, lexicon: Lexicon, first: int, last: int) -> int:
    """Give the token before a phrase, or before what is added between it and its verb: `became in May the first …`.

    Only the verb of what somebody is has such an addition: `is, at 56, the oldest`, `was with Lind the heart of it`.
    Not so `was in the tent the engineer had pitched`.
    """
    index = first - 1
    after = tokens.at(last + 1)
    if tokens.all[first].lower not in _ARTICLES or (after is not None and lexicon.is_verb(after.lower)):
        return index
    end = index - 1 if index > 0 and tokens.all[index].text == "," else index
    for back in range(end, max(0, end - _ADDITION), -1):
        token = tokens.all[back]
        if token.lower in _ADDING:
            before = back - 2 if tokens.all[back - 1].text == "," and end < index else back - 1
            is_said = back < end and before >= 0 and tokens.all[before].lower in lexicon.copula
            return before if is_said and tokens.all[before].sentence == token.sentence else index
        is_closed = lexicon.is_function_word(token.lower) and token.lower not in lexicon.determiners
        is_closed = (is_closed or lexicon.is_verb(token.lower)) and not token.is_capital  # not `May`
        if is_closed or not (token.is_word or token.text[0].isdigit()):
            return index
    return index


def is_predicative(tokens: Tokens, lexicon: Lexicon, first: int, last: int) -> bool:
    """Tell whether a phrase says what somebody is: `is an engineer`, `as a child`, `like a father`."""
    index = before_addition(tokens, lexicon, first, last)
    while (before := tokens.at(index)) and _is_between(tokens, lexicon, before):
        index -= 1
    if before is not None and tokens.all[first].lower in _COMPARED.get(before.lower, ()):
        return False
    if before is None or before.lower in {"as", "like", "than"}:
        return before is not None and not _is_reporting(tokens, lexicon, before, last)
    if before.lower == "becoming":
        return True
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


def _is_between(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a word may stand before what somebody is: `is not a pilot`, `was three times a backup`."""
    if token.lower in lexicon.adverbs or token.lower in {"not", "times", "once", "twice"}:
        return True
    after = tokens.at(token.index + 1)
    return token.lower in lexicon.numbers and after is not None and after.lower == "times"


def is_fronted_predicate(tokens: Tokens, lexicon: Lexicon, first: int, last: int) -> bool:
    """Tell whether a phrase says of the pronoun behind it what that is: `A pilot of the navy, she was chosen in May`.

    Not so where the pronoun only tells who says so: `A doctor, she said, was there`.
    """
    if first != tokens.sentences[tokens.all[first].sentence] or tokens.all[first].lower not in _ARTICLES:
        return False
    words = tokens.after(tokens.all[last], _FRONT)
    for comma, pronoun, verb in zip(words, words[1:], words[2:], strict=False):
        if comma.text == ",":
            return pronoun.lower in {"he", "she"} and verb.lower not in lexicon.speech and lexicon.is_verb(verb.lower)
        if not comma.is_word or lexicon.is_verb(comma.lower) or comma.lower in {"and", "who", "or"}:
            return False
    return False


def is_second_predicate(tokens: Tokens, lexicon: Lexicon, first: int, noun: Token) -> bool:
    """Tell whether a phrase is the second thing that is said of somebody: `is a prince and a pilot`."""
    joint, after = tokens.at(first - 1), tokens.at(noun.index + 1)
    if joint is None or joint.lower not in {"and", "or", "but"} or (after is not None and lexicon.is_verb(after.lower)):
        return False
    if noun.lower in _PLACES and after is not None and after.lower == "to":
        words = tokens.all[tokens.sentences[joint.sentence] : joint.index]
        return any(one.lower in lexicon.copula and the.lower == "the" for one, the in pairwise(words))
    for index in range(joint.index - 1, max(-1, joint.index - _FRONT), -1):
        before = tokens.all[index]
        is_number = before.text[0].isdigit()
        if (
            before.sentence != joint.sentence
            or not (before.is_word or is_number)
            or _is_person(tokens, lexicon, before)
        ):
            return False
        if before.lower in lexicon.copula:
            told = tokens.all[index + 1]
            return told.lower in lexicon.determiners or told.text[0].isdigit()
        if lexicon.is_verb(before.lower) or before.lower in lexicon.pronouns:
            return False
    return False


def _is_person(tokens: Tokens, lexicon: Lexicon, token: Token) -> bool:
    """Tell whether a capital may be somebody: not so a people, nor a land (`is the only pilot of China and the …`)."""
    before = tokens.all[token.index - 1].lower
    return token.is_capital and not (
        token.lower in lexicon.demonyms or (before in {"of", "from"} and token.lower in lexicon.not_people)
    )


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
    is_led = first.lower in lexicon.prepositions and first.lower != "to" and first.lower not in lexicon.subordinators
    if not is_led and first.lower not in {"there", "here", "present"}:
        return False
    words = [token.lower for token in tokens.all[index : copula.index]]
    return not any(lexicon.is_verb(word) or (word in lexicon.pronouns and word not in {"them", "us"}) for word in words)
