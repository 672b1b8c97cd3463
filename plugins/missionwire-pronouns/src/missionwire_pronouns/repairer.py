"""From a scene to corrections: sieves propose, vetoes refuse, and a sentence is repaired whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, get_args

from msgspec.structs import replace

from missionwire.plugin import Correction, Span
from missionwire_pronouns.deeds import FOLLOWING, is_done_by
from missionwire_pronouns.forms import Case, word
from missionwire_pronouns.likelihood import SURE, confirmed, is_pardoned
from missionwire_pronouns.mention import Proof
from missionwire_pronouns.ownership import Misowned
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.proposal import Proposal
from missionwire_pronouns.scene import Scene
from missionwire_pronouns.sieves import SIEVES, SIEVES_OF, Sieve
from missionwire_pronouns.threads import THREADS, THREADS_OF
from missionwire_pronouns.trace import Trace
from missionwire_pronouns.vetoes import VETOES

_CASES: Final[frozenset[Case]] = frozenset(get_args(Case))


def _by_case(rules: Iterable[Sieve], only: Mapping[Sieve, frozenset[Case]]) -> Mapping[Case, Sequence[Sieve]]:
    """Give the rules that may hold for a pronoun of each case, in their order."""
    return {case: tuple(rule for rule in rules if case in only.get(rule, _CASES)) for case in _CASES}


_SIEVES: Final = _by_case(SIEVES, SIEVES_OF)
_THREADS: Final = _by_case(THREADS, THREADS_OF)
_OWNED: Final = 0.95
"""The confidence that a part of the body is somebody's."""
_LOOK_BACK: Final = 64
"""How many tokens before a pronoun those are looked for who explain it."""
_DOUBT: Final = 0.6
"""The confidence of what a rule proposes and a veto refuses."""


class Thresholds(NamedTuple):
    """From which confidence on a repair is applied, and from which on it is suggested."""

    apply_at: float = 0.95
    suggest_at: float = 0.6


def repair(scene: Scene, thresholds: Thresholds, *, is_faulty: bool = False) -> list[Correction]:
    """Give the corrections of a text, in its order; those below `apply_at` have `applied` false.

    `is_faulty`: the text is known to have faults of translation. That is known, too, once one of its pronouns is surely
    wrong: then it is read once more, and what was only likely is sure.
    """
    proposals = _proposals(scene, thresholds, is_faulty=is_faulty)
    if not is_faulty and any(p.confidence >= thresholds.apply_at and p.gender != "n" for p in proposals):
        proposals = _proposals(scene, thresholds, is_faulty=True)
    proposals = _whole_sentences(scene, proposals, thresholds)
    found = [_correction(proposal, thresholds) for proposal in proposals]
    found += [_owned(scene, misowned, thresholds) for misowned in scene.misowned]
    kept = (correction for correction in found if correction.confidence >= thresholds.suggest_at)
    return sorted(kept, key=lambda correction: correction.start)


def _owned(scene: Scene, misowned: Misowned, thresholds: Thresholds) -> Correction:
    """Give the repair of an `its` that is somebody's."""
    token, (owner,) = misowned.token, scene.mentions_in(misowned.owner, misowned.owner)
    proof = owner.proof or Proof(owner.start, owner.end, f"{owner.label} is no thing")
    return Correction(
        start=token.start,
        end=token.end,
        original=token.text,
        replacement=word(owner.gender or "n", "possessive", token.text) or token.text,
        reason=f"Body: only {owner.label} can own what follows “{token.text}”, and {proof.because}.",
        confidence=_OWNED,
        evidence=tuple(dict.fromkeys((Span(owner.start, owner.end), Span(proof.start, proof.end)))),
        applied=thresholds.apply_at <= _OWNED,
        kind="pronoun",
    )


def _proposals(scene: Scene, thresholds: Thresholds, *, is_faulty: bool) -> list[Proposal]:
    trace = Trace(scene)
    found = []
    for pronoun in scene.pronouns:
        trace.advance(pronoun)
        proposal = None if pronoun.is_quoted else _decide(trace, pronoun, is_faulty=is_faulty)
        is_sure = proposal is not None and proposal.confidence >= thresholds.apply_at
        if proposal is not None:
            found.append(proposal)
        _settle(trace, pronoun, proposal if is_sure else None)
    return found


def _settle(trace: Trace, pronoun: Pronoun, proposal: Proposal | None) -> None:
    """Let what follows read a pronoun as it will stand, so that the repaired text reads the same."""
    if proposal is None:
        trace.settle(pronoun)
    elif proposal.owner is not None:
        trace.settle(pronoun, proposal.owner)
    elif proposal.gender != "n":
        trace.settle(pronoun.as_other())
        trace.repaired.add(pronoun.token)


def _decide(trace: Trace, pronoun: Pronoun, *, is_faulty: bool) -> Proposal | None:
    proposal = _first(_SIEVES[pronoun.case], trace, pronoun)
    if is_faulty and (proposal is None or proposal.confidence < SURE):
        thread = _first(_THREADS[pronoun.case], trace, pronoun)
        proposal = thread if thread is not None and (proposal is None or thread.is_weighed) else proposal
    if proposal is None:
        return None
    vetoes = (veto for veto in VETOES if not (is_faulty and is_pardoned(trace, proposal, veto)))
    against = next((why for veto in vetoes if (why := veto(trace, proposal))), None)
    if against is None and word(proposal.gender, pronoun.case, pronoun.text) is None:
        against = "“her” may be “him” or “his” here"
    if against:
        return _doubted(proposal, against)
    return confirmed(trace, proposal) if is_faulty else proposal


def _first(rules: Iterable[Sieve], trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """Give what the first rule says that holds."""
    for rule in rules:
        if (proposal := rule(trace, pronoun)) is not None:
            return proposal
    return None


def _doubted(proposal: Proposal, against: str) -> Proposal:
    reason = f"{proposal.reason.removesuffix('.')}; not applied, for {against}."
    return replace(proposal, confidence=min(proposal.confidence, _DOUBT), reason=reason)


def _whole_sentences(scene: Scene, proposals: list[Proposal], thresholds: Thresholds) -> list[Proposal]:
    """Doubt the repairs of a sentence where the same written pronoun would stay beside them, and what hangs on them."""
    sure = {p.pronoun.token for p in proposals if p.confidence >= thresholds.apply_at}
    genders = {(p.pronoun.sentence, p.pronoun.gender): p for p in proposals if p.pronoun.token in sure}
    torn = {
        (p.sentence, p.gender)
        for p in scene.pronouns
        if (p.sentence, p.gender) in genders
        and p.token not in sure
        and not p.is_quoted
        and not _is_explained(scene, p)
        and p.token not in genders[p.sentence, p.gender].pronoun.apart
        and not _is_behind_double(scene, p, genders[p.sentence, p.gender])
    }
    doubted: set[int] = set()
    result = []
    for proposal in proposals:
        pronoun = proposal.pronoun
        is_torn = (pronoun.sentence, pronoun.gender) in torn and not _proves_itself(proposal)
        if pronoun.token in sure and (is_torn or proposal.follows in doubted):
            doubted.add(pronoun.token)
            result.append(_doubted(proposal, f"another “{pronoun.text.lower()}” of the sentence would stay"))
        else:
            result.append(proposal)
    return result


def _proves_itself(proposal: Proposal) -> bool:
    """Tell whether grammar alone says that a pronoun is wrong, whatever the others of its sentence mean."""
    is_named = proposal.owner is not None and proposal.owner.kind != "pronoun"
    is_said = proposal.rule == "Predicate" or proposal.pronoun.is_spouse
    return is_said or (proposal.rule == "Binding" and is_named)


def _is_explained(scene: Scene, pronoun: Pronoun) -> bool:
    """Tell whether somebody of the pronoun's gender is mentioned before it in its sentence, or is only followed.

    So is a pronoun that goes on with the one person whom the sentence before names (`Her teacher Kral came. He …`).
    """
    if pronoun.case == "subject" and pronoun.is_topic and _is_named_before(scene, pronoun):
        return True
    if (
        pronoun.is_neighbour or pronoun.is_for_other or (pronoun.is_governed and pronoun.governor in FOLLOWING)
    ):  # `Moe followed him; …`: who came first
        return True
    for mention in reversed(scene.mentions_in(max(0, pronoun.token - _LOOK_BACK), pronoun.token - 1)):
        if mention.sentence != pronoun.sentence:
            return False
        if mention.gender in {pronoun.gender, None}:
            return True
    return False


def _is_named_before(scene: Scene, pronoun: Pronoun) -> bool:
    """Tell whether the sentence before is about one person of the pronoun's gender, by name, and about nobody else."""
    near = scene.mentions_in(max(0, pronoun.token - _LOOK_BACK), pronoun.token - 1)
    before = [m for m in near if m.sentence == pronoun.sentence - 1 and m.role != "possessor"]
    if any(p.case != "possessive" for p in scene.pronouns_of(pronoun.sentence - 1)):
        return False
    is_one = len({m.entity for m in before}) == 1
    is_one = is_one and before[0].paragraph == pronoun.paragraph
    return is_one and before[0].kind == "name" and before[0].gender == pronoun.gender and before[0].role == "subject"


def _is_behind_double(scene: Scene, pronoun: Pronoun, proposal: Proposal) -> bool:
    """Tell whether one alike, to whom a repaired pronoun does something, is meant since: `[He] gave her tea; she …`."""
    doubles = (p for p in scene.pronouns_of(pronoun.sentence) if is_done_by(p, proposal.pronoun))
    return proposal.rule == "Pair" and any(p.token <= pronoun.token for p in doubles)


def _correction(proposal: Proposal, thresholds: Thresholds) -> Correction:
    pronoun = proposal.pronoun
    case = "possessive" if pronoun.case == "unclear" else pronoun.case
    return Correction(
        start=pronoun.start,
        end=pronoun.end,
        original=pronoun.text,
        replacement=word(proposal.gender, case, pronoun.text) or pronoun.text,
        reason=proposal.reason,
        confidence=proposal.confidence,
        evidence=tuple(Span(start, end) for start, end in proposal.evidence),
        applied=proposal.confidence >= thresholds.apply_at,
        kind="pronoun",
    )
