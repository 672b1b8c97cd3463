"""The mention model: all that the rules know of a text. They never look at the text itself."""

from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from missionwire_pronouns.forms import Sex

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
