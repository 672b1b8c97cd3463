"""The case of `her` and `his`: which of `him`, `his`, `hers` they stand for is told by the words that follow."""

from typing import Final

from missionwire_pronouns.forms import Case
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.receivers import ONLY_WITH_TIME, case_before_noun
from missionwire_pronouns.surroundings import Surroundings, is_content
from missionwire_pronouns.tokens import Token, Tokens

_NOUNS_TOO: Final = frozenset(
    {"past", "inside", "back", "home", "best", "right", "future", "last", "first", "free", "like", "near"}
)
"""Function words that may be what somebody owns: `in her past`, `at his best`."""
_NOUNS_IN_LY: Final = frozenset(
    {"family", "reply", "ally", "supply", "belly", "assembly", "rally", "anomaly", "fly", "jelly", "bully"}
)
_IN_PLACE: Final = frozenset({"near", "inside", "like", "past", "outside"})
"""Of these, the ones that lead to a place or time as well: `waited for her near the gate`, `past midnight`."""
_ORDINALS: Final = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
_CLOSING: Final = frozenset(
    {
        *("again", "alive", "ahead", "apart", "aside", "asleep", "away", "abroad", "afterwards", "anyway", "here"),
        *("there", "together", "today", "tomorrow", "tonight", "yesterday", "twice", "upstairs", "downstairs"),
        *("everywhere", "somewhere", "nowhere", "nothing", "everything", "something", "anything", "nobody", "somebody"),
        *("everybody", "everyone", "someone", "none", "better", "worse", "indoors"),
    }
)
"""What nothing owned begins with: `saw her again Monday`, `for her nothing changed`."""
_LEADING: Final = frozenset(
    {"in", "on", "at", "of", "with", "from", "to", "since", "for", "by", "until", "during", "off", "through", "over"}
)
"""Prepositions that never say which thing is meant: `waited for her in paper hats`."""
_PERIODS: Final = frozenset(
    {
        *("week", "weekend", "year", "month", "night", "evening", "morning", "afternoon", "summer", "spring", "autumn"),
        *("winter", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "hours", "minutes"),
        *("days", "weeks", "months", "years", "january", "february", "april", "june", "july", "august", "september"),
        *("october", "november", "december"),
    }
)
_LATER: Final = frozenset({"later", "ago", "earlier", "afterwards", "before"})
_SPENDING: Final = frozenset(
    {"spent", "spends", "spend", "spending", "had", "until", "till", "before", "after", "since"}
)
_TIMELY: Final = frozenset({"in", "on", "at", "of", "during", "from", "through", "throughout", *_SPENDING})
"""After these a period is one's own: `on her last evening`; else it tells when: `visited her last week`."""
_EACH: Final = frozenset({"day", "time", "hour", *_PERIODS})
_EVERY: Final = frozenset({"move", "word", "step", "wish", "mood", "gesture", "breath", "thought", "need", "detail"})
_TAKEN: Final = frozenset({"prisoner", "hostage", "captive"})
_DOING: Final = frozenset({"do", "does", "did"})
_DONE: Final = frozenset({"good", "credit", "justice", "honour", "honor", "harm", "wrong"})
_QUANTITIES: Final = frozenset({"more", "less", "enough", "half", "plenty"})
_PRIZES: Final = frozenset({"prize", "place", "medal", "award", "rank"})
_PARTING: Final = frozenset({"goodbye", "farewell", "adieu", "goodnight"})
_OWNING: Final = frozenset({"on", "in", "at", "of", "behind", "under", "inside"})
"""After these and `her`, a function word that may be a noun is one: `on her back`."""
_OF_BACKS: Final = frozenset({"turn", "turns", "turned", "turning", "hurt", "strained", "scratched", "arched"})
_PARTICLES: Final = frozenset({"down", "off", "up", "away", "aside", "over", "out"})
"""What goes with a verb and its object: `turned her down four times`."""
_REACHING: Final = frozenset(
    {
        *("went", "goes", "came", "comes", "fell", "falls", "belonged", "belongs", "stood", "stands", "stand", "sat"),
        *("sits", "hung", "hangs", "lay", "flew", "rode", "worked", "is", "are", "was", "were"),
    }
)
"""What something does that reaches somebody: `to her went the brushes`."""
_REACHED: Final = frozenset({"to", "from", "with", "behind", "beside", "above", "below", "under", "around", "opposite"})


def case_of(tokens: Tokens, lexicon: Lexicon, index: int) -> Case:
    """Give the case of the `her` or `his` at an index; `unclear` where the words allow two readings."""
    pronoun, after, further = tokens.all[index], _same_sentence(tokens, index, 1), _same_sentence(tokens, index, 2)
    free: Case = "absolute" if pronoun.lower == "his" else "object"
    if after is None or not (after.is_word or after.text[0].isdigit()):
        is_quotation = after is not None and after.text in {"“", '"', "‘", "«", "``", "'"}
        return "possessive" if is_quotation else free
    if after.lower == "own":
        return "possessive"
    has_content = further is not None and further.is_word and is_content(further, lexicon)
    if pronoun.lower == "his":
        is_qualified = has_content and after.lower in lexicon.adverbs
        is_owner = is_qualified or after.lower in _NOUNS_TOO or is_content(after, lexicon)
        return "possessive" if is_owner else free
    before = _same_sentence(tokens, index, -1)
    around = Surroundings(tokens, lexicon, index, before.lower if before is not None else "", after, further)
    decided = (decide(around, has_content=has_content) for decide in _DECIDERS)
    return next((case for case in decided if case is not None), None) or case_before_noun(around)


def _after_verb(around: Surroundings, *, has_content: bool) -> Case | None:
    """Decide by words that go with a verb and its object: `turned her down`, `behind her sat two`, `did her good`."""
    del has_content
    after, before, lexicon = around.after.lower, around.before, around.lexicon
    if before in _REACHED and after in _REACHING:
        return "object"
    if before in lexicon.prepositions and around.is_first and lexicon.is_verb(after) and around.is_followed_by_small:
        return "unclear"  # `Above her burned a lamp`, `On her left the sea began`
    if after in _PARTICLES and lexicon.is_verb(before) and before not in lexicon.auxiliary:
        return "object"
    if after in _TAKEN or (before in _DOING and after in _DONE):
        return "object"
    if after in _PARTING and lexicon.is_verb(before):
        return "unclear"
    return None


def _after_time(around: Surroundings, *, has_content: bool) -> Case | None:
    """Decide where a time may follow: `visited her last week`, but `on her last evening`; `called her every day`."""
    after, further = around.after.lower, around.further.lower if around.further else ""
    if after in {"every", "each"}:
        return "object" if further in _EACH else "possessive" if further in _EVERY else "unclear"
    is_counted = after in {"last", "next", "one", "this"} or after in around.lexicon.numbers or after.isdigit()
    if is_counted and further in _PERIODS and around.before not in ONLY_WITH_TIME:
        if around.before == "with" and around.is_first:  # `With her 300 days she is second`
            return "possessive"
        third = _same_sentence(around.tokens, around.position, 3)
        if third is not None and third.lower in _LATER:  # `flew past her three days later`
            return "object"
        if around.before in _TIMELY or around.before in around.lexicon.doing:
            return "possessive"
        return "object" if after in {"one", "this"} else "unclear"
    if after in _PERIODS and around.after.is_capital and around.before not in _TIMELY:
        return "unclear" if has_content else "object"
    return None


def _after_small_word(around: Surroundings, *, has_content: bool) -> Case | None:
    """Decide where an adverb, a preposition or another word follows that is neither noun nor adjective."""
    after, lexicon = around.after, around.lexicon
    if after.lower in _CLOSING or after.lower in _LEADING:
        return "object"
    is_given = around.before in lexicon.giving and _is_gift(around, has_content=has_content)
    if is_given or (after.lower in _ORDINALS and not has_content):
        return "possessive" if around.before in _TIMELY else "unclear"
    if after.lower in _IN_PLACE and around.leads_on:
        return "object"
    if after.lower in lexicon.adverbs or after.lower in _NOUNS_TOO:
        return _before_adverb(around, has_content=has_content)
    if lexicon.is_function_word(after.lower):
        return "object"
    if after.lower.endswith("ly") and after.lower not in _NOUNS_IN_LY:
        return "possessive" if has_content else "object"
    return None


def _is_gift(around: Surroundings, *, has_content: bool) -> bool:
    """Tell whether an amount or a prize follows: `gave her more time`, `awarded her first prize`."""
    after, further = around.after.lower, around.further
    if after in {"first", *_ORDINALS}:
        return further is not None and further.lower in _PRIZES
    return after in _QUANTITIES and (has_content or around.is_followed_by_small)


def _before_adverb(around: Surroundings, *, has_content: bool) -> Case:
    after, before = around.after.lower, around.before
    is_manner = around.further is not None and around.further.lower.endswith("ly")
    if is_manner and around.further and around.further.lower not in _NOUNS_IN_LY:  # `greeted her very warmly`
        return "unclear" if _has_noun(around) else "object"
    if has_content or after in {"past", "future"}:
        return "possessive"
    if after == "best":  # `at her best`, `did her best`, but `it fits her best`
        is_verb = around.lexicon.is_verb(before) or before.endswith("s")
        return "unclear" if is_verb and before not in _DOING and before not in around.lexicon.copula else "possessive"
    if before in _OWNING and after in _NOUNS_TOO:
        return "possessive"
    if after == "back" and before in _OF_BACKS:  # `turned her back to the camera`
        return "possessive"
    return "unclear" if before in around.lexicon.prepositions and after in _NOUNS_TOO else "object"


def _has_noun(around: Surroundings) -> bool:
    third = _same_sentence(around.tokens, around.position, 3)
    return third is not None and third.is_word and is_content(third, around.lexicon)


_DECIDERS: Final = (_after_verb, _after_time, _after_small_word)


def _same_sentence(tokens: Tokens, index: int, distance: int) -> Token | None:
    token = tokens.at(index + distance)
    return token if token is not None and token.sentence == tokens.all[index].sentence else None
