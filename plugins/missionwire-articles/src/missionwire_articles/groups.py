"""Whom "the three" means, or "they": so many people whom the text named before."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from missionwire.plugin import Person
from missionwire_articles import participants
from missionwire_articles.narrative import Narrative
from missionwire_articles.sentences import Sentence
from missionwire_articles.telling import Telling

LONGEST_PARAGRAPH: Final = 8
"""How many sentences of a paragraph are looked at for those whom "the two" may mean."""

FAR: Final = 60
"""How many sentences back a group may have been named at all."""

BACK: Final = 3
"""How many sentences back "they" may have been named."""

_COLLEAGUES: Final = re.compile(
    r"\b(?:his|her|their)\s(?:(?:two|three|other|crew)\s)?(?:colleagues|companions|crewmates|comrades)\b"
)
"""Those whom "they" goes on from are not all named."""

_WAYS: Final = (
    "launch.lifted",
    "docking.completed",
    "undocking.completed",
    "landing.completed",
    "splashdown.completed",
)
"""Types of the steps of a flight, which a whole crew takes."""

_CREW: Final = 3
"""Fewer may be any two of it."""

NEAR: Final = 4
"""So many sentences on, "they" may still be those of whom was told."""


def of_group(narrative: Narrative, telling: Telling, known: Sequence[Telling], size: int) -> tuple[Person, ...]:
    """Give those whom "the three" means, or "they", which is of any number."""
    own = _of_sentence(narrative, telling, size) or _with_it(telling, known, size)
    if own or telling.head.endswith("their "):
        return own
    before = narrative.sentences[max(0, telling.sentence - 1)].start
    if size == 0 and _COLLEAGUES.search(narrative.small, before, telling.start):
        return ()
    return (
        _named_before(narrative, telling, size)
        or _flown(narrative, telling, known, size)
        or _of_paragraph(narrative, size, telling.sentence)
        or _only_crew(size, known, _named_in(narrative, telling.sentence))
        or _only_group(narrative, size, telling.sentence)
        or _all_named(narrative, size, telling.start)
        or _crew_before(telling, size, known)
    )


def _of_sentence(narrative: Narrative, telling: Telling, size: int) -> tuple[Person, ...]:
    """Give those whom the sentence has named before: "A and B had set out, and the docking of their ship …"."""
    people = participants.named(narrative, telling.start, telling.verb)
    return people if len(people) == size or (size == 0 and len(people) > 1) else ()


def _with_it(telling: Telling, known: Sequence[Telling], size: int) -> tuple[Person, ...]:
    """Give those of whom its sentence has told together: "She and A had gone up in May; their stay was doubled"."""
    last = known[-1] if known and size == 0 else None
    return last.crew if last and last.sentence == telling.sentence and len(last.crew) > 1 else ()


def _crew_before(telling: Telling, size: int, known: Sequence[Telling]) -> tuple[Person, ...]:
    """Give those of whom the text has told together before, where it has told of no others so."""
    if size:
        return ()
    crews = [one.crew for one in known if len(one.crew) > 1 and one.type != "statement.made"]
    distinct = {frozenset(person.id or person.name for person in crew) for crew in crews}
    is_near = crews and any(one.crew == crews[-1] and telling.sentence - one.sentence <= NEAR for one in known)
    return crews[-1] if len(distinct) == 1 or is_near else ()


def _named_before(narrative: Narrative, telling: Telling, size: int) -> tuple[Person, ...]:
    """Give the people of the nearest sentence before that names people: so many, or if 0, more than one."""
    sentences = narrative.sentences
    paragraph = sentences[telling.sentence].paragraph - (0 if size else 1)
    for index in range(telling.sentence - 1, max(-1, telling.sentence - 1 - BACK), -1):
        if sentences[index].paragraph < paragraph or sentences[index].is_caption:
            break
        people = participants.named(narrative, sentences[index].start, sentences[index].end)
        if people:
            return people if len(people) == size or (size == 0 and len(people) > 1) else ()
    return ()


def _flown(narrative: Narrative, telling: Telling, known: Sequence[Telling], size: int) -> tuple[Person, ...]:
    """Give the one crew of so many of whose flight the text has told as news, which a new paragraph comes back to.

    The one before it told of some of them; not where it names so many in one sentence, for it may go on from them.
    """
    if size < _CREW or not telling.type.startswith(_WAYS) or _before(narrative, telling.sentence, back=0):
        return ()
    for sentence in _before(narrative, telling.sentence, back=1):
        if len(participants.named(narrative, sentence.start, sentence.end)) == size:
            return ()
    news = [one for one in known if one.narration == "main" and one.type.startswith(_WAYS)]
    some = _named_in(narrative, telling.sentence, back=1)
    return _only_crew(size, news, some) if some else ()


def _of_paragraph(narrative: Narrative, size: int, before: int) -> tuple[Person, ...]:
    """Give all whom the paragraph named before a sentence, else all of the paragraph before it, if they are so many."""
    for back in (0, 1):
        people = _named_in(narrative, before, back=back)
        people = _acting(narrative, before, back=back) or people
        if people:
            return people if len(people) == size > 1 else ()
    return ()


def _named_in(narrative: Narrative, before: int, *, back: int = 0) -> tuple[Person, ...]:
    """Give all whom the paragraph of a sentence, or the one so far back, named before it."""
    inside = _before(narrative, before, back=back)
    return participants.named(narrative, inside[0].start, inside[-1].end) if inside else ()


def _before(narrative: Narrative, before: int, *, back: int) -> list[Sentence]:
    """Give the sentences of a sentence's paragraph before it, or of the paragraph so far back."""
    sentences = narrative.sentences
    paragraph = sentences[before].paragraph - back
    return [s for s in sentences[max(0, before - LONGEST_PARAGRAPH) : before] if s.paragraph == paragraph]


def _acting(narrative: Narrative, before: int, *, back: int) -> tuple[Person, ...]:
    """Give those whom a paragraph names before a sentence for more than for what they said."""
    inside = _before(narrative, before, back=back)
    people = [participants.people(narrative, [(sentence.start, sentence.end)]) for sentence in inside]
    return participants.joined(people)


def _with_one_of(crews: Iterable[tuple[Person, ...]], people: Sequence[Person]) -> list[tuple[Person, ...]]:
    """Give the crews in which somebody is of whom the paragraph has told, where it has of anybody."""
    return [
        crew
        for crew in crews
        if not people or any(participants.same_person(one, other) for one in crew for other in people)
    ]


def _all_named(narrative: Narrative, size: int, before: int) -> tuple[Person, ...]:
    """Give all who fly and were named before, if they are so many."""
    first = max(0, (narrative.sentence_at(before) or 0) - FAR)
    people = participants.named(narrative, narrative.sentences[first].start, before)
    return people if len(people) == size > 1 else ()


def _only_group(narrative: Narrative, size: int, before: int) -> tuple[Person, ...]:
    """Give the only so many people whom a sentence before named together; none where two sentences name others."""
    inside = narrative.sentences[max(0, before - FAR) : before]
    groups = [participants.named(narrative, sentence.start, sentence.end) for sentence in inside]
    fitting = _with_one_of((group for group in groups if len(group) == size > 1), _named_in(narrative, before))
    distinct = {frozenset(person.id or person.name for person in group) for group in fitting}
    return fitting[0] if len(distinct) == 1 else ()


def _only_crew(size: int, known: Sequence[Telling], people: Sequence[Person]) -> tuple[Person, ...]:
    """Give the one crew of so many that was told of before; none where there were two, or none."""
    if not size:
        return ()
    told = (telling.crew for telling in known if telling.per == "craft" and len(telling.crew) == size)
    crews = _with_one_of(told, people)
    distinct = {frozenset(person.id or person.name for person in crew) for crew in crews}
    return crews[0] if len(distinct) == 1 else ()
