"""The vetoes: each knows one reason for which a pronoun had better be left alone. They come last and win."""

from collections.abc import Callable
from typing import Final, TypeAlias

from missionwire_pronouns.forms import other
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.proposal import Proposal
from missionwire_pronouns.trace import Trace

Veto: TypeAlias = Callable[[Trace, Proposal], str | None]
"""Gives half a sentence that says why not, None where nothing speaks against the proposal."""


_WHEREBY: Final = frozenset({"in", "on", "with", "during", "after", "before"})
"""Behind these stands what somebody has who does something: `takes command on her first flight`."""


def quoted(_: Trace, proposal: Proposal) -> str | None:
    """Who speaks in quotation marks may mean anybody."""
    return "it stands in somebody's words" if proposal.pronoun.is_quoted else None


def generic(_: Trace, proposal: Proposal) -> str | None:
    """`he or she` means whoever it may be."""
    return "it means whoever it may be" if proposal.pronoun.is_generic else None


def vessel(trace: Trace, proposal: Proposal) -> str | None:
    """A ship or a country may be `she`, unless it says or thinks something."""
    pronoun = proposal.pronoun
    is_owned = (
        proposal.rule in {"Binding", "Share"} or pronoun.is_life or pronoun.is_human
    )  # a ship does not wipe its own cheek, and was no child
    if pronoun.gender != "f" or pronoun.is_speaking or proposal.gender == "n" or is_owned:
        return None
    if pronoun.is_vessel:
        return "a ship may be meant, by what is told of it"
    for thing in trace.scene.things.between(max(0, pronoun.token - _NEAR), pronoun.token):
        if thing.what in {"vessel", "country"} and thing.sentence >= pronoun.sentence - 1:
            return f"what is called “{thing.label}” may be “she”, too"
    return None


def organised(trace: Trace, proposal: Proposal) -> str | None:
    """`The agency loses her director` may want `its`."""
    owner = trace.organisation(proposal.pronoun) if proposal.gender != "n" else None
    return f"the {owner.label} may be meant" if owner else None


def conflicting(trace: Trace, proposal: Proposal) -> str | None:
    """Somebody whom the text calls by nouns of both genders is left alone."""
    owner = proposal.owner
    if owner is not None and owner.entity in trace.scene.conflicting:
        return f"the text and the list disagree about {owner.label}"
    return None


def stranger(trace: Trace, proposal: Proposal) -> str | None:
    """Somebody of unknown gender who stands nearer than the evidence may be meant."""
    owner, pronoun = proposal.owner, proposal.pronoun
    if owner is None or owner.first > pronoun.token:
        return None
    for mention in trace.recent(pronoun.sentence):
        if mention.first <= owner.first:
            return None
        is_before = mention.kind == "anybody" and pronoun.since is not None and mention.first < pronoun.since
        is_meant = proposal.rule != "Binding" or not (mention.is_part_of(owner) or is_before)
        if is_meant and mention.gender in {None, "x"} and trace.is_rival(mention, pronoun):
            return f"{mention.label}, who stands nearer, may be meant"
    return None


def spoken_of(trace: Trace, proposal: Proposal) -> str | None:
    """`His name is not known, the agency said of the new pilot`: whom the sentence is said of may be meant."""
    pronoun = proposal.pronoun
    told_of = next((m for m in trace.after(pronoun) if m.first == pronoun.told_of), None)
    is_meant = told_of is not None and trace.is_rival(told_of, pronoun)
    return f"the sentence is said of {told_of.label}" if told_of is not None and is_meant else None


def set_in(trace: Trace, proposal: Proposal) -> str | None:
    """`The mother of three, he said, was chosen`: who says it in between tells of another."""
    pronoun, owner = proposal.pronoun, proposal.owner
    if owner is None or not pronoun.is_parenthetic or pronoun.is_going_on:
        return None
    here = (m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence and not m.is_quoted)
    is_told_of = any(m.entity == owner.entity and m.role == "subject" and m.kind != "pronoun" for m in here)
    return f"the sentence is said of {owner.label}" if is_told_of else None


def contradicted(_: Trace, proposal: Proposal) -> str | None:
    """`She was the first woman …` says itself that it is right."""
    is_said = proposal.pronoun.predicate == proposal.pronoun.gender
    return "the sentence itself says that it is right" if is_said else None


def disagreeing(trace: Trace, proposal: Proposal) -> str | None:
    """`He helped her` tells of two people: with only one woman in the text, `he` is somebody else."""
    pronoun = proposal.pronoun
    if proposal.gender == "n" or trace.people_of(other(pronoun.gender)) > 1:
        return None
    partner = next((p for p in trace.scene.pronouns_of(pronoun.sentence) if _are_apart(p, pronoun)), None)
    return f"“{partner.text}” in the same clause tells of somebody else" if partner else None


def side_by_side(trace: Trace, proposal: Proposal) -> str | None:
    """`Moe thanked her and him`, `he learned faster than she had`: who are named or compared together are two."""
    pronoun = proposal.pronoun
    if proposal.gender == "n":
        return None
    for partner in trace.scene.pronouns_of(pronoun.sentence):
        if partner.gender == pronoun.gender or partner.is_quoted or "reflexive" in {partner.case, pronoun.case}:
            continue
        first, last = sorted((pronoun, partner), key=lambda each: each.token)
        is_pair = first.case == last.case and last.token - first.token == _ONE_BETWEEN
        is_named_with = is_pair and last.governor in {"and", "nor"}
        is_measure = first.case == "subject" and last.governor == "than"
        if is_named_with or is_measure:
            return f"“{partner.text}” beside it tells of somebody else"
    return None


def awaited(trace: Trace, proposal: Proposal) -> str | None:
    """`Kral blocked her way, but Moe smiled`: who is named next in the sentence may be meant, though rarely."""
    pronoun = proposal.pronoun
    if proposal.rule != "Exclusion" or pronoun.case == "subject" or pronoun.is_topic or trace.people_of(pronoun.gender):
        return None
    after = next((m for m in trace.after(pronoun) if m.kind == "name" and m.first > pronoun.token), None)
    if after is not None and pronoun.case == "possessive" and after.first <= pronoun.token + 2:
        return None  # `with her crewmate Kral`: that is who is owned
    is_meant = after is not None and after.gender == pronoun.gender and after.role == "subject" and not after.is_paired
    return f"{after.label}, who is named next, may be meant" if after is not None and is_meant else None


def handed_on(trace: Trace, proposal: Proposal) -> str | None:
    """`Moe returned his helmet to Kral`: whoever gets something may own it."""
    pronoun = proposal.pronoun
    if proposal.rule == "Binding":
        return None
    receiver = next((m for m in trace.after(pronoun) if m.first == pronoun.given_to), None)
    is_meant = receiver is not None and receiver.gender == pronoun.gender
    return f"{receiver.label}, who gets it, may be meant" if receiver is not None and is_meant else None


def announced(trace: Trace, proposal: Proposal) -> str | None:
    """`While Moe sleeps, he watches: Kral is up`, `He is glad, says Kral`: who is named at last may be meant."""
    pronoun = proposal.pronoun
    if proposal.rule == "Binding" or pronoun.turn is None or trace.people_of(pronoun.gender):
        return None
    after = next((m for m in trace.after(pronoun) if m.kind == "name" and m.first > pronoun.turn), None)
    is_meant = after is not None and after.gender == pronoun.gender
    return f"{after.label}, who is named at last, may be meant" if after is not None and is_meant else None


def introduced(trace: Trace, proposal: Proposal) -> str | None:
    """`While she slept, Kral took over. Moe thanked him`: who is named in the next sentence may be meant.

    So may be to whom something is said: `“Sit down,” said Moe, as he came in. Kral had not slept`.
    """
    pronoun, owner = proposal.pronoun, proposal.owner
    if owner is None or trace.people_of(pronoun.gender):
        return None
    is_beside = pronoun.governor in {"as", "while", "when"} and pronoun.is_after_order and proposal.rule == "Exclusion"
    if owner.first < pronoun.token and not is_beside:
        return None
    ahead = trace.scene.mentions_in(max(owner.last, pronoun.token) + 1, max(owner.last, pronoun.token) + _NEAR)
    new = next((m for m in ahead if m.sentence <= pronoun.sentence + 1 and m.entity != owner.entity), None)
    is_meant = new is not None and new.kind == "name" and new.gender == pronoun.gender
    return f"{new.label}, who is named next, may be meant" if new is not None and is_meant else None


def set_against(_: Trace, proposal: Proposal) -> str | None:
    """`Moe had the idea; he, the older of the two, had the money`: who is set against her is another."""
    pronoun, owner = proposal.pronoun, proposal.owner
    is_other = pronoun.is_contrasting and owner is not None and owner.first < pronoun.token
    return f"it is set against {owner.label}" if owner is not None and is_other else None


def contrasted(trace: Trace, proposal: Proposal) -> str | None:
    """`She put it over his shoulders`: two pronouns of a sentence are two people, where the text has both."""
    pronoun = proposal.pronoun
    if (
        pronoun.case != "subject"
        or pronoun.is_parallel
        or proposal.rule not in {"Chain", "Focus", "Life"}
        or not trace.people_of(pronoun.gender)
    ):
        return None
    for partner in trace.scene.pronouns_of(pronoun.sentence):
        is_other = partner.gender != pronoun.gender and partner.token not in trace.repaired
        is_subject = partner.case == "subject" and proposal.rule != "Life"  # a life may go on: `As a child he …, she …`
        is_of_clause = is_subject or partner.subject == pronoun.token
        if partner.token > pronoun.token and partner.is_met_before:  # `he thanked Kral, with whom she had worked`
            continue
        is_own = partner.is_bound or partner.case == "reflexive" or partner.is_taking  # `he made a flight of her own`
        if partner.subject == pronoun.token and is_own:
            continue
        if is_other and is_of_clause and not partner.is_quoted:
            return f"“{partner.text}” in the same sentence tells of somebody else"
    return None


def headed(trace: Trace, proposal: Proposal) -> str | None:
    """`Moe follows in his footsteps`, as a title: the text tells whose what is that others may have."""
    pronoun = proposal.pronoun
    if not any(pronoun.gender == m.gender for m in trace.scene.absent if trace.scene.is_title):
        return None
    is_subjects = pronoun.is_bound or pronoun.is_own or pronoun.is_family or pronoun.is_of_career or pronoun.is_carried
    is_handled = pronoun.is_handled and pronoun.governor not in _WHEREBY
    is_others = is_handled or pronoun.is_for_other or pronoun.is_treated or pronoun.is_fellow
    is_told = proposal.rule == "Predicate" or (pronoun.case == "possessive" and is_subjects and not is_others)
    return None if is_told else "somebody may be meant whom the title does not name"


def implied(_: Trace, proposal: Proposal) -> str | None:
    """`Moe drove to Bari, where he was waiting`, `Officials escorted Moe in. He held the umbrella`: that is another."""
    pronoun = proposal.pronoun
    is_free = proposal.rule not in {"Predicate", "Life", "Quotation"} and not pronoun.is_life
    return "somebody whom the words before imply may be meant" if pronoun.is_implied and is_free else None


def _are_apart(partner: Pronoun, pronoun: Pronoun) -> bool:
    """Tell whether two written pronouns of different gender are subject and object of one clause, or two alike.

    `He asked, and she left`, `To her went the brushes, to him the paint`.
    """
    if partner.gender == pronoun.gender or partner.is_quoted:
        return False
    if partner.case == pronoun.case == "subject":
        return pronoun.joined == partner.token or partner.joined == pronoun.token
    if partner.case == pronoun.case == "object":
        return pronoun.governor == partner.governor == "to"
    pair = (pronoun, partner) if pronoun.case == "subject" else (partner, pronoun)
    is_met = pair[1].case == "object" and not pair[1].is_taking  # `that he had carried up with her`: one is wrong
    return pair[0].case == "subject" and is_met and pair[1].subject == pair[0].token


def one_of_two(_: Trace, proposal: Proposal) -> str | None:
    """After `Rao and Mori landed`, `he` is neither: it would not be told which of them."""
    owner, pronoun = proposal.owner, proposal.pronoun
    if owner is None or owner.sentence >= pronoun.sentence:
        return None
    if owner.is_paired:
        return f"{owner.label} is named together with somebody else"
    return None


def opposing(_: Trace, proposal: Proposal) -> str | None:
    """`Serrano spoke of fear. “Of boredom,” she interrupted`: nobody interrupts themselves."""
    told, owner = proposal.pronoun.introduction, proposal.owner
    is_self = told is not None and owner is not None and told.first <= owner.first <= told.last
    return "nobody speaks against themselves" if proposal.pronoun.is_opposing and is_self else None


def asking(_: Trace, proposal: Proposal) -> str | None:
    """`Moe asked how long. “An hour,” he said`: who asks does not answer."""
    told, owner = proposal.pronoun.introduction, proposal.owner
    if told is None or owner is None:
        return None
    is_speaker = owner.role == "subject"  # not `“…,” Kral told Moe. “…,” he replied`
    is_answered = told.is_attribution and is_speaker and told.first <= owner.first <= told.last
    if is_answered and (proposal.pronoun.is_answering or proposal.pronoun.is_replying):
        return f"{owner.label} spoke before, and nobody answers themselves"
    if told.question is None:
        return None
    is_asker = told.first <= owner.first < told.question and owner.role == "subject"
    return f"{owner.label} asks, and does not answer" if is_asker else None


_ONE_BETWEEN: Final = 2
"""How many tokens apart two are with one word between them."""
_NEAR: Final = 80
"""How many tokens back a ship or a country is looked for."""

VETOES: Final[tuple[Veto, ...]] = (
    quoted,
    generic,
    contradicted,
    spoken_of,
    set_in,
    organised,
    conflicting,
    vessel,
    stranger,
    one_of_two,
    asking,
    opposing,
    disagreeing,
    side_by_side,
    awaited,
    handed_on,
    announced,
    introduced,
    set_against,
    contrasted,
    implied,
    headed,
)
