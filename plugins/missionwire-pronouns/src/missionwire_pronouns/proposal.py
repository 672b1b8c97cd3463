"""Proposals: that a pronoun means somebody else than it says."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from missionwire_pronouns.forms import other
from missionwire_pronouns.mention import Mention, Proof
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.trace import Trace

UNSURE: Final = 0.65
"""The confidence of what is likely while somebody else is still in sight."""


class Proposal(Struct, frozen=True):
    """That a pronoun should be of another gender (`n`: its), because it means `owner`.

    `rule` names the sieve, `follows` is the token of the repaired pronoun that it hangs on; `is_weighed`: the sieve has
    asked who else may be meant in a text with other faults.
    """

    pronoun: Pronoun
    gender: str
    owner: Mention | None
    rule: str
    reason: str
    confidence: float
    evidence: tuple[tuple[int, int], ...]
    follows: int | None = None
    is_weighed: bool = False


def propose(
    pronoun: Pronoun, owner: Mention, rule: str, why: str, *, confidence: float, follows: int | None = None
) -> Proposal:
    """Propose that a pronoun means somebody of the other gender, and say why."""
    proof = owner.proof or Proof(owner.start, owner.end, f"{owner.label} is not “{pronoun.text}”")
    evidence = tuple(dict.fromkeys(((owner.start, owner.end), (proof.start, proof.end))))
    reason = f"{rule}: {why}, and {proof.because}."
    return Proposal(pronoun, other(pronoun.gender), owner, rule, reason, confidence, evidence, follows)


def go_on(trace: Trace, pronoun: Pronoun, owner: Mention, why: str) -> Proposal:
    """Propose that a pronoun goes on with somebody of whom a text tells: that is likely, no more."""
    return propose(pronoun, owner, "Thread", why, confidence=UNSURE, follows=follows(trace, owner))


def weigh(trace: Trace, pronoun: Pronoun, owner: Mention, why: str) -> Proposal:
    """Propose it where it was asked who else may be meant."""
    return replace(go_on(trace, pronoun, owner, why), is_weighed=True)


def is_other(mention: Mention, pronoun: Pronoun) -> bool:
    """Tell whether a mention is of one person of the other gender."""
    return mention.gender == other(pronoun.gender) and mention.kind != "many"


def sole_person(trace: Trace, people: Iterable[Mention], pronoun: Pronoun) -> Mention | None:
    """Give the one person of the other gender among mentions, the first mention of it; None with anybody else there."""
    found: Mention | None = None
    for mention in people:
        if trace.is_past(mention, pronoun):
            continue
        if not is_other(mention, pronoun) or mention.entity < 0:
            return None
        if found is not None and mention.entity != found.entity:
            return None
        found = mention
    return found


def follows(trace: Trace, owner: Mention) -> int | None:
    """Give the token of the repaired pronoun that a proposal hangs on."""
    return owner.first if trace.is_repaired(owner) else None
