"""The general words of English: what begins a sentence with a capital letter and is one of them may be no name."""

import gzip
from functools import cache
from importlib.resources import files


@cache
def load_vocabulary() -> frozenset[str]:
    """Read the words, in some ten milliseconds, the first time that a text asks for them.

    Words that are also written with a capital (`rose`, `mark`) are not among them: they may be names.
    """
    data = files(__package__).joinpath("data/vocabulary.txt.gz").read_bytes()
    return frozenset(gzip.decompress(data).decode().split("\n"))
