"""Possession: phrases that tell whose something is by themselves."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from missionwire_pronouns.forms import FORMS
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.tokens import Token, Tokens

_STEM: Final = 5
"""How many letters of two words must be equal for one to repeat the other."""
_REACH: Final = 3
_LONGEST_THING: Final = 5
"""How many tokens what somebody holds may take, with the comma before it."""
_LONGEST_LOAD: Final = 10
"""How many tokens what somebody has in the hand may take, with what stands before it."""
_EATING: Final = frozenset({"eats", "ate", "drinks", "drank"})
_TREATING: Final = frozenset(
    {"set", "stitched", "bandaged", "treated", "splinted", "x-rayed", "examined", "examines", "plastered", "amputated"}
)
_PARTS: Final = frozenset({"part", "side"})
"""What one does something on, or for: `Moe, for her part, slept`."""
_PLACING: Final = frozenset(
    {
        "in",
        "on",
        "over",
        "under",
        "around",
        "to",
        "up",
        "raised",
        "wide",
        "still",
        "full",
        "against",
        "floating",
        "flying",
    }
)
_INSTITUTIONS: Final = frozenset(
    {"team", "agency", "company", "department", "institute", "office", "school", "home", "house", "flat", "kitchen"}
    | {"garden", "crew", "boss", "years", "age", "check", "checks", "examination", "debut", "wishes", "greetings"}
)
"""What others may be told of, too: somebody else joins it, enters it, or sends it."""
_TOUCHED: Final = frozenset({"heart", "hip", "hips", "head", "chest"})
_RAISED: Final = frozenset({"up", "raised", "wide", "still", "full", "floating", "flying"})
_OWNERS: Final = frozenset({"his", "her", "the", "one", "both"})
_HANDS: Final = frozenset({"hand", "hands", "pocket", "lap"})
UNTIL: Final = frozenset({"until", "till", "because"})
_GIVING: Final = frozenset({"give", "gives", "gave", "given", "giving"})
_CARRYING: Final = frozenset(
    {
        "held",
        "holds",
        "hold",
        "holding",
        "carried",
        "carries",
        "carry",
        "carrying",
        "clutched",
        "clutching",
        "had",
        "has",
    }
    | {"wore", "wears", "wearing"}
)
"""What one does with what is in one's own hand."""
_FOR_OTHERS: Final = frozenset(
    {"side", "behalf", "honour", "honor", "memory", "place", "stead", "favour", "favor", "name", "footsteps", "absence"}
)
_RETURNS: Final = frozenset({"return", "arrival", "landing", "homecoming", "launch", "departure", "exit"})
_JOURNEYS: Final = _RETURNS | {"take-off", "takeoff", "liftoff", "lift-off", "splashdown", "trip", "journey", "voyage"}
_WAITING: Final = frozenset(
    {"wait", "waits", "waited", "waiting", "await", "awaits", "awaited", "awaiting", "longed", "hoped", "prayed"}
)
_GREETING: Final = frozenset({"waved", "waves", "waving", "wave", "kiss", "kisses", "winked", "smiled"})
_TAKING: Final = frozenset(
    {
        "take",
        "took",
        "taken",
        "takes",
        "taking",
        "bring",
        "brought",
        "brings",
        "bringing",
        "carry",
        "carried",
        "carries",
    }
)
_PARENTS: Final = frozenset({"mother", "father", "mum", "mom", "dad", "parent"})
_CHILDREN: Final = frozenset(
    {"children", "child", "son", "sons", "daughter", "daughters", "kids", "twins", "girls", "boys"}
)
_LEAVING: Final = frozenset(
    {
        "had",
        "has",
        "have",
        "having",
        "left",
        "leaves",
        "leaving",
        "closed",
        "closes",
        "closing",
        "shut",
        "shuts",
        "pulled",
    }
    | {"pulls", "locked", "dragged", "sealed"}
)
"""What one does with what is then behind oneself."""
_AWAITING: Final = frozenset(
    {
        "waited",
        "waits",
        "wait",
        "waiting",
        "prepared",
        "prepares",
        "prepare",
        "preparing",
        "trained",
        "trains",
        "training",
    }
    | {"ready", "left"}
)
"""What one does for what one is to do oneself."""
FIRSTS: Final = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "last", "only", "debut", "next"}
)
_BREAST: Final = frozenset({"chest", "heart", "breast", "bosom"})
_PRESSING: Final = frozenset(
    {"pressed", "presses", "pressing", "clutched", "clutches", "clutching", "hugged", "hugging", "hugs", "clasped"}
)
_INSTRUMENTS: Final = frozenset(
    {"sensor", "sensors", "electrode", "electrodes", "stethoscope", "bandage", "towel", "probe", "ear", "hand", "hands"}
)
"""What is pressed to the chest of another."""
_FAR: Final = 8
"""How many words before a phrase may say that its owner does something."""
_IN_THE_WAY: Final = frozenset({"blocked", "barred", "crossed", "paved", "eased", "cleared", "smoothed", "was", "is"})
"""What one does to the way of somebody else."""


def is_bound(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a phrase wants its subject as the owner: `on his own`, `held her breath`, `with her left hand`."""
    nouns = _following(tokens, owner)
    if nouns and nouns[0].lower == "own":
        return True
    verbs = tokens.all[max(0, owner.index - 2) : owner.index]
    if nouns and nouns[0].lower in _PARTS and verbs and verbs[-1].lower in {"for", "on"}:
        return True
    if _is_posture(tokens, lexicon, owner) or _is_laid(tokens, lexicon, owner) or _is_undergone(tokens, lexicon, owner):
        return True
    is_told = len(verbs) > 1 and (verbs[0].text == "," or verbs[0].lower in lexicon.speech) and verbs[1].lower == "in"
    if is_told and any(noun.lower in lexicon.tellings for noun in nouns):
        return True
    if nouns and nouns[0].lower == "way" and verbs:  # `felt her way along the wall`, but `blocked her way`
        return lexicon.is_verb(verbs[-1].lower) and verbs[-1].lower not in _IN_THE_WAY
    if verbs and (_is_deed(tokens, lexicon, verbs[-1], owner) or _is_absolute(tokens, lexicon, owner)):
        return True
    if any(f"{verb.lower}-{noun.lower}" in lexicon.bound for verb in verbs for noun in nouns):
        return True
    return _is_pressed(tokens, lexicon, owner) or _is_of_doer(tokens, lexicon, owner)


def _is_pressed(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether something is pressed to the heart: `pressed the flowers to her chest`, not `a sensor to …`."""
    to, nouns = tokens.at(owner.index - 1), tokens.after(owner, 1)
    if to is None or to.lower not in {"to", "against"} or not nouns or nouns[0].lower not in _BREAST:
        return False
    for before in reversed(tokens.all[max(tokens.sentences[owner.sentence], to.index - _FAR) : to.index]):
        if before.lower in _PRESSING:
            ahead = tokens.all[max(tokens.sentences[owner.sentence], before.index - _FAR) : before.index]
            return not any(word.lower in lexicon.medics for word in ahead)
        if before.lower in _INSTRUMENTS or not before.is_word:
            return False
    return False


def _is_posture(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether it is added how somebody stood: `followed, his hand on her heart`, `waved with his cap in her hand`.

    Not so in a list: `took off her gloves, his hat`.
    """
    lead = tokens.at(owner.index - 1)
    if lead is None or not (lead.text == "," or lead.lower == "with"):
        return False
    words = tokens.all[owner.index + 1 : owner.index + _FAR]
    place = next((i for i, t in enumerate(words) if t.lower in _PLACING or not t.is_word), None)
    if place is None or place == 0 or not words[place].is_word or words[0].sentence != owner.sentence:
        return False
    is_part = any(t.lower in lexicon.body or t.lower in _HANDS for t in words[:place])
    if lead.text == "," and not is_part:
        return False
    is_raised = words[place].lower in _RAISED
    end = words[place + 1 : place + 4]
    is_held = bool(end) and end[0].lower in _OWNERS and any(t.lower in lexicon.body or t.lower in _HANDS for t in end)
    if is_held and end[0].lower in FORMS and FORMS[end[0].lower].gender != FORMS[owner.lower].gender:
        return any(t.lower in _HANDS for t in words[:place])  # `followed, his helmet in her hands`
    return (is_part and (is_raised or lead.text == ",")) or (place <= _REACH and is_held)


def _is_laid(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a hand of the same person is on it: `with his hand on his heart`."""
    words = tokens.all[max(0, owner.index - _STEM + 1) : owner.index]
    if len(words) < _STEM - 1 or not (words[0].text == "," or words[0].lower == "with"):
        return False
    is_hand = words[1].lower in _OWNERS and (words[2].lower in _HANDS or words[2].lower in lexicon.body)
    nouns = tokens.after(owner, 1)
    return (
        is_hand
        and words[3].lower in _PLACING
        and bool(nouns)
        and (nouns[0].lower in _TOUCHED or nouns[0].lower in lexicon.body)
    )


def _is_undergone(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether it is said which flight somebody is on: `is on her first flight`, `was in his third month`."""
    link, copula = tokens.at(owner.index - 1), tokens.at(owner.index - 2)
    if link is None or copula is None or link.lower not in {"on", "in", "at"} or copula.lower not in lexicon.copula:
        return False
    nouns = [t.lower for t in tokens.after(owner, _REACH)]
    return bool(nouns) and nouns[0] in FIRSTS and is_career(tokens, lexicon, owner)


def _is_held(tokens: Tokens, lexicon: Lexicon, link: Token) -> bool:
    """Tell whether it is said with what somebody came: `came last, with glasses and a bouquet in her hands`."""
    for before in reversed(tokens.all[max(tokens.sentences[link.sentence], link.index - _LONGEST_LOAD) : link.index]):
        if before.lower == "with":
            return True
        if not before.is_word or lexicon.is_verb(before.lower) or before.lower in lexicon.pronouns:
            return False
    return False


def _is_of_doer(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether what stands before a phrase wants its subject as the owner.

    `gave up for a night her seat`, `held in his hand`, `waved before being taken to her tent`, `until his feet hurt`.
    """
    link = tokens.at(owner.index - 1)
    if link is None:
        return False
    has_part = has_body(tokens, lexicon, owner) or any(t.lower in _HANDS for t in tokens.after(owner, 1))
    if link.lower in UNTIL:
        return has_part
    words = [t.lower for t in tokens.all[max(0, link.index - _FAR) : owner.index] if t.sentence == owner.sentence]
    nouns = [t.lower for t in tokens.after(owner, _REACH)]
    if nouns[:2] in (["free", "time"], ["spare", "time"]):
        return True
    if "record" in nouns and any(word in {"extended", "extends", "improved", "improves"} for word in words):
        return True
    if any(give in _GIVING and up == "up" for give, up in pairwise(words)):
        return not any(word in lexicon.pronouns or word in lexicon.conjunctions for word in words[words.index("up") :])
    if link.lower in {"in", "under", "on"} and has_part:
        return any(word in _CARRYING for word in words[-_REACH - 1 :]) or _is_held(tokens, lexicon, link)
    return (
        "being" in words[:-1]
        and words[-1] in {"to", "into", "from", "in"}
        and words.index("being") >= len(words) - _STEM
    )


def _is_deed(tokens: Tokens, lexicon: Lexicon, verb: Token, owner: Token) -> bool:
    """Tell whether one does what only oneself can: `completed her first flight`, `eats her first meal in two days`.

    So it is with what one waits and trains for: `waited ten years for her first flight`.
    """
    if not is_career(tokens, lexicon, owner):
        return False
    first = tokens.after(owner, 1)
    if verb.lower == "for" and first and first[0].lower in FIRSTS:
        before = tokens.all[max(0, verb.index - _FAR) : verb.index]
        return any(word.lower in _AWAITING and word.sentence == owner.sentence for word in before)
    if verb.lower == "out":  # `carries out`
        verb = tokens.all[verb.index - 1]
    if verb.lower not in lexicon.doing:
        return False
    words = [token.lower for token in tokens.all[owner.index + 1 : owner.index + 1 + _STEM]]
    is_first_since = any(word in {"in", "since"} for word in words[2:])
    return is_first_since or verb.lower in _EATING or any(word in lexicon.deeds for word in words[:2])


def _is_absolute(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether it is added how somebody looked: `followed it from a deckchair, a rosary in her left hand`."""
    place = tokens.at(owner.index - 1)
    is_held = any(noun.lower in {"hand", "hands"} for noun in _following(tokens, owner))
    if place is None or place.lower not in lexicon.prepositions or not (is_held or has_body(tokens, lexicon, owner)):
        return False
    first = tokens.at(owner.index - _STEM - 2)
    if first is not None and tokens.all[place.index - 2].lower == "and" and first.lower in _PLACING:
        place = first  # `a flag over his shoulders and tears in his eyes`
    for before in reversed(tokens.all[max(0, place.index - _LONGEST_THING) : place.index]):
        if before.text == "," and before.index == place.index - 1:  # `Moe, in her thick gloves, …`
            return place.lower in {"in", "with"}
        if before.text == ",":
            return tokens.all[before.index + 1].lower in lexicon.determiners
        if before.lower == "with":  # `Moe, with a cup of tea in her hands, …`
            return tokens.all[before.index + 1].lower in lexicon.determiners
        is_small = (
            lexicon.is_function_word(before.lower) and before.lower != "of" and before.lower not in lexicon.determiners
        )
        if not before.is_word or is_small or before.sentence != owner.sentence:
            return False
    return False


def is_corporate(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether an organisation has what follows, or whoever the clause tells of: `its budget`, `its own rocket`."""
    nouns = tokens.after(owner, _REACH)
    return any(noun.lower in lexicon.belongings or noun.lower == "own" for noun in nouns)


def is_bodily(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a part of the body or dress follows, and no verb says that somebody else's is handled."""
    return has_body(tokens, lexicon, owner) and not is_handled(tokens, lexicon, owner)


def has_body(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a part of the body or dress follows."""
    return any(noun.lower in lexicon.body for noun in _following(tokens, owner))


def is_institution(tokens: Tokens, owner: Token) -> bool:
    """Tell whether what is owned may be that of whom others work for or live with: `joined her team`."""
    return any(noun.lower in _INSTITUTIONS for noun in tokens.after(owner, _REACH))


def is_family(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a relative or friend is owned, no fellow: `her parents`, not `her crewmate`."""
    return any(n.lower in lexicon.kin and n.lower not in lexicon.mutual for n in _following(tokens, owner))


def is_carried(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether it is where people have their things: `put it in her bag`, `took it from her pocket`."""
    link = tokens.at(owner.index - 1)
    is_place = link is not None and link.lower in {"in", "into", "from", "on", "with", "out", "of", "under", "through"}
    return is_place and any(noun.lower in lexicon.carried for noun in _following(tokens, owner))


def is_telling(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether it leads up to who speaks, or does something for the first time: `In her first speech, Mori …`."""
    link = tokens.at(owner.index - 1)
    start = tokens.sentences[owner.sentence]
    if link is None or link.index != start or link.lower not in {"in", "on", "during", "with", "at", "after"}:
        return False
    nouns = [t.lower for t in _following(tokens, owner)]
    is_speech = link.lower in {"in", "on"} and any(noun in lexicon.tellings for noun in nouns)
    is_flight = is_career(tokens, lexicon, owner) and any(
        noun in lexicon.deeds or noun == "flight" for noun in nouns[1:]
    )
    is_first = bool(nouns) and nouns[0] in FIRSTS and is_flight and link.lower in {"on", "during", "in", "at", "with"}
    return is_speech or is_first


def is_handled(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a verb says that somebody else's is seen, praised or touched: `praised her work`."""
    before = tokens.all[max(0, owner.index - _REACH) : owner.index]
    return any(word.lower in lexicon.handling for word in before)


def is_treated(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a doctor does something to what is owned, which is not the doctor's: `the doctor set her arm`."""
    before = [t.lower for t in tokens.all[max(0, owner.index - _STEM) : owner.index] if t.sentence == owner.sentence]
    is_patient = bool(before) and before[-1] in _TREATING and any(word in lexicon.medics for word in before)
    return is_patient and (has_body(tokens, lexicon, owner) or "hand" in (t.lower for t in _following(tokens, owner)))


def is_for_other(tokens: Tokens, owner: Token) -> bool:
    """Tell whether something is done beside or for the owner, or taken from them: `at her side`, `out of his hand`."""
    nouns, lead = tokens.after(owner, 1), tokens.all[max(0, owner.index - 2) : owner.index]
    if nouns and nouns[0].lower in _RETURNS and any(token.lower in _WAITING for token in lead):
        return True  # `waited for her return`
    return (bool(nouns) and nouns[0].lower in _FOR_OTHERS) or [token.lower for token in lead] == ["out", "of"]


def is_taking(tokens: Tokens, owner: Token) -> bool:
    """Tell whether it is who takes or leaves something: `took a flag with him`, `had a hard year behind him`."""
    link = tokens.at(owner.index - 1)
    verbs = _TAKING if link is not None and link.lower == "with" else _LEAVING
    if link is None or link.lower not in {"with", "behind"}:
        return False
    before = tokens.all[max(0, link.index - _FAR) : link.index]
    return any(word.lower in verbs and word.sentence == owner.sentence for word in before)


def is_greeting(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether somebody waves or sends a kiss to the owner's kin: `waved to her parents`."""
    link = tokens.at(owner.index - 1)
    if link is None or link.lower not in {"to", "at"} or not is_family(tokens, lexicon, owner):
        return False
    before = tokens.all[max(0, link.index - _REACH) : link.index]
    return any(word.lower in _GREETING and word.sentence == owner.sentence for word in before)


def is_mutual(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a verb takes somebody's fellow as its object: `thanked her crewmate`, `asked that her crewmate`."""
    nouns, verb = _following(tokens, owner), tokens.at(owner.index - 1)
    if verb is not None and verb.lower == "that":
        verb = tokens.at(owner.index - 2)
    is_object = verb is not None and lexicon.is_verb(verb.lower) and verb.lower not in lexicon.auxiliary
    return is_object and bool(nouns) and nouns[0].lower in lexicon.mutual


def is_career(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether what is owned comes once or again in a life: `her first flight`, `the end of her career`."""
    return any(noun.lower in lexicon.careers for noun in _following(tokens, owner))


def is_parents(tokens: Tokens, lexicon: Lexicon, owner: Token, subject: int) -> bool:
    """Tell whether it is a child of whom the sentence calls a parent: `Mori, a mother of two, read to her children`."""
    if not any(noun.lower in _CHILDREN for noun in _following(tokens, owner)):
        return False
    counted = lexicon.numbers | _CHILDREN
    return any(
        token.lower == "of" and tokens.all[token.index - 1].lower in _PARENTS and after.lower in counted
        for token, after in pairwise(tokens.all[subject : owner.index])
    )


def is_journey(tokens: Tokens, owner: Token) -> bool:
    """Tell whether what is owned is where somebody goes: `Two days after her arrival`."""
    return any(noun.lower in _JOURNEYS for noun in _following(tokens, owner))


def is_kin(tokens: Tokens, lexicon: Lexicon, owner: Token) -> bool:
    """Tell whether a verb takes somebody's kin as its object: `telephoned her mother`."""
    nouns, verb = _following(tokens, owner), tokens.at(owner.index - 1)
    return bool(nouns) and nouns[0].lower in lexicon.kin and verb is not None and lexicon.is_verb(verb.lower)


def echo_of(tokens: Tokens, owner: Token) -> int | None:
    """Give the deed of the sentence before that the owned noun repeats: `began training … his training`."""
    nouns = _following(tokens, owner)
    if not nouns or len(nouns[0].lower) <= _STEM:
        return None
    stem = _stem(nouns[0].lower)
    for word in tokens.sentence(owner.sentence - 1):
        if word.is_word and not word.is_quoted and len(word.lower) > _STEM and _stem(word.lower) == stem:
            return word.index
    return None


def _following(tokens: Tokens, owner: Token) -> Sequence[Token]:
    return [token for token in tokens.all[owner.index + 1 : owner.index + _REACH] if token.sentence == owner.sentence]


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ions", "ion", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word
