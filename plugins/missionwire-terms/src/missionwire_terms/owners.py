"""Who is named before a word, and whose crew it is: officials and film makers stay on the ground, with their people."""

import re
from typing import Final

from missionwire.plugin import PersonMention, Span
from missionwire_terms.scene import NAME, Scene

_NAMES: Final = re.compile(rf"(?<![\w’'-]){NAME}")
_POSSESSIVE: Final = re.compile(r"([A-Z][\w-]+)['’]s\s+(?:\w+\s+)?$")
_THINGS: Final = ("spaceflight", "ship", "station", "rocket", "site_cosmodrome", "site_spaceport", "body")
_OPENING: Final = " \"'“‘«(["
_REACH: Final = 300
"""How far before a pronoun, in characters, its owner may stand."""

_ROLES_ON_THE_GROUND: Final = frozenset(
    {"agency-head", "official", "executive", "spokesperson", "programme-manager", "flight-director", "launch-director"}
)


def owner_on_the_ground(scene: Scene, span: Span) -> tuple[Span, ...] | None:
    """Hold for the crew in "Petrov … his crew" where the text calls Petrov an official or film maker, and no flier.

    Before a pronoun he must be the only one named in the sentence: "Petrov praised Sokolov and his crew" stays open.
    """
    sentence = scene.sentence(span.start)
    own = _POSSESSIVE.search(scene.text, max(sentence.start, span.start - _REACH), span.start)
    if not own and span.start - sentence.start > _REACH:
        return None
    owners = [own[1]] if own else _people_before(scene, Span(sentence.start, span.start))
    titles, fliers = _titles(scene), scene.surnames_beside("flier")
    if len(set(owners)) != 1 or owners[0] in fliers or owners[0] not in titles:
        return None
    means = scene.nearest(("ground",), span, sentence)
    return tuple(sorted({titles[owners[0]], *((means,) if means else ())}))


def named_before(scene: Scene, span: Span) -> tuple[Span, ...] | None:
    """Hold where a name, or a surname told with its name before, stands before the word in its sentence.

    What is of an agency, craft or place is none.
    """
    start = max(scene.sentence(span.start).start, span.start - _REACH)
    for match in _NAMES.finditer(scene.text, start, span.start):
        place = Span(*match.span())
        if (" " in match[0] or match[0] in scene.surnames) and not _is_a_thing(scene, place):
            return (place,)
    return None


def _people_before(scene: Scene, head: Span) -> list[str]:
    """Give the surnames, or what may be one, that stand in a part of the text."""
    titles = _titles(scene)
    surnames = []
    for match in _NAMES.finditer(scene.text, head.start, head.end):
        place, surname = Span(*match.span()), match[0].split()[-1]
        is_first_word = not scene.text[head.start : place.start].strip(_OPENING) and " " not in match[0]
        is_no_person = match[0].isupper() or is_first_word or _is_a_thing(scene, place)
        if surname in titles or not is_no_person:
            surnames.append(surname)
    return surnames


def _is_a_thing(scene: Scene, place: Span) -> bool:
    """Tell whether a name is one of an agency, a craft or a place."""
    named = any(place.overlaps(thing) for thing in scene.things)
    return named or scene.holds_any(_THINGS, place)


def official_named_after(scene: Scene, span: Span) -> tuple[Span, ...] | None:
    """Hold for "the crew of the minister": the official stands right behind the word."""
    found = scene.nearest(("official", "film_maker"), span, Span(span.end, scene.stretch(span, 0).end))
    return (found,) if found else None


def _titles(scene: Scene) -> dict[str, Span]:
    """Give the place of the title by which the text, or another plugin, calls each surname an official's."""
    titles = {**scene.surnames_beside("film_maker"), **scene.surnames_beside("official")}
    for person in scene.people:
        if person.role in _ROLES_ON_THE_GROUND:
            titles.setdefault(_surname(person), Span(person.start, person.end))
    return titles


def _surname(person: PersonMention) -> str:
    return person.name.split()[-1] if person.name.split() else person.name
