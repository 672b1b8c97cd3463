"""Whether a sentence says that something happened, will happen, or did not."""

import re
from enum import Enum
from typing import Final


class Stance(Enum):
    """What the words before a verb make of it."""

    DONE = "done"
    PLANNED = "planned"
    DENIED = "denied"


_NEGATION: Final = re.compile(
    r"\b(?:not|never|neither|nor|no|without|fail(?:s|ed|ing)? to|unable to|instead of|rather than|nearly|almost|yet to|"
    r"(?:would|could|should|might|must|may) (?:\w+ )?have|refus\w+ to|hardly|prevent\w* from|than|"
    r"(?:hope|hopes|hoped|tried|try|tries|attempt\w*|offer\w*|wish\w*|like[sd]?|able|ready"
    r"|train\w*) to)"
    r"(?:\s[\w-]+){0,4}\s$|n[’']t(?:\s[\w-]+){0,4}\s$",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(r"\b(?:if|unless|whether|in case|as though|rumou?rs?|hoax|falsely)\b", re.IGNORECASE)
_UNSURE: Final = re.compile(r"\b(?:may|might|could|can|should|must|cannot)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_PLAN: Final = re.compile(
    r"(?:\b(?:will|shall|would|won’t|’ll|'ll)"
    r"|\b(?:is|are|was|were|be|been|now|still|currently|originally|initially)\s(?:\w+ly\s)?(?:now\s)?"
    r"(?:(?:due|set|scheduled|expected|supposed|slated|planned|going|about|preparing|targeted|poised)\s)?to"
    r"|\b(?:due|set|scheduled|expected|supposed|slated|planned|preparing|targeted|poised|about|going)\sto"
    r"|\b(?:plan|expect|aim|intend|prepare|decide|agree|need|want|mean)(?:s|ed|d|ing|ned|ning)?\sto|\bmeant\sto)"
    r"\s(?:then\s|also\s|again\s|be\s|\w+ly\s|soon\s|both\s)*$",
    re.IGNORECASE,
)
_STATE: Final = re.compile(r"\b(?:is|are|be|getting)\s(?:being\s)?(?:\w+ly\s)?$", re.IGNORECASE)
_AFTER: Final = re.compile(r"(?:\b(?:after|upon|since|following)|,)\s(?:\w+ly\s)?$", re.IGNORECASE)
_ANY_PLAN: Final = re.compile(
    r"\b(?:will|shall|would|won’t|(?:due|set|scheduled|expected|supposed|slated|planned|plans?|going|is|are) to)\b",
    re.IGNORECASE,
)


def of_past(head: str, verb: str, *, may_be_state: bool = False) -> Stance:
    """Judge a past form, or a gerund, by what stands before it in its clause.

    "Is docked" tells of a state, "is postponed" of news: `may_be_state` says which the rule's verb is.
    """
    if _NEGATION.search(head) or _CONDITION.search(head) or _UNSURE.search(head):
        return Stance.DENIED
    if _PLAN.search(head):
        return Stance.PLANNED
    first = verb.split(" ", 1)[0]
    is_gerund = first.endswith("ing") and first.lower() != "during"
    if is_gerund and head and not _AFTER.search(head):
        return Stance.DENIED
    return Stance.DENIED if _STATE.search(head) and not may_be_state else Stance.DONE


def of_base(head: str, *, is_caption: bool) -> Stance:
    """Judge a plain form ("land", "docks"): a plan after "will"; in a caption it tells what happened."""
    if _NEGATION.search(head) or _CONDITION.search(head) or _UNSURE.search(head):
        return Stance.DENIED
    if _PLAN.search(head):
        return Stance.PLANNED
    if head.lower().endswith((" and ", " and to ", ", then ")) and _ANY_PLAN.search(head):
        return Stance.PLANNED
    if head.lower().endswith(" did "):
        return Stance.DONE
    is_infinitive = head.lower().endswith(("to ", "the ", "a ", "an ", "its ", "their "))
    return Stance.DONE if is_caption and not is_infinitive else Stance.DENIED


def has_plan(text: str) -> bool:
    """Tell whether a text speaks of what is to come."""
    return bool(_ANY_PLAN.search(text))
