"""What is likely wrong: sure only in a text that has other faults of translation.

Where one pronoun or term is surely wrong, others are, too: what would be a guess in good English is the better reading.
"""

from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from missionwire_pronouns.mention import SOMETHING_ELSE, Mention, Pronoun
from missionwire_pronouns.proposal import UNSURE, Proposal, follows, is_other, propose
from missionwire_pronouns.sight import is_seen_to
from missionwire_pronouns.trace import Trace

_SURE: Final = 0.95
"""The confidence of what is likely, in such a text."""
_BESIDE: Final = frozenset(
    {"while", "when", "as", "after", "before", "because", "until", "since", "where", "whom", "which"}
)
"""Behind these another may do something: `Moe slept while he drove`."""


def confirmed(trace: Trace, proposal: Proposal) -> Proposal:
    """Give a proposal of a text with other faults: likely ones become sure, but for those of a doubtful form."""
    if not UNSURE <= proposal.confidence < _SURE or _is_doubtful(trace, proposal):
        return proposal
    reason = f"{proposal.reason.removesuffix('.')}; the text has other faults of translation."
    return replace(proposal, confidence=_SURE, reason=reason)


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
    is_clear = pronoun.case == "subject" and not pronoun.is_retold and pronoun.governor not in _BESIDE
    return not is_clear and is_seen_to(trace, pronoun)


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


def going_on(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe was the last. Wrapped in a blanket, she smiled`: it goes on with whom the text has just told of."""
    is_subject = pronoun.case == "subject" and not pronoun.is_retold and pronoun.introduction is None
    if not (is_subject or _is_of_life(pronoun)) or pronoun.governor in _BESIDE:
        return None
    owner = _told_of_last(trace, pronoun)
    if (
        owner is None
        or trace.awaited_rival(pronoun)
        or (owner.sentence < pronoun.sentence and next(_of_sentence(trace, pronoun), None))
    ):
        return None
    why = f"the text goes on with {owner.label}"
    return propose(pronoun, owner, "Thread", why, confidence=UNSURE, follows=follows(trace, owner))


def own(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe embraced his parents and gave her guitar to a friend`: what is told of is the subject's."""
    owner = trace.at(pronoun.subject)
    if pronoun.case != "possessive" or owner is None or not is_other(owner, pronoun) or not _is_told(trace, owner):
        return None
    near = (m for m in _of_sentence(trace, pronoun) if not m.is_quoted and m.kind != "many")
    if any(trace.is_rival(m, pronoun) for m in near):
        return None
    why = f"{owner.label} is whom the clause tells of"
    return propose(pronoun, owner, "Thread", why, confidence=UNSURE, follows=follows(trace, owner))


def _is_of_life(pronoun: Pronoun) -> bool:
    """Tell whether a life goes on in a clause of nobody: `It is his third stay in orbit`."""
    is_own = pronoun.is_own or pronoun.is_private or pronoun.is_of_career
    return pronoun.case == "possessive" and is_own and pronoun.subject in {None, SOMETHING_ELSE}


def _told_of_last(trace: Trace, pronoun: Pronoun) -> Mention | None:
    """Give who was a subject last, in this sentence or the one before.

    None where its sentence tells of somebody beside them who could be the pronoun as written.
    """
    owner: Mention | None = None
    for mention in trace.recent(pronoun.sentence):
        if mention.sentence < (owner.sentence if owner else pronoun.sentence - 1):
            break
        if mention.paragraph != pronoun.paragraph:
            break
        if trace.is_past(mention, pronoun):
            continue
        if trace.is_rival(mention, pronoun):
            return None
        if mention.role == "subject" and owner is None:
            if not (is_other(mention, pronoun) and _is_told(trace, mention)) or mention.is_paired:
                return None
            owner = mention
    return owner


def _is_told(trace: Trace, mention: Mention) -> bool:
    """Tell whether it is told who a mention is: a name, a noun for a name, or a pronoun that is to be repaired."""
    if mention.kind == "noun":
        return any(m.kind == "name" and m.entity == mention.entity for m in trace.recent(mention.sentence))
    return mention.entity >= 0 and (mention.kind == "name" or trace.is_repaired(mention))


def _of_sentence(trace: Trace, pronoun: Pronoun) -> Iterator[Mention]:
    return (m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence)


LIKELY: Final[tuple[Callable[[Trace, Pronoun], Proposal | None], ...]] = (going_on, own)
"""They come after all others."""
