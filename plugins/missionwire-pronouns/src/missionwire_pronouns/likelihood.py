"""What is likely wrong: sure only in a text that has other faults of translation.

Where one pronoun or term is surely wrong, others are, too: what would be a guess in good English is the better reading.
"""

from typing import Final

from msgspec.structs import replace

from missionwire_pronouns.mention import Mention
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.proposal import UNSURE, Proposal
from missionwire_pronouns.threads import BESIDE, has_others_own
from missionwire_pronouns.trace import Trace
from missionwire_pronouns.vetoes import Veto, contrasted, disagreeing, set_in, stranger, vessel

_ABOUT: Final = frozenset({"with", "of", "in", "during", "on"})
"""Behind these stands what somebody who does something has: `came back with her crew`."""
_MAKING: Final = frozenset({"making", "makes", "made", "flying", "flies", "flew"})
"""What one does with a flight of one's own: `is making her second trip`."""
_LIST: Final = 3
"""From how many names on a sentence is about nobody of them."""
SURE: Final = 0.95
"""The confidence of what is likely, in such a text."""


def confirmed(trace: Trace, proposal: Proposal) -> Proposal:
    """Give a proposal of a text with other faults: likely ones become sure, but for those of a doubtful form."""
    is_likely = UNSURE <= proposal.confidence < SURE
    if not is_likely or not (proposal.is_weighed or not _is_doubtful(trace, proposal)):
        return proposal
    reason = f"{proposal.reason.removesuffix('.')}; the text has other faults of translation."
    return replace(proposal, confidence=SURE, reason=reason)


def is_pardoned(trace: Trace, proposal: Proposal, veto: Veto) -> bool:
    """Tell whether a veto does not count in a text with other faults.

    A ship that was not yet called so is hardly meant where a person is nearer, or is whom the sentence tells of (`Moe
    left her ship`). Beside a wrong pronoun may stand a right one of what is owned (`He waved and hid her face`).
    """
    pronoun, owner = proposal.pronoun, proposal.owner
    if owner is None:
        return False
    if owner.first > pronoun.token:  # `In her first call Moe told …`
        return veto is vessel and (pronoun.is_telling or pronoun.is_of_career) and not pronoun.is_vessel
    if veto is set_in:  # `Moe slept in [his] bed; in her dreams, he said, she flew`
        return trace.is_repaired(owner) and owner.sentence == pronoun.sentence
    if veto is stranger:
        since = (m for m in trace.recent(pronoun.sentence) if m.first > owner.first and m.gender in {None, "x"})
        return proposal.is_weighed and all(m.kind == "many" for m in since)
    if veto is vessel:
        return _is_no_ship(trace, pronoun, owner)
    if veto is disagreeing:  # what is owned has told that it is one person
        return proposal.is_weighed and owner.first == pronoun.joined and has_others_own(trace, pronoun)
    return veto is contrasted and _is_own_beside(trace, proposal)


def _is_own_beside(trace: Trace, proposal: Proposal) -> bool:
    """Tell whether all pronouns of the other gender in a sentence may be of whom the repaired one means."""
    pronoun = proposal.pronoun
    partners = [p for p in trace.scene.pronouns_of(pronoun.sentence) if p.gender != pronoun.gender and not p.is_quoted]
    partners = [p for p in partners if p.token > pronoun.token and p.token not in trace.repaired]
    if _is_next(trace, proposal):
        return all(_may_be_own(p) or _is_told_by(p, pronoun) for p in partners)
    return all(p.subject == pronoun.token and _is_subjects(p) for p in partners)


def _is_no_ship(trace: Trace, pronoun: Pronoun, owner: Mention) -> bool:
    """Tell whether a person is nearer than a ship, or told of, and no unexplained pronoun has meant the ship before."""
    rival = trace.rival(pronoun)
    is_unexplained = rival is not None and rival.kind == "pronoun" and rival.entity < 0
    if pronoun.is_vessel or (is_unexplained and not trace.people_of(pronoun.gender)):
        return False
    things = trace.scene.things.between(owner.first, pronoun.token)
    is_nearer = not any(thing.what in {"vessel", "country"} for thing in things)
    return is_nearer or (owner.sentence == pronoun.sentence and owner.role == "subject")


def _is_next(trace: Trace, proposal: Proposal) -> bool:
    """Tell whether it goes on with whom its sentence or the one before names, and nobody else of its paragraph."""
    pronoun, owner = proposal.pronoun, proposal.owner
    if owner is None or owner.kind != "name" or owner.role != "subject":
        return False
    near = [m for m in trace.recent(pronoun.sentence) if m.paragraph == pronoun.paragraph]
    is_next = owner.sentence == pronoun.sentence or (owner.sentence == pronoun.sentence - 1 and pronoun.is_topic)
    return is_next and not any(trace.is_rival(m, pronoun) for m in near)


def _is_told_by(partner: Pronoun, pronoun: Pronoun) -> bool:
    """Tell whether somebody says it of themselves: `[he] waved and said that she wanted to sleep`."""
    return partner.is_wishing and partner.is_retold and partner.subject == pronoun.token


def _may_be_own(pronoun: Pronoun) -> bool:
    """Tell whether what a pronoun owns may well be the subject's: `thanked his family`, not `praised his work`."""
    is_others = pronoun.is_treated or pronoun.is_fellow or pronoun.is_for_other or pronoun.is_mutual
    return pronoun.case == "possessive" and not is_others and (pronoun.is_family or not pronoun.is_handled)


def _is_subjects(pronoun: Pronoun) -> bool:
    """Tell whether what a pronoun owns is most likely the subject's: `her hand`, `her parents`, not `praised her`."""
    is_own = pronoun.is_own or pronoun.is_private or pronoun.is_bodily or pronoun.is_family
    is_others = pronoun.is_handled or pronoun.is_treated or pronoun.is_fellow or pronoun.is_for_other
    return pronoun.case == "possessive" and is_own and not is_others


def _is_doubtful(trace: Trace, proposal: Proposal) -> bool:
    """Tell whether a pronoun may well mean somebody of whom its clause does not tell, as it is written.

    So it may in the words of another (`“My mother sleeps,” he said`, `“I told her,” she said`), and after a sentence
    about another (`Kral could not see. Moe held up his lamp`).
    """
    pronoun, owner, told = proposal.pronoun, proposal.owner, proposal.pronoun.introduction
    if _is_of_other(pronoun) or (owner is not None and owner.is_quoted):
        return True
    if told is not None:
        first, last = told.quoted
        spoken = (p for p in trace.scene.pronouns_of_paragraph(pronoun.paragraph) if first <= p.token <= last)
        return told.is_of_kin or any(p.gender == proposal.gender for p in spoken)
    is_clear = pronoun.case == "subject" and not pronoun.is_retold and pronoun.governor not in BESIDE
    is_clear = is_clear or (pronoun.is_carried and pronoun.governor in {"in", "with"})  # `took tea in her luggage`
    is_clear = is_clear or pronoun.is_greeting or _is_with_subject(pronoun, owner)
    return not is_clear and _is_seen_to(trace, pronoun, owner)


def _is_with_subject(pronoun: Pronoun, owner: Mention | None) -> bool:
    """Tell whether a clause names whose it most likely is: `returns with her crew`, `…; her training goes on`."""
    if (
        owner is None
        or pronoun.case != "possessive"
        or owner.sentence != pronoun.sentence
        or pronoun.subject != owner.first
    ):
        return False
    is_own = pronoun.is_bodily or (pronoun.is_private and not pronoun.is_family)
    is_career = pronoun.is_of_career and (pronoun.governor in _ABOUT or pronoun.governor in _MAKING)
    return pronoun.governor == ";" or is_career or (is_own and pronoun.governor in _ABOUT)


def _is_seen_to(trace: Trace, pronoun: Pronoun, owner: Mention | None) -> bool:
    """Tell whether the sentence before is about somebody who could be the pronoun, and not about two or more.

    Whom somebody's words are about is not seen to where it was wrongly told who says them (`“Kral slept,” [she] said`).
    """
    is_repaired = owner is not None and trace.is_repaired(owner)
    near = [m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence - 1 and m.role == "subject"]
    if len({m.entity for m in near if m.kind == "name"}) >= _LIST:
        return False
    near = [m for m in near if not m.is_paired and not (m.is_quoted and is_repaired)]
    return any(m.paragraph == pronoun.paragraph and trace.is_rival(m, pronoun) for m in near)


def _is_of_other(pronoun: Pronoun) -> bool:
    """Tell whether it stands where somebody else is told of.

    `Moe, he says, laughed`, `read a letter of hers`, `had flown with her`, `took it out of his mouth`, `at her side`.
    """
    if pronoun.case == "subject":
        return pronoun.is_parenthetic
    if pronoun.case == "possessive":
        is_seen = pronoun.is_handled and not pronoun.is_carried
        return pronoun.is_for_other or is_seen or pronoun.is_treated or pronoun.is_fellow
    return pronoun.case != "object" or not pronoun.is_taking
