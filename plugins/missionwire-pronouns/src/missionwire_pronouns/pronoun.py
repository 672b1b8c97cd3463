"""A gendered pronoun as it is written, with what its clause tells of it."""

from copy import copy
from typing import Final, Literal, NamedTuple

from missionwire_pronouns.attribution import AttributionReader
from missionwire_pronouns.clauses import ClauseReader
from missionwire_pronouns.continuation import is_after_words, is_continuing, is_spouse
from missionwire_pronouns.feelings import feeling_of, is_wishing
from missionwire_pronouns.forms import FORMS, Case, Sex, other
from missionwire_pronouns.humanity import HumanityReader
from missionwire_pronouns.implied import ImpliedReader
from missionwire_pronouns.lexicon import Lexicon
from missionwire_pronouns.lives import goes_on
from missionwire_pronouns.mention import SOMETHING_ELSE, Introduction
from missionwire_pronouns.openings import OpeningReader
from missionwire_pronouns.partition import PartitionReader
from missionwire_pronouns.possession import (
    echo_of,
    is_bodily,
    is_bound,
    is_career,
    is_carried,
    is_corporate,
    is_family,
    is_for_other,
    is_greeting,
    is_handled,
    is_institution,
    is_journey,
    is_kin,
    is_mutual,
    is_parents,
    is_taking,
    is_telling,
    is_treated,
)
from missionwire_pronouns.predicates import PredicateReader
from missionwire_pronouns.shares import ShareReader
from missionwire_pronouns.speech import introduction_of, is_speaker, speaks_of_same
from missionwire_pronouns.standing import LONGEST, StandingReader
from missionwire_pronouns.tokens import Token, Tokens
from missionwire_pronouns.told import Told

_GOVERNED: Final = frozenset({"object", "unclear"})
_SUBJECT_OR_OWNER: Final = frozenset({"subject", "possessive"})
_MANY: Final = frozenset({"they", "them", "their", "theirs"})
_GOING_ON: Final = frozenset({"added", "adds", "continued", "continues", "concluded", "concludes"})
_FURTHER: Final = frozenset({"also", "likewise", "moreover"})


class Readers(NamedTuple):
    """A text, and those who read it beside a pronoun."""

    tokens: Tokens
    lexicon: Lexicon
    standing: StandingReader
    clauses: ClauseReader
    shares: ShareReader
    partition: PartitionReader
    openings: OpeningReader
    implied: ImpliedReader
    predicates: PredicateReader
    attribution: AttributionReader
    humanity: HumanityReader


class Pronoun:
    """A gendered pronoun as it is written, with what its clause tells of it: read once a rule asks for it, and kept."""

    def __init__(self, at: Token, case: Case, readers: Readers) -> None:
        """Take its token, and its case."""
        self._at = at
        self._readers = readers
        self._tokens = readers.tokens
        self._lexicon = readers.lexicon
        self.token = at.index
        self.start = at.start
        self.end = at.end
        self.text = at.text
        self.gender: Sex = FORMS[at.lower].gender
        self.case = case
        self.sentence = at.sentence
        self.paragraph = at.paragraph
        self.is_quoted = at.is_quoted

    def as_other(self) -> "Pronoun":
        """Give it as it will stand once its gender is repaired."""
        repaired = copy(self)
        repaired.gender = other(self.gender)
        return repaired

    @Told
    def _verbs(self) -> set[str]:
        """The words up to the verb that follows."""
        return self._readers.standing.verbs_after(self._at)

    @Told
    def _beside_speech(self) -> Literal["self", "other"] | None:
        """Whose deed its clause tells beside quoted words."""
        return self._readers.attribution.beside_speech(self._at) if self.case == "subject" else None

    @Told
    def is_generic(self) -> bool:
        """Whether it means whoever it may be (`he or she`)."""
        return self._readers.standing.is_generic(self._at)

    @Told
    def is_governed(self) -> bool:
        """Whether it is the object of its clause, so that its subject is somebody else."""
        return self.case in _GOVERNED and not self._readers.standing.is_beside(self._at)

    @Told
    def is_fronted(self) -> bool:
        """Whether it stands before the clause that its sentence is about (`Before she …, Mori`)."""
        return self._readers.openings.is_fronted(self._at, self.case)

    @Told
    def is_accompanied(self) -> bool:
        """Whether its sentence tells who was beside it (`With her flew Kral`)."""
        return self._readers.openings.is_beside(self._at)

    @Told
    def is_topic(self) -> bool:
        """Whether it is, or is in, what its sentence is about."""
        return self._readers.openings.is_topic(self._at, self.case)

    @Told
    def is_speaking(self) -> bool:
        """Whether it says or thinks something, or quoted words go on with it."""
        return not self._verbs.isdisjoint(self._lexicon.speech) or is_speaker(self._tokens, self._lexicon, self._at)

    @Told
    def is_answering(self) -> bool:
        """Whether it gives an answer."""
        return not self._verbs.isdisjoint(self._lexicon.answer)

    @Told
    def is_replying(self) -> bool:
        """Whether it answers what was asked."""
        return not self._verbs.isdisjoint(self._lexicon.replying)

    @Told
    def is_going_on(self) -> bool:
        """Whether it says more (`she added`, `in her words`)."""
        return not self._verbs.isdisjoint(_GOING_ON) or self._readers.attribution.is_wording(self._at, self.case)

    @Told
    def is_further(self) -> bool:
        """Whether it does something more than was told before (`she also taught`)."""
        return not self._verbs.isdisjoint(_FURTHER)

    @Told
    def is_opposing(self) -> bool:
        """Whether it speaks against what somebody said (`she interrupted`)."""
        return not self._verbs.isdisjoint(self._lexicon.opposing)

    @Told
    def is_bound(self) -> bool:
        """Whether its owner must be who does what the clause tells (`held his breath`, `on his own`)."""
        return self.case == "possessive" and is_bound(self._tokens, self._lexicon, self._at)

    @Told
    def is_bodily(self) -> bool:
        """Whether its owner most likely is who does what the clause tells (`his eyes`)."""
        return self.case == "possessive" and is_bodily(self._tokens, self._lexicon, self._at)

    @Told
    def is_mutual(self) -> bool:
        """Whether it owns the fellow of whom its clause tells (`thanked her colleague`)."""
        return self.case == "possessive" and is_mutual(self._tokens, self._lexicon, self._at)

    @Told
    def is_kin(self) -> bool:
        """Whether it owns the kin that a verb takes as its object (`telephoned his mother`)."""
        return self.case == "possessive" and is_kin(self._tokens, self._lexicon, self._at)

    @Told
    def is_handled(self) -> bool:
        """Whether somebody's is seen, praised or touched (`praised her work`)."""
        return self.case == "possessive" and is_handled(self._tokens, self._lexicon, self._at)

    @Told
    def is_retold(self) -> bool:
        """Whether it is in what somebody says or knows of another (`said that she was well`, `recalled her flight`)."""
        return self.case in _SUBJECT_OR_OWNER and self._readers.attribution.is_retold(self._at, self.case)

    @Told
    def is_explaining(self) -> bool:
        """Whether it stands behind a colon, where what its sentence says is explained."""
        return self.case == "subject" and self._readers.attribution.is_explaining(self._at)

    @Told
    def is_parallel(self) -> bool:
        """Whether it goes on with what somebody says of themselves (`wrote that she was glad, and that he …`)."""
        return self.case == "subject" and self._readers.attribution.is_parallel(self._at)

    @Told
    def is_own(self) -> bool:
        """Whether what it owns is hardly told of but with its owner (`her tears`, `her country`, `her colleagues`)."""
        return self.case == "possessive" and self._readers.standing.is_own(self._at)

    @Told
    def is_fellow(self) -> bool:
        """Whether its clause tells whose teacher, friend or successor somebody is (`Mori had been her teacher`)."""
        return self.case == "possessive" and self._readers.standing.is_fellow(self._at)

    @Told
    def is_treated(self) -> bool:
        """Whether a doctor does something to what it owns (`the doctor set his arm`)."""
        return self.case == "possessive" and is_treated(self._tokens, self._lexicon, self._at)

    @Told
    def is_for_other(self) -> bool:
        """Whether it owns what others do something for or take away (`at her side`, `in his honour`)."""
        return self.case == "possessive" and is_for_other(self._tokens, self._at)

    @Told
    def is_greeting(self) -> bool:
        """Whether it owns the kin to whom somebody waves or sends a kiss (`waved to his parents`)."""
        return self.case == "possessive" and is_greeting(self._tokens, self._lexicon, self._at)

    @Told
    def is_taking(self) -> bool:
        """Whether it is who takes something along (`took a flag with him`)."""
        return self.case == "object" and is_taking(self._tokens, self._at)

    @Told
    def is_corporate(self) -> bool:
        """Whether its owner is an organisation (`its budget`), or whom its clause tells of (`its own`)."""
        return self.case == "possessive" and is_corporate(self._tokens, self._lexicon, self._at)

    @Told
    def is_comment(self) -> bool:
        """Whether it tells what the sentence's subject says of it (`and, as she later reported, was glad`)."""
        return self.case == "subject" and self.is_speaking and self._readers.attribution.is_comment(self._at)

    @Told
    def is_after_order(self) -> bool:
        """Whether it stands beside words that are said to another (`“Sit down,” said Mori, as he came in`)."""
        return self._beside_speech == "other"

    @Told
    def is_beside_speech(self) -> bool:
        """Whether it does something while it says quoted words (`“…,” said Mori, as he waved`)."""
        return self._beside_speech == "self"

    @Told
    def is_parenthetic(self) -> bool:
        """Whether it says between commas what the sentence tells (`…, he says, …`)."""
        is_speaking = self.case == "subject" and self.is_speaking
        return self.case == "subject" and self._readers.attribution.is_parenthetic(self._at, is_speaking=is_speaking)

    @Told
    def is_vessel(self) -> bool:
        """Whether what is told of it is told of ships (`she was built in 1951`)."""
        return self.case == "subject" and self._readers.humanity.is_vessel(self._at)

    @Told
    def is_human(self) -> bool:
        """Whether it does what no ship does (`she shook hands`)."""
        humanity = self._readers.humanity
        return humanity.is_human(self._at) if self.case == "subject" else humanity.is_of_human(self._at)

    @Told
    def stress(self) -> Sex | None:
        """The gender of the reflexive that stresses it (`he herself had asked`)."""
        return self._readers.standing.stress(self._at) if self.case == "subject" else None

    @Told
    def predicate(self) -> Sex | None:
        """The gender of what is said of it (`he was the first woman`)."""
        return self._readers.predicates.gender(self._at) if self.case == "subject" else None

    @Told
    def subject(self) -> int | None:
        """The token of whom the clause tells: a mention's first one, a pronoun's, or `SOMETHING_ELSE`."""
        return self._readers.clauses.subject(self._at)

    @Told
    def share(self) -> int | None:
        """Whose share the clause tells of (`For Mori, it was the end of her …`, `Lind thanked Mori for her help`).

        That is the first token of a mention.
        """
        return self._readers.shares.owner(self._at, self.case)

    @Told
    def joined(self) -> int | None:
        """The token of the subject pronoun that a conjunction joins it to (`she asked, and he …`)."""
        return self._readers.partition.joined(self._at) if self.case == "subject" else None

    @Told
    def apart(self) -> tuple[int, ...]:
        """The first tokens of those after it who must be somebody else."""
        return self._readers.partition.apart(self._at) if self.case == "subject" else ()

    @Told
    def asked(self) -> int | None:
        """The first token of the one who is asked what it does (`asked Mori whether she was afraid`)."""
        return self._readers.shares.asked(self._at) if self.case == "subject" else None

    @Told
    def introduction(self) -> Introduction | None:
        """What came before the quotation that it is the speaker of."""
        is_speaker_of_words = self.case == "subject" and self.is_speaking
        return introduction_of(self._tokens, self._lexicon, self._at) if is_speaker_of_words else None

    @Told
    def told_of(self) -> int | None:
        """The first token of whom its sentence is said (`…, the agency said of the pilot`)."""
        return self._readers.shares.told_of(self._at)

    @Told
    def given_to(self) -> int | None:
        """The first token of whom what it owns goes to (`returned his helmet to Mori`)."""
        return self._readers.shares.given_to(self._at) if self.case == "possessive" else None

    @Told
    def turn(self) -> int | None:
        """The token after it from which its sentence tells who that is (`: so Kral`, `, says Kral`)."""
        rest = self._tokens.after(self._at, LONGEST)
        return next((t.index for t in rest if not t.is_word and self._readers.attribution.is_turn(t)), None)

    @Told
    def is_contrasting(self) -> bool:
        """Whether it is set against the one before (`Mori had the idea; he, the older one, had the money`)."""
        return self.case == "subject" and self._readers.standing.is_contrasting(self._at)

    @Told
    def is_quoting(self) -> bool:
        """Whether somebody who says `I` speaks of whom the same pronoun means (`“I waved to him,” he said`)."""
        is_speaking = self.case == "subject" and self.is_speaking
        return is_speaking and speaks_of_same(self._tokens, self._lexicon, self._at)

    @Told
    def is_life(self) -> bool:
        """Whether it goes on with a life that the sentence before began (`is a native of Bari. As a child he …`)."""
        return self.case in _SUBJECT_OR_OWNER and goes_on(self._tokens, self._lexicon, self._at)

    @Told
    def is_arriving(self) -> bool:
        """Whether it does something where the sentence has led its subject (`flew to Bari, where she inspected it`)."""
        return self.case == "subject" and self._readers.standing.is_arriving(self._at)

    @Told
    def is_implied(self) -> bool:
        """Whether it may mean somebody whom the words before bring in without a word for them.

        So it is in `drove to Bari, where he was waiting`, `Nobody opened. She had left`, `Officials led her in. He held
        the door`, `got married. He is …`.
        """
        return self.case in _SUBJECT_OR_OWNER and self._readers.implied.is_implied(self._at, self.case)

    @Told
    def is_beside_many(self) -> bool:
        """Whether its sentence goes on to tell of many (`she plaits their hair`), so that it is none of them."""
        return any(t.lower in _MANY for t in self._tokens.after(self._at, LONGEST))

    @Told
    def is_planning(self) -> bool:
        """Whether what is told of it is told of organisations, too (`he wants`, `he will`)."""
        return self.case == "subject" and self._readers.standing.is_planning(self._at)

    @Told
    def is_opening(self) -> bool:
        """Whether it is the first word of a paragraph, but not of the text."""
        return self._readers.standing.is_opening(self._at)

    @Told
    def is_parental(self) -> bool:
        """Whether what it does is done to a child (`He had wanted a son`)."""
        return self.case == "subject" and self._readers.standing.is_parental(self._at)

    @Told
    def governor(self) -> str:
        """The word before it (`to her went this, to him that`)."""
        return self._tokens.all[self.token - 1].lower if self.token else ""

    @Told
    def since(self) -> int | None:
        """The token of the `and` or comma that begins the verb it belongs to (`sat beside her and shook her head`)."""
        return self._readers.clauses.since(self._at) if self.case in {"possessive", "reflexive"} else None

    @Told
    def main(self) -> int | None:
        """The token of whom a sentence is about in whose clause behind many do something.

        So it is in `Mori laughed when they laid a blanket around his shoulders`.
        """
        is_open = self.subject == SOMETHING_ELSE and self._readers.standing.is_seen_to(self._at, self.case)
        return self._readers.clauses.main(self._at) if is_open else None

    @Told
    def is_led(self) -> bool:
        """Whether a time or place leads to it in its sentence (`In the evening she slept`), or words that were said."""
        return self.case == "subject" and (
            self._readers.standing.is_led(self._at) or is_after_words(self._tokens, self._at)
        )

    @Told
    def is_met_before(self) -> bool:
        """Whether it does something with whom its sentence has just told of (`…, with whom she had worked`)."""
        return self.case == "subject" and self._readers.standing.is_met_before(self._at)

    @Told
    def is_private(self) -> bool:
        """Whether what it owns is no institution and hardly told of without its owner (`her smile`, not `her team`)."""
        return self.is_own and not is_institution(self._tokens, self._at)

    @Told
    def is_family(self) -> bool:
        """Whether it owns a relative or friend."""
        return self.case == "possessive" and is_family(self._tokens, self._lexicon, self._at)

    @Told
    def is_spouse(self) -> bool:
        """Whether it owns whom it hardly could as it is written (`his husband`)."""
        return self.case == "possessive" and is_spouse(self._tokens, self._at)

    @Told
    def is_carried(self) -> bool:
        """Whether it owns what people have with them (`put it in her bag`)."""
        return self.case == "possessive" and is_carried(self._tokens, self._lexicon, self._at)

    @Told
    def is_of_career(self) -> bool:
        """Whether it owns a flight, a mission or alike."""
        return self.case == "possessive" and is_career(self._tokens, self._lexicon, self._at)

    @Told
    def is_of_journey(self) -> bool:
        """Whether it owns a launch, a return or alike."""
        return self.case == "possessive" and is_journey(self._tokens, self._at)

    @Told
    def is_of_parent(self) -> bool:
        """Whether it owns a child of whom its sentence calls a parent (`Mori, mother of two, read to her children`)."""
        is_told = self.case == "possessive" and self.subject is not None and self.subject >= 0
        return is_told and is_parents(self._tokens, self._lexicon, self._at, self.subject or 0)

    @Told
    def is_continuing(self) -> bool:
        """Whether its sentence, which names nobody, goes on with a life (`For her it was the first flight`)."""
        is_told = self.case in {"object", "possessive"}
        return is_told and is_continuing(self._tokens, self._lexicon, self._at)

    @Told
    def is_together(self) -> bool:
        """Whether somebody else does it with them (`shared with her every meal`)."""
        return self.case in _GOVERNED and self._readers.standing.is_together(self._at)

    @Told
    def is_compared(self) -> bool:
        """Whether others are compared with it (`more than any woman before her`)."""
        return self.case == "object" and self._readers.standing.is_compared(self._at)

    @Told
    def is_promised(self) -> bool:
        """Whether it is to do what somebody promises (`promised that she would come`)."""
        return self.case == "subject" and self._readers.standing.is_promised(self._at)

    @Told
    def is_neighbour(self) -> bool:
        """Whether it is only told beside whom something is done (`next to her`)."""
        return self.case == "object" and self._readers.standing.is_neighbour(self._at)

    @Told
    def is_source(self) -> bool:
        """Whether its sentence begins with from whom it is known (`According to her, it was cold`)."""
        return self.case == "object" and self._readers.standing.is_source(self._at)

    @Told
    def is_telling(self) -> bool:
        """Whether it leads up to who speaks or does it for the first time (`In her first speech, Mori thanked …`)."""
        return self.case == "possessive" and is_telling(self._tokens, self._lexicon, self._at)

    @Told
    def kin_of(self) -> int | None:
        """The token of the one whose kin does what its clause tells (`Mori's son was waiting for her`)."""
        return self._readers.shares.kin_of(self._at, self.subject) if self.case in {"object", "possessive"} else None

    @Told
    def feeling(self) -> Literal["turn", "own"] | None:
        """By whom it is told to feel something, whom its sentence is about (`Mori said that he was proud`).

        That is after words of somebody else (`turn`) or not (`own`).
        """
        return feeling_of(self._tokens, self._lexicon, self._at) if self.case == "subject" else None

    @Told
    def is_wishing(self) -> bool:
        """Whether it wants or feels what nobody knows but oneself (`that she wanted to sleep`)."""
        return self.case == "subject" and is_wishing(self._tokens, self._at)

    @Told
    def is_looking_back(self) -> bool:
        """Whether it had what another has been given (`Mori handed her the key. She had held the command`)."""
        return self.case == "subject" and self._readers.standing.is_looking_back(self._at)

    @Told
    def echo(self) -> int | None:
        """The token of the deed that the noun it owns repeats (`began training … his training`)."""
        return echo_of(self._tokens, self._at) if self.case == "possessive" else None
