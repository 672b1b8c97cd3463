"""Forms of a phrase in the data files: braces hold the parts that vary, all of them together."""

import re
from typing import Final

_SPACE: Final = re.compile(r"\bspace(?= (?:agency|research|cent(?:er|re)|programme|program)\b)", re.IGNORECASE)
_GROUP: Final = re.compile(r"\{([^{}]*)\}")


def forms(phrase: str) -> tuple[str, ...]:
    """Spell out a phrase: `"Роскосмос{|а|у}"` is three words, `"нов{ый|ого} дом{|а}"` is `новый дом` and `нового дома`.

    Raises:
        ValueError: the groups of the phrase differ in length, or a brace has no partner.
    """
    groups = [group.split("|") for group in _GROUP.findall(phrase)]
    frame = _GROUP.sub("\0", phrase)
    if "{" in frame or "}" in frame:
        raise ValueError(f"a brace without its partner in {phrase!r}")
    if len({len(group) for group in groups}) > 1:
        raise ValueError(f"braces of different length in {phrase!r}: they vary together")
    if not groups:
        return (phrase,)
    spelled = []
    for parts in zip(*groups, strict=True):
        rest = iter(parts)
        spelled.append(re.sub("\0", lambda _, rest=rest: next(rest), frame))  # type: ignore[misc]
    return tuple(dict.fromkeys(spelled))


def translated(form: str) -> str:
    """Give a name as translations from Romance languages put it: the Russian spatial agency; most are as they were."""
    return _SPACE.sub(lambda found: "Spatial" if found[0][0].isupper() else "spatial", form)
