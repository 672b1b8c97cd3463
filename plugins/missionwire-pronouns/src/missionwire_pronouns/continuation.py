"""Continuation: sentences that name nobody, and go on with the one of whom the sentence before tells."""

from typing import Final

from missionwire_pronouns.forms import FORMS
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.possession import FIRSTS
from missionwire_pronouns.tokens import Token, Tokens

_IT: Final = frozenset({"it", "this", "that"})
_CHOOSING: Final = frozenset(
    {
        "cost",
        "costs",
        "earned",
        "selected",
        "selects",
        "chose",
        "picked",
        "hired",
        "recruited",
        "admitted",
        "assigned",
        "nominated",
        "promoted",
    }
    | {"appointed", "trained", "accepted", "made", "makes"}
)
_BRINGING: Final = frozenset(
    {"take", "took", "takes", "led", "brought", "carried", "carries", "carry", "lead", "bring"}
)
_JOURNEYS: Final = frozenset(
    {"flight", "mission", "journey", "trip", "stay", "career", "path", "rocket", "capsule", "spacecraft", "studies"}
)
_FLIGHTS: Final = frozenset({"flight", "mission", "spacewalk", "stay", "sortie", "journey", "trip", "expedition"})
_BACK: Final = frozenset({"it", "them", "their", "there", "both", "together"})
"""What leads back to something of others: `Moe visited it`, `greeted them`."""
_FIRST: Final = frozenset({"i", "my", "me", "we", "our", "us"})
_YOU: Final = frozenset({"you", "your"})
_SPOUSES: Final = {"his": "husband", "her": "wife"}


def leads_back(tokens: Tokens, pronoun: Token) -> bool:
    """Tell whether the sentence before a pronoun may itself be about others: `Moe greeted them`, `Moe hugged him`."""
    gender = FORMS[pronoun.lower].gender
    words = [t.lower for t in tokens.sentence(pronoun.sentence - 1) if not t.is_quoted]
    return any(w in _BACK or (w in FORMS and FORMS[w].gender == gender) for w in words)


def is_after_words(tokens: Tokens, pronoun: Token) -> bool:
    """Tell whether a pronoun begins a sentence behind somebody's words that tell of nobody it could mean.

    `“I am well,” said Moe. He ate an apple`, not `“He is well,” said Moe. He …`.
    """
    if pronoun.index != tokens.sentences[pronoun.sentence] or leads_back(tokens, pronoun):
        return False
    said = [t.lower for t in tokens.sentence(pronoun.sentence - 1) if t.is_quoted]
    return bool(_FIRST.intersection(said)) and not any(word in FORMS or word in _YOU for word in said)


def is_spouse(tokens: Tokens, pronoun: Token) -> bool:
    """Tell whether what is owned is hardly that of who is written: `his husband`."""
    after = tokens.at(pronoun.index + 1)
    return after is not None and after.lower == _SPOUSES.get(pronoun.lower)


def is_continuing(tokens: Tokens, lexicon: Lexicon, pronoun: Token) -> bool:
    """Tell whether a sentence goes on so.

    `For her it was …`, `It was her first flight`, `The agency selected her`, `The flight takes her …`, `His husband`.
    """
    lead, after = tokens.at(pronoun.index - 1), tokens.at(pronoun.index + 1)
    if lead is None or after is None or pronoun.is_quoted:
        return False
    is_so = _goes_on(tokens, lexicon, pronoun, lead, after)
    return is_so and not leads_back(tokens, pronoun)


def _goes_on(tokens: Tokens, lexicon: Lexicon, pronoun: Token, lead: Token, after: Token) -> bool:
    start = tokens.sentences[pronoun.sentence]
    first = tokens.all[start]
    if pronoun.index == start:
        return is_spouse(tokens, pronoun)
    if pronoun.index == start + 1 and lead.lower == "for":
        return after.lower in _IT or after.text == ","
    if first.lower in _IT and lead.lower in lexicon.copula:
        return after.lower in FIRSTS and any(t.lower in _FLIGHTS for t in tokens.after(after, 2))
    if lead.lower in _CHOOSING:
        return True
    return lead.lower in _BRINGING and any(word.lower in _JOURNEYS for word in tokens.all[start : pronoun.index])
