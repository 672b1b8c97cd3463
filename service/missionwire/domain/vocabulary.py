"""The closed sets of words on the wire (VOCABULARY, sections 1, 2, 4 and 6). Open sets, such as types, are not here."""

from typing import Final, Literal, TypeAlias

TimePrecision: TypeAlias = Literal["second", "minute", "hour", "day", "month", "year", "unknown"]
"""How much of a time its source gave; `time` is then the start of that span."""

Narration: TypeAlias = Literal["main", "planned", "background", "quoted"]
"""How a text tells an event: as its news, as a plan, as history in passing, or only in someone's words."""

PREFIX: Final = "missionwire."
"""What every type of the vocabulary begins with."""
