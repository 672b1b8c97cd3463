"""Sight: who is near enough to be meant by a pronoun as it is written."""

from typing import Final

from missionwire_pronouns.mention import Mention, Pronoun
from missionwire_pronouns.trace import Trace

_IN_SIGHT: Final = 3
"""For how many sentences somebody stays in sight across the end of a paragraph."""
_IN_SIGHT_OF_MANY: Final = 2
"""For how many where a paragraph brings in somebody new, or a text tells of one after another."""
_MANY: Final = 3


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
