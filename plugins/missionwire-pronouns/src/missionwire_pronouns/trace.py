"""What is known of a scene while its pronouns are walked through in order."""

from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Final

from msgspec.structs import replace

from missionwire_pronouns.forms import Sex, other
from missionwire_pronouns.mention import Gender, Introduction, Mention, Thing
from missionwire_pronouns.pronoun import Pronoun
from missionwire_pronouns.scene import Scene

_SENTENCES: Final = 3
_MOST: Final = 64
"""How many sentences, and at most how many mentions, are looked back on."""
_FAR: Final = 6
"""For how many sentences the only person of a text stays in mind."""
_SOME: Final = 3
"""How many pronouns alike tell that a paragraph is about one person."""
_MAIN: Final = 2
"""How many mentions more than twice those of another make somebody the one whom a text is about."""
_FADING: Final = 2
"""After how many sentences somebody who was told of only once is out of mind, where a paragraph has begun anew."""
_SEXES: Final[tuple[Sex, Sex]] = ("f", "m")
_SOMEBODY: Final[dict[Sex, int]] = {"f": -1, "m": -2}
"""The people behind pronouns that nobody named explains."""
_THEIRS: Final = -3
"""Whoever belongs to somebody: `hers`."""
_SAID_OF: Final = 3
"""How many tokens lie between who says something of another and that one: `he said of Kral`."""
_NOBODY: Final = frozenset({"nobody", "none", "no-one"})
"""Whom no pronoun leads up to: `When she came, nobody was there`."""
_BEHIND_VERBS: Final = frozenset({"object", "oblique"})
"""The roles of those beside whom a clause tells of another: `After she had called Kral, Moe …`."""
_KINSFOLK: Final = frozenset({"the family", "the delegation"})
"""Groups of whom one may be told of at once: `is in touch with the family. He …`."""
_PASSING: Final = frozenset({"anybody", "example", "many"})
"""Kinds of mentions that a pronoun reaches only near by."""


class Trace:
    """Holds who was mentioned before the pronoun in hand, named or meant by a pronoun that is settled."""

    def __init__(self, scene: Scene) -> None:
        """Start before the first mention."""
        self.scene = scene
        self._next = 0
        self._seen: list[Mention] = []
        self._recent: dict[int, list[Mention]] = {}
        self._could_be: dict[Sex, dict[int, Mention]] = {"f": {}, "m": {}}
        self._could_speak: dict[Sex, dict[int, Mention]] = {"f": {}, "m": {}}
        self._known: dict[Sex, set[int]] = {"f": set(), "m": set()}
        self._times: dict[int, int] = {}
        self._entered: dict[int, int] = {}
        self._apart: tuple[int, frozenset[int]] | None = None
        self._last = -1
        self._first: int | None = None
        self._named = -_FAR
        self._settled: dict[int, Mention] = {}
        self.repaired: set[int] = set()
        self._by_first = {mention.first: mention for mention in scene.mentions}
        self.has_people = bool(scene.mentions or scene.absent)
        for mention in scene.absent:
            self._take(mention)

    def advance(self, pronoun: Pronoun) -> None:
        """Take in everybody who is mentioned before a pronoun."""
        mentions = self.scene.mentions
        while self._next < len(mentions) and (mention := mentions[self._next]).first < pronoun.token:
            self._take(mention)
            self._last = mention.first
            self._next += 1

    def settle(self, pronoun: Pronoun, owner: Mention | None = None) -> None:
        """Take in a pronoun: as a mention of `owner` where it is to be repaired, else as it is written."""
        if owner is None:
            if self._is_exemplary(pronoun) or (self.organisation(pronoun) and not self.rival(pronoun)):
                return
            owner = self._plain_owner(pronoun)
            gender: Gender = pronoun.gender
            entity = owner.entity if owner else _SOMEBODY[pronoun.gender]
        else:
            gender, entity = ("x" if owner.gender == "x" else other(pronoun.gender)), owner.entity
            self.repaired.add(pronoun.token)
        mention = Mention(
            first=pronoun.token,
            last=pronoun.token,
            start=pronoun.start,
            end=pronoun.end,
            kind="pronoun",
            entity=entity,
            gender=gender,
            role={"subject": "subject", "possessive": "possessor"}.get(pronoun.case, "object"),  # type: ignore[arg-type]
            sentence=pronoun.sentence,
            paragraph=pronoun.paragraph,
            is_quoted=pronoun.is_quoted,
            is_paired=False,
            label=owner.label if owner else f"“{pronoun.text}”",
            proof=owner.proof if owner else None,
        )
        self._settled[pronoun.token] = mention
        if pronoun.case == "absolute" and pronoun.is_topic:  # `Hers slept`: somebody else, of whom only that is told
            mention = replace(mention, kind="noun", entity=_THEIRS, gender=None, proof=None, label=f"“{pronoun.text}”")
        self._take(mention)

    def _is_exemplary(self, pronoun: Pronoun) -> bool:
        """Tell whether a pronoun means an example of its sentence, alone there: `A pilot must know when he …`."""
        found = False
        for mention in self.recent(pronoun.sentence):
            if mention.sentence != pronoun.sentence:
                break
            if mention.kind == "name":
                return False
            found = found or mention.kind in {"example", "anybody"}
        return found

    def _plain_owner(self, pronoun: Pronoun) -> Mention | None:
        """Give whom a pronoun means that is right as written: the one person who can be, near by or in all the text."""
        ahead = self.awaited(pronoun)
        if ahead is not None and ahead.gender == pronoun.gender:
            return ahead
        apart = self.apart(pronoun)
        people_near = (m for m in self.recent(pronoun.sentence) if m.kind not in _PASSING)
        near = [m for m in people_near if m.could_be(pronoun.gender) and m.entity not in apart]
        for sentence in (pronoun.sentence, pronoun.sentence - 1):
            people = {m.entity: m for m in near if m.sentence == sentence}
            if people:
                owner = next(iter(people.values()))
                return owner if len(people) == 1 and owner.entity >= 0 and owner.gender == pronoun.gender else None
        known = list(islice((m for m in self._could_be[pronoun.gender].values() if m.entity >= 0), 2))
        return known[0] if len(known) == 1 and known[0].gender == pronoun.gender else None

    def _take(self, mention: Mention) -> None:
        self._seen.append(mention)
        self._recent.clear()
        self._entered.setdefault(mention.entity, mention.paragraph)
        if mention.kind == "name":
            self._named = mention.sentence
            if self._first is None:
                self._first = mention.entity
        if mention.kind in _PASSING or mention.is_aside:
            return
        self._times[mention.entity] = self._times.get(mention.entity, 0) + 1
        entity, gender = mention.entity, mention.gender
        for each in _SEXES if gender is None or gender == "x" else (gender,):
            self._could_be[each][entity] = mention
            if not mention.is_quoted:
                self._could_speak[each][entity] = mention
        if entity >= 0 and gender in self._known:
            self._known[gender].add(entity)

    def at(self, token: int | None) -> Mention | None:
        """Give the mention that begins at a token: a name, a noun or a settled pronoun."""
        if token is None:
            return None
        return self._by_first.get(token) or self._settled.get(token)

    def owner_at(self, token: int | None) -> Mention | None:
        """Give whom a possessive pronoun means that is settled, or the mention that begins at a token.

        At `her mother` that is whose mother it is.
        """
        return self._settled.get(token) or self.at(token) if token is not None else None

    def sole(self, pronoun: Pronoun) -> Mention | None:
        """Give the only person of the text so far for what a sentence is about, also after some that told of nobody."""
        people = self._could_be[other(pronoun.gender)]
        if not pronoun.is_topic or len(people) != 1 or any(m.is_quoted for m in people.values()):
            return None
        (found,) = people.values()
        return found if found.entity >= 0 and pronoun.sentence - found.sentence <= _FAR else None

    def is_established(self, owner: Mention, pronoun: Pronoun) -> bool:
        """Tell whether a paragraph has told of one person alone, and has called them by name or noun in two sentences.

        Once is enough where it goes on to tell of nobody else, and the text tells of that person first. Beside that
        only their repaired pronouns may stand: any other may tell of a second person, and so does one that answers.
        """
        if pronoun.is_answering or pronoun.is_governed:  # it may be of two who talk, or who meet
            return False
        least = 1 if self._first == owner.entity and self._is_alone(pronoun) else 2
        sentences: set[int] = set()
        for mention in reversed(self._seen[-_MOST:]):
            if mention.paragraph != pronoun.paragraph:
                return len(sentences) >= least
            if mention.is_aside or self.is_repaired(mention):
                continue
            if mention.entity != owner.entity or mention.kind == "pronoun" or mention.role != "subject":
                return False
            sentences.add(mention.sentence)
        return False

    def organisation(self, pronoun: Pronoun) -> Thing | None:
        """Give the organisation that may have what a pronoun owns: nobody comes before it in the sentence."""
        if pronoun.case != "possessive" or pronoun.is_bodily:
            return None
        if any(m.sentence == pronoun.sentence for m in self.recent(pronoun.sentence)):
            return None
        things = self.scene.things.between(max(0, pronoun.token - _MOST), pronoun.token)
        return next((t for t in things if t.what == "organisation" and t.sentence == pronoun.sentence), None)

    def entered(self, mention: Mention) -> int:
        """Give the paragraph in which somebody was mentioned first."""
        return self._entered[mention.entity]

    def _is_alone(self, pronoun: Pronoun) -> bool:
        """Tell whether the rest of a paragraph names nobody, and has pronouns as this one only, and not just a few."""
        written = self.scene.pronouns_of_paragraph(pronoun.paragraph)
        if len(written) < _SOME or any(p.gender != pronoun.gender or p.is_quoted for p in written):
            return False
        ahead = self.scene.mentions_in(pronoun.token + 1, written[-1].token)
        return not any(m.kind == "name" for m in ahead)

    def is_main(self, pronoun: Pronoun, owner: Mention) -> bool:
        """Tell whether a text is about somebody who could be the pronoun as written, more than about the owner."""
        return self._most_times(pronoun) > _MAIN + 2 * self._times.get(owner.entity, 0)

    def is_less_told_of(self, pronoun: Pronoun, owner: Mention) -> bool:
        """Tell whether somebody who could be the pronoun as written was mentioned oftener than the owner."""
        return self._most_times(pronoun) > self._times.get(owner.entity, 0)

    def _most_times(self, pronoun: Pronoun) -> int:
        return max((self._times.get(entity, 0) for entity in self._could_be[pronoun.gender]), default=0)

    def is_repaired(self, mention: Mention) -> bool:
        """Tell whether a mention is a pronoun that is to be repaired."""
        return mention.kind == "pronoun" and mention.first in self.repaired

    def recent(self, sentence: int) -> Iterator[Mention]:
        """Give the mentions before the pronoun in hand, nearest first, back to some sentences before the given one."""
        recent = self._recent.get(sentence)
        if recent is None:
            last = reversed(self._seen[-_MOST:])
            recent = self._recent[sentence] = list(takewhile(lambda m: m.sentence >= sentence - _SENTENCES, last))
        return iter(recent)

    def here(self, pronoun: Pronoun) -> Iterator[Mention]:
        """Give the mentions before the pronoun in its sentence, nearest first."""
        return (m for m in self.recent(pronoun.sentence) if m.sentence == pronoun.sentence)

    def is_told(self, mention: Mention) -> bool:
        """Tell whether it is told who a mention is: a name, a noun for a name, or a pronoun that is to be repaired."""
        if mention.kind == "noun":
            if mention.label.startswith("the ") and mention.gender is not None:  # `the Frenchman`
                return mention.entity >= 0
            return any(m.kind == "name" and m.entity == mention.entity for m in self.recent(mention.sentence))
        return mention.entity >= 0 and (mention.kind == "name" or self.is_repaired(mention))

    def apart(self, pronoun: Pronoun) -> frozenset[int]:
        """Give the people whom a pronoun can't be, by grammar.

        The object of a clause is not its subject (`Rao thanked her`), who is named again after `he` is not he, and
        nobody is their own son or widow (`his son`, `the widow of his teacher`).
        """
        if self._apart is None or self._apart[0] != pronoun.token:
            self._apart = pronoun.token, self._find_apart(pronoun)
        return self._apart[1]

    def _find_apart(self, pronoun: Pronoun) -> frozenset[int]:
        owned = self._by_first.get(pronoun.token)
        found = {owned.entity} if owned is not None else set()
        if pronoun.case == "possessive" and pronoun.governor == "of":
            head = next(self.recent(pronoun.sentence), None)
            if head is not None and head.kind == "noun" and head.last + 2 == pronoun.token:
                found.add(head.entity)
        if (pronoun.is_governed or pronoun.is_treated or pronoun.is_fellow) and (subject := self.at(pronoun.subject)):
            found.add(subject.entity)
        if pronoun.told_of == pronoun.token + _SAID_OF and (told_of := self.at(pronoun.told_of)):
            found.add(told_of.entity)  # `he said of Kral`
        if pronoun.introduction is not None:
            found |= self._told_of(pronoun.introduction)
        if pronoun.case == "subject":
            beside = (m for token in pronoun.apart if (m := self.at(token)))
            found |= {m.entity for m in beside if not pronoun.is_fronted or m.role in _BEHIND_VERBS}
        return frozenset(found)

    def _told_of(self, told: Introduction) -> set[int]:
        """Give the people of whom quoted words tell, who do not say them: `“Mori is well,” he said`.

        `My brother` is whose sister has come right before; of two people, whom `he` means is not who does something.
        """
        found = set()
        for mention in self.scene.mentions_in(*told.quoted):
            if mention.kind == "name" and not mention.is_paired:
                found.add(mention.entity)
        for mention in self.scene.mentions_in(told.first, told.last):
            is_kin = told.is_of_kin and mention.role == "possessor" and mention.kind != "pronoun"
            if is_kin or (told.another and mention.role == "object" and mention.could_be(told.another)):
                found.add(mention.entity)
        return found

    def after(self, pronoun: Pronoun) -> Iterator[Mention]:
        """Give who is named after a pronoun in its sentence; not what it owns itself (`her husband`)."""
        for mention in self.scene.mentions_in(pronoun.token + 1, pronoun.token + _MOST):
            if mention.sentence != pronoun.sentence:
                return
            yield mention

    def rival(self, pronoun: Pronoun) -> Mention | None:
        """Give somebody of the text so far who could be the pronoun as it is written, None where there is nobody.

        Who is told of in quoted words alone is not their speaker.
        """
        apart = self.apart(pronoun)
        for mention in self.recent(pronoun.sentence):
            if (mention.kind in _PASSING or mention.is_aside) and self.is_rival(mention, pronoun):
                return mention
        people = self._could_be if pronoun.introduction is None else self._could_speak
        anchor = self._anchor(pronoun)
        for entity, mention in islice(reversed(people[pronoun.gender].items()), _MOST):
            if entity not in apart and not self._has_faded(mention, pronoun, anchor):
                return mention
        if len(people[pronoun.gender]) > _MOST:
            return next(iter(people[pronoun.gender].values()))
        return self.awaited_rival(pronoun)

    def _anchor(self, pronoun: Pronoun) -> Mention | None:
        """Give the last known person of the other gender who was a subject."""
        for mention in self.recent(pronoun.sentence):
            if mention.role == "subject" and mention.entity >= 0 and mention.gender == other(pronoun.gender):
                return mention
        return None

    def _has_faded(self, mention: Mention, pronoun: Pronoun, anchor: Mention | None) -> bool:
        """Tell whether a noun that said once who was there (`in the presence of the minister`) is out of mind by now.

        The anchor must have been the subject since, in a later paragraph, and no pronoun as written may have been left
        without anybody to explain it.
        """
        if mention.kind != "noun" or mention.gender is not None or self._times[mention.entity] > 1:
            return False
        if anchor is None or _SOMEBODY[pronoun.gender] in self._could_be[pronoun.gender]:
            return False
        if anchor.kind == "pronoun" and not self.is_repaired(anchor):  # `She was touched. He stayed`
            return False
        return mention.paragraph < anchor.paragraph and pronoun.sentence - mention.sentence >= _FADING

    def is_rival(self, mention: Mention, pronoun: Pronoun) -> bool:
        """Tell whether a mention could be the pronoun as it is written.

        Who is told of in quoted words is not their speaker.
        """
        is_told_of = pronoun.introduction is not None and mention.is_quoted
        could_be = mention.could_be(pronoun.gender) and not self.is_past(mention, pronoun)
        return could_be and not is_told_of and mention.entity not in self.apart(pronoun)

    def _led_to(self, pronoun: Pronoun) -> Iterator[Mention]:
        """Give who is named after a pronoun that leads up to them, without the objects of its own clause.

        In `Until she met Kral, Moe …` she is not Kral.
        """
        return (m for m in self.after(pronoun) if m.first not in pronoun.apart or m.role not in _BEHIND_VERBS)

    def awaited_rival(self, pronoun: Pronoun) -> Mention | None:
        """Give somebody named later in the sentence whom a pronoun that leads up to them could be.

        What somebody owns (`Under her helmet, Moe …`) is told of whom the sentence is about, or of a name after it.
        """
        if not pronoun.is_fronted or pronoun.is_accompanied:
            return None
        is_open = True
        for mention in self._led_to(pronoun):
            if mention.label in _NOBODY:
                continue
            is_one = mention.kind != "many" or pronoun.case != "subject"
            if (
                is_one
                and mention.could_be(pronoun.gender)
                and (is_open or mention.kind == "name" or pronoun.case == "subject")
            ):
                return mention
            is_open = is_open and mention.role != "subject"
        return None

    def awaited(self, pronoun: Pronoun) -> Mention | None:
        """Give whom the sentence is about, where the pronoun leads up to them: `Before he …, Mori`."""
        if not pronoun.is_fronted or pronoun.is_accompanied:
            return None
        if pronoun.case == "object" and pronoun.governor.endswith("ing"):
            return None  # `Before calling her, Mori …`: Mori calls somebody else
        first = next(self._led_to(pronoun), None)
        return first if first is not None and first.role == "subject" and not first.is_quoted else None

    def is_past(self, mention: Mention, pronoun: Pronoun) -> bool:
        """Tell whether a mention that is an aside, or of anybody or of many, is out of the pronoun's reach.

        They are no speakers. `Nobody` reaches to the end of its sentence, `whoever` one further; so does an example, up
        to a name. One of many may be told of right after them (`Her two sons came. He …`), or at the head of the
        sentence after the one that tells of them.
        """
        if mention.is_aside:
            is_meant = pronoun.is_parental or self._is_contrasted(pronoun)
            return mention.sentence < pronoun.sentence - 1 or not is_meant
        if _is_set_in(mention, pronoun):
            return True
        if mention.kind == "example":
            is_left = pronoun.introduction is not None or self._named == pronoun.sentence
            is_over = is_left and pronoun.is_explaining  # `to show what somebody can bear: he had …`
            return is_over or mention.sentence < pronoun.sentence - int(not is_left)
        if mention.kind == "anybody":
            if pronoun.introduction is not None or (pronoun.governor == "since" and mention.label in _NOBODY):
                return True  # `Nobody has called since he left`
            return mention.sentence < pronoun.sentence - int(mention.label.startswith("who"))
        if mention.kind != "many":
            return False
        if pronoun.is_beside_many and mention.sentence < pronoun.sentence:
            return True
        is_topic = pronoun.is_topic and mention.role == "subject"
        is_near = mention.sentence >= pronoun.sentence - 1 and (is_topic or self._last == mention.first)
        is_oblique = mention.role == "oblique" and mention.label not in _KINSFOLK and mention.gender != pronoun.gender
        return pronoun.case != "subject" or is_oblique or not is_near

    def _is_contrasted(self, pronoun: Pronoun) -> bool:
        """Tell whether a pronoun of the other gender is a subject of the sentence: `When she was born, he …`."""
        return any(
            other_one.case == "subject"
            and other_one.gender != pronoun.gender
            and not other_one.is_quoted
            and other_one.token not in self.repaired
            for other_one in self.scene.pronouns_of(pronoun.sentence)
        )

    def speakers(self, gender: Sex) -> list[Mention]:
        """Give who of the text so far could be a speaker of a gender, two at most, by the last mention of each."""
        return list(islice(self._could_speak[gender].values(), 2))

    def people_of(self, gender: Sex) -> int:
        """Count who of a gender was named so far."""
        return len(self._known[gender])


def _is_set_in(mention: Mention, pronoun: Pronoun) -> bool:
    """Tell whether `he says` tells of the sentence it is set into: `He played a king, he says, and a fool`."""
    is_slight = mention.kind == "noun" and mention.gender is None and mention.role in {"object", "oblique"}
    return is_slight and pronoun.is_parenthetic and mention.sentence == pronoun.sentence
