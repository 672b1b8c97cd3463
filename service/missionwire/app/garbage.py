"""How often a process that has started looks for garbage."""

import gc
from typing import Final

COLLECT_AFTER: Final = 20_000
"""Objects made until garbage is looked for: a look takes long where much is held, and little here leaves cycles."""


def collect_seldom() -> None:
    """Look for garbage seldom from now on, and never among what is there: the app, rosters, lexicons."""
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
