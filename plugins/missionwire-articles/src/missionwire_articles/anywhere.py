"""Patterns of which it is only asked whether they stand anywhere in a text."""

import re
from functools import cache

from missionwire_articles.beginnings import ADVERB, beginnings


@cache
def anywhere(pattern: str) -> re.Pattern[str]:
    r"""Compile a pattern to be searched for: whether it matches stays as it is, and its groups, but not its place.

    What begins with `\b`, or with one of many words, is tried at every place of a text. This is tried only where one of
    the letters stands with which a match may begin, and looks back at that letter for the match.
    """
    first = {beginning.letters[:1] for beginning in beginnings(pattern)}
    if pattern.startswith(("^", "(?:^")) or first & {"", ADVERB}:
        return re.compile(pattern)
    letter = f"[{''.join(map(re.escape, sorted(first)))}]"
    return re.compile(f"{letter}(?<=(?={pattern}){letter})")
