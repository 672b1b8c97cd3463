"""Talk: whose quoted words are, by what is told right before them."""

from missionwire_pronouns.forms import other
from missionwire_pronouns.mention import Mention
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.proposal import UNSURE, Proposal, follows, is_other, propose, sole_person
from missionwire_pronouns.sight import has_live_rival, has_precedence, is_told_of_here
from missionwire_pronouns.trace import Trace


def quotation(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Mori laughed. “…,” he said`: what is told right before a quotation tells whose it is."""
    told = pronoun.introduction
    if told is None or may_answer(pronoun):
        return None
    apart = trace.apart(pronoun)
    people = [m for m in trace.recent(pronoun.sentence) if told.first <= m.first <= told.last and not m.is_quoted]
    people = [m for m in people if m.entity not in apart]
    owner = sole_person(trace, people, pronoun)
    confidence = 0.96
    is_going_on = told.has_speech and (pronoun.is_going_on or not told.is_of_self)
    if owner is None and is_going_on and (owner := _teller(people, pronoun)):
        confidence = 0.95
    elif owner is None:
        owner = _leader(people, pronoun)
        is_either = all(is_other(m, pronoun) and m.entity >= 0 for m in people)  # `Moe's mother wept. “…,” he said`
        confidence = 0.95 if is_either else 0.7
    elif owner.role != "subject":
        confidence = 0.8
    if owner is None:
        return None
    is_plain = owner.kind == "name" and owner.role == "subject" and has_precedence(trace, pronoun, owner)
    has_speech = told.has_speech and not (told.is_said_to and is_told_of_here(trace, pronoun))
    if not has_speech and not is_plain and has_live_rival(trace, pronoun, owner):
        confidence = UNSURE
    why = f"the words in quotation marks come right after what {owner.label} does"
    return propose(pronoun, owner, "Quotation", why, confidence=confidence, follows=follows(trace, owner))


def reply(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`A guest asked Moe about it. “An hour,” he replied`: whoever is asked answers."""
    told = pronoun.introduction
    if told is None or told.question is None or not pronoun.is_replying:
        return None
    owner = trace.at(told.question + 1)
    if owner is None or owner.role != "object" or owner.kind == "pronoun" or not is_other(owner, pronoun):
        return None
    why = f"{owner.label} is asked, and whoever is asked replies"
    return propose(pronoun, owner, "Quotation", why, confidence=0.96)


def _leader(people: list[Mention], pronoun: Pronoun) -> Mention | None:
    """Give the one subject among several people: whoever does something is more likely to speak of it."""
    subjects = [m for m in people if m.role == "subject"]
    return subjects[0] if len(subjects) == 1 and is_other(subjects[0], pronoun) and subjects[0].entity >= 0 else None


def _teller(people: list[Mention], pronoun: Pronoun) -> Mention | None:
    """Give who says something of all others that are mentioned: `Moe said that Kral was well. “…,” he added`."""
    verb = pronoun.introduction.verb if pronoun.introduction is not None else None
    tellers = [m for m in people if verb is not None and m.first < verb and m.role != "possessor"]
    if not tellers or any(m.entity != tellers[-1].entity for m in tellers):
        return None
    is_teller = tellers[-1].role == "subject" and tellers[-1].kind == "name" and tellers[-1].entity >= 0
    return tellers[-1] if is_teller and is_other(tellers[-1], pronoun) else None


def quoting(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe's brother came. “I waved to him,” he said`: of two people, whom the words are of is not who says them."""
    told = pronoun.introduction
    if told is None or told.is_prompt or not pronoun.is_quoting:
        return None
    others = trace.speakers(pronoun.gender)
    owners = trace.speakers(other(pronoun.gender))
    if len(others) != 1 or len(owners) != 1 or others[0].entity == owners[0].entity:
        return None
    owner = owners[0]
    is_near = all(m.entity >= 0 and m.sentence >= pronoun.sentence - 2 for m in (others[0], owner))
    if not is_near or not is_other(owner, pronoun) or others[0].gender != pronoun.gender:
        return None
    why = f"the words speak of {others[0].label}, and {owner.label} is the only other person"
    return propose(pronoun, owner, "Quotation", why, confidence=0.95, follows=follows(trace, owner))


def may_answer(pronoun: Pronoun) -> bool:
    """Tell whether a speaker may be the other side of a talk."""
    told = pronoun.introduction
    return told is not None and (pronoun.is_answering or told.is_prompt) and not told.is_asked
