"""Numbers in words."""

from collections.abc import Mapping
from typing import Final

_FROM_ONE: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)

NUMBERS: Final[Mapping[str, int]] = {
    **{word: number for number, word in enumerate(_FROM_ONE.split(), start=1)},
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "hundred": 100,
}
"""The numbers that texts count days, months and years with."""
