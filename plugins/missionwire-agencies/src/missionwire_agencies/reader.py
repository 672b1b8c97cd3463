"""The reader: the agencies that a text names, each with its role."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from missionwire_agencies.contexts import Given
from missionwire_agencies.matcher import Found, Matcher
from missionwire_agencies.register import Register
from missionwire_agencies.roles import Roles, Verdict, load_rules
from missionwire_agencies.sentences import Sentences

Field = Literal["text", "title"]

_LONGEST_KEPT: Final = 2_000
_MOST_KEPT: Final = 64


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
        self._read_once = lru_cache(maxsize=_MOST_KEPT)(self._read)

    def read(self, text: str, field: Field = "text", given: Given | None = None) -> Sequence[Named]:
        """Give every place of a field that names an agency, in order.

        What was found in a short text is kept for a while, as an event is read more than once.
        """
        return self._read_once(text, field, given) if len(text) <= _LONGEST_KEPT else self._read(text, field, given)

    def _read(self, text: str, field: Field, given: Given | None) -> Sequence[Named]:
        sentences = Sentences(text)
        found = self.matcher.find(text, sentences, given)
        if not found:  # as in most sentences
            return ()
        verdicts = self._roles.of(text, found, sentences)
        return tuple(Named(one, verdict, field) for one, verdict in zip(found, verdicts, strict=True))
