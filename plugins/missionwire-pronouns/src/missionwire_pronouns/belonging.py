"""Belonging: whoever a clause tells of has what belongs to a body or a life, though others were told of before."""

from typing import Final

from missionwire_pronouns.mention import Mention
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.proposal import Proposal, follows, is_other, propose, sole_person
from missionwire_pronouns.trace import Trace

_BESIDE: Final = frozenset({"with", "of", "in", "into", "on", "after", "before", "during", "by"})
"""Behind these stands what somebody has, not what another does something to."""


_TOLD_OF: Final = frozenset({"subject", "possessor"})
"""Who is told of, not just beside somebody."""


def belonging(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe raised his arms`, `Moe called his parents`: it is the subject's, the only person of the sentence."""
    owner = trace.at(pronoun.subject) if pronoun.case == "possessive" else None
    if owner is None or not is_other(owner, pronoun):
        return None
    is_personal = pronoun.is_bodily or pronoun.is_kin or pronoun.is_carried
    is_personal = is_personal or (pronoun.is_private and not pronoun.is_handled)
    is_of_life = is_personal or (pronoun.is_of_career and pronoun.governor in _BESIDE)
    if not is_of_life or pronoun.is_treated or pronoun.is_fellow:
        return None
    if not _is_sure(trace, pronoun, owner, is_strict=not is_personal):
        return None
    why = f"what belongs to a body or a life is of whom the clause tells, {owner.label}"
    return propose(pronoun, owner, "Belonging", why, confidence=0.95, follows=follows(trace, owner))


def attended(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe laughed when they put a blanket around his shoulders`: many see to the one whom the sentence is about."""
    owner = trace.at(pronoun.main)
    if owner is None or not _is_sure(trace, pronoun, owner):
        return None
    why = f"those who do it see to whom the sentence is about, {owner.label}"
    return propose(pronoun, owner, "Attended", why, confidence=0.95, follows=follows(trace, owner))


def confiding(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe said that he had wept`: whoever tells of a feeling feels it, the more so where another has just spoken."""
    owner = trace.at(pronoun.subject) if pronoun.feeling is not None else None
    if owner is None or not _is_sure(trace, pronoun, owner, has_turn=pronoun.feeling == "turn"):
        return None
    why = f"whoever tells of a feeling feels it, here {owner.label}"
    return propose(pronoun, owner, "Confiding", why, confidence=0.95, follows=follows(trace, owner))


def leading(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`In his first speech, Moe thanked Kral`: what leads up to a deed is of whoever does it."""
    owner = trace.awaited(pronoun) if pronoun.is_telling else None
    if owner is None or owner.entity < 0 or not is_other(owner, pronoun) or owner.kind != "name":
        return None
    before = (m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence - 1 and m.kind == "pronoun")
    if any(m.role == "subject" and trace.is_rival(m, pronoun) for m in before):
        return None
    partners = trace.scene.pronouns_of(pronoun.sentence)
    if any(p.token != pronoun.token and p.gender == pronoun.gender and p.case == "object" for p in partners):
        return None
    why = f"what leads up to a deed is of whoever does it, {owner.label}"
    return propose(pronoun, owner, "Leading", why, confidence=0.95)


def continuing(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe is back. For him it was the first flight`: a sentence that names nobody goes on with the subject before.

    Nobody else of the paragraph could be the pronoun as written, nor is the text about such a one.
    """
    if not pronoun.is_continuing:
        return None
    near = [m for m in trace.recent(pronoun.sentence) if m.sentence >= pronoun.sentence - 1]
    owner = sole_person(trace, near, pronoun)
    if owner is None or owner.role != "subject" or owner.paragraph != pronoun.paragraph:
        return None
    if owner.kind != "name" and not trace.is_repaired(owner):
        return None
    rivals = (m for m in trace.recent(pronoun.sentence) if m.paragraph == pronoun.paragraph)
    if any(trace.is_rival(m, pronoun) for m in rivals) or trace.is_main(pronoun, owner):
        return None
    why = f"the sentence names nobody, and goes on with {owner.label}"
    return propose(pronoun, owner, "Continuation", why, confidence=0.95, follows=follows(trace, owner))


def _is_sure(
    trace: Trace, pronoun: Pronoun, owner: Mention, *, has_turn: bool = False, is_strict: bool = False
) -> bool:
    """Tell whether an owner is the one person of a sentence, and nobody else was what the sentence before is about."""
    # Not `the widow of his teacher`: what is owned is part of whom the clause tells.
    is_part = pronoun.governor == "of" and owner.last + 2 == pronoun.token
    if owner.entity < 0 or not is_other(owner, pronoun) or is_part:
        return False
    people = [m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence]
    only = sole_person(trace, people, pronoun)
    if only is None or only.entity != owner.entity:
        return False
    before = [m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence - 1]
    is_beside = pronoun.governor in _BESIDE and pronoun.case == "possessive" and not pronoun.is_family
    rivals = [m for m in before if trace.is_rival(m, pronoun) and not (is_beside and m.paragraph < pronoun.paragraph)]
    if owner.kind == "pronoun" and not trace.is_repaired(owner) and rivals:
        return False
    if has_turn:
        return True
    if pronoun.is_spouse:
        return True
    if is_strict:
        return all(m.is_paired for m in rivals)
    rivals = [m for m in rivals if m.role == "subject" or m.paragraph == pronoun.paragraph]
    return not any(m.kind == "pronoun" or (m.role in _TOLD_OF and not m.is_paired) for m in rivals)
