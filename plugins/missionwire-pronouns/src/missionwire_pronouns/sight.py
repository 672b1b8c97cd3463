"""Sight: who is near enough to be meant by a pronoun as it is written."""

from typing import Final

from missionwire_pronouns.mention import Mention
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.trace import Trace

_IN_SIGHT: Final = 3
"""For how many sentences somebody stays in sight across the end of a paragraph."""
_IN_SIGHT_OF_MANY: Final = 2
"""For how many where a paragraph brings in somebody new, or a text tells of one after another."""
_MANY: Final = 3
_JUST_NOW: Final = 2
"""For how many sentences somebody else may still be seen to."""


def has_precedence(trace: Trace, pronoun: Pronoun, owner: Mention) -> bool:
    """Tell whether a paragraph goes on to tell of somebody new, so that nobody of the ones before it is meant.

    Its sentence tells of one person alone, and nobody else of the paragraph could be the pronoun as written. Not so
    where somebody says it, sees to it or tells of what another is known for, nor where a text is about that other.
    """
    is_told = owner.kind != "pronoun" or (pronoun.is_own and is_just_named(trace, pronoun, owner))
    is_here = owner.sentence == pronoun.sentence and is_told
    is_before = owner.sentence == pronoun.sentence - 1 and owner.paragraph == pronoun.paragraph and owner.kind == "name"
    is_absent = pronoun.paragraph == 0 and any(trace.is_rival(m, pronoun) for m in trace.scene.absent)
    is_begun = not is_absent and pronoun.is_topic and pronoun.case == "subject" and owner.role == "subject"
    is_next = is_before and (pronoun.introduction is not None or pronoun.is_going_on or is_begun)
    if not (is_here or is_next) or pronoun.case not in {"subject", "possessive"} or pronoun.is_handled:
        return False
    if pronoun.is_retold and not (pronoun.is_parallel or pronoun.is_going_on):
        return False
    rivals = [m for m in trace.recent(pronoun.sentence) if trace.is_rival(m, pronoun)]
    is_free = pronoun.is_explaining or pronoun.is_going_on or pronoun.introduction is not None
    if any(m.paragraph == pronoun.paragraph for m in rivals if not (is_free and _is_minor(m, owner))):
        return False
    is_sure = is_free or pronoun.is_bound or pronoun.is_parallel or _is_about(trace, pronoun, owner)
    is_sure = is_sure or (is_next and is_begun and pronoun.is_led)
    if not is_sure and any(_is_told_of_just_now(m, pronoun) for m in rivals):
        return False
    return not trace.is_main(pronoun, owner)


def is_just_named(trace: Trace, pronoun: Pronoun, subject: Mention) -> bool:
    """Tell whether a subject pronoun goes on with who was just named, so that it is right: `Moe woke. She …`.

    Nobody else of the paragraph may be the one whom the other pronoun could mean.
    """
    if subject.entity < 0:
        return False
    near = [m for m in trace.recent(pronoun.sentence) if m.paragraph == pronoun.paragraph and not m.is_source]
    if pronoun.is_bound or pronoun.case == "reflexive":  # it is whose subject it is, if that is right
        near = [m for m in near if m.sentence >= pronoun.sentence - 1]
    if any(trace.is_rival(m, pronoun) for m in near):
        return False
    named = (m for m in near if m.entity == subject.entity and m.kind != "pronoun")
    return any(m.role == "subject" and m.sentence >= pronoun.sentence - 1 for m in named)


def is_told_of_here(trace: Trace, pronoun: Pronoun) -> bool:
    """Tell whether somebody of the paragraph could be the pronoun as written."""
    near = (m for m in trace.recent(pronoun.sentence) if m.paragraph == pronoun.paragraph)
    return any(trace.is_rival(m, pronoun) for m in near)


def is_seen_to(trace: Trace, pronoun: Pronoun) -> bool:
    """Tell whether the sentence before, in the same paragraph, is about somebody who could be the pronoun."""
    near = (m for m in trace.recent(pronoun.sentence) if m.sentence == pronoun.sentence - 1)
    return any(m.role == "subject" and m.paragraph == pronoun.paragraph and trace.is_rival(m, pronoun) for m in near)


def _is_told_of_just_now(mention: Mention, pronoun: Pronoun) -> bool:
    """Tell whether the last sentences are about somebody, to whom another may go on to do something for them.

    `Kral has fallen ill.` and in a new paragraph `Moe has packed his bag`.
    """
    if mention.kind == "noun" and mention.gender is None:
        return False
    is_told = mention.kind == "pronoun" or (mention.role == "subject" and not mention.is_paired)
    return is_told and mention.sentence >= pronoun.sentence - (1 if pronoun.is_own else _JUST_NOW)


def _is_about(trace: Trace, pronoun: Pronoun, owner: Mention) -> bool:
    """Tell whether a paragraph has told of somebody before, too: by a pronoun, or as whom a sentence is about."""
    near = (m for m in trace.recent(pronoun.sentence) if m.paragraph == pronoun.paragraph and m.entity == owner.entity)
    return pronoun.is_own and any(m.kind == "pronoun" or m.sentence < pronoun.sentence for m in near)


def _is_minor(mention: Mention, owner: Mention) -> bool:
    """Tell whether somebody has only been told of beside another, before: `together with Kral`, `Kral's flight`."""
    return mention.role in {"oblique", "possessor"} and mention.kind != "pronoun" and mention.sentence < owner.sentence


def has_live_rival(trace: Trace, pronoun: Pronoun, owner: Mention) -> bool:
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
