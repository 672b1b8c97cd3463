"""The sieves: each knows one reason for which a pronoun must be wrong. The first that holds decides."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from missionwire_pronouns.belonging import attended, belonging, confiding, continuing, leading
from missionwire_pronouns.forms import Case, other
from missionwire_pronouns.mention import Mention, Proof
from missionwire_pronouns.neuter import neuter
from missionwire_pronouns.possession import UNTIL
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.proposal import UNSURE, Proposal, follows, is_other, propose, sole_person
from missionwire_pronouns.sight import has_live_rival, has_precedence, is_just_named, is_seen_to
from missionwire_pronouns.talk import may_answer, quotation, quoting, reply
from missionwire_pronouns.trace import Trace

_MISSING: Final = frozenset({"miss", "misses", "missed", "missing"})
"""What somebody does of another."""
_OPEN: Final = 0.6
"""The confidence of what cannot be decided."""
Sieve: TypeAlias = Callable[[Trace, Pronoun], Proposal | None]


def predicate(_: Trace, pronoun: Pronoun) -> Proposal | None:
    """`He was the first woman …`: a noun says of the pronoun what it is."""
    if pronoun.predicate != other(pronoun.gender):
        return None
    kind = "a woman" if pronoun.predicate == "f" else "a man"
    reason = f"Predicate: the sentence says of “{pronoun.text}” that this is {kind}."
    return Proposal(pronoun, other(pronoun.gender), None, "Predicate", reason, 0.97, ((pronoun.start, pronoun.end),))


def stressed(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`It was the turn of Moe, who repeated what he herself had taught`: one of the two is wrong.

    That is the pronoun where whoever was told of last is whom the reflexive means.
    """
    owner = _told_of_last(trace, pronoun) if pronoun.stress == other(pronoun.gender) else None
    if owner is None or not is_other(owner, pronoun):
        return None
    why = f"“{pronoun.text}” is stressed by a reflexive, which means {owner.label}"
    return propose(pronoun, owner, "Binding", why, confidence=0.96, follows=follows(trace, owner))


def _told_of_last(trace: Trace, pronoun: Pronoun) -> Mention | None:
    """Give the person of a known gender whom the text has told of last, in this sentence or the one before."""
    for mention in trace.recent(pronoun.sentence):
        if mention.sentence < pronoun.sentence - 1 or mention.gender is None or mention.kind == "many":
            return None
        is_itself = pronoun.case == "reflexive" and mention.first == pronoun.subject
        if not (mention.is_quoted or is_itself or trace.is_past(mention, pronoun)):
            return mention
    return None


def binding(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Mori taught himself`, `Mori held his breath`, `Mori did it on his own`: it can only be the subject's own."""
    if pronoun.case == "subject" and not (pronoun.is_comment or pronoun.is_beside_speech):
        return None
    subject = trace.at(pronoun.subject)
    if subject is None or subject.entity < 0 or not is_other(subject, pronoun):
        return None
    is_its_own = pronoun.is_bound or pronoun.is_mutual or pronoun.is_comment or pronoun.is_beside_speech
    is_its_own = is_its_own or pronoun.is_of_parent
    if pronoun.case != "reflexive" and not is_its_own:
        return None
    is_near = pronoun.is_beside_speech or pronoun.governor in UNTIL
    if is_near and is_seen_to(trace, pronoun):
        return None
    since = -1 if pronoun.is_mutual else subject.first  # `Moe fell ill. Serrano asked her colleague to help`
    if pronoun.since is not None:  # `Serrano sat beside her and shook her head`
        since = max(since, pronoun.since)
    near = (m for m in trace.recent(pronoun.sentence) if m.sentence >= pronoun.sentence - 1)
    others = (m for m in near if m.first > since and not (m.is_aside or m.is_part_of(subject)))
    if any(m.could_be(pronoun.gender) for m in others):
        return None
    is_settled = subject.kind != "pronoun" or trace.is_repaired(subject)
    is_clear = _is_one_of_pair(trace, pronoun, subject) or _is_stressing_right(trace, pronoun, subject)
    is_doubtful = not (is_settled or is_clear or is_just_named(trace, pronoun, subject))
    if is_doubtful and _is_doubtful(trace, pronoun):  # `she … himself`: either may be the wrong one
        return None
    why = f"“{pronoun.text}” must mean who does what the clause tells, {subject.label}"
    return propose(pronoun, subject, "Binding", why, confidence=0.97, follows=follows(trace, subject))


def _is_stressing_right(trace: Trace, pronoun: Pronoun, subject: Mention) -> bool:
    """Tell whether a reflexive stresses a pronoun that means whom the text has told of last: `Moe …; she himself …`."""
    owner = _told_of_last(trace, pronoun) if pronoun.subject == pronoun.token - 1 else None
    return owner is not None and owner.gender == subject.gender


def _is_one_of_pair(trace: Trace, pronoun: Pronoun, subject: Mention) -> bool:
    """Tell whether two are told of in turn, so that each is right: `while he held it, she … with her hands`."""
    before = (m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence and m.role == "subject")
    is_other_told = any(m.kind == "pronoun" and m.gender == pronoun.gender for m in before)
    return pronoun.is_bound and is_other_told and subject.entity >= 0


def their_own(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Yates broke her own record`, of somebody who is spoken of as *they*: it can only be the subject's own."""
    subject = trace.at(pronoun.subject)
    if subject is None or subject.gender != "x" or subject.kind != "name":
        return None
    if not (pronoun.case == "reflexive" or pronoun.is_bound):
        return None
    near = (m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence)
    if any(m.entity != subject.entity for m in near if m.kind != "pronoun" or m.gender == pronoun.gender):
        return None
    proof = subject.proof or Proof(subject.start, subject.end, f"{subject.label} is spoken of as “they”")
    reason = f"Binding: “{pronoun.text}” must mean who does what the clause tells, and {proof.because}."
    evidence = tuple(dict.fromkeys(((subject.start, subject.end), (proof.start, proof.end))))
    return Proposal(pronoun, "x", subject, "Binding", reason, 0.95, evidence)


def share(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`For Mori, it was the first flight of his career`, `Lind thanked Mori for his help`: it is theirs."""
    owner = trace.at(pronoun.share)
    if owner is None or owner.entity < 0 or not is_other(owner, pronoun):
        return None
    if pronoun.governor in {"to", "into", "onto", "from", "in"} and is_seen_to(trace, pronoun):
        return None
    if pronoun.case == "object" and is_seen_to(trace, pronoun):
        return None
    why = f"what is told for {owner.label} is {owner.label}'s own"
    if pronoun.case != "possessive":
        why = f"the clause goes on with {owner.label}, of whom it has told"
    return propose(pronoun, owner, "Share", why, confidence=0.96)


def _is_doubtful(trace: Trace, pronoun: Pronoun) -> bool:
    """Tell whether somebody named, not just `nobody`, could be the pronoun as it is written."""
    rival = trace.rival(pronoun)
    return rival is not None and (rival.kind != "anybody" or trace.people_of(pronoun.gender) > 0)


def chain(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`[She] said that he …`: the same written pronoun goes on to mean the same person, nobody else having come in.

    Not so `himself`, which means whom its clause tells of.
    """
    if pronoun.case == "reflexive":
        return None
    for mention in trace.recent(pronoun.sentence):
        if trace.is_past(mention, pronoun):
            continue
        if mention.kind != "pronoun":
            return None
        if mention.could_be(pronoun.gender):
            return None
        if mention.entity in trace.apart(pronoun) or _is_anothers(trace, pronoun, mention):
            return None
        near = mention.sentence == pronoun.sentence or (pronoun.is_topic and _is_in_mind(trace, pronoun, mention))
        if not near or trace.awaited_rival(pronoun) or not trace.is_repaired(mention):
            return None
        if mention.role == "object" and _has_rival_since(trace, pronoun, mention.sentence):
            return None
        why = f"“{pronoun.text}” goes on to mean {mention.label}"
        return propose(pronoun, mention, "Chain", why, confidence=0.95, follows=mention.first)
    return None


def _is_anothers(trace: Trace, pronoun: Pronoun, mention: Mention) -> bool:
    """Tell whether what is owned is hardly of whom a repaired pronoun means.

    It may be the subject's, as it is written (`Kral has not beaten her in his months`), or what that one misses (`[she]
    would miss his jokes`).
    """
    if pronoun.governor in _MISSING and not (pronoun.is_own or pronoun.is_family):
        return True
    subject = trace.at(pronoun.subject) if pronoun.case == "possessive" else None
    is_other_one = subject is not None and subject.entity != mention.entity
    return is_other_one and subject is not None and trace.is_rival(subject, pronoun)


def _is_in_mind(trace: Trace, pronoun: Pronoun, mention: Mention) -> bool:
    """Tell whether somebody is still in mind: from the sentence before or, within a paragraph, the one before that."""
    is_same = mention.paragraph == pronoun.paragraph
    if _has_successor(trace, pronoun, mention):
        return False
    return mention.sentence >= pronoun.sentence - (2 if is_same else 1)


def _has_successor(trace: Trace, pronoun: Pronoun, owner: Mention) -> bool:
    """Tell whether a sentence ends on somebody who may be told of next: `She succeeds Kral, whom she knew. His …`."""
    for mention in trace.recent(pronoun.sentence):
        if mention.sentence != owner.sentence or (mention.kind == "name" and mention.entity == owner.entity):
            return False
        if mention.kind != "pronoun" and trace.is_rival(mention, pronoun):
            return True
    return False


def _has_rival_since(trace: Trace, pronoun: Pronoun, sentence: int) -> bool:
    """Tell whether somebody named since a sentence could be a subject as written: `Kral put her down, and she left`."""
    if pronoun.case != "subject":
        return False
    near = (m for m in trace.recent(pronoun.sentence) if m.sentence >= sentence and m.kind != "pronoun")
    return any(trace.is_rival(m, pronoun) for m in near)


def exclusion(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """Nobody mentioned so far could be the pronoun as written, somebody of the other gender was mentioned just now."""
    if trace.rival(pronoun):
        return None
    owner = _nearest(trace, pronoun) or trace.awaited(pronoun) or trace.sole(pronoun)
    if owner is None or not is_other(owner, pronoun) or _may_be_subject(owner, pronoun):
        return None
    if pronoun.case == "possessive" and owner.entity in trace.apart(pronoun):  # `her son`, of nobody else so far
        return None
    why = f"nobody mentioned so far can be “{pronoun.text.lower()}” here, {owner.label} is the nearest person"
    is_near = abs(pronoun.sentence - owner.sentence) <= 1
    return propose(
        pronoun, owner, "Exclusion", why, confidence=0.97 if is_near else 0.95, follows=follows(trace, owner)
    )


def _may_be_subject(owner: Mention, pronoun: Pronoun) -> bool:
    """Tell whether somebody may be the subject of the clause whose object the pronoun is; then it is somebody else."""
    return (
        pronoun.is_governed
        and pronoun.subject is None
        and owner.sentence == pronoun.sentence
        and owner.role == "subject"
    )


def _nearest(trace: Trace, pronoun: Pronoun) -> Mention | None:
    apart = trace.apart(pronoun)
    for mention in trace.recent(pronoun.sentence):
        if mention.sentence < pronoun.sentence - 2:
            return None
        if is_other(mention, pronoun) and mention.entity >= 0 and mention.entity not in apart:
            return mention
    return None


def life(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe, 41, is a native of Oslo. As a child he …`: a life goes on with whose origin was told."""
    if not pronoun.is_topic or not pronoun.is_life:
        return None
    people = [m for m in trace.recent(pronoun.sentence) if m.sentence >= pronoun.sentence - 1]
    owner = sole_person(trace, people, pronoun)
    if owner is None or owner.role != "subject" or (owner.kind == "pronoun" and not trace.is_repaired(owner)):
        return None
    why = f"the sentence goes on with the life of {owner.label}, whose origin the one before tells"
    return propose(pronoun, owner, "Life", why, confidence=0.95, follows=follows(trace, owner))


def echo(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Ito began training early. The end of her training …`: the noun repeats the deed of the sentence before."""
    if not pronoun.is_topic or pronoun.echo is None:
        return None
    people = [m for m in trace.recent(pronoun.sentence) if m.sentence >= pronoun.sentence - 1]
    owner = sole_person(trace, people, pronoun)
    if owner is None or owner.role != "subject" or owner.first > pronoun.echo:
        return None
    why = f"its noun repeats the deed of {owner.label} in the sentence before"
    return propose(pronoun, owner, "Echo", why, confidence=0.96, follows=follows(trace, owner))


def focus(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """The one person of this sentence, or of the one before, is of the other gender; all others are out of sight."""
    if may_answer(pronoun):
        return None
    people = [m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence]
    if not any(m.kind != "pronoun" or trace.is_repaired(m) for m in people):
        people += [m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence - 1]
    owner = sole_person(trace, people, pronoun)
    if owner is None or owner.entity in trace.apart(pronoun) or trace.awaited_rival(pronoun):
        return None
    if owner.role != "subject" or _may_be_subject(owner, pronoun):
        return None
    is_plain = owner.kind == "pronoun" and not trace.is_repaired(owner)
    is_new = not (pronoun.is_own and is_just_named(trace, pronoun, owner))
    if is_plain and is_new and trace.people_of(pronoun.gender):  # `She asked. He did not`: two pronouns, two people
        return None
    is_arriving = pronoun.is_arriving and owner.sentence == pronoun.sentence and owner.kind != "pronoun"
    goes_before = has_precedence(trace, pronoun, owner)
    is_last = owner.sentence < pronoun.sentence and owner.last + 2 == pronoun.token
    is_presented = is_last and owner.kind == "name"  # `The last one out was Moe. He …`
    is_established = is_arriving or is_presented or goes_before or trace.is_established(owner, pronoun)
    has_rival = not is_established and has_live_rival(trace, pronoun, owner)
    if has_rival and (owner.kind == "pronoun" or owner.sentence != pronoun.sentence):
        return None
    is_kin = pronoun.is_kin and pronoun.subject == owner.first
    is_sure = goes_before or pronoun.is_topic or pronoun.is_bodily or is_kin or pronoun.case == "subject"
    why = f"{owner.label} is the only person {'of the sentence' if has_rival else 'in sight'}"
    confidence = UNSURE if has_rival else 0.95 if is_sure else 0.9
    return propose(pronoun, owner, "Focus", why, confidence=confidence, follows=follows(trace, owner))


def choice(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Kral flew. Moe helped him.` and in a new paragraph `Her return`: hers, or his of whom that was about?

    That cannot be decided, and is said with those who may be meant.
    """
    if not pronoun.is_opening or pronoun.case != "possessive":
        return None
    before = [m for m in trace.recent(pronoun.sentence) if m.paragraph == pronoun.paragraph - 1 and not m.is_aside]
    people = {m.entity: m for m in before if m.entity >= 0 and m.gender in {"f", "m"} and m.kind != "many"}
    topic = next((m for m in reversed(before) if m.role == "subject" and m.entity in people), None)
    if topic is None or not is_other(topic, pronoun) or not any(m.gender == pronoun.gender for m in people.values()):
        return None
    candidates = [people.pop(topic.entity), *people.values()]
    names = " or ".join((", ".join(m.label for m in candidates[:-1]), candidates[-1].label))
    reason = (
        f"Choice: the paragraph before begins with {topic.label}, and “{pronoun.text}” may mean {names};"
        " not applied, for the text does not tell which."
    )
    evidence = tuple((m.start, m.end) for m in candidates)
    return Proposal(pronoun, other(pronoun.gender), topic, "Choice", reason, _OPEN, evidence)


SIEVES: Final[tuple[Sieve, ...]] = (
    predicate,
    stressed,
    binding,
    their_own,
    share,
    exclusion,
    chain,
    quoting,
    reply,
    quotation,
    life,
    echo,
    belonging,
    attended,
    confiding,
    leading,
    continuing,
    focus,
    neuter,
    choice,
)

SIEVES_OF: Final[Mapping[Sieve, frozenset[Case]]] = {
    **dict.fromkeys((predicate, stressed, quoting, reply, quotation, confiding), frozenset({"subject"})),
    **dict.fromkeys((echo, belonging, leading, choice), frozenset({"possessive"})),
    **dict.fromkeys((life, neuter), frozenset({"subject", "possessive"})),
    **dict.fromkeys((attended, continuing), frozenset({"object", "possessive"})),
    binding: frozenset({"subject", "possessive", "reflexive"}),
    their_own: frozenset({"possessive", "reflexive"}),
    share: frozenset({"subject", "object", "possessive"}),
}
"""The cases of which some sieves alone hold; for others these need not be asked."""
