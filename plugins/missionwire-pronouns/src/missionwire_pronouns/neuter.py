"""Neuter: pronouns that mean an organisation or a device, where nobody can be meant."""

from collections.abc import Sequence
from typing import Final

from missionwire_pronouns.mention import Thing
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.proposal import Proposal
from missionwire_pronouns.trace import Trace

_NAMED: Final = {"f": "she", "m": "he"}
_NEAR: Final = 60
"""How many tokens on either side an organisation is looked for."""


def neuter(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`The agency hopes that it will improve her image`: nobody is in the text, an organisation in the sentence.

    Something tells that the organisation is meant: `it` in its sentence or the next one, or what somebody has not.
    """
    if pronoun.case == "subject":
        return _it(trace, pronoun)
    if pronoun.case != "possessive":
        return None
    if (trace.has_people and not _is_far_from_people(trace, pronoun)) or trace.scene.things.has_vessel:
        return None
    things = trace.scene.things.between(max(0, pronoun.token - _NEAR), pronoun.token + _NEAR)
    owner = next((t for t in things if _is_head_or_organisation(t) and _is_before(t, pronoun)), None)
    its = [t for t in things if t.what == "it" and _is_before(t, pronoun)]
    if owner is None and any(t.is_head or not trace.has_people for t in its):
        owner = _head_before(pronoun, things)
    is_alone = pronoun.is_topic or not trace.has_people
    if owner is None and is_alone and pronoun.is_corporate and not pronoun.is_opening:
        owner = _head_before(pronoun, things)
    has_it = bool(its) or pronoun.is_corporate
    has_it = has_it or (owner is not None and owner.what == "device" and not trace.has_people)
    if not has_it and not pronoun.is_handled:
        has_it = any(t.what == "it" and 0 <= t.sentence - pronoun.sentence <= 1 for t in things)
    if owner is None or not has_it:
        return None
    who = "nobody who can be meant is mentioned" if trace.has_people else "nobody is mentioned in the text"
    reason = f"Neuter: {who}, and the {owner.label} is no “{_NAMED[pronoun.gender]}”."
    return Proposal(pronoun, "n", None, "Neuter", reason, 0.95, ((owner.start, owner.end),))


def _is_head_or_organisation(thing: Thing) -> bool:
    """Tell whether something has what its sentence tells of: `The agency …`, `The satellite unfolded its panels`."""
    return thing.what == "organisation" or (thing.what == "device" and thing.is_head)


def _head_before(pronoun: Pronoun, things: Sequence[Thing]) -> Thing | None:
    """Give the organisation that the sentence before is about, alone there."""
    near = [t for t in things if t.what == "organisation" and t.sentence == pronoun.sentence - 1]
    return near[0] if len(near) == 1 and near[0].is_head else None


def _it(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`The agency put it off. Until then she wants …`: nobody is in the text, and the sentence before is about it."""
    if (
        trace.has_people
        or not pronoun.is_topic
        or trace.scene.pronouns[0].token != pronoun.token
        or trace.scene.things.has_vessel
    ):
        return None
    owner = _head_before(pronoun, trace.scene.things.between(max(0, pronoun.token - _NEAR), pronoun.token))
    if owner is None or pronoun.is_opening or not pronoun.is_planning:
        return None
    reason = f"Neuter: nobody is mentioned in the text, and the {owner.label} is no “{_NAMED[pronoun.gender]}”."
    return Proposal(pronoun, "n", None, "Neuter", reason, 0.95, ((owner.start, owner.end),))


def _is_far_from_people(trace: Trace, pronoun: Pronoun) -> bool:
    """Tell whether an organisation alone has what is owned (`her budget`), though people are in the text.

    Nobody is in its sentence nor the one before, and nobody so far can be the pronoun as it is written.
    """
    if not pronoun.is_corporate or trace.scene.absent or trace.rival(pronoun) is not None:
        return False
    near = any(m.sentence >= pronoun.sentence - 1 for m in trace.recent(pronoun.sentence))
    return not near and next(iter(trace.after(pronoun)), None) is None


def _is_before(thing: Thing, pronoun: Pronoun) -> bool:
    return thing.sentence == pronoun.sentence and thing.token < pronoun.token
