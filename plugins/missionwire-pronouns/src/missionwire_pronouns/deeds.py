"""Deeds: of whom a clause tells, or to whom something is done, in a text with other faults of translation."""

from typing import Final

from missionwire_pronouns.mention import SOMETHING_ELSE, Mention
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.proposal import Proposal, go_on, is_other, sole_person, weigh
from missionwire_pronouns.sight import is_seen_to
from missionwire_pronouns.trace import Trace

_FOR_THEM: Final = frozenset({"for", "at", "in", "during", "after", "before", "of", "followed", "watched", "applauded"})
"""Behind these stands what is another's: `was waiting for his return`, not `; his name`."""
_APART_FROM: Final = frozenset({"without", "with", "of", "about", "like", "from", "by"})
"""Behind these stands who only comes into it: `left without her`."""
_ON_ONESELF: Final = frozenset({"on", "about", "upon"})
"""Behind these stands who has something on them: `had no pen on him`."""
_JOINED: Final = 2
"""How many tokens lie between somebody and what is joined to them by `and`."""
FOLLOWING: Final = frozenset({"followed", "follows", "after", "behind", "beside", "opposite"})
"""Before these stands who comes next or is there, too, behind them whom the text leaves."""
_SINCE: Final = frozenset({"after", "before", "since", "until", "while", "when", "as", "with"})
"""What these lead up to may be another's: `After his return Moe took over`."""


def own(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe embraced his parents and gave her guitar to a friend`: what is told of is the subject's."""
    owner = trace.at(pronoun.subject)
    if pronoun.case != "possessive" or owner is None or not is_other(owner, pronoun) or not trace.is_told(owner):
        return None
    near = [m for m in trace.here(pronoun) if not m.is_quoted and m.kind != "many" and trace.is_rival(m, pronoun)]
    near = [m for m in near if not (m.is_companion and m.first < owner.first)]  # `Unlike Kral, Moe …`
    if owner.entity in trace.apart(pronoun):  # `the widow of his teacher`
        return None
    why = f"{owner.label} is whom the clause tells of"
    if not near:
        return go_on(trace, pronoun, owner, why)
    is_own = pronoun.is_bound or pronoun.is_bodily or pronoun.is_private
    return weigh(trace, pronoun, owner, why) if is_own and all(is_followed(trace, m) for m in near) else None


def done_to(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe gave a lesson. Kral helped him`, `Moe told Kral, who was waiting for him`: it is done to whom is told of."""
    doer = trace.at(pronoun.subject)
    is_done = pronoun.is_governed and not pronoun.is_taking
    if doer is None or pronoun.case != "object" or not is_done:
        return None
    if doer.entity < 0 or not (doer.kind != "pronoun" or trace.is_repaired(doer) or _is_named_here(trace, doer)):
        return None
    owner: Mention | None = None
    for mention in trace.recent(pronoun.sentence):
        if mention.sentence < pronoun.sentence - 1 or mention.paragraph != pronoun.paragraph:
            break
        if mention.entity == doer.entity or trace.is_past(mention, pronoun):
            continue
        if trace.is_rival(mention, pronoun):
            return None
        if mention.role == "subject" and is_other(mention, pronoun):
            owner = owner or mention
    if owner is None or not (owner.kind == "pronoun" or trace.is_told(owner)) or owner.is_paired or owner.entity < 0:
        return None
    return weigh(trace, pronoun, owner, f"what {doer.label} does is done to {owner.label}, of whom the text tells")


def _is_named_here(trace: Trace, doer: Mention) -> bool:
    """Tell whether a pronoun goes on with who is named in its sentence: `praised Kral, and said that he helped her`."""
    here = (m for m in trace.recent(doer.sentence) if m.sentence == doer.sentence and m.role != "oblique")
    return any(m.kind == "name" and m.entity == doer.entity for m in here)


def seen_to(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe could not walk, so that two rescuers carried him`, `more than any woman before him`: of whom it tells."""
    doer = trace.at(pronoun.subject)
    is_by_others = pronoun.subject == SOMETHING_ELSE or (doer is not None and doer.kind == "many")
    is_done = pronoun.is_governed and is_by_others and not pronoun.is_fronted and pronoun.governor not in _APART_FROM
    if not (is_done or pronoun.is_compared) or is_seen_to(trace, pronoun):
        return None
    here = (m for m in trace.here(pronoun) if m.kind != "many" or m.could_be(pronoun.gender))
    owner = sole_person(trace, here, pronoun)
    if owner is None or not trace.is_told(owner) or owner.role not in {"subject", "object"}:
        return None
    if owner.entity in trace.apart(pronoun):
        return None
    return weigh(trace, pronoun, owner, f"it is done to {owner.label}, of whom the sentence tells")


def promised(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe promised her daughter that he would bring a stone`: whoever promises is to do it."""
    owner = trace.at(pronoun.subject) if pronoun.is_promised else None
    if owner is None or not is_other(owner, pronoun) or not trace.is_told(owner):
        return None
    if any(trace.is_rival(m, pronoun) for m in trace.here(pronoun)):
        return None
    return weigh(trace, pronoun, owner, f"whoever promises something is to do it, here {owner.label}")


def asked(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`A girl asked Moe whether he was afraid`: it is asked what is of whom it is asked."""
    owner = trace.at(pronoun.asked)
    if owner is None or owner.kind == "pronoun" or not is_other(owner, pronoun) or not trace.is_told(owner):
        return None
    asking = (m for m in trace.here(pronoun) if trace.is_rival(m, pronoun) and m.kind in {"name", "pronoun"})
    if next(asking, None):
        return None
    return weigh(trace, pronoun, owner, f"it is asked of {owner.label}")


def of_kin(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe's husband was waiting for his return`, `her mother had given him`: kin do it to whose kin they are."""
    is_theirs = pronoun.governor in _FOR_THEM and (pronoun.is_for_other or pronoun.is_of_career)
    is_met = pronoun.is_governed if pronoun.case == "object" else is_theirs
    owner = trace.owner_at(pronoun.kin_of) if is_met else None
    if owner is None or owner.entity < 0 or not is_other(owner, pronoun):
        return None
    if _is_left(trace, pronoun):
        return None
    kin = trace.at(pronoun.subject)
    others = (m for m in trace.here(pronoun) if kin is None or m.entity != kin.entity)
    if any(trace.is_rival(m, pronoun) for m in others):
        return None
    return weigh(trace, pronoun, owner, f"it is told what the kin of {owner.label} do")


def fronted(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`On his first flight, Moe …`, `Asked about his wish, Moe …`: what leads up to somebody is theirs."""
    owner = trace.awaited(pronoun) if pronoun.case == "possessive" else None
    if owner is None or not is_other(owner, pronoun) or not trace.is_told(owner):
        return None
    is_life = pronoun.is_own or pronoun.is_of_career or pronoun.is_carried or pronoun.is_bodily or pronoun.is_telling
    if not (is_life or (pronoun.is_of_journey and not _is_left(trace, pronoun))):
        return None
    is_others = pronoun.governor in _SINCE and is_seen_to(trace, pronoun)
    if is_others or trace.awaited_rival(pronoun) or next(trace.here(pronoun), None):
        return None
    partners = trace.scene.pronouns_of(pronoun.sentence)
    if any(p.token != pronoun.token and p.gender == pronoun.gender and p.case != "possessive" for p in partners):
        return None
    return weigh(trace, pronoun, owner, f"what leads up to {owner.label} is of {owner.label}")


def _is_left(trace: Trace, pronoun: Pronoun) -> bool:
    """Tell whether the sentence before is about another: `Kral has retired. A year after his departure, Moe …`."""
    before = (m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence - 1)
    return any(m.role == "subject" and trace.is_rival(m, pronoun) for m in before)


def felt(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe embraced Kral, and told the others that he would miss him`: whoever tells of a feeling feels it."""
    owner = trace.at(pronoun.subject) if pronoun.feeling is not None else None
    if owner is None or not is_other(owner, pronoun) or not trace.is_told(owner):
        return None
    rivals = (m for m in trace.here(pronoun) if trace.is_rival(m, pronoun) and not m.is_quoted)
    if any(m.role == "subject" or m.kind == "pronoun" for m in rivals):
        return None
    return weigh(trace, pronoun, owner, f"whoever tells of a feeling feels it, here {owner.label}")


def joined(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`because of which Moe and his colleagues waited`: whoever is named with colleagues is whose they are."""
    if pronoun.case != "possessive" or pronoun.governor != "and" or not pronoun.is_private or pronoun.is_family:
        return None
    owner = next(trace.here(pronoun), None)
    if owner is None or owner.last != pronoun.token - _JOINED or owner.role != "subject":
        return None
    is_known = owner.entity >= 0 and (owner.kind == "pronoun" or trace.is_told(owner))
    if not is_known or not is_other(owner, pronoun) or not pronoun.is_human:
        return None
    return weigh(trace, pronoun, owner, f"{owner.label} is named together with them")


def with_whom(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe thanked Kral, with whom he had worked`: it is told of whom the sentence is about."""
    if pronoun.case != "subject" or pronoun.governor != "whom" or is_seen_to(trace, pronoun):
        return None
    owner: Mention | None = None
    for mention in trace.here(pronoun):
        if mention.is_quoted or trace.is_past(mention, pronoun):
            continue
        if trace.is_rival(mention, pronoun):
            return None
        if mention.role == "subject" and mention.entity not in trace.apart(pronoun):
            owner = mention
    if owner is None or not is_other(owner, pronoun) or owner.entity < 0:
        return None
    return weigh(trace, pronoun, owner, f"{owner.label} is whom the sentence tells of")


def is_done_by(partner: Pronoun, pronoun: Pronoun) -> bool:
    """Tell whether a clause tells what somebody does to another, who is written alike: `She gave her tulips`."""
    is_with = partner.is_taking or partner.governor in _ON_ONESELF
    is_object = partner.is_together or (partner.case == "object" and partner.is_governed and not is_with)
    return is_object and partner.subject == pronoun.token and partner.gender == pronoun.gender


def is_followed(trace: Trace, mention: Mention) -> bool:
    """Tell whether a pronoun only says after whom somebody comes: `Moe followed him; wrapped in a blanket, she …`."""
    if mention.kind != "pronoun" or mention.role != "object":
        return False
    written = (p for p in trace.scene.pronouns_of(mention.sentence) if p.token == mention.first)
    return any(p.governor in FOLLOWING or p.is_neighbour for p in written)
