"""Whether a sentence says that something happened, will happen, or did not. It is given in small letters.

`cues` are those of the sentence. What stands right before a verb is seen sooner by how the last word ends, before one
blank: `head.endswith(endings, 0, -1)`.
"""

import re
from enum import Enum
from typing import Final

from missionwire_articles.anywhere import anywhere
from missionwire_articles.cues import Cued


class Stance(Enum):
    """What the words before a verb make of it."""

    DONE = "done"
    PLANNED = "planned"
    PRESENT = "present"
    """Told in the present tense: its time says whether it happened or is still to come."""

    DENIED = "denied"


DONE: Final = Stance.DONE
PLANNED: Final = Stance.PLANNED
PRESENT: Final = Stance.PRESENT
DENIED: Final = Stance.DENIED


_NEGATION: Final = Cued(
    r"\b(?:not|never|neither|nor|nobody|without(?!(?:\s[\w-]+){1,4}\s(?:was|were|is|are|had|has)\s)"
    r"|fail(?:s|ed|ing)? to|unable to|instead of|rather than"
    r"|(?:nearly|almost)(?!\s(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|\d[\d.,]*"
    r"|all|every|immediately|simultaneously|exactly|[\ue007]+|[\w-]+ty)\b)"
    r"|yet to|"
    r"(?:(?:would|could|should|might|must|may)(?: \w+)?|(?:was|were) to) have|refus\w+ to|hardly|prevent\w* from"
    r"|(?<!more )(?<!less )(?<!fewer )(?<!later )(?<!longer )than|"
    r"(?:hoped|tried|try|tries|(?<!’s )(?<!'s )(?<!an )(?<!the )(?<!rst )(?<!ond )attempt\w*"
    r"|offer\w*|wish\w*|like[sd]?|able|ready"
    r"|train\w*) to)"
    r"(?:\s[\w-]+){0,4}\s$|(?:n’t|n't)(?:\s[\w-]+){0,4}\s$|\bneither\s[^,;.]{1,80}?\snor\s[^,;.]{1,60}\s$",
    anywhere,
)
_NO: Final = re.compile(r"no(?<=\bno)(?:\s[\w-]+){0,4}\s$")
_NOT: Final = anywhere(r"\b(?:not|never|nobody|would|might|may)\b|n[’']t\b")
_CONDITION: Final = Cued(
    r"\b(?:before\s(?:either|any(?:one|body)?)|unless|whether|in case|as though|rumou?rs?|hoax|falsely"
    r"|deny(?:ing)?|denie[ds])\b"
    r"|\bhad\s(?:the|an?|any|its|their|one|this|that|either|it|they|he|she|[\ue000\ue002\ue003]+)\s(?:[\w-]+\s){0,4}$",
    anywhere,
)
_IF: Final = re.compile(
    r"if(?<=\bif)\b(?!\s(?:the\s)?(?:weather|all|everything|nothing|conditions|necessary|needed|required)\b)"
)
"""Only thought of: "if …", "had the system failed"."""

_UNSURE: Final = Cued(
    r"\b(?:may|might|could|can|cannot)\s(?:[\w-]+\s){0,2}$|\b(?:probably|possibly|perhaps|maybe|presumably)\b[^,;]{0,40}$",
    anywhere,
)
_DOUBTS: Final = _NEGATION.cue | _CONDITION.cue | _UNSURE.cue
_HEDGES: Final = ("probably", "possibly", "perhaps", "maybe", "presumably", "apparently", "likely")
_HEDGED: Final = re.compile(rf"\b(?:{'|'.join(_HEDGES)})\s$")
_SO_FAR: Final = 24
"""So far before a clause a hedge stands: "probably after …"."""

_HAD_TO: Final = anywhere(
    r"(?<!have )\b(?:had|forced|obliged|compelled|managed|came|was able|were able) to (?:\w+ly |then |also )*$",
)
"""It happened: "the crew had to return early", "managed to dock"."""

_PLAN: Final = re.compile(
    r"(?:\b(?:will|shall|would|should|must|won’t|’ll|'ll)|\b(?:has|have) to|\b(?:will|is to|are to|should) be used to"
    r"|\b(?:is|are|was|were|be|been|now|still|currently|originally|initially)\s(?:\w+ly\s)?(?:now\s)?"
    r"(?:(?:due|set|scheduled|expected|supposed|slated|planned|going|about|preparing|targeted|poised)\s)?to"
    r"|\b(?:due|set|scheduled|expected|supposed|slated|planned|foreseen|programmed|preparing|targeted|poised|about|going"
    r"|ready|hoping|hopes?)\sto"
    r"|\b(?:plan|expect|aim|intend|prepare|decide|agree|need|want|mean)(?:s|ed|d|ing|ned|ning)?\sto|\bmeant\sto"
    r"|\bplans?\sfor\s[^,;]{1,50}\sto)"
    r"\s(?:then\s|also\s|again\s|be\s|\w+ly\s|soon\s|both\s|first\s|only\s|once\smore\s)*$",
)
_OF_PLANS: Final = ("to", "ll", "would", "should", "must", "won’t")
"""A plan has one of these: most that is told has none, which is seen sooner than that no plan stands there."""

_ENDS_PLAN: Final = (*_OF_PLANS, "ly", "then", "also", "again", "be", "soon", "both", "first", "more")
"""How the last word of such a plan ends, and that of what had to be done."""

_STATE: Final = anywhere(r"\b(?:is|are|be|getting)\s(?:being\s)?(?:\w+ly\s)?$")
_ENDS_STATE: Final = ("is", "are", "be", "ing", "ly")
_AFTER: Final = re.compile(r"(?:\b(?:after|before|upon|since|following|when|while)|,(?:\son)?|^on)\s(?:\w+ly\s)?$")
_NOMINAL: Final = re.compile(r"\b(?:the|its|their|his|her)\s$")
"""What makes a gerund a noun: "after the opening of the hatch"."""

_CAUSED: Final = anywhere(
    r"\b(?:(?:forced|led|obliged|compelled|caused|prompted)\s[^,;]{1,50}?\sto|(?:had )?made\s[^,;]{1,50}?"
    r"|(?<!have\s)(?:saw|watched|witnessed)\s[^,;]{1,50}?)\s$",
)
"""It happened because something made somebody do it, or was seen: "the wind forced NASA to postpone …"."""

_INVERTED: Final = anywhere(
    r"\bdid\s(?:(?:the|its|their|his|her|an?|both|all)\s[^,;.]{1,60}|(?:it|he|she|they)\s|[\ue000-\ue005][^,;.]{0,60})$",
)
"""It happened: "only on Sunday did the rocket …"."""

_THAT: Final = re.compile(r"\b(?:planned|foreseen|intended|expected|scheduled|envisaged)\sthat\s[^,;]{1,90}$")
"""A plan: "it is planned that they …"."""

_INFINITIVE: Final = anywhere(
    r"\b(?:to|the|a|an|its|their|his|her|this|that|of|for|and|or|let|lets|make|makes|made|help|helps|helped|see|saw|watch"
    r"|watched|do|does|did|not)\s(?:\w+ly\s)?$",
)
_THIRD_PERSON: Final = re.compile(r"^[a-z-]*[^\Ws]s\b")
_SEVERAL: Final = re.compile(
    r"(?:\b(?:they|who|both|all|two|three|four|crews?|\w{3,}s|\w+nauts)|\ue000\s?and\s[^,;]*\ue000)\s(?:\w+ly\s)?$",
)
"""A subject in the plural, whose verb has no -s."""

_THOUGHT_OF: Final = anywhere(
    r"\b(?:possible|planned|original(?:ly)?|failed|cancelled|canceled|simulated|attempted|hoped-for|future"
    r"|next year[’']s"
    r"|hopes? (?:for|of)|dreams? of|chance of|plans? for|preparations? for|prepar\w+ for|training for|trained for"
    r"|risk of"
    r"|date (?:of|for)|time (?:of|for)|window for|anniversary of|years? (?:after|since)|hours before|days before"
    r"|weeks before|months before|film (?:of|about)|rehears\w+ (?:of|for)|before|until|ahead of)\s(?:[\w-]+\s){0,3}$",
)
_DENIED_AFTER: Final = re.compile(
    r"[^.;]{0,80}?\b(?:(?:did|does|do|has|have|had|was|were|is|are|will|would|could|can|may|might)\s(?:not|never|n’t)"
    r"|(?<!almost )(?<!nearly )cancel\w+"
    r"|scrubbed|aborted|called off|postponed|delayed|put off|moved|rescheduled|simulat\w+|anniversary)\b",
)
_KEPT: Final = re.compile(
    r"[^.;]{0,80}?\b(?:has|have|had|was|were|is|are|will|would)\s(?:not|never)\s(?:be\s|been\s)?"
    r"(?:moved|changed|postponed|delayed|affected|cancelled|canceled|put off|rescheduled)",
)
_ANY_PLAN: Final = anywhere(
    r"\b(?:will|shall|would|won’t|(?:due|set|scheduled|expected|supposed|slated|planned|plans?|going|is|are) to"
    r"|(?:due|set|scheduled|expected|slated|planned|foreseen) for)\b",
)


_DUTY: Final = re.compile(r"\b(?:must|should|(?:has|have) to)\b")
_ALIKE: Final = frozenset({"come", "become", "run", "put", "set", "cut", "hit", "let", "shut"})
_ENDS_GOING_ON: Final = ("and", "or", "then", "later", "finally", "also", "afterwards", "to")
_GOES_ON: Final = re.compile(r"\W*(?:(?:and|or)(?:\s(?:then|later|finally|also|afterwards))?(?:\sto)?|then|to)\s$")
_FIRST: Final = re.compile(r"\W*(?:and\s(?:then\s)?)?before\s$")
"""How a clause goes on with the plan of the one before it: "is to stay and then | land", "before landing"."""

_PROVIDED: Final = re.compile(r"^\W*(?:(?:and|but|even|only)\s)?if\s[^;]*,\s")
_TO_BE: Final = re.compile(r"(?:will|shall|should|could|can|is|are)\b")
"""A plan says of a condition that opens its clause only what it hangs on: "if it flies on Friday, they will dock"."""


def of_past(head: str, verb: str, cues: int, *, may_be_state: bool = False) -> Stance:
    """Judge a past form, or a gerund, by what stands before it in its clause.

    "Is docked" tells of a state, "is postponed" and "is preparing" of news: `may_be_state` says which it is.
    """
    if may_be_state and _TO_BE.match(verb):
        head = _PROVIDED.sub("", head)
    if _is_doubted(head, cues):
        return DENIED
    if _is_planned(head):
        return PLANNED
    first = verb.split(" ", 1)[0]
    is_gerund = first.endswith("ing") and first.lower() != "during"
    if is_gerund and head and not may_be_state and not (_AFTER.search(head) or _NOMINAL.search(head)):
        return DENIED
    is_state = not may_be_state and head.endswith(_ENDS_STATE, 0, -1) and _STATE.search(head)
    return DENIED if is_state else DONE


def of_base(head: str, verb: str, cues: int, *, is_caption: bool) -> Stance:
    """Judge a plain form ("land", "docks"): a plan after "will"; in a caption it tells what happened.

    Elsewhere it may be the present tense: "Soyuz MS-28 lands on Friday".
    """
    if _had_to(head, cues):
        return DONE
    is_planned = _is_planned(head)
    if is_planned:
        head = _PROVIDED.sub("", head)
    if _is_doubted(head, cues):
        return DENIED
    if is_planned or (" that " in head and _THAT.search(head)):
        return PLANNED
    if (
        head.endswith((", ", " and ", " and to ", ", then ", " or "))
        and _may_plan(head)
        and (_ANY_PLAN.search(head) or _DUTY.search(head))
    ):
        return PLANNED
    if head.endswith(" did ") or _INVERTED.search(head) or _CAUSED.search(head):
        return DONE
    if _INFINITIVE.search(head):
        return DENIED
    if is_caption:
        return DONE
    is_finite = _THIRD_PERSON.search(verb) or _SEVERAL.search(head)
    return PRESENT if is_finite else DENIED


def _had_to(head: str, cues: int) -> bool:
    """Tell whether it was done because it had to be, or could be done."""
    if not (head.endswith(_ENDS_PLAN, 0, -1) and _HAD_TO.search(head)):
        return False
    return not (_NOT.search(head) or _is_thought(head, cues))


def of_noun(head: str, tail: str, cues: int) -> Stance:
    """Judge a noun with its time ("the launch, on Friday, …"): what was denied or only thought of did not happen.

    A plan gives its own time: what that says of it decides, as of the present tense.
    """
    if _is_negated(head, cues) or _is_conditional(head, cues) or _THOUGHT_OF.search(head):
        return DENIED
    return DENIED if _DENIED_AFTER.match(tail) and not _KEPT.match(tail) else PRESENT


def is_hedged(small: str, place: int) -> bool:
    """Tell whether what stands right before a clause leaves it open whether it is so: "probably after …"."""
    before = small[max(0, place - _SO_FAR) : place]
    return before.endswith(_HEDGES, 0, -1) and bool(_HEDGED.search(before))


def without_plan(head: str) -> str:
    """Give what stands before a verb without the words that make it a plan: "Crew-8 " of "Crew-8 is expected to "."""
    return _PLAN.sub("", head) if head.endswith(_ENDS_PLAN, 0, -1) else head


def _may_plan(head: str) -> bool:
    return any(map(head.__contains__, _OF_PLANS))


def has_plan(text: str) -> bool:
    """Tell whether a text speaks of what is to come."""
    return bool(_ANY_PLAN.search(text))


def is_open(verb: str) -> bool:
    """Tell whether a verb's form may be of the past or not: a gerund, or one like the plain form ("come")."""
    first = verb.partition(" ")[0].lower()
    return first.endswith("ing") or first in _ALIKE


def goes_on(head: str, *, is_gerund: bool) -> bool:
    """Tell whether a clause that begins so goes on with the plan of the one before: "… and then land"."""
    return bool(_FIRST.fullmatch(head)) if is_gerund else joins(head)


def joins(head: str) -> bool:
    """Tell whether what opens a clause joins it to the one before: "and then"."""
    return head.endswith(_ENDS_GOING_ON, 0, -1) and bool(_GOES_ON.fullmatch(head))


def _is_doubted(head: str, cues: int) -> bool:
    if not (cues & _DOUBTS or "no" in head or "if" in head):
        return False  # as in about every second sentence
    return _is_negated(head, cues) or _is_thought(head, cues)


def _is_negated(head: str, cues: int) -> bool:
    return bool((cues & _NEGATION.cue and _NEGATION.search(head)) or ("no" in head and _NO.search(head)))


def _is_thought(head: str, cues: int) -> bool:
    """Tell whether it is only thought of, or nobody is sure of it."""
    return _is_conditional(head, cues) or bool(cues & _UNSURE.cue and _UNSURE.search(head))


def _is_conditional(head: str, cues: int) -> bool:
    return bool((cues & _CONDITION.cue and _CONDITION.search(head)) or ("if" in head and _IF.search(head)))


def _is_planned(head: str) -> bool:
    return head.endswith(_ENDS_PLAN, 0, -1) and bool(_PLAN.search(head))
