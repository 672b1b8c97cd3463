"""The reader: the agencies that a text names, each with its role."""

from typing import Literal, NamedTuple

from missionwire_agencies.contexts import Given
from missionwire_agencies.matcher import Found, Matcher
from missionwire_agencies.register import Register
from missionwire_agencies.roles import Roles, Verdict, load_rules
from missionwire_agencies.sentences import Sentences

Field = Literal["text", "title"]


class Named(NamedTuple):
    """A place where a field names an agency, and the role that its sentence gives it."""

    found: Found
    verdict: Verdict
    field: Field


class Reader:
    """Finds agencies and their roles in texts."""

    def __init__(self, register: Register) -> None:
        """Build matcher and rules; some milliseconds."""
        self.matcher = Matcher(register)
        self._roles = Roles(load_rules())

    def read(self, text: str, field: Field = "text", given: Given | None = None) -> list[Named]:
        """Give every place of a field that names an agency, in order."""
        sentences = Sentences(text)
        found = self.matcher.find(text, sentences, given)
        verdicts = self._roles.of(text, found, sentences)
        return [Named(one, verdict, field) for one, verdict in zip(found, verdicts, strict=True)]
