"""The mention model: all that the rules know of a text. They never look at the text itself."""

from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from missionwire_pronouns.forms import Case, Sex

Gender: TypeAlias = Literal["f", "m", "x"]
"""`x`: somebody who is spoken of as *they*; unknown is None."""
Role: TypeAlias = Literal["subject", "object", "oblique", "possessor"]
"""What a mention is in its clause; `oblique` stands after a preposition."""
SOMETHING_ELSE: Final = -1
"""The subject of a clause that tells of nobody who is mentioned as one person."""
Kind: TypeAlias = Literal["name", "noun", "anybody", "example", "many", "pronoun"]
"""`anybody`: nobody, everyone, whoever; `example`: a pilot must, every pilot; `many`: two sons, a couple."""


class Proof(NamedTuple):
    """What tells somebody's gender: a span of the text, and the sentence part that says it to people."""

    start: int
    end: int
    because: str


class Mention(Struct, frozen=True):
    """A place where a person is named, by a name or a noun, or meant by a pronoun that is settled.

    `first` and `last` are token indices, `start` and `end` code points. Mentions of one person share `entity`;
    `is_paired`: joined with another by `and`. `is_aside`: told only to say whose child somebody is, or what a record is
    of (`the son of a smith`, `the longest stay of a European`), so that no pronoun reaches it. `is_source`: who only
    says it (`according to Mori`); `is_companion`: beside whom something is done (`together with Mori`).
    """

    first: int
    last: int
    start: int
    end: int
    kind: Kind
    entity: int
    gender: Gender | None
    role: Role
    sentence: int
    paragraph: int
    is_quoted: bool
    is_paired: bool
    label: str
    proof: Proof | None = None
    is_aside: bool = False
    is_source: bool = False
    is_companion: bool = False

    def is_part_of(self, owner: "Mention") -> bool:
        """Tell whether somebody only says whom a phrase is of: `The mother of the engineer held her breath`."""
        return self.role == "oblique" and self.first == owner.last + 2

    def could_be(self, gender: Sex) -> bool:
        """Tell whether a pronoun of a gender may mean this person; whoever it may be is `he` by custom, never `she`."""
        if self.kind == "anybody" and gender == "f":
            return False
        return self.gender is None or self.gender in {gender, "x"}


class Introduction(NamedTuple):
    """What is told right before a quotation: its first and last token.

    `has_speech`: it tells of somebody speaking; `is_prompt`: it tells what somebody asks or claims, so that another
    may answer. `question` is the verb with which somebody asks; `is_asked`: it tells of whom somebody else asks
    (`Asked by a pupil, Mori laughed`); `is_attribution`: it tells who said other words in quotation marks.
    `verb` is the first that says that somebody speaks. `quoted` are the first and last token of the quoted words;
    they are said to another (`is_said_to`: `Take
    the rail`), tell of the speaker alone (`is_of_self`: `I was tired`), or speak of the speaker's kin (`is_of_kin`: `my
    brother`), or of somebody of a gender and not of the speaker (`another`: `He is well prepared`).
    """

    first: int
    last: int
    has_speech: bool
    is_prompt: bool
    question: int | None
    is_asked: bool = False
    is_attribution: bool = False
    verb: int | None = None
    quoted: tuple[int, int] = (0, -1)
    is_said_to: bool = False
    is_of_self: bool = False
    is_of_kin: bool = False
    another: Sex | None = None


class Pronoun(Struct, frozen=True, kw_only=True):
    """A gendered pronoun as it is written, with what its clause tells of it.

    - `is_generic`: it means whoever it may be (`he or she`).
    - `is_governed`: it is the object of its clause, so that its subject is somebody else.
    - `is_fronted`: it stands before the clause that its sentence is about (`Before she …, Mori`).
    - `is_topic`: it is, or is in, what its sentence is about.
    - `is_speaking`, `is_answering`: it says or thinks something, or gives an answer.
    - `is_replying`: it answers what was asked.
    - `is_going_on`: it says more (`she added`, `in her words`).
    - `is_further`: it does something more than was told before (`she also taught`).
    - `is_opposing`: it speaks against what somebody said (`she interrupted`).
    - `is_bound`: its owner must be who does what the clause tells (`held his breath`, `on his own`).
    - `is_bodily`: its owner most likely is (`his eyes`).
    - `is_mutual`: it owns the fellow of whom its clause tells (`thanked her colleague`).
    - `is_kin`: it owns the kin that a verb takes as its object (`telephoned his mother`).
    - `is_handled`: somebody's is seen, praised or touched (`praised her work`).
    - `is_retold`: it is in what somebody says or knows of another (`said that she was well`, `recalled her flight`).
    - `is_explaining`: it stands behind a colon, where what its sentence says is explained.
    - `is_parallel`: it goes on with what somebody says of themselves (`wrote that she was glad, and that he …`).
    - `is_own`: what it owns is hardly told of but with whom it belongs to (`her tears`, `her country`, `her
      colleagues`).
    - `is_fellow`: its clause tells whose teacher, friend or successor somebody is (`Mori had been her teacher`).
    - `is_treated`: a doctor does something to what it owns (`the doctor set his arm`).
    - `is_for_other`: it owns what others do something for or take away (`at her side`, `in his honour`).
    - `is_greeting`: it owns the kin to whom somebody waves or sends a kiss (`waved to his parents`).
    - `is_taking`: it is who takes something along (`took a flag with him`).
    - `is_corporate`: its owner is an organisation (`its budget`), or whom its clause tells of (`its own`).
    - `is_comment`: it tells what the sentence's subject says of it (`and, as she later reported, was glad`).
    - `is_after_order`: it stands beside words that are said to another (`“Sit down,” said Mori, as he came in`).
    - `is_beside_speech`: it does something while it says quoted words (`“…,” said Mori, as he waved`).
    - `is_parenthetic`: it says between commas what the sentence tells (`…, he says, …`).
    - `is_vessel`: what is told of it is told of ships (`she was built in 1951`).
    - `is_human`: it does what no ship does (`she shook hands`).
    - `predicate`: the gender of what is said of it (`he was the first woman`).
    - `subject`: the token of whom the clause tells, a mention's first one, a pronoun's, or `SOMETHING_ELSE`.
    - `share`: the first token of the mention whose share its clause tells of (`For Mori, it was the end of her …`,
      `Lind thanked Mori for her help`).
    - `joined`: the token of the subject pronoun that a conjunction joins it to (`she asked, and he …`).
    - `apart`: the first tokens of those after it who must be somebody else.
    - `introduction`: it is the speaker of a quotation, and this came before.
    - `told_of`: the first token of whom its sentence is said (`…, the agency said of the pilot`).
    - `given_to`: the first token of whom what it owns goes to (`returned his helmet to Mori`).
    - `turn`: the token after it from which its sentence tells who that is (`: so Kral`, `, says Kral`).
    - `is_contrasting`: it is set against the one before (`Mori had the idea; he, the older one, had the money`).
    - `is_quoting`: somebody who says `I` speaks of whom the same pronoun means (`“I waved to him,” he said`).
    - `is_life`: it goes on with a life that the sentence before began (`is a native of Bari. As a child he …`).
    - `is_arriving`: it does something where the sentence has led its subject (`flew to Bari, where she inspected it`).
    - `is_implied`: it may mean somebody whom the words before bring in without a word for them (`drove to Bari, where
      he was waiting`, `Nobody opened. She had left`, `Officials led her in. He held the door`, `got married. He is …`).
    - `is_beside_many`: its sentence goes on to tell of many (`she plaits their hair`), so that it is none of them.
    - `is_planning`: what is told of it is told of organisations, too (`he wants`, `he will`).
    - `is_opening`: it is the first word of a paragraph, but not of the text.
    - `is_parental`: what it does is done to a child (`He had wanted a son`).
    - `governor`: the word before it (`to her went this, to him that`).
    - `since`: the token of the `and` or comma that begins the verb it belongs to (`sat beside her and shook her head`).
    - `main`: the token of whom a sentence is about in whose clause behind many do something (`Mori laughed when they
      laid a blanket around his shoulders`).
    - `is_led`: a time or place leads to it in its sentence (`In the evening she slept`), or words that were said.
    - `is_met_before`: it does something with whom its sentence has just told of (`…, with whom she had worked`).
    - `is_private`: what it owns is hardly told of but with its owner, and no institution (`her smile`, not `her team`).
    - `is_family`: it owns a relative or friend.
    - `is_spouse`: it owns whom it hardly could as it is written (`his husband`).
    - `is_carried`: it owns what people have with them (`put it in her bag`).
    - `is_of_career`: it owns a flight, a mission or alike.
    - `is_continuing`: its sentence, which names nobody, goes on with a life (`For her it was the first flight`).
    - `is_telling`: it leads up to who speaks or does it for the first time (`In her first speech, Mori thanked …`).
    - `kin_of`: the token of the one whose kin does what its clause tells (`Mori's son was waiting for her`).
    - `feeling`: it is told to feel something by whom its sentence is about (`Mori said that he was proud`), after words
      of somebody else (`turn`) or not (`own`).
    - `echo`: the token of the deed that the noun it owns repeats (`began training … his training`).
    """

    token: int
    start: int
    end: int
    text: str
    gender: Sex
    case: Case
    sentence: int
    paragraph: int
    is_quoted: bool
    is_generic: bool = False
    is_governed: bool = False
    is_fronted: bool = False
    is_topic: bool = False
    is_speaking: bool = False
    is_answering: bool = False
    is_replying: bool = False
    is_further: bool = False
    is_opposing: bool = False
    is_going_on: bool = False
    is_bound: bool = False
    is_bodily: bool = False
    is_mutual: bool = False
    is_kin: bool = False
    is_handled: bool = False
    is_fellow: bool = False
    is_treated: bool = False
    is_for_other: bool = False
    is_taking: bool = False
    is_greeting: bool = False
    is_retold: bool = False
    is_explaining: bool = False
    is_own: bool = False
    is_parallel: bool = False
    is_corporate: bool = False
    is_comment: bool = False
    is_beside_speech: bool = False
    is_after_order: bool = False
    is_parenthetic: bool = False
    is_vessel: bool = False
    is_human: bool = False
    predicate: Sex | None = None
    subject: int | None = None
    share: int | None = None
    joined: int | None = None
    apart: tuple[int, ...] = ()
    introduction: Introduction | None = None
    echo: int | None = None
    told_of: int | None = None
    given_to: int | None = None
    turn: int | None = None
    is_contrasting: bool = False
    is_quoting: bool = False
    is_life: bool = False
    is_opening: bool = False
    is_planning: bool = False
    is_arriving: bool = False
    is_beside_many: bool = False
    is_implied: bool = False
    is_parental: bool = False
    governor: str = ""
    since: int | None = None
    main: int | None = None
    is_led: bool = False
    is_met_before: bool = False
    is_carried: bool = False
    is_private: bool = False
    is_spouse: bool = False
    is_family: bool = False
    is_of_career: bool = False
    is_continuing: bool = False
    is_telling: bool = False
    kin_of: int | None = None
    feeling: Literal["turn", "own"] | None = None


class Thing(NamedTuple):
    """What English may speak of as `she` or `it`; an organisation, and a device that nobody is fond of, only as `it`.

    `is_head`: a sentence begins with it, so that it is what the sentence is about.
    """

    token: int
    start: int
    end: int
    what: Literal["vessel", "country", "organisation", "device", "it"]
    sentence: int
    label: str
    is_head: bool = False
