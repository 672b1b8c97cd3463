"""The conditions of VOCABULARY, section 5: named, pure, and each gives the evidence for which it holds.

A condition is asked about one found word in its scene. `holds` gives the spans that prove it, None where nothing does.
`bars` are kinds of words that show another meaning when they stand in the same sentence: then nothing is even proposed.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from msgspec import Struct

from missionwire.plugin import Span
from missionwire_terms.owners import named_before, official_named_after, owner_on_the_ground
from missionwire_terms.scene import Scene

Evidence: TypeAlias = tuple[Span, ...] | None
Predicate: TypeAlias = Callable[[Scene, Span], Evidence]

_LONGEST_NAME: Final = 60
"""So many characters behind a title the name that it belongs to ends."""


class Condition(Struct, frozen=True):
    """What must hold around a word, and what must not stand in its sentence."""

    holds: Predicate
    bars: tuple[str, ...] = ()


def always(_: Scene, __: Span) -> Evidence:
    """Hold without a proof but the word itself."""
    return ()


def near(*kinds: str, back: int = 1, on: int = 0) -> Predicate:
    """Hold where one of the kinds stands in the sentence, else in one of the `back` before it or the `on` after it.

    Before the first sentence stands the headline, and after that the first sentence.
    """

    def holds(scene: Scene, span: Span) -> Evidence:
        own = scene.nearest(kinds, span, scene.stretch(span, 0))
        if found := own or scene.nearest(kinds, span, scene.stretch(span, back, on)):
            return (found,)
        return () if scene.is_told_beyond(kinds, span, back) else None

    return holds


def beside(*kinds: str) -> Predicate:
    """Hold where one of the kinds stands in the same sentence."""
    return near(*kinds, back=0)


def ahead_of(*kinds: str) -> Predicate:
    """Hold where one of the kinds stands in the same sentence, before the word."""

    def holds(scene: Scene, span: Span) -> Evidence:
        found = scene.nearest(kinds, span, Span(scene.sentence(span.start).start, span.start))
        return (found,) if found else None

    return holds


def followed_by(*kinds: str) -> Predicate:
    """Hold where one of the kinds stands in the same sentence, after the word."""

    def holds(scene: Scene, span: Span) -> Evidence:
        found = scene.nearest(kinds, span, Span(span.end, scene.stretch(span, 0).end))
        return (found,) if found else None

    return holds


def right_before(*kinds: str) -> Predicate:
    """Hold where one of the kinds stands right behind the word."""

    def holds(scene: Scene, span: Span) -> Evidence:
        found = scene.nearest(kinds, span, Span(span.end, span.end + _LONGEST_NAME))
        return (found,) if found and not scene.text[span.end : found.start].strip(" ,") else None

    return holds


def all_of(*predicates: Predicate) -> Predicate:
    """Hold where each of them holds, with the evidence of all."""

    def holds(scene: Scene, span: Span) -> Evidence:
        proofs: list[Span] = []
        for predicate in predicates:
            if (proof := predicate(scene, span)) is None:
                return None
            proofs += proof
        return tuple(sorted(set(proofs)))

    return holds


def any_of(*predicates: Predicate) -> Predicate:
    """Hold where one of them holds, with the evidence of the first that does."""

    def holds(scene: Scene, span: Span) -> Evidence:
        for predicate in predicates:
            if (proof := predicate(scene, span)) is not None:
                return proof
        return None

    return holds


def told_before(*kinds: str) -> Predicate:
    """Hold where one of the kinds stands anywhere in the text before the word, or in the other field."""

    def holds(scene: Scene, span: Span) -> Evidence:
        if found := scene.nearest(kinds, span, Span(0, span.start)):
            return (found,)
        return () if scene.is_told_beyond(kinds, span) else None

    return holds


def told(*kinds: str) -> Predicate:
    """Hold where one of the kinds stands anywhere in the text or its headline."""

    def holds(scene: Scene, span: Span) -> Evidence:
        if found := scene.nearest(kinds, span, Span(0, len(scene.text))):
            return (found,)
        return () if scene.is_told_beyond(kinds, span) else None

    return holds


def untold(*kinds: str) -> Predicate:
    """Hold where none of the kinds stands anywhere in the text or its headline."""
    is_told = told(*kinds)

    def holds(scene: Scene, span: Span) -> Evidence:
        return None if is_told(scene, span) is not None else ()

    return holds


def far_from(*kinds: str, back: int) -> Predicate:
    """Hold where none of the kinds stands in the sentence or in one of the `back` before it."""

    def holds(scene: Scene, span: Span) -> Evidence:
        is_near = scene.nearest(kinds, span, scene.stretch(span, back)) or scene.is_told_beyond(kinds, span, back)
        return None if is_near else ()

    return holds


def no_other_device(scene: Scene, span: Span) -> Evidence:
    """Hold where the text has not told of any device before that a device may be."""
    return None if scene.first_device <= span.start else ()


_IS_OF_A_STATION: Final = all_of(told("station"), untold("named_lab"))
"""Some station is told of, in the text or its headline, and no laboratory by name."""


def told_of_a_lived_in_station(scene: Scene, span: Span) -> Evidence:
    """Hold where the station named last is lived in, and no laboratory by name is near.

    That is the last one up to the end of the sentence, or one in its own paragraph rather than a laboratory in an
    earlier one; where none is, the first one after it.
    """
    own = scene.paragraph(span)
    near_by = scene.stretch(span, 1)
    if scene.nearest(("named_lab",), span, Span(max(own.start, near_by.start), near_by.end)):
        return None
    kinds = ("lived_in", "named_lab")
    told = scene.nearest(kinds, span, Span(0, scene.stretch(span, 0).end))
    if told is None or (told.start < own.start and scene.holds_any(("named_lab",), told)):
        told = scene.nearest(kinds, span, Span(span.end, len(scene.text) if told is None else own.end))
    if told is None:
        return _IS_OF_A_STATION(scene, span)
    return None if scene.holds_any(("named_lab",), told) else (told,)


CONDITIONS: Final[Mapping[str, Condition]] = {
    "the word says it": Condition(always),
    "a craft or crew is told of": Condition(near("crew", "ship", "station", "module")),
    "craft join or part": Condition(near("crew", "ship", "station", "port", "module"), bars=("mechanical",)),
    "a craft beside it": Condition(beside("ship", "station"), bars=("mechanical", "at_sea_or_team", "sea")),
    "people come out of it": Condition(
        any_of(ahead_of("people"), named_before, followed_by("known_flier")), bars=("thing",)
    ),
    "it lands with a crew": Condition(
        any_of(
            all_of(any_of(beside("people"), near("crew")), beside("landing")),
            all_of(beside("descent"), near("crew", "people", "known_flier", back=3, on=1)),
        ),
        bars=("thing", "body"),
    ),
    "it has landed with a crew": Condition(
        any_of(
            all_of(any_of(beside("people"), near("crew")), beside("landing")),
            all_of(beside("descent"), near("crew", "people", "known_flier", back=3, on=1)),
            all_of(beside("crew"), near("descent")),
        ),
        bars=("thing", "body"),
    ),
    "a crew comes down, no other device is told of": Condition(
        all_of(
            any_of(near("descent", back=2, on=1), near("return")),
            told("crew", "known_flier"),
            far_from("gadget", "spacewalk", back=2),
            far_from("station", back=0),
            no_other_device,
        ),
        bars=("thing", "body"),
    ),
    "craft told of": Condition(
        any_of(near("crew", "ship", "station", "port", "module"), told_before("ship", "station", "module")),
        bars=("mechanical",),
    ),
    "a craft told of shortly before": Condition(near("ship", back=2), bars=("mechanical",)),
    "a craft was told of, no machine": Condition(
        all_of(any_of(near("ship", "station", back=2), told_before("ship")), far_from("mechanical", back=2)),
        bars=("mechanical",),
    ),
    "another world is told of": Condition(told("body")),
    "on another world": Condition(beside("body")),
    "it drives on a body": Condition(all_of(near("body", back=3), near("driving", on=1))),
    "a station that is lived in is told of": Condition(told_of_a_lived_in_station, bars=("named_lab",)),
    "crew leaves a craft that has landed": Condition(
        any_of(
            all_of(near("crew", "ship"), near("landing", back=3, on=1)),
            all_of(beside("crew"), beside("ship"), told("landing")),
        ),
        bars=("military", "shelter"),
    ),
    "a ship arrives": Condition(
        all_of(near("ship"), near("arriving"), far_from("fitting", back=1)), bars=("mechanical",)
    ),
    "a ship leaves a station": Condition(
        all_of(near("ship", "crew"), near("station", "port"), near("leaving"), far_from("rocket", "fitting", back=1)),
        bars=("mechanical",),
    ),
    "a crew has landed": Condition(
        all_of(any_of(beside("people"), near("crew")), near("landing", back=2)), bars=("thing", "body", "shelter")
    ),
    "a crew has just landed": Condition(
        all_of(beside("crew", "people", "ship"), near("crew"), near("landing"), far_from("fitting", back=1)),
        bars=("thing", "military", "shelter"),
    ),
    "people leave a craft that has landed": Condition(
        any_of(
            all_of(near("crew", "ship"), near("landing", back=3, on=1)),
            all_of(beside("crew", "people"), beside("ship"), told("landing")),
        ),
        bars=("military", "shelter", "thing"),
    ),
    "its owner stays on the ground": Condition(
        all_of(owner_on_the_ground, any_of(beside("ground"), far_from("flight", back=0)))
    ),
    "its owner is an official": Condition(official_named_after, bars=("flight",)),
    "a rocket or spaceship, no aircraft": Condition(near("rocket", "ship", on=1), bars=("aircraft",)),
    "a capsule at sea": Condition(all_of(near("ship"), near("sea", "coast", on=1)), bars=("plants",)),
    "a capsule with a crew was told of, no plants": Condition(
        any_of(near("ship", back=2, on=1), told_before("ship"), all_of(beside("crew"), beside("return"))),
        bars=("plants",),
    ),
    "a crew or its ship is told of": Condition(near("ship", "crew", "known_flier", back=2, on=1), bars=("body",)),
    "a ship is told of": Condition(any_of(near("ship"), told_before("ship")), bars=("aircraft", "plants")),
    "a rocket or spaceship was told of, no aircraft": Condition(
        any_of(
            near("rocket", "ship", on=1),
            all_of(told_before("rocket", "ship", "station"), far_from("aircraft", back=1)),
            beside("site_cosmodrome", "site_spaceport"),
        ),
        bars=("aircraft",),
    ),
    "a crew leaves for space, no aircraft": Condition(
        all_of(near("crew", "known_flier"), far_from("aircraft", back=2)), bars=("aircraft",)
    ),
    "no aircraft beside it": Condition(always, bars=("aircraft",)),
    "a rocket or spaceship, no warship": Condition(near("rocket", "ship", "launch", on=1), bars=("warship",)),
    "a rocket is told of, no warship": Condition(near("rocket", back=2), bars=("warship", "aircraft", "rocket_plane")),
    "the orbit of a station is raised": Condition(
        all_of(beside("reboost"), near("station", "ship")), bars=("powered", "aircraft")
    ),
    "a rocket was told of": Condition(near("rocket", back=2), bars=("building",)),
    "no diver is told of": Condition(always, bars=("underwater",)),
    "of a flight told of": Condition(
        all_of(
            any_of(near("ship", "station", "crew", "stint", back=2), told_before("ship", "station")),
            far_from("at_sea_or_team", back=2),
        ),
        bars=("sea",),
    ),
    "its members are named by their trade": Condition(always, bars=("flew",)),
    "it works on the ground": Condition(always, bars=("flew",)),
    "it stays on the ground": Condition(always, bars=("aloft",)),
    "crew, suit or airlock": Condition(near("crew", "suit", "airlock", "known_flier", on=1)),
    "craft were told of before": Condition(
        any_of(told_before("ship", "station", "port", "module"), near("ship", "station", on=1)), bars=("mechanical",)
    ),
    "ignition or staging of it": Condition(followed_by("staging"), bars=("warship", "aircraft", "rocket_plane")),
    "attitude or orbit of a craft": Condition(
        all_of(beside("attitude"), near("station", "ship")), bars=("powered", "aircraft")
    ),
    "a rocket or shuttle in ascent, nothing with propellers": Condition(
        any_of(told("rocket"), all_of(told("ship"), near("launch", "ascent", back=2))), bars=("propelled",)
    ),
    "a rocket is told of, no building anywhere": Condition(
        all_of(any_of(near("rocket", back=2, on=1), told_before("rocket")), untold("building")),
        bars=("building", "aircraft"),
    ),
    "a craft in orbit is told of": Condition(near("ship", "station"), bars=("powered", "aircraft")),
    "an official's or film maker's, not in flight": Condition(always, bars=("flew", "aloft")),
    "a Russian launch site is told of": Condition(
        any_of(near("site_cosmodrome", "launching", back=2, on=1), told("site_cosmodrome")), bars=("military", "body")
    ),
    "a crew wears it in flight": Condition(
        all_of(beside("crew"), told("station", "ship"), untold("wardrobe")), bars=("underwater",)
    ),
    "people, suit or airlock told of": Condition(
        any_of(near("crew", "people", "suit", "airlock", "known_flier", on=1), told("crew", "known_flier", "suit"))
    ),
    "a rocket is told of anywhere": Condition(any_of(told("rocket"), beside("ship")), bars=("building", "aircraft")),
    "a ship or rocket is told of anywhere": Condition(told("ship", "rocket"), bars=("thing",)),
    "a crew or capsule at sea": Condition(
        all_of(near("ship", "crew", "known_flier", on=1), near("sea", "coast", on=1)), bars=("plants",)
    ),
    "a flier is named beside it": Condition(
        all_of(beside("known_flier"), told("ship", "station", "rocket")), bars=("at_sea_or_team", "sea")
    ),
    "a flier is named right behind it": Condition(
        all_of(right_before("known_flier"), told("ship", "station", "rocket")), bars=("at_sea_or_team", "sea")
    ),
    "a rocket is named": Condition(near("rocket"), bars=("building",)),
    "a rocket in ascent": Condition(all_of(near("rocket"), near("ascent")), bars=("aircraft",)),
    "spacewalk or launch": Condition(near("spacewalk", "launch"), bars=("underwater",)),
    "spacewalk or launch shortly before": Condition(
        any_of(beside("spacewalk", "launch"), told_before("spacewalk")),
        bars=("underwater", "wardrobe"),
    ),
    "of a craft, station or expedition": Condition(
        near("ship", "station", "crew", "stint"), bars=("at_sea_or_team", "sea")
    ),
    "a Russian launch site is named": Condition(
        all_of(beside("site_cosmodrome"), near("launching")), bars=("military", "launch_complex")
    ),
    "another launch site is named": Condition(
        all_of(beside("site_spaceport"), near("launching")), bars=("military", "launch_complex")
    ),
    "a Russian launch site beside it": Condition(beside("site_cosmodrome"), bars=("military", "launch_complex")),
    "another launch site beside it": Condition(beside("site_spaceport"), bars=("military", "launch_complex")),
    "a launch from it": Condition(beside("launching"), bars=("military", "launch_complex", "body")),
    "a rocket carries it": Condition(any_of(near("rocket"), told("rocket")), bars=("clothing_or_car",)),
    "a capsule at its landing": Condition(all_of(near("ship"), near("landing", back=3)), bars=("rocket",)),
}
"""By the names that the rows of terms.toml use."""
