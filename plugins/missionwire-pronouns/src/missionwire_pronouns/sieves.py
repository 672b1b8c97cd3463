"""The sieves: each knows one reason for which a pronoun must be wrong. The first that holds decides."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from msgspec import Struct

from missionwire_pronouns.forms import other
from missionwire_pronouns.mention import Mention, Pronoun, Proof, Thing
from missionwire_pronouns.trace import Trace

_NAMED: Final = {"f": "she", "m": "he"}
_NEAR: Final = 60
"""How many tokens on either side an organisation is looked for."""
_IN_SIGHT: Final = 3
"""For how many sentences somebody stays in sight across the end of a paragraph."""
_IN_SIGHT_OF_MANY: Final = 2
"""For how many where a paragraph brings in somebody new, or a text tells of one after another."""
_MANY: Final = 3

_OPEN: Final = 0.6
"""The confidence of what cannot be decided."""
_UNSURE: Final = 0.65
"""The confidence of what is likely while somebody else is still in sight."""


class Proposal(Struct, frozen=True):
    """That a pronoun should be of another gender (`n`: its), because it means `owner`.

    `rule` names the sieve, `follows` is the token of the repaired pronoun that it hangs on.
    """

    pronoun: Pronoun
    gender: str
    owner: Mention | None
    rule: str
    reason: str
    confidence: float
    evidence: tuple[tuple[int, int], ...]
    follows: int | None = None


Sieve: TypeAlias = Callable[[Trace, Pronoun], Proposal | None]


def _propose(
    pronoun: Pronoun, owner: Mention, rule: str, why: str, *, confidence: float, follows: int | None = None
) -> Proposal:
    proof = owner.proof or Proof(owner.start, owner.end, f"{owner.label} is not “{pronoun.text}”")
    evidence = tuple(dict.fromkeys(((owner.start, owner.end), (proof.start, proof.end))))
    reason = f"{rule}: {why}, and {proof.because}."
    return Proposal(pronoun, other(pronoun.gender), owner, rule, reason, confidence, evidence, follows)


def _is_other(mention: Mention, pronoun: Pronoun) -> bool:
    return mention.gender == other(pronoun.gender) and mention.kind != "many"


def predicate(_: Trace, pronoun: Pronoun) -> Proposal | None:
    """`He was the first woman …`: a noun says of the pronoun what it is."""
    if pronoun.predicate != other(pronoun.gender):
        return None
    kind = "a woman" if pronoun.predicate == "f" else "a man"
    reason = f"Predicate: the sentence says of “{pronoun.text}” that this is {kind}."
    return Proposal(pronoun, other(pronoun.gender), None, "Predicate", reason, 0.97, ((pronoun.start, pronoun.end),))


def binding(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Mori taught himself`, `Mori held his breath`, `Mori did it on his own`: it can only be the subject's own."""
    if not (pronoun.case == "reflexive" or pronoun.is_bound or pronoun.is_mutual or pronoun.is_comment):
        return None
    subject = trace.at(pronoun.subject)
    if subject is None or subject.entity < 0 or not _is_other(subject, pronoun):
        return None
    since = -1 if pronoun.is_mutual else subject.first  # `Moe fell ill. Serrano asked her colleague to help`
    if pronoun.since is not None:  # `Serrano sat beside her and shook her head`
        since = max(since, pronoun.since)
    near = (m for m in trace.recent(pronoun.sentence) if m.sentence >= pronoun.sentence - 1)
    if any(m.could_be(pronoun.gender) and not m.is_aside for m in near if m.first > since):
        return None
    is_settled = subject.kind != "pronoun" or trace.is_repaired(subject)
    if not is_settled and _is_doubtful(trace, pronoun):  # `she … himself`: either may be the wrong one
        return None
    why = f"“{pronoun.text}” must mean who does what the clause tells, {subject.label}"
    return _propose(pronoun, subject, "Binding", why, confidence=0.97, follows=_follows(trace, subject))


def their_own(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Yates broke her own record`, of somebody who is spoken of as *they*: it can only be the subject's own."""
    if not (pronoun.case == "reflexive" or pronoun.is_bound):
        return None
    subject = trace.at(pronoun.subject)
    if subject is None or subject.gender != "x" or subject.kind != "name":
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
    if owner is None or not _is_other(owner, pronoun):
        return None
    why = f"what is told for {owner.label} is {owner.label}'s own"
    return _propose(pronoun, owner, "Share", why, confidence=0.96)


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
        if mention.entity in trace.apart(pronoun):
            return None
        near = mention.sentence == pronoun.sentence or (pronoun.is_topic and _is_in_mind(trace, pronoun, mention))
        if not near or trace.awaited_rival(pronoun) or not trace.is_repaired(mention):
            return None
        if mention.role == "object" and _has_rival_since(trace, pronoun, mention.sentence):
            return None
        why = f"“{pronoun.text}” goes on to mean {mention.label}"
        return _propose(pronoun, mention, "Chain", why, confidence=0.95, follows=mention.first)
    return None


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
    if owner is None or not _is_other(owner, pronoun) or _may_be_subject(owner, pronoun):
        return None
    why = f"nobody mentioned so far can be “{pronoun.text.lower()}” here, {owner.label} is the nearest person"
    is_near = abs(pronoun.sentence - owner.sentence) <= 1
    return _propose(
        pronoun, owner, "Exclusion", why, confidence=0.97 if is_near else 0.95, follows=_follows(trace, owner)
    )


def _may_be_subject(owner: Mention, pronoun: Pronoun) -> bool:
    """Tell whether somebody may be the subject of the clause whose object the pronoun is; then it is somebody else."""
    return (
        pronoun.is_governed
        and pronoun.subject is None
        and owner.sentence == pronoun.sentence
        and owner.role == "subject"
    )


def _follows(trace: Trace, owner: Mention) -> int | None:
    return owner.first if trace.is_repaired(owner) else None


def _nearest(trace: Trace, pronoun: Pronoun) -> Mention | None:
    apart = trace.apart(pronoun)
    for mention in trace.recent(pronoun.sentence):
        if mention.sentence < pronoun.sentence - 2:
            return None
        if _is_other(mention, pronoun) and mention.entity >= 0 and mention.entity not in apart:
            return mention
    return None


def quotation(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Mori laughed. “…,” he said`: what is told right before a quotation tells whose it is."""
    told = pronoun.introduction
    if told is None or _may_answer(pronoun):
        return None
    people = [m for m in trace.recent(pronoun.sentence) if told.first <= m.first <= told.last and not m.is_quoted]
    owner = _sole(trace, people, pronoun)
    confidence = 0.96
    if owner is None:
        owner, confidence = _leader(people, pronoun), 0.7
    elif owner.role != "subject":
        confidence = 0.8
    if owner is None:
        return None
    if not told.has_speech and _has_live_rival(trace, pronoun, owner):
        confidence = _UNSURE
    why = f"the words in quotation marks come right after what {owner.label} does"
    return _propose(pronoun, owner, "Quotation", why, confidence=confidence, follows=_follows(trace, owner))


def reply(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`A guest asked Moe about it. “An hour,” he replied`: whoever is asked answers."""
    told = pronoun.introduction
    if not pronoun.is_replying or told is None or told.question is None:
        return None
    owner = trace.at(told.question + 1)
    if owner is None or owner.role != "object" or owner.kind == "pronoun" or not _is_other(owner, pronoun):
        return None
    why = f"{owner.label} is asked, and whoever is asked replies"
    return _propose(pronoun, owner, "Quotation", why, confidence=0.96)


def _leader(people: list[Mention], pronoun: Pronoun) -> Mention | None:
    """Give the one subject among several people: whoever does something is more likely to speak of it."""
    subjects = [m for m in people if m.role == "subject"]
    return subjects[0] if len(subjects) == 1 and _is_other(subjects[0], pronoun) and subjects[0].entity >= 0 else None


def _may_answer(pronoun: Pronoun) -> bool:
    """Tell whether a speaker may be the other side of a talk."""
    told = pronoun.introduction
    return told is not None and (pronoun.is_answering or told.is_prompt) and not told.is_asked


def _sole(trace: Trace, people: Iterable[Mention], pronoun: Pronoun) -> Mention | None:
    """Give the one person of the other gender among mentions, the first mention of it; None with anybody else there."""
    found: Mention | None = None
    for mention in people:
        if trace.is_past(mention, pronoun):
            continue
        if not _is_other(mention, pronoun) or mention.entity < 0:
            return None
        if found is not None and mention.entity != found.entity:
            return None
        found = mention
    return found


def quoting(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe's brother came. “I waved to him,” he said`: of two people, whom the words are of is not who says them."""
    told = pronoun.introduction
    if not pronoun.is_quoting or told is None or told.is_prompt:
        return None
    others = trace.speakers(pronoun.gender)
    owners = trace.speakers(other(pronoun.gender))
    if len(others) != 1 or len(owners) != 1 or others[0].entity == owners[0].entity:
        return None
    owner = owners[0]
    is_near = all(m.entity >= 0 and m.sentence >= pronoun.sentence - 2 for m in (others[0], owner))
    if not is_near or not _is_other(owner, pronoun) or others[0].gender != pronoun.gender:
        return None
    why = f"the words speak of {others[0].label}, and {owner.label} is the only other person"
    return _propose(pronoun, owner, "Quotation", why, confidence=0.95, follows=_follows(trace, owner))


def life(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe, 41, is a native of Oslo. As a child he …`: a life goes on with whose origin was told."""
    if not pronoun.is_life or not pronoun.is_topic:
        return None
    people = [m for m in trace.recent(pronoun.sentence) if m.sentence >= pronoun.sentence - 1]
    owner = _sole(trace, people, pronoun)
    if owner is None or owner.role != "subject" or (owner.kind == "pronoun" and not trace.is_repaired(owner)):
        return None
    why = f"the sentence goes on with the life of {owner.label}, whose origin the one before tells"
    return _propose(pronoun, owner, "Life", why, confidence=0.95, follows=_follows(trace, owner))


def echo(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Ito began training early. The end of her training …`: the noun repeats the deed of the sentence before."""
    if pronoun.echo is None or not pronoun.is_topic:
        return None
    people = [m for m in trace.recent(pronoun.sentence) if m.sentence >= pronoun.sentence - 1]
    owner = _sole(trace, people, pronoun)
    if owner is None or owner.role != "subject" or owner.first > pronoun.echo:
        return None
    why = f"its noun repeats the deed of {owner.label} in the sentence before"
    return _propose(pronoun, owner, "Echo", why, confidence=0.96, follows=_follows(trace, owner))


def focus(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """The one person of this sentence, or of the one before, is of the other gender; all others are out of sight."""
    if _may_answer(pronoun):
        return None
    people = [m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence]
    if not any(m.kind != "pronoun" or trace.is_repaired(m) for m in people):
        people += [m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence - 1]
    owner = _sole(trace, people, pronoun)
    if owner is None or owner.entity in trace.apart(pronoun) or trace.awaited_rival(pronoun):
        return None
    if owner.role != "subject" or _may_be_subject(owner, pronoun):
        return None
    is_plain = owner.kind == "pronoun" and not trace.is_repaired(owner)
    if is_plain and trace.people_of(pronoun.gender):  # `She asked. He did not`: two pronouns, two people
        return None
    is_arriving = pronoun.is_arriving and owner.sentence == pronoun.sentence and owner.kind != "pronoun"
    is_established = is_arriving or trace.is_established(owner, pronoun)
    has_rival = not is_established and _has_live_rival(trace, pronoun, owner)
    if has_rival and (owner.kind == "pronoun" or owner.sentence != pronoun.sentence):
        return None
    is_kin = pronoun.is_kin and pronoun.subject == owner.first
    is_sure = pronoun.is_topic or pronoun.is_bodily or is_kin or pronoun.case == "subject"
    why = f"{owner.label} is the only person {'of the sentence' if has_rival else 'in sight'}"
    confidence = _UNSURE if has_rival else 0.95 if is_sure else 0.9
    return _propose(pronoun, owner, "Focus", why, confidence=confidence, follows=_follows(trace, owner))


def _has_live_rival(trace: Trace, pronoun: Pronoun, owner: Mention) -> bool:
    """Tell whether somebody who could be the pronoun as written is still in sight.

    So is who stands in the same paragraph or in the last sentences before it, and, in the first paragraph, whom the
    title names. The speaker of a quotation that follows upon a name is looked for in that paragraph alone, and not
    among those whom the quoted words tell of.
    """
    if pronoun.paragraph == 0 and any(trace.is_rival(mention, pronoun) for mention in trace.scene.absent):
        return True
    is_retold = owner.paragraph == pronoun.paragraph and owner.kind != "pronoun"
    is_one_of_many = trace.people_of("f") + trace.people_of("m") >= _MANY
    is_many = is_one_of_many or trace.entered(owner) == pronoun.paragraph
    sight = _IN_SIGHT_OF_MANY if is_many else _IN_SIGHT
    for mention in trace.recent(pronoun.sentence):
        if trace.is_rival(mention, pronoun):
            is_near = mention.sentence >= pronoun.sentence - sight and pronoun.introduction is None
            if mention.paragraph == pronoun.paragraph or not is_retold or is_near:
                return True
    return False


def neuter(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`The agency hopes that it will improve her image`: nobody is in the text, an organisation in the sentence.

    Something tells that the organisation is meant: `it` in its sentence or the next one, or what somebody has not.
    """
    if trace.has_vessel:
        return None
    if pronoun.case == "subject":
        return _it(trace, pronoun)
    if pronoun.case != "possessive":
        return None
    if trace.has_people and not _is_far_from_people(trace, pronoun):
        return None
    things = trace.scene.things_in(max(0, pronoun.token - _NEAR), pronoun.token + _NEAR)
    owner = next((t for t in things if _is_head_or_organisation(t) and _is_before(t, pronoun)), None)
    if owner is None and any(t.what == "it" and t.is_head and _is_before(t, pronoun) for t in things):
        owner = _head_before(pronoun, things)
    if owner is None and pronoun.is_topic and pronoun.is_corporate and not pronoun.is_opening:
        owner = _head_before(pronoun, things)
    has_it = any(t.what == "it" and _is_before(t, pronoun) for t in things) or pronoun.is_corporate
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
    if trace.has_people or not pronoun.is_topic or trace.scene.pronouns[0].token != pronoun.token:
        return None
    owner = _head_before(pronoun, trace.scene.things_in(max(0, pronoun.token - _NEAR), pronoun.token))
    if owner is None or pronoun.is_opening or not pronoun.is_planning:
        return None
    reason = f"Neuter: nobody is mentioned in the text, and the {owner.label} is no “{_NAMED[pronoun.gender]}”."
    return Proposal(pronoun, "n", None, "Neuter", reason, 0.95, ((owner.start, owner.end),))


def choice(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Kral flew. Moe helped him.` and in a new paragraph `Her return`: hers, or his of whom that was about?

    That cannot be decided, and is said with those who may be meant.
    """
    if not pronoun.is_opening or pronoun.case != "possessive":
        return None
    before = [m for m in trace.recent(pronoun.sentence) if m.paragraph == pronoun.paragraph - 1 and not m.is_aside]
    people = {m.entity: m for m in before if m.entity >= 0 and m.gender in {"f", "m"} and m.kind != "many"}
    topic = next((m for m in reversed(before) if m.role == "subject" and m.entity in people), None)
    if topic is None or not _is_other(topic, pronoun) or not any(m.gender == pronoun.gender for m in people.values()):
        return None
    candidates = [people.pop(topic.entity), *people.values()]
    names = " or ".join((", ".join(m.label for m in candidates[:-1]), candidates[-1].label))
    reason = (
        f"Choice: the paragraph before begins with {topic.label}, and “{pronoun.text}” may mean {names};"
        " not applied, for the text does not tell which."
    )
    evidence = tuple((m.start, m.end) for m in candidates)
    return Proposal(pronoun, other(pronoun.gender), topic, "Choice", reason, _OPEN, evidence)


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


SIEVES: Final[tuple[Sieve, ...]] = (
    predicate,
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
    focus,
    neuter,
    choice,
)
