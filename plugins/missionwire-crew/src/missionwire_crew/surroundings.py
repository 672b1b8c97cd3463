"""Whether a name in a text stands alone, or is part of something longer: of another name, a place, a ship."""

import re
from typing import Final

from missionwire_crew.names import Found
from missionwire_crew.roles import Labels
from missionwire_crew.stream import Stream
from missionwire_crew.words import Words

_SENTENCE_BEGINS: Final = re.compile(r"[.!?:;\n—–“”„«»\"(\[•|]")
_PAST: Final = re.compile(r"[a-z]{2}ed$")
_GLUE: Final = re.compile(r"[_@\d]")


class Surroundings:
    """Looks at the words beside the names of one text."""

    def __init__(self, stream: Stream, words: Words, labels: Labels) -> None:
        self._stream = stream
        self._words = words
        self._labels = labels

    def is_thing(self, name: Found) -> bool:
        """Tell whether a name is that of a place, a body or a ship: Gagarin Center, S.S. Sally Ride."""
        stream, before, after = self._stream, name.first - 1, name.last + 1
        if stream.is_large(after) and self._labels.lower(after) in self._words.places and stream.is_joined(after):
            return True
        if stream.is_joined(name.first):
            word = self._labels.lower(before)
            return word in self._words.things or (word in self._words.names and stream.is_large(before))
        return stream.gap(name.first).startswith(".") and self._is_steamship(name.first)

    def is_part(self, name: Found) -> bool:
        """Tell whether a family name is part of something longer.

        A thing's or site's name (NASA Glenn), a double name, an address (`Zhang_Lu`, `@Kelly`).
        """
        stream = self._stream
        if stream.is_joined(name.first):
            before = self._labels.lower(name.first - 1)
            if before in self._words.agencies or before in self._words.articles:
                return True  # NASA Glenn, the Gagarin medal, a Ride
        around = stream.gap(name.first)[-1:] + stream.gap(name.last + 1)[:1]
        return _GLUE.search(around) is not None or self.is_thing(name) or self.is_in_hyphens(name)

    def is_in_hyphens(self, name: Found) -> bool:
        """Tell whether a name is one half of a double name."""
        before, after = name.first - 1, name.last + 1
        return (self._has_hyphen(name.first) and self._stream.is_large(before)) or (
            self._has_hyphen(after) and self._stream.is_large(after)
        )

    def has_stranger_before(self, name: Found) -> bool:
        """Tell whether the word before a family name is a given name, so that it is somebody else's."""
        before = name.first - 1
        if not self._stream.is_joined(name.first) or not self._stream.is_large(before):
            return False
        word = self._labels.lower(before)
        if word in self._words.labels or word in self._words.starters or word in self._words.no_names:
            return False
        is_loud = self._stream.is_acronym(before) and not self._stream.is_acronym(name.first)
        return not is_loud or len(word) == 1

    def has_trade_before(self, name: Found) -> bool:
        """Tell whether a noun of another trade than flying stands before a name."""
        return self._stream.is_joined(name.first) and self._labels.lower(name.first - 1) in self._words.trades

    def has_name_after(self, name: Found) -> bool:
        """Tell whether a family name is followed by a large word, so that it may be a given name or part of one."""
        after = name.last + 1
        if not self._stream.is_joined(after) or not self._stream.is_large(after):
            return False
        return self._labels.lower(after) not in self._words.starters

    def begins_sentence(self, name: Found) -> bool:
        """Tell whether a capital proves nothing here, because a sentence begins."""
        return name.first == 0 or _SENTENCE_BEGINS.search(self._stream.gap(name.first)) is not None

    def has_verb_after(self, name: Found) -> bool:
        """Tell whether what follows shows a name: a verb of saying or doing, or a possessive."""
        after = name.last + 1
        end = self._stream.end(name.last)
        if self._stream.text[end : end + 1] in ("'", "’"):
            return True
        word = self._labels.lower(after)
        return self._stream.is_joined(after) and (word in self._words.verbs or _PAST.search(word) is not None)

    def title_gender(self, name: Found) -> str | None:
        """Give the gender that a form of address before a name says, with a dot or without: `Mrs. Lovell`."""
        gender = self._words.genders.get(self._labels.lower(name.first - 1))
        is_beside = gender and not self._stream.gap(name.first).lstrip(".").strip(" \u00a0")
        return gender if is_beside else None

    def initial(self, name: Found) -> str | None:
        """Give the initial that stands before a family name, as written: `O` of `O. Novitskiy`."""
        before = name.first - 1
        if before < 0 or len(word := self._stream.words[before]) != 1 or not word.isupper():
            return None
        gap = self._stream.gap(name.first)
        return word if gap.startswith(".") and not gap.strip(". \u00a0") else None

    def _is_steamship(self, first: int) -> bool:
        """Tell whether `S.S.` stands before a word, as before the names of Cygnus craft."""
        start = self._stream.starts[first]
        return self._stream.text[max(0, start - 8) : start].rstrip().endswith("S.S.")

    def _has_hyphen(self, index: int) -> bool:
        return 0 < index < len(self._stream.words) and self._stream.is_hyphened(index)
