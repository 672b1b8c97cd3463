"""Threads: of whom a text with other faults of translation goes on to tell, though somebody else may be meant."""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec.structs import replace

from missionwire_pronouns.deeds import (
    asked,
    done_to,
    felt,
    fronted,
    is_done_by,
    is_followed,
    joined,
    of_kin,
    own,
    promised,
    seen_to,
    with_whom,
)
from missionwire_pronouns.forms import Case
from missionwire_pronouns.mention import SOMETHING_ELSE, Introduction, Mention
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.proposal import Proposal, go_on, is_other, sole_person, weigh
from missionwire_pronouns.trace import Trace

BESIDE: Final = frozenset(
    {"while", "when", "as", "after", "before", "because", "until", "since", "where", "whom", "which"}
)
"""Behind these another may do something: `Moe slept while he drove`."""
_BOTH: Final = 2


def going_on(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe was the last. Wrapped in a blanket, she smiled`: it goes on with whom the text has just told of."""
    is_subject = pronoun.case == "subject" and not pronoun.is_retold and pronoun.introduction is None
    if not (is_subject or _is_of_life(pronoun)) or pronoun.governor in BESIDE:
        return None
    owner = _told_of_last(trace, pronoun) or _alone(trace, pronoun)
    if (
        owner is None
        or trace.awaited_rival(pronoun)
        or (owner.sentence < pronoun.sentence and any(not _is_beside(trace, m, pronoun) for m in trace.here(pronoun)))
    ):
        return None
    if owner.paragraph != pronoun.paragraph and trace.is_less_told_of(pronoun, owner):  # it may go back to another
        return None
    return go_on(trace, pronoun, owner, f"the text goes on with {owner.label}")


def according(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe came last. According to him, it was cold`: it is known from whom the text has just told of."""
    if not pronoun.is_source or next(trace.here(pronoun), None):
        return None
    owner = _told_of_last(trace, pronoun) or _alone(trace, pronoun)
    if owner is None or any(m.entity == owner.entity for m in trace.after(pronoun)):
        return None
    partners = trace.scene.pronouns_of(pronoun.sentence)
    if any(p.gender != pronoun.gender and p.case == "subject" and not p.is_quoted for p in partners):
        return None
    return weigh(trace, pronoun, owner, f"the text goes on with what {owner.label} has told")


def pair(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe's husband came. She gave her tulips`: of two alike in a clause one is another, of whom it told last."""
    if not any(is_done_by(partner, pronoun) for partner in trace.scene.pronouns_of(pronoun.sentence)):
        return None
    alike: set[int] = set()
    owner: Mention | None = None
    for mention in trace.recent(pronoun.sentence):
        if mention.paragraph != pronoun.paragraph and mention.sentence < pronoun.sentence - 1:
            break
        if trace.is_past(mention, pronoun):
            continue
        if mention.could_be(pronoun.gender):
            alike.add(mention.entity)
        is_told = mention.role == "subject" and mention.sentence >= (owner.sentence if owner else pronoun.sentence - 1)
        if is_told:
            if not is_other(mention, pronoun) or not trace.is_told(mention) or mention.is_paired:
                return None
            owner = owner or mention
    if owner is None or len(alike) != 1:
        return None
    why = f"nobody does it to themselves, and {owner.label} is told of last"
    return replace(weigh(trace, pronoun, owner, why), rule="Pair")


def past_all(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe helped Kral and Serrano. He wished the men luck`: who does it to both of them is neither."""
    many = next(trace.after(pronoun), None)
    is_all = many is not None and many.kind == "many" and many.role == "object" and many.gender == pronoun.gender
    if not is_all or trace.people_of(pronoun.gender) != _BOTH or next(trace.here(pronoun), None):
        return None
    before = [m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence - 1]
    owner = sole_person(trace, before, pronoun)
    if owner is None or not any(m.kind == "name" and m.entity == owner.entity for m in before):
        return None
    return weigh(trace, pronoun, owner, f"it is done to all who could be “{pronoun.text}”, by {owner.label}")


def handing_on(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe handed him the key. He had held the command for a year`: who hands it on had it."""
    if not (pronoun.is_topic and pronoun.is_looking_back):
        return None
    before = [m for m in trace.recent(pronoun.sentence) if m.sentence >= pronoun.sentence - 1 and not m.is_quoted]
    givers = {m.entity: m for m in before if m.role == "subject"}
    owner = next(iter(givers.values()), None)
    if owner is None or len(givers) > 1 or not is_other(owner, pronoun) or not trace.is_told(owner):
        return None
    return weigh(trace, pronoun, owner, f"{owner.label} hands on what they had")


def packed(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe spoke. In his pocket she carried a letter`: who carries it has the pocket."""
    if pronoun.case != "possessive" or not (pronoun.is_fronted and pronoun.is_carried):
        return None
    carrier = next((p for p in trace.scene.pronouns_of(pronoun.sentence) if p.token > pronoun.token), None)
    if carrier is None or carrier.case != "subject" or carrier.gender == pronoun.gender:
        return None
    owner = _told_of_last(trace, pronoun)
    between = trace.scene.mentions_in(pronoun.token + 1, carrier.token - 1)
    if owner is None or between:
        return None
    return weigh(trace, pronoun, owner, f"“{carrier.text}” carries it, and tells of {owner.label}")


def told(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`“Well done,” Kral told Moe. “I am tired,” he answered`: whoever is told something answers."""
    introduction = pronoun.introduction
    if not pronoun.is_replying or _is_contrasted(trace, pronoun):
        return None
    if introduction is not None:
        verb = introduction.verb
        owner = trace.at(verb + 1) if verb is not None else None
    else:
        people = [m for m in trace.here(pronoun) if not m.is_quoted and m.role == "object"]
        owner = people[0] if people and pronoun.governor == "which" else None
    if owner is None or owner.role != "object" or owner.kind == "pronoun" or not is_other(owner, pronoun):
        return None
    return weigh(trace, pronoun, owner, f"{owner.label} is told something, and answers")


def speaking(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe thanked his parents. “…,” she said`: the words are of the one of whom the sentence before them tells."""
    introduction = pronoun.introduction
    if introduction is None or not _may_go_on_to_speak(trace, pronoun, introduction):
        return None
    owner: Mention | None = None
    is_open = introduction.is_prompt and not pronoun.is_beside_many  # to whom it was said may answer, if not many
    for mention in trace.recent(pronoun.sentence):
        if not introduction.first <= mention.first <= introduction.last or mention.is_quoted:
            continue
        if mention.kind == "many":
            is_open = False
        elif is_other(mention, pronoun) and (owner is None or mention.entity == owner.entity):
            owner = mention
        else:
            return None
    if owner is None or is_open or owner.role != "subject" or not trace.is_told(owner):
        return None
    if owner.entity in trace.apart(pronoun):
        return None
    return weigh(trace, pronoun, owner, f"the words come right after what {owner.label} does")


def _may_go_on_to_speak(trace: Trace, pronoun: Pronoun, introduction: Introduction) -> bool:
    """Tell whether quoted words may be of whom the sentence before tells: no answer, and said to or of nobody else."""
    is_answer = pronoun.is_replying or pronoun.is_answering or pronoun.is_opposing or introduction.question is not None
    if is_answer or introduction.is_attribution or introduction.is_said_to:
        return False
    return not (_is_contrasted(trace, pronoun) or _is_of_another(trace, pronoun, introduction))


def _is_of_another(trace: Trace, pronoun: Pronoun, introduction: Introduction) -> bool:
    """Tell whether quoted words are of another, or of the kin of who says them: `“I shall miss her,” she said`."""
    first, last = introduction.quoted
    spoken = (p for p in trace.scene.pronouns_of_paragraph(pronoun.paragraph) if first <= p.token <= last)
    return introduction.is_of_kin or any(p.gender != pronoun.gender for p in spoken)


def spouse(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe had a letter for her wife`, `Moe slept. Her wife …`: only somebody of the other gender mostly has one."""
    if not pronoun.is_spouse:
        return None
    owner = trace.at(pronoun.subject)
    if owner is None or owner.entity < 0:
        near = (m for m in trace.recent(pronoun.sentence) if m.sentence >= pronoun.sentence - 1 and not m.is_quoted)
        owner = next((m for m in near if m.role == "subject" and m.entity >= 0 and m.kind != "many"), None)
    if owner is None or not is_other(owner, pronoun) or owner.entity in trace.apart(pronoun):
        return None
    return weigh(trace, pronoun, owner, f"{owner.label} is whom the text tells of")


def same(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`In [her] greeting Moe thanked those who flew before him`: the same written pronoun means the same person."""
    if pronoun.case == "reflexive":
        return None
    owner: Mention | None = None
    for mention in trace.here(pronoun):
        if trace.is_past(mention, pronoun):
            continue
        if mention.could_be(pronoun.gender) or (owner is not None and owner.entity != mention.entity):
            return None
        if trace.is_repaired(mention):
            owner = mention
        elif not is_other(mention, pronoun):
            return None
    if owner is None or owner.entity in trace.apart(pronoun):
        return None
    return weigh(trace, pronoun, owner, f"“{pronoun.text}” goes on to mean {owner.label}")


def among(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`Moe and Lind worked outside. In March, during his first stay, …`: a paragraph tells of women only, or of men."""
    is_fellow = pronoun.case == "object" and pronoun.governor == "with" and not pronoun.is_taking  # `flew with her`
    is_fellow = is_fellow and not pronoun.is_accompanied
    if pronoun.introduction is not None or pronoun.case == "reflexive" or is_fellow:
        return None
    is_open = pronoun.is_retold or pronoun.case == "object"  # it may be told of another
    owner: Mention | None = None
    is_named = is_near = False
    for mention in trace.recent(pronoun.sentence):
        if trace.is_past(mention, pronoun) or _is_minor(mention, pronoun):
            continue
        if mention.paragraph != pronoun.paragraph:
            if is_open and _is_told_of_just_now(trace, mention, pronoun):
                return None
            continue
        if not is_other(mention, pronoun):
            return None
        is_called = mention.kind == "noun" and mention.label[0].isupper()  # a noun for who has a name
        is_named = is_named or mention.kind == "name" or is_called
        is_near = is_near or mention.sentence >= pronoun.sentence - 1
        if mention.entity >= 0 and mention.entity not in trace.apart(pronoun):
            owner = owner or mention
    if owner is None or not (is_named and is_near) or trace.awaited_rival(pronoun):
        return None
    return weigh(trace, pronoun, owner, f"nobody else than {owner.label} is told of near by")


def of_one(trace: Trace, pronoun: Pronoun) -> Proposal | None:
    """`He could not see, and she came by his own rope`: of two pronouns in a paragraph of one, one is wrong."""
    owner = trace.at(pronoun.joined) if pronoun.case == "subject" else None
    if owner is None or owner.entity < 0 or not is_other(owner, pronoun) or not _is_alone_here(trace, pronoun):
        return None
    if not has_others_own(trace, pronoun):
        return None
    return weigh(trace, pronoun, owner, f"what is owned says that “{pronoun.text}” goes on with {owner.label}")


def has_others_own(trace: Trace, pronoun: Pronoun) -> bool:
    """Tell whether its clause says that whom it means is of the other gender: `she held his breath`."""
    owned = (p for p in trace.scene.pronouns_of(pronoun.sentence) if p.subject == pronoun.token and not p.is_quoted)
    return any(p.gender != pronoun.gender and (p.is_bound or p.is_of_career) for p in owned)


def _is_alone_here(trace: Trace, pronoun: Pronoun) -> bool:
    """Tell whether nobody of a paragraph could be a pronoun as it is written."""
    near = (m for m in trace.recent(pronoun.sentence) if m.paragraph == pronoun.paragraph)
    return not any(trace.is_rival(m, pronoun) for m in near)


def _is_contrasted(trace: Trace, pronoun: Pronoun) -> bool:
    """Tell whether a pronoun of the other gender is in what a pronoun does: `he told her`."""
    partners = trace.scene.pronouns_of(pronoun.sentence)
    return any(p.subject == pronoun.token and p.gender != pronoun.gender for p in partners if not p.is_quoted)


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
        if mention.paragraph != pronoun.paragraph and not pronoun.is_opening:
            break
        if trace.is_past(mention, pronoun) or _is_minor(mention, pronoun) or _is_passed(trace, mention, pronoun, owner):
            continue
        if trace.is_rival(mention, pronoun):
            return None
        if mention.role == "subject" and owner is None:
            if not (is_other(mention, pronoun) and trace.is_told(mention)) or mention.is_paired:
                return None
            owner = mention
    return owner


def _is_passed(trace: Trace, mention: Mention, pronoun: Pronoun, owner: Mention | None) -> bool:
    """Tell whether somebody is only told of beside whom a text tells of: `“Kral slept,” [she] said`, `Unlike Kral`."""
    if owner is None:
        return mention.sentence == pronoun.sentence and is_followed(trace, mention)
    is_talk = mention.is_quoted and trace.is_repaired(owner)
    return is_talk or (mention.is_companion and mention.sentence == pronoun.sentence)


def _is_minor(mention: Mention, pronoun: Pronoun) -> bool:
    """Tell whether it is told of many or of another only beside somebody: `according to Kral`, `with two men`."""
    is_led = pronoun.is_led and not pronoun.is_life
    is_left = is_led and (mention.is_paired or pronoun.is_further or mention.sentence == pronoun.sentence)
    is_beside = mention.role == "oblique" and (mention.kind == "many" or (mention.is_companion and is_left))
    return (mention.is_source and mention.sentence == pronoun.sentence) or is_beside


def _is_beside(trace: Trace, mention: Mention, pronoun: Pronoun) -> bool:
    """Tell whether a sentence has told before a pronoun of those only who do it: `Led by two men, she …`."""
    is_many = mention.kind == "many" and mention.role in {"object", "oblique"}
    return is_many or mention.entity in trace.apart(pronoun)


def _is_told_of_just_now(trace: Trace, mention: Mention, pronoun: Pronoun) -> bool:
    """Tell whether the paragraph before ends with somebody of whom another may go on to say something."""
    is_near = mention.role == "subject" and mention.sentence >= pronoun.sentence - 1
    return is_near and not mention.is_quoted and trace.is_rival(mention, pronoun)


def _alone(trace: Trace, pronoun: Pronoun) -> Mention | None:
    """Give the one person of whom a paragraph tells, by name: `It was Moe's second flight. In August he …`."""
    owner: Mention | None = None
    for mention in trace.recent(pronoun.sentence):
        if mention.paragraph != pronoun.paragraph:
            break
        if trace.is_past(mention, pronoun) or _is_minor(mention, pronoun):
            continue
        if not is_other(mention, pronoun) or (owner is not None and mention.entity != owner.entity):
            return None
        owner = mention
    if owner is None or owner.kind != "name" or owner.is_paired:
        return None
    return owner if pronoun.is_led or owner.role in {"subject", "possessor"} else None


THREADS: Final[tuple[Callable[[Trace, Pronoun], Proposal | None], ...]] = (
    pair,
    according,
    past_all,
    handing_on,
    promised,
    asked,
    told,
    speaking,
    spouse,
    joined,
    of_kin,
    fronted,
    packed,
    felt,
    with_whom,
    of_one,
    same,
    going_on,
    done_to,
    seen_to,
    own,
    among,
)
"""They come after all sieves."""

THREADS_OF: Final[Mapping[Callable[[Trace, Pronoun], Proposal | None], frozenset[Case]]] = {
    **dict.fromkeys((asked, felt, handing_on, of_one, pair, past_all, promised, with_whom), frozenset({"subject"})),
    **dict.fromkeys((fronted, packed, own), frozenset({"possessive"})),
    of_kin: frozenset({"object", "possessive"}),
    going_on: frozenset({"subject", "possessive"}),
    **dict.fromkeys((according, done_to, seen_to), frozenset({"object"})),
}
"""The cases of which some of them alone hold."""
